"""Slash commands as a person's client sends them: it knows the options, and lets nobody send wrong ones.

D interactions/application-commands.mdx, "Application Command Option Type".
"""

from collections.abc import Mapping
from typing import Any

from adapters.playground.discord.refused import Json
from adapters.playground.discord.resolved import CHANNELS, ROLES, USERS, Resolved
from adapters.playground.impossible import Impossible

LARGEST = 2**53
PICKED = {6: (USERS,), 7: (CHANNELS,), 8: (ROLES,), 9: (USERS, ROLES)}


def descend(command: Json, words: list[str]) -> tuple[Json, list[Json]]:
    """The leaf that the words name, and the options of interaction data that lead to it, outermost first."""
    leaf, trail = command, list[Json]()
    for word in words:
        inner = next((one for one in leaf.get("options", ()) if one["name"] == word and one["type"] in (1, 2)), None)
        if inner is None:
            raise Impossible(f"/{command['name']} has no subcommand {word}.")
        leaf = inner
        trail.append({"name": inner["name"], "type": inner["type"], "options": []})
    if any(one["type"] in (1, 2) for one in leaf.get("options", ())):
        raise Impossible(f"/{command['name']} has subcommands and cannot itself be called.")
    return leaf, trail


def nested(trail: list[Json], filled: list[Json]) -> list[Json]:
    """The filled-in options inside the subcommands that lead to them."""
    inside = filled
    for step in reversed(trail):
        inside = [{**step, "options": inside}]
    return inside


def filled(leaf: Json, given: Mapping[str, Any], resolved: Resolved) -> list[Json]:
    """Every option checked as the client does: required ones there, values of their type and within their bounds."""
    known = {one["name"]: one for one in leaf.get("options", ())}
    for name in given:
        if name not in known:
            raise Impossible(f"There is no option {name}.")
    missing = [name for name, one in known.items() if one.get("required") and given.get(name) is None]
    if missing:
        raise Impossible(f"This option is required: {missing[0]}.")
    present = [(name, value) for name, value in given.items() if value is not None]
    return [
        {"name": name, "type": known[name]["type"], "value": _value(known[name], value, resolved)}
        for name, value in present
    ]


def partly_filled(leaf: Json, given: Mapping[str, Any], focused: str) -> list[Json]:
    """Options as autocomplete sends them: unchecked, the focused one as it is being typed (ibid., "Autocomplete")."""
    known = {one["name"]: one for one in leaf.get("options", ())}
    if focused not in known or not known[focused].get("autocomplete"):
        raise Impossible(f"The option {focused} completes nothing.")
    names = [name for name in (*given, *(() if focused in given else (focused,))) if name in known]
    found: list[Json] = []
    for name in names:
        option: Json = {"name": name, "type": known[name]["type"], "value": given.get(name, "")}
        if name == focused:
            option |= {"focused": True, "value": str(option["value"])}
        found.append(option)
    return found


def _value(option: Json, value: Any, resolved: Resolved) -> Any:
    kind, name = option["type"], option["name"]
    if kind in PICKED:
        return resolved.pick(value, *PICKED[kind])
    if kind == 11:
        return resolved.upload(value)
    if kind == 5:
        if not isinstance(value, bool):
            raise Impossible(f"{name} is either true or false.")
        return value
    value = str(value) if kind == 3 else _number(value, name, whole=kind == 4)
    choices = [one["value"] for one in option.get("choices", ())]
    if choices and value not in choices:
        raise Impossible(f"{name} must be one of the choices.")
    return _text(option, value) if isinstance(value, str) else _bounded(option, value)


def _number(value: Any, name: str, *, whole: bool) -> int | float:
    try:
        number = int(str(value)) if whole else float(str(value))
    except ValueError as error:
        raise Impossible(f"{name} must be a {'whole ' if whole else ''}number.") from error
    if abs(number) > LARGEST:
        raise Impossible(f"{name} is too large.")
    return number


def _text(option: Json, value: str) -> str:
    if not option.get("min_length", 0) <= len(value) <= option.get("max_length", 6000):
        raise Impossible(f"{option['name']} has the wrong length.")
    return value


def _bounded(option: Json, value: float) -> float:
    if not option.get("min_value", -LARGEST) <= value <= option.get("max_value", LARGEST):
        raise Impossible(f"{option['name']} is out of bounds.")
    return value
