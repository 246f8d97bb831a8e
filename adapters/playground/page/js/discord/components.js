/** Components: what a Discord message is built of and what one can press on it, one drawing for each type. */

import { el, unknown } from "../el.js";
import { emoji } from "../emoji.js";
import { icon } from "../icons.js";
import { safe } from "../markdown.js";
import { picker } from "../picker.js";
import { memberName, words } from "./names.js";

const BUTTONS = { 1: "blurple", 2: "grey", 3: "green", 4: "red", 5: "grey", 6: "blurple" };

/** `surface` is the message on which the component stands: {app, message, press(custom_id, values)}. */
export function component(json, surface) {
  const { app } = surface;
  switch (json.type) {
    case 1:
      return el(
        "div.row",
        {},
        (json.components ?? []).map((one) => component(one, surface)),
      );
    case 2:
      return button(json, surface);
    case 3:
    case 5:
    case 6:
    case 7:
    case 8:
      return select(json, surface);
    case 9:
      return el(
        "div.section",
        {},
        el(
          "div.said",
          {},
          (json.components ?? []).map((one) => component(one, surface)),
        ),
        el("div.accessory", {}, json.accessory ? component(json.accessory, surface) : null),
      );
    case 10:
      return el("div.md", {}, words(app, json.content));
    case 11:
      return cover(
        json.spoiler,
        el("img.thumbnail", { src: address(json.media, surface), alt: json.description ?? "", loading: "lazy" }),
      );
    case 12:
      return el(
        "div.gallery",
        { class: `of-${Math.min((json.items ?? []).length, 3)}` },
        (json.items ?? []).map((item) =>
          cover(
            item.spoiler,
            el("img", { src: address(item.media, surface), alt: item.description ?? "", loading: "lazy" }),
          ),
        ),
      );
    case 13:
      return fileCard(json, surface);
    case 14:
      return el("hr", {
        class: [json.divider === false && "blank", json.spacing === 2 && "large"].filter(Boolean).join(" ") || null,
      });
    case 17:
      return cover(
        json.spoiler,
        el(
          "div.container",
          {
            style:
              json.accent_color !== null && json.accent_color !== undefined
                ? { "--bar": `#${json.accent_color.toString(16).padStart(6, "0")}` }
                : null,
          },
          (json.components ?? []).map((one) => component(one, surface)),
        ),
      );
    default:
      return unknown("component", `type ${json.type}`, json);
  }
}

function button(json, surface) {
  const inner = [
    json.emoji ? el("span.emoji", {}, json.emoji.id ? emoji(json.emoji.name) : json.emoji.name) : null,
    json.label ? el("span", {}, json.label) : null,
  ];
  if (json.style === 5) {
    const href = safe(json.url ?? "") ? json.url : null;
    return el(
      "a.button.grey",
      { href, target: "_blank", rel: "noopener noreferrer", role: href ? null : "link" },
      inner,
      icon("link", 14),
    );
  }
  const node = el(
    "button.button",
    {
      type: "button",
      class: BUTTONS[json.style] ?? "grey",
      disabled: Boolean(json.disabled),
      "data-focus": json.custom_id,
      "aria-label": json.label ? null : (json.emoji?.name ?? "Button"),
      onclick: async () => {
        node.setAttribute("aria-busy", "true");
        await surface.press(json.custom_id, []);
        node.removeAttribute("aria-busy");
      },
    },
    inner,
  );
  return BUTTONS[json.style] ? node : unknown("button style", json.style, json);
}

function select(json, surface) {
  const choices = selectChoices(json, surface.app);
  const chosen = (json.default_values ?? [])
    .map((one) => one.id)
    .concat((json.options ?? []).filter((one) => one.default).map((one) => one.value));
  const most = json.max_values ?? 1;
  return picker({
    label: json.placeholder ?? "Make a selection",
    placeholder: json.placeholder ?? "Make a selection",
    choices,
    known: choices,
    chosen,
    several: most > 1,
    most,
    disabled: Boolean(json.disabled),
    focus: json.custom_id,
    onpick: (values) => surface.press(json.custom_id, values),
  });
}

/** What a select offers: its own options, or people, roles and channels of the server. */
export function selectChoices(json, app) {
  const { rows } = app;
  const people = () =>
    [...rows.under("discord/user").keys()].map((id) => ({
      value: id,
      text: memberName(rows, id),
      note: rows.get(`discord/user/${id}`)?.user?.username,
    }));
  const roles = () =>
    [...rows.under("discord/role")].map(([id, role]) => ({
      value: id,
      text: role.name.startsWith("@") ? role.name : `@${role.name}`,
    }));
  switch (json.type) {
    case 5:
      return people();
    case 6:
      return roles();
    case 7:
      return [...people(), ...roles()];
    case 8:
      return [...rows.under("discord/channel")]
        .filter(([, one]) => one.type !== 1 && (!json.channel_types?.length || json.channel_types.includes(one.type)))
        .map(([id, one]) => ({ value: id, text: `#${one.name}` }));
    default:
      return (json.options ?? []).map((one) => ({
        value: one.value,
        text: one.label,
        note: one.description,
        icon: one.emoji?.name && !one.emoji.id ? el("span.emoji", {}, one.emoji.name) : null,
      }));
  }
}

/** Where a picture or file is; `attachment://name` is one that came with the message. */
function address(media, surface) {
  const url = media?.proxy_url || media?.url || "";
  const name = url.startsWith("attachment://") ? url.slice(13) : null;
  return name ? (surface.message.attachments?.find((one) => one.filename === name)?.url ?? "") : url;
}

function fileCard(json, surface) {
  const url = address(json.file, surface);
  const name = json.name ?? json.file?.url?.split("/").at(-1)?.split("?")[0] ?? "File";
  return cover(
    json.spoiler,
    el("a.filecard", { href: url || null, target: "_blank", rel: "noopener" }, icon("file", 24), el("span", {}, name)),
  );
}

/** A spoiler hides what it covers until it is pressed. */
function cover(spoiler, node) {
  if (!spoiler) return node;
  const box = el(
    "div.covered",
    {},
    node,
    el("button.uncover", { type: "button", onclick: () => box.replaceWith(node) }, "Spoiler"),
  );
  return box;
}
