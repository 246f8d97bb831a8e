/** The bar: who you are, one press each, with a badge for the direct messages that wait for them. */

import { avatar } from "./avatar.js";
import { el } from "./el.js";
import { keyed } from "./keyed.js";

export class Bar {
  constructor(app, root) {
    this.app = app;
    this.root = root;
  }

  draw() {
    const { people, reads } = this.app;
    const chosen = people.chosen?.name;
    keyed(
      this.root,
      people.all().map((person) => {
        const waiting = reads.direct(person);
        return {
          key: person.name,
          version: [person.name === chosen, waiting, person.slack, person.discord],
          draw: () =>
            el(
              "button.person",
              {
                type: "button",
                "aria-pressed": person.name === chosen,
                "data-focus": `be ${person.name}`,
                title: person.name,
                "aria-label": waiting ? `${person.name}, ${waiting} unread` : person.name,
                onclick: () => people.choose(person.name),
              },
              avatar(person.name, { size: 28, round: true }),
              el("span.name", {}, person.name.split(" ")[0]),
              waiting ? el("span.badge", { "aria-hidden": true }, String(waiting)) : null,
            ),
        };
      }),
    );
  }
}
