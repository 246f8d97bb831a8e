/** The Slack-like window: a workspace with channels, the app's messages and Home, threads and modals. */

import { act, impossible } from "../acts.js";
import { avatar } from "../avatar.js";
import { el, fill } from "../el.js";
import { icon } from "../icons.js";
import { topLevel } from "../reads.js";
import { PlatformWindow } from "../window.js";
import { SlackComposer } from "./composer.js";
import { Form } from "./form.js";
import { Log } from "./log.js";
import { channelName, userName } from "./names.js";
import { Sidebar } from "./sidebar.js";
import { Thread, threads } from "./thread.js";
import { confirmation, drawBlocks, found, Views } from "./view.js";

export class SlackWindow extends PlatformWindow {
  #homeForm = new Form();

  constructor(app, root) {
    super(app, root, "slack");
    /** Where one looks; `channel` is null in the app's own place while no message has come. */
    this.place = { channel: null, app: false, tab: "messages", thread: null, newFrom: null };
    this.sidebar = new Sidebar(this);
    this.tabs = el("div.tabs", { role: "tablist", "aria-label": "App" });
    this.log = new Log(this, "Messages");
    this.home = el("div.home", { role: "tabpanel", "aria-label": "Home", tabindex: "0" });
    this.composer = new SlackComposer(
      this,
      () => this.#composing(null),
      () => this.log.rewriteLast(),
    );
    this.thread = new Thread(this, () => this.#composing(this.place.thread));
    this.assemble({
      head: this.tabs,
      main: [this.log.node, this.home, this.composer.node],
      beside: this.thread.node,
    });
    this.views = new Views(app, this.layer);
    this.confirm = confirmation(app, this.layer);
  }

  about(ts) {
    return { ts };
  }

  logNow() {
    return this.place.thread ? this.thread.log : this.log;
  }

  /** The chosen person's direct messages with the app. */
  direct() {
    return (
      [...this.app.rows.under("slack/channel")].find(([, channel]) => channel.is_im && channel.user === this.user) ??
      null
    );
  }

  /** Whether the app has a Home, which its manifest says. */
  hasHome() {
    return Boolean(this.app.rows.get("slack/app")?.home_tab);
  }

  go(channel, { app = false, tab = "messages" } = {}) {
    const place = this.place;
    Object.assign(place, {
      channel,
      app,
      tab,
      thread: null,
      newFrom: this.readBefore(channel),
    });
    this.log.forget();
    this.showSidebar(false);
    if (app && tab === "home" && this.user) act("slack", "home", { user: this.user });
    this.app.draw();
  }

  /** Somebody else looks at the same place; if they cannot see it, at the first that they can. */
  arrive() {
    const { place } = this;
    const mayStay = place.app || this.sidebar.channels().some(([key]) => key === place.channel);
    if (!mayStay) Object.assign(place, { channel: this.sidebar.first(), thread: null });
    if (place.app) place.channel = this.direct()?.[0] ?? null;
    place.newFrom = this.readBefore(place.channel);
    if (place.app && place.tab === "home" && this.user) act("slack", "home", { user: this.user });
  }

  openThread(ts) {
    this.place.thread = ts;
    this.app.draw();
    if (ts) this.thread.composer.field.focus();
    else this.composer.field.focus();
  }

  draw() {
    const { place, app } = this;
    if (place.app) place.channel = this.direct()?.[0] ?? null;
    else if (!place.channel || !app.rows.get(`slack/channel/${place.channel}`))
      Object.assign(place, { channel: this.sidebar.first(), thread: null });
    const home = Boolean(place.app) && place.tab === "home";
    this.sidebar.draw();
    this.#head(place);
    this.log.node.hidden = home;
    this.home.hidden = !home;
    if (home) this.#home();
    else this.#messages(place);
    this.thread.draw(this.told());
    this.root.classList.toggle("withthread", Boolean(place.thread));
    this.composer.draw();
    if (home) this.composer.node.hidden = true;
    this.views.draw(this.user);
    if (!home) this.markRead();
  }

  #head(place) {
    const channel = this.app.rows.get(`slack/channel/${place.channel}`);
    const shown = [place.channel, place.app, place.tab, this.hasHome(), channel?.name, channel?.is_archived];
    const version = shown.join(" ");
    if (this.title.dataset.version === version) return;
    this.title.dataset.version = version;
    fill(
      this.title,
      place.app
        ? [avatar(this.sidebar.appName(), { bot: true, size: 24 }), this.sidebar.appName()]
        : [
            icon(channel?.is_private ? "lock" : "hash", 18),
            place.channel ? channelName(this.app.rows, place.channel) : "No channel yet",
          ],
    );
    const tab = (name, text) =>
      el(
        "button",
        {
          type: "button",
          role: "tab",
          "aria-selected": place.tab === name,
          "data-focus": name,
          onclick: () => this.go(this.direct()?.[0] ?? null, { app: true, tab: name }),
        },
        text,
      );
    const focused = this.tabs.contains(document.activeElement);
    fill(
      this.tabs,
      place.app
        ? [this.hasHome() && tab("home", "Home"), tab("messages", "Messages")]
        : channel?.topic?.value
          ? el("span.note", {}, channel.topic.value)
          : null,
    );
    if (focused) this.tabs.querySelector("[aria-selected=true]")?.focus();
  }

  #home() {
    const view = this.app.rows.get(`slack/home/${this.user}`);
    this.home.classList.toggle("empty", !view);
    if (!view) {
      drawBlocks(
        this.home,
        {
          blocks: [
            {
              type: "context",
              block_id: "empty",
              elements: [{ type: "plain_text", text: "This app has not published a Home for you yet." }],
            },
          ],
        },
        this.surface(null),
      );
      return;
    }
    const surface = {
      ...this.surface(null),
      form: this.#homeForm,
      press: (given) => this.#press(`home ${this.user}`, { view: view.id, ...given }),
    };
    const trouble = this.trouble.get(`home ${this.user}`);
    const said = trouble
      ? [{ type: "context", block_id: "trouble", elements: [{ type: "plain_text", text: `⚠ ${trouble}` }] }]
      : [];
    drawBlocks(this.home, { ...view, blocks: [...said, ...view.blocks] }, surface, {}, this.context());
  }

  /** What a drawing depends on besides its row: who reads, in which zone, on which day. */
  context() {
    return [this.user, this.app.moments.zone, this.app.moments.day(this.app.moments.now)];
  }

  #messages(place) {
    const all = [...this.app.rows.under(`slack/message/${place.channel}`).values()].sort((one, other) =>
      one.ts < other.ts ? -1 : 1,
    );
    const hidden = [...this.app.rows.under(`slack/ephemeral/${this.user}/${place.channel}`).values()].filter(
      (one) => !one.thread_ts || one.thread_ts === one.ts,
    );
    const notices = place.thread ? [] : this.told();
    this.log.draw({
      messages: all.filter(topLevel),
      hidden,
      threads: threads(this.app.rows, all),
      thread: null,
      notices,
    });
  }

  /** How elements of a message act: who presses what, where. */
  surface(ts) {
    const { channel } = this.place;
    return {
      app: this.app,
      confirm: this.confirm,
      form: null,
      press: (given) => this.#press(ts, { channel, ts, ...given }),
      options: async (block_id, action_id, value) =>
        found(await act("slack", "options", { user: this.user, channel, ts, block_id, action_id, value })),
    };
  }

  async #press(key, given) {
    const answer = await act("slack", "press", { user: this.user, ...given });
    if (answer.error) this.trouble.set(key, answer.error);
    else this.trouble.delete(key);
    this.app.draw();
  }

  shortcuts(type) {
    return [...this.app.rows.under("slack/shortcut").values()].filter((one) => one.type === type);
  }

  /** Choose a shortcut, of a message or, without one, of the workspace. */
  async shortcut(one, ts = null) {
    const given = { user: this.user, callback_id: one.callback_id };
    const answer = await act("slack", "shortcut", ts ? { ...given, channel: this.channel, ts } : given);
    if (answer.error)
      this.notice(impossible(answer) ? answer.error : `${one.name} failed with the error “${answer.error}”`);
  }

  #composing(thread) {
    const { place, user } = this;
    if (!user || !place.channel || (thread === null ? false : !thread)) return null;
    const channel = this.app.rows.get(`slack/channel/${place.channel}`);
    if (!channel || channel.is_archived) return null;
    return {
      user,
      channel: place.channel,
      thread,
      name: channel.is_im ? this.sidebar.appName() : `#${channel.name ?? userName(this.app.rows, place.channel)}`,
    };
  }
}
