/** The clock: the playground's own time, which only moves forward, and the story. */

import { moveClock, ringNext, startStory } from "./acts.js";
import { el, fill } from "./el.js";
import { icon } from "./icons.js";
import { local, unix } from "./slack/fields.js";

export class Clock {
  constructor(app, root) {
    this.app = app;
    this.face = el("output.face", { "aria-label": "Play clock" });
    this.said = el("p.said", { role: "status" });
    this.ring = el(
      "button",
      { type: "button", onclick: () => this.#go(ringNext(), this.ring) },
      icon("bell", 16),
      "Ring the next reminder",
    );
    this.storyName = el("span", {}, "Play the story");
    this.story = el(
      "button.story",
      {
        type: "button",
        onclick: () => {
          app.toStory();
          this.#go(startStory(), this.story);
        },
      },
      icon("play", 14),
      this.storyName,
    );
    const hour = el("button", { type: "button", onclick: () => this.#go(moveClock({ by: 3600 }), hour) }, "+1 hour");
    const day = el("button", { type: "button", onclick: () => this.#go(moveClock({ by: 86_400 }), day) }, "+1 day");
    this.to = el("input", { type: "datetime-local", "aria-label": "Move the clock to" });
    this.go = el("button", { type: "submit" }, "Go");
    this.form = el(
      "form.to",
      {
        id: "to",
        hidden: true,
        onsubmit: (event) => {
          event.preventDefault();
          if (this.to.value) this.#goTo(new Date(unix(this.to.value, app.people.zone) * 1000));
        },
        onkeydown: (event) => event.key === "Escape" && this.#choose(false),
      },
      this.to,
      this.go,
    );
    this.choose = el(
      "button",
      {
        type: "button",
        "aria-expanded": false,
        "aria-controls": "to",
        onclick: () => this.#choose(this.form.hidden),
      },
      "To a time…",
    );
    fill(
      root,
      el("div.now", {}, icon("clock", 18), this.face),
      el("div.buttons", { role: "group", "aria-label": "Move the clock" }, hour, day, this.ring, this.choose),
      this.form,
      this.said,
      this.story,
    );
  }

  draw() {
    const { moments, rows } = this.app;
    const text = `${moments.long(moments.now)}, ${moments.time(moments.now)}`;
    if (this.face.textContent !== text) this.face.textContent = text;
    this.face.title = `${moments.full(moments.now)} (${moments.zone})`;
    const stage = rows.get("stage");
    this.ring.hidden = stage?.reminders === false;
    this.story.hidden = stage?.story === false;
    const story = rows.get("story");
    if (story !== this.told) this.#tell(story);
  }

  #tell(story) {
    this.told = story;
    if (!story) return;
    this.storyName.textContent = "Start the story again";
    this.said.classList.toggle("telling", story.running);
    const said = story.step ?? (story.running ? "The story begins." : "");
    fill(this.said, story.error ? el("span.trouble", {}, story.error) : said);
  }

  /** Shows where to write a time, or takes it away; it begins at the clock's own. */
  #choose(on) {
    this.form.hidden = !on;
    this.choose.setAttribute("aria-expanded", String(on));
    if (on) this.to.value = local(this.app.moments.now / 1000, this.app.people.zone);
    (on ? this.to : this.choose).focus();
  }

  async #goTo(date) {
    if (await this.#go(moveClock({ to: date.toISOString() }), this.go)) this.#choose(false);
  }

  /** Waits for an answer; true if nothing went wrong. */
  async #go(answered, button) {
    button.setAttribute("aria-busy", "true");
    const answer = await answered;
    button.removeAttribute("aria-busy");
    if (answer.error) fill(this.said, el("span.trouble", {}, answer.error));
    else this.said.querySelector(".trouble")?.remove();
    return !answer.error;
  }
}
