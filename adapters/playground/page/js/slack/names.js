/** Names: users, channels and groups as Slack shows them where a message mentions them. */

import { el } from "../el.js";
import { slackDisplay, slackName } from "../people.js";

export const userName = (rows, key) => {
  const user = rows.get(`slack/user/${key}`);
  return user ? slackDisplay(user) : key;
};
export const fullName = (rows, key) => {
  const user = rows.get(`slack/user/${key}`);
  return user ? slackName(user) : key;
};

export function channelName(rows, key) {
  const channel = rows.get(`slack/channel/${key}`);
  if (!channel) return key;
  return channel.is_im ? userName(rows, channel.user) : channel.name;
}

export function userMention(app, key) {
  const self = app.people.chosen?.slack === key;
  return el("span.mention", { class: self ? "self" : null }, `@${userName(app.rows, key)}`);
}

export function channelMention(app, key, label) {
  const known = app.rows.get(`slack/channel/${key}`);
  const text = `#${known ? channelName(app.rows, key) : label || "private channel"}`;
  return known
    ? el("button.mention.link", { type: "button", onclick: () => app.slack.go(key) }, text)
    : el("span.mention", {}, text);
}

export const broadcast = (range) => el("span.mention.self", {}, `@${range}`);

export function groupMention(app, key, label) {
  const group = app.rows.get(`slack/usergroup/${key}`);
  return el("span.mention", {}, group ? `@${group.handle}` : label || `@${key}`);
}

/** Slack's text as a person typed it: references are names again, and signs stand for themselves. */
export function typed(rows, text) {
  return text
    .replace(/<([@#!]?)([^>|]*)(?:\|([^>]*))?>/g, (_, sign, key, label) => {
      if (sign === "@") return `@${userName(rows, key)}`;
      if (sign === "#") return `#${label || channelName(rows, key)}`;
      return sign === "!" ? `@${key}` : key;
    })
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
