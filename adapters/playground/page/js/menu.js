/** Menus: a few things to do, under a button; for overflow menus, reactions, shortcuts and apps. */

import { el } from "./el.js";

const ROW = 8;

/** `items` is a list of {text, label, small, onpick}; small ones come first and stand in rows of eight. */
export function menu({ label, face, items, focus, title = false, disabled = false, class: style = "" }) {
  const list = el("div.popup.menu", { role: "menu", popover: "manual", "aria-label": label });
  const box = el("span.menubox");
  const button = el(
    "button.menubutton",
    {
      type: "button",
      class: style,
      "aria-label": label,
      title: title ? label : null,
      "aria-haspopup": "menu",
      "aria-expanded": false,
      "data-focus": focus,
      disabled,
      onclick: () => (list.matches(":popover-open") ? close() : open()),
    },
    face,
  );
  const buttons = items.map((item) =>
    el(
      "button.item",
      {
        type: "button",
        role: "menuitem",
        tabindex: "-1",
        class: item.small ? "small" : null,
        "aria-label": item.label,
        title: item.label,
        onclick: () => {
          close();
          item.onpick();
        },
      },
      item.text,
    ),
  );
  const small = items.filter((item) => item.small).length;
  if (small) list.append(el("div.rows", { role: "presentation" }, buttons.slice(0, small)));
  list.append(...buttons.slice(small));

  function open() {
    list.showPopover();
    const at = button.getBoundingClientRect();
    const { width, height } = list.getBoundingClientRect();
    list.style.setProperty("left", `${Math.max(8, Math.min(at.right - width, innerWidth - width - 8))}px`);
    list.style.setProperty(
      "top",
      `${at.bottom + height + 8 > innerHeight ? Math.max(8, at.top - height - 4) : at.bottom + 4}px`,
    );
    button.setAttribute("aria-expanded", "true");
    buttons[0]?.focus();
    document.addEventListener("pointerdown", outside, true);
  }
  function close() {
    if (!list.matches(":popover-open")) return;
    list.hidePopover();
    button.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", outside, true);
    button.focus({ preventScroll: true });
  }
  function outside(event) {
    if (!box.contains(event.target)) close();
  }
  list.addEventListener("keydown", (event) => {
    const to = step(event.key, buttons.indexOf(document.activeElement), small, buttons.length);
    if (to !== null) buttons[to].focus();
    else if (event.key === "Escape" || event.key === "Tab") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  box.append(button, list);
  return box;
}

/** Where an arrow leads from item `at`: among small items down is a row down, among the others the next one. */
function step(key, at, small, all) {
  const round = (to) => (to + all) % all;
  switch (key) {
    case "Home":
      return 0;
    case "End":
      return all - 1;
    case "ArrowRight":
      return round(at + 1);
    case "ArrowLeft":
      return round(at - 1);
    case "ArrowDown":
      return at < small ? (at + ROW < small ? at + ROW : round(small)) : round(at + 1);
    case "ArrowUp":
      return at < small ? (at >= ROW ? at - ROW : all - 1) : round(at - 1);
    default:
      return null;
  }
}
