/** Elements: makes DOM nodes. Text is only ever set as text, so what people write cannot become markup. */

const PROPERTIES = new Set([
  "value",
  "checked",
  "disabled",
  "hidden",
  "selected",
  "open",
  "multiple",
  "inert",
  "indeterminate",
]);

/** `el("button.primary", {onclick: press, "aria-label": "Send"}, "Send")` */
export function el(spec, props, ...children) {
  const [tag, ...classes] = spec.split(".");
  const node = document.createElement(tag || "div");
  if (classes.length) node.classList.add(...classes);
  for (const [name, value] of Object.entries(props ?? {})) set(node, name, value);
  node.append(...flat(children));
  return node;
}

function set(node, name, value) {
  if (value === undefined || value === null) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (name === "style") for (const [key, to] of Object.entries(value)) node.style.setProperty(key, to);
  else if (name === "class") node.classList.add(...value.split(" ").filter(Boolean));
  else if (PROPERTIES.has(name)) node[name] = value;
  else if (name.startsWith("aria-")) node.setAttribute(name, String(value));
  else if (value !== false) node.setAttribute(name, value === true ? "" : String(value));
}

/** Children as the DOM wants them: nested lists opened, nothing left out but nothings. */
export function flat(children) {
  return children
    .flat(Infinity)
    .filter((child) => child !== null && child !== undefined && child !== false && child !== "");
}

/** Puts other children in a node. */
export function fill(node, ...children) {
  node.replaceChildren(...flat(children));
  return node;
}

/** What we cannot draw is said aloud instead of being left out. */
export function unknown(kind, name, json) {
  return el(
    "details.unknown",
    { role: "alert" },
    el("summary", {}, `The page cannot draw the ${kind} “${name ?? "without a type"}”`),
    el("pre", {}, JSON.stringify(json, null, 2)),
  );
}

let lastId = 0;
/** An id for labels and the fields they name. */
export function freshId(word) {
  lastId += 1;
  return `${word}-${lastId}`;
}
