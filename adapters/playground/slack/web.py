"""The HTTP side: the Web API with its checks, uploads, response URLs and the socket's address.

Every call passes the same gates in the same order: faults, known method, token, scopes, rate, arguments. What Slack
refuses is answered 200 with `ok: false` (docs: Web API, "Evaluating responses"), what comes too fast 429.
"""

import json
from collections.abc import Awaitable, Callable
from time import perf_counter
from typing import Any, TypeAlias

from aiohttp import web

from adapters.playground.slack import (
    methods_chat,
    methods_conversations,
    methods_files,
    methods_people,
    methods_reactions,
    methods_views,
)
from adapters.playground.slack.arguments import called, fitted
from adapters.playground.slack.methods import COMMON, METHODS, RESPONSE_URL, UPLOAD, Method
from adapters.playground.slack.refused import Refused
from adapters.playground.slack.workspace import Workspace
from adapters.playground.slack.world import Json

Carrying: TypeAlias = Callable[[Workspace, Json], Awaitable[Json]]
Answered: TypeAlias = tuple[int, Json | str, dict[str, str]]
"""Status, body and headers."""

CARRIED_OUT: dict[str, Carrying] = {
    "auth.test": methods_people.auth_test,
    "apps.connections.open": methods_people.connections_open,
    "chat.postMessage": methods_chat.post_message,
    "chat.update": methods_chat.update,
    "chat.delete": methods_chat.delete,
    "chat.postEphemeral": methods_chat.post_ephemeral,
    "chat.getPermalink": methods_chat.get_permalink,
    "views.open": methods_views.open_view,
    "views.push": methods_views.push,
    "views.update": methods_views.update,
    "views.publish": methods_views.publish,
    "users.info": methods_people.users_info,
    "users.list": methods_people.users_list,
    "users.conversations": methods_conversations.of_user,
    "conversations.list": methods_conversations.list_all,
    "conversations.info": methods_conversations.info,
    "conversations.history": methods_conversations.history,
    "conversations.replies": methods_conversations.replies,
    "conversations.open": methods_conversations.open_direct,
    "conversations.join": methods_conversations.join,
    "conversations.members": methods_conversations.members,
    "files.getUploadURLExternal": methods_files.get_upload_url,
    "files.completeUploadExternal": methods_files.complete_upload,
    "files.info": methods_files.info,
    "reactions.add": methods_reactions.add,
    "reactions.remove": methods_reactions.remove,
    "reactions.get": methods_reactions.get,
    "team.info": methods_people.team_info,
    "bots.info": methods_people.bots_info,
}

RATELIMITED: Json = {"ok": False, "error": "ratelimited"}
LARGEST_REQUEST = 64 * 1024 * 1024


class TooFast(Exception):
    """A call came too soon; it may come again after so many seconds."""

    def __init__(self, after: int) -> None:
        super().__init__(after)
        self.after = after


class Web:
    """The server's routes."""

    def __init__(self, workspace: Workspace) -> None:
        self._w = workspace

    def application(self) -> web.Application:
        application = web.Application(client_max_size=LARGEST_REQUEST)
        application.add_routes(
            [
                web.get("/api/{method}", self.api),
                web.post("/api/{method}", self.api),
                web.get("/link/", self._w.sockets.accept),
                web.post("/hooks/{key:.+}", self.hook),
                web.post("/upload/v1/{ticket}", self.upload),
                web.get("/files-pri/{path:.+}", self.file),
            ]
        )
        return application

    async def api(self, request: web.Request) -> web.StreamResponse:
        """One call of the Web API."""
        name = request.match_info["method"]
        told: Json = {}
        token: str | None = None
        unreadable: Refused | None = None
        try:
            token, told = await called(request)
        except Refused as refused:
            unreadable = refused

        async def carry_out() -> Answered:
            try:
                if unreadable is not None:
                    raise unreadable
                return 200, {"ok": True, **await self._carry_out(name, token, told)}, {}
            except Refused as refused:
                return 200, refused.answer(), {}
            except TooFast as fast:
                return 429, RATELIMITED, {"Retry-After": str(fast.after)}

        return await self._answer(request, name, name, told, carry_out)

    async def _answer(
        self, request: web.Request, name: str, what: str, told: Any, carry_out: Callable[[], Awaitable[Answered]]
    ) -> web.StreamResponse:
        """Carry a call out as far as the faults let it; it is shown on the wire with its arguments and its end."""
        started = perf_counter()
        faults = self._w.faults
        status, answer, headers = self._fault_before(name) or await carry_out()
        if _well(status, answer) and faults.strikes("error_after", name):
            status, answer, headers = 500, {}, {}
        ms = (perf_counter() - started) * 1000
        refused = str(answer["error"]) if "error" in answer and isinstance(answer, dict) else None
        refused = refused or (str(answer) if status == 400 else status if status != 200 else None)
        self._w.wire.record("slack", "in", what, told, answer=answer, status=status, ms=ms, refused=refused)
        if _well(status, answer) and faults.strikes("cut_off", name) and request.transport is not None:
            request.transport.abort()
        slow = faults.strikes("slow_answers", name)
        if slow is not None:
            await self._w.deadlines.passed(slow.seconds)
        if status >= 500:
            return web.Response(status=status, text="Internal Server Error")
        if isinstance(answer, str):
            return web.Response(status=status, text=answer)
        return web.json_response(answer, status=status, headers=headers)

    def _fault_before(self, name: str) -> Answered | None:
        if self._w.faults.strikes("error_before", name):
            return 500, {}, {}
        fault = self._w.faults.strikes("ratelimited", name)
        if fault is not None:
            return 429, RATELIMITED, {"Retry-After": str(max(1, int(fault.seconds)))}
        return None

    async def _carry_out(self, name: str, token: str | None, told: Json) -> Json:
        method = METHODS.get(name)
        if method is None:
            raise Refused("unknown_method", req_method=name)
        self._authorise(method, token)
        after = self._w.pace.retry_after(method)
        if after is not None:
            raise TooFast(after)
        args = fitted(method, told)
        if name == "chat.postMessage":
            after = self._w.pace.retry_post_after(args["channel"])
            if after is not None:
                raise TooFast(after)
        try:
            return await CARRIED_OUT[name](self._w, args)
        except Refused as refused:
            if refused.error not in method.errors | COMMON:
                raise LookupError(f"{name} does not document {refused.error}") from refused
            raise

    def _authorise(self, method: Method, token: str | None) -> None:
        """A token that is known, of the right kind, with one of the scopes (docs: Tokens; method reference)."""
        app = self._w.app
        if not token:
            raise Refused("not_authed")
        if token not in (app.bot_token, app.app_token):
            raise Refused("invalid_auth")
        if self._w.faults.strikes("token_revoked"):
            raise Refused("token_revoked")
        wants_app_token = method.name.startswith("apps.")
        if wants_app_token != (token == app.app_token) and method.name != "auth.test":
            raise Refused("not_allowed_token_type")
        if not wants_app_token and not app.may(method.scopes):
            raise Refused("missing_scope", needed=",".join(method.scopes), provided=",".join(sorted(app.scopes or ())))

    async def hook(self, request: web.Request) -> web.StreamResponse:
        """Something was posted to a response URL."""
        try:
            told: Any = await request.json()
        except json.JSONDecodeError:
            told = None
        key = request.match_info["key"]

        async def carry_out() -> Answered:
            try:
                self._w.hooks.answer(key, told)
            except Refused as refused:
                status = 404 if refused.error in ("no_service", "used_url", "expired_url") else 400
                return status, refused.answer(), {}
            return 200, "ok", {}

        return await self._answer(request, RESPONSE_URL, f"response_url ({key.partition('/')[0]})", told, carry_out)

    async def upload(self, request: web.Request) -> web.StreamResponse:
        """The content of an announced file, as the body or as a form's only file (docs: Uploading files)."""
        if request.content_type.startswith("multipart/"):
            form = await request.post()
            files = [one for one in form.values() if isinstance(one, web.FileField)]
            content = files[0].file.read() if files else b""
        else:
            content = await request.read()

        async def carry_out() -> Answered:
            try:
                size = self._w.files.receive(request.match_info["ticket"], content)
            except Refused as refused:
                return 400, refused.error, {}
            return 200, f"OK - {size}", {}

        return await self._answer(request, UPLOAD, UPLOAD, {"bytes": len(content)}, carry_out)

    async def file(self, request: web.Request) -> web.Response:
        """A file's content; the page shows pictures from here."""
        found = self._w.files.content(request.match_info["path"])
        if found is None:
            return web.Response(status=404)
        return web.Response(body=found[0], content_type=found[1])


def _well(status: int, answer: Json | str) -> bool:
    """Whether what was asked for has been done."""
    return status == 200 and (isinstance(answer, str) or bool(answer.get("ok")))
