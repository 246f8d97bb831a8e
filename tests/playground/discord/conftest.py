"""A small Discord for each test, with London, two people, and a stopwatch that only the test moves."""

import asyncio
import json
import os
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import discord
import pytest
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from adapters.playground.board import Board
from adapters.playground.discord import Discord

GUILDS, GUILD_MEMBERS, MESSAGES, DIRECT_MESSAGES, CONTENT = 1, 1 << 1, 1 << 9, 1 << 12, 1 << 15
UNPRIVILEGED = GUILDS | MESSAGES | DIRECT_MESSAGES | 1 << 16


@dataclass
class Watch:
    """A wall clock and a stopwatch that move when told to."""

    wall: datetime = datetime(2026, 9, 17, 17, 0, tzinfo=UTC)
    passed: float = 1000.0

    def now(self) -> datetime:
        return self.wall

    def stopwatch(self) -> float:
        return self.passed

    def pass_(self, seconds: float) -> None:
        """Let both move on."""
        self.passed += seconds
        self.wall += timedelta(seconds=seconds)


@dataclass
class Reply:
    """An answer over raw HTTP."""

    status: int
    json: Any
    headers: Mapping[str, str]

    @property
    def code(self) -> Any:
        return self.json["code"]

    def problem(self, *path: str) -> str:
        """The first error noted at a path of the nested errors."""
        spot = self.json["errors"]
        for step in path:
            spot = spot[step]
        return spot["_errors"][0]["code"]


class Raw:
    """REST without any bot library."""

    def __init__(self, standin: Discord, session: aiohttp.ClientSession) -> None:
        self._standin = standin
        self._session = session

    async def __call__(
        self, method: str, path: str, body: Any = None, *, token: str | None = None, data: Any = None
    ) -> Reply:
        headers = {"Authorization": f"Bot {token or self._standin.token}"}
        url = self._standin.api_url + path
        async with self._session.request(method, url, json=body, data=data, headers=headers) as response:
            text = await response.text()
            found = json.loads(text) if response.content_type == "application/json" and text else text or None
            return Reply(response.status, found, response.headers)


@dataclass
class Line:
    """A raw gateway connection without any bot library."""

    ws: aiohttp.ClientWebSocketResponse
    token: str
    seen: list[dict[str, Any]] = field(default_factory=list)

    async def next(self) -> dict[str, Any]:
        """The next frame that is not a heartbeat's acknowledgement."""
        message = await asyncio.wait_for(self.ws.receive(), 5)
        assert message.type is aiohttp.WSMsgType.TEXT, f"{message.type} {message.data}"
        frame = json.loads(message.data)
        self.seen.append(frame)
        return frame

    async def until(self, event: str) -> dict[str, Any]:
        """The data of the next event of this name."""
        while True:
            frame = await self.next()
            if frame["t"] == event:
                return frame["d"]

    async def closed(self) -> int | None:
        """Read until the stand-in hangs up; its close code."""
        while True:
            message = await asyncio.wait_for(self.ws.receive(), 5)
            if message.type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.CLOSING):
                return self.ws.close_code

    async def send(self, op: int, data: Any = None) -> None:
        await self.ws.send_str(json.dumps({"op": op, "d": data}))

    async def identify(self, intents: int = UNPRIVILEGED, **more: Any) -> dict[str, Any]:
        """Identify and read until the server has been told; READY's data."""
        await self.send(2, {"token": self.token, "intents": intents, "properties": {}} | more)
        ready = await self.until("READY")
        if intents & GUILDS:
            await self.until("GUILD_CREATE")
        return ready


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
async def standin(watch: Watch) -> AsyncIterator[Discord]:
    playing = Discord(Board(), watch, stopwatch=watch.stopwatch, identify_gap=0.0)
    await playing.start()
    yield playing
    await playing.stop()


@pytest.fixture
def ada(standin: Discord) -> str:
    return standin.add_user("Ada Lovelace", manager=True)


@pytest.fixture
def grace(standin: Discord) -> str:
    return standin.add_user("Grace Hopper")


@pytest.fixture
def london(standin: Discord) -> str:
    return standin.add_channel("london")


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture
def raw(standin: Discord, session: aiohttp.ClientSession) -> Raw:
    return Raw(standin, session)


@pytest.fixture
async def dial(standin: Discord, session: aiohttp.ClientSession) -> AsyncIterator[Callable[..., Any]]:
    """Opens raw gateway connections, and closes them in the end."""
    lines: list[Line] = []

    async def open_(path: str = "/gateway?v=10&encoding=json", *, hello: bool = True) -> Line:
        url = standin.gateway_url.removesuffix("/gateway") + path
        line = Line(await session.ws_connect(url, autoclose=False), standin.token)
        lines.append(line)
        if hello:
            assert (await line.next())["op"] == 10
        return line

    yield open_
    for line in lines:
        await line.ws.close()


@pytest.fixture
async def line(dial: Callable[..., Any]) -> Line:
    """A connection that has identified."""
    opened = await dial()
    await opened.identify()
    return opened


@pytest.fixture
async def running(standin: Discord, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Callable[[discord.Client], Any]]:
    """Runs discord.py clients against the stand-in until the test ends."""
    monkeypatch.setattr(Route, "BASE", standin.api_url)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(standin.gateway_url))
    clients: list[tuple[discord.Client, asyncio.Task[None]]] = []

    async def run(client: discord.Client) -> discord.Client:
        task = asyncio.create_task(client.start(standin.token))
        clients.append((client, task))
        ready = asyncio.create_task(client.wait_until_ready())
        await asyncio.wait([task, ready], timeout=10, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            task.result()
        assert client.is_ready()
        return client

    yield run
    for client, task in clients:
        await client.close()
        await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
def until(standin: Discord) -> Callable[[str, Callable[[Any], bool]], Any]:
    """Waits for the board to show a row of a kind that is as awaited, and returns it."""

    async def row(prefix: str, awaited: Callable[[Any], bool]) -> Any:
        async with asyncio.timeout(5):
            with standin.board.watch() as seen:
                async for name, found in seen:
                    if name.startswith(prefix) and found is not None and awaited(found):
                        return found

    return row


@pytest.fixture
def specs() -> Path:
    """Where Discord's specifications are; without them such a test is skipped."""
    root = os.environ.get("PLATFORM_SPECS")
    if root is None:
        pytest.skip("PLATFORM_SPECS names no directory of specifications")
    return Path(root) / "discord"
