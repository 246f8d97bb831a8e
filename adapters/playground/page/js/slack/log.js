/** The log: what was said in a Slack channel or thread, as the chosen person sees it. */

import { avatar } from "../avatar.js";
import { el } from "../el.js";
import { icon } from "../icons.js";
import { keyed } from "../keyed.js";
import { lines } from "../lines.js";
import { slackDate } from "../moments.js";
import { later } from "../reads.js";
import { Tail } from "../scroll.js";
import { drawMessage } from "./message.js";
import { typed } from "./names.js";

const TOGETHER = 300; // Seconds in which messages of one author stand under one name.

export class Log {
  #window;
  #shown = null;
  #last = null;

  constructor(window, label) {
    this.#window = window;
    this.node = el("div.log", { role: "log", "aria-label": label, tabindex: "0" });
    this.tail = new Tail(this.node);
  }

  /** After a person came to this place, its end is shown, even if it is the place where they were. */
  forget() {
    this.#shown = null;
  }

  /** `what` is {messages, hidden, threads, thread, notices}; `thread` is the ts of the thread that this log shows. */
  draw({ messages, hidden, threads, thread, notices }) {
    const window = this.#window;
    const { place, user, app } = window;
    const entries = [
      ...messages.map((message) => ({ message, only: false })),
      ...hidden.map((message) => ({ message, only: true })),
    ].sort((one, other) => (one.message.ts < other.message.ts ? -1 : 1));
    this.#last = entries.findLast(({ message, only }) => !only && this.#own(message))?.message ?? null;
    const items = lines(entries, app.moments, {
      date: (message) => slackDate(message.ts),
      dayText: thread ? null : (date) => app.moments.divider(date),
      isNew: (message) => !thread && place.newFrom && later(message.ts, place.newFrom) && message.user !== user,
      joins,
      item: (entry, compact) => this.#item(entry, compact, threads, thread),
    });
    items.push(...notices.map(notice));
    if (!items.length) items.push(nothing(place.channel));
    keyed(this.node, items);
    const shown = `${user} ${place.channel} ${thread}`;
    if (this.#shown === shown) this.tail.follow();
    else this.tail.toEnd();
    this.#shown = shown;
  }

  /** Rewrite the newest message here that is one's own. */
  rewriteLast() {
    if (this.#last) this.#rewrite(this.#last);
  }

  #own(message) {
    return message.user === this.#window.user && !message.bot_id;
  }

  #rewrite(message) {
    this.#window.rewrite(this, message.ts, typed(this.#window.app.rows, message.text));
  }

  /** What the chosen person can do with a message. */
  #can(message, inThread, shortcuts) {
    const window = this.#window;
    const own = this.#own(message);
    return {
      onreact: (name, _, on = true) => window.react(message.ts, { name }, on),
      onreply: inThread ? null : () => window.openThread(message.ts),
      onedit: own ? () => this.#rewrite(message) : null,
      ondelete: own ? () => window.remove(this, message.ts) : null,
      more: {
        label: "More actions",
        items: shortcuts.map((one) => ({ text: one.name, onpick: () => window.shortcut(one, message.ts) })),
      },
    };
  }

  #item({ message, only }, compact, threads, inThread) {
    const window = this.#window;
    const thread = threads.get(message.ts) ?? null;
    const trouble = window.trouble.get(message.ts) ?? null;
    const shortcuts = window.shortcuts("message");
    const draft = window.draft(this, message.ts);
    return {
      key: `${only ? "only " : ""}${message.ts}`,
      version: [
        message,
        compact,
        thread && `${thread.replies} ${thread.latest}`,
        trouble,
        draft,
        shortcuts.length,
        window.app.rows.get(`slack/user/${message.user}`),
        ...window.context(),
      ],
      draw: () =>
        drawMessage(message, {
          surface: window.surface(message.ts),
          compact,
          thread,
          trouble,
          draft,
          private: only,
          can: only ? null : this.#can(message, inThread, shortcuts),
          onthread: () => window.openThread(message.ts),
        }),
    };
  }
}

function joins(before, { message, only }) {
  return (
    !only &&
    !before.only &&
    before.message.user === message.user &&
    before.message.bot_id === message.bot_id &&
    Number(message.ts) - Number(before.message.ts) < TOGETHER
  );
}

/** What Slack tells one person about something that could not be done at all. */
function notice(text, n) {
  return {
    key: `notice ${n} ${text}`,
    version: [],
    draw: () =>
      el(
        "article.message.private.notice",
        {},
        el("p.onlyyou", {}, icon("eye", 14), "Only visible to you"),
        el("div.side", {}, avatar("Slackbot", { bot: true })),
        el("div.content", {}, el("header", {}, el("b.author", {}, "Slackbot")), el("p.text", { role: "alert" }, text)),
      ),
  };
}

/** Where the app has not written to somebody yet there is no channel, and nowhere to type. */
function nothing(channel) {
  const way = channel ? " Say something, or type / to see what the app can do." : " Those to you alone will be here.";
  return {
    key: "empty",
    version: [channel],
    draw: () => el("p.nothing", {}, `No messages yet.${way}`),
  };
}
