/** mrkdwn: Slack's own markup in text objects, into nodes. What is not markup stays text. */

import { el } from "../el.js";
import { emoji, hasEmoji } from "../emoji.js";
import { lineBreaks, link } from "../markdown.js";
import { broadcast, channelMention, groupMention, userMention } from "./names.js";

export const decode = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** A text object: mrkdwn is read, plain text is not, except for its emoji. */
export function textObject(app, text) {
  if (!text) return [];
  return text.type === "mrkdwn" ? mrkdwn(app, text.text ?? "") : plain(text.text ?? "", text.emoji !== false);
}

/** Plain text with its line breaks and, if wanted, `:tada:` as a picture. */
export function plain(text, withEmoji = true) {
  return lineBreaks(
    withEmoji ? text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => (hasEmoji(name) ? emoji(name) : whole)) : text,
  );
}

export function mrkdwn(app, text) {
  const nodes = [];
  let rest = text;
  while (rest) {
    const fence = rest.match(/^([\s\S]*?)```\n?([\s\S]*?)\n?```\n?/);
    if (!fence) {
      nodes.push(...quoted(app, rest));
      break;
    }
    if (fence[1]) nodes.push(...quoted(app, fence[1]));
    nodes.push(el("pre", {}, decode(fence[2])));
    rest = rest.slice(fence[0].length);
  }
  return nodes;
}

function quoted(app, text) {
  const nodes = [];
  const lines = text.split("\n");
  const quote = (line) => /^(&gt;|>)/.test(line);
  for (let n = 0; n < lines.length;) {
    const from = n;
    const inQuote = quote(lines[n]);
    while (n < lines.length && quote(lines[n]) === inQuote) n += 1;
    const part = lines.slice(from, n);
    if (inQuote)
      nodes.push(el("blockquote", {}, inline(app, part.map((line) => line.replace(/^(&gt;|>) ?/, "")).join("\n"))));
    else nodes.push(...inline(app, part.join("\n").replace(from > 0 ? /^$/ : /(?!)/, "")));
  }
  return nodes;
}

const STYLES = { "*": "strong", _: "em", "~": "s" };

function inline(app, text) {
  const nodes = [];
  let words = "";
  const flush = () => {
    if (words) nodes.push(...plain(decode(words)));
    words = "";
  };
  for (let n = 0; n < text.length;) {
    const found = piece(app, text, n);
    if (!found) {
      words += text[n];
      n += 1;
      continue;
    }
    flush();
    nodes.push(found.node);
    n = found.next;
  }
  flush();
  return nodes;
}

function piece(app, text, n) {
  const sign = text[n];
  if (sign === "<") {
    const end = text.indexOf(">", n);
    return end > n ? { node: angled(app, text.slice(n + 1, end)), next: end + 1 } : null;
  }
  if (sign === "`") {
    const end = text.indexOf("`", n + 1);
    return end > n + 1 && !text.slice(n, end).includes("\n")
      ? { node: el("code", {}, decode(text.slice(n + 1, end))), next: end + 1 }
      : null;
  }
  if (!(sign in STYLES) || /[\p{L}\p{N}]/u.test(text[n - 1] ?? "") || /\s/.test(text[n + 1] ?? " ")) return null;
  for (let end = text.indexOf(sign, n + 2); end > 0; end = text.indexOf(sign, end + 1)) {
    const within = text.slice(n + 1, end);
    if (within.includes("\n")) return null;
    if (
      /\s$/.test(within) ||
      /[\p{L}\p{N}]/u.test(text[end + 1] ?? "") ||
      (within.match(/</g)?.length ?? 0) !== (within.match(/>/g)?.length ?? 0)
    )
      continue;
    return { node: el(STYLES[sign], {}, inline(app, within)), next: end + 1 };
  }
  return null;
}

/** What stands between `<` and `>`: a user, a channel, a group, a date or a link. */
function angled(app, body) {
  const [target, label] = body.includes("|")
    ? [body.slice(0, body.indexOf("|")), body.slice(body.indexOf("|") + 1)]
    : [body, ""];
  if (/^@[UWB]/.test(target)) return userMention(app, target.slice(1));
  if (/^#C/.test(target)) return channelMention(app, target.slice(1), label);
  if (/^!(here|channel|everyone)$/.test(target)) return broadcast(target.slice(1));
  if (target.startsWith("!subteam^")) return groupMention(app, target.slice(9), label);
  if (target.startsWith("!date^")) {
    const [, unix, format, url] = target.split("^");
    const text = /^\d+$/.test(unix) ? app.moments.slack(Number(unix), format ?? "{date}") : decode(label);
    const node = el("time.stamp", { title: decode(label) }, text);
    return url ? link(url, [node]) : node;
  }
  return link(decode(target), plain(decode(label || target)));
}
