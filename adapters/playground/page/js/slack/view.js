/** Views: Slack's modals, up to three on a pile, and the Home. What was typed stays through redraws and refusals. */

import { act, impossible } from "../acts.js";
import { confirm, dialog } from "../dialog.js";
import { el, fill } from "../el.js";
import { icon } from "../icons.js";
import { keyed } from "../keyed.js";
import { drawBlock } from "./blocks.js";
import { Form } from "./form.js";
import { plain, textObject } from "./mrkdwn.js";

/** The confirmation that an element may ask for. */
export function confirmation(app, layer) {
  return (json) =>
    confirm(layer, {
      title: json.title?.text ?? "Are you sure?",
      body: el("p", {}, textObject(app, json.text)),
      yes: json.confirm?.text ?? "Yes",
      no: json.deny?.text ?? "Cancel",
      danger: json.style === "danger",
    });
}

/** Draws the blocks of a view, leaving those alone that did not change. */
export function drawBlocks(parent, view, surface, errors, extra = []) {
  keyed(
    parent,
    (view.blocks ?? []).map((block, n) => ({
      key: `${n} ${block.type} ${block.block_id ?? ""}`,
      version: [JSON.stringify(block), errors?.[block.block_id] ?? null, ...extra],
      draw: () => el("div.block", {}, drawBlock(block, surface, errors?.[block.block_id])),
    })),
  );
}

export class Views {
  #app;
  #layer;
  #open = new Map();

  constructor(app, layer) {
    this.#app = app;
    this.#layer = layer;
  }

  draw(user) {
    const rows = [...(user ? this.#app.rows.under(`slack/view/${user}`) : [])].sort(
      ([, one], [, other]) => one.depth - other.depth,
    );
    const ids = new Set(rows.map(([id]) => id));
    for (const [id, shown] of this.#open)
      if (!ids.has(id)) {
        this.#open.delete(id);
        shown.dialog.leave();
      }
    for (const [id, row] of rows) {
      if (!this.#open.has(id)) this.#open.set(id, this.#show(user, id, row));
      this.#update(this.#open.get(id), row);
    }
    rows.forEach(([id], n) => {
      this.#open.get(id).dialog.veil.hidden = n < rows.length - 1;
    });
  }

  #show(user, id, row) {
    const form = new Form();
    const shown = { id, user, form, local: {}, row, seen: null, error: null };
    const close = () => act("slack", "close", { user, view: id });
    const footer = el("footer");
    shown.dialog = dialog(this.#layer, {
      title: "",
      style: "slackview",
      onclose: close,
      head: el("button.close", { type: "button", "aria-label": "Close", onclick: close }, icon("close", 20)),
      body: [],
    });
    shown.footer = footer;
    shown.dialog.panel.append(footer);
    shown.surface = {
      app: this.#app,
      form,
      confirm: confirmation(this.#app, this.#layer),
      submit: () => this.#submit(shown),
      press: async (given) => {
        const answer = await act("slack", "press", { user, view: id, ...given });
        this.#trouble(shown, answer);
      },
      options: async (block_id, action_id, value) =>
        found(await act("slack", "options", { user, view: id, block_id, action_id, value })),
      fallback: (json) => (json.default_to_current_conversation ? this.#app.slack.channel : null),
    };
    return shown;
  }

  #update(shown, row) {
    const before = shown.seen;
    if (before === row && !shown.changed) return;
    shown.row = row;
    shown.seen = row;
    shown.changed = false;
    const { view } = row;
    const waiting = row.state === "waiting";
    fill(shown.dialog.heading, plain(view.title?.text ?? ""));
    const errors = { ...(row.errors ?? {}), ...shown.local };
    const banner = shown.dialog.panel.querySelector(".banner");
    banner?.remove();
    const trouble = shown.error ?? row.trouble;
    if (trouble) shown.dialog.body.before(el("p.banner", { role: "alert" }, icon("warn", 16), trouble));
    const fresh = !before;
    drawBlocks(shown.dialog.body, view, shown.surface, errors);
    shown.dialog.panel.setAttribute("aria-busy", String(waiting));
    const busy = shown.footer.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
    fill(
      shown.footer,
      el(
        "button.plain",
        {
          type: "button",
          "data-focus": `close ${shown.id}`,
          onclick: () => act("slack", "close", { user: shown.user, view: shown.id }),
        },
        plain(view.close?.text ?? "Cancel"),
      ),
      view.submit
        ? el(
            "button.primary",
            {
              type: "button",
              "data-focus": `submit ${shown.id}`,
              disabled: waiting,
              "aria-busy": waiting,
              onclick: () => this.#submit(shown),
            },
            plain(view.submit.text),
          )
        : null,
    );
    if (busy) [...shown.footer.children].find((each) => each.dataset.focus === busy)?.focus();
    if (fresh)
      (shown.dialog.body.querySelector("input, textarea, select, button") ?? shown.footer.lastElementChild)?.focus({
        preventScroll: true,
      });
    else if (Object.keys(errors).length && before.errors !== row.errors)
      shown.dialog.body.querySelector(".wrong :is(input, textarea, button)")?.focus();
  }

  async #submit(shown) {
    const { view, state } = shown.row;
    if (state === "waiting" || !view.submit) return;
    shown.local = shown.form.missing(view, shown.surface.fallback);
    shown.error = null;
    this.#redraw(shown);
    if (Object.keys(shown.local).length) {
      shown.dialog.body.querySelector(".wrong :is(input, textarea, button)")?.focus();
      return;
    }
    const answer = await act("slack", "submit", {
      user: shown.user,
      view: shown.id,
      values: shown.form.values(view, shown.surface.fallback),
    });
    this.#trouble(shown, answer);
  }

  /** What went wrong, in a banner; errors beside fields and Slack's own words come with the row. */
  #trouble(shown, answer) {
    const told = answer.told || Object.keys(answer.errors ?? {}).length;
    shown.error =
      !answer.error || told
        ? null
        : impossible(answer)
          ? answer.error
          : `The app did not respond (${answer.error}). Try again?`;
    this.#redraw(shown);
  }

  #redraw(shown) {
    if (!this.#open.has(shown.id)) return;
    shown.changed = true;
    this.#update(shown, shown.row);
  }
}

/** What an external select's options came to, whichever way the stand-in hands them over. */
export function found(answer) {
  return answer.options || answer.option_groups ? answer : (answer.answer ?? {});
}
