/** The composer: where a person writes a Slack message or command; commands show their usage, as in life. */

import { act, impossible } from "../acts.js";
import { el, fill, freshId } from "../el.js";
import { icon } from "../icons.js";
import { keyed } from "../keyed.js";
import { menu } from "../menu.js";

export class Composer {
  #app;
  #drafts = new Map();
  #place = null;
  #active = 0;
  #shown = [];

  /** `place()` is {user, channel, thread, name} or null; `notice(text)` tells the person what Slack said. */
  constructor(app, place, notice) {
    this.#app = app;
    this.placeNow = place;
    this.notice = notice;
    const id = freshId("hints");
    this.hints = el("ul.hints", { role: "listbox", id, "aria-label": "Commands", hidden: true });
    this.field = el("textarea", {
      rows: 1,
      "aria-autocomplete": "list",
      "aria-controls": id,
      autocomplete: "off",
      "data-focus": "composer",
      oninput: () => {
        this.#active = 0;
        this.#hint();
        this.#grow();
      },
      onkeydown: (event) => this.#key(event),
      onblur: () => {
        this.hints.hidden = true;
      },
      onfocus: () => this.#hint(),
    });
    this.send = el(
      "button.send",
      { type: "button", "aria-label": "Send", onclick: () => this.#send() },
      icon("send", 18),
    );
    this.shortcuts = el("div.shortcuts");
    this.node = el("div.composer", {}, this.hints, el("div.box", {}, this.shortcuts, this.field, this.send));
  }

  draw() {
    const place = this.placeNow();
    this.node.hidden = !place;
    if (!place) return;
    this.#drawShortcuts();
    const key = `${place.user} ${place.channel} ${place.thread ?? ""}`;
    const label = place.thread ? "Reply in thread" : `Message ${place.name}`;
    if (this.field.getAttribute("aria-label") !== label) {
      this.field.setAttribute("aria-label", label);
      this.field.setAttribute("placeholder", place.thread ? "Reply…" : label);
    }
    if (key === this.#place) return;
    if (this.#place) this.#drafts.set(this.#place, this.field.value);
    this.#place = key;
    this.field.value = this.#drafts.get(key) ?? "";
    this.#hint();
    this.#grow();
  }

  /** Shortcuts of the whole workspace, which an app may offer besides its commands. */
  #drawShortcuts() {
    const all = [...this.#app.rows.under("slack/shortcut").values()].filter((one) => one.type === "global");
    keyed(
      this.shortcuts,
      all.length
        ? [
            {
              key: "shortcuts",
              version: [all.map((one) => one.name).join("\n")],
              draw: () =>
                menu({
                  label: "Shortcuts",
                  face: icon("plus", 18),
                  class: "send",
                  items: all.map((one) => ({ text: one.name, onpick: () => this.#shortcut(one) })),
                }),
            },
          ]
        : [],
    );
  }

  async #shortcut(one) {
    const answer = await act("slack", "shortcut", { user: this.placeNow().user, callback_id: one.callback_id });
    if (answer.error)
      this.notice(impossible(answer) ? answer.error : `${one.name} failed with the error “${answer.error}”`);
  }

  #grow() {
    this.field.style.setProperty("height", "auto");
    this.field.style.setProperty("height", `${Math.min(this.field.scrollHeight, 160)}px`);
    this.send.disabled = this.field.value.trim() === "";
  }

  #commands() {
    const text = this.field.value;
    if (!text.startsWith("/") || text.includes("\n")) return [];
    const word = text.split(" ")[0];
    const all = [...this.#app.rows.under("slack/command").values()];
    return text.includes(" ")
      ? all.filter((one) => one.command === word)
      : all.filter((one) => one.command.startsWith(word));
  }

  #hint() {
    this.#shown = document.activeElement === this.field ? this.#commands() : [];
    this.hints.hidden = this.#shown.length === 0;
    fill(
      this.hints,
      this.#shown.map((one, n) =>
        el(
          "li",
          {
            role: "option",
            id: `${this.hints.id}-${n}`,
            "aria-selected": n === this.#active,
            onmousedown: (event) => event.preventDefault(),
            onclick: () => this.#complete(one),
          },
          el("b", {}, one.command),
          one.usage_hint ? el("span.usage", {}, ` ${one.usage_hint}`) : null,
          el("span.note", {}, one.description ?? ""),
        ),
      ),
    );
    if (this.#shown.length) this.field.setAttribute("aria-activedescendant", `${this.hints.id}-${this.#active}`);
    else this.field.removeAttribute("aria-activedescendant");
  }

  #complete(one) {
    this.field.value = `${one.command} `;
    this.field.focus();
    this.#hint();
    this.#grow();
  }

  #key(event) {
    if (event.isComposing) return;
    const open = this.#shown.length > 0;
    const chosen = this.#shown[this.#active];
    const partial = open && !this.field.value.includes(" ") && this.field.value !== chosen?.command;
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (open && move && this.#shown.length > 1) {
      this.#active = (this.#active + move + this.#shown.length) % this.#shown.length;
      this.#hint();
    } else if (open && event.key === "Tab" && !event.shiftKey && !this.field.value.includes(" ")) {
      this.#complete(chosen);
    } else if (event.key === "Escape" && open) {
      this.#shown = [];
      this.hints.hidden = true;
    } else if (event.key === "Enter" && !event.shiftKey) {
      if (partial) this.#complete(chosen);
      else this.#send();
    } else {
      return;
    }
    event.preventDefault();
  }

  async #send() {
    const place = this.placeNow();
    const text = this.field.value.trim();
    if (!place || !text) return;
    this.field.value = "";
    this.#hint();
    this.#grow();
    const { user, channel, thread } = place;
    const answer = await act("slack", text.startsWith("/") ? "slash" : "say", {
      user,
      channel,
      text,
      ...(thread ? { thread_ts: thread } : {}),
    });
    // What the app or Slackbot says comes as a message of its own; only what could not be done at all is said here.
    if (!impossible(answer)) return;
    this.notice(answer.error);
    if (this.field.value === "") {
      this.field.value = text;
      this.#grow();
    }
  }
}
