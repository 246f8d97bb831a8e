/** The Discord-like window: a server with channels and their threads, direct messages and modals. */

import { act } from "../acts.js";
import { el, fill } from "../el.js";
import { icon } from "../icons.js";
import { otherSide } from "../reads.js";
import { PlatformWindow } from "../window.js";
import { DiscordComposer } from "./composer.js";
import { Log } from "./log.js";
import { Modals } from "./modal.js";
import { memberName } from "./names.js";
import { Sidebar } from "./sidebar.js";

export class DiscordWindow extends PlatformWindow {
  constructor(app, root) {
    super(app, root, "discord");
    /** Where one looks; `guild` remembers the server's channel while one is among direct messages. */
    this.place = { channel: null, direct: false, guild: null, newFrom: null };
    this.sidebar = new Sidebar(this);
    this.log = new Log(this);
    this.composer = new DiscordComposer(
      this,
      () => this.#composing(),
      () => this.log.rewriteLast(),
    );
    this.assemble({ main: [this.log.node, this.composer.node] });
    this.modals = new Modals(app, this.layer, () => this.appName());
  }

  about(message) {
    return { message };
  }

  notice(text) {
    super.notice(failure(text));
  }

  appName() {
    const [id] = [...this.app.rows.under("discord/user")].find(([, member]) => member.user?.bot) ?? [];
    return id ? memberName(this.app.rows, id) : "App";
  }

  /** Somebody else looks at the same place; of direct messages, at their own. */
  arrive() {
    const { place } = this;
    if (place.direct) place.channel = null;
    this.#settle();
    place.newFrom = this.readBefore(place.channel);
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
      newFrom: this.readBefore(channel),
    });
    if (row.type !== 1) place.guild = channel;
    this.log.forget();
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
    this.log.forget();
    this.app.draw();
    this.showSidebar(narrow);
  }

  draw() {
    const { place } = this;
    this.#settle();
    this.sidebar.draw();
    this.#head(place);
    this.log.draw(this.told());
    this.composer.draw();
    this.modals.draw(this.user);
    this.markRead();
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

  /** How components of a message act: who presses what, where. */
  surface(message) {
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
        this.#tell(message.id, answer.error);
      },
    };
  }

  #tell(id, error) {
    if (error) this.trouble.set(id, failure(error));
    else this.trouble.delete(id);
    this.app.draw();
  }

  async menu(command, target) {
    const answer = await act("discord", "menu", { user: this.user, command: command.name, target });
    if (this.app.rows.get(`discord/user/${target}`)) {
      if (answer.error) this.notice(answer.error);
    } else this.#tell(target, answer.error);
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
