/** Faults: what can go wrong on the platforms, as switches, to see how the bot takes it. */

import { act } from "./acts.js";
import { el, fill } from "./el.js";
import { keyed } from "./keyed.js";
import { memberName } from "./discord/names.js";

const TITLES = { slack: "Slack", discord: "Discord", bot: "The bot" };

export class Faults {
  constructor(app, root) {
    this.app = app;
    this.root = root;
    this.said = el("p.trouble", { role: "status" });
    this.lists = el("div.faultlists", { onfocusin: (event) => event.target.list && this.#offer(event.target.list) });
    fill(
      root,
      el(
        "p.note",
        {},
        "Switch a fault on and see how the bot takes it. The number is how often it happens before it ends by itself; empty means until you switch it off. Some can be kept to one call of the bot’s, and last some seconds. What befalls a channel or a person befalls the open channel, or you.",
      ),
      this.said,
      this.lists,
    );
  }

  draw() {
    if (this.root.hidden) return;
    const items = this.app.rows.paths("fault/").flatMap((path) => {
      const platform = path.slice("fault/".length);
      const faults = [...this.app.rows.under(path)];
      return faults.length
        ? [{ key: platform, version: faults.map(([, fault]) => fault), draw: () => this.#platform(platform, faults) }]
        : [];
    });
    keyed(
      this.lists,
      items.length
        ? items
        : [{ key: "none", version: [], draw: () => el("p.note", {}, "The stand-ins offer no faults.") }],
    );
  }

  /** A fault that befalls a channel or a person befalls the open channel, or you. */
  #target(platform, takes) {
    const window = this.app[platform];
    return {
      ...(takes.includes("channel") ? { channel: window.channel } : {}),
      ...(takes.includes("user") ? { user: window.user } : {}),
    };
  }

  #platform(platform, faults) {
    return el(
      "section",
      {},
      el("h3", {}, TITLES[platform] ?? platform),
      this.#calls(platform),
      faults.map(([name, fault]) => this.#fault(platform, name, fault)),
    );
  }

  /** The calls that the bot has made so far, to choose from; others can be typed. */
  #calls(platform) {
    return el("datalist", { id: `calls-${platform}`, "data-platform": platform });
  }

  #offer(list) {
    const made = [...this.app.rows.under("wire").values()].filter(
      (row) => row.platform === list.dataset.platform && row.direction === "in" && !/^(socket|gateway):/.test(row.what),
    );
    const names = new Set(made.map((row) => row.what.replace(/^response_url.*/, "response_url")));
    fill(
      list,
      [...names].sort().map((value) => el("option", { value })),
    );
  }

  #fault(platform, name, fault) {
    const takes = fault.takes ?? [];
    const field = (what, label, props) =>
      takes.includes(what)
        ? el(`input.${what}`, { "aria-label": `${label}: ${fault.title}`, title: label, "data-focus": `${what} ${name}`, ...props })
        : null;
    const times = field("times", "Times", { type: "number", min: "1", placeholder: "∞" });
    const seconds = field("seconds", "Seconds", { type: "number", min: "0", step: "any", value: fault.seconds ?? 5 });
    const call = field("call", "Call", { type: "text", placeholder: "any call", list: `calls-${platform}` });
    const status = takes.includes("status")
      ? el(
          "select.status",
          { "aria-label": `Status: ${fault.title}`, title: "Status", "data-focus": `status ${name}` },
          [500, 502, 503, 504].map((code) => el("option", { value: code }, String(code))),
        )
      : null;
    const flip = el("button.switch", {
      type: "button",
      role: "switch",
      "aria-checked": Boolean(fault.on),
      "aria-label": fault.title,
      "data-focus": `fault ${name}`,
      onclick: async () => {
        const told = fault.on
          ? {}
          : {
              ...(times?.value ? { left: Number(times.value) } : {}),
              ...(seconds?.value ? { seconds: Number(seconds.value) } : {}),
              ...(call?.value.trim() ? { [platform === "slack" ? "method" : "route"]: call.value.trim() } : {}),
              ...(status ? { status: Number(status.value) } : {}),
              ...this.#target(platform, takes),
            };
        const answer = await act(platform, "fault", { name, on: !fault.on, ...told });
        fill(this.said, answer?.error ?? "");
      },
    });
    return el(
      "div.fault",
      { class: fault.on ? "on" : null },
      flip,
      el("span.title", { onclick: () => flip.click() }, fault.title),
      fault.on
        ? el("span.note", {}, this.#state(platform, fault))
        : el("span.fields", {}, call, status, seconds && el("label", {}, seconds, " s"), times && el("label", {}, times, " ×")),
    );
  }

  /** What a fault that is switched on befalls, and for how long, as the stand-in says. */
  #state(platform, fault) {
    const { rows } = this.app;
    const place = rows.get(`${platform}/channel/${fault.channel}`);
    const parts = [
      fault.method ?? fault.route,
      fault.channel ? `#${place?.name ?? fault.channel}` : null,
      fault.user ? memberName(rows, fault.user, fault.user) : null,
      fault.status ? String(fault.status) : null,
      fault.seconds ? `${fault.seconds} s` : null,
      fault.left !== null && fault.left !== undefined ? `${fault.left} left` : null,
    ];
    return parts.filter(Boolean).join(" · ");
  }
}
