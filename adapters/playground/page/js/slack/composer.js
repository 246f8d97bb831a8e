/** Slack's composer: commands show their usage, and no more, as in life; beside it the shortcuts of the workspace. */

import { act } from "../acts.js";
import { Composer } from "../composer.js";
import { el } from "../el.js";
import { icon } from "../icons.js";
import { keyed } from "../keyed.js";
import { menu } from "../menu.js";

export class SlackComposer extends Composer {
  #shortcuts;
  #window;

  constructor(window, place, onup) {
    const shortcuts = el("div.shortcuts");
    super(window.app, place, (text) => window.notice(text), { before: shortcuts, onup });
    this.#shortcuts = shortcuts;
    this.#window = window;
  }

  draw() {
    super.draw();
    if (!this.node.hidden) this.#drawShortcuts();
  }

  /** Shortcuts of the whole workspace, which an app may offer besides its commands. */
  #drawShortcuts() {
    const all = this.#window.shortcuts("global");
    const items = all.map((one) => ({ text: one.name, onpick: () => this.#window.shortcut(one) }));
    const drawn = {
      key: "shortcuts",
      version: [all.map((one) => one.name).join("\n")],
      draw: () => menu({ label: "Shortcuts", face: icon("plus", 18), class: "send", items }),
    };
    keyed(this.#shortcuts, all.length ? [drawn] : []);
  }

  where({ thread, name }) {
    return thread ? { label: "Reply in thread", placeholder: "Reply…" } : { label: `Message ${name}` };
  }

  matching(text) {
    if (!text.startsWith("/") || text.includes("\n")) return null;
    const word = text.split(" ")[0];
    const all = [...this.app.rows.under("slack/command").values()].filter((one) =>
      text.includes(" ") ? one.command === word : one.command.startsWith(word),
    );
    return all.length ? all : null;
  }

  heading() {
    return null;
  }

  spoken() {
    return null;
  }

  option(one) {
    return [
      el("b", {}, one.command),
      one.usage_hint ? el("span.usage", {}, ` ${one.usage_hint}`) : null,
      el("span.note", {}, one.description ?? ""),
    ];
  }

  /** Tab completes a command's name, Enter one that is not yet typed out. */
  picks(event, one) {
    const { value } = this.field;
    if (event.shiftKey || value.includes(" ")) return false;
    return event.key === "Tab" || (event.key === "Enter" && value !== one.command);
  }

  pick(one) {
    this.field.focus();
    this.put(`${one.command} `);
  }

  /** What the app or Slackbot says comes as a message of its own. */
  say({ user, channel, thread }, text) {
    const given = { user, channel, text, ...(thread ? { thread_ts: thread } : {}) };
    return act("slack", text.startsWith("/") ? "slash" : "say", given);
  }
}
