"""Codes: a call as a small address, `rsvp?event=42&answer=going`, that a button carries and that survives restarts."""

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qsl, quote, unquote

MOST = 100
"""Discord gives a button's id 100 characters (discord-api-docs, components reference); Slack would take 255."""


class BadCode(ValueError):
    """A code that was truncated or forged."""


def pack(command: str, given: Mapping[str, str]) -> str:
    """The code of a call; raises ValueError when it does not fit a button."""
    query = "&".join([f"{_quoted(name)}={_quoted(value)}" for name, value in given.items()])
    code = f"{quote(command)}?{query}" if given else quote(command)
    if len(code) > MOST:
        raise ValueError(f"The code {code!r} has {len(code)} characters; a button carries at most {MOST}.")
    return code


def _quoted(text: str) -> str:
    """Nearly all that codes hold are numbers and words, which need no looking at: crowds press a great many of them."""
    return text if text.isascii() and text.isalnum() else quote(text, safe="")


def unpack(code: str) -> tuple[str, dict[str, str]]:
    """The command and what is given to it; raises BadCode for what `pack` cannot have made."""
    name, mark, query = code.partition("?")
    try:
        pairs = parse_qsl(query, keep_blank_values=True, strict_parsing=True) if mark else []
        command = unquote(name, errors="strict")
    except ValueError as error:
        raise BadCode(code) from error
    given = dict(pairs)
    try:
        if command and len(given) == len(pairs) and pack(command, given) == code:
            return command, given
    except ValueError as error:
        raise BadCode(code) from error
    raise BadCode(code)


def subject(code: str) -> str:
    """What a drawing is about: the first thing that its code gives, such as `event=42`."""
    return code.partition("?")[2].partition("&")[0]


def together(codes: Sequence[str]) -> tuple[str, dict[str, str]]:
    """What several calls that differ in one answer are as one: that answer holds all of theirs, with spaces between.

    Raises BadCode for calls that no menu of ours offers together.
    """
    read = [unpack(code) for code in codes]
    if not read or any(command != read[0][0] or given.keys() != read[0][1].keys() for command, given in read):
        raise BadCode(" ".join(codes))
    values = {name: list(dict.fromkeys(given[name] for _command, given in read)) for name in read[0][1]}
    if sum(len(different) > 1 for different in values.values()) > 1:
        raise BadCode(" ".join(codes))
    return read[0][0], {name: " ".join(different) for name, different in values.items()}


def row(text: str) -> int | None:
    """The id of one of our rows, where a text is one: a forged one may have more digits than any database holds."""
    return int(text) if text.isdecimal() and len(text) <= 18 else None
