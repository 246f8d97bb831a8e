/** Modals: Discord's forms. They cannot be prefilled anew by the app, so what was typed stays when sending fails. */

import { act } from "../acts.js";
import { avatar } from "../avatar.js";
import { dialog } from "../dialog.js";
import { el, fill, freshId, unknown } from "../el.js";
import { icon } from "../icons.js";
import { picker } from "../picker.js";
import { carried } from "../files.js";
import { selectChoices } from "./components.js";
import { words } from "./names.js";

export class Modals {
  #app;
  #layer;
  #open = new Map();

  constructor(app, layer, appName) {
    this.#app = app;
    this.#layer = layer;
    this.appName = appName;
  }

  draw(user) {
    const rows = user ? this.#app.rows.under(`discord/modal/${user}`) : new Map();
    for (const [id, shown] of this.#open)
      if (!rows.has(id) || shown.user !== user) {
        this.#open.delete(id);
        shown.dialog.leave();
      }
    for (const [id, row] of rows) {
      if (!this.#open.has(id)) this.#open.set(id, this.#show(user, id, row));
      const shown = this.#open.get(id);
      if (shown.errors !== row.errors) {
        shown.errors = row.errors;
        this.#say(shown, row.errors);
      }
    }
  }

  #show(user, id, row) {
    const close = () => act("discord", "close", { user, modal: id });
    const fields = [];
    const body = (row.components ?? []).map((one) => this.#item(one, fields));
    const shown = { id, user, fields, errors: null };
    const submit = el("button.button.blurple", { type: "button", onclick: () => this.#submit(shown) }, "Submit");
    shown.submit = submit;
    shown.dialog = dialog(this.#layer, {
      title: row.title,
      style: "discordmodal",
      onclose: close,
      body: [el("div.saying"), ...body],
      head: [
        avatar(this.appName(), { bot: true, size: 24, round: true }),
        el("button.close", { type: "button", "aria-label": "Close", onclick: close }, icon("close", 20)),
      ],
      foot: [el("button.button.grey", { type: "button", onclick: close }, "Cancel"), submit],
    });
    shown.dialog.panel.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target.matches("input[type=text]:not(.search)") && !event.isComposing) {
        event.preventDefault();
        this.#submit(shown);
      }
    });
    return shown;
  }

  #say(shown, text) {
    const at = shown.dialog.body.querySelector(".saying");
    fill(at, text ? el("p.banner", { role: "alert" }, icon("warn", 16), text) : null);
    if (text) at.scrollIntoView({ block: "nearest" });
  }

  #item(json, fields) {
    switch (json.type) {
      case 1:
        return (json.components ?? []).map((one) => this.#labelled({ label: one.label, component: one }, fields));
      case 10:
        return el("div.md", {}, words(this.#app, json.content));
      case 18:
        return this.#labelled(json, fields);
      default:
        return unknown("modal component", `type ${json.type}`, json);
    }
  }

  #labelled({ label, description, component }, fields) {
    const id = freshId("field");
    const required = component.type !== 23 && component.required !== false;
    const described = description ? `${id}-about` : null;
    const field = this.#field(component, { id, label, described });
    if (!field.value) return field.node;
    const wrong = el("p.error", { id: `${id}-error`, hidden: true, role: "alert" });
    fields.push({ ...field, custom_id: component.custom_id, required, wrong, json: component });
    const grouped = field.grouped;
    return el(
      "div.labelled",
      { role: grouped ? "group" : null, "aria-labelledby": grouped ? `${id}-label` : undefined },
      grouped
        ? el(
            "div.label",
            { id: `${id}-label` },
            label,
            required ? el("span.star", { "aria-hidden": true }, " *") : null,
          )
        : el(
            "label",
            { for: id, id: `${id}-label` },
            label,
            required ? el("span.star", { "aria-hidden": true }, " *") : null,
          ),
      description ? el("p.about", { id: described }, description) : null,
      field.node,
      wrong,
    );
  }

  /** A field's node and a way to read it. */
  #field(json, { id, label, described }) {
    const about = { "aria-describedby": described ?? undefined };
    switch (json.type) {
      case 4: {
        const node = el(json.style === 2 ? "textarea.field" : "input.field", {
          id,
          type: json.style === 2 ? null : "text",
          rows: json.style === 2 ? 4 : null,
          value: json.value ?? "",
          placeholder: json.placeholder ?? null,
          maxlength: json.max_length ?? null,
          autocomplete: "off",
          ...about,
        });
        return { node, value: () => node.value };
      }
      case 3:
      case 5:
      case 6:
      case 7:
      case 8:
        return this.#select(json, label);
      case 19: {
        let files = [];
        const node = el("input.field.file", {
          id,
          type: "file",
          multiple: (json.max_values ?? 1) > 1,
          ...about,
          onchange: async () => {
            files = await Promise.all([...node.files].slice(0, json.max_values ?? 1).map(carried));
          },
        });
        return { node, value: () => files };
      }
      case 21:
      case 22:
        return ticks(json, about);
      case 23: {
        const node = el("input", { id, type: "checkbox", checked: Boolean(json.default), ...about });
        return { node: el("span.single", {}, node), value: () => node.checked };
      }
      default:
        return { node: unknown("modal field", `type ${json.type}`, json) };
    }
  }

  #select(json, label) {
    const choices = selectChoices(json, this.#app);
    let values = (json.default_values ?? [])
      .map((one) => one.id)
      .concat((json.options ?? []).filter((one) => one.default).map((one) => one.value));
    const most = json.max_values ?? 1;
    const node = picker({
      label,
      placeholder: json.placeholder ?? "Make a selection",
      choices,
      known: choices,
      chosen: values,
      several: most > 1,
      most,
      onpick: (picked) => {
        values = picked;
      },
    });
    return { node, value: () => values };
  }

  async #submit(shown) {
    if (shown.submit.disabled) return;
    let first = null;
    for (const field of shown.fields) {
      const value = field.value();
      const sentence = complaint(field, value);
      field.wrong.hidden = !sentence;
      fill(field.wrong, sentence);
      if (sentence) first ??= field;
    }
    if (first) {
      (first.node.matches("input, textarea")
        ? first.node
        : first.node.querySelector("input, textarea, button")
      ).focus();
      return;
    }
    const values = Object.fromEntries(shown.fields.map((field) => [field.custom_id, field.value()]));
    shown.submit.disabled = true;
    shown.submit.setAttribute("aria-busy", "true");
    const answer = await act("discord", "submit", { user: shown.user, modal: shown.id, values });
    shown.submit.disabled = false;
    shown.submit.removeAttribute("aria-busy");
    if (this.#open.has(shown.id))
      this.#say(
        shown,
        answer.error ? (this.#app.rows.get(`discord/modal/${shown.user}/${shown.id}`)?.errors ?? answer.error) : null,
      );
  }
}

function ticks(json, about) {
  const name = freshId("choice");
  const inputs = (json.options ?? []).map((option) =>
    el("input", {
      type: json.type === 21 ? "radio" : "checkbox",
      name,
      value: option.value,
      checked: Boolean(option.default),
    }),
  );
  const node = el(
    "div.ticks",
    { ...about },
    (json.options ?? []).map((option, n) =>
      el(
        "label.tick",
        {},
        inputs[n],
        el("span", {}, option.label, option.description ? el("span.note", {}, option.description) : null),
      ),
    ),
  );
  const chosen = () => inputs.filter((input) => input.checked).map((input) => input.value);
  return { node, grouped: true, value: () => (json.type === 21 ? (chosen()[0] ?? null) : chosen()) };
}

function complaint({ json, required }, value) {
  const empty = value === null || value === "" || (Array.isArray(value) && value.length === 0);
  if (empty) return required ? "This field is required." : null;
  if (json.type === 4 && json.min_length && value.length < json.min_length)
    return `Must be ${json.min_length} or more in length.`;
  if (Array.isArray(value) && json.min_values && value.length < json.min_values)
    return `Choose at least ${json.min_values}.`;
  if (Array.isArray(value) && json.max_values && value.length > json.max_values)
    return `Choose at most ${json.max_values}.`;
  return null;
}
