/** Threads: the replies to one Slack message, beside the conversation, and how many each message has. */

import { el, fill } from "../el.js";
import { icon } from "../icons.js";
import { SlackComposer } from "./composer.js";
import { Log } from "./log.js";
import { author } from "./message.js";
import { channelName } from "./names.js";

/** By the ts of their first message: how many replies a thread has, when the last came, and from whom they are. */
export function threads(rows, messages) {
  const found = new Map();
  for (const message of messages) {
    if (!message.thread_ts || message.thread_ts === message.ts) continue;
    const thread = found.get(message.thread_ts) ?? { replies: 0, people: [] };
    const who = author(rows, message);
    const people = thread.people.some((one) => one.face === who.face) ? thread.people : [...thread.people, who];
    found.set(message.thread_ts, { replies: thread.replies + 1, latest: message.ts, people });
  }
  return found;
}

export class Thread {
  #window;

  constructor(window, composing) {
    this.#window = window;
    this.log = new Log(window, "Thread");
    this.composer = new SlackComposer(window, composing, () => this.log.rewriteLast());
    this.where = el("span.note");
    const close = () => window.openThread(null);
    this.node = el(
      "aside.thread",
      { "aria-label": "Thread", onkeydown: (event) => (event.key === "Escape" ? close() : null) },
      el(
        "header",
        {},
        el("h3", {}, "Thread ", this.where),
        el("button.close", { type: "button", "aria-label": "Close thread", onclick: close }, icon("close")),
      ),
      this.log.node,
      this.composer.node,
    );
  }

  draw(notices) {
    const { app, place, user } = this.#window;
    const { thread, channel } = place;
    this.node.hidden = !thread;
    this.composer.draw();
    if (!thread) return;
    fill(this.where, `#${channelName(app.rows, channel)}`);
    const messages = [...app.rows.under(`slack/message/${channel}`).values()]
      .filter((one) => one.ts === thread || one.thread_ts === thread)
      .sort((one, other) => (one.ts < other.ts ? -1 : 1));
    const hidden = [...app.rows.under(`slack/ephemeral/${user}/${channel}`).values()].filter(
      (one) => one.thread_ts === thread,
    );
    this.log.draw({ messages, hidden, threads: new Map(), thread, notices });
  }
}
