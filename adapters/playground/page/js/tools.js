/** Tools: what a person can do with a message, in a bar beside it; where nothing hovers, in one menu. */

import { el } from "./el.js";
import { icon } from "./icons.js";
import { menu } from "./menu.js";
import { offered } from "./reactions.js";

const TOUCH = matchMedia("(hover: none)");

/** `onreact`, `onreply`, `onedit` and `ondelete` where they are possible; `more` is {label, items} for what apps add. */
export function tools({ onreact, onreply, onedit, ondelete, more }) {
  const emoji = onreact ? offered(onreact) : [];
  const doing = [
    { text: "Reply in thread", face: "thread", focus: "reply", onpick: onreply },
    { text: "Edit message", face: "pencil", focus: "edit", onpick: onedit },
    { text: "Delete message", face: "bin", focus: "delete", onpick: ondelete },
  ].filter((one) => one.onpick);
  const added = more.items;
  if (!emoji.length && !doing.length && !added.length) return null;
  if (TOUCH.matches) {
    const items = [...emoji, ...doing, ...added];
    return el("div.tools", {}, menu({ label: "Message actions", face: icon("more", 18), focus: "edit", items }));
  }
  const bar = el(
    "div.tools",
    { role: "toolbar", "aria-label": "Message actions", onkeydown: (event) => walk(bar, event) },
    emoji.length
      ? menu({ label: "Add reaction", face: icon("smile", 18), focus: "react", title: true, items: emoji })
      : null,
    doing.map(({ text, face, focus, onpick }) =>
      el(
        "button",
        { type: "button", "aria-label": text, title: text, "data-focus": focus, onclick: onpick },
        icon(face, 18),
      ),
    ),
    added.length
      ? menu({ label: more.label, face: icon("more", 18), focus: "more", title: true, items: added })
      : null,
  );
  stops(bar).forEach((button, n) => button.setAttribute("tabindex", n ? "-1" : "0"));
  return bar;
}

const stops = (bar) => [...bar.querySelectorAll(":scope > button, :scope > .menubox > button")];

/** Arrows go along the bar, so that Tab passes a message in one step. */
function walk(bar, event) {
  const all = stops(bar);
  const at = all.indexOf(event.target);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (at < 0 || to === undefined) return;
  const next = all[(to + all.length) % all.length];
  for (const button of all) button.setAttribute("tabindex", button === next ? "0" : "-1");
  next.focus();
  event.preventDefault();
}
