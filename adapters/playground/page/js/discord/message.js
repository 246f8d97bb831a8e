/** Messages: one Discord message with its author, words, components and thread. */

import { avatar } from "../avatar.js";
import { editor } from "../editor.js";
import { el, unknown } from "../el.js";
import { emojiName } from "../emoji.js";
import { icon } from "../icons.js";
import { discordDate } from "../moments.js";
import { menu } from "../menu.js";
import { reactions } from "../reactions.js";
import { tools } from "../tools.js";
import { component } from "./components.js";
import { attachment, embed } from "./embeds.js";
import { memberName, roleColour, words } from "./names.js";

const LOADING = 1 << 7;
const ORDINARY = new Set([0, 19, 20, 23]);

export function authorName(rows, message) {
  return memberName(rows, message.author?.id, message.author?.global_name ?? message.author?.username ?? "Unknown");
}

/** `way` is {surface, compact, thread, onthread, trouble, only, ondismiss, draft, can}; `can` is what `tools` takes. */
export function drawMessage(message, way) {
  const { app } = way.surface;
  const name = authorName(app.rows, message);
  const date = discordDate(message.id);
  if (message.type !== undefined && !ORDINARY.has(message.type)) return system(message, name, way, date);
  const bot = Boolean(message.author?.bot);
  return el(
    "article.message",
    {
      class:
        [way.compact && "compact", way.only && "private", pings(message, app) && "pings"].filter(Boolean).join(" ") ||
        null,
      "aria-label": `${name}, ${app.moments.time(date)}`,
    },
    way.compact ? null : above(message, app),
    el("div.side", {}, way.compact ? app.moments.beside(date) : avatar(name, { bot, size: 40, round: true })),
    el(
      "div.content",
      {},
      way.compact
        ? null
        : el(
            "header",
            {},
            authored(message, name, way),
            bot ? el("span.app", {}, "APP") : null,
            app.moments.beside(date, stamp(app, date)),
          ),
      loading(message)
        ? el("p.thinking", { role: "status" }, el("i"), el("i"), el("i"), ` ${name} is thinking…`)
        : way.draft
          ? editor(way.draft, way.draft)
          : body(message, way.surface),
      reactions(reacted(message, app), way.can?.onreact),
      way.thread ? threadChip(app, way) : null,
      way.trouble ? el("p.trouble", { role: "alert" }, way.trouble) : null,
      way.only
        ? el(
            "p.onlyyou",
            {},
            icon("eye", 14),
            "Only you can see this • ",
            el("button.link", { type: "button", "data-focus": "dismiss", onclick: way.ondismiss }, "Dismiss message"),
          )
        : null,
    ),
    way.can && !way.draft ? tools(way.can) : null,
  );
}

/** Who reacted with what, as `reactions` draws it; the board says who, beside what the API tells. */
function reacted(message, app) {
  return (message.reactions ?? []).map(({ emoji, count }) => {
    const users = message._reacted?.[emoji.name] ?? [];
    return {
      name: emojiName(emoji.name),
      picture: emoji.name,
      count,
      mine: users.includes(app.people.chosen?.discord),
      who: users.map((key) => memberName(app.rows, key)),
    };
  });
}

/** The author's name; with commands for people, it opens their menu. */
function authored(message, name, way) {
  const face = el("b.author", { style: colour(way.surface.app.rows, message.author?.id) }, name);
  if (!way.personMenus?.length || message.author?.bot) return face;
  return menu({
    label: `Apps for ${name}`,
    face,
    focus: "person",
    items: way.personMenus.map((one) => ({ text: one.name, onpick: () => way.onpersonmenu(one) })),
  });
}

export const loading = (message) => Boolean((message.flags ?? 0) & LOADING);

function pings(message, app) {
  return message.mention_everyone || (message.mentions ?? []).some((user) => user.id === app.people.chosen?.discord);
}

function stamp(app, date) {
  const near = app.moments.nearDay(date);
  return near
    ? `${near} at ${app.moments.time(date)}`
    : `${app.moments.slack(date / 1000, "{date_slash}")} ${app.moments.time(date)}`;
}

function colour(rows, id) {
  const roles = (rows.get(`discord/user/${id}`)?.roles ?? [])
    .map((role) => rows.get(`discord/role/${role}`))
    .filter((role) => role?.color);
  roles.sort((one, other) => (other.position ?? 0) - (one.position ?? 0));
  return roles[0] ? { "--role": roleColour(roles[0]) } : null;
}

/** What a message answers: a command that somebody used, or another message. */
function above(message, app) {
  const used = message.interaction ?? message.interaction_metadata;
  if (used?.name) {
    const who = used.user
      ? memberName(app.rows, used.user.id, used.user.global_name ?? used.user.username)
      : "Somebody";
    return el(
      "p.above",
      {},
      el("b", {}, who),
      " used ",
      el("span.command", {}, `${message.type === 23 ? "" : "/"}${used.name}`),
    );
  }
  const { channel_id: place, message_id: id } = message.message_reference ?? {};
  const answered = message.referenced_message ?? (id ? app.rows.get(`discord/message/${place}/${id}`) : null);
  if (!answered) return null;
  return el("p.above", {}, el("b", {}, authorName(app.rows, answered)), " ", el("span.quote", {}, gist(app, answered)));
}

/** The first words of a message, for the line above its answer. */
function gist(app, message) {
  const words = message.content || texts(message.components ?? []).join("\n") || "a message";
  const stamp = (whole, unix, style) => app.moments.discord(Number(unix), style)?.textContent ?? whole;
  return words
    .replace(/<t:(-?\d+)(?::([tTdDfFRsS]))?>/g, stamp)
    .replace(/<@!?(\d+)>/g, (_whole, id) => `@${memberName(app.rows, id)}`)
    .replace(/^[#\s>-]+|[*_~`\\]/g, "")
    .split("\n")[0]
    .slice(0, 80);
}

const texts = (components) =>
  components.flatMap((one) => [...(one.type === 10 ? [one.content] : []), ...texts(one.components ?? [])]);

function body(message, surface) {
  const { app } = surface;
  const edited = message.edited_timestamp
    ? el("span.edited", { title: app.moments.full(new Date(message.edited_timestamp)) }, "(edited)")
    : null;
  const shown = new Set((message.components ?? []).flatMap(named));
  const text = message.content ? el("div.md", {}, words(app, message.content)) : null;
  if (text && edited) (text.lastElementChild ?? text).append(" ", edited);
  return [
    text,
    (message.embeds ?? []).map((one) => embed(app, one)),
    (message.components ?? []).length
      ? el(
          "div.components",
          {},
          message.components.map((one) => component(one, surface)),
        )
      : null,
    (message.attachments ?? []).filter((one) => !shown.has(one.filename)).map(attachment),
    message.poll ? unknown("poll", "Discord poll", message.poll) : null,
    text ? null : edited,
  ];
}

/** Names of the attachments that components already show. */
function named(json) {
  const urls = [json.media?.url, json.file?.url, ...(json.items ?? []).map((item) => item.media?.url)].filter(Boolean);
  return [
    ...urls.map((url) => url.split("/").at(-1).split("?")[0]),
    ...(json.components ?? []).flatMap(named),
    ...(json.accessory ? named(json.accessory) : []),
  ];
}

function threadChip(app, { thread, count, onthread }) {
  return el(
    "button.threadchip",
    {
      type: "button",
      onclick: onthread,
      "data-focus": "thread",
      "aria-label": `Thread ${thread.name}, ${count} ${count === 1 ? "message" : "messages"}`,
    },
    el("b", {}, thread.name),
    el("span.go", {}, `${count} ${count === 1 ? "Message" : "Messages"} ›`),
  );
}

function system(message, name, way, date) {
  const { app } = way.surface;
  const said = {
    6: () => [el("b", {}, name), " pinned a message to this channel."],
    7: () => [el("b", {}, name), " joined. Good to see you."],
    18: () => [
      el("b", {}, name),
      " started a thread: ",
      el(
        "button.link",
        { type: "button", onclick: () => app.discord.go(message.message_reference?.channel_id ?? message.id) },
        message.content,
      ),
    ],
    21: () => [el("span.note", {}, "This thread was started from a message in the channel.")],
  }[message.type];
  return said
    ? el(
        "article.system",
        {},
        icon(message.type === 18 ? "thread" : "next", 16),
        el("p", {}, said(), " ", app.moments.beside(date, stamp(app, date))),
      )
    : el("article.system", {}, unknown("message", `type ${message.type}`, message));
}
