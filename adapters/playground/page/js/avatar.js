/** Avatars: initials on a colour that belongs to the name, so that a person looks the same on both platforms. */

import { el } from "./el.js";
import { icon } from "./icons.js";

const HUES = [212, 342, 24, 160, 282, 44, 186, 316, 110, 4];
const MIX = 20;

export function avatar(name, { bot = false, size = 36, round = false } = {}) {
  const node = el(
    "span.avatar",
    {
      "aria-hidden": "true",
      class: round ? "round" : null,
      style: { "--hue": bot ? 250 : hue(name), "--size": `${size}px` },
    },
    bot ? icon("bolt", Math.round(size * 0.6)) : initials(name),
  );
  if (bot) node.classList.add("bot");
  return node;
}

function initials(name) {
  const words = name.trim().split(/\s+/);
  return [words[0], words.length > 1 ? words.at(-1) : ""]
    .map((word) => [...word][0] ?? "")
    .join("")
    .toUpperCase();
}

function hue(name) {
  let sum = 7;
  for (const letter of name) sum = (sum * MIX + letter.codePointAt(0)) % 9973;
  return HUES[sum % HUES.length];
}
