/** Markdown: as Discord and Slack's markdown block read it, into nodes. What is not markup stays text. */

import { el } from "./el.js";

/** `entity(text)` may turn the text at the very start into [node, length]; both platforms name people and places so. */
export function markdown(text, { entity = () => null, discord = false } = {}) {
  return blocks(text.replace(/\r\n?/g, "\n").split("\n"), { entity, discord });
}

function blocks(lines, way) {
  const nodes = [];
  let n = 0;
  while (n < lines.length) {
    const line = lines[n];
    const fence = line.match(/^```(\S*)\s*$/) ?? line.match(/^```/);
    let taken;
    if (fence && (taken = fenced(lines, n))) {
      nodes.push(taken.node);
      n = taken.next;
      continue;
    }
    const heading = line.match(way.discord ? /^(#{1,3}) +(.+)$/ : /^(#{1,6}) +(.+)$/);
    if (heading) {
      nodes.push(el(`h${Math.min(heading[1].length + 2, 6)}.md-h${heading[1].length}`, {}, inline(heading[2], way)));
      n += 1;
      continue;
    }
    const small = way.discord && line.match(/^-# +(.+)$/);
    if (small) {
      nodes.push(el("p.subtext", {}, inline(small[1], way)));
      n += 1;
      continue;
    }
    if (!way.discord && /^ {0,3}([-*_])( *\1){2,} *$/.test(line)) {
      nodes.push(el("hr"));
      n += 1;
      continue;
    }
    if (way.discord && line.startsWith(">>> ")) {
      nodes.push(el("blockquote", {}, blocks([line.slice(4), ...lines.slice(n + 1)], way)));
      break;
    }
    if (/^> ?/.test(line) && (!way.discord || line.startsWith("> "))) {
      const from = n;
      while (n < lines.length && lines[n].startsWith(">")) n += 1;
      nodes.push(
        el(
          "blockquote",
          {},
          blocks(
            lines.slice(from, n).map((each) => each.replace(/^> ?/, "")),
            way,
          ),
        ),
      );
      continue;
    }
    if (LIST.test(line)) {
      taken = list(lines, n, way);
      nodes.push(taken.node);
      n = taken.next;
      continue;
    }
    if (!way.discord && line.includes("|") && /^\s*\|?[\s:|-]+\|[\s:|-]*$/.test(lines[n + 1] ?? "")) {
      taken = table(lines, n, way);
      nodes.push(taken.node);
      n = taken.next;
      continue;
    }
    const from = n;
    n += 1;
    while (n < lines.length && !starts(lines[n], way) && !(lines[n] === "" && !way.discord)) n += 1;
    const said = lines.slice(from, n);
    if (!way.discord && said.every((each) => each === "")) continue;
    nodes.push(el("p", {}, inline(said.join("\n"), way)));
  }
  return nodes;
}

const LIST = /^(\s*)([-*]|\d+\.) +\S/;
const starts = (line, way) =>
  /^```/.test(line) ||
  LIST.test(line) ||
  /^> /.test(line) ||
  /^#{1,3} +\S/.test(line) ||
  (way.discord && /^-# +\S/.test(line));

function fenced(lines, from) {
  const rest = lines.slice(from).join("\n");
  const end = rest.indexOf("```", 3);
  if (end < 0) return null;
  const body = rest
    .slice(3, end)
    .replace(/^[\w+-]*\n/, "")
    .replace(/\n$/, "");
  const after = rest.slice(end + 3);
  const used = rest.slice(0, end + 3).split("\n").length;
  if (after && !after.startsWith("\n")) return null;
  return { node: el("pre", {}, el("code", {}, body)), next: from + used };
}

function list(lines, from, way) {
  const [, indent, sign] = lines[from].match(LIST);
  const ordered = /\d/.test(sign);
  const node = el(ordered ? "ol" : "ul", { start: ordered ? parseInt(sign, 10) : null });
  let n = from;
  while (n < lines.length) {
    const item = lines[n].match(LIST);
    if (!item || item[1].length < indent.length) break;
    if (item[1].length > indent.length && node.lastChild) {
      const inner = list(lines, n, way);
      node.lastChild.append(inner.node);
      n = inner.next;
      continue;
    }
    if (/\d/.test(item[2]) !== ordered) break;
    node.append(el("li", {}, inline(lines[n].slice(item[0].length - 1), way)));
    n += 1;
  }
  return { node, next: n };
}

function table(lines, from, way) {
  const cells = (line) =>
    line
      .trim()
      .replace(/^\||\|$/g, "")
      .split("|")
      .map((each) => each.trim());
  const body = [];
  let n = from + 2;
  while (n < lines.length && lines[n].includes("|")) {
    body.push(cells(lines[n]));
    n += 1;
  }
  return {
    next: n,
    node: el(
      "div.tablebox",
      {},
      el(
        "table",
        {},
        el(
          "thead",
          {},
          el(
            "tr",
            {},
            cells(lines[from]).map((each) => el("th", {}, inline(each, way))),
          ),
        ),
        el(
          "tbody",
          {},
          body.map((row) =>
            el(
              "tr",
              {},
              row.map((each) => el("td", {}, inline(each, way))),
            ),
          ),
        ),
      ),
    ),
  };
}

const PAIRS = [
  ["***", "strong em"],
  ["**", "strong"],
  ["__", "u"],
  ["~~", "s"],
  ["||", "spoiler"],
  ["*", "em"],
  ["_", "em"],
];

/** The words of one paragraph. */
export function inline(text, way) {
  const nodes = [];
  let plain = "";
  const flush = () => {
    if (plain) nodes.push(...lineBreaks(plain));
    plain = "";
  };
  let n = 0;
  while (n < text.length) {
    const rest = text.slice(n);
    const found = piece(rest, text[n - 1] ?? "", way);
    if (!found) {
      plain += text[n];
      n += 1;
      continue;
    }
    const [node, length] = found;
    if (typeof node === "string") plain += node;
    else {
      flush();
      nodes.push(node);
    }
    n += length;
  }
  flush();
  return nodes;
}

function piece(rest, before, way) {
  const escaped = rest.match(/^\\([\\`*_{}[\]()#+\-.!~|<>@:/&$%^=?;,'"])/);
  if (escaped) return [escaped[1], 2];
  const code = rest.match(/^(`+)([^`](?:[\s\S]*?[^`])?)\1(?!`)/);
  if (code) return [el("code", {}, code[2].replace(/^ (.+) $/, "$1")), code[0].length];
  const entity = way.entity(rest);
  if (entity) return entity;
  const named = rest.match(/^\[((?:\\.|[^\]\\])+)\]\(<?([^\s)>]+)>?(?: +"[^"]*")?\)/);
  if (named && safe(named[2])) return [link(named[2], inline(named[1], way)), named[0].length];
  const bare =
    rest.match(/^<(https?:\/\/[^\s>]+)>/) ??
    (/[\w/]/.test(before) ? null : rest.match(/^(https?:\/\/[^\s<>]*[^\s<>.,:;"')\]!?*_~|])/));
  if (bare && safe(bare[1])) return [link(bare[1], [bare[1]]), bare[0].length];
  for (const [sign, tag] of PAIRS) {
    if (!rest.startsWith(sign) || (!way.discord && sign === "||")) continue;
    if (sign.startsWith("_") && /\w/.test(before)) continue;
    const end = closing(rest, sign);
    if (end < 0) continue;
    const inner = inline(rest.slice(sign.length, end), way);
    return [wrap(tag, inner, way, sign), end + sign.length];
  }
  return null;
}

/** Where the closing sign stands; code and escapes on the way do not count, nor does `**` for `*`. */
function closing(text, sign) {
  if (/\s/.test(text[sign.length] ?? " ") && sign.length === 1) return -1;
  for (let n = sign.length; n < text.length; n += 1) {
    if (text[n] === "\\") {
      n += 1;
      continue;
    }
    if (text[n] === "`") {
      const end = text.indexOf("`", n + 1);
      if (end > 0) {
        n = end;
        continue;
      }
    }
    if (!text.startsWith(sign, n) || n === sign.length) continue;
    if (sign.length === 1 && (text[n + 1] === sign || text[n - 1] === sign)) {
      while (text[n + 1] === sign) n += 1;
      continue;
    }
    if (sign === "*" && /\s/.test(text[n - 1])) continue;
    if (sign === "_" && /\w/.test(text[n + 1] ?? "")) continue;
    return n;
  }
  return -1;
}

function wrap(tag, inner, way, sign) {
  if (tag === "spoiler") return spoiler(inner);
  if (tag === "strong em") return el("strong", {}, el("em", {}, inner));
  if (sign === "__" && !way.discord) return el("strong", {}, inner);
  return el(tag, {}, inner);
}

function spoiler(inner) {
  const node = el("button.spoiler", { type: "button", "aria-label": "Spoiler, press to show", onclick: show }, inner);
  function show() {
    node.replaceWith(el("span.spoiler.shown", {}, ...node.childNodes));
  }
  return node;
}

/** Only addresses that lead somewhere harmless become links. */
export const safe = (url) => /^(https?:\/\/|mailto:)/i.test(url);

export function link(url, inner) {
  if (!safe(url)) return el("span", {}, inner);
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, inner);
}

/** Text with its line breaks kept. */
export function lineBreaks(text) {
  return text
    .split("\n")
    .flatMap((line, n) => (n ? [el("br"), line] : [line]))
    .filter((each) => each !== "");
}
