"""The ground: a small Slack and a small Discord with the same personas on one board, and the page that shows them."""

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from typing import Any

from adapters.playground import personas
from adapters.playground.board import Board
from adapters.playground.discord import Discord
from adapters.playground.discord.gateway import Intent
from adapters.playground.discord.permissions import Permission
from adapters.playground.discord.standin import IDENTIFY_GAP, INVITED_WITH
from adapters.playground.slack import SlackStandIn
from adapters.playground.stage import ActsFor, Move, NextRing, Stage, Story
from adapters.playground.time import Clock
from adapters.playground.wire import Wire

SLACK_BOT_TOKEN = "xoxb-playground"
SLACK_APP_TOKEN = "xapp-1-playground"
DISCORD_TOKEN = "playground.discord.token"
PRIVILEGED = {
    "members": Intent.GUILD_MEMBERS,
    "message_content": Intent.MESSAGE_CONTENT,
    "presences": Intent.GUILD_PRESENCES,
}
CONNECT = """\
Slack    {slack.api_url}
    SLACK_API_URL={slack.api_url}
    SLACK_BOT_TOKEN={slack.bot_token}
    SLACK_APP_TOKEN={slack.app_token}
    SLACK_TEAM_ID={slack.team}
Discord  {discord.api_url}
    DISCORD_API_URL={discord.api_url}
    DISCORD_GATEWAY_URL={discord.gateway_url}
    DISCORD_TOKEN={discord.token}
    DISCORD_APPLICATION_ID={discord.application_id}
    DISCORD_GUILD_ID={discord.guild_id}
"""


class Ground:
    """Both stand-ins, ready to start. Tokens and the keys of people, channels and servers are the same every time."""

    def __init__(
        self,
        clock: Clock,
        manifest: Mapping[str, Any] | None = None,
        *,
        slack_bot_token: str = SLACK_BOT_TOKEN,
        slack_app_token: str = SLACK_APP_TOKEN,
        discord_token: str = DISCORD_TOKEN,
        discord_server: str = personas.SERVER,
        intents: Iterable[str] = (),
        discord_permissions: int = INVITED_WITH,
        fast: bool = False,
    ) -> None:
        """`manifest` is the Slack app's; `intents` names Discord's privileged ones; `fast` lifts the rate limits."""
        if not discord_server.isdecimal():
            raise ValueError("The id of a Discord server is a number.")
        self.clock = clock
        self.board = Board()
        wire = Wire(self.board, clock)
        self.slack = SlackStandIn(
            self.board,
            clock,
            wire=wire,
            name=personas.COMMUNITY,
            manifest=manifest,
            limits=not fast,
            bot_token=slack_bot_token,
            app_token=slack_app_token,
        )
        self.discord = Discord(
            self.board,
            clock,
            wire=wire,
            server=personas.COMMUNITY,
            guild_key=discord_server,
            bot_key=personas.BOT,
            token=discord_token,
            permissions=Permission(discord_permissions),
            privileged=sum(PRIVILEGED[name] for name in intents),
            identify_gap=0.0 if fast else IDENTIFY_GAP,
        )
        self.discord.limits.enforced = not fast
        personas.assemble(self.slack, self.discord)

    @asynccontextmanager
    async def open(self, slack_port: int = 0, discord_port: int = 0) -> AsyncIterator["Ground"]:
        """Listen on loopback until the block ends; port 0 takes a free one."""
        try:
            await self.slack.start(port=slack_port)
            await self.discord.start(port=discord_port)
            yield self
        finally:
            await self.discord.stop()
            await self.slack.stop()

    @asynccontextmanager
    async def page(
        self,
        port: int,
        move: Move,
        next_ring: NextRing | None = None,
        story: Story | None = None,
        more: Mapping[str, ActsFor] | None = None,
    ) -> AsyncIterator[Stage]:
        """Serve the page until the block ends; `more` are acts of others than the two platforms."""
        acts = {"slack": self.slack.act, "discord": self.discord.act, **(more or {})}
        stage = Stage(self.board, self.clock, move, acts, next_ring, story)
        await stage.start(port=port)
        try:
            yield stage
        finally:
            await stage.stop()

    def connect(self) -> str:
        """How to connect a bot, as lines for its environment."""
        return CONNECT.format(slack=self.slack, discord=self.discord)
