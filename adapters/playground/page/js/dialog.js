/** Dialogs: one over its own window, so that the other platform stays in sight. Focus stays inside until it closes. */

import { el, freshId } from "./el.js";

/**
 * A dialog in `layer`. `parts` is {title, head, body, foot}; `onclose` is called by Escape. The caller takes it away
 * with `dialog.leave()`, which gives focus back to whatever had it.
 */
export function dialog(layer, { title, head, body, foot, onclose, style = "" }) {
  const id = freshId("title");
  const back = document.activeElement;
  const backKey = back?.closest?.("[data-focus]")?.dataset.focus;
  const heading = el("h2", { id }, title);
  const panel = el(
    "div.dialog",
    { role: "dialog", "aria-modal": true, "aria-labelledby": id, tabindex: "-1", class: style },
    el("header", {}, heading, head),
    el("div.body", {}, body),
    foot ? el("footer", {}, foot) : null,
  );
  const veil = el("div.veil", { onkeydown: (event) => keep(event, panel, onclose) }, panel);
  layer.append(veil);
  const first = panel.querySelector(".body :is(input, textarea, select, button):not([disabled]):not(.search)") ?? panel;
  first.focus({ preventScroll: true });
  // On a phone the window may be out of sight, and a dialog that nobody sees is a page that does not answer.
  layer.parentElement.scrollIntoView({ block: "nearest" });
  return {
    panel,
    veil,
    heading,
    body: panel.querySelector(".body"),
    leave() {
      const inside = veil.contains(document.activeElement);
      veil.remove();
      if (!inside) return;
      const again = back?.isConnected
        ? back
        : [...document.querySelectorAll("[data-focus]")].find((each) => each.dataset.focus === backKey);
      (layer.lastElementChild?.querySelector("[role=dialog]") ?? again)?.focus({ preventScroll: true });
    },
  };
}

const FOCUSABLE =
  "a[href], button:not([disabled]), input:not([disabled]), textarea:not([disabled]), select:not([disabled]), summary, [tabindex='0']";

function keep(event, panel, onclose) {
  if (event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    onclose();
    return;
  }
  if (event.key !== "Tab") return;
  const stops = [...panel.querySelectorAll(FOCUSABLE)].filter((node) => node.checkVisibility());
  if (!stops.length) return;
  const edge = event.shiftKey ? stops[0] : stops.at(-1);
  if (document.activeElement !== edge && document.activeElement !== panel) return;
  if (document.activeElement === panel && !event.shiftKey) return;
  event.preventDefault();
  (event.shiftKey ? stops.at(-1) : stops[0]).focus();
}

/** Asks yes or no in a small dialog; resolves to true or false. */
export function confirm(layer, { title, body, yes, no, danger = false }) {
  return new Promise((resolve) => {
    const done = (answer) => {
      asked.leave();
      resolve(answer);
    };
    const asked = dialog(layer, {
      title,
      body,
      style: "small",
      onclose: () => done(false),
      foot: [
        el("button.plain", { type: "button", onclick: () => done(false) }, no),
        el("button", { type: "button", class: danger ? "danger" : "primary", onclick: () => done(true) }, yes),
      ],
    });
    asked.panel.querySelector("footer button").focus();
  });
}
