/** Names: people, roles and channels as Discord shows them where a message mentions them. */

import { el } from "../el.js";
import { emoji } from "../emoji.js";
import { markdown } from "../markdown.js";
import { discordName } from "../people.js";

export function memberName(rows, id, fallback) {
  const member = rows.get(`discord/user/${id}`);
  return member ? discordName(member) : (fallback ?? "unknown-user");
}

export const channelName = (rows, id) => rows.get(`discord/channel/${id}`)?.name ?? "unknown";

export const roleColour = (role) => (role?.color ? `#${role.color.toString(16).padStart(6, "0")}` : null);

/** Words with Discord's markdown, mentions and times. */
export function words(app, text) {
  return markdown(text ?? "", { discord: true, entity: (rest) => entity(app, rest) });
}

function entity(app, rest) {
  if (rest[0] === "@") {
    const all = rest.match(/^@(everyone|here)\b/);
    return all ? [el("span.mention.self", {}, all[0]), all[0].length] : null;
  }
  if (rest[0] !== "<") return null;
  const found = rest.match(
    /^<(?:@!?(\d+)|@&(\d+)|#(\d+)|t:(-?\d+)(?::([tTdDfFRsS]))?|\/([^:>]+):\d+|(a?):(\w+):(\d+))>/,
  );
  if (!found) return null;
  const [whole, user, role, channel, unix, style, command, , custom] = found;
  if (user)
    return [
      el(
        "span.mention",
        { class: app.people.chosen?.discord === user ? "self" : null },
        `@${memberName(app.rows, user)}`,
      ),
      whole.length,
    ];
  if (role) {
    const row = app.rows.get(`discord/role/${role}`);
    return [el("span.mention", {}, `@${row?.name ?? "unknown-role"}`), whole.length];
  }
  if (channel)
    return [
      el(
        "button.mention.link",
        { type: "button", onclick: () => app.discord.go(channel) },
        `#${channelName(app.rows, channel)}`,
      ),
      whole.length,
    ];
  if (unix) {
    const node = app.moments.discord(Number(unix), style);
    return node ? [node, whole.length] : null;
  }
  if (command) return [el("span.mention", {}, `/${command}`), whole.length];
  return [el("span.emoji", {}, emoji(custom)), whole.length];
}
