/** Elements: what one can press, choose or fill in on a Slack message, modal or Home. */

import { el, freshId, unknown } from "../el.js";
import { menu } from "../menu.js";
import { picker } from "../picker.js";
import { icon } from "../icons.js";
import { safe } from "../markdown.js";
import { dateField, fileField, textField } from "./fields.js";
import { plain, textObject } from "./mrkdwn.js";
import { userName } from "./names.js";

/**
 * Draws one element. `at` says where it stands: {block, input, id, label, dispatch, wrong, describedby}. Outside an
 * input block every change is a press; within one it is only kept, unless the block dispatches.
 */
export function element(json, surface, at) {
  const keep = (state) => surface.form?.set(at.block.block_id, json.action_id, { type: json.type, ...state });
  const press = (given) => surface.press({ block_id: at.block.block_id, action_id: json.action_id, ...given });
  const report = (state, dispatch = at.dispatch) => {
    keep(state);
    if (!at.input || dispatch) press({ selected: { type: json.type, ...state } });
  };
  const now = surface.form?.get(at.block.block_id, json.action_id);
  const focus = `${at.block.block_id} ${json.action_id}`;
  const way = { ...at, keep, press, report, now, focus, name: at.label ?? json.placeholder?.text ?? json.action_id };
  switch (json.type) {
    case "button":
      return button(json, surface, way);
    case "overflow":
      return menu({
        label: "More options",
        face: icon("more", 18),
        focus,
        class: "overflow",
        items: (json.options ?? []).map((option) => ({
          text: option.text?.text ?? "",
          onpick: () => follow(option, () => report({ selected_option: option })),
        })),
      });
    case "radio_buttons":
    case "checkboxes":
      return ticks(json, surface, way);
    case "plain_text_input":
    case "email_text_input":
    case "url_text_input":
    case "number_input":
      return textField(json, surface, way);
    case "datepicker":
    case "timepicker":
    case "datetimepicker":
      return dateField(json, surface, way);
    case "file_input":
      return fileField(json, surface, way);
    default:
      break;
  }
  const select = json.type?.match(/^(multi_)?(static|external|users|conversations|channels)_select$/);
  if (select) return choose(json, surface, way, Boolean(select[1]), select[2]);
  return unknown("element", json.type, json);
}

function button(json, surface, { press, focus, report }) {
  const style = { primary: "primary", danger: "danger" }[json.style] ?? "default";
  const node = el(
    "button.button",
    {
      type: "button",
      class: style,
      "data-focus": focus,
      "aria-label": json.accessibility_label ?? null,
      onclick: go,
    },
    plain(json.text?.text ?? ""),
    json.url ? icon("link", 14) : null,
  );
  async function go() {
    if (json.confirm && !(await surface.confirm(json.confirm))) return;
    if (json.url && safe(json.url)) window.open(json.url, "_blank", "noopener");
    node.setAttribute("aria-busy", "true");
    await press({ value: json.value ?? null });
    node.removeAttribute("aria-busy");
  }
  return node;
}

function follow(option, then) {
  if (option.url && safe(option.url)) window.open(option.url, "_blank", "noopener");
  then();
}

function ticks(json, surface, { report, now, focus, describedby, name }) {
  const several = json.type === "checkboxes";
  const started = now ?? { selected_option: json.initial_option, selected_options: json.initial_options };
  let chosen = several
    ? (started.selected_options ?? []).map((option) => option.value)
    : [started.selected_option?.value];
  const group = freshId("choice");
  const options = json.options ?? [];
  return el(
    "div.ticks",
    { role: several ? "group" : "radiogroup", "aria-label": name, "aria-describedby": describedby ?? undefined },
    options.map((option) =>
      el(
        "label.tick",
        {},
        el("input", {
          type: several ? "checkbox" : "radio",
          name: group,
          checked: chosen.includes(option.value),
          "data-focus": `${focus} ${option.value}`,
          onchange: (event) => {
            if (several) {
              const values = new Set(chosen);
              if (event.target.checked) values.add(option.value);
              else values.delete(option.value);
              chosen = [...values];
              report({ selected_options: options.filter((each) => values.has(each.value)) });
            } else {
              report({ selected_option: option });
            }
          },
        }),
        el(
          "span",
          {},
          textObject(surface.app, option.text),
          option.description ? el("span.note", {}, textObject(surface.app, option.description)) : null,
        ),
      ),
    ),
  );
}

const PLURALS = {
  static: ["selected_option", "selected_options"],
  external: ["selected_option", "selected_options"],
  users: ["selected_user", "selected_users"],
  conversations: ["selected_conversation", "selected_conversations"],
  channels: ["selected_channel", "selected_channels"],
};
const FIRST = {
  static: ["initial_option", "initial_options"],
  external: ["initial_option", "initial_options"],
  users: ["initial_user", "initial_users"],
  conversations: ["initial_conversation", "initial_conversations"],
  channels: ["initial_channel", "initial_channels"],
};

function choose(json, surface, way, several, kind) {
  const { app } = surface;
  const field = PLURALS[kind][several ? 1 : 0];
  const ofOptions = kind === "static" || kind === "external";
  const options = new Map();
  const choice = (option, group) => {
    options.set(option.value, option);
    return { value: option.value, text: option.text?.text ?? "", note: option.description?.text, group };
  };
  const read = (found) => [
    ...(found.options ?? []).map((option) => choice(option)),
    ...(found.option_groups ?? []).flatMap((group) =>
      (group.options ?? []).map((option) => choice(option, group.label?.text ?? "")),
    ),
  ];
  const first = way.now?.[field] ?? json[FIRST[kind][several ? 1 : 0]] ?? surface.fallback?.(json);
  const list = first === null || first === undefined ? [] : [first].flat();
  const known = ofOptions ? list.map((option) => choice(option)) : [];
  const people = () =>
    [...app.rows.under("slack/user")]
      .filter(([, user]) => !user.deleted)
      .map(([key]) => ({ value: key, text: userName(app.rows, key) }));
  const channels = () =>
    [...app.rows.under("slack/channel")]
      .filter(([, one]) => !one.is_im && !one.is_archived)
      .map(([key, one]) => ({ value: key, text: `#${one.name}` }));
  const sources = {
    static: () => read(json),
    users: people,
    channels,
    conversations: () => [...channels(), ...people()],
    external: () => async (query) =>
      query.length < (json.min_query_length ?? 3)
        ? []
        : read(await surface.options(way.block.block_id, json.action_id, query)),
  };
  const choices = sources[kind]();
  return picker({
    label: way.name,
    placeholder: json.placeholder?.text ?? (kind === "external" ? "Type to search" : "Select an option"),
    choices,
    known: [...known, ...(Array.isArray(choices) ? choices : [])],
    focus: way.focus,
    chosen: ofOptions ? list.map((option) => option.value) : list,
    several,
    most: json.max_selected_items ?? (several ? 100 : 1),
    onpick: (values) => {
      const found = ofOptions ? values.map((value) => options.get(value)) : values;
      way.report({ [field]: several ? found : (found[0] ?? null) });
    },
  });
}
