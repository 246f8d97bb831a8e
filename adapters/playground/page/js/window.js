/** A window: what both platforms' windows share around their own places: its frame, notices, and one's own messages. */

import { act, impossible } from "./acts.js";
import { confirm } from "./dialog.js";
import { el, fill } from "./el.js";
import { icon } from "./icons.js";
import { later } from "./reads.js";

/** A platform's window has a `place` with a channel, a `log`, and `about(key)`: how an act names a message. */
export class PlatformWindow {
  #notices = new Map();
  #draft = null;

  constructor(app, root, platform) {
    this.app = app;
    this.root = root;
    this.platform = platform;
    /** What went wrong with a press, by the key of its message. */
    this.trouble = new Map();
    this.title = el("h2.title");
    this.layer = el("div.layer");
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
  }

  /** Puts the window together; `head` and `main` stand in the middle, `beside` next to them. */
  assemble({ head = null, main, beside = null }) {
    const shade = el("button.shade", {
      type: "button",
      "aria-label": "Hide channels",
      tabindex: "-1",
      onclick: () => this.showSidebar(false),
    });
    const middle = el("div.main", {}, el("header.top", {}, this.toggle, this.title, head), main);
    fill(this.root, this.sidebar.node, shade, middle, beside, this.layer);
  }

  get user() {
    return this.app.people.chosen?.[this.platform] ?? null;
  }

  get channel() {
    return this.place.channel;
  }

  showSidebar(on) {
    this.root.classList.toggle("withsidebar", on);
    this.toggle.setAttribute("aria-expanded", String(on));
    if (on) this.sidebar.node.querySelector("[aria-current]")?.focus();
  }

  /** Up to where the chosen person had read a channel when they came to it. */
  readBefore(channel) {
    return channel && this.app.people.chosen ? this.app.reads.last(this.app.people.chosen, channel) : null;
  }

  /** Whoever looks at a place has read what is there. */
  markRead() {
    const { app, channel } = this;
    if (!channel || document.hidden || !app.people.chosen) return;
    const keys = [...app.rows.under(`${this.platform}/message/${channel}`).keys()];
    const latest = keys.reduce((last, key) => (later(key, last) ? key : last), null);
    if (app.reads.mark(app.people.chosen, channel, latest)) app.drawSoon();
  }

  /** What the platform told this person here, newest last. */
  told() {
    return this.#notices.get(`${this.user} ${this.channel}`) ?? [];
  }

  notice(text) {
    this.#notices.set(`${this.user} ${this.channel}`, [...this.told().slice(-2), text]);
    this.app.draw();
    this.logNow().tail.toEnd();
  }

  /** The log in which one works just now. */
  logNow() {
    return this.log;
  }

  /** An act with a message; what could not be done at all is said. */
  async #do(name, key, given = {}) {
    const answer = await act(this.platform, name, { user: this.user, channel: this.channel, ...this.about(key), ...given });
    if (impossible(answer)) this.notice(answer.error);
    return !impossible(answer);
  }

  react(key, given, on) {
    return this.#do("react", key, { ...given, on });
  }

  /** The draft of a message that is being rewritten in this log, or null. */
  draft(log, key) {
    const one = this.#draft;
    return one && one.log === log && one.key === key && one.user === this.user ? one : null;
  }

  /** Begin to rewrite a message of one's own; the same words once more change nothing. */
  rewrite(log, key, text) {
    const { user } = this;
    const leave = () => {
      this.#draft = null;
      this.app.draw();
    };
    const onsave = async (words) => {
      if (words === text || (await this.#do("edit", key, { text: words }))) leave();
    };
    this.#draft = { log, key, user, text, onsave, onleave: leave };
    this.app.draw();
    log.node.querySelector(".editor textarea")?.focus();
  }

  async remove(log, key) {
    const sure = await confirm(this.layer, {
      title: "Delete message",
      body: el("p", {}, "Are you sure you want to delete this message? This cannot be undone."),
      yes: "Delete",
      no: "Cancel",
      danger: true,
    });
    if (sure && (await this.#do("delete", key))) log.node.focus({ preventScroll: true });
  }
}
