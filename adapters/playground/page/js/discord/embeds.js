/** Embeds and attachments: the older way to dress a Discord message, and the files that come with one. */

import { el } from "../el.js";
import { icon } from "../icons.js";
import { link } from "../markdown.js";
import { words } from "./names.js";

export function embed(app, json) {
  const title = json.title ? words(app, json.title) : null;
  return el(
    "div.embed",
    { style: json.color ? { "--bar": `#${json.color.toString(16).padStart(6, "0")}` } : null },
    json.thumbnail ? el("img.thumbnail", { src: json.thumbnail.url, alt: json.thumbnail.description ?? "" }) : null,
    json.author ? el("p.by", {}, json.author.url ? link(json.author.url, [json.author.name]) : json.author.name) : null,
    title ? el("h4", {}, json.url ? link(json.url, title) : title) : null,
    json.description ? el("div.md", {}, words(app, json.description)) : null,
    json.fields?.length
      ? el(
          "dl.fields",
          {},
          json.fields.map((field) =>
            el(
              "div",
              { class: field.inline ? "inline" : null },
              el("dt", {}, words(app, field.name)),
              el("dd", {}, words(app, field.value)),
            ),
          ),
        )
      : null,
    json.image ? el("img", { src: json.image.url, alt: json.image.description ?? "", loading: "lazy" }) : null,
    json.footer || json.timestamp
      ? el(
          "p.foot",
          {},
          json.footer?.text ?? "",
          json.footer && json.timestamp ? " • " : "",
          json.timestamp ? app.moments.full(new Date(json.timestamp)) : null,
        )
      : null,
  );
}

export function attachment(one) {
  if (one.content_type?.startsWith("image/"))
    return el("img.picture", { src: one.url, alt: one.description ?? one.filename, loading: "lazy" });
  return el(
    "a.filecard",
    { href: one.url, target: "_blank", rel: "noopener" },
    icon("file", 24),
    el("span", {}, el("b", {}, one.filename), el("span.note", {}, `${one.size} bytes`)),
  );
}
