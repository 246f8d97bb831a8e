"""Socket Mode: single-use URLs, up to ten sockets, envelopes and acknowledgements (docs: Using Socket Mode)."""

import asyncio
import json
from dataclasses import dataclass, field
from secrets import token_hex
from time import perf_counter
from typing import Any
from uuid import uuid4

from aiohttp import WSCloseCode, WSMsgType, web

from adapters.playground.slack.app import App
from adapters.playground.slack.deadlines import Deadlines
from adapters.playground.slack.faults import Faults
from adapters.playground.slack.world import Json
from adapters.playground.time import Clock
from adapters.playground.wire import Wire

ACK_SECONDS = 3.0
TICKET_SECONDS = 30.0
NOTICE_SECONDS = 10.0
MOST_SOCKETS = 10
PING_SECONDS = 15.0
FAREWELL_SECONDS = 1.0
"""How long a client may take to answer a closing handshake before it is cut off."""

ANSWERABLE = frozenset({"slash_commands", "view_submission", "block_suggestion"})
"""What may be acknowledged with a payload; anything else is acknowledged bare."""


@dataclass(slots=True)
class Socket:
    """One connected socket. It stays `open` until Slack has told it to go away."""

    ws: web.WebSocketResponse
    request: web.Request
    host: str
    open: bool = True


@dataclass(frozen=True, slots=True)
class Ack:
    """How an envelope ended: acknowledged in time, perhaps with a payload, or not (`error`)."""

    acked: bool
    payload: Any = None
    error: str | None = None


@dataclass(slots=True)
class Sent:
    """An envelope that waits for its acknowledgement."""

    until: float
    answerable: bool
    ended: asyncio.Future[Ack] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Sockets:
    """The app's sockets; any one of them gets an envelope."""

    def __init__(self, app: App, clock: Clock, deadlines: Deadlines, faults: Faults, wire: Wire) -> None:
        self._app, self._clock, self._deadlines, self._faults, self._wire = app, clock, deadlines, faults, wire
        self._tickets: dict[str, float] = {}
        self._sockets: list[Socket] = []
        self._sent: dict[str, Sent] = {}
        self._turn = 0
        self._hosts = 0
        self._leaving: set[asyncio.Task[None]] = set()
        self.changed = asyncio.Condition()

    # --- connections -----------------------------------------------------------------------------------------------

    def ticket(self) -> str:
        """A new ticket for one socket, good once and for a short while."""
        key = token_hex(16)
        self._tickets[key] = self._deadlines.stopwatch() + TICKET_SECONDS
        return key

    @property
    def count(self) -> int:
        """How many sockets can get an envelope."""
        return sum(one.open and not one.ws.closed for one in self._sockets)

    async def connected(self, count: int = 1) -> None:
        """Wait until at least this many sockets are connected."""
        async with self.changed:
            await self.changed.wait_for(lambda: self.count >= count)

    async def disconnected(self) -> None:
        """Wait until no socket is connected."""
        async with self.changed:
            await self.changed.wait_for(lambda: self.count == 0)

    async def accept(self, request: web.Request) -> web.StreamResponse:
        """A client connects to the URL that apps.connections.open gave it."""
        until = self._tickets.pop(request.query.get("ticket", ""), None)
        if until is None or self._deadlines.stopwatch() > until or self._faults.strikes("refused_socket"):
            self._wire.record("slack", "in", "socket: connect", status=403, refused="invalid ticket")
            return web.Response(status=403, text="invalid ticket")
        ws = web.WebSocketResponse(heartbeat=PING_SECONDS, timeout=FAREWELL_SECONDS)
        await ws.prepare(request)
        self._hosts += 1
        host = f"applink-{self._hosts}"
        if self.count >= MOST_SOCKETS:
            await self._say(ws, {"type": "disconnect", "reason": "too_many_websockets", "debug_info": {"host": host}})
            await ws.close()
            return ws
        socket = Socket(ws, request, host)
        self._sockets.append(socket)
        await self._say(ws, self._hello(host))
        await self._tell()
        try:
            async for message in ws:
                if message.type is WSMsgType.TEXT:
                    self._hear(message.data)
        finally:
            self._sockets.remove(socket)
            await self._tell()
        return ws

    async def disconnect(self, reason: str) -> None:
        """Tell every socket to go: `warning`, `refresh_requested`, `link_disabled`; it is closed ten seconds later."""
        for socket in list(self._sockets):
            if reason != "warning":
                socket.open = False
            note = {"type": "disconnect", "reason": reason, "debug_info": {"host": socket.host}}
            await self._say(socket.ws, note)
            leaving = asyncio.create_task(self._close_later(socket))
            self._leaving.add(leaving)
            leaving.add_done_callback(self._leaving.discard)
        await self._tell()

    def cut(self) -> None:
        """Cut every socket without a word."""
        for socket in list(self._sockets):
            socket.open = False
            if socket.request.transport is not None:
                socket.request.transport.abort()

    async def ping(self) -> None:
        """Ping every socket now; otherwise this happens every fifteen seconds."""
        for socket in self._sockets:
            await socket.ws.ping(f"Ping from {socket.host}".encode())

    async def close(self) -> None:
        for task in list(self._leaving):
            task.cancel()
        await asyncio.gather(*(socket.ws.close(code=WSCloseCode.GOING_AWAY) for socket in self._sockets))
        for sent in self._sent.values():
            if not sent.ended.done():
                sent.ended.set_result(Ack(False, error="dispatch_failed"))

    # --- envelopes -------------------------------------------------------------------------------------------------

    async def send(self, kind: str, payload: Json, retry: tuple[int, str] | None = None) -> Ack:
        """Send an envelope to one of the sockets and wait for its acknowledgement, three seconds at most."""
        if self._faults.strikes("doubled"):
            first, _ = await asyncio.gather(self._send(kind, payload, retry), self._send(kind, payload, retry))
            return first
        return await self._send(kind, payload, retry)

    async def _send(self, kind: str, payload: Json, retry: tuple[int, str] | None) -> Ack:
        name = payload["type"] if kind == "interactive" else kind
        what = f"socket: {payload['event']['type'] if kind == 'events_api' else name}"
        socket = self._next()
        if socket is None:
            self._wire.record("slack", "out", what, payload, refused="dispatch_failed")
            return Ack(False, error="dispatch_failed")
        answerable = name in ANSWERABLE
        envelope: Json = {
            "envelope_id": str(uuid4()),
            "payload": payload,
            "type": kind,
            "accepts_response_payload": answerable,
        }
        if retry is not None:
            envelope["retry_attempt"], envelope["retry_reason"] = retry
        sent = self._sent[envelope["envelope_id"]] = Sent(self._deadlines.stopwatch() + ACK_SECONDS, answerable)
        started = perf_counter()
        n = self._wire.record("slack", "out", what, envelope)
        await self._say(socket.ws, envelope)
        in_time = await self._deadlines.met(sent.ended, ACK_SECONDS)
        ack = sent.ended.result() if in_time else Ack(False, error="operation_timeout")
        self._wire.answered(n, answer=ack.payload, ms=(perf_counter() - started) * 1000, refused=ack.error)
        del self._sent[envelope["envelope_id"]]
        return ack

    def _hear(self, text: str) -> None:
        """What a client says is an acknowledgement, or nothing that Slack knows."""
        try:
            told = json.loads(text)
        except json.JSONDecodeError:
            told = None
        sent = self._sent.get(str(told.get("envelope_id"))) if isinstance(told, dict) else None
        if sent is None or not isinstance(told, dict):
            self._wire.record("slack", "in", "socket: unknown acknowledgement", told, refused="unknown envelope_id")
            return
        payload = told.get("payload")
        if sent.ended.done():
            return
        if self._deadlines.stopwatch() > sent.until:
            sent.ended.set_result(Ack(False, error="operation_timeout"))
        elif payload and not sent.answerable:
            # Slack takes the acknowledgement and ignores what it did not ask for; the wire shows it.
            self._wire.record("slack", "in", "socket: acknowledgement", told, refused="payload not accepted")
            sent.ended.set_result(Ack(True))
        else:
            sent.ended.set_result(Ack(True, payload))

    def _next(self) -> Socket | None:
        open_ones = [one for one in self._sockets if one.open and not one.ws.closed]
        self._turn += 1
        return open_ones[self._turn % len(open_ones)] if open_ones else None

    def _hello(self, host: str) -> Json:
        return {
            "type": "hello",
            "num_connections": self.count,
            "debug_info": {
                "host": host,
                "started": self._clock.now().strftime("%Y-%m-%d %H:%M:%S.%f")[:-3],
                "build_number": 1,
                "approximate_connection_time": 18060,
            },
            "connection_info": {"app_id": self._app.key},
        }

    async def _say(self, ws: web.WebSocketResponse, told: Json) -> None:
        if told.get("type") in ("hello", "disconnect"):
            self._wire.record("slack", "out", f"socket: {told['type']}", told)
        try:
            await ws.send_str(json.dumps(told))
        except ConnectionError:
            # The client went away meanwhile; the envelope runs into its deadline, as it would at Slack.
            return

    async def _close_later(self, socket: Socket) -> None:
        await self._deadlines.passed(NOTICE_SECONDS)
        await socket.ws.close()

    async def _tell(self) -> None:
        async with self.changed:
            self.changed.notify_all()
