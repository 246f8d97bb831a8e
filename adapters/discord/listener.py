"""The listener: one life of a client at Discord's gateway."""

import asyncio
import logging
from collections.abc import Callable

import aiohttp
import discord

from adapters.discord.sender import SOCKETS

NEEDED = discord.Permissions(
    view_channel=True,
    send_messages=True,
    create_public_threads=True,
    send_messages_in_threads=True,
    attach_files=True,
    read_message_history=True,
)
"""What the bot must be allowed in its channels: to post, also pictures, to open threads, and to find its messages."""

log = logging.getLogger(__name__)


class Listener(discord.Client):
    """Hears what people do in the server. It is never mended: when it falls silent, another one takes its place."""

    def __init__(self, server: int, hear: Callable[[discord.Interaction], None], present: asyncio.Event) -> None:
        """`present` is set while the gateway talks to us and the server is there."""
        super().__init__(
            # The server with its channels and roles; members come with what they do. Nothing here is privileged.
            intents=discord.Intents(guilds=True),
            max_messages=None,
            allowed_mentions=discord.AllowedMentions.none(),
            connector=aiohttp.TCPConnector(limit=SOCKETS),
            # There is one server to wait for; what comes later is taken in as it comes.
            guild_ready_timeout=0.05,
        )
        self._present = present
        self._server = server
        self._hear = hear
        self._live = False
        self._sessions = 0
        self._changed = asyncio.Event()

    @property
    def server(self) -> discord.Guild | None:
        """Our server as last seen, None where it never was."""
        return self.get_guild(self._server)

    async def silence(self, within: float) -> None:
        """Return once there has been no session at the gateway for `within` seconds."""
        while True:
            self._changed.clear()
            try:
                async with asyncio.timeout(None if self._live else within):
                    await self._changed.wait()
            except TimeoutError:
                return

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait longer before each further session, as Discord allows about 1,000 a day."""
        if not initial:
            self._sessions += 1
            await asyncio.sleep(5.0 * self._sessions)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        self._hear(interaction)

    async def on_ready(self) -> None:
        self._turn(live=True)
        if self.server is None:
            log.error(
                "The bot is not in the Discord server %s that [discord] server names. Whoever manages it can add it: "
                "https://discord.com/oauth2/authorize?client_id=%s&scope=bot+applications.commands&permissions=%s",
                self._server,
                self.application_id,
                NEEDED.value,
            )

    async def on_resumed(self) -> None:
        self._turn(live=True)

    async def on_disconnect(self) -> None:
        self._turn(live=False)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        self._turn(live=self._live)

    async def on_guild_available(self, guild: discord.Guild) -> None:
        self._turn(live=self._live)

    async def on_guild_unavailable(self, guild: discord.Guild) -> None:
        self._turn(live=self._live)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        self._turn(live=self._live)

    def _turn(self, *, live: bool) -> None:
        if live != self._live:
            self._live = live
            self._changed.set()
        server = self.server
        if live and server is not None and not server.unavailable:
            self._present.set()
        else:
            self._present.clear()
