/** Keyed lists: redraws only the items that changed, so that focus, scrolling and typing survive. */

const drawn = new WeakMap();

/**
 * Makes `parent` show `items` ({key, version, draw}), in order. An item whose version is the same is left alone;
 * versions are compared part by part, by identity.
 */
export function keyed(parent, items) {
  const before = drawn.get(parent) ?? new Map();
  const after = new Map();
  let changed = false;
  for (const { key, version, draw } of items) {
    const old = before.get(key);
    if (old && same(old.version, version)) {
      after.set(key, old);
    } else {
      const node = draw();
      after.set(key, { version, node });
      if (old) replace(old.node, node);
      changed = true;
    }
  }
  for (const [key, { node }] of before) {
    if (!after.has(key)) {
      node.remove();
      changed = true;
    }
  }
  let next = parent.firstChild;
  for (const { node } of after.values()) {
    if (node === next) next = next.nextSibling;
    else {
      parent.insertBefore(node, next);
      changed = true;
    }
  }
  drawn.set(parent, after);
  return changed;
}

function same(one, other) {
  return one.length === other.length && one.every((part, n) => part === other[n]);
}

/** Whoever had focus in the old drawing has it in the new one, if the same control is still there. */
function replace(old, node) {
  const focused = old.contains(document.activeElement) ? document.activeElement.closest("[data-focus]") : null;
  old.replaceWith(node);
  if (!focused) return;
  const again = [...node.querySelectorAll("[data-focus]")].find((each) => each.dataset.focus === focused.dataset.focus);
  (again ?? node.querySelector("button, [tabindex]"))?.focus({ preventScroll: true });
}
