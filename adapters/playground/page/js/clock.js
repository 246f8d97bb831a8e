/** The clock: the playground's own time, which only moves forward, and the story. */

import { moveClock, ringNext, startStory } from "./acts.js";
import { el, fill } from "./el.js";
import { icon } from "./icons.js";
import { unix } from "./slack/fields.js";

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
    const go = el("button", { type: "submit" }, "Go");
    fill(
      root,
      el("div.now", {}, icon("clock", 18), this.face),
      el("div.buttons", { role: "group", "aria-label": "Move the clock" }, hour, day, this.ring),
      el(
        "form.to",
        {
          onsubmit: (event) => {
            event.preventDefault();
            if (this.to.value)
              this.#go(moveClock({ to: new Date(unix(this.to.value, app.people.zone) * 1000).toISOString() }), go);
          },
        },
        this.to,
        go,
      ),
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

  async #go(answered, button) {
    button.setAttribute("aria-busy", "true");
    const answer = await answered;
    button.removeAttribute("aria-busy");
    if (answer.error) fill(this.said, el("span.trouble", {}, answer.error));
    else this.said.querySelector(".trouble")?.remove();
  }
}
