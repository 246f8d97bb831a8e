"""Clients without any bot library: raw HTTP and a raw gateway socket, and a clock that only the test moves."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp

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
