/** Discord's composer: a command that is picked puts its options in the place of the field. */

import { act } from "../acts.js";
import { avatar } from "../avatar.js";
import { Composer } from "../composer.js";
import { el } from "../el.js";
import { callable } from "./commands.js";
import { CommandForm } from "./commandform.js";

export class DiscordComposer extends Composer {
  #form = null;

  constructor(window, place, onup) {
    super(window.app, place, (text) => window.notice(text), { onup });
    this.appName = () => window.appName();
  }

  where({ name }) {
    return { label: `Message ${name}` };
  }

  moved() {
    this.#leave();
  }

  matching(text) {
    if (!text.startsWith("/") || text.includes("\n")) return null;
    const words = text.slice(1).toLowerCase();
    return callable(this.app.rows).filter(
      (one) => one.name.startsWith(words.trimEnd()) || words.startsWith(`${one.name} `),
    );
  }

  heading(shown) {
    return [
      el("li.group", { role: "presentation" }, this.appName()),
      shown.length ? null : el("li.none", { role: "presentation" }, "No commands match"),
    ];
  }

  spoken(one) {
    return `/${one.name}`;
  }

  option(one) {
    return [
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
    ];
  }

  picks(event) {
    return !event.shiftKey && (event.key === "Enter" || event.key === "Tab");
  }

  /** Words typed after a command's name fill its first option. */
  pick(command) {
    const typed = this.field.value.slice(1);
    const rest = typed.startsWith(`${command.name} `) ? typed.slice(command.name.length + 1) : "";
    this.put("");
    this.#form = new CommandForm(this.app, command, this.placeNow(), {
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
    this.hint();
    if (refocus) this.field.focus();
  }

  say({ user, channel }, text) {
    return act("discord", "say", { user, channel, text });
  }
}
