/** The log: what was said in a Discord channel, thread or direct message, as the chosen person sees it. */

import { act } from "../acts.js";
import { el } from "../el.js";
import { icon } from "../icons.js";
import { keyed } from "../keyed.js";
import { lines } from "../lines.js";
import { discordDate } from "../moments.js";
import { later, otherSide } from "../reads.js";
import { Tail } from "../scroll.js";
import { menus } from "./commands.js";
import { drawMessage, loading } from "./message.js";

const TOGETHER = 420_000; // Milliseconds in which messages of one author stand under one name.
const THREADS = [10, 11, 12];

export class Log {
  #window;
  #shown = null;
  #last = null;

  constructor(window) {
    this.#window = window;
    this.node = el("div.log", { role: "log", "aria-label": "Messages", tabindex: "0" });
    this.tail = new Tail(this.node);
  }

  /** After a person came to this place, its end is shown, even if it is the place where they were. */
  forget() {
    this.#shown = null;
  }

  draw(notices) {
    const { app, place, user } = this.#window;
    const entries = [
      ...[...app.rows.under(`discord/message/${place.channel}`).values()].map((message) => ({ message, only: false })),
      ...[...app.rows.under(`discord/ephemeral/${user}/${place.channel}`).values()].map((message) => ({
        message,
        only: true,
      })),
    ].sort((one, other) => (later(one.message.id, other.message.id) ? 1 : -1));
    this.#last = entries.findLast(({ message, only }) => !only && this.#own(message))?.message ?? null;
    const offered = { message: menus(app.rows, 3), person: menus(app.rows, 2) };
    keyed(this.node, [
      this.#beginning(),
      ...lines(entries, app.moments, {
        date: (message) => discordDate(message.id),
        dayText: (date) => app.moments.slack(date / 1000, "{date}"),
        isNew: (message) => place.newFrom && later(message.id, place.newFrom) && message.author?.id !== user,
        joins,
        item: (entry, compact) => this.#item(entry, compact, offered),
      }),
      ...notices.map((text, n) => ({
        key: `notice ${n} ${text}`,
        version: [],
        draw: () => el("p.failed", { role: "alert" }, icon("warn", 16), text),
      })),
    ]);
    const shown = `${user} ${place.channel}`;
    if (this.#shown === shown) this.tail.follow();
    else this.tail.toEnd();
    this.#shown = shown;
  }

  /** Rewrite the newest message here that is one's own. */
  rewriteLast() {
    if (this.#last) this.#rewrite(this.#last);
  }

  #own(message) {
    return message.author?.id === this.#window.user;
  }

  #rewrite(message) {
    this.#window.rewrite(this, message.id, message.content);
  }

  /** What the chosen person can do with a message. */
  #can(message, menus) {
    const window = this.#window;
    const own = this.#own(message);
    return {
      onreact: (_, picture, on = true) => window.react(message.id, { emoji: picture }, on),
      onedit: own ? () => this.#rewrite(message) : null,
      ondelete: own ? () => window.remove(this, message.id) : null,
      more: {
        label: "Apps",
        items: menus.map((one) => ({ text: one.name, onpick: () => window.menu(one, message.id) })),
      },
    };
  }

  #item({ message, only }, compact, offered) {
    const window = this.#window;
    const { rows, moments } = window.app;
    const thread = rows.get(`discord/channel/${message.id}`) ?? null;
    const count = thread ? rows.under(`discord/message/${message.id}`).size : 0;
    const trouble = window.trouble.get(message.id) ?? null;
    const { channel } = window.place;
    const draft = window.draft(this, message.id);
    return {
      key: `${only ? "only " : ""}${message.id}`,
      version: [
        message,
        compact,
        thread?.name,
        count,
        trouble,
        draft,
        offered.message.length,
        offered.person.length,
        rows.get(`discord/user/${message.author?.id}`),
        window.user,
        moments.zone,
        moments.day(moments.now),
      ],
      draw: () =>
        drawMessage(message, {
          surface: window.surface(message),
          compact,
          thread,
          count,
          trouble,
          only,
          draft,
          can: only || loading(message) ? null : this.#can(message, offered.message),
          personMenus: offered.person,
          onthread: () => window.go(message.id),
          onpersonmenu: (one) => window.menu(one, message.author.id),
          ondismiss: () => act("discord", "dismiss", { user: window.user, channel, message: message.id }),
        }),
    };
  }

  /** What stands above the first message. */
  #beginning() {
    const { app, place } = this.#window;
    const channel = app.rows.get(`discord/channel/${place.channel}`);
    const [sign, title, words] = opening(
      channel,
      channel?.type === 1 ? otherSide(app.rows, channel, app.people.chosen) : channel?.name,
    );
    return {
      key: "beginning",
      version: [place.channel, title],
      draw: () =>
        el(
          "div.beginning",
          {},
          sign ? el("span.big", {}, icon(sign, 34)) : null,
          title ? el("h3", {}, title) : null,
          el("p", {}, words),
        ),
    };
  }
}

function opening(channel, name) {
  if (!channel) return [null, null, "When the app writes to you, its messages appear here."];
  if (channel.type === 1) return ["mail", name, `This is the beginning of your direct messages with ${name}.`];
  if (THREADS.includes(channel.type)) return ["thread", name, "This is the start of the thread."];
  return ["hash", `Welcome to #${name}`, `This is the start of the #${name} channel.`];
}

function joins(before, { message, only }) {
  const plain = (type) => [0, undefined].includes(type);
  return (
    !only &&
    !before.only &&
    before.message.author?.id === message.author?.id &&
    !message.interaction_metadata &&
    !message.interaction &&
    !message.referenced_message &&
    plain(message.type) &&
    (plain(before.message.type) || before.message.type === 20) &&
    discordDate(message.id) - discordDate(before.message.id) < TOGETHER
  );
}
