"""Slash commands as people type them: `/event create title: "Pub night" starts: Thu 17 Sep 18:30`."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Final

from bot.calls import Kind
from bot.commands import Declared

EVERYTHING: Final = "flashmob"
"""The slash command that reaches every command: `/flashmob event create`. It takes no prefix."""

HELP: Final = "help"
TOPIC: Final = "topic"

_OPENING: Final = '"“”„«'
_CLOSING: Final = '"“”»'
_PERSON: Final = re.compile(r"<@([UW][A-Z0-9]+)(?:\|([^>]*))?>")
# What Slack makes of mentions and addresses when it passes on what was typed (docs: Slash commands, should_escape).
_REFERENCE: Final = re.compile(r"<([@#!]?)([^|>]+)(?:\|([^>]*))?>")


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed: a command by name and what is given to it; `names` are the shown names of people given."""

    command: str
    given: Mapping[str, str]
    names: Mapping[str, str] = field(default_factory=dict[str, str])


def typed(slash: str, text: str, commands: Sequence[Declared], prefix: str) -> Typed:
    """Read a slash command. What names no command asks for help, about what was typed."""
    word = slash.removeprefix("/")
    line = text if word == EVERYTHING else f"{word.removeprefix(prefix)} {text}"
    line = line.strip()
    named = _named(line, commands)
    if named is None:
        return _help(line, commands)
    command, rest = named
    return _given(command, rest)


def _named(line: str, commands: Iterable[Declared]) -> tuple[Declared, str] | None:
    """The command with the longest name with which the line begins, and what follows it."""
    for command in sorted(commands, key=lambda command: -len(command.name.split())):
        pattern = r"\s+".join(map(re.escape, command.name.split()))
        found = re.match(rf"{pattern}(?!\S)", line, re.IGNORECASE)
        if found and not command.hidden:
            return command, line[found.end() :].strip()
    return None


def _help(line: str, commands: Iterable[Declared]) -> Typed:
    topic = _words(line)
    answers = any(command.name == HELP and command.parameter(TOPIC) for command in commands)
    return Typed(HELP, {TOPIC: topic} if answers and topic else {})


def _given(command: Declared, rest: str) -> Typed:
    """Pairs of `name: value`; what stands before the first goes to the first parameter that is not given otherwise."""
    parameters = {parameter.name: parameter for parameter in command.parameters if not parameter.ask.hidden}
    leading, pairs = _pairs(rest, parameters)
    if leading:
        free = next((name for name in parameters if name not in pairs), None)
        if free is not None:
            pairs = {free: leading, **pairs}
    given: dict[str, str] = {}
    names: dict[str, str] = {}
    for name, text in pairs.items():
        if parameters[name].kind is not Kind.PERSON:
            given[name] = _words(text)
        elif person := _PERSON.fullmatch(text):
            given[name] = person[1]
            names[person[1]] = unescape(person[2] or person[1])
        # Somebody who was not mentioned cannot be told for sure: then a form asks who is meant.
    return Typed(command.name, given, names)


def _pairs(rest: str, parameters: Iterable[str]) -> tuple[str, dict[str, str]]:
    names = "|".join(sorted(map(re.escape, parameters), key=len, reverse=True))
    if not names:
        return rest, {}
    pair = re.compile(
        rf"(?<!\S)(?P<name>{names})\s*:\s*(?:[{_OPENING}](?P<quoted>[^{_OPENING}{_CLOSING}]*)[{_CLOSING}](?!\S))?",
        re.IGNORECASE,
    )
    found = list(pair.finditer(rest))
    leading = rest[: found[0].start()] if found else rest
    pairs: dict[str, str] = {}
    for number, match in enumerate(found):
        end = found[number + 1].start() if number + 1 < len(found) else len(rest)
        pairs[match["name"].lower()] = f"{match['quoted'] or ''} {rest[match.end() : end]}".strip()
    return _unquoted(leading.strip()), pairs


def _unquoted(text: str) -> str:
    quoted = len(text) > 1 and text[0] in _OPENING and text[-1] in _CLOSING
    return text[1:-1].strip() if quoted else text


def _words(text: str) -> str:
    """Text as it was typed, before Slack turned its mentions into references and escaped it."""
    return unescape(_REFERENCE.sub(_as_typed, text))


def _as_typed(found: re.Match[str]) -> str:
    mark, key, label = found.groups()
    match mark:
        case "@" | "#":
            return f"{mark}{label or key}"
        case "!":
            return label or f"@{key}"
        case _:
            return label if label and key.endswith(label) else key
