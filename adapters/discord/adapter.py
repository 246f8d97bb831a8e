"""The adapter: one Discord server, as the bot's staff sees it."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from time import monotonic
from urllib.parse import urlsplit, urlunsplit

import discord

from adapters.discord import read, slash, undocumented
from adapters.discord.exchange import USUAL, Deadlines, Exchange
from adapters.discord.listener import NEEDED, Listener
from adapters.discord.sender import Sender
from bot.clock import Clock
from bot.commands import Declared
from bot.domain.people import Platform
from bot.domain.places import Destination, Home, Place
from bot.messages import Message
from bot.ports import Busy, Front, Gone, Pace, Refused

log = logging.getLogger(__name__)

_WRONG_TOKEN = (
    "Discord does not accept [discord] token (or the environment variable DISCORD_TOKEN). Take a fresh one from “Bot” "
    "of your application in the developer portal, and start the bot anew."
)


_LONG = 300.0
"""A connection that lasted so many seconds was a good one."""


class Discord:
    """Discord, by discord.py. The addresses are Discord's own unless a stand-in's are given.

    Give addresses to one adapter of a process only: discord.py keeps them for the whole process.
    """

    platform: Platform = read.PLATFORM
    title = "Discord"
    # Discord takes 5 messages in 5 s in one channel; edits of older messages are counted more strictly.
    pace = Pace(place=1.0, edits=60)

    def __init__(
        self,
        token: str,
        server: str,
        commands: Sequence[Declared],
        clock: Clock,
        api_url: str = "",
        gateway_url: str = "",
        *,
        deadlines: Deadlines = USUAL,
    ) -> None:
        if api_url:
            undocumented.point(api_url, gateway_url or _gateway_beside(api_url))
        undocumented.quieten()
        self._token = token
        self._server = int(server)
        self._commands = slash.payload(commands)
        self._shortcuts = {command.shortcut: command.name for command in commands if command.shortcut}
        self._clock = clock
        self._deadlines = deadlines
        self._sender = Sender(self._server, clock, deadlines.send)
        self._listener: Listener | None = None
        self._present = asyncio.Event()
        self._registered = asyncio.Event()
        self._answering: set[asyncio.Task[None]] = set()

    # Staying connected

    async def run(self, front: Front) -> None:
        """Connect and stay connected; returns only by being cancelled, after letting go cleanly."""
        try:
            await self._login()
            async with asyncio.TaskGroup() as group:
                group.create_task(self._listen(front))
                group.create_task(self._register())
        finally:
            await self._sender.close()

    async def connected(self) -> None:
        """Wait until calls reach us and messages can be sent."""
        await self._registered.wait()
        await self._present.wait()

    async def _login(self) -> None:
        pause = self._deadlines.pause
        while True:
            try:
                await self._sender.login(self._token)
                return
            except discord.LoginFailure:
                log.error(_WRONG_TOKEN)
                await asyncio.sleep(self._deadlines.wrong_token)
            except (Busy, Gone, Refused) as no:
                log.warning("%s Trying again in %.0f s.", no, pause)
                await asyncio.sleep(pause)
                pause = min(2 * pause, self._deadlines.pauses)

    async def _register(self) -> None:
        """Make the server know our slash commands, as soon as it is there."""
        pause = self._deadlines.pause
        while True:
            await self._present.wait()
            try:
                await self._sender.register(self._commands)
                self._registered.set()
                return
            except (Busy, Gone, Refused) as no:
                # Buttons work without them, so nobody has to wait for this.
                log.error("Slash commands could not be registered. %s Trying again in %.0f s.", no, pause)
                self._registered.set()
                await asyncio.sleep(pause)
                pause = min(2 * pause, self._deadlines.pauses)

    async def _listen(self, front: Front) -> None:
        """Listen through one client after the other.

        The pauses between them grow, as Discord allows about 1,000 sessions a day. Even a client that dies again and
        again after five good minutes needs 288.
        """
        pause = self._deadlines.pause
        while True:
            began = monotonic()
            why = await self._hear_out(front)
            if isinstance(why, discord.LoginFailure):
                log.error(_WRONG_TOKEN)
                await asyncio.sleep(self._deadlines.wrong_token)
                continue
            if monotonic() - began > _LONG:
                pause = self._deadlines.pause
            # Not only what the network does ends a client: so does an event that discord.py cannot read.
            log.warning("The connection to Discord ended: %r. A new one in %.0f s.", why, pause)
            await asyncio.sleep(pause)
            pause = min(2 * pause, self._deadlines.pauses)

    async def _hear_out(self, front: Front) -> BaseException | str:
        """Listen through one client until it dies or falls silent, and tell why it ended."""
        listener = self._listener = Listener(self._server, partial(self._hear, front), self._present)
        life = asyncio.create_task(listener.start(self._token))
        silence = asyncio.create_task(listener.silence(self._deadlines.gateway))
        try:
            await asyncio.wait({life, silence}, return_when=asyncio.FIRST_COMPLETED)
            return (life.exception() or "it was closed") if life.done() else "it fell silent"
        finally:
            self._present.clear()
            await _stopped(life, silence)
            # What is being answered needs the client a moment longer.
            await _finished(self._answering, self._deadlines.goodbye)
            await undocumented.close(listener, self._deadlines.farewell)

    # What people do

    def _hear(self, front: Front, interaction: discord.Interaction) -> None:
        standing, now = partial(self._manages, interaction), self._clock.now()
        exchange = Exchange(interaction, front, standing, now, self._deadlines, self._shortcuts)
        answering = asyncio.create_task(exchange.held(interaction.guild_id in (None, self._server)))
        self._answering.add(answering)
        answering.add_done_callback(self._answered)

    def _answered(self, answering: asyncio.Task[None]) -> None:
        self._answering.discard(answering)
        if not answering.cancelled() and (error := answering.exception()) is not None:
            log.error("An interaction on Discord was not answered.", exc_info=error)

    async def _manages(self, interaction: discord.Interaction) -> bool:
        """Whether whoever acts manages the server. In direct messages Discord does not say, and has to be asked."""
        if interaction.guild_id is not None:
            return interaction.permissions.manage_guild or interaction.permissions.administrator
        return await self._sender.manages(interaction.user.id)

    # What the bot says

    async def home(self, name: str) -> Home | None:
        """The text channel with this id, or this name with or without `#`, if we may read and write there."""
        await self._present.wait()
        server = self._listener.server if self._listener is not None else None
        # Whoever types a channel's name into a command has it turned into a mention.
        sought = name.strip().removeprefix("<").removesuffix(">").removeprefix("#").lower()
        for channel in server.text_channels if server is not None else ():
            if sought in (str(channel.id), channel.name.lower()):
                return _home(channel)
        return None

    async def post(self, to: Destination, message: Message, key: str) -> str:
        """Post a message; its ref is `channel/message`."""
        return await self._sender.post(to, message, key)

    async def edit(self, place: Place, ref: str, message: Message) -> None:
        """Replace what a message of ours says; the ref alone tells where it is."""
        await self._sender.edit(ref, message)

    async def find(self, to: Destination, key: str, since: datetime) -> str | None:
        """The ref of the message that an attempt begun at `since` left with this key, if it did arrive."""
        return await self._sender.find(to, key, since)


def _home(channel: discord.TextChannel) -> Home | None:
    may = channel.permissions_for(channel.guild.me)
    if not (may.view_channel and may.send_messages):
        log.warning("The bot may not read and write in #%s on Discord.", channel.name)
        return None
    if not NEEDED.is_subset(may):
        log.warning(
            "In #%s on Discord the bot lacks a permission: Create Public Threads, Send Messages in Threads and Read "
            "Message History are all needed.",
            channel.name,
        )
    return Home(Place(read.PLATFORM, str(channel.id)), channel.name)


async def _stopped(*tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _finished(tasks: set[asyncio.Task[None]], within: float) -> None:
    """Wait for these a moment, then stop what is left of them."""
    if tasks:
        _, late = await asyncio.wait(tasks, timeout=within)
        await _stopped(*late)


def _gateway_beside(api_url: str) -> str:
    parts = urlsplit(api_url)
    return urlunsplit(("wss" if parts.scheme == "https" else "ws", parts.netloc, "/gateway", "", ""))
