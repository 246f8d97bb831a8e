"""The stand-in Slack: one workspace, one app, one server on loopback."""

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from inspect import signature
from secrets import token_hex
from typing import Any

from aiohttp import web

from adapters.playground.board import Board
from adapters.playground.impossible import Impossible
from adapters.playground.slack import acts, acts_forms
from adapters.playground.slack.app import App, installed
from adapters.playground.slack.deadlines import Deadlines
from adapters.playground.slack.events import Events
from adapters.playground.slack.faults import IN_A_CHANNEL, Faults
from adapters.playground.slack.files import Files
from adapters.playground.slack.hooks import Hooks
from adapters.playground.slack.methods import METHODS, RESPONSE_URL, UPLOAD
from adapters.playground.slack.mishaps import cause_in_world
from adapters.playground.slack.pace import Pace
from adapters.playground.slack.people import bot, channel, person
from adapters.playground.slack.sockets import Sockets
from adapters.playground.slack.state import Values
from adapters.playground.slack.triggers import Triggers
from adapters.playground.slack.views import Views
from adapters.playground.slack.web import Web
from adapters.playground.slack.workspace import Workspace
from adapters.playground.slack.world import Json, World
from adapters.playground.time import Clock, Stopwatch, stopwatch
from adapters.playground.wire import Wire


class SlackStandIn:
    """A small Slack. Build a world, start it, point slack-bolt at `api_url`, and act as its people."""

    def __init__(
        self,
        board: Board,
        clock: Clock,
        stopwatch: Stopwatch = stopwatch,
        *,
        wire: Wire | None = None,
        name: str = "Playground",
        manifest: Mapping[str, Any] | None = None,
        limits: bool = True,
        bot_token: str | None = None,
        app_token: str | None = None,
    ) -> None:
        world = World(board, clock, name)
        self.bot_token = bot_token or f"xoxb-{token_hex(12)}"
        self.app_token = app_token or f"xapp-1-{token_hex(12)}"
        app = installed(
            manifest,
            key=world.key("A"),
            bot_key=world.key("B"),
            bot_user=world.key("U"),
            bot_token=self.bot_token,
            app_token=self.app_token,
        )
        world.add_user(bot(world, app))
        wire = wire or Wire(board, clock)
        wire.hide(self.bot_token, self.app_token)
        deadlines, faults = Deadlines(stopwatch), Faults(board)
        sockets = Sockets(app, clock, deadlines, faults, wire)
        self.workspace = Workspace(
            world=world,
            app=app,
            wire=wire,
            stopwatch=stopwatch,
            deadlines=deadlines,
            faults=faults,
            pace=Pace(stopwatch, clock, limits),
            triggers=Triggers(stopwatch),
            views=Views(world, app),
            hooks=Hooks(world, app, stopwatch),
            files=Files(world, stopwatch),
            sockets=sockets,
            events=Events(world, app, sockets, deadlines, faults),
        )
        self._show_manifest(app, board)
        cause_in_world(self.workspace)
        self._runner: web.AppRunner | None = None
        self.api_url = ""

    # --- the server ------------------------------------------------------------------------------------------------

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen; port 0 takes a free one. `api_url` then says where."""
        self._runner = web.AppRunner(Web(self.workspace).application(), access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        origin = f"http://{host}:{self._runner.addresses[0][1]}"
        self.workspace.origin = self.workspace.hooks.origin = self.workspace.files.origin = origin
        self.api_url = f"{origin}/api/"

    async def stop(self) -> None:
        """Close every socket and stop listening."""
        await self.workspace.events.close()
        await self.workspace.sockets.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
        await self.workspace.deadlines.close()

    # --- the world -------------------------------------------------------------------------------------------------

    @property
    def team(self) -> str:
        return self.workspace.world.team["id"]

    @property
    def bot_user(self) -> str:
        return self.workspace.app.bot_user

    @property
    def faults(self) -> Faults:
        return self.workspace.faults

    def add_user(
        self,
        real_name: str,
        name: str | None = None,
        *,
        key: str | None = None,
        is_admin: bool = False,
        is_owner: bool = False,
        tz: str = "Europe/London",
        tz_offset: int = 0,
        locale: str = "en-GB",
    ) -> str:
        """Add a person; the key under which everybody knows them comes back."""
        world = self.workspace.world
        handle = name or re.sub(r"[^a-z0-9]+", ".", real_name.lower()).strip(".")
        user = person(
            world,
            key or world.key("U"),
            handle,
            real_name,
            admin=is_admin,
            owner=is_owner,
            tz=(tz, tz_offset),
            locale=locale,
        )
        world.add_user(user)
        return user["id"]

    def add_channel(
        self,
        name: str,
        members: Iterable[str] | None = None,
        *,
        key: str | None = None,
        private: bool = False,
        bot: bool = True,
        topic: str = "",
    ) -> str:
        """Add a channel with these people in it (everybody, if none are named), and the app unless it is left out."""
        world = self.workspace.world
        everybody = [one["id"] for one in world.users.values() if not one["is_bot"]]
        inside = [*(everybody if members is None else members), *([self.bot_user] if bot else [])]
        row = channel(world, key or world.key("C"), name, inside, private=private, topic=topic)
        world.add_channel(row)
        return row["id"]

    def direct(self, user: str) -> str:
        """The key of the app's direct messages with somebody."""
        return self.workspace.world.direct(user)["id"]

    # --- acts ------------------------------------------------------------------------------------------------------

    async def act(self, name: str, args: Mapping[str, Any]) -> Json:
        """Do one of these by its name, with JSON arguments; anything else is impossible."""
        acts: dict[str, Callable[..., Awaitable[Json]]] = {
            "slash": self.slash,
            "press": self.press,
            "submit": self.submit,
            "close": self.close,
            "options": self.options,
            "shortcut": self.shortcut,
            "home": self.home,
            "say": self.say,
            "edit": self.edit,
            "delete": self.delete,
            "react": self.react,
            "join": self.join,
            "leave": self.leave,
            "change": self.change,
            "fault": self.fault,
            "sockets": self.sockets,
        }
        if name not in acts:
            raise Impossible(f"Nobody can {name} here.")
        try:
            signature(acts[name]).bind(**args)
        except TypeError as misfit:
            raise Impossible(f"That is not how to {name}: {misfit}.") from misfit
        return await acts[name](**args)

    async def slash(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> Json:
        return await acts.slash(self.workspace, user, channel, text, thread_ts)

    async def say(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> Json:
        return await acts.say(self.workspace, user, channel, text, thread_ts)

    async def edit(self, user: str, channel: str, ts: str, text: str) -> Json:
        return await acts.edit(self.workspace, user, channel, ts, text)

    async def delete(self, user: str, channel: str, ts: str) -> Json:
        return await acts.delete(self.workspace, user, channel, ts)

    async def react(self, user: str, channel: str, ts: str, name: str, on: bool = True) -> Json:
        return await acts.react(self.workspace, user, channel, ts, name, on)

    async def home(self, user: str) -> Json:
        return await acts.home(self.workspace, user)

    async def shortcut(self, user: str, callback_id: str, channel: str | None = None, ts: str | None = None) -> Json:
        return await acts.shortcut(self.workspace, user, callback_id, channel, ts)

    async def join(self, user: str, channel: str) -> Json:
        return await acts.join(self.workspace, user, channel)

    async def leave(self, user: str, channel: str) -> Json:
        return await acts.leave(self.workspace, user, channel)

    async def change(self, user: str, **fields: Any) -> Json:
        return await acts.change(self.workspace, user, **fields)

    async def press(
        self,
        user: str,
        channel: str | None = None,
        ts: str | None = None,
        action_id: str | None = None,
        block_id: str | None = None,
        *,
        view: str | None = None,
        value: str | None = None,
        selected: Any = None,
        values: Values | None = None,
    ) -> Json:
        """Press a button or choose (`selected`) in a message or a view; `values` is what else was typed in the view."""
        pressed = acts_forms.Pressed(action_id, block_id, value, selected, values or {})
        if view is not None:
            return await acts_forms.press_in_view(self.workspace, user, view, pressed)
        return await acts_forms.press_in_message(self.workspace, user, channel or "", ts or "", pressed)

    async def submit(self, user: str, view: str, values: Values | None = None) -> Json:
        return await acts_forms.submit(self.workspace, user, view, values)

    async def close(self, user: str, view: str) -> Json:
        return await acts_forms.close(self.workspace, user, view)

    async def options(
        self,
        user: str,
        view: str | None = None,
        block_id: str | None = None,
        action_id: str | None = None,
        value: str = "",
        *,
        channel: str | None = None,
        ts: str | None = None,
    ) -> Json:
        return await acts_forms.options(self.workspace, user, view, block_id, action_id, value, channel=channel, ts=ts)

    async def fault(
        self,
        name: str,
        on: bool = True,
        *,
        left: int | None = None,
        method: str | None = None,
        channel: str | None = None,
        seconds: float = 5.0,
    ) -> Json:
        """Switch a fault on, for the next `left` times, or off; method and channel narrow it down."""
        if on and name in IN_A_CHANNEL and channel not in self.workspace.world.channels:
            raise Impossible("Say which channel.")
        if method is not None and method not in (*METHODS, RESPONSE_URL, UPLOAD):
            raise Impossible(f"There is no method {method} here.")
        try:
            self.faults.switch(name, on, left=left, method=method, channel=channel, seconds=seconds)
        except KeyError as unknown:
            raise Impossible(str(unknown.args[0])) from unknown
        return {"acked": True, "error": None}

    async def sockets(self, what: str) -> Json:
        """`drop` the app's sockets, or tell them `warning`, `refresh_requested` or `link_disabled`."""
        match what:
            case "drop":
                self.workspace.sockets.cut()
            case "warning" | "refresh_requested" | "link_disabled":
                await self.workspace.sockets.disconnect(what)
            case _:
                raise Impossible(f"Sockets cannot be told {what}.")
        return {"acked": True, "error": None}

    # --- what a manifest changes -------------------------------------------------------------------------------------

    def _show_manifest(self, app: App, board: Board) -> None:
        board.put("slack/app", {"home_tab": app.home_tab})
        for command, told in (app.commands or {}).items():
            row = {
                "command": command,
                "description": told.get("description", ""),
                "usage_hint": told.get("usage_hint", ""),
            }
            board.put(f"slack/command/{command.removeprefix('/')}", row)
        for (_, callback_id), told in (app.shortcuts or {}).items():
            board.put(f"slack/shortcut/{callback_id}", dict(told))
