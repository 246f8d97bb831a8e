/** Menus: a few things to do, under a button; for overflow menus, shortcuts and apps. */

import { el } from "./el.js";

/** `items` is a list of {text, onpick}. */
export function menu({ label, face, items, focus, disabled = false, class: style = "" }) {
  const list = el("div.popup.menu", { role: "menu", popover: "manual", "aria-label": label });
  const box = el("span.menubox");
  const button = el(
    "button.menubutton",
    {
      type: "button",
      class: style,
      "aria-label": label,
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
        onclick: () => {
          close();
          item.onpick();
        },
      },
      item.text,
    ),
  );
  list.append(...buttons);

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
    const at = buttons.indexOf(document.activeElement);
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move) buttons[(at + move + buttons.length) % buttons.length].focus();
    else if (event.key === "Escape" || event.key === "Tab") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  box.append(button, list);
  return box;
}
