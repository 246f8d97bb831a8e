/** The drawer: the wire and the faults, out of the way until a developer pulls it up. */

import { el, fill } from "./el.js";
import { Faults } from "./faults.js";
import { icon } from "./icons.js";
import { Wire } from "./wire.js";

export class Drawer {
  constructor(app, root, handle) {
    this.root = root;
    this.handle = handle;
    const wireBox = el("div.wire", { role: "tabpanel", id: "panel-wire", "aria-labelledby": "tab-wire" });
    const faultsBox = el("div.faults", {
      role: "tabpanel",
      id: "panel-faults",
      "aria-labelledby": "tab-faults",
      hidden: true,
    });
    this.wire = new Wire(app, wireBox);
    this.faults = new Faults(app, faultsBox);
    this.panels = { wire: wireBox, faults: faultsBox };
    this.tabs = Object.entries({ wire: "The wire", faults: "Faults" }).map(([name, text]) =>
      el(
        "button",
        {
          type: "button",
          role: "tab",
          id: `tab-${name}`,
          "aria-controls": `panel-${name}`,
          "aria-selected": name === "wire",
          tabindex: name === "wire" ? "0" : "-1",
          onclick: () => this.show(name),
          onkeydown: (event) => {
            if (["ArrowLeft", "ArrowRight"].includes(event.key)) {
              this.show(name === "wire" ? "faults" : "wire");
              this.root.querySelector("[role=tab][aria-selected=true]").focus();
            }
          },
        },
        text,
      ),
    );
    fill(
      root,
      el(
        "header",
        {},
        el("div.tabs", { role: "tablist", "aria-label": "Behind the scenes" }, this.tabs),
        el(
          "button.close",
          { type: "button", "aria-label": "Close the drawer", onclick: () => this.open(false) },
          icon("close"),
        ),
      ),
      wireBox,
      faultsBox,
    );
    root.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        this.open(false);
        handle.focus();
      }
    });
    handle.addEventListener("click", () => this.open(root.hidden));
  }

  open(on) {
    this.root.hidden = !on;
    this.handle.setAttribute("aria-expanded", String(on));
    document.body.classList.toggle("withdrawer", on);
    this.draw();
  }

  show(name) {
    for (const [each, panel] of Object.entries(this.panels)) panel.hidden = each !== name;
    for (const tab of this.tabs) {
      const on = tab.id === `tab-${name}`;
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
    }
    this.draw();
  }

  draw() {
    if (this.root.hidden) return;
    this.wire.draw();
    this.faults.draw();
  }
}
