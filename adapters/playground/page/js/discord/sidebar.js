/** The sidebar: the rail with the server and direct messages, and the list of channels with their threads. */

import { avatar } from "../avatar.js";
import { el, fill } from "../el.js";
import { icon } from "../icons.js";
import { keyed } from "../keyed.js";
import { isDirectWith, later, otherSide } from "../reads.js";

const THREADS = new Set([10, 11, 12]);
const TEXT = new Set([0, 5]);

export class Sidebar {
  #window;

  constructor(window) {
    this.#window = window;
    this.rail = el("div.rail", { role: "group", "aria-label": "Direct messages and server" });
    this.head = el("div.guild");
    this.list = el("ul", { "aria-label": "Channels" });
    this.self = el("div.self");
    this.node = el(
      "nav.sidebar",
      { "aria-label": "Discord channels" },
      this.rail,
      el("div.column", {}, this.head, this.list, this.self),
    );
  }

  channels() {
    return [...this.#window.app.rows.under("discord/channel")]
      .filter(([, one]) => TEXT.has(one.type))
      .sort(([, one], [, other]) => (one.position ?? 0) - (other.position ?? 0));
  }

  /** Where to look at first: where something was said last, or else the first channel. */
  first() {
    const { app } = this.#window;
    const last = (id) =>
      [...app.rows.under(`discord/message/${id}`).keys()].reduce(
        (newest, each) => (later(each, newest) ? each : newest),
        "",
      );
    const ids = this.channels().map(([id]) => id);
    return ids.reduce((best, id) => (last(id) && later(last(id), last(best)) ? id : best), ids[0] ?? null);
  }

  threads(parent) {
    return [...this.#window.app.rows.under("discord/channel")].filter(
      ([, one]) => THREADS.has(one.type) && one.parent_id === parent && !one.thread_metadata?.archived,
    );
  }

  directs() {
    const person = this.#window.app.people.chosen;
    return person
      ? [...this.#window.app.rows.under("discord/channel")].filter(([, one]) => isDirectWith(one, person))
      : [];
  }

  draw() {
    const window = this.#window;
    const { app, place } = window;
    const person = app.people.chosen;
    const guild = app.rows.get("discord/guild");
    const waiting = person
      ? this.directs().reduce((sum, [id]) => sum + (place.channel === id ? 0 : app.reads.discord(person, id)), 0)
      : 0;
    keyed(this.rail, [
      {
        key: "direct",
        version: [place.direct, waiting],
        draw: () =>
          el(
            "button.pill.home",
            {
              type: "button",
              "aria-label": waiting ? `Direct messages, ${waiting} unread` : "Direct messages",
              "aria-pressed": place.direct,
              "data-focus": "direct",
              onclick: () => window.goDirect(),
            },
            icon("mail", 22),
            waiting ? el("span.badge", { "aria-hidden": true }, String(waiting)) : null,
          ),
      },
      { key: "line", version: [], draw: () => el("hr") },
      {
        key: "guild",
        version: [place.direct, guild?.name],
        draw: () =>
          el(
            "button.pill",
            {
              type: "button",
              "aria-label": `Server ${guild?.name ?? ""}`,
              "aria-pressed": !place.direct,
              "data-focus": "guild",
              onclick: () => window.goGuild(),
            },
            initials(guild?.name ?? "Server"),
          ),
      },
    ]);
    const title = place.direct ? "Direct messages" : (guild?.name ?? "Server");
    if (this.head.textContent !== title) fill(this.head, el("span", {}, title));
    keyed(this.list, place.direct ? this.#directs(person) : this.#channels(person));
    keyed(
      this.self,
      person
        ? [
            {
              key: "self",
              version: [person.name],
              draw: () =>
                el(
                  "div.me",
                  {},
                  avatar(person.name, { size: 28, round: true }),
                  el("span", {}, el("b", {}, person.name), el("span.note", {}, "Online")),
                ),
            },
          ]
        : [],
    );
  }

  #directs(person) {
    const { app, place } = this.#window;
    const directs = this.directs();
    if (!directs.length && person) {
      return [
        {
          key: "begin",
          version: [person.name],
          draw: () =>
            el(
              "li",
              {},
              el(
                "button.place",
                { type: "button", "data-focus": "begin", onclick: () => this.#window.beginDirect() },
                icon("plus", 18),
                el("span.name", {}, `Message ${this.#window.appName()}`),
              ),
            ),
        },
      ];
    }
    return directs.map(([id, channel]) => {
      const here = place.channel === id;
      const unread = here ? 0 : app.reads.discord(person, id);
      const name = otherSide(app.rows, channel, person);
      return {
        key: id,
        version: [name, here, unread],
        draw: () => this.#entry(id, avatar(name, { bot: true, size: 28, round: true }), name, here, unread, unread),
      };
    });
  }

  #channels(person) {
    const { app, place } = this.#window;
    const entry = ([id, channel], inner) => {
      const here = place.channel === id;
      const unread = person && !here ? app.reads.discord(person, id) : 0;
      const pings = person && !here ? app.reads.pings(person, id) : 0;
      return {
        key: id,
        version: [channel.name, here, unread > 0, pings, inner],
        draw: () =>
          this.#entry(
            id,
            inner ? el("span.branch", { "aria-hidden": true }) : icon(channel.type === 5 ? "speaker" : "hash", 18),
            channel.name,
            here,
            unread,
            pings,
            inner,
          ),
      };
    };
    return this.channels().flatMap((channel) => [
      entry(channel, false),
      ...this.threads(channel[0]).map((thread) => entry(thread, true)),
    ]);
  }

  #entry(id, sign, name, here, unread, count, inner = false) {
    return el(
      "li",
      { class: inner ? "inner" : null },
      el(
        "button.place",
        {
          type: "button",
          class: unread ? "unread" : null,
          "aria-current": here ? "page" : undefined,
          "data-focus": `place ${id}`,
          "aria-label": `${name}${inner ? " (thread)" : ""}${count ? `, ${count} unread` : unread ? ", unread" : ""}`,
          onclick: () => this.#window.go(id),
        },
        sign,
        el("span.name", {}, name),
        count ? el("span.badge", { "aria-hidden": true }, String(count)) : null,
      ),
    );
  }
}

const initials = (name) =>
  name
    .split(/\s+/)
    .map((word) => [...word][0])
    .join("")
    .slice(0, 3);
