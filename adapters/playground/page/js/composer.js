/** The composer: where a person writes; a slash opens a list of commands. Each platform says what the list does. */

import { impossible } from "./acts.js";
import { el, fill, freshId } from "./el.js";
import { icon } from "./icons.js";

/**
 * A platform's composer has `where(place)`, the words for the field; `matching(text)`, the commands that it calls for, or
 * null; `heading(shown)`, `spoken(one)` and `option(one)`, how they are listed; `picks(event, one)`, whether a key
 * chooses one; `pick(one)`; and `say(place, text)`, the act of sending.
 */
export class Composer {
  #at = null;
  #drafts = new Map();
  #active = 0;

  /** `place()` is {user, channel, thread, name} or null; `notice(text)` tells the person what went wrong. */
  constructor(app, place, notice, { before = null, onup }) {
    this.app = app;
    this.placeNow = place;
    this.notice = notice;
    /** The commands in the open list; null while it is closed. */
    this.shown = null;
    this.onup = onup;
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
        this.hint();
        this.#grow();
      },
      onkeydown: (event) => this.#key(event),
      onfocus: () => this.hint(),
      onblur: () => {
        this.list.hidden = true;
      },
    });
    this.send = el(
      "button.send",
      { type: "button", "aria-label": "Send", onclick: () => this.#send() },
      icon("send", 18),
    );
    this.box = el("div.box", {}, before, this.field, this.send);
    this.node = el("div.composer", {}, this.list, this.box);
  }

  draw() {
    const place = this.placeNow();
    this.node.hidden = !place;
    if (!place) return;
    const { label, placeholder = label } = this.where(place);
    if (this.field.getAttribute("aria-label") !== label) {
      this.field.setAttribute("aria-label", label);
      this.field.setAttribute("placeholder", placeholder);
    }
    const at = `${place.user} ${place.channel} ${place.thread ?? ""}`;
    if (at === this.#at) return;
    if (this.#at) this.#drafts.set(this.#at, this.field.value);
    this.#at = at;
    this.moved();
    this.put(this.#drafts.get(at) ?? "");
  }

  /** Somebody looks elsewhere; words that were not sent stay with their place. */
  moved() {}

  put(text) {
    this.field.value = text;
    this.hint();
    this.#grow();
  }

  #grow() {
    this.field.style.setProperty("height", "auto");
    this.field.style.setProperty("height", `${Math.min(this.field.scrollHeight, 160)}px`);
    this.send.disabled = this.field.value.trim() === "";
  }

  hint() {
    this.shown = document.activeElement === this.field ? this.matching(this.field.value) : null;
    this.list.hidden = !this.shown;
    const shown = this.shown ?? [];
    fill(
      this.list,
      this.heading(shown),
      shown.map((one, n) =>
        el(
          "li",
          {
            role: "option",
            id: `${this.list.id}-${n}`,
            "aria-selected": n === this.#active,
            "aria-label": this.spoken(one),
            onmousedown: (event) => event.preventDefault(),
            onclick: () => this.pick(one),
          },
          this.option(one),
        ),
      ),
    );
    if (shown.length) this.field.setAttribute("aria-activedescendant", `${this.list.id}-${this.#active}`);
    else this.field.removeAttribute("aria-activedescendant");
    this.list.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }

  #key(event) {
    if (event.isComposing) return;
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const many = this.shown?.length ?? 0;
    const chosen = this.shown?.[this.#active];
    if (move && many) {
      this.#active = (this.#active + move + many) % many;
      this.hint();
    } else if (event.key === "ArrowUp" && this.field.value === "") {
      this.onup();
    } else if (chosen && this.picks(event, chosen)) {
      this.pick(chosen);
    } else if (event.key === "Escape" && this.shown) {
      this.shown = null;
      this.list.hidden = true;
      event.stopPropagation();
    } else if (event.key === "Enter" && !event.shiftKey) {
      this.#send();
    } else {
      return;
    }
    event.preventDefault();
  }

  /** What could not be done at all is said, and the words come back. */
  async #send() {
    const place = this.placeNow();
    const text = this.field.value.trim();
    if (!place || !text) return;
    this.put("");
    const answer = await this.say(place, text);
    if (!impossible(answer)) return;
    this.notice(answer.error);
    if (this.field.value === "") this.put(text);
  }
}
