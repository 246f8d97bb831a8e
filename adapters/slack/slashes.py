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
_QUOTED: Final = re.compile(f"[{_OPENING}]([^{_OPENING}{_CLOSING}]*)[{_CLOSING}](?!\\S)")
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
        named = _bare(line, commands)
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


def _bare(line: str, commands: Iterable[Declared]) -> tuple[Declared, str] | None:
    """The command that is meant by its first word alone, and what follows it."""
    word, _, rest = line.partition(" ")
    for command in commands:
        if command.bare and command.name.split()[0] == word.lower() and rest.strip().lower() != HELP:
            return command, rest.strip()
    return None


def _help(line: str, commands: Iterable[Declared]) -> Typed:
    topic = _words(line)
    answers = any(command.name == HELP and command.parameter(TOPIC) for command in commands)
    return Typed(HELP, {TOPIC: topic} if answers and topic else {})


def _given(command: Declared, rest: str) -> Typed:
    """Pairs of `name: value`; what stands before the first goes to the first parameter that is not given otherwise.

    Where several quoted texts stand there, each goes to one parameter, and all that are left to one that takes lines.
    """
    parameters = {parameter.name: parameter for parameter in command.parameters if not parameter.ask.hidden}
    leading, pairs = _pairs(rest, parameters)
    left = _quoted(leading) or [_unquoted(leading)]
    for name, parameter in parameters.items():
        if name not in pairs and any(left):
            taken = len(left) if parameter.kind is Kind.LINES and len(left) > 1 else 1
            pairs[name] = "\n".join(left[:taken])
            left = left[taken:]
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
        return rest.strip(), {}
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
    return leading.strip(), pairs


def _quoted(text: str) -> list[str]:
    """The quoted texts of which a text consists, where it consists of several."""
    found = _QUOTED.findall(text)
    return [each.strip() for each in found] if len(found) > 1 and not _QUOTED.sub("", text).strip() else []


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
