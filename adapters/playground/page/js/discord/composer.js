/** The composer: where a person writes on Discord; a slash opens the list of commands. */

import { act, impossible } from "../acts.js";
import { avatar } from "../avatar.js";
import { el, fill, freshId } from "../el.js";
import { icon } from "../icons.js";
import { callable } from "./commands.js";
import { CommandForm } from "./commandform.js";

export class Composer {
  #app;
  #place = null;
  #drafts = new Map();
  #shown = [];
  #active = 0;
  #form = null;

  /** `place()` is {user, channel, name} or null; `notice(text)` tells the person what went wrong. */
  constructor(app, place, notice) {
    this.#app = app;
    this.placeNow = place;
    this.notice = notice;
    const id = freshId("commands");
    this.list = el("ul.hints", { role: "listbox", id, "aria-label": "Commands", hidden: true });
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
      onfocus: () => this.#hint(),
      onblur: () => {
        this.list.hidden = true;
      },
    });
    this.send = el(
      "button.send",
      { type: "button", "aria-label": "Send", onclick: () => this.#send() },
      icon("send", 18),
    );
    this.box = el("div.box", {}, this.field, this.send);
    this.node = el("div.composer", {}, this.list, this.box);
  }

  draw() {
    const place = this.placeNow();
    this.node.hidden = !place;
    if (!place) return;
    const label = `Message ${place.name}`;
    if (this.field.getAttribute("aria-label") !== label) {
      this.field.setAttribute("aria-label", label);
      this.field.setAttribute("placeholder", label);
    }
    const key = `${place.user} ${place.channel}`;
    if (key === this.#place) return;
    if (this.#place) this.#drafts.set(this.#place, this.field.value);
    this.#place = key;
    this.#leave();
    this.field.value = this.#drafts.get(key) ?? "";
    this.#grow();
    this.#hint();
  }

  #grow() {
    this.field.style.setProperty("height", "auto");
    this.field.style.setProperty("height", `${Math.min(this.field.scrollHeight, 160)}px`);
    this.send.disabled = this.field.value.trim() === "";
  }

  #hint() {
    const text = this.field.value;
    const words = text.slice(1).toLowerCase();
    const open = document.activeElement === this.field && text.startsWith("/") && !text.includes("\n");
    this.#shown = open
      ? callable(this.#app.rows).filter(
          (one) => one.name.startsWith(words.trimEnd()) || words.startsWith(`${one.name} `),
        )
      : [];
    this.list.hidden = !open;
    const bot = [...this.#app.rows.under("discord/user").values()].find((member) => member.user?.bot);
    fill(
      this.list,
      el("li.group", { role: "presentation" }, bot?.user.username ?? "Commands"),
      this.#shown.length ? null : el("li.none", { role: "presentation" }, "No commands match"),
      this.#shown.map((one, n) =>
        el(
          "li",
          {
            role: "option",
            id: `${this.list.id}-${n}`,
            "aria-selected": n === this.#active,
            "aria-label": `/${one.name}`,
            onmousedown: (event) => event.preventDefault(),
            onclick: () => this.#enter(one),
          },
          avatar("bot", { bot: true, size: 24, round: true }),
          el(
            "span.words",
            {},
            el(
              "span",
              {},
              el("b", {}, `/${one.name}`),
              one.options.map((option) => el("code", { class: option.required ? "required" : null }, option.name)),
            ),
            el("span.note", {}, one.description),
          ),
        ),
      ),
    );
    if (this.#shown.length) this.field.setAttribute("aria-activedescendant", `${this.list.id}-${this.#active}`);
    else this.field.removeAttribute("aria-activedescendant");
    this.list.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }

  #key(event) {
    if (event.isComposing) return;
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const open = !this.list.hidden && this.#shown.length > 0;
    if (open && move) {
      this.#active = (this.#active + move + this.#shown.length) % this.#shown.length;
      this.#hint();
    } else if (open && (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey))) {
      this.#enter(this.#shown[this.#active]);
    } else if (event.key === "Escape" && !this.list.hidden) {
      this.list.hidden = true;
      this.#shown = [];
    } else if (event.key === "Enter" && !event.shiftKey) {
      this.#send();
    } else {
      return;
    }
    event.preventDefault();
  }

  /** A command was picked: its options take the composer's place. Words typed after its name fill the first one. */
  #enter(command) {
    const rest = this.field.value.slice(1).startsWith(`${command.name} `)
      ? this.field.value.slice(command.name.length + 2)
      : "";
    this.field.value = "";
    this.#grow();
    this.list.hidden = true;
    this.#form = new CommandForm(this.#app, command, this.placeNow(), {
      onleave: () => this.#leave(true),
      onsent: (error) => {
        this.#leave(true);
        if (error) this.notice(error);
      },
    });
    this.box.hidden = true;
    this.node.append(this.#form.node);
    this.#form.begin(rest);
  }

  #leave(refocus = false) {
    if (!this.#form) return;
    this.#form.node.remove();
    this.#form = null;
    this.box.hidden = false;
    this.#hint();
    if (refocus) this.field.focus();
  }

  async #send() {
    const place = this.placeNow();
    const text = this.field.value.trim();
    if (!place || !text) return;
    this.field.value = "";
    this.#grow();
    this.#hint();
    const answer = await act("discord", "say", { user: place.user, channel: place.channel, text });
    if (!impossible(answer)) return;
    this.notice(answer.error);
    if (this.field.value === "") {
      this.field.value = text;
      this.#grow();
    }
  }
}
