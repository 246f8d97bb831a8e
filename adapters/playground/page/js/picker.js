/** Pickers: a list to choose one or several from, by mouse, touch or keyboard; for both platforms' menus. */

import { el, fill, freshId } from "./el.js";
import { icon } from "./icons.js";

/**
 * A button that opens a listbox. `choices` is a list of {value, text, note, group, icon} or an async function of what
 * was typed. `onpick(values)` hears the chosen values: at once for one, when the list closes for several.
 */
export function picker({
  label,
  placeholder = "Choose",
  choices,
  chosen = [],
  most = 1,
  several = false,
  disabled = false,
  focus,
  onpick,
  known = [],
}) {
  const id = freshId("picker");
  const box = el("div.picker");
  const names = new Map(known.map((choice) => [choice.value, choice]));
  const list = el("ul.choices", {
    role: "listbox",
    id: `${id}-list`,
    "aria-label": label,
    "aria-multiselectable": several,
  });
  const search = el("input.search", {
    type: "text",
    role: "combobox",
    "aria-label": `Search ${label}`,
    "aria-expanded": true,
    "aria-controls": `${id}-list`,
    "aria-autocomplete": "list",
    placeholder: "Type to filter",
    autocomplete: "off",
    spellcheck: "false",
  });
  const popup = el("div.popup", { popover: "manual" }, search, list);
  const button = el("button.pick", {
    type: "button",
    disabled,
    "aria-haspopup": "listbox",
    "aria-expanded": false,
    "data-focus": focus,
    "aria-label": null,
    onclick: () => (opened ? close(true) : open()),
    onkeydown: (event) => {
      if (event.key === "ArrowDown" && !opened) {
        event.preventDefault();
        open();
      }
    },
  });
  let values = [...chosen];
  let shown = [];
  let active = -1;
  let opened = false;
  let asked = 0;
  const atOpen = () => values.join("\n");
  let before = atOpen();

  function face() {
    const texts = values.map((value) => names.get(value)?.text ?? value);
    const said = texts.length ? texts.join(", ") : placeholder;
    button.setAttribute("aria-label", `${label}: ${said}`);
    fill(
      button,
      several && texts.length
        ? el(
            "span.tokens",
            {},
            texts.map((text) => el("span.token", {}, text)),
          )
        : el("span", { class: texts.length ? "picked" : "placeholder" }, said),
      icon("down", 14),
    );
  }

  async function load() {
    const query = search.value.trim();
    const turn = (asked += 1);
    if (typeof choices === "function") {
      fill(list, el("li.hint", { role: "presentation" }, "Looking…"));
      const found = await choices(query);
      if (turn !== asked) return;
      shown = found;
    } else {
      const words = query.toLowerCase();
      shown = choices.filter((choice) => `${choice.text} ${choice.note ?? ""}`.toLowerCase().includes(words));
    }
    for (const choice of shown) names.set(choice.value, choice);
    active = Math.max(
      0,
      shown.findIndex((choice) => values.includes(choice.value)),
    );
    draw();
  }

  function draw() {
    let group = null;
    fill(
      list,
      shown.length === 0
        ? el("li.hint", { role: "presentation" }, "Nothing found")
        : shown.flatMap((choice, n) => {
            const heading =
              choice.group && choice.group !== group ? el("li.group", { role: "presentation" }, choice.group) : null;
            group = choice.group ?? null;
            const on = values.includes(choice.value);
            return [
              heading,
              el(
                "li.choice",
                {
                  role: "option",
                  id: `${id}-${n}`,
                  "aria-selected": on,
                  class: n === active ? "active" : null,
                  onmousedown: (event) => event.preventDefault(),
                  onclick: () => pick(choice.value),
                  onmousemove: () => {
                    if (active !== n) {
                      active = n;
                      mark();
                    }
                  },
                },
                choice.icon ?? null,
                el(
                  "span.words",
                  {},
                  el("span", {}, choice.text),
                  choice.note ? el("span.note", {}, choice.note) : null,
                ),
                on ? icon("check", 14) : null,
              ),
            ];
          }),
    );
    mark();
  }

  function mark() {
    for (const node of list.querySelectorAll(".active")) node.classList.remove("active");
    const node = list.querySelector(`#${id}-${active}`);
    node?.classList.add("active");
    node?.scrollIntoView({ block: "nearest" });
    if (node) search.setAttribute("aria-activedescendant", node.id);
    else search.removeAttribute("aria-activedescendant");
  }

  function pick(value) {
    if (!several) {
      values = [value];
      face();
      close(true);
      onpick(values);
      return;
    }
    if (values.includes(value)) values = values.filter((each) => each !== value);
    else if (values.length < most) values = [...values, value];
    face();
    draw();
  }

  function open() {
    if (disabled || opened) return;
    opened = true;
    before = atOpen();
    button.setAttribute("aria-expanded", "true");
    search.value = "";
    popup.showPopover();
    place();
    load();
    search.focus();
    document.addEventListener("pointerdown", outside, true);
    window.addEventListener("resize", place);
  }

  function place() {
    const at = button.getBoundingClientRect();
    const below = innerHeight - at.bottom - 12;
    const above = at.top - 12;
    const up = below < 220 && above > below;
    popup.style.setProperty("width", `${Math.min(Math.max(at.width, 220), innerWidth - 16)}px`);
    popup.style.setProperty("left", `${Math.max(8, Math.min(at.left, innerWidth - Math.max(at.width, 220) - 8))}px`);
    popup.style.setProperty("max-height", `${Math.min(320, Math.max(140, up ? above : below))}px`);
    popup.style.setProperty("top", up ? "auto" : `${at.bottom + 4}px`);
    popup.style.setProperty("bottom", up ? `${innerHeight - at.top + 4}px` : "auto");
  }

  function close(refocus) {
    if (!opened) return;
    opened = false;
    asked += 1;
    popup.hidePopover();
    button.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", outside, true);
    window.removeEventListener("resize", place);
    if (refocus) button.focus({ preventScroll: true });
    if (several && atOpen() !== before) onpick(values);
  }

  function outside(event) {
    if (!box.contains(event.target)) close(false);
  }

  search.addEventListener("input", () => load());
  search.addEventListener("keydown", (event) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move && shown.length) {
      active = (active + move + shown.length) % shown.length;
      mark();
    } else if (event.key === "Enter") {
      if (shown[active]) pick(shown[active].value);
    } else if (event.key === "Escape") {
      close(true);
    } else if (event.key === "Tab") {
      close(true);
      return;
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  });
  popup.addEventListener("focusout", (event) => {
    if (opened && !box.contains(event.relatedTarget) && event.relatedTarget) close(false);
  });

  face();
  box.append(button, popup);
  return box;
}
