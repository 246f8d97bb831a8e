"""Routes that register application commands, globally and in the server."""

from typing import Any

from adapters.playground.discord import commands
from adapters.playground.discord.parts import Part, Problems
from adapters.playground.discord.platform import Answered, Ask, Created, Platform
from adapters.playground.discord.refused import Json, Refused
from adapters.playground.discord.rest import Route


def scope(platform: Platform, ask: Ask) -> str | None:
    """The server in the path, or None for global commands; 20012 for somebody else's app."""
    if ask["application"] != platform.world.application:
        raise Refused(20012)
    if "guild" not in ask.path:
        return None
    if ask["guild"] != platform.world.guild["id"] or platform.world.kicked:
        raise Refused(50001)
    return ask["guild"]


def every(platform: Platform, ask: Ask) -> Answered:
    return [_localised(one, ask) for one in platform.register.all(scope(platform, ask))]


def one(platform: Platform, ask: Ask) -> Answered:
    return platform.register.get(scope(platform, ask), ask["command"])


def create(platform: Platform, ask: Ask) -> Answered:
    guild = scope(platform, ask)
    known = {command["id"] for command in platform.register.all(guild)}
    command = platform.register.put(guild, _checked(ask.body, guild))
    return command if command["id"] in known else Created(command)


def change(platform: Platform, ask: Ask) -> Answered:
    guild = scope(platform, ask)
    before = platform.register.get(guild, ask["command"])
    body = ask.body if isinstance(ask.body, dict) else {}
    return platform.register.change(guild, ask["command"], _checked({**before, **body}, guild))


def delete(platform: Platform, ask: Ask) -> Answered:
    platform.register.drop(scope(platform, ask), ask["command"])
    return None


def replace(platform: Platform, ask: Ask) -> Answered:
    """Bulk overwrite; errors are at the command's place in the list."""
    guild = scope(platform, ask)
    problems = Problems()
    if not isinstance(ask.body, list):
        Part(ask.body, problems).bad("LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
        problems.refuse()
    bodies: list[Any] = ask.body
    parts = [Part(value, problems, (str(n),)) for n, value in enumerate(bodies)]
    checked = commands.checked_all(parts, in_guild=guild is not None)
    return list(platform.register.replace(guild, checked))


def _checked(body: Any, guild: str | None) -> Json:
    part = Part(body, Problems())
    if not part.is_object():
        part.problems.refuse()
    command = commands.checked(part, in_guild=guild is not None)
    part.problems.refuse()
    return command


def _localised(command: Json, ask: Ask) -> Json:
    """Translations are left out of lists unless they are asked for (D interactions/application-commands.mdx)."""
    if ask.yes("with_localizations"):
        return command
    return {name: value for name, value in command.items() if not name.endswith("_localizations")}


GLOBAL = "/applications/{application}/commands"
LOCAL = "/applications/{application}/guilds/{guild}/commands"
ROUTES = tuple(
    Route(method, path, handle)
    for root in (GLOBAL, LOCAL)
    for method, path, handle in (
        ("GET", root, every),
        ("POST", root, create),
        ("PUT", root, replace),
        ("GET", root + "/{command}", one),
        ("PATCH", root + "/{command}", change),
        ("DELETE", root + "/{command}", delete),
    )
)
