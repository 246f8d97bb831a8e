"""Interactions: what a person did, the token to answer it with, and how long that token is good for.

D interactions/receiving-and-responding.mdx.
"""

import asyncio
import secrets
from dataclasses import dataclass, field

from adapters.playground.discord import objects
from adapters.playground.discord.gateway import Gateway
from adapters.playground.discord.refused import Json, Refused
from adapters.playground.discord.world import DIRECT, World
from adapters.playground.time import Stopwatch

FIRST_RESPONSE = 3.0
TOKEN_LIFE = 15 * 60.0
COMMAND, COMPONENT, AUTOCOMPLETE, SUBMISSION = 2, 3, 4, 5
SILENCE = "The application did not respond"


@dataclass(slots=True)
class Interaction:
    """One thing that somebody did, until its token dies."""

    key: str
    token: str
    kind: int
    user: str
    channel: Json
    at: float
    data: Json
    command: str | None = None
    """The full name of the slash command at the root, however many presses and forms later."""
    command_type: int | None = None
    message: Json | None = None
    """The message that was pressed, or from which the form was opened."""
    root: "Interaction | None" = None
    """The interaction that opened the form, for a submission."""
    answer: int | None = None
    """The type of the first response, once there was one."""
    original: str | None = None
    """The message that `@original` means."""
    loading: bool = False
    """Whether the next follow-up becomes the loading message."""
    modal: Json | None = None
    choices: list[Json] = field(default_factory=list[Json])
    follow_ups: set[str] = field(default_factory=set[str])
    acked: "asyncio.Future[str | None]" = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    """Settled when the bot has answered (None) or failed to in time (a sentence)."""

    @property
    def from_component(self) -> bool:
        """Whether there is a message to update: a press, or a form opened by one."""
        return self.kind == COMPONENT or (self.root is not None and self.root.kind == COMPONENT)

    def settle(self, failure: str | None = None) -> None:
        if not self.acked.done():
            self.acked.set_result(failure)


class Interactions:
    """Every interaction whose token may still be used."""

    def __init__(self, world: World, gateway: Gateway, stopwatch: Stopwatch, *, patience: float) -> None:
        self.patience = patience
        self._world = world
        self._gateway = gateway
        self._stopwatch = stopwatch
        self._by_key: dict[str, Interaction] = {}
        self._by_token: dict[str, Interaction] = {}

    def begin(self, kind: int, user: str, channel: Json, data: Json, **more: object) -> Interaction:
        self._bury()
        key, token = self._world.mint.next(), secrets.token_urlsafe(48)
        interaction = Interaction(key, token, kind, user, channel, self._stopwatch(), data)
        for name, value in more.items():
            setattr(interaction, name, value)
        self._by_key[interaction.key] = interaction
        self._by_token[interaction.token] = interaction
        return interaction

    async def deliver(self, interaction: Interaction, *, times: int = 1) -> str | None:
        """Send it to the bot and wait for the first response; a sentence if none came in time."""
        if not self._gateway.listened:
            interaction.settle(SILENCE)
            return SILENCE
        direct = interaction.channel["type"] == DIRECT
        for _ in range(times):
            self._gateway.tell("INTERACTION_CREATE", self.event(interaction), None, direct=direct)
        left = self.patience - (self._stopwatch() - interaction.at)
        await asyncio.wait([interaction.acked], timeout=max(left, 0))
        interaction.settle(SILENCE)
        return interaction.acked.result()

    def late(self, interaction: Interaction) -> bool:
        """Whether the three seconds for a first response are over."""
        timed_out = interaction.acked.done() and interaction.acked.result() is not None
        return timed_out or self._stopwatch() - interaction.at > self.patience

    def to_answer(self, key: str, token: str) -> Interaction:
        """An interaction that may have its first response now: 10062 too late or unknown, 40060 the second time."""
        interaction = self._by_key.get(key)
        if interaction is None or not secrets.compare_digest(interaction.token, token):
            raise Refused(10062)
        if interaction.answer is not None:
            raise Refused(40060)
        if self.late(interaction):
            interaction.settle(SILENCE)
            raise Refused(10062)
        return interaction

    def to_follow(self, application: str, token: str) -> Interaction:
        """An interaction that has been answered: 10015 before that, 50027 with a dead or unknown token (statuses U)."""
        interaction = self._by_token.get(token)
        if application != self._world.application:
            raise Refused(10015)
        if interaction is None or self._stopwatch() - interaction.at > TOKEN_LIFE:
            raise Refused(50027)
        if interaction.answer is None:
            raise Refused(10015)
        return interaction

    def event(self, interaction: Interaction) -> Json:
        """The INTERACTION_CREATE event; in a direct message `user` instead of `member`, and no guild."""
        channel, user, world = interaction.channel, interaction.user, self._world
        powers = world.may(user, channel)
        about: Json = {
            "id": interaction.key,
            "application_id": world.application,
            "type": interaction.kind,
            "data": interaction.data,
            "channel": {**channel, "permissions": str(int(powers))},
            "channel_id": channel["id"],
            "token": interaction.token,
            "version": 1,
            "app_permissions": str(int(world.may(world.bot_key, channel))),
            "locale": world.locales[user],
            "entitlements": [],
            "authorizing_integration_owners": self.owners(interaction),
            "attachment_size_limit": objects.UPLOAD_LIMIT,
        }
        if interaction.message is not None:
            about["message"] = objects.public(interaction.message)
        if channel["type"] == DIRECT:
            return {**about, "user": world.user(user), "context": 1}
        guild = {"id": world.guild["id"], "locale": objects.LOCALE, "features": world.guild["features"]}
        member = {**world.member(user), "permissions": str(int(powers))}
        more = {"guild": guild, "guild_id": guild["id"], "guild_locale": objects.LOCALE, "member": member, "context": 0}
        return {**about, **more}

    def owners(self, interaction: Interaction) -> Json:
        """Installed to the server: its id there, "0" in a direct message (ibid., "Authorizing Integration Owners")."""
        return {"0": "0" if interaction.channel["type"] == DIRECT else self._world.guild["id"]}

    def metadata(self, interaction: Interaction) -> Json:
        """`interaction_metadata` of a message that answers (D resources/message.mdx)."""
        about: Json = {
            "id": interaction.key,
            "type": interaction.kind,
            "user": self._world.user(interaction.user),
            "authorizing_integration_owners": self.owners(interaction),
        }
        if interaction.kind == COMPONENT and interaction.message is not None:
            about["interacted_message_id"] = interaction.message["id"]
        if interaction.kind == COMMAND and "target_id" in interaction.data:
            if interaction.command_type == 2:
                about["target_user"] = self._world.user(interaction.data["target_id"])
            else:
                about["target_message_id"] = interaction.data["target_id"]
        if interaction.root is not None:
            about["triggering_interaction_metadata"] = self.metadata(interaction.root)
        return about

    def _bury(self) -> None:
        """Forget interactions that are long dead, so that a day of presses does not fill the memory."""
        now = self._stopwatch()
        while self._by_key:
            oldest = next(iter(self._by_key.values()))
            if now - oldest.at <= TOKEN_LIFE * 2:
                return
            del self._by_key[oldest.key]
            del self._by_token[oldest.token]
