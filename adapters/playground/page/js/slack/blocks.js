/** Blocks: Slack's Block Kit, one drawing for each type; a type that the page does not know says so. */

import { el, freshId, unknown } from "../el.js";
import { markdown } from "../markdown.js";
import { element } from "./elements.js";
import { mrkdwn, plain, textObject } from "./mrkdwn.js";
import { channelMention, userMention } from "./names.js";
import { richText } from "./richtext.js";

/** `surface` is where the block stands: a message, a modal or the Home. It carries the presses. */
export function drawBlock(block, surface, error = null) {
  const { app } = surface;
  switch (block.type) {
    case "rich_text":
      return richText(app, block);
    case "section":
      return section(block, surface);
    case "header":
      return el("h3.header", {}, plain(block.text?.text ?? ""));
    case "divider":
      return el("hr");
    case "context":
      return el(
        "div.context",
        {},
        (block.elements ?? []).map((one) =>
          one.type === "image"
            ? el("img", { src: picture(surface, one), alt: one.alt_text ?? "" })
            : el("span", {}, textObject(app, one)),
        ),
      );
    case "image":
      return image(block, surface);
    case "actions":
      return el(
        "div.actions",
        {},
        (block.elements ?? []).map((one) => element(one, surface, { block })),
      );
    case "input":
      return input(block, surface, error);
    case "markdown":
      return el("div.markdown", {}, markdown(block.text ?? "", { entity: (rest) => entity(app, rest) }));
    case "table":
      return table(block, surface);
    case "file":
      return el("div.filebox", {}, "Remote file ", el("code", {}, block.external_id));
    default:
      return unknown("block", block.type, block);
  }
}

function section(block, surface) {
  const { app } = surface;
  return el(
    "div.section",
    { class: block.accessory ? "with-accessory" : null },
    el(
      "div.said",
      {},
      block.text ? el("div.text", {}, textObject(app, block.text)) : null,
      block.fields
        ? el(
            "div.fields",
            {},
            block.fields.map((field) => el("div", {}, textObject(app, field))),
          )
        : null,
    ),
    block.accessory
      ? el(
          "div.accessory",
          {},
          block.accessory.type === "image"
            ? el("img", { src: picture(surface, block.accessory), alt: block.accessory.alt_text ?? "" })
            : element(block.accessory, surface, { block, label: block.text?.text }),
        )
      : null,
  );
}

function image(block, surface) {
  return el(
    "figure.image",
    {},
    block.title ? el("figcaption", {}, plain(block.title.text ?? "")) : null,
    el("img", { src: picture(surface, block), alt: block.alt_text ?? "", loading: "lazy" }),
  );
}

/** Where a picture is: at its own address, or a file that the stand-in holds. */
export function picture(surface, one) {
  if (one.image_url) return one.image_url;
  const { id, url } = one.slack_file ?? {};
  const file = id ? surface.app.rows.get(`slack/file/${id}`) : null;
  return file?.url_private ?? url ?? "";
}

function input(block, surface, error) {
  const id = freshId("field");
  const wrong = error ? el("p.error", { id: `${id}-error`, role: "alert" }, error) : null;
  const hint = block.hint ? el("p.hint", { id: `${id}-hint` }, plain(block.hint.text ?? "")) : null;
  const said = plain(block.label?.text ?? "");
  const field = element(block.element ?? {}, surface, {
    block,
    input: true,
    id,
    label: block.label?.text,
    dispatch: block.dispatch_action === true,
    wrong: Boolean(error),
    describedby: [wrong && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(" ") || null,
  });
  const optional = block.optional ? el("span.optional", {}, " (optional)") : null;
  const group = ["radio_buttons", "checkboxes"].includes(block.element?.type);
  return el(
    "div.input",
    {
      class: error ? "wrong" : null,
      role: group ? "group" : null,
      "aria-labelledby": group ? `${id}-label` : undefined,
    },
    group
      ? el("div.label", { id: `${id}-label` }, said, optional)
      : el("label", { id: `${id}-label`, for: id }, said, optional),
    field,
    wrong,
    hint,
  );
}

function table(block, surface) {
  const [head, ...body] = block.rows ?? [];
  const align = (n) => block.column_settings?.[n]?.align ?? "left";
  const cell = (tag) => (one, n) =>
    el(
      tag,
      { class: `to-${align(n)}` },
      one.type === "rich_text"
        ? richText(surface.app, one)
        : one.type === "raw_text" || one.type === "raw_number"
          ? String(one.text ?? one.value ?? "")
          : unknown("table cell", one.type, one),
    );
  return el(
    "div.tablebox",
    {},
    el(
      "table",
      {},
      head ? el("thead", {}, el("tr", {}, head.map(cell("th")))) : null,
      el(
        "tbody",
        {},
        body.map((row) => el("tr", {}, row.map(cell("td")))),
      ),
    ),
  );
}

function entity(app, rest) {
  if (rest[0] !== "<") return null;
  const found = rest.match(/^<(@[UW]\w+|#C\w+|![^>]+)(?:\|[^>]*)?>/);
  if (!found) return null;
  if (found[1][0] === "@") return [userMention(app, found[1].slice(1)), found[0].length];
  if (found[1][0] === "#") return [channelMention(app, found[1].slice(1)), found[0].length];
  return [el("span", {}, mrkdwn(app, found[0])), found[0].length];
}
