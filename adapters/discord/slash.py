"""Slash commands: what is declared once, as Discord registers it."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from adapters.discord import limits
from adapters.discord.limits import Unfit
from adapters.discord.words import plain
from bot.calls import Kind
from bot.commands import Declared, Parameter

Json: TypeAlias = dict[str, Any]

CHAT_INPUT, MESSAGE = 1, 3
SUBCOMMAND, STRING, INTEGER, USER = 1, 3, 4, 6


def payload(commands: Sequence[Declared]) -> list[Json]:
    """What to register, by name: `event create` becomes the subcommand `create` of `event`; hidden ones are left out.

    No option is required: a command that lacks an answer opens its form.
    """
    groups: dict[str, list[Declared]] = {}
    for command in commands:
        if not command.hidden:
            groups.setdefault(command.name.partition(" ")[0], []).append(command)
    registered = [_top(name, group) for name, group in sorted(groups.items())]
    registered += [{"type": MESSAGE, "name": command.shortcut} for command in commands if command.shortcut]
    if len(registered) > limits.COMMANDS:
        raise Unfit(f"There are {len(registered)} slash commands; Discord takes {limits.COMMANDS}.")
    return registered


def same(ours: Sequence[Mapping[str, Any]], theirs: Sequence[Mapping[str, Any]]) -> bool:
    """Whether what is registered is what we would register."""
    return sorted(map(_essence, ours), key=_name) == sorted(map(_essence, theirs), key=_name)


def _top(name: str, group: Sequence[Declared]) -> Json:
    if len(group) == 1 and group[0].name == name:
        return {"type": CHAT_INPUT, **_named(name, group[0].summary), "options": _options(group[0])}
    if any(command.name == name for command in group):
        raise Unfit(f"/{name} has subcommands, so Discord does not let people call it by itself.")
    subcommands = [_subcommand(command) for command in group]
    if len(subcommands) > limits.PARAMETERS:
        raise Unfit(f"/{name} has {len(subcommands)} subcommands; Discord takes {limits.PARAMETERS}.")
    return {"type": CHAT_INPUT, **_named(name, ", ".join(one["name"] for one in subcommands)), "options": subcommands}


def _subcommand(command: Declared) -> Json:
    _, _, name = command.name.partition(" ")
    return {"type": SUBCOMMAND, **_named(name, command.summary), "options": _options(command)}


def _options(command: Declared) -> list[Json]:
    if len(command.parameters) > limits.PARAMETERS:
        raise Unfit(f"/{command.name} has {len(command.parameters)} options; Discord takes {limits.PARAMETERS}.")
    return [_option(parameter) for parameter in command.parameters if not parameter.ask.hidden]


def _option(parameter: Parameter) -> Json:
    option = {**_named(parameter.name, parameter.ask.question), "required": False}
    match parameter.kind:
        case Kind.NUMBER:
            return {"type": INTEGER, **option}
        case Kind.PERSON:
            return {"type": USER, **option}
        case Kind.PICK if 0 < len(parameter.candidates) <= limits.OPTIONS:
            candidates = [
                {"name": limits.shorten(plain(candidate.label), limits.OPTION), "value": candidate.value}
                for candidate in parameter.candidates
            ]
            return {"type": STRING, **option, "choices": candidates}
        case Kind.PICK:
            return {"type": STRING, **option, "autocomplete": True}
        case Kind.LINE | Kind.LINES:
            return {"type": STRING, **option, "max_length": min(parameter.ask.most, limits.OPTION_INPUT)}


def _named(name: str, description: str) -> Json:
    if (
        not name
        or len(name) > limits.COMMAND
        or name != name.lower()
        or not name.replace("_", "").replace("-", "").isalnum()
    ):
        raise Unfit(f"{name!r} cannot name a slash command or an option: {limits.COMMAND} small letters at most.")
    return {"name": name, "description": limits.shorten(plain(description), limits.DESCRIPTION)}


_MATTERS = ("type", "name", "description", "required", "choices", "autocomplete", "max_length")


def _essence(command: Mapping[str, Any]) -> Json:
    """What we set of a command or option, without what Discord adds, and with what it leaves out when it is nothing."""
    essence = {name: command[name] for name in _MATTERS if command.get(name) not in (None, False, "", [])}
    if "choices" in essence:
        essence["choices"] = [(choice["name"], choice["value"]) for choice in essence["choices"]]
    if command.get("options"):
        essence["options"] = [_essence(option) for option in command["options"]]
    return essence


def _name(essence: Mapping[str, Any]) -> str:
    return essence["name"]
