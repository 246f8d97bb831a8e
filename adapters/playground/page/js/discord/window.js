/** The Discord-like window: a server with channels and their threads, direct messages and modals. */

import { act } from "../acts.js";
import { el, fill } from "../el.js";
import { icon } from "../icons.js";
import { keyed } from "../keyed.js";
import { later, otherSide } from "../reads.js";
import { Tail } from "../scroll.js";
import { discordDate } from "../moments.js";
import { menus } from "./commands.js";
import { Composer } from "./composer.js";
import { drawMessage, loading } from "./message.js";
import { Modals } from "./modal.js";
import { memberName } from "./names.js";
import { Sidebar } from "./sidebar.js";

export class DiscordWindow {
  #trouble = new Map();
  #notices = new Map();
  #scrolled = null;

  constructor(app, root) {
    this.app = app;
    this.root = root;
    /** Where one looks; `guild` remembers the server's channel while one is among direct messages. */
    this.place = { channel: null, direct: false, guild: null, newFrom: null };
    this.sidebar = new Sidebar(this);
    this.title = el("h2.title");
    this.log = el("div.log", { role: "log", "aria-label": "Messages", tabindex: "0" });
    this.tail = new Tail(this.log);
    this.composer = new Composer(
      app,
      () => this.#composing(),
      (text) => this.#notice(text),
    );
    this.toggle = el(
      "button.toggle",
      {
        type: "button",
        "aria-label": "Show channels",
        "aria-expanded": false,
        onclick: () => this.showSidebar(!root.classList.contains("withsidebar")),
      },
      icon("menu"),
    );
    const layer = el("div.layer");
    fill(
      root,
      this.sidebar.node,
      el("button.shade", {
        type: "button",
        "aria-label": "Hide channels",
        tabindex: "-1",
        onclick: () => this.showSidebar(false),
      }),
      el("div.main", {}, el("header.top", {}, this.toggle, this.title), this.log, this.composer.node),
      layer,
    );
    this.modals = new Modals(app, layer, () => this.appName());
  }

  get user() {
    return this.app.people.chosen?.discord ?? null;
  }

  get channel() {
    return this.place.channel;
  }

  appName() {
    const [id] = [...this.app.rows.under("discord/user")].find(([, member]) => member.user?.bot) ?? [];
    return id ? memberName(this.app.rows, id) : "App";
  }

  /** Somebody else looks at the same place; of direct messages, at their own. */
  arrive() {
    const { place, app } = this;
    if (place.direct) place.channel = null;
    this.#settle();
    place.newFrom = app.people.chosen && place.channel ? app.reads.last(app.people.chosen, place.channel) : null;
  }

  /** A place that is not there, or not yet, becomes the first that is. */
  #settle() {
    const { place } = this;
    if (place.channel && !this.app.rows.get(`discord/channel/${place.channel}`)) place.channel = null;
    place.channel ??= place.direct ? (this.sidebar.directs()[0]?.[0] ?? null) : this.sidebar.first();
  }

  go(channel) {
    const place = this.place;
    const row = this.app.rows.get(`discord/channel/${channel}`);
    if (!row) return;
    Object.assign(place, {
      channel,
      direct: row.type === 1,
      newFrom: this.app.people.chosen ? this.app.reads.last(this.app.people.chosen, channel) : null,
    });
    if (row.type !== 1) place.guild = channel;
    this.#scrolled = null;
    this.showSidebar(false);
    this.app.draw();
  }

  goDirect() {
    const [first] = this.sidebar.directs();
    const narrow = this.root.classList.contains("withsidebar");
    if (first && !narrow) {
      this.go(first[0]);
      return;
    }
    Object.assign(this.place, { direct: true, channel: null });
    this.app.draw();
  }

  /** Opens the chosen person's direct messages with the app, as one may without having been written to. */
  async beginDirect() {
    const answer = await act("discord", "direct", { user: this.user });
    if (answer.channel) this.app.rows.whenThere(`discord/channel/${answer.channel}`, () => this.go(answer.channel));
  }

  goGuild() {
    const { place } = this;
    const narrow = this.root.classList.contains("withsidebar");
    Object.assign(place, { direct: false, channel: place.guild });
    this.#scrolled = null;
    this.app.draw();
    this.showSidebar(narrow);
  }

  showSidebar(on) {
    this.root.classList.toggle("withsidebar", on);
    this.toggle.setAttribute("aria-expanded", String(on));
    if (on) this.sidebar.node.querySelector("[aria-current]")?.focus();
  }

  draw() {
    const { place, app } = this;
    this.#settle();
    this.sidebar.draw();
    this.#head(place);
    this.#messages(place);
    this.composer.draw();
    this.modals.draw(this.user);
    if (!place.channel || document.hidden || !app.people.chosen) return;
    const latest = [...app.rows.under(`discord/message/${place.channel}`).keys()].reduce(
      (last, id) => (later(id, last) ? id : last),
      null,
    );
    if (app.reads.mark(app.people.chosen, place.channel, latest)) app.drawSoon();
  }

  #head(place) {
    const channel = this.app.rows.get(`discord/channel/${place.channel}`);
    const parent =
      channel?.parent_id && [10, 11, 12].includes(channel.type)
        ? this.app.rows.get(`discord/channel/${channel.parent_id}`)
        : null;
    const name = !channel
      ? place.direct
        ? "No direct messages yet"
        : "No channel yet"
      : channel.type === 1
        ? otherSide(this.app.rows, channel, this.app.people.chosen)
        : channel.name;
    const version = `${place.channel} ${name} ${parent?.name} ${channel?.topic}`;
    if (this.title.dataset.version === version) return;
    this.title.dataset.version = version;
    fill(
      this.title,
      parent
        ? [
            el("button.link.parent", { type: "button", onclick: () => this.go(channel.parent_id) }, `#${parent.name}`),
            icon("next", 14),
            icon("thread", 18),
          ]
        : icon(channel?.type === 1 ? "mail" : "hash", 20),
      el("span", {}, name),
      channel?.topic ? el("span.note", {}, channel.topic) : null,
    );
  }

  #messages(place) {
    const { app, log } = this;
    const { rows, moments } = app;
    const byId = (one, other) => (later(one.message.id, other.message.id) ? 1 : -1);
    const lines = [
      ...[...rows.under(`discord/message/${place.channel}`).values()].map((message) => ({ message, only: false })),
      ...[...rows.under(`discord/ephemeral/${this.user}/${place.channel}`).values()].map((message) => ({
        message,
        only: true,
      })),
    ].sort(byId);
    const menusHere = menus(rows, 3);
    const personMenus = menus(rows, 2);
    const items = [this.#beginning(place)];
    let before = null;
    let isNew = false;
    for (const { message, only } of lines) {
      const date = discordDate(message.id);
      const day = moments.day(date);
      if (!before || moments.day(discordDate(before.message.id)) !== day) {
        const text = moments.slack(date / 1000, "{date}");
        items.push({
          key: `day ${day}`,
          version: [text],
          draw: () => el("div.day", { role: "separator" }, el("span", {}, text)),
        });
        before = null;
      }
      if (!isNew && place.newFrom && !only && later(message.id, place.newFrom) && message.author?.id !== this.user) {
        isNew = true;
        items.push({ key: "new", version: [], draw: () => el("div.new", { role: "separator" }, "New") });
        before = null;
      }
      const compact =
        Boolean(before) &&
        before.only === only &&
        !only &&
        before.message.author?.id === message.author?.id &&
        !message.interaction_metadata &&
        !message.interaction &&
        !message.referenced_message &&
        [0, undefined].includes(message.type) &&
        [0, 20, undefined].includes(before.message.type) &&
        date - discordDate(before.message.id) < 420_000;
      const thread = rows.get(`discord/channel/${message.id}`) ?? null;
      const count = thread ? rows.under(`discord/message/${message.id}`).size : 0;
      const trouble = this.#trouble.get(message.id) ?? null;
      items.push({
        key: `${only ? "only " : ""}${message.id}`,
        version: [
          message,
          compact,
          thread?.name,
          count,
          trouble,
          menusHere.length,
          personMenus.length,
          rows.get(`discord/user/${message.author?.id}`),
          this.user,
          moments.zone,
          moments.day(moments.now),
        ],
        draw: () =>
          drawMessage(message, {
            surface: this.#surface(message),
            compact,
            personMenus,
            thread,
            count,
            trouble,
            only,
            menus: only || loading(message) ? [] : menusHere,
            onthread: () => this.go(message.id),
            onmenu: (one) => this.#menu(one, message.id),
            onpersonmenu: (one) => this.#menu(one, message.author.id),
            ondismiss: () =>
              act("discord", "dismiss", { user: this.user, channel: place.channel, message: message.id }),
          }),
      });
      before = { message, only };
    }
    for (const [n, text] of (this.#notices.get(this.#key()) ?? []).entries()) {
      items.push({
        key: `notice ${n} ${text}`,
        version: [],
        draw: () => el("p.failed", { role: "alert" }, icon("warn", 16), text),
      });
    }
    keyed(log, items);
    const scrolled = this.#key();
    if (this.#scrolled === scrolled) this.tail.follow();
    else this.tail.toEnd();
    this.#scrolled = scrolled;
  }

  #beginning(place) {
    const channel = this.app.rows.get(`discord/channel/${place.channel}`);
    const direct = channel?.type === 1;
    const name = !channel ? "" : direct ? otherSide(this.app.rows, channel, this.app.people.chosen) : channel.name;
    return {
      key: "beginning",
      version: [place.channel, name],
      draw: () =>
        el(
          "div.beginning",
          {},
          channel
            ? [
                el("span.big", {}, icon(direct ? "mail" : [10, 11, 12].includes(channel.type) ? "thread" : "hash", 34)),
                el("h3", {}, direct ? name : [10, 11, 12].includes(channel.type) ? name : `Welcome to #${name}`),
                el(
                  "p",
                  {},
                  direct
                    ? `This is the beginning of your direct messages with ${name}.`
                    : [10, 11, 12].includes(channel.type)
                      ? "This is the start of the thread."
                      : `This is the start of the #${name} channel.`,
                ),
              ]
            : el("p", {}, "When the app writes to you, its messages appear here."),
        ),
    };
  }

  #surface(message) {
    const { channel } = this.place;
    return {
      app: this.app,
      message,
      press: async (custom_id, values) => {
        const answer = await act("discord", "press", {
          user: this.user,
          channel,
          message: message.id,
          custom_id,
          values,
        });
        this.#told(message.id, answer.error);
      },
    };
  }

  #told(id, error) {
    if (error) this.#trouble.set(id, failure(error));
    else this.#trouble.delete(id);
    this.app.draw();
  }

  async #menu(command, target) {
    const answer = await act("discord", "menu", { user: this.user, command: command.name, target });
    if (this.app.rows.get(`discord/user/${target}`)) {
      if (answer.error) this.#notice(answer.error);
    } else this.#told(target, answer.error);
  }

  #key() {
    return `${this.user} ${this.place.channel}`;
  }

  #notice(text) {
    this.#notices.set(this.#key(), [...(this.#notices.get(this.#key()) ?? []).slice(-2), failure(text)]);
    this.app.draw();
    this.tail.toEnd();
  }

  #composing() {
    const { place, user } = this;
    const channel = this.app.rows.get(`discord/channel/${place.channel}`);
    if (!user || !channel || channel.thread_metadata?.locked) return null;
    return {
      user,
      channel: place.channel,
      name:
        channel.type === 1
          ? `@${otherSide(this.app.rows, channel, this.app.people.chosen)}`
          : channel.parent_id && [10, 11, 12].includes(channel.type)
            ? channel.name
            : `#${channel.name}`,
    };
  }
}

/** What Discord tells the person; the reason is for developers who learn by watching. */
const failure = (error) => (/^[A-Z].*[.?!]$/.test(error) ? error : `This interaction failed (${error})`);
