/** Fields: text, dates and files to be typed or picked in a Slack form. */

import { el } from "../el.js";
import { carried } from "../files.js";

const KINDS = { plain_text_input: "text", email_text_input: "email", url_text_input: "url", number_input: "number" };

export function textField(json, surface, { id, keep, press, now, focus, dispatch, describedby, wrong, name, input }) {
  const value = now?.value ?? json.initial_value ?? "";
  const on = json.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  let timer = null;
  const send = () => press({ selected: { type: json.type, value: field.value || null } });
  const field = el(json.multiline ? "textarea.field" : "input.field", {
    id,
    type: json.multiline ? null : KINDS[json.type] === "number" ? "text" : KINDS[json.type],
    value,
    rows: json.multiline ? 4 : null,
    inputmode: json.type === "number_input" ? (json.is_decimal_allowed ? "decimal" : "numeric") : null,
    placeholder: json.placeholder?.text ?? null,
    maxlength: json.max_length ?? null,
    "data-focus": focus,
    autocomplete: "off",
    "aria-describedby": describedby ?? undefined,
    "aria-invalid": wrong ? true : undefined,
    "aria-label": input ? undefined : name,
    oninput: () => {
      keep({ value: field.value || null });
      if (dispatch && on.includes("on_character_entered")) {
        clearTimeout(timer);
        timer = setTimeout(send, 250);
      }
    },
    onkeydown: (event) => {
      if (event.key !== "Enter" || event.isComposing || json.multiline) return;
      event.preventDefault();
      if (dispatch && on.includes("on_enter_pressed")) send();
      else if (input) surface.submit?.();
    },
  });
  return field;
}

/** A browser's own pickers: they know the reader's habits, keyboard and screen reader. */
export function dateField(json, surface, { id, report, now, focus, describedby, wrong, name, input }) {
  const kinds = {
    datepicker: ["date", "selected_date", json.initial_date],
    timepicker: ["time", "selected_time", json.initial_time],
    datetimepicker: ["datetime-local", "selected_date_time", json.initial_date_time],
  };
  const [type, key, initial] = kinds[json.type];
  const moment = json.type === "datetimepicker";
  const started = now?.[key] ?? initial ?? null;
  const field = el("input.field.date", {
    id,
    type,
    value: moment && started ? local(started, surface.app.moments.zone) : (started ?? ""),
    "data-focus": focus,
    "aria-describedby": describedby ?? undefined,
    "aria-invalid": wrong ? true : undefined,
    "aria-label": input ? undefined : name,
    onchange: () => {
      const value = field.value || null;
      report({ [key]: moment && value ? unix(value, surface.app.moments.zone) : value });
    },
  });
  return json.timezone ? el("span.zoned", {}, field, el("span.note", {}, json.timezone)) : field;
}

/** Unix seconds as the reader's wall clock shows them, for an input of type datetime-local. */
export function local(seconds, zone) {
  const p = Object.fromEntries(
    new Intl.DateTimeFormat("en-CA", {
      timeZone: zone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    })
      .formatToParts(new Date(seconds * 1000))
      .map((part) => [part.type, part.value]),
  );
  return `${p.year}-${p.month}-${p.day}T${p.hour}:${p.minute}`;
}

/** The reader's wall clock as unix seconds; a second look settles the hours around a change of the clocks. */
export function unix(wall, zone) {
  const wanted = Date.parse(`${wall}Z`);
  let guess = wanted;
  for (let turn = 0; turn < 2; turn += 1) guess += wanted - Date.parse(`${local(guess / 1000, zone)}Z`);
  return guess / 1000;
}

export function fileField(json, surface, { id, keep, now, focus, describedby, wrong }) {
  const most = json.max_files ?? 10;
  const names = el("ul.files", {});
  const show = (files) => names.replaceChildren(...files.map((file) => el("li", {}, file.name)));
  show(now?.files ?? []);
  const field = el("input.field.file", {
    id,
    type: "file",
    multiple: most > 1,
    accept: json.filetypes?.map((each) => `.${each}`).join(",") ?? null,
    "data-focus": focus,
    "aria-describedby": describedby ?? undefined,
    "aria-invalid": wrong ? true : undefined,
    onchange: async () => {
      const files = await Promise.all([...field.files].slice(0, most).map(carried));
      keep({ files });
      show(files);
    },
  });
  return el("div.filefield", {}, field, names);
}
