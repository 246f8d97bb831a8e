/** Moments: times as each platform writes them, in the reader's own zone and relative to the play clock. */

import { el } from "./el.js";

const formats = new Map();
function format(zone, options) {
  const key = zone + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options }));
  return formats.get(key);
}

const parts = (date, zone, options) =>
  Object.fromEntries(
    format(zone, options)
      .formatToParts(date)
      .map((p) => [p.type, p.value]),
  );

export class Moments {
  constructor(rows, people) {
    this.rows = rows;
    this.people = people;
  }

  /** The play clock. */
  get now() {
    const row = this.rows.get("clock");
    return row ? new Date(row.now) : new Date();
  }

  get zone() {
    return this.people.zone;
  }

  time(date) {
    return format(this.zone, { hour: "2-digit", minute: "2-digit" }).format(date);
  }

  /** A day as a number, to tell today from yesterday in the reader's zone. */
  day(date) {
    const { year, month, day } = parts(date, this.zone, { year: "numeric", month: "2-digit", day: "2-digit" });
    return Date.UTC(+year, +month - 1, +day) / 86_400_000;
  }

  /** "Today", "Yesterday", "Tomorrow" or null. */
  nearDay(date) {
    return { "-1": "Yesterday", 0: "Today", 1: "Tomorrow" }[this.day(date) - this.day(this.now)] ?? null;
  }

  long(date) {
    return format(this.zone, { weekday: "long", day: "numeric", month: "long" }).format(date);
  }

  full(date) {
    return format(this.zone, { dateStyle: "full", timeStyle: "short" }).format(date);
  }

  divider(date) {
    return this.nearDay(date) ?? this.long(date);
  }

  /** "in 2 days", "3 minutes ago". */
  relative(date) {
    const seconds = Math.round((date - this.now) / 1000);
    const [unit, size] = UNITS.find(([, each]) => Math.abs(seconds) >= each) ?? ["second", 1];
    return RELATIVE.format(Math.round(seconds / size), unit);
  }

  /** Slack's date tokens: `{date_long} at {time}`. An unknown token is left as it is, as Slack does. */
  slack(unix, template) {
    const date = new Date(unix * 1000);
    const zone = this.zone;
    const near = this.nearDay(date)?.toLowerCase();
    const year =
      this.day(date) > this.day(this.now) + 180 || this.day(date) < this.day(this.now) - 180 ? { year: "numeric" } : {};
    const write = {
      date_num: () => {
        const p = parts(date, zone, { year: "numeric", month: "2-digit", day: "2-digit" });
        return `${p.year}-${p.month}-${p.day}`;
      },
      date_slash: () => format(zone, { year: "numeric", month: "2-digit", day: "2-digit" }).format(date),
      date: () => format(zone, { day: "numeric", month: "long", year: "numeric" }).format(date),
      date_short: () => format(zone, { day: "numeric", month: "short", year: "numeric" }).format(date),
      date_long: () => format(zone, { weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(date),
      date_long_full: () =>
        format(zone, { weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(date),
      date_pretty: () => near ?? format(zone, { day: "numeric", month: "long", ...year }).format(date),
      date_short_pretty: () => near ?? format(zone, { day: "numeric", month: "short", ...year }).format(date),
      date_long_pretty: () =>
        near ?? format(zone, { weekday: "long", day: "numeric", month: "long", ...year }).format(date),
      day_divider_pretty: () =>
        near ?? format(zone, { weekday: "long", day: "numeric", month: "long", ...year }).format(date),
      time: () => format(zone, { hour: "2-digit", minute: "2-digit" }).format(date),
      time_secs: () => format(zone, { hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(date),
      ago: () => this.relative(date),
    };
    const text = template.replace(/\{(\w+)\}/g, (whole, token) => write[token]?.() ?? whole);
    return text.charAt(0).toUpperCase() === text.charAt(0) || !near || !text.startsWith(near)
      ? text
      : text[0].toUpperCase() + text.slice(1);
  }

  /** Discord's `<t:unix:style>`; the relative ones are kept up to date by `refresh`. */
  discord(unix, style) {
    const date = new Date(unix * 1000);
    if (Number.isNaN(date.getTime())) return null;
    const node = el("time.stamp", { datetime: date.toISOString(), title: this.full(date) });
    if (style === "R") {
      node.dataset.relative = unix;
      node.textContent = this.relative(date);
    } else {
      node.textContent = format(this.zone, STYLES[style] ?? STYLES.f).format(date);
    }
    return node;
  }

  /** Writes relative times anew after the clock moved. */
  refresh(root) {
    for (const node of root.querySelectorAll("[data-relative]")) {
      const text = this.relative(new Date(node.dataset.relative * 1000));
      if (node.textContent !== text) node.textContent = text;
    }
  }

  /** The time beside a message, with the whole date as a tooltip. */
  beside(date, text) {
    return el("time", { datetime: date.toISOString(), title: this.full(date) }, text ?? this.time(date));
  }
}

const RELATIVE = new Intl.RelativeTimeFormat("en-GB", { numeric: "always" });
const UNITS = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];
const STYLES = {
  t: { hour: "2-digit", minute: "2-digit" },
  T: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
  d: { day: "2-digit", month: "2-digit", year: "numeric" },
  D: { day: "numeric", month: "long", year: "numeric" },
  f: { day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" },
  F: { weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" },
  s: { day: "2-digit", month: "2-digit", year: "numeric", hour: "2-digit", minute: "2-digit" },
  S: { day: "2-digit", month: "2-digit", year: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit" },
};

/** When a Slack message was sent: its ts is its time. */
export const slackDate = (ts) => new Date(Number(ts.split(".")[0]) * 1000);

/** When a Discord message was sent: its id is its time. */
export const discordDate = (id) => new Date(Number((BigInt(id) >> 22n) + 1420070400000n));
