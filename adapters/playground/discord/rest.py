"""REST: one server for the API and the files; requests are recorded, limited, authorised and perhaps made to fail."""

import asyncio
import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from time import perf_counter
from typing import Any, TypeAlias

from aiohttp import web

from adapters.playground.discord.faults import plain
from adapters.playground.discord.files import Upload
from adapters.playground.discord.platform import Answered, Ask, Created, Platform
from adapters.playground.discord.ratelimits import Exhausted
from adapters.playground.discord.refused import Refused, TooMany, Unauthorized
from adapters.playground.wire import Wire

VERSION = "/api/v10"
MOST_BYTES = 25 * 1024 * 1024
VIA = {"Via": "1.1 google"}
"""Without it discord.py takes a 429 for a Cloudflare ban."""
MAJOR = ("channel", "guild", "token")

Handle: TypeAlias = Callable[[Platform, Ask], Answered]


@dataclass(frozen=True, slots=True)
class Route:
    """A method and path, who may use it, and what it does."""

    method: str
    path: str
    handle: Handle
    by_token: bool = False
    """The token in the path is the authority, and the global limit does not apply (interaction endpoints)."""

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"


class Rest:
    """Answers requests."""

    def __init__(self, platform: Platform, wire: Wire, routes: tuple[Route, ...]) -> None:
        self._platform = platform
        self._wire = wire
        self._routes = routes

    def add_to(self, app: web.Application) -> None:
        for route in self._routes:
            app.router.add_route(route.method, VERSION + route.path, partial(self._serve, route))
        app.router.add_get("/attachments/{channel}/{key}/{name}", self._file)
        app.router.add_route("*", "/{anything:.*}", self._unknown)

    async def _serve(self, route: Route, request: web.Request) -> web.StreamResponse:
        began = perf_counter()
        what = plain(route.name)
        body, uploads, broken = await _read(request)
        shown = _shown(body, uploads)
        n = self._wire.record("discord", "in", what, shown)
        faults = self._platform.faults
        slow = faults.strikes("slow_answers", route.name)
        if slow is not None:
            await asyncio.sleep(slow.seconds)
        ask = Ask(request.match_info, request.query, body, uploads)
        status, answer, headers, refused = self._answer(route, request, ask, broken)
        if faults.strikes("cut_off", route.name) is not None:
            self._wire.answered(n, answer=None, refused="connection cut", ms=_since(began))
            if request.transport is not None:
                request.transport.abort()
            return web.Response(status=499)
        failing = faults.strikes("error_after", route.name)
        if failing is not None:
            status, answer, refused = failing.status, _failure(failing.status), failing.status
        scope = headers.get("X-RateLimit-Scope")
        self._platform.limits.count_invalid(status, scope)
        self._wire.answered(n, answer=answer, status=status, ms=_since(began), refused=refused)
        return _response(status, answer, headers)

    def _answer(
        self, route: Route, request: web.Request, ask: Ask, broken: Refused | None
    ) -> tuple[int, Any, dict[str, str], str | int | None]:
        """Status, body, headers and, if it was refused, why."""
        platform, headers = self._platform, dict(VIA)
        if platform.limits.banned:
            return 429, "error code: 1015", {}, "banned"
        failing = platform.faults.strikes("error_before", route.name)
        if failing is not None:
            return failing.status, _failure(failing.status), headers, failing.status
        try:
            limited = platform.faults.strikes("ratelimited", route.name)
            if limited is not None:
                raise TooMany(limited.seconds, scope="shared")
            if not route.by_token and request.headers.get("Authorization") != f"Bot {platform.token}":
                raise Unauthorized
            if platform.sockets.door.reset and not route.by_token:
                raise Unauthorized
            major = "/".join(ask.path[name] for name in MAJOR if name in ask.path)
            if not route.path.endswith("/callback"):
                headers |= platform.limits.take(route.name, major, bound_globally=not route.by_token)
            if broken is not None:
                raise broken
            answer = route.handle(platform, ask)
        except Refused as refused:
            return refused.status, refused.json(), headers, refused.code or refused.status
        except TooMany as many:
            headers |= many.headers if isinstance(many, Exhausted) else {}
            headers |= {"Retry-After": str(math.ceil(many.after)), "X-RateLimit-Scope": many.scope}
            if many.scope == "global":
                headers["X-RateLimit-Global"] = "true"
            return 429, many.json(), headers, many.code or 429
        if answer is None:
            return 204, None, headers, None
        if isinstance(answer, Created):
            return 201, answer.json, headers, None
        return 200, answer, headers, None

    async def _file(self, request: web.Request) -> web.Response:
        upload = self._platform.files.find(request.path)
        if upload is None:
            raise web.HTTPNotFound
        return web.Response(body=upload.content, content_type=upload.kind or "application/octet-stream")

    async def _unknown(self, request: web.Request) -> web.Response:
        """Anything that the stand-in does not have, answered as Discord answers unknown paths."""
        refused = Refused(0)
        path = request.path.removeprefix(VERSION)
        n = self._wire.record("discord", "in", f"{request.method} {path}")
        self._wire.answered(n, answer=refused.json(), status=404, refused=404)
        return _response(404, refused.json(), dict(VIA))


async def _read(request: web.Request) -> tuple[Any, dict[str, Upload], Refused | None]:
    """The JSON and the files of a request, plain or multipart; a refusal if it cannot be read.

    D reference.mdx, "Uploading Files".
    """
    if not request.can_read_body:
        return None, {}, None
    if (request.content_length or 0) > MOST_BYTES:
        return None, {}, Refused(40005)
    try:
        if request.content_type == "multipart/form-data":
            return await _multipart(request)
        raw = await request.read()
        if raw and request.content_type != "application/json":
            words = 'Expected "Content-Type" header to be one of {"application/json"}.'
            return None, {}, Refused(50035, {"_errors": [{"code": "CONTENT_TYPE_INVALID", "message": words}]})
        return (json.loads(raw) if raw else None), {}, None
    except ValueError:
        return None, {}, Refused(50109)


async def _multipart(request: web.Request) -> tuple[Any, dict[str, Upload], Refused | None]:
    form = await request.post()
    uploads: dict[str, Upload] = {}
    fields: dict[str, Any] = {}
    for name, value in form.items():
        if isinstance(value, web.FileField):
            field = name if name.startswith("files[") else f"files[{len(uploads)}]"
            uploads[field] = Upload(value.filename, value.file.read(), value.content_type)
        else:
            fields[name] = value
    payload = fields.pop("payload_json", None)
    body = json.loads(str(payload)) if payload is not None else fields
    return body, uploads, None


def _shown(body: Any, uploads: dict[str, Upload]) -> Any:
    """A request's JSON for the board, with the names of its files instead of their content."""
    if not uploads:
        return body
    files = {field: {"filename": one.name, "size": len(one.content)} for field, one in uploads.items()}
    return {"payload_json": body, "files": files}


def _failure(status: int) -> dict[str, Any]:
    words = {500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout"}
    return {"message": f"{status}: {words[status]}", "code": 0}


def _response(status: int, answer: Any, headers: dict[str, str]) -> web.Response:
    """Content type exactly `application/json`: discord.py reads nothing else as JSON."""
    if answer is None:
        return web.Response(status=status, headers=headers)
    if isinstance(answer, str):
        return web.Response(status=status, text=answer, headers=headers)
    return web.Response(
        status=status, body=json.dumps(answer).encode(), headers=headers, content_type="application/json"
    )


def _since(began: float) -> float:
    return (perf_counter() - began) * 1000
