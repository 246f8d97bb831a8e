/** Reactions: the emoji under a message, which are buttons: a press adds one's own or takes it away. */

import { el } from "./el.js";
import { emoji } from "./emoji.js";

/** What is offered first, by Slack's names; the rest of the world's emoji is the apps' affair. */
const OFFERED = (
  "+1 heart joy tada eyes white_check_mark raised_hands clap " +
  "pray fire rocket bulb wave muscle thinking_face cry " +
  "x -1 coffee pizza beers cake warning question"
).split(" ");

/** Items of a menu that choose an emoji; `onreact(name, picture)` hears which. */
export const offered = (onreact) =>
  OFFERED.map((name) => ({
    text: emoji(name),
    label: spoken(name),
    small: true,
    onpick: () => onreact(name, emoji(name)),
  }));

/** `list` is [{name, picture, count, mine, who}]; `who` are names; without `onreact` they are only shown. */
export function reactions(list, onreact) {
  if (!list.length) return null;
  return el(
    "div.reactions",
    { role: "group", "aria-label": "Reactions" },
    list.map(({ name, picture, count, mine, who }) =>
      el(
        "button.reaction",
        {
          type: "button",
          "aria-pressed": mine,
          "aria-label": `${spoken(name)}, ${count}: ${who.join(", ")}`,
          title: `${who.join(", ")} reacted with ${spoken(name)}`,
          "data-focus": `reaction ${name}`,
          disabled: !onreact,
          onclick: () => onreact(name, picture, !mine),
        },
        picture,
        " ",
        String(count),
      ),
    ),
  );
}

/** An emoji's name as one says it. */
const spoken = (name) => ({ "+1": "thumbs up", "-1": "thumbs down", x: "cross" })[name] ?? name.replaceAll("_", " ");
