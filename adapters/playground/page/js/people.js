/** People: who one can be. The same name on both platforms is the same person. */

export class People {
  #rows;
  #listeners = new Set();
  #chosen = null;

  constructor(rows) {
    this.#rows = rows;
    this.#chosen = sessionStorage.getItem("person");
  }

  /** Everyone, in the order in which the stand-ins introduced them: {name, slack, discord, zone}. */
  all() {
    const people = new Map();
    const person = (name) => {
      if (!people.has(name)) people.set(name, { name, slack: null, discord: null, zone: null });
      return people.get(name);
    };
    for (const [key, user] of this.#rows.under("slack/user")) {
      if (user.is_bot || user.deleted || key === "USLACKBOT") continue;
      const one = person(slackName(user));
      one.slack = key;
      one.zone = user.tz ?? null;
    }
    for (const [key, member] of this.#rows.under("discord/user")) {
      if ((member.user ?? member).bot) continue;
      person(discordName(member)).discord = key;
    }
    return [...people.values()];
  }

  /** Who you are now. */
  get chosen() {
    const all = this.all();
    return all.find((person) => person.name === this.#chosen) ?? all[0] ?? null;
  }

  /** The time zone in which the chosen person reads. */
  get zone() {
    const zone = this.chosen?.zone;
    return zone && known(zone) ? zone : Intl.DateTimeFormat().resolvedOptions().timeZone;
  }

  choose(name) {
    this.#chosen = name;
    sessionStorage.setItem("person", name);
    for (const listener of this.#listeners) listener();
  }

  listen(listener) {
    this.#listeners.add(listener);
  }
}

export function slackName(user) {
  return user.profile?.real_name || user.real_name || user.name || user.id;
}

/** The name as it stands beside a message: the display name, if the person chose one. */
export function slackDisplay(user) {
  return user.profile?.display_name || slackName(user);
}

export function discordName(member) {
  const user = member.user ?? member;
  return member.nick || user.global_name || user.username || user.id;
}

const zones = new Map();
function known(zone) {
  if (!zones.has(zone)) {
    try {
      new Intl.DateTimeFormat("en-GB", { timeZone: zone });
      zones.set(zone, true);
    } catch {
      zones.set(zone, false);
    }
  }
  return zones.get(zone);
}
