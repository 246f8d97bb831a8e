/** Rich text: Slack's rich_text block, whose text is data and never markup. */

import { el, unknown } from "../el.js";
import { emoji } from "../emoji.js";
import { lineBreaks, link } from "../markdown.js";
import { broadcast, channelMention, groupMention, userMention } from "./names.js";

export function richText(app, block) {
  return el(
    "div.rich",
    {},
    (block.elements ?? []).map((part) => piece(app, part)),
  );
}

function piece(app, part) {
  switch (part.type) {
    case "rich_text_section":
      return el("div.line", {}, words(app, part.elements));
    case "rich_text_list":
      return el(
        part.style === "ordered" ? "ol" : "ul",
        {
          class: `indent-${part.indent ?? 0}${part.border ? " bordered" : ""}`,
          start: part.style === "ordered" ? (part.offset ?? 0) + 1 : null,
        },
        (part.elements ?? []).map((item) => el("li", {}, words(app, item.elements))),
      );
    case "rich_text_quote":
      return el("blockquote", {}, words(app, part.elements));
    case "rich_text_preformatted":
      return el("pre", {}, words(app, part.elements));
    default:
      return unknown("rich text part", part.type, part);
  }
}

function words(app, elements) {
  return (elements ?? []).map((one) => styled(word(app, one), one.style));
}

function word(app, one) {
  switch (one.type) {
    case "text":
      return lineBreaks(one.text ?? "");
    case "link":
      return [link(one.url ?? "", lineBreaks(one.text || one.url || ""))];
    case "user":
      return [userMention(app, one.user_id)];
    case "channel":
      return [channelMention(app, one.channel_id)];
    case "usergroup":
      return [groupMention(app, one.usergroup_id)];
    case "broadcast":
      return [broadcast(one.range)];
    case "emoji":
      return [el("span.emoji", { role: "img", "aria-label": one.name }, emoji(one.name, one.unicode))];
    case "color":
      return [el("span.colour", {}, el("i", { style: { background: one.value } }), one.value)];
    case "date": {
      const text = app.moments.slack(one.timestamp, one.format ?? "{date}");
      const node = el(
        "time.stamp",
        {
          title: one.fallback ?? app.moments.full(new Date(one.timestamp * 1000)),
          datetime: new Date(one.timestamp * 1000).toISOString(),
        },
        text,
      );
      return [one.url ? link(one.url, [node]) : node];
    }
    default:
      return [unknown("rich text element", one.type, one)];
  }
}

function styled(nodes, style) {
  let inner = nodes;
  for (const [name, tag] of [
    ["code", "code"],
    ["strike", "s"],
    ["underline", "u"],
    ["italic", "em"],
    ["bold", "strong"],
  ]) {
    if (style?.[name]) inner = [el(tag, {}, inner)];
  }
  return inner;
}
