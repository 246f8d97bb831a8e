"""The stand-in: one small Discord on one port, put together from its parts."""

from collections.abc import Awaitable, Callable, Mapping
from inspect import signature
from typing import Any

from aiohttp import web

from adapters.playground.board import Board
from adapters.playground.discord import (
    causes,
    greeting,
    objects,
    rest_channels,
    rest_commands,
    rest_guilds,
    rest_interactions,
    rest_messages,
    rest_reactions,
    rest_users,
)
from adapters.playground.discord.acts import Acts
from adapters.playground.discord.answers import Answers
from adapters.playground.discord.commands import Register
from adapters.playground.discord.faults import Faults, plain
from adapters.playground.discord.files import Files
from adapters.playground.discord.gateway import Gateway, Intent, Session
from adapters.playground.discord.interactions import FIRST_RESPONSE, Interactions
from adapters.playground.discord.messages import Messages
from adapters.playground.discord.permissions import EVERYDAY, Permission
from adapters.playground.discord.platform import Platform
from adapters.playground.discord.ratelimits import RateLimits
from adapters.playground.discord.refused import Json
from adapters.playground.discord.rest import VERSION, Rest
from adapters.playground.discord.sockets import Door, Sockets
from adapters.playground.discord.world import NOTHING, World
from adapters.playground.impossible import Impossible
from adapters.playground.time import Clock, Stopwatch, stopwatch
from adapters.playground.wire import Wire

INVITED_WITH = EVERYDAY | Permission.MENTION_EVERYONE | Permission.CREATE_EVENTS | Permission.PIN_MESSAGES
ROUTES = (
    *rest_users.ROUTES,
    *rest_commands.ROUTES,
    *rest_interactions.ROUTES,
    *rest_channels.ROUTES,
    *rest_messages.ROUTES,
    *rest_reactions.ROUTES,
    *rest_guilds.ROUTES,
)
RESUMING = "/gateway/resume"
IDENTIFY_GAP = 5.0


class Discord:
    """A server, its people and one bot; REST under `api_url`, the gateway under `gateway_url`."""

    def __init__(
        self,
        board: Board,
        clock: Clock,
        *,
        wire: Wire | None = None,
        stopwatch: Stopwatch = stopwatch,
        server: str = "Flashmob",
        bot: str = "Flashmob",
        guild_key: str | None = None,
        bot_key: str | None = None,
        token: str = "playground.discord.token",
        permissions: Permission = INVITED_WITH,
        privileged: int = 0,
        heartbeat: float = 41.25,
        identify_gap: float = IDENTIFY_GAP,
        first_response: float = FIRST_RESPONSE,
    ) -> None:
        """`privileged` are the privileged intents enabled for the app; `identify_gap` the seconds between IDENTIFYs."""
        self.board = board
        self.token = token
        self.wire = wire or Wire(board, clock)
        self.wire.hide(token)
        self.world = World(board, clock, server=server, bot=bot, may=permissions, guild_key=guild_key, bot_key=bot_key)
        self.faults = Faults(board)
        self.limits = RateLimits(clock, stopwatch)
        self.gateway = Gateway(self.world.guild["id"], self._visible, self._sent, stopwatch)
        door = Door(
            token, clock, stopwatch, self._ready, self._members, self._resume_url, heartbeat, identify_gap, privileged
        )
        self.sockets = Sockets(self.gateway, door, self.wire)
        files = Files(self.world.mint.next, objects.UPLOAD_LIMIT)
        messages = Messages(self.world, self.gateway, files, stopwatch)
        interactions = Interactions(self.world, self.gateway, stopwatch, patience=first_response)
        register = Register(board, clock, self.world.mint.next, self.world.application)
        answers = Answers(self.world, messages, interactions)
        self.platform = Platform(
            token,
            self.world,
            files,
            self.gateway,
            self.sockets,
            messages,
            interactions,
            answers,
            register,
            self.limits,
            self.faults,
        )
        self.acts = Acts(self.platform)
        self.slash, self.complete, self.menu = self.acts.slash, self.acts.complete, self.acts.menu
        self.press, self.submit, self.close = self.acts.press, self.acts.submit, self.acts.close
        self.say, self.direct, self.dismiss = self.acts.say, self.acts.direct, self.acts.dismiss
        self.edit, self.delete, self.react = self.acts.edit, self.acts.delete, self.acts.react
        self._runner: web.AppRunner | None = None
        causes.connect(self.platform)

    # Running

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen; `api_url` and `gateway_url` are known afterwards."""
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_get("/gateway", self._connect)
        app.router.add_get(RESUMING, self._connect)
        Rest(self.platform, self.wire, ROUTES).add_to(app)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        listening = self._runner.addresses[0]
        self.platform.files.root = f"http://{listening[0]}:{listening[1]}"

    async def stop(self) -> None:
        """Close every socket and stop listening."""
        self.sockets.close(1001)
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    @property
    def api_url(self) -> str:
        return self.platform.files.root + VERSION

    @property
    def gateway_url(self) -> str:
        return rest_users.gateway_url(self.platform)

    @property
    def application_id(self) -> str:
        return self.world.application

    @property
    def guild_id(self) -> str:
        return self.world.guild["id"]

    # What people do

    async def act(self, name: str, given: Mapping[str, Any]) -> Any:
        """Do an act by its name."""
        table: dict[str, Callable[..., Awaitable[Any]]] = {
            "slash": self.slash,
            "complete": self.complete,
            "press": self.press,
            "submit": self.submit,
            "close": self.close,
            "menu": self.menu,
            "dismiss": self.dismiss,
            "say": self.say,
            "edit": self.edit,
            "delete": self.delete,
            "react": self.react,
            "join": self._join,
            "direct": self.direct,
            "fault": self._fault,
            "sockets": self._sockets,
        }
        if name not in table:
            raise Impossible(f"There is no act {name}; there are {', '.join(table)}.")
        try:
            signature(table[name]).bind(**given)
        except TypeError as error:
            raise Impossible(f"The act {name} takes other values than these.") from error
        return await table[name](**given)

    async def _join(self, name: str) -> Json:
        """Somebody new joins the server."""
        if not name.strip():
            raise Impossible("Nobody has no name.")
        return {"user": self.add_user(name.strip())}

    async def _fault(self, name: str, on: bool = True, **more: Any) -> Json:
        """Switch a fault, for the page; what is missing or wrong is a sentence."""
        route = more.get("route")
        if route is not None and plain(str(route)) not in {plain(one.name) for one in ROUTES}:
            raise Impossible(f"There is no route {route} here.")
        try:
            self.faults.switch(name, on, **more)
        except (KeyError, ValueError, TypeError) as error:
            raise Impossible(str(error.args[0])) from error
        return {}

    async def _sockets(self, what: str) -> Json:
        """Trouble the gateway's connections on demand."""
        table: dict[str, Callable[[], None]] = {
            "drop": self.sockets.drop,
            "reconnect": self.sockets.reconnect,
            "invalidate": lambda: self.sockets.invalidate(resumable=False),
            "invalidate_resumable": lambda: self.sockets.invalidate(resumable=True),
            "heartbeat": self.sockets.demand_heartbeat,
        }
        if what not in table:
            raise Impossible(f"Sockets know {', '.join(table)}.")
        table[what]()
        return {}

    # What the world looks like; see `World` for the rest

    def add_user(self, name: str, *, key: str | None = None, manager: bool = False) -> str:
        """A member of the server; a manager holds a role with Manage Server."""
        user = self.world.add_user(name, key=key)["user"]["id"]
        if manager:
            self.give_role(user, self._managers())
        self._tell_member(user)
        return user

    def add_channel(self, name: str, *, key: str | None = None, topic: str | None = None) -> str:
        channel = self.world.add_channel(name, key=key, topic=topic)
        self.gateway.tell("CHANNEL_CREATE", dict(channel), Intent.GUILDS, channel=channel["id"])
        return channel["id"]

    def add_role(self, name: str, permissions: Permission = NOTHING, *, mentionable: bool = False) -> str:
        role = self.world.add_role(name, permissions, mentionable=mentionable)
        about = {"guild_id": self.guild_id, "role": self.world.role(role)}
        self.gateway.tell("GUILD_ROLE_CREATE", about, Intent.GUILDS)
        return role

    def give_role(self, user: str, role: str) -> None:
        self.world.give_role(user, role)
        member = {**self.world.member(user), "guild_id": self.guild_id}
        # The bot learns of its own roles whatever its intents are (D events/gateway.mdx, "Caveats").
        intent = None if user == self.world.bot_key else Intent.GUILD_MEMBERS
        self.gateway.tell("GUILD_MEMBER_UPDATE", member, intent)

    def overwrite(self, channel: str, target: str, *, allow: Permission = NOTHING, deny: Permission = NOTHING) -> None:
        """Set what a role or a person may do in one channel, in place of what was set before."""
        self.world.overwrite(channel, target, allow=allow, deny=deny)
        self._tell_channel(channel)

    def direct_messages(self, user: str) -> str:
        """The channel of somebody's direct messages with the bot."""
        return self.world.direct(user)["id"]

    # The gateway's view of the world

    async def _connect(self, request: web.Request) -> web.StreamResponse:
        """A new socket, unless a fault refuses it: then 503, as when the gateway is overloaded."""
        refused = self.faults.strikes("refused_connect") is not None
        dead = request.path == RESUMING and self.faults.strikes("resume_dead") is not None
        if refused or dead:
            self.wire.record("discord", "in", "gateway: connect", {"path": request.path}, status=503, refused=503)
            raise web.HTTPServiceUnavailable
        return await self.sockets.serve(request)

    def _ready(self, session: Session) -> tuple[Json, list[tuple[str, Json]]]:
        return greeting.ready(self.platform, session)

    def _members(self, asked: Json) -> Json:
        return greeting.members(self.platform, asked)

    def _resume_url(self) -> str:
        return self.platform.files.root.replace("http://", "ws://", 1) + RESUMING

    def _visible(self, channel: str) -> bool:
        place = self.world.channels.get(channel)
        return place is not None and self.world.sees(self.world.bot_key, place)

    def _sent(self, event: str, data: Any) -> None:
        self.wire.record("discord", "out", f"gateway: {event}", data)

    def _tell_member(self, user: str) -> None:
        member = {**self.world.member(user), "guild_id": self.guild_id}
        self.gateway.tell("GUILD_MEMBER_ADD", member, Intent.GUILD_MEMBERS)

    def _tell_channel(self, key: str) -> None:
        self.platform.tell("CHANNEL_UPDATE", dict(self.world.channel(key)), Intent.GUILDS, key)

    def _managers(self) -> str:
        for role in self.world.guild["roles"]:
            if role["name"] == "Organisers":
                return role["id"]
        return self.add_role("Organisers", Permission.MANAGE_GUILD)
