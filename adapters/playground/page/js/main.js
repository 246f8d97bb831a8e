/** The page: puts its parts together and draws them anew when rows change or somebody else is chosen. */

import { Bar } from "./bar.js";
import { Clock } from "./clock.js";
import { DiscordWindow } from "./discord/window.js";
import { Drawer } from "./drawer.js";
import { Moments } from "./moments.js";
import { People } from "./people.js";
import { Reads } from "./reads.js";
import { Rows } from "./rows.js";
import { SlackWindow } from "./slack/window.js";
import { theme } from "./theme.js";

const at = (id) => document.getElementById(id);

class App {
  #soon = false;

  constructor() {
    this.rows = new Rows();
    this.people = new People(this.rows);
    this.reads = new Reads(this.rows);
    this.moments = new Moments(this.rows, this.people);
    theme(at("theme"));
    this.bar = new Bar(this, at("people"));
    this.clock = new Clock(this, at("clock"));
    this.slack = new SlackWindow(this, at("slack"));
    this.discord = new DiscordWindow(this, at("discord"));
    this.drawer = new Drawer(this, at("drawer"), at("behind"));
    this.rows.listen((changed) => this.#changed(changed));
    this.people.listen(() => {
      this.slack.arrive();
      this.discord.arrive();
      this.draw();
    });
    document.addEventListener("visibilitychange", () => this.drawSoon());
    this.rows.connect();
  }

  /** Draws only what the changed rows concern: the wire and the clock change far more often than the rest. */
  #changed(changed) {
    let windows = false;
    let wire = false;
    for (const name of changed) {
      if (name.startsWith("wire/") || name.startsWith("fault/")) wire = true;
      else windows = true;
    }
    if (windows && changed.size === 1 && changed.has("clock")) {
      windows = this.moments.day(this.moments.now) !== this.day;
      this.clock.draw();
      this.moments.refresh(document);
    }
    if (windows) this.draw();
    else if (wire) this.drawer.draw();
  }

  draw() {
    this.reads.begin();
    this.day = this.moments.day(this.moments.now);
    at("lost").hidden = this.rows.connected || !this.rows.get("stage");
    this.slack.draw();
    this.discord.draw();
    this.bar.draw();
    this.clock.draw();
    this.drawer.draw();
    this.moments.refresh(document);
    document.body.dataset.ready = String(this.rows.connected);
  }

  /** Shows where the story plays: the first channel of each window. Whoever one is, one stays. */
  toStory() {
    for (const window of [this.slack, this.discord]) {
      const [first] = window.sidebar.channels();
      if (first && window.channel !== first[0]) window.go(first[0]);
    }
  }

  /** Draws once more after this drawing; for what a drawing itself changed. */
  drawSoon() {
    if (this.#soon) return;
    this.#soon = true;
    queueMicrotask(() => {
      this.#soon = false;
      this.draw();
    });
  }
}

new App();
