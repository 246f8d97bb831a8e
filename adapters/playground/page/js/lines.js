/** Lines: the messages of a place in order, with the days between them and a mark where the unread ones begin. */

import { el } from "./el.js";

/**
 * Items for `keyed`. An entry is {message, only}; `way` says how a platform reads it: `date(message)`, `dayText(date)`,
 * `isNew(message)`, `joins(before, entry)` whether it goes on under the author before, and `item(entry, compact)`.
 */
export function lines(entries, moments, way) {
  const items = [];
  let before = null;
  let day = null;
  let marked = false;
  for (const entry of entries) {
    const date = way.date(entry.message);
    if (way.dayText && moments.day(date) !== day) {
      day = moments.day(date);
      items.push(divider(`day ${day}`, "day", way.dayText(date)));
      before = null;
    }
    if (!marked && !entry.only && way.isNew(entry.message)) {
      marked = true;
      items.push(divider("new", "new", "New"));
      before = null;
    }
    items.push(way.item(entry, Boolean(before) && way.joins(before, entry)));
    before = entry;
  }
  return items;
}

function divider(key, kind, text) {
  return {
    key,
    version: [text],
    draw: () => el(`div.${kind}`, { role: "separator" }, el("span", {}, text)),
  };
}
