"""The gateway's sockets: HELLO, heartbeats, IDENTIFY, RESUME, and every reason to hang up (D events/gateway.mdx)."""

import asyncio
import json
import zlib
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from aiohttp import WSMsgType, web

from adapters.playground.discord.gateway import KNOWN, PRIVILEGED, Gateway, Session
from adapters.playground.discord.refused import Json
from adapters.playground.time import Clock, Stopwatch
from adapters.playground.wire import Wire

MOST_BYTES = 4096
MOST_EVENTS, IN_SECONDS = 120, 60.0
STARTS, EVERY = 1000, timedelta(hours=24)
BACK = 0.05
"""Seconds that an acknowledgement is on its way."""
HEARTBEAT, RECONNECT, INVALID, HELLO, ACK = 1, 7, 9, 10, 11
TOLD = {HEARTBEAT: "HEARTBEAT", RECONNECT: "RECONNECT", INVALID: "INVALID_SESSION", HELLO: "HELLO"}
HEARD = {2: "IDENTIFY", 6: "RESUME", 8: "REQUEST_GUILD_MEMBERS"}
"""Frames that the wire shows; heartbeats of clients and their acknowledgements would only push the rest out."""


@dataclass
class Door:
    """What the gateway knows about the app, and how strict it is with time."""

    token: str
    clock: Clock
    stopwatch: Stopwatch
    ready: Callable[[Session], tuple[Json, list[tuple[str, Json]]]]
    """READY without the session's own fields, and the events that follow it at once."""
    members: Callable[[Json], Json]
    resume_url: Callable[[], str]
    heartbeat: float = 41.25
    identify_gap: float = 5.0
    privileged: int = 0
    """Privileged intents that the app has enabled in the developer portal."""
    starts: deque[Any] = field(default_factory=deque[Any])
    last_identify: float | None = None
    reset: bool = False
    """Whether Discord has reset the token, as it does after 1000 IDENTIFYs in a day."""

    def starts_left(self) -> int:
        while self.starts and self.clock.now() - self.starts[0] >= EVERY:
            self.starts.popleft()
        return STARTS - len(self.starts)


class Sockets:
    """Every open socket of the gateway."""

    def __init__(self, gateway: Gateway, door: Door, wire: Wire) -> None:
        self.gateway = gateway
        self.door = door
        self.wire = wire
        self._open: set[Socket] = set()

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One connection from handshake to close. Unless zlib-stream is asked for, frames are plain text."""
        ws = web.WebSocketResponse(max_msg_size=0, autoping=True)
        await ws.prepare(request)
        socket = Socket(ws, self, request.transport, compressed=request.query.get("compress") == "zlib-stream")
        self._open.add(socket)
        try:
            await socket.live(request.query.get("v", "10"))
        finally:
            self._open.discard(socket)
        return ws

    def reconnect(self) -> None:
        """Ask every client to reconnect and resume (op 7)."""
        for socket in self._open:
            socket.put({"op": RECONNECT, "d": None})

    def invalidate(self, *, resumable: bool) -> None:
        """Tell every client that its session is invalid (op 9)."""
        for socket in self._open:
            if not resumable and socket.session is not None:
                self.gateway.end(socket.session)
            socket.put({"op": INVALID, "d": resumable})

    def demand_heartbeat(self) -> None:
        for socket in self._open:
            socket.put({"op": HEARTBEAT, "d": None})

    def close(self, code: int) -> None:
        for socket in list(self._open):
            socket.hang_up(code)

    def drop(self) -> None:
        """Cut every connection without a close frame, as a broken network does."""
        for socket in list(self._open):
            socket.cut()

    @property
    def count(self) -> int:
        return len(self._open)


class Socket:
    """One connection. A single task writes, so that frames leave in order through one zlib stream."""

    def __init__(
        self, ws: web.WebSocketResponse, sockets: Sockets, transport: asyncio.Transport | None, *, compressed: bool
    ) -> None:
        self.session: Session | None = None
        self._ws = ws
        self._transport = transport
        self._sockets = sockets
        self._door = sockets.door
        self._zlib = zlib.compressobj() if compressed else None
        self._out: asyncio.Queue[str | int] = asyncio.Queue()
        self._heard = asyncio.get_running_loop().time()
        self._sent_at: deque[float] = deque()

    async def live(self, version: str) -> None:
        writer = asyncio.create_task(self._write())
        try:
            if version not in ("9", "10"):
                self.hang_up(4012)
            else:
                self.put({"op": HELLO, "d": {"heartbeat_interval": round(self._door.heartbeat * 1000)}})
            await self._read()
        finally:
            writer.cancel()
            self._leave()

    def put(self, frame: Json) -> None:
        if frame["op"] in TOLD:
            self._sockets.wire.record("discord", "out", f"gateway: {TOLD[frame['op']]}", frame)
        self._out.put_nowait(json.dumps({"t": None, "s": None, **frame}))

    def hang_up(self, code: int) -> None:
        """Close after everything that is already waiting to be sent."""
        self._sockets.wire.record("discord", "out", "gateway: close", {"code": code}, refused=code)
        self._out.put_nowait(code)

    def cut(self) -> None:
        """Break off without a word."""
        self._leave()
        if self._transport is not None:
            self._transport.abort()

    async def _write(self) -> None:
        while True:
            frame = await self._out.get()
            if isinstance(frame, int):
                await self._ws.close(code=frame)
                return
            if self._zlib is None:
                await self._ws.send_str(frame)
            else:
                packed = self._zlib.compress(frame.encode()) + self._zlib.flush(zlib.Z_SYNC_FLUSH)
                await self._ws.send_bytes(packed)

    async def _read(self) -> None:
        """Take frames until the socket closes; a client that stops heartbeating is hung up on.

        The close code for that is not documented ("your connection will be closed and you will be forced to Resume"):
        4000 is the one that says to try reconnecting.
        """
        loop = asyncio.get_running_loop()
        while True:
            patience = self._heard + self._door.heartbeat * 1.5 - loop.time()
            try:
                message = await self._ws.receive(timeout=max(patience, 0.001))
            except TimeoutError:
                self.hang_up(4000)
                self._heard = loop.time() + 60
                continue
            if message.type in (WSMsgType.TEXT, WSMsgType.BINARY):
                self._take(message.data)
            else:
                if message.type is WSMsgType.CLOSE and message.data in (1000, 1001) and self.session is not None:
                    # Closing with 1000 or 1001 ends the session (D events/gateway.mdx, "Initiating a Disconnect").
                    self._sockets.gateway.end(self.session)
                return

    def _take(self, raw: str | bytes) -> None:
        if len(raw.encode() if isinstance(raw, str) else raw) > MOST_BYTES:
            return self.hang_up(4002)
        now = self._door.stopwatch()
        self._sent_at.append(now)
        while self._sent_at and now - self._sent_at[0] > IN_SECONDS:
            self._sent_at.popleft()
        if len(self._sent_at) > MOST_EVENTS:
            return self.hang_up(4008)
        try:
            frame = json.loads(raw)
        except ValueError:
            return self.hang_up(4002)
        if not isinstance(frame, dict) or not isinstance(frame.get("op"), int):
            return self.hang_up(4002)
        self._obey(frame["op"], frame.get("d"))
        return None

    def _obey(self, op: int, data: Any) -> None:
        if op in HEARD:
            self._sockets.wire.record("discord", "in", f"gateway: {HEARD[op]}", {"op": op, "d": data})
        match op:
            case 1:
                self._heard = asyncio.get_running_loop().time()
                # Sooner than any network, discord.py would take the acknowledgement for that of the beat before.
                asyncio.get_running_loop().call_later(BACK, self.put, {"op": ACK})
            case 2 | 6 if self.session is not None:
                self.hang_up(4005)
            case 2 | 6 if not isinstance(data, dict):
                self.hang_up(4002)
            case 2:
                self._identify(data)
            case 6:
                self._resume(data)
            case 3 | 4 | 8 if self.session is None:
                self.hang_up(4003)
            case 8 if isinstance(data, dict):
                assert self.session is not None
                self._dispatch(self.session, "GUILD_MEMBERS_CHUNK", self._door.members(data))
            case 3 | 4:
                pass  # Presence and voice are taken and shown nowhere.
            case _:
                self.hang_up(4001)

    def _identify(self, data: Json) -> None:
        door = self._door
        intents = data.get("intents")
        shard = data.get("shard", [0, 1])
        if door.reset or data.get("token") not in (door.token, f"Bot {door.token}"):
            return self.hang_up(4004)
        if not isinstance(intents, int) or intents < 0 or intents & ~KNOWN:
            return self.hang_up(4013)
        if intents & PRIVILEGED & ~door.privileged:
            return self.hang_up(4014)
        if not _valid_shard(shard):
            return self.hang_up(4010)
        if shard[1] < self._sockets.gateway.shards_needed:
            return self.hang_up(4011)
        now = door.stopwatch()
        if door.last_identify is not None and now - door.last_identify < door.identify_gap:
            # max_concurrency is 1: one IDENTIFY in five seconds (D events/gateway.mdx, "Identifying").
            return self.put({"op": INVALID, "d": False})
        if door.starts_left() <= 0:
            door.reset = True
            return self._sockets.close(4004)
        door.last_identify = now
        door.starts.append(door.clock.now())
        self._welcome(intents, shard)
        return None

    def _welcome(self, intents: int, shard: list[int]) -> None:
        session = self._sockets.gateway.begin(intents, (shard[0], shard[1]))
        self.session = session
        session.send = self._out.put_nowait
        ready, following = self._door.ready(session)
        more = {"session_id": session.key, "resume_gateway_url": self._door.resume_url(), "shard": shard}
        for event, about in (("READY", {**ready, **more}), *following):
            self._dispatch(session, event, about)

    def _resume(self, data: Json) -> None:
        if self._door.reset or data.get("token") not in (self._door.token, f"Bot {self._door.token}"):
            return self.hang_up(4004)
        session = self._sockets.gateway.sessions.get(str(data.get("session_id")))
        seen = data.get("seq")
        if session is None:
            return self.put({"op": INVALID, "d": False})
        if not isinstance(seen, int) or seen > session.sent or seen < 0:
            return self.hang_up(4007)
        missed = session.missed(seen)
        if missed is None:
            self._sockets.gateway.end(session)
            return self.put({"op": INVALID, "d": False})
        self.session = session
        for frame in missed:
            self._out.put_nowait(frame)
        session.send, session.left = self._out.put_nowait, None
        self._dispatch(session, "RESUMED", {})
        return None

    def _dispatch(self, session: Session, event: str, about: Json) -> None:
        """An event for this socket alone; those for everybody are the gateway's."""
        self._sockets.wire.record("discord", "out", f"gateway: {event}", about)
        session.dispatch(event, about)

    def _leave(self) -> None:
        """The session stays and collects events until it is resumed, unless another socket has taken it over."""
        if self.session is not None and self.session.send == self._out.put_nowait:
            self._sockets.gateway.leave(self.session)


def _valid_shard(shard: Any) -> bool:
    if not isinstance(shard, list) or len(shard) != 2 or not all(isinstance(one, int) for one in shard):
        return False
    return 0 <= shard[0] < shard[1]
