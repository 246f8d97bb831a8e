/** The wire: every request and event between the bot and the stand-ins, to learn the protocols by watching. */

import { el, fill } from "./el.js";
import { icon } from "./icons.js";
import { keyed } from "./keyed.js";

export class Wire {
  #platform = "";
  #words = "";
  #frozen = null;
  #open = new Set();

  constructor(app, root) {
    this.app = app;
    this.root = root;
    this.pause = el(
      "button",
      { type: "button", "aria-pressed": false, onclick: () => this.#pause() },
      icon("pause", 14),
      "Pause",
    );
    const filter = (value, text) =>
      el(
        "button",
        {
          type: "button",
          "aria-pressed": value === "",
          "data-platform": value,
          onclick: () => {
            this.#platform = value;
            this.#press();
            this.draw();
          },
        },
        text,
      );
    this.filters = el(
      "div.segments",
      { role: "group", "aria-label": "Platform" },
      filter("", "Both"),
      filter("slack", "Slack"),
      filter("discord", "Discord"),
    );
    this.search = el("input", {
      type: "search",
      placeholder: "Filter",
      "aria-label": "Filter the wire",
      oninput: () => {
        this.#words = this.search.value.toLowerCase();
        this.draw();
      },
    });
    this.count = el("span.note", { role: "status" });
    this.list = el("ol.frames", { "aria-label": "Requests and events, newest first", tabindex: "0" });
    fill(root, el("div.tools", {}, this.filters, this.search, this.pause, this.count), this.list);
  }

  #press() {
    for (const button of this.filters.children)
      button.setAttribute("aria-pressed", String(button.dataset.platform === this.#platform));
  }

  #pause() {
    this.#frozen = this.#frozen ? null : [...this.app.rows.under("wire").values()];
    this.pause.setAttribute("aria-pressed", String(Boolean(this.#frozen)));
    fill(this.pause, this.#frozen ? [icon("play", 14), "Resume"] : [icon("pause", 14), "Pause"]);
    this.draw();
  }

  draw() {
    if (this.root.hidden) return;
    const all = this.#frozen ?? [...this.app.rows.under("wire").values()];
    const shown = all
      .filter(
        (row) =>
          (!this.#platform || row.platform === this.#platform) &&
          (!this.#words || `${row.what} ${row.refused ?? ""} ${row.status ?? ""}`.toLowerCase().includes(this.#words)),
      )
      .sort((one, other) => other.n - one.n);
    const text = `${shown.length} ${shown.length === 1 ? "frame" : "frames"}${this.#frozen ? ", paused" : ""}`;
    if (this.count.textContent !== text) this.count.textContent = text;
    keyed(
      this.list,
      shown.map((row) => ({ key: row.n, version: [row, this.app.moments.zone], draw: () => this.#frame(row) })),
    );
  }

  #frame(row) {
    const out = row.direction === "out";
    const at = new Date(row.at);
    const details = el(
      "details",
      {
        open: this.#open.has(row.n),
        ontoggle: () => {
          if (details.open) this.#open.add(row.n);
          else this.#open.delete(row.n);
          show();
        },
      },
      el(
        "summary",
        { "data-focus": `frame ${row.n}` },
        el("time", { datetime: row.at }, this.app.moments.slack(at / 1000, "{time_secs}")),
        el("span.platform", { class: row.platform }, row.platform),
        el(
          "span.arrow",
          {
            title: out ? "to the bot" : "from the bot",
            "aria-label": out ? "to the bot" : "from the bot",
            role: "img",
          },
          out ? "→" : "←",
        ),
        el("code.what", {}, row.what),
        row.refused ? el("span.refused", {}, String(row.refused)) : null,
        row.status !== null && row.status !== undefined
          ? el("span.status", { class: row.status >= 400 ? "bad" : null }, String(row.status))
          : null,
        row.ms !== null && row.ms !== undefined
          ? el("span.ms", {}, `${row.ms < 10 ? Number(row.ms).toFixed(1) : Math.round(row.ms)} ms`)
          : null,
      ),
      el("div.json"),
    );
    // JSON is written only when somebody looks: five hundred frames of it would weigh on every change.
    const show = () =>
      fill(
        details.lastElementChild,
        details.open
          ? [
              el("section", {}, el("h4", {}, out ? "Sent to the bot" : "Sent by the bot"), json(row.json)),
              row.answer !== null && row.answer !== undefined
                ? el("section", {}, el("h4", {}, out ? "Answered by the bot" : "Answered to the bot"), json(row.answer))
                : null,
            ]
          : [],
      );
    show();
    return el("li.frame", { class: row.refused || row.status >= 400 ? "wrong" : null }, details);
  }
}

const TOKENS = /("(?:\\.|[^"\\])*")(\s*:)?|\b(true|false|null)\b|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/gi;

/** JSON with colours, as text nodes. */
function json(value) {
  const text = JSON.stringify(value, null, 2) ?? "nothing";
  const node = el("pre", { tabindex: "0" });
  let last = 0;
  for (const found of text.matchAll(TOKENS)) {
    node.append(text.slice(last, found.index));
    const kind = found[2] !== undefined ? "key" : found[1] ? "string" : found[3] ? "word" : "number";
    node.append(el(`span.${kind}`, {}, found[2] !== undefined ? found[1] : found[0]), found[2] ?? "");
    last = found.index + found[0].length;
  }
  node.append(text.slice(last));
  return node;
}
