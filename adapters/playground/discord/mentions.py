"""Mentions: whom a text names, and whom it really notifies (D resources/message.mdx, "Allowed Mentions Object")."""

import re
from dataclasses import dataclass, field
from typing import Any

from adapters.playground.discord.parts import Part
from adapters.playground.discord.permissions import Permission
from adapters.playground.discord.refused import Json
from adapters.playground.discord.world import World

USER = re.compile(r"<@!?(\d+)>")
ROLE = re.compile(r"<@&(\d+)>")
EVERYONE = re.compile(r"@(everyone|here)\b")
TEXT = 10


@dataclass(frozen=True, slots=True)
class Allowed:
    """Which mentions in a text may count."""

    parse: frozenset[str]
    users: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    replied: bool = False


IN_MESSAGES = Allowed(frozenset({"users", "roles", "everyone"}), replied=True)
IN_INTERACTIONS = Allowed(frozenset({"users"}))
"""The defaults when a request says nothing (ibid., "Default Settings for Allowed Mentions"); the reply's ping U."""


@dataclass(frozen=True, slots=True)
class Mentioned:
    """What a message's own fields say, and everybody whom it notifies."""

    users: list[Json] = field(default_factory=list[Json])
    roles: list[str] = field(default_factory=list[str])
    everyone: bool = False
    notified: list[str] = field(default_factory=list[str])

    def fields(self) -> Json:
        return {"mentions": self.users, "mention_roles": self.roles, "mention_everyone": self.everyone}


def allowed(body: Part, default: Allowed) -> Allowed:
    """The `allowed_mentions` of a request; `parse` and a list of the same kind exclude each other."""
    if not body.has("allowed_mentions"):
        return default
    part = body.part("allowed_mentions")
    if not part.is_object():
        return default
    parse = [one.value for one in part.each("parse", most=3)]
    for n, kind in enumerate(parse):
        if kind not in ("users", "roles", "everyone"):
            part.part("parse").part(n).bad("BASE_TYPE_CHOICES", "Value must be one of ('users', 'everyone', 'roles').")
    listed = {kind: [str(one.value) for one in part.each(kind, most=100)] for kind in ("users", "roles")}
    for kind, keys in listed.items():
        if keys and kind in parse:
            words = f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.'
            part.bad("MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", words)
    return Allowed(
        frozenset(str(kind) for kind in parse),
        frozenset(listed["users"]),
        frozenset(listed["roles"]),
        part.flag("replied_user"),
    )


def written(content: str, components: list[Json]) -> str:
    """All text in which a mention counts: the content, or every text display."""
    found = [content]

    def collect(value: Any) -> None:
        if isinstance(value, list):
            for one in value:
                collect(one)
        elif isinstance(value, dict):
            if value.get("type") == TEXT:
                found.append(str(value.get("content", "")))
            for one in value.values():
                collect(one)

    collect(components)
    return "\n".join(found)


def found(world: World, channel: Json, author: str, text: str, may: Allowed, replied_to: Json | None) -> Mentioned:
    """Whom the text mentions as far as that is allowed, permitted to the author and visible to them.

    Stricter than life: mentions inside code and behind a backslash count too, since no page says that they do not.
    """
    powers = world.may(author, channel)
    loud = Permission.MENTION_EVERYONE in powers
    users = [key for key in _once(USER.findall(text)) if key in world.members]
    users = [key for key in users if "users" in may.parse or key in may.users]
    if replied_to is not None and may.replied and replied_to["author"]["id"] not in users:
        users.append(replied_to["author"]["id"])
    roles = [key for key in _once(ROLE.findall(text)) if any(role["id"] == key for role in world.guild["roles"])]
    roles = [key for key in roles if "roles" in may.parse or key in may.roles]
    roles = [key for key in roles if loud or world.role(key)["mentionable"]]
    everyone = bool(EVERYONE.search(text)) and "everyone" in may.parse and loud
    # With a thousand members in a stampede it matters to look only at those who are named.
    candidates = list(world.members) if everyone or roles else users
    notified = [key for key in candidates if _reached(world, channel, key, users, roles, everyone) and key != author]
    return Mentioned([world.user(key) for key in users], roles, everyone and channel["type"] != 1, notified)


def _reached(world: World, channel: Json, key: str, users: list[str], roles: list[str], everyone: bool) -> bool:
    by_role = any(role in world.members[key]["roles"] for role in roles)
    return (everyone or by_role or key in users) and world.sees(key, channel)


def _once(keys: list[str]) -> list[str]:
    return list(dict.fromkeys(keys))
