/** The command form: a Discord command with its options as chips; choices and completions appear above them. */

import { act, impossible } from "../acts.js";
import { el, fill, freshId } from "../el.js";
import { icon } from "../icons.js";
import { carried } from "../files.js";
import { offers, OPTION } from "./commands.js";

export class CommandForm {
  #app;
  #command;
  #place;
  #way;
  #chips = new Map();
  #suggested = [];
  #active = -1;
  #asked = 0;
  #timer = null;

  constructor(app, command, place, way) {
    this.#app = app;
    this.#command = command;
    this.#place = place;
    this.#way = way;
    this.id = freshId("complete");
    this.list = el("ul.hints", { role: "listbox", id: this.id, "aria-label": "Choices", hidden: true });
    this.note = el("p.optionnote", { id: `${this.id}-note`, "aria-live": "polite" });
    this.chips = el("div.chips");
    this.more = {
      option: null,
      input: el("input.more", {
        type: "text",
        role: "combobox",
        autocomplete: "off",
        "aria-label": "More options",
        "aria-expanded": false,
        "aria-controls": this.id,
        "aria-describedby": `${this.id}-note`,
        onfocus: () => this.#suggest(this.more),
        oninput: () => this.#suggest(this.more),
        onblur: () => this.#hide(),
        onkeydown: (event) => this.#key(event, this.more),
      }),
    };
    this.node = el(
      "form.commandform",
      {
        "aria-label": `/${command.name}`,
        novalidate: true,
        onsubmit: (event) => {
          event.preventDefault();
          this.#send();
        },
        onkeydown: (event) => {
          if (event.key === "Escape") {
            event.preventDefault();
            if (this.list.hidden) way.onleave();
            else this.#hide();
          }
        },
      },
      el("div.above", {}, this.list, this.note),
      el(
        "div.box",
        {},
        this.chips,
        el(
          "button.send",
          { type: "button", "aria-label": "Cancel command", onclick: () => way.onleave() },
          icon("close", 18),
        ),
        el("button.send", { type: "submit", "aria-label": "Send command" }, icon("send", 18)),
      ),
    );
    for (const option of command.options) if (option.required) this.#add(option);
    this.#layout();
  }

  begin(text) {
    const first = this.#chips.values().next().value;
    if (first && text && first.input.type !== "file") first.input.value = text;
    fill(this.note, this.#command.description);
    (first?.input ?? this.#end()).focus();
  }

  #rest() {
    return this.#command.options.filter((option) => !this.#chips.has(option.name));
  }

  /** Where typing goes on when nothing is asked any more. */
  #end() {
    return this.#rest().length ? this.more.input : this.node.querySelector("button[type=submit]");
  }

  #layout() {
    const rest = this.#rest();
    this.more.input.value = "";
    this.more.input.placeholder = `+${rest.length} more`;
    fill(
      this.chips,
      el("b.command", {}, `/${this.#command.name}`),
      [...this.#chips.values()].map((chip) => chip.node),
      rest.length ? this.more.input : null,
    );
  }

  #add(option) {
    const chip = { option, chosen: undefined, file: null };
    const file = option.type === OPTION.ATTACHMENT;
    chip.input = el("input", {
      type: file ? "file" : "text",
      autocomplete: "off",
      "aria-label": option.name,
      "aria-describedby": `${this.id}-note`,
      "aria-required": Boolean(option.required),
      role: file ? null : "combobox",
      "aria-expanded": file ? undefined : false,
      "aria-controls": file ? undefined : this.id,
      maxlength: option.max_length ?? null,
      inputmode: option.type === OPTION.INTEGER ? "numeric" : option.type === OPTION.NUMBER ? "decimal" : null,
      onfocus: () => this.#suggest(chip),
      onblur: () => this.#hide(),
      oninput: () => {
        chip.chosen = undefined;
        chip.node.classList.remove("wrong");
        this.#width(chip);
        this.#suggest(chip, true);
      },
      onchange: async () => {
        if (file) chip.file = chip.input.files[0] ? await carried(chip.input.files[0]) : null;
      },
      onkeydown: (event) => this.#key(event, chip),
    });
    chip.node = el(
      "label.chip",
      { class: option.required ? null : "optional" },
      el("span", { "aria-hidden": true }, option.name),
      chip.input,
    );
    this.#chips.set(option.name, chip);
    this.#width(chip);
  }

  #width(chip) {
    chip.input.style.setProperty("--letters", String(Math.min(Math.max(chip.input.value.length + 1, 4), 40)));
  }

  async #suggest(chip, typed = false) {
    const { option } = chip;
    if (!option) {
      const words = chip.input.value.toLowerCase();
      fill(this.note, this.#command.description);
      this.#offer(
        chip,
        this.#rest()
          .filter((one) => one.name.startsWith(words))
          .map((one) => ({ name: one.name, note: one.description, value: one })),
      );
      return;
    }
    fill(this.note, el("b", {}, option.name), " ", option.description ?? "");
    const turn = (this.#asked += 1);
    clearTimeout(this.#timer);
    const local = offers(this.#app, option);
    if (local) {
      const words = typed ? chip.input.value.toLowerCase() : "";
      this.#offer(
        chip,
        local.filter((one) => String(one.name).toLowerCase().includes(words)),
      );
    } else if (option.autocomplete) {
      // One question for a pause in the typing, as Discord asks, instead of one a letter.
      await new Promise((resolve) => {
        this.#timer = setTimeout(resolve, typed ? 150 : 0);
      });
      const given = {
        user: this.#place.user,
        channel: this.#place.channel,
        command: this.#command.name,
        options: { ...this.#values().values, [option.name]: chip.input.value },
        focused: option.name,
      };
      const answer = await act("discord", "complete", given);
      if (turn !== this.#asked || document.activeElement !== chip.input) return;
      if (answer.error) fill(this.note, el("span.trouble", {}, "Loading options failed"));
      this.#offer(chip, Array.isArray(answer) ? answer : (answer.choices ?? []));
    } else {
      this.#offer(chip, []);
    }
  }

  #offer(chip, choices) {
    this.#suggested = choices.slice(0, 25);
    this.#active = choices.length && (chip.input.value || chip.option?.required) ? 0 : -1;
    this.list.hidden = choices.length === 0;
    chip.input.setAttribute("aria-expanded", String(choices.length > 0));
    fill(
      this.list,
      this.#suggested.map((one, n) =>
        el(
          "li",
          {
            role: "option",
            id: `${this.id}-${n}`,
            "aria-selected": n === this.#active,
            onmousedown: (event) => event.preventDefault(),
            onclick: () => this.#pick(chip, one),
          },
          String(one.name),
          one.note ? el("span.note", {}, one.note) : null,
        ),
      ),
    );
    this.#mark(chip);
  }

  #mark(chip) {
    [...this.list.children].forEach((node, n) => node.setAttribute("aria-selected", String(n === this.#active)));
    const node = this.list.children[this.#active];
    node?.scrollIntoView({ block: "nearest" });
    if (node) chip.input.setAttribute("aria-activedescendant", node.id);
    else chip.input.removeAttribute("aria-activedescendant");
  }

  #pick(chip, one) {
    if (!chip.option) {
      this.#add(one.value);
      this.#layout();
      this.#chips.get(one.name).input.focus();
      return;
    }
    chip.chosen = one;
    chip.input.value = one.name;
    chip.node.classList.remove("wrong");
    this.#width(chip);
    this.#hide();
    const chips = [...this.#chips.values()];
    const next = chips.slice(chips.indexOf(chip) + 1).find((each) => each.option.required && !each.input.value);
    (next?.input ?? this.#end()).focus();
  }

  #hide() {
    this.#asked += 1;
    this.list.hidden = true;
    this.#suggested = [];
    for (const chip of this.#chips.values())
      if (chip.input.type !== "file") chip.input.setAttribute("aria-expanded", "false");
  }

  #key(event, chip) {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const count = this.#suggested.length;
    if (count && move) {
      this.#active = (this.#active + move + count) % count;
      this.#mark(chip);
    } else if (
      count &&
      !chip.chosen &&
      this.#active >= 0 &&
      (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey))
    ) {
      this.#pick(chip, this.#suggested[this.#active]);
    } else if (event.key === "Backspace" && chip.input.value === "") {
      this.#back(chip);
    } else {
      return;
    }
    event.preventDefault();
  }

  /** Backspace where nothing is: an option that need not be there goes, and otherwise the whole command. */
  #back(chip) {
    const before = [...this.#chips.values()].at(-1);
    if (chip.option && !chip.option.required) {
      this.#chips.delete(chip.option.name);
      this.#layout();
      this.#end().focus();
    } else if (!chip.option && before) {
      before.input.focus();
    } else {
      this.#way.onleave();
    }
  }

  /** The options as an act wants them, and the first that is not right yet. */
  #values() {
    const values = {};
    let wrong = null;
    for (const chip of this.#chips.values()) {
      const { option } = chip;
      const text = chip.input.value.trim();
      const numeric = option.type === OPTION.INTEGER || option.type === OPTION.NUMBER;
      const fixed = offers(this.#app, option);
      const picked = chip.chosen ?? fixed?.find((one) => String(one.name).toLowerCase() === text.toLowerCase());
      const value =
        option.type === OPTION.ATTACHMENT ? chip.file : picked ? picked.value : numeric && text ? Number(text) : text;
      if (value === null || value === "") wrong ??= option.required ? [chip, "This option is required."] : null;
      else if (fixed && !picked) wrong ??= [chip, "Choose one from the list."];
      else if (numeric && (Number.isNaN(value) || (option.type === OPTION.INTEGER && !Number.isInteger(value))))
        wrong ??= [chip, "Enter a number."];
      else if (numeric && option.min_value !== undefined && value < option.min_value)
        wrong ??= [chip, `Enter a number of at least ${option.min_value}.`];
      else if (numeric && option.max_value !== undefined && value > option.max_value)
        wrong ??= [chip, `Enter a number of at most ${option.max_value}.`];
      else values[option.name] = value;
    }
    return { values, wrong };
  }

  async #send() {
    const { values, wrong } = this.#values();
    if (wrong) {
      wrong[0].node.classList.add("wrong");
      wrong[0].input.focus();
      fill(this.note, el("span.trouble", { role: "alert" }, wrong[1]));
      return;
    }
    const { user, channel } = this.#place;
    this.#way.onsent(null);
    const answer = await act("discord", "slash", { user, channel, command: this.#command.name, options: values });
    // The client itself says when the app is silent, in a message of its own.
    if (impossible(answer)) this.#way.onsent(answer.error);
  }
}
