"""Application commands: what may be registered, and the register (D interactions/application-commands.mdx)."""

import re
import unicodedata
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from adapters.playground.board import Board
from adapters.playground.discord.parts import Part, as_whole
from adapters.playground.discord.refused import Json, Refused
from adapters.playground.time import Clock

SLASH, USER, MESSAGE = 1, 2, 3
MOST = {SLASH: 100, USER: 15, MESSAGE: 15}
MOST_SIZE = 8000
CREATES_A_DAY = 200
SUBCOMMAND, GROUP, STRING, INTEGER, NUMBER, CHANNEL = 1, 2, 3, 4, 10, 7
KINDS = tuple(range(1, 12))
CHOOSABLE = (STRING, INTEGER, NUMBER)


class Register:
    """The commands of an app: global ones under None, and those of servers by the server's id."""

    def __init__(self, board: Board, clock: Clock, mint: Callable[[], str], application: str) -> None:
        self._board = board
        self._clock = clock
        self._mint = mint
        self._application = application
        self._kept: dict[str | None, dict[str, Json]] = {}
        self._created: dict[str | None, list[datetime]] = {}

    def all(self, guild: str | None) -> list[Json]:
        return list(self._kept.get(guild, {}).values())

    def get(self, guild: str | None, key: str) -> Json:
        found = self._kept.get(guild, {}).get(key)
        if found is None:
            raise Refused(10063)
        return found

    def named(self, name: str, kind: int, guild: str | None) -> Json | None:
        """A command as a person finds it: the server's own before the global one; only global ones without a server."""
        scopes = (guild, None) if guild is not None else (None,)
        for scope in scopes:
            for command in self.all(scope):
                if command["name"] == name and command["type"] == kind:
                    return command
        return None

    def put(self, guild: str | None, command: Json) -> Json:
        """Create one; the same name and type again replaces it ("upsert")."""
        same = self._same(guild, command)
        if same is None:
            count = sum(1 for one in self.all(guild) if one["type"] == command["type"])
            if count >= MOST[command["type"]]:
                raise Refused(30032)
            self._count_creates(guild, 1)
        return self._keep(guild, command, same["id"] if same else self._mint())

    def replace(self, guild: str | None, commands: list[Json]) -> list[Json]:
        """Overwrite them all; only names that were not there count as created (ibid., "Bulk Overwrite")."""
        before = {command["id"]: self._same(guild, command) for command in self.all(guild)}
        fresh = [command for command in commands if self._same(guild, command) is None]
        self._count_creates(guild, len(fresh))
        kept = [(command, self._same(guild, command)) for command in commands]
        for key in before:
            self.drop(guild, key)
        return [self._keep(guild, command, same["id"] if same else self._mint()) for command, same in kept]

    def change(self, guild: str | None, key: str, command: Json) -> Json:
        return self._keep(guild, command, key)

    def drop(self, guild: str | None, key: str) -> None:
        self.get(guild, key)
        del self._kept[guild][key]
        self._board.drop(f"discord/command/{key}")

    def _same(self, guild: str | None, command: Json) -> Json | None:
        wanted = (command["name"], command["type"])
        return next((one for one in self.all(guild) if (one["name"], one["type"]) == wanted), None)

    def _keep(self, guild: str | None, command: Json, key: str) -> Json:
        kept = {"id": key, "application_id": self._application, "version": self._mint(), **command}
        if guild is not None:
            kept["guild_id"] = guild
        self._kept.setdefault(guild, {})[key] = kept
        self._board.put(f"discord/command/{key}", kept)
        return kept

    def _count_creates(self, guild: str | None, fresh: int) -> None:
        now = self._clock.now()
        recent = [at for at in self._created.get(guild, []) if now - at < timedelta(days=1)]
        if len(recent) + fresh > CREATES_A_DAY:
            raise Refused(30034)
        self._created[guild] = recent + [now] * fresh


def checked(part: Part, *, in_guild: bool) -> Json:
    """One command as the API gives it back."""
    kind = part.one_of("type", (SLASH, USER, MESSAGE), required=False) or SLASH
    drawn: Json = {"type": kind, "name": _name(part, slash=kind == SLASH)}
    if kind == SLASH:
        drawn["description"] = part.text("description", least=1, most=100, required=True) or ""
        drawn |= _options(part, (1, 2, *KINDS[2:]), depth=0)
    else:
        if part.value.get("description"):
            words = "Context menu commands cannot have description"
            part.part("description").bad("APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_NOT_ALLOWED", words)
        if part.value.get("options"):
            words = "Context menu commands cannot have options"
            part.part("options").bad("APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS_NOT_ALLOWED", words)
        drawn["description"] = ""
    permissions = part.value.get("default_member_permissions")
    if permissions is not None and as_whole(permissions) is None:
        part.part("default_member_permissions").bad("NUMBER_TYPE_COERCE", f'Value "{permissions}" is not int.')
    drawn["default_member_permissions"] = None if permissions is None else str(permissions)
    drawn["nsfw"] = part.flag("nsfw")
    drawn |= {name: part.value.get(name) for name in ("name_localizations", "description_localizations")}
    if not in_guild:
        drawn["contexts"] = part.value.get("contexts")
        drawn["integration_types"] = part.value.get("integration_types") or [0]
        drawn["dm_permission"] = part.flag("dm_permission", default=True)
    if _size(drawn) > MOST_SIZE:
        part.bad("APPLICATION_COMMAND_TOO_LARGE", f"Command exceeds maximum size ({MOST_SIZE})")
    return drawn


def checked_all(parts: list[Part], *, in_guild: bool) -> list[Json]:
    """A bulk overwrite: at most so many of each type, no name twice."""
    drawn = [checked(part, in_guild=in_guild) for part in parts if part.is_object()]
    for n, command in enumerate(drawn):
        if any((one["name"], one["type"]) == (command["name"], command["type"]) for one in drawn[:n]):
            parts[n].part("name").bad("APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique")
    for part in parts[:1]:
        part.problems.refuse()
    for kind, most in MOST.items():
        if sum(1 for one in drawn if one["type"] == kind) > most:
            raise Refused(30032)
    return drawn


def choices(data: Part) -> list[Json]:
    """Suggestions for autocomplete, at most 25 (ibid., "Autocomplete"; receiving-and-responding.mdx)."""
    found: list[Json] = []
    for one in data.each("choices", most=25, required=True):
        if one.is_object():
            found.append(_choice(one))
    return found


def _name(part: Part, *, slash: bool) -> str:
    r"""`^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$`, in lower case where there is one (ibid., "Naming")."""
    name = part.text("name", least=1, most=32, required=True) or ""
    if slash and name and (not all(_permitted(letter) for letter in name) or name != name.lower()):
        part.part("name").bad("APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
    return name


def _permitted(letter: str) -> bool:
    if letter in "-_'" or unicodedata.category(letter)[0] in "LN":
        return True
    return bool(re.match(r"[\u0900-\u097F\u0E00-\u0E7F]", letter))


def _options(part: Part, kinds: tuple[int, ...], depth: int) -> Json:
    drawn: list[Json] = []
    optional_before = False
    for one in part.each("options", most=25):
        if not one.is_object():
            continue
        option = _option(one, kinds, depth)
        if option["name"] in [other["name"] for other in drawn]:
            one.part("name").bad("APPLICATION_COMMAND_OPTIONS_DUPLICATE_NAME", "Option names must be unique")
        if option.get("required") and optional_before:
            words = "Required options must be placed before non-required options"
            one.bad("APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", words)
        optional_before = optional_before or not option.get("required")
        drawn.append(option)
    nested = [option["type"] in (SUBCOMMAND, GROUP) for option in drawn]
    if any(nested) and not all(nested):
        words = "Sub-command and sub-command group option types are mutually exclusive to all other types"
        part.part("options").bad("APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", words)
    return {"options": drawn} if drawn else {}


def _option(part: Part, kinds: tuple[int, ...], depth: int) -> Json:
    kind = part.one_of("type", kinds)
    drawn: Json = {"type": kind, "name": _name(part, slash=True)}
    drawn["description"] = part.text("description", least=1, most=100, required=True) or ""
    drawn |= {name: part.value[name] for name in ("name_localizations", "description_localizations") if part.has(name)}
    if kind in (SUBCOMMAND, GROUP):
        # A group holds subcommands only, and nothing nests deeper (ibid., "Subcommands and Subcommand Groups").
        inside = (SUBCOMMAND,) if kind == GROUP else KINDS[2:]
        return drawn | _options(part, inside, depth + 1)
    drawn["required"] = part.flag("required")
    if part.has("choices"):
        drawn["choices"] = _option_choices(part, kind)
    if part.flag("autocomplete"):
        if kind not in CHOOSABLE or part.value.get("choices"):
            words = "Options with choices cannot have autocomplete, nor can types other than text and numbers"
            part.part("autocomplete").bad("APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID", words)
        drawn["autocomplete"] = True
    return drawn | _bounds(part, kind)


def _option_choices(part: Part, kind: int) -> list[Json]:
    if kind not in CHOOSABLE and part.value["choices"]:
        part.part("choices").bad(
            "APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID", "This type of option cannot have choices"
        )
    found: list[Json] = []
    for one in part.each("choices", most=25):
        if not one.is_object():
            continue
        choice = _choice(one)
        wrong = {STRING: not isinstance(choice["value"], str), INTEGER: not isinstance(choice["value"], int)}
        if wrong.get(kind, not isinstance(choice["value"], int | float)):
            one.part("value").bad("APPLICATION_COMMAND_OPTIONS_CHOICE_TYPE_INVALID", "The value has another type")
        if choice["name"] in [other["name"] for other in found]:
            one.part("name").bad("APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_DUPLICATE", "Choice names must be unique")
        found.append(choice)
    return found


def _choice(part: Part) -> Json:
    drawn: Json = {"name": part.text("name", least=1, most=100, required=True) or ""}
    value: Any = part.value.get("value")
    if value is None or isinstance(value, bool) or not isinstance(value, str | int | float):
        part.part("value").bad("BASE_TYPE_REQUIRED", "This field is required")
    elif isinstance(value, str) and not 1 <= len(value) <= 100:
        part.part("value").bad("BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.")
    drawn["value"] = value
    if part.has("name_localizations"):
        drawn["name_localizations"] = part.value["name_localizations"]
    return drawn


def _bounds(part: Part, kind: int) -> Json:
    drawn: Json = {}
    for name, kinds in (("min_value", (INTEGER, NUMBER)), ("max_value", (INTEGER, NUMBER))):
        if part.has(name):
            if kind not in kinds:
                part.part(name).bad("APPLICATION_COMMAND_OPTIONS_BOUNDS_INVALID", "Only numbers have bounds")
            drawn[name] = part.value[name]
    if kind == STRING:
        for name, least in (("min_length", 0), ("max_length", 1)):
            length = part.whole(name, least=least, most=6000)
            if length is not None:
                drawn[name] = length
    if kind == CHANNEL and part.has("channel_types"):
        drawn["channel_types"] = [one.value for one in part.each("channel_types", most=25)]
    return drawn


def _size(drawn: Json) -> int:
    """Characters of names, descriptions and values, the longest translation counting (ibid., "Slash Commands")."""
    total = 0
    for name in ("name", "description"):
        texts = [str(drawn.get(name) or ""), *(drawn.get(f"{name}_localizations") or {}).values()]
        total += max(len(text) for text in texts)
    if "value" in drawn:
        total += len(str(drawn["value"]))
    return total + sum(_size(one) for one in (*drawn.get("options", ()), *drawn.get("choices", ())))
