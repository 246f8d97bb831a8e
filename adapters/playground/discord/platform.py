"""The platform: the parts of one small Discord, handed to every route and act."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from adapters.playground.discord import objects
from adapters.playground.discord.answers import Answers
from adapters.playground.discord.commands import Register
from adapters.playground.discord.drafts import whole
from adapters.playground.discord.faults import Faults
from adapters.playground.discord.files import Files, Upload
from adapters.playground.discord.gateway import Gateway, Intent
from adapters.playground.discord.interactions import Interactions
from adapters.playground.discord.messages import Messages
from adapters.playground.discord.parts import Part
from adapters.playground.discord.ratelimits import RateLimits
from adapters.playground.discord.refused import Json, Refused
from adapters.playground.discord.sockets import Sockets
from adapters.playground.discord.world import World

CONTENT_LIMITED, MEMBERS_LIMITED, PRESENCE_LIMITED = 1 << 19, 1 << 15, 1 << 13


@dataclass(frozen=True)
class Platform:
    """Everything that a route or an act may need."""

    token: str
    world: World
    files: Files
    gateway: Gateway
    sockets: Sockets
    messages: Messages
    interactions: Interactions
    answers: Answers
    register: Register
    limits: RateLimits
    faults: Faults

    def read(self, message: Json) -> Json:
        """A message as the REST API shows it to the app, by the intents enabled for it.

        D events/gateway.mdx, "HTTP Restrictions".
        """
        enabled = bool(self.sockets.door.privileged & Intent.MESSAGE_CONTENT)
        return self.messages.read(message, content_allowed=enabled)

    def app_flags(self) -> int:
        """The app's flags: which privileged intents it has enabled (D resources/application.mdx)."""
        privileged = self.sockets.door.privileged
        flags = {
            Intent.MESSAGE_CONTENT: CONTENT_LIMITED,
            Intent.GUILD_MEMBERS: MEMBERS_LIMITED,
            Intent.GUILD_PRESENCES: PRESENCE_LIMITED,
        }
        return sum(flag for intent, flag in flags.items() if privileged & intent)

    def guild(self, key: str) -> Json:
        """The server, if the bot is in it: 10004 otherwise."""
        if key != self.world.guild["id"] or self.world.kicked:
            raise Refused(10004)
        return self.world.guild

    def tell(self, event: str, data: Json, intent: Intent, channel: str | None = None) -> None:
        self.gateway.tell(event, data, intent, channel=channel)

    def shown(self, channel: Json) -> Json:
        """A channel as the API gives it: a thread with the bot's own membership, if it has one."""
        membership = self.world.thread_members.get(channel["id"], {}).get(self.world.bot_key)
        return dict(channel) if membership is None else {**channel, "member": membership}

    def bot_user(self) -> Json:
        more = {"mfa_enabled": True, "locale": objects.LOCALE, "premium_type": 0, "email": None, "verified": True}
        return {**self.world.user(self.world.bot_key), **more}


@dataclass(frozen=True, slots=True)
class Ask:
    """A request: what its path names, its query, its body and its files."""

    path: Mapping[str, str]
    query: Mapping[str, str] = field(default_factory=dict[str, str])
    body: Any = None
    uploads: Mapping[str, Upload] = field(default_factory=dict[str, Upload])

    def __getitem__(self, name: str) -> str:
        return self.path[name]

    def part(self) -> Part:
        """The body, to be checked; nothing counts as an empty object."""
        return whole({} if self.body is None else self.body)

    def yes(self, name: str) -> bool:
        return self.query.get(name, "").lower() in ("1", "true")

    def number(self, name: str, *, least: int, most: int, default: int) -> int:
        part = whole(dict(self.query))
        found = part.whole(name, least=least, most=most)
        part.problems.refuse()
        return default if found is None else found

    def key(self, name: str) -> int | None:
        part = whole(dict(self.query))
        found = part.snowflake(name)
        part.problems.refuse()
        return None if found is None else int(found)


@dataclass(frozen=True, slots=True)
class Created:
    """An answer with status 201 instead of 200."""

    json: Json


Answered: TypeAlias = Json | list[Json] | Created | None
"""What a route answers; None is 204 No Content."""
