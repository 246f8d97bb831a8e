/** Reads: how far each person has read in each place, for unread marks. Kept for this tab and this playground only. */

import { discordName } from "./people.js";

/** Is one id or timestamp later than another? Both platforms' grow with time; longer is later. */
export function later(one, other) {
  if (!other) return true;
  return one.length === other.length ? one > other : one.length > other.length;
}

export class Reads {
  #rows;
  #marks = new Map();
  #stage = null;

  constructor(rows) {
    this.#rows = rows;
  }

  /** Marks of another run of the playground say nothing about this one. */
  begin() {
    const stage = this.#rows.get("stage")?.id ?? null;
    if (stage === this.#stage) return;
    this.#stage = stage;
    this.#marks = new Map(JSON.parse(sessionStorage.getItem(`reads ${stage}`) ?? "[]"));
  }

  last(person, place) {
    return this.#marks.get(`${person.name} ${place}`) ?? null;
  }

  /** Says that a person has read up to here; true if that is news. */
  mark(person, place, upto) {
    const key = `${person.name} ${place}`;
    if (!upto || !later(upto, this.#marks.get(key))) return false;
    this.#marks.set(key, upto);
    sessionStorage.setItem(`reads ${this.#stage}`, JSON.stringify([...this.#marks]));
    return true;
  }

  /** How many messages in a Slack conversation this person has not seen. */
  slack(person, channel) {
    const last = this.last(person, channel);
    let count = 0;
    for (const [ts, message] of this.#rows.under(`slack/message/${channel}`)) {
      if (later(ts, last) && message.user !== person.slack && topLevel(message)) count += 1;
    }
    return count;
  }

  discord(person, channel) {
    const last = this.last(person, channel);
    let count = 0;
    for (const [id, message] of this.#rows.under(`discord/message/${channel}`)) {
      if (later(id, last) && message.author?.id !== person.discord) count += 1;
    }
    return count;
  }

  /** How many unread messages in a Discord channel mention this person. */
  pings(person, channel) {
    const last = this.last(person, channel);
    const row = this.#rows.get(`discord/channel/${channel}`);
    let count = 0;
    for (const [id, message] of this.#rows.under(`discord/message/${channel}`)) {
      if (!later(id, last) || message.author?.id === person.discord || row?.type === 1) continue;
      if (message.mention_everyone || (message.mentions ?? []).some((user) => user.id === person.discord)) count += 1;
    }
    return count;
  }

  /** How many unread messages in a Slack channel notified this person. */
  slackPings(person, channel) {
    const last = this.last(person, channel);
    let count = 0;
    for (const [ts, message] of this.#rows.under(`slack/message/${channel}`)) {
      if (later(ts, last) && message.user !== person.slack && (message._mentioned ?? []).includes(person.slack))
        count += 1;
    }
    return count;
  }

  /** How many direct messages, on both platforms, wait for this person. */
  direct(person) {
    let count = 0;
    for (const [id, channel] of this.#rows.under("slack/channel")) {
      if (channel.is_im && channel.user === person.slack && person.slack) count += this.slack(person, id);
    }
    for (const [id, channel] of this.#rows.under("discord/channel")) {
      if (isDirectWith(channel, person)) count += this.discord(person, id);
    }
    return count;
  }
}

export function topLevel(message) {
  return !message.thread_ts || message.thread_ts === message.ts || message.subtype === "thread_broadcast";
}

export function isDirectWith(channel, person) {
  return channel.type === 1 && (channel.recipients ?? []).some((user) => user.id === person.discord);
}

/** The other side of a Discord direct message: for a person that is the app. */
export function otherSide(rows, channel, person) {
  const other = (channel.recipients ?? []).find((user) => user.id !== person.discord);
  if (other) return discordName(other);
  const bot = [...rows.under("discord/user").values()].find((member) => (member.user ?? member).bot);
  return bot ? discordName(bot) : "App";
}
