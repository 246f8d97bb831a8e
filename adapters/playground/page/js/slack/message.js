/** Messages: one Slack message with its author, words, blocks, files and thread. */

import { avatar } from "../avatar.js";
import { editor } from "../editor.js";
import { el } from "../el.js";
import { emoji } from "../emoji.js";
import { icon } from "../icons.js";
import { slackDate } from "../moments.js";
import { slackName } from "../people.js";
import { reactions } from "../reactions.js";
import { tools } from "../tools.js";
import { drawBlock } from "./blocks.js";
import { mrkdwn } from "./mrkdwn.js";
import { userName } from "./names.js";

/** Who wrote a message: a member, or an app under its own name. */
export function author(rows, message) {
  const user = rows.get(`slack/user/${message.user}`);
  const bot = Boolean(message.bot_id || user?.is_bot || message.subtype === "bot_message");
  const name =
    message.username ?? message.bot_profile?.name ?? (user ? userName(rows, message.user) : (message.user ?? "App"));
  return { name, bot, face: user && !bot ? slackName(user) : name };
}

/** `way` is {surface, compact, thread, onthread, trouble, private, draft, can}: `can` is what `tools` takes, or null. */
export function drawMessage(message, way) {
  const { app } = way.surface;
  const who = author(app.rows, message);
  const date = slackDate(message.ts);
  return el(
    "article.message",
    {
      class: [way.compact && "compact", way.private && "private"].filter(Boolean).join(" ") || null,
      "aria-label": `${who.name}, ${app.moments.time(date)}`,
    },
    way.private ? el("p.onlyyou", {}, icon("eye", 14), "Only visible to you") : null,
    el("div.side", {}, way.compact ? app.moments.beside(date) : avatar(who.face, { bot: who.bot })),
    el(
      "div.content",
      {},
      way.compact
        ? null
        : el(
            "header",
            {},
            el("b.author", {}, who.name),
            who.bot ? el("span.app", {}, "APP") : null,
            app.moments.beside(date),
          ),
      way.draft ? editor(way.draft, way.draft) : body(message, way.surface),
      (message.files ?? []).map((file) => drawFile(file)),
      reactions(reacted(message, app), way.can?.onreact),
      way.thread ? threadChip(app, way) : null,
      way.trouble ? el("p.trouble", { role: "alert" }, icon("warn", 14), way.trouble) : null,
    ),
    way.can && !way.draft ? tools(way.can) : null,
  );
}

/** Who reacted with what, as `reactions` draws it. */
function reacted(message, app) {
  return (message.reactions ?? []).map(({ name, count, users = [] }) => ({
    name,
    picture: emoji(name),
    count,
    mine: users.includes(app.people.chosen?.slack),
    who: users.map((key) => userName(app.rows, key)),
  }));
}

function body(message, surface) {
  const edited = message.edited
    ? el("span.edited", { title: surface.app.moments.full(slackDate(message.edited.ts)) }, "(edited)")
    : null;
  const said = message.blocks?.length
    ? [
        el(
          "div.blocks",
          {},
          message.blocks.map((block) => drawBlock(block, surface)),
          edited,
        ),
      ]
    : message.text
      ? [el("div.text", {}, mrkdwn(surface.app, message.text), edited ? " " : null, edited)]
      : [];
  return [...said, ...(message.attachments ?? []).map((one) => attachment(one, surface))];
}

function attachment(one, surface) {
  return el(
    "div.attachment",
    { style: one.color ? { "--bar": one.color.startsWith("#") ? one.color : `#${one.color}` } : null },
    one.pretext ? el("p", {}, mrkdwn(surface.app, one.pretext)) : null,
    one.title ? el("b", {}, mrkdwn(surface.app, one.title)) : null,
    one.text ? el("div.text", {}, mrkdwn(surface.app, one.text)) : null,
    (one.fields ?? []).map((field) =>
      el("p", {}, el("b", {}, field.title ?? ""), " ", mrkdwn(surface.app, field.value ?? "")),
    ),
    (one.blocks ?? []).map((block) => drawBlock(block, surface)),
    !one.text && !one.blocks && !one.title && one.fallback ? mrkdwn(surface.app, one.fallback) : null,
  );
}

function drawFile(file) {
  if (file.mode === "tombstone") return el("p.deleted", {}, "This file was deleted.");
  const title = file.title || file.name || "File";
  if (file.mimetype?.startsWith("image/")) {
    return el(
      "figure.image",
      {},
      el("figcaption", {}, title),
      el("img", {
        src: file.thumb_720 ?? file.thumb_360 ?? file.url_private ?? "",
        alt: file.alt_txt || title,
        loading: "lazy",
      }),
    );
  }
  return el(
    "a.filecard",
    { href: file.url_private_download ?? file.url_private ?? null, target: "_blank", rel: "noopener" },
    icon("file", 24),
    el(
      "span",
      {},
      el("b", {}, title),
      el("span.note", {}, `${file.pretty_type ?? file.filetype ?? "File"}${file.size ? `, ${size(file.size)}` : ""}`),
    ),
  );
}

const size = (bytes) =>
  bytes < 1024
    ? `${bytes} bytes`
    : bytes < 1_048_576
      ? `${Math.round(bytes / 1024)} kB`
      : `${(bytes / 1_048_576).toFixed(1)} MB`;

function threadChip(app, { thread, onthread }) {
  const { replies, latest, people } = thread;
  const date = slackDate(latest);
  const near = app.moments.nearDay(date);
  return el(
    "button.threadchip",
    { type: "button", onclick: onthread, "data-focus": "thread" },
    el(
      "span.faces",
      {},
      people.slice(0, 4).map(({ face, bot }) => avatar(face, { bot, size: 22 })),
    ),
    el("b", {}, `${replies} ${replies === 1 ? "reply" : "replies"}`),
    el(
      "span.note",
      {},
      near
        ? `Last reply ${near.toLowerCase()} at ${app.moments.time(date)}`
        : `Last reply ${app.moments.relative(date)}`,
    ),
  );
}
