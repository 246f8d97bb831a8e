/** Rows: the page's copy of the board, kept in step over a WebSocket. Everything that is drawn is drawn from here. */

export class Rows {
  #rows = new Map();
  #shelves = new Map();
  #listeners = new Set();
  #changed = new Set();
  #frame = null;
  connected = false;

  get(name) {
    return this.#rows.get(name);
  }

  /** The rows right below a path, by the rest of their name: `under("slack/user")` → Map of U… to row. */
  under(path) {
    return this.#shelves.get(path) ?? EMPTY;
  }

  /** The paths that hold rows and start with `prefix`. */
  paths(prefix) {
    return [...this.#shelves.keys()].filter((path) => path.startsWith(prefix));
  }

  /** Calls `listener` with the set of changed names, at most once a frame. */
  listen(listener) {
    this.#listeners.add(listener);
  }

  /** Calls back as soon as a row is there, which may be at once. */
  whenThere(name, then) {
    if (this.#rows.has(name)) {
      then();
      return;
    }
    const listener = (changed) => {
      if (!changed.has(name) || !this.#rows.has(name)) return;
      this.#listeners.delete(listener);
      then();
    };
    this.#listeners.add(listener);
  }

  connect() {
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/watch`);
    let first = true;
    socket.onmessage = (event) => {
      const changes = JSON.parse(event.data);
      if (first) this.#clear();
      first = false;
      this.connected = true;
      for (const [name, row] of changes) this.#set(name, row);
      this.#tell();
    };
    socket.onclose = () => {
      this.connected = false;
      this.#changed.add("connection");
      this.#tell();
      setTimeout(() => this.connect(), 700);
    };
  }

  #clear() {
    for (const name of this.#rows.keys()) this.#changed.add(name);
    this.#changed.add("connection");
    this.#rows.clear();
    this.#shelves.clear();
  }

  #set(name, row) {
    this.#changed.add(name);
    const cut = name.lastIndexOf("/");
    const path = name.slice(0, Math.max(cut, 0));
    const leaf = name.slice(cut + 1);
    if (row === null) {
      this.#rows.delete(name);
      this.#shelves.get(path)?.delete(leaf);
      return;
    }
    this.#rows.set(name, row);
    if (!this.#shelves.has(path)) this.#shelves.set(path, new Map());
    this.#shelves.get(path).set(leaf, row);
  }

  #tell() {
    if (this.#frame !== null) return;
    // A hidden page gets no animation frames, and must still count what is unread.
    const later = document.hidden ? (run) => setTimeout(run, 50) : requestAnimationFrame;
    this.#frame = later(() => {
      this.#frame = null;
      const changed = this.#changed;
      this.#changed = new Set();
      for (const listener of this.#listeners) listener(changed);
    });
  }
}

const EMPTY = new Map();
