/** Scrolling: a log that shows its end keeps showing it when lines are added or the window changes its size. */

const NEAR = 60;

export class Tail {
  #log;
  #atEnd = true;

  constructor(log) {
    this.#log = log;
    log.addEventListener(
      "scroll",
      () => {
        this.#atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;
      },
      { passive: true },
    );
    new ResizeObserver(() => this.follow()).observe(log);
    // Pictures come after their message; their load does not bubble, but it can be captured.
    log.addEventListener("load", () => this.follow(), true);
  }

  /** After lines were added. */
  follow() {
    if (this.#atEnd) this.toEnd();
  }

  toEnd() {
    this.#atEnd = true;
    this.#log.scrollTop = this.#log.scrollHeight;
  }
}
