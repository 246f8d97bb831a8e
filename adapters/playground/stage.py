"""The stage: the page that shows the board, and the door through which people on the page act."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import Any, TypeAlias

from aiohttp import WSMsgType, web

from adapters.playground import assets
from adapters.playground.board import Board, Change, Row
from adapters.playground.impossible import Impossible
from adapters.playground.time import Clock

Json: TypeAlias = dict[str, Any]
ActsFor: TypeAlias = Callable[[str, Mapping[str, Any]], Awaitable[Any]]
"""A stand-in's `act`: the name of what a person does, and what is given with it."""
Move: TypeAlias = Callable[[datetime], Awaitable[None]]
"""Moves the play clock forward and rings what became due."""
NextRing: TypeAlias = Callable[[], Awaitable[datetime | None]]
Story: TypeAlias = Callable[[Callable[[str], None]], Awaitable[None]]
"""Plays the story from the beginning; it is handed a way to tell which step it has come to."""

TOGETHER = 0.03
"""Seconds in which changes are gathered before they are sent, so that a burst is one drawing on the page."""
LARGEST_ACT = 32 * 1024 * 1024
"""Bytes of one act; files travel in it as base64."""
POLICY = (
    "default-src 'self'; img-src 'self' data: http: https:; connect-src 'self'; style-src 'self'; script-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class Stage:
    """The page's server on loopback. It keeps nothing of its own: rows are the board's, acts are the stand-ins'."""

    def __init__(
        self,
        board: Board,
        clock: Clock,
        move: Move,
        acts: Mapping[str, ActsFor],
        next_ring: NextRing | None = None,
        story: Story | None = None,
    ) -> None:
        self._board = board
        self._clock = clock
        self._move = move
        self._acts = acts
        self._next_ring = next_ring
        self._story = story
        self._moving = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._telling: asyncio.Task[None] | None = None
        self._sockets: set[web.WebSocketResponse] = set()
        self._runner: web.AppRunner | None = None
        self.url = ""

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Serve the page; `url` then says where."""
        self._board.put("stage", {"id": token_hex(8), "reminders": bool(self._next_ring), "story": bool(self._story)})
        self._show_clock()
        self._runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        self.url = f"http://{host}:{self._runner.addresses[0][1]}/"
        self._own(self._tick())

    async def stop(self) -> None:
        """Close the page's sockets and the server, and end a story that still plays."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for socket in list(self._sockets):
            await socket.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def _application(self) -> web.Application:
        app = web.Application(middlewares=[_own_page_only], client_max_size=LARGEST_ACT)
        app.on_response_prepare.append(_guard)
        app.router.add_get("/rows", self._rows)
        app.router.add_get("/watch", self._watch)
        app.router.add_post("/act/{platform}/{name}", self._act)
        app.router.add_post("/clock", self._set_clock)
        app.router.add_post("/clock/next", self._ring_next)
        app.router.add_post("/story", self._start_story)
        app.router.add_routes(assets.routes())
        return app

    # --- what the page sees ----------------------------------------------------------------------------------------

    async def _rows(self, request: web.Request) -> web.Response:
        return web.json_response(self._board.rows(request.query.get("prefix", "")))

    async def _watch(self, request: web.Request) -> web.WebSocketResponse:
        """Every row, then every change, as lists of [name, row or null]; the newest of several changes to one row."""
        socket = web.WebSocketResponse(heartbeat=20, compress=False)
        await socket.prepare(request)
        self._sockets.add(socket)
        sending = asyncio.create_task(self._send_changes(socket))
        try:
            async for message in socket:
                if message.type is WSMsgType.ERROR:
                    break
        finally:
            self._sockets.discard(socket)
            sending.cancel()
            with suppress(asyncio.CancelledError, ConnectionError):
                await sending
        return socket

    async def _send_changes(self, socket: web.WebSocketResponse) -> None:
        pending: dict[str, Row | None] = {}
        arrived = asyncio.Event()
        with self._board.watch() as changes:

            async def gather() -> None:
                async for name, row in changes:
                    pending[name] = row
                    arrived.set()

            gathering = asyncio.create_task(gather())
            try:
                while not socket.closed:
                    await arrived.wait()
                    arrived.clear()
                    batch: list[Change] = list(pending.items())
                    pending.clear()
                    await socket.send_str(json.dumps(batch, separators=(",", ":")))
                    await asyncio.sleep(TOGETHER)
            finally:
                gathering.cancel()

    # --- what people do --------------------------------------------------------------------------------------------

    async def _act(self, request: web.Request) -> web.Response:
        act = self._acts.get(request.match_info["platform"])
        if act is None:
            return _refused(f"There is no {request.match_info['platform']} here.", status=404)
        given = await _json_object(request)
        if given is None:
            return _refused("An act is a JSON object.")
        try:
            return web.json_response(await act(request.match_info["name"], given))
        except Impossible as impossible:
            return _refused(str(impossible))

    async def _set_clock(self, request: web.Request) -> web.Response:
        given = await _json_object(request)
        if given is None:
            return _refused("Say when: a JSON object with “to” or “by”.")
        to = _moment(given, self._clock.now())
        if isinstance(to, str):
            return _refused(to)
        return await self._move_to(to)

    async def _ring_next(self, request: web.Request) -> web.Response:
        due = await self._next_ring() if self._next_ring is not None else None
        if due is None:
            return _refused("No reminder is waiting to ring.")
        return await self._move_to(max(due, self._clock.now()))

    async def _move_to(self, to: datetime) -> web.Response:
        async with self._moving:
            if to < self._clock.now() - timedelta(seconds=1):
                return _refused("The clock only moves forward.")
            await self._move(to)
            self._show_clock()
            return web.json_response({"now": self._clock.now().isoformat()})

    async def _start_story(self, request: web.Request) -> web.Response:
        """Begin the story; one that still plays is ended first, because there is one stage."""
        if self._story is None:
            return _refused("There is no story to play here.", status=404)
        if self._telling is not None:
            self._telling.cancel()
            await asyncio.gather(self._telling, return_exceptions=True)
        self._telling = self._own(self._tell(self._story))
        return web.json_response({"started": True})

    async def _tell(self, story: Story) -> None:
        def step(said: str) -> None:
            self._show_clock()
            self._board.put("story", {"running": True, "step": said, "error": None})

        self._board.put("story", {"running": True, "step": None, "error": None})
        try:
            await story(step)
        except Impossible as impossible:
            self._board.put("story", {"running": False, "step": None, "error": str(impossible)})
        else:
            said = (self._board.get("story") or {}).get("step")
            self._board.put("story", {"running": False, "step": said, "error": None})

    # --- the clock -------------------------------------------------------------------------------------------------

    def _show_clock(self) -> None:
        self._board.put("clock", {"now": self._clock.now().isoformat(timespec="seconds")})

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(1)
            self._show_clock()

    def _own(self, work: Any) -> asyncio.Task[None]:
        """A task that ends with the stage at the latest."""
        task: asyncio.Task[None] = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


@web.middleware
async def _own_page_only(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """A page from elsewhere must not act here: not by its origin, and not by a name that it points at loopback."""
    host = request.headers.get("Host", "")
    name = host.rsplit(":", 1)[0]
    if name not in ("127.0.0.1", "localhost", "[::1]"):
        return _refused("This page is served to this machine only.", status=403)
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"http://{host}":
        return _refused("Another page cannot act here.", status=403)
    if request.method == "POST" and request.content_type != "application/json":
        return _refused("Send JSON.", status=415)
    return await handler(request)


async def _guard(request: web.Request, response: web.StreamResponse) -> None:
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers.setdefault("Cache-Control", "no-cache")


async def _json_object(request: web.Request) -> Json | None:
    try:
        given = await request.json()
    except (json.JSONDecodeError, UnicodeDecodeError):
        return None
    return given if isinstance(given, dict) else None


def _moment(given: Json, now: datetime) -> datetime | str:
    """The moment that is meant, or what is wrong with it."""
    match given:
        case {"by": int() | float() as seconds} if not isinstance(seconds, bool):
            try:
                return now + timedelta(seconds=seconds)
            except (OverflowError, ValueError):
                return "That is too far away."
        case {"to": str() as text}:
            try:
                to = datetime.fromisoformat(text)
            except ValueError:
                return f"“{text}” is not a time."
            return to.astimezone(UTC) if to.tzinfo is not None else to.replace(tzinfo=UTC)
        case _:
            return "Say when: “to” a time, or “by” a number of seconds."


def _refused(sentence: str, status: int = 400) -> web.Response:
    return web.json_response({"error": sentence}, status=status)
