"""The sender: posts, edits and finds messages through Discord's web interface, whether or not the gateway is up."""

import asyncio
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from hashlib import sha256
from types import SimpleNamespace
from typing import Any, assert_never

import aiohttp
import discord

from adapters.discord import limits, render, slash, undocumented, words
from adapters.discord.troubles import LATER, Unwell, judge, translated
from bot.clock import Clock
from bot.domain.people import Person
from bot.domain.places import Destination, Place, Thread
from bot.messages import Message
from bot.ports import Busy, Gone, Unknown

SOCKETS = 32
"""More at once make a burst of answers slower: discord.py's own connector opens a socket for each."""

WEEK = 10080
"""Minutes of silence after which a thread is archived: the longest that Discord offers. Writing opens it again."""

_UNKNOWN_CHANNEL, _UNKNOWN_MESSAGE, _THREAD_EXISTS = 10003, 10008, 160004
_POSTING = re.compile(r"/channels/\d+/messages$")
_REMEMBERED = timedelta(minutes=2)
"""How long a nonce is surely known: Discord says "the past few minutes" (D resources/message.mdx, Create Message)."""
_READ = 1000
"""Messages of a history that are looked through at most: ten requests."""
_EARLIER = timedelta(minutes=2)
"""How far Discord's clock may be behind ours."""


def ref(channel: int, message: int) -> str:
    """A message's ref is `channel/message`, as both are needed to reach it, and a thread's channel is not its place."""
    return f"{channel}/{message}"


def mark(key: str) -> int:
    """A number made from an errand's key, carried by the message's first component (its `id` has 31 bits)."""
    # Discord numbers components without an id from 1; ours stays clear of them.
    return max(1000, int.from_bytes(sha256(key.encode()).digest()[:4], "big") & 0x7FFFFFFF)


def nonce(channel: int, key: str) -> str:
    """What makes Discord return the first message instead of posting a second, for a few minutes.

    Discord looks for it wherever the bot posts, and the same thing may be said directly first and in a thread then.
    """
    return sha256(f"{channel} {key}".encode()).hexdigest()[: limits.NONCE]


class Sender:
    """A client that never connects to the gateway and therefore never needs to be replaced."""

    def __init__(self, server: int, clock: Clock, within: float) -> None:
        self._server = server
        self._clock = clock
        self._within = within
        self._client: discord.Client | None = None
        self._direct: dict[str, int] = {}
        """Where each person is written to; Discord minds those who open many direct messages quickly."""
        self._threads: set[int] = set()
        """Those known to be there, which need not be looked up again."""

    @property
    def client(self) -> discord.Client:
        """The client, logged in; raises Busy before it is."""
        if self._client is None:
            raise Busy(LATER, "Discord has not been reached yet.")
        return self._client

    async def login(self, token: str) -> None:
        """Check the token and begin; raises discord.LoginFailure for a wrong one, and Busy."""
        client = discord.Client(
            # discord.py warns of any less; without a gateway they mean nothing.
            intents=discord.Intents(guilds=True),
            max_messages=None,
            allowed_mentions=discord.AllowedMentions.none(),
            connector=aiohttp.TCPConnector(limit=SOCKETS),
            http_trace=_impatient(),
        )
        try:
            async with self._edge():
                await client.login(token)
        except BaseException:
            await client.close()
            raise
        self._client = client

    async def close(self) -> None:
        if self._client is not None:
            await self._client.close()

    async def register(self, commands: Sequence[Mapping[str, Any]]) -> None:
        """Make the server know exactly these slash commands. Nothing is sent where it does already."""
        async with self._edge():
            if not slash.same(commands, await undocumented.registered(self.client, self._server)):
                await undocumented.register(self.client, self._server, commands)

    async def manages(self, user: int) -> bool:
        """Whether somebody manages the server."""
        async with self._edge():
            server = await self.client.fetch_guild(self._server, with_counts=False)
            try:
                may = (await server.fetch_member(user)).guild_permissions
            except discord.NotFound:
                return False
        return may.manage_guild or may.administrator

    async def post(self, to: Destination, message: Message, key: str) -> str:
        """Post a message and return its ref; in a thread that does not exist yet, open it first."""
        channel = await self._channel(to)
        if isinstance(to, Thread) and channel not in self._threads:
            await self._open(to)
        try:
            return await self._send(channel, message, key)
        except Gone as gone:
            if not isinstance(to, Thread) or _code(gone) != _UNKNOWN_CHANNEL:
                raise
        # Somebody has deleted it meanwhile.
        await self._open(to, anew=True)
        return await self._send(channel, message, key)

    async def edit(self, ref: str, message: Message) -> None:
        """Replace what a message of ours says."""
        channel, key = _parts(ref)
        async with self._edge():
            place = self.client.get_partial_messageable(channel)
            view = render.message(message)
            # Pictures that are not named here go with the edit.
            files, mentions = render.files(message), render.mentions(message)
            await place.get_partial_message(key).edit(view=view, attachments=files, allowed_mentions=mentions)

    async def find(self, to: Destination, key: str, since: datetime) -> str | None:
        """The ref of the message that was posted with this key after `since`."""
        channel, seen = await self._channel(to), 0
        # So soon after the attempt its nonce keeps a second one from becoming a second message.
        known = self._clock.now() - since <= _REMEMBERED
        try:
            async with self._edge():
                place, sought = self.client.get_partial_messageable(channel), mark(key)
                async for found in place.history(limit=_READ, after=since - _EARLIER, oldest_first=True):
                    seen += 1
                    if found.author == self.client.user and _mark(found) == sought:
                        return ref(channel, found.id)
            if seen == _READ and not known:
                raise Unknown(f"So much has been said there since that only {_READ} messages were looked through.")
        except Gone as gone:
            # The thread is opened by the message that was to be its first.
            if not isinstance(to, Thread) or _code(gone) != _UNKNOWN_CHANNEL:
                raise
        except Unwell:
            # Histories have been seen to fail for as long as some message was in them (discord-api-docs#8611).
            if not known:
                raise
        return None

    async def _channel(self, to: Destination) -> int:
        match to:
            case Place(key=key):
                return int(key)
            case Thread(ref=card):
                # A thread that was made from a message has the message's id.
                return _parts(card)[1]
            case Person(key=key):
                if key not in self._direct:
                    async with self._edge():
                        self._direct[key] = (await self.client.create_dm(undocumented.snowflake(key))).id
                return self._direct[key]
            case _:
                assert_never(to)

    async def _send(self, channel: int, message: Message, key: str) -> str:
        view = render.message(message, mark(key))
        async with self._edge(posting=True):
            place = self.client.get_partial_messageable(channel)
            try:
                sent = await place.send(
                    view=view,
                    files=render.files(message),
                    allowed_mentions=render.mentions(message),
                    nonce=nonce(channel, key),
                )
            except discord.NotFound as no:
                if no.code != _UNKNOWN_MESSAGE:
                    raise
                # Posted with the same key minutes ago and deleted by somebody; Discord forgets that soon.
                raise Busy(180.0, "The same message was deleted a moment ago.") from no
        return ref(channel, sent.id)

    async def _open(self, thread: Thread, *, anew: bool = False) -> None:
        """Make the thread of a card, named after the card's heading, unless it is there already."""
        channel, key = _parts(thread.ref)
        async with self._edge():
            place = await self.client.fetch_channel(channel)
            if not isinstance(place, discord.TextChannel):
                raise Gone(f"The channel {channel} has no threads.")
            card = await place.fetch_message(key)
            if anew or not card.flags.has_thread:
                try:
                    await card.create_thread(name=_heading(card), auto_archive_duration=WEEK)
                except discord.HTTPException as no:
                    if no.code != _THREAD_EXISTS:
                        raise
        self._threads.add(key)

    @asynccontextmanager
    async def _edge(self, *, posting: bool = False) -> AsyncIterator[None]:
        with translated(posting=posting):
            async with asyncio.timeout(self._within):
                yield


def _impatient() -> aiohttp.TraceConfig:
    """Ends requests that Discord answers with "not now".

    discord.py would sleep on a 429 for as long as it says, and on a 5xx for up to 25 s, and try again; that is the
    postman's work. A trace is the one place where both libraries let us look at an answer first.
    """

    async def judged(
        session: aiohttp.ClientSession, context: SimpleNamespace, params: aiohttp.TraceRequestEndParams
    ) -> None:
        answer = params.response
        posting = params.method == "POST" and _POSTING.search(params.url.path) is not None
        try:
            judge(answer.status, answer.headers.get("Retry-After"), posting=posting)
        except BaseException:
            answer.close()
            raise

    trace = aiohttp.TraceConfig()
    trace.on_request_end.append(judged)
    return trace


def _parts(ref: str) -> tuple[int, int]:
    channel, _, message = ref.partition("/")
    return int(channel), int(message)


def _code(gone: Gone) -> int | None:
    return gone.__cause__.code if isinstance(gone.__cause__, discord.HTTPException) else None


def _mark(message: discord.Message) -> int | None:
    first = message.components[0] if message.components else None
    return first.id if isinstance(first, discord.Container | discord.TextDisplay) else None


def _heading(card: discord.Message) -> str:
    """The first heading of a message of ours, to name its thread by."""
    for component in discord.ui.LayoutView.from_message(card).walk_children():
        if isinstance(component, discord.ui.TextDisplay) and component.content.startswith("#"):
            return limits.shorten(words.unmarked(component.content.partition("\n")[0]), limits.THREAD) or "Chat"
    return "Chat"
