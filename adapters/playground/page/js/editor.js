/** The editor: a message of one's own while one rewrites it, in its own place. */

import { el } from "./el.js";

/** `draft` is {text}, kept by whoever draws, so that words survive a redrawing; Enter saves, Escape leaves. */
export function editor(draft, { onsave, onleave }) {
  const grow = () => {
    field.style.setProperty("height", "auto");
    field.style.setProperty("height", `${Math.min(field.scrollHeight, 160)}px`);
    save.disabled = field.value.trim() === "";
  };
  const field = el("textarea", {
    rows: 1,
    "aria-label": "Edit message",
    autocomplete: "off",
    "data-focus": "edit",
    value: draft.text,
    oninput: () => {
      draft.text = field.value;
      grow();
    },
    onkeydown: (event) => {
      if (event.isComposing) return;
      if (event.key === "Escape") onleave();
      else if (event.key === "Enter" && !event.shiftKey && !save.disabled) onsave(field.value.trim());
      else if (event.key !== "Enter" || event.shiftKey) return;
      event.preventDefault();
      event.stopPropagation();
    },
  });
  const save = el("button.save", { type: "button", onclick: () => onsave(field.value.trim()) }, "Save");
  const node = el(
    "div.editor",
    {},
    field,
    el("p.editing", {}, el("button.leave", { type: "button", onclick: onleave }, "Cancel"), save),
  );
  requestAnimationFrame(grow);
  return node;
}
