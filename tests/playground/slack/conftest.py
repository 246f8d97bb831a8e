"""A stand-in Slack for each test, with a clock and a stopwatch that the test moves by hand."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from adapters.playground.board import Board
from adapters.playground.slack import SlackStandIn


class HandClock:
    """A wall clock that moves when told."""

    def __init__(self) -> None:
        self.at = datetime(2026, 9, 17, 12, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def pass_(self, **by: float) -> None:
        self.at += timedelta(**by)


class HandStopwatch:
    """A stopwatch that moves when told."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class Ears:
    """One raw socket of an app: hears envelopes and acknowledges them."""

    def __init__(self, ws: aiohttp.ClientWebSocketResponse) -> None:
        self.ws = ws

    async def hear(self, kind: str) -> dict[str, Any]:
        """The next envelope of this kind; others are acknowledged and passed over."""
        async with asyncio.timeout(5):
            while True:
                told = await self.ws.receive_json()
                if told.get("type") == "disconnect":
                    if kind == "disconnect":
                        return told
                    continue
                payload = told["payload"]
                name = payload["event"]["type"] if told["type"] == "events_api" else payload.get("type", told["type"])
                if name == kind:
                    return told
                await self.ack(told)

    async def ack(self, envelope: dict[str, Any], payload: Any = None) -> None:
        told = {"envelope_id": envelope["envelope_id"]}
        await self.ws.send_json(told if payload is None else {**told, "payload": payload})

    async def answer(self, act: Coroutine[Any, Any, Any], kind: str, payload: Any = None) -> tuple[Any, dict[str, Any]]:
        """Let somebody act, acknowledge what the app hears of it; how the act ended, and the envelope."""
        acting = asyncio.create_task(act)
        envelope = await self.hear(kind)
        await self.ack(envelope, payload)
        async with asyncio.timeout(5):
            return await acting, envelope


@dataclass
class Town:
    """A stand-in with three people and two channels, and a bare HTTP client that speaks to it as an app would."""

    slack: SlackStandIn
    board: Board
    clock: HandClock
    stopwatch: Any
    http: aiohttp.ClientSession
    keys: dict[str, str] = field(default_factory=dict)
    first: Ears | None = None
    sockets: list[aiohttp.ClientWebSocketResponse] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.keys[name]

    async def call(self, method: str, args: dict[str, Any] | None = None, token: str | None = None) -> dict[str, Any]:
        """Call a method with a JSON body and read the JSON answer, whatever its status."""
        headers = {"Authorization": f"Bearer {self.slack.bot_token if token is None else token}"}
        async with self.http.post(self.slack.api_url + method, json=args or {}, headers=headers) as response:
            return await response.json()

    async def error(self, method: str, args: dict[str, Any] | None = None, token: str | None = None) -> str | None:
        """The error code of a call, or nothing if it was carried out."""
        return (await self.call(method, args, token)).get("error")

    async def post(self, text: str = "Hello", **more: Any) -> str:
        """Post in #london and give back the timestamp."""
        answer = await self.call("chat.postMessage", {"channel": self["london"], "text": text, **more})
        assert answer["ok"], answer
        return answer["ts"]

    async def ears(self, *, another: bool = False) -> Ears:
        """The app's socket, connected when it is first needed; or one more."""
        if another or self.first is None:
            self.first = Ears(await self.socket())
        return self.first

    async def socket(self) -> aiohttp.ClientWebSocketResponse:
        """Connect a socket as an app would, and read its hello."""
        answer = await self.call("apps.connections.open", token=self.slack.app_token)
        ws = await self.http.ws_connect(answer["url"], autoping=False)
        assert (await ws.receive_json())["type"] == "hello"
        self.sockets.append(ws)
        return ws

    async def trigger(self) -> str:
        """A fresh trigger id of Ada's, as the app gets it with a command."""
        _, envelope = await (await self.ears()).answer(
            self.slack.slash(self["ada"], self["london"], "/x"), "slash_commands"
        )
        return envelope["payload"]["trigger_id"]

    async def opened(self, view: dict[str, Any]) -> dict[str, Any]:
        """A modal that Ada has before her."""
        answer = await self.call("views.open", {"trigger_id": await self.trigger(), "view": view})
        assert answer["ok"], answer
        return answer["view"]

    def message(self, ts: str, channel: str = "london") -> Any:
        return self.board.get(f"slack/message/{self[channel]}/{ts}")

    def ephemerals(self, user: str = "ada") -> list[Any]:
        return list(self.board.rows(f"slack/ephemeral/{self[user]}/").values())

    def views(self, user: str = "ada") -> list[Any]:
        return list(self.board.rows(f"slack/view/{self[user]}/").values())


@pytest.fixture
def manifest() -> dict[str, Any] | None:
    """The app's manifest; tests that need one override this."""
    return None


@pytest.fixture
def stopwatch() -> Any:
    """The stopwatch; tests with a real library on the other side override this with a real one."""
    return HandStopwatch()


@pytest.fixture
async def town(manifest: dict[str, Any] | None, stopwatch: Any) -> AsyncIterator[Town]:
    board, clock = Board(), HandClock()
    slack = SlackStandIn(board, clock, stopwatch, manifest=manifest)
    keys = {
        "ada": slack.add_user("Ada Lovelace", "ada", is_admin=True),
        "grace": slack.add_user("Grace Hopper", "grace"),
        "alan": slack.add_user("Alan Turing", "alan"),
    }
    keys["london"] = slack.add_channel("london")
    keys["quiet"] = slack.add_channel("quiet", [keys["ada"]], bot=False)
    await slack.start()
    async with aiohttp.ClientSession() as http:
        yield Town(slack, board, clock, stopwatch, http, keys)
    await slack.stop()
