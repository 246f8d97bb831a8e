/** Scrolling: a log that shows its end keeps showing it when lines are added or the window changes its size. */

const NEAR = 60;

export class Tail {
  #log;
  #atEnd = true;
  #size = "";

  constructor(log) {
    this.#log = log;
    log.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    new ResizeObserver(() => this.follow()).observe(log);
    // Pictures come after their message; their load does not bubble, but it can be captured.
    log.addEventListener("load", () => this.follow(), true);
  }

  /** After lines were added or the log changed its size. */
  follow() {
    if (this.#atEnd) this.toEnd();
    this.#size = this.#sized();
  }

  toEnd() {
    this.#atEnd = true;
    this.#log.scrollTop = this.#log.scrollHeight;
    this.#size = this.#sized();
  }

  /** Only a person leaves the end: a log that has just changed its size has not been scrolled away from it. */
  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.#log;
    if (scrollHeight - scrollTop - clientHeight < NEAR) this.#atEnd = true;
    else if (this.#size === this.#sized()) this.#atEnd = false;
    this.#size = this.#sized();
  }

  #sized() {
    return `${this.#log.scrollHeight} ${this.#log.clientHeight}`;
  }
}
