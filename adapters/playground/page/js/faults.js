/** Faults: what can go wrong on the platforms, as switches, to see how the bot takes it. */

import { act } from "./acts.js";
import { el, fill } from "./el.js";
import { keyed } from "./keyed.js";

const TITLES = { slack: "Slack", discord: "Discord", bot: "The bot" };

export class Faults {
  constructor(app, root) {
    this.app = app;
    this.root = root;
    this.said = el("p.trouble", { role: "status" });
    this.lists = el("div.faultlists");
    fill(
      root,
      el(
        "p.note",
        {},
        "Switch a fault on and see how the bot takes it. “Times” is how often it happens before it ends by itself; empty means until you switch it off. What befalls a channel or a person befalls the open channel, or you.",
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

  /** A fault that needs a place or a person happens where you are, and to you. */
  #target(platform, name) {
    const window = this.app[platform];
    if (name.startsWith("channel_") || name === "bot_removed") return { channel: window.channel };
    return platform === "discord" && name === "closed_direct_messages" ? { user: window.user } : {};
  }

  #platform(platform, faults) {
    return el(
      "section",
      {},
      el("h3", {}, TITLES[platform] ?? platform),
      faults.map(([name, fault]) => {
        const times = el("input.times", {
          type: "number",
          min: "1",
          placeholder: "∞",
          "aria-label": `Times: ${fault.title}`,
          "data-focus": `times ${name}`,
          disabled: fault.on,
        });
        const flip = el("button.switch", {
          type: "button",
          role: "switch",
          "aria-checked": Boolean(fault.on),
          "aria-label": fault.title,
          "data-focus": `fault ${name}`,
          onclick: async () => {
            const left = fault.on || !times.value ? null : Number(times.value);
            const answer = await act(platform, "fault", {
              name,
              on: !fault.on,
              ...(left ? { left } : {}),
              ...this.#target(platform, name),
            });
            fill(this.said, answer?.error ?? "");
          },
        });
        return el(
          "div.fault",
          { class: fault.on ? "on" : null },
          flip,
          el("span.title", {}, fault.title),
          fault.on && fault.left !== null && fault.left !== undefined
            ? el("span.note", {}, `${fault.left} left`)
            : times,
        );
      }),
    );
  }
}
