"""Reactions: who put which emoji under which message (docs: reactions.add, "Use emoji and emoticons")."""

import re

from adapters.playground.slack.refused import Refused
from adapters.playground.slack.workspace import Workspace
from adapters.playground.slack.world import Json

NAME = re.compile(r"[a-z0-9_+'-]{1,100}(?:::skin-tone-[2-6])?")
MOST_EMOJI = 50
"""Different emoji under one message; and how many of them one person may put there (Help Center)."""
MOST_OF_ONE = 23


def add(w: Workspace, channel: Json, ts: str, user: str, name: str) -> Json:
    """Put a reaction under a message; the event that tells of it comes back."""
    message = _message(w, channel, ts, name)
    rows: list[Json] = message.get("reactions", [])
    row = next((one for one in rows if one["name"] == name), None)
    if row is not None and user in row["users"]:
        raise Refused("already_reacted")
    if row is None and len(rows) >= MOST_EMOJI:
        raise Refused("too_many_emoji")
    if sum(user in one["users"] for one in rows) >= MOST_OF_ONE:
        raise Refused("too_many_reactions")
    users = [*(row["users"] if row else []), user]
    fresh = {"name": name, "users": users, "count": len(users)}
    message["reactions"] = [fresh if one is row else one for one in rows] if row else [*rows, fresh]
    w.world.show_message(channel["id"], ts)
    return _event(w, "reaction_added", channel, message, user, name)


def remove(w: Workspace, channel: Json, ts: str, user: str, name: str) -> Json:
    """Take one's reaction away again."""
    message = _message(w, channel, ts, name)
    rows: list[Json] = message.get("reactions", [])
    row = next((one for one in rows if one["name"] == name and user in one["users"]), None)
    if row is None:
        raise Refused("no_reaction")
    users = [one for one in row["users"] if one != user]
    fresh = [{"name": name, "users": users, "count": len(users)}] if users else []
    message["reactions"] = [kept for one in rows for kept in (fresh if one is row else [one])]
    if not message["reactions"]:
        del message["reactions"]
    w.world.show_message(channel["id"], ts)
    return _event(w, "reaction_removed", channel, message, user, name)


def _message(w: Workspace, channel: Json, ts: str, name: str) -> Json:
    if not NAME.fullmatch(name):
        raise Refused("invalid_name")
    message = w.world.messages[channel["id"]].get(ts)
    if message is None:
        raise Refused("message_not_found")
    if channel["is_archived"]:
        raise Refused("is_archived")
    return message


def _event(w: Workspace, kind: str, channel: Json, message: Json, user: str, name: str) -> Json:
    return {
        "type": kind,
        "user": user,
        "reaction": name,
        "item": {"type": "message", "channel": channel["id"], "ts": message["ts"]},
        "item_user": message["user"],
        "event_ts": w.world.ts(),
    }
