/** The sidebar: the workspace, its channels and the app, with what is unread. */

import { avatar } from "../avatar.js";
import { el } from "../el.js";
import { icon } from "../icons.js";
import { keyed } from "../keyed.js";
import { slackDisplay } from "../people.js";
import { later } from "../reads.js";

export class Sidebar {
  #window;

  constructor(window) {
    this.#window = window;
    this.team = el("div.team");
    this.list = el("ul", { "aria-label": "Channels" });
    this.apps = el("ul", { "aria-label": "Apps" });
    this.node = el(
      "nav.sidebar",
      { "aria-label": "Slack channels" },
      this.team,
      el("h3", {}, "Channels"),
      this.list,
      el("h3", {}, "Apps"),
      this.apps,
    );
  }

  /** Channels that the chosen person can see, in the order in which they were made. */
  channels() {
    const { app, user } = this.#window;
    return [...app.rows.under("slack/channel")].filter(
      ([, channel]) =>
        !channel.is_im && !channel.is_mpim && !channel.is_archived && (channel.members ?? [user]).includes(user),
    );
  }

  /** Where to look at first: where something was said last, or else the first channel. */
  first() {
    const { app } = this.#window;
    const last = (key) =>
      [...app.rows.under(`slack/message/${key}`).keys()].reduce((newest, ts) => (later(ts, newest) ? ts : newest), "");
    const keys = this.channels().map(([key]) => key);
    return keys.reduce((best, key) => (last(key) && later(last(key), last(best)) ? key : best), keys[0] ?? null);
  }

  appName() {
    const bot = [...this.#window.app.rows.under("slack/user")].find(
      ([key, user]) => user.is_bot && key !== "USLACKBOT",
    );
    return bot ? slackDisplay(bot[1]) : "App";
  }

  draw() {
    const window = this.#window;
    const { app, place } = window;
    const person = app.people.chosen;
    const team = app.rows.get("slack/team");
    keyed(this.team, [{ key: "team", version: [team?.name], draw: () => el("span", {}, team?.name ?? "Workspace") }]);
    keyed(
      this.list,
      this.channels().map(([key, channel]) => {
        const here = !place.app && place.channel === key;
        const unread = person && !here ? app.reads.slack(person, key) : 0;
        const pings = unread ? app.reads.slackPings(person, key) : 0;
        return {
          key,
          version: [channel.name, channel.is_private, here, unread > 0, pings],
          draw: () =>
            this.#entry(icon(channel.is_private ? "lock" : "hash", 16), channel.name, here, unread, pings, () =>
              window.go(key),
            ),
        };
      }),
    );
    const direct = window.direct();
    const here = Boolean(place.app);
    const unread = person && direct && !(here && place.tab === "messages") ? app.reads.slack(person, direct[0]) : 0;
    const name = this.appName();
    keyed(this.apps, [
      {
        key: "app",
        version: [name, here, unread, direct?.[0], place.tab],
        draw: () =>
          this.#entry(avatar(name, { bot: true, size: 20 }), name, here, unread, unread, () =>
            window.go(direct?.[0] ?? null, {
              app: true,
              tab: unread || !here ? (direct || !window.hasHome() ? "messages" : "home") : place.tab,
            }),
          ),
      },
    ]);
  }

  #entry(sign, name, here, unread, count, onclick) {
    return el(
      "li",
      {},
      el(
        "button.place",
        {
          type: "button",
          onclick,
          "aria-current": here ? "page" : undefined,
          "data-focus": `place ${name}`,
          class: unread ? "unread" : null,
          "aria-label": count ? `${name}, ${count} unread` : unread ? `${name}, unread` : name,
        },
        sign,
        el("span.name", {}, name),
        count ? el("span.badge", { "aria-hidden": true }, String(count)) : null,
      ),
    );
  }
}
