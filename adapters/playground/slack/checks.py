"""The vocabulary of checks from which blocks are described: each looks at one JSON value and notes what is wrong.

The sentences are Slack's own where they have been seen in public bug reports ("must be less than 3001 characters",
"no more than 100 items allowed", "missing required field: title", "invalid additional property: disabled",
"unsupported type: invalid"), each followed by a JSON pointer to the place.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

Problems: TypeAlias = list[str]
Check: TypeAlias = Callable[[Any, str, Problems], None]


def say(problems: Problems, pointer: str, words: str) -> None:
    problems.append(f"[ERROR] {words} [json-pointer:{pointer}]")


def string(most: int | None = None, least: int = 0, pattern: str | None = None) -> Check:
    """Text of `least` to `most` characters."""
    form = re.compile(pattern) if pattern else None

    def check(value: Any, pointer: str, problems: Problems) -> None:
        if not isinstance(value, str):
            say(problems, pointer, "must provide a string")
        elif most is not None and len(value) > most:
            say(problems, pointer, f"must be less than {most + 1} characters")
        elif len(value) < least:
            say(problems, pointer, f"must be more than {least - 1} characters")
        elif form is not None and not form.fullmatch(value):
            say(problems, pointer, "does not match the expected format")

    return check


def choice(*allowed: Any) -> Check:
    def check(value: Any, pointer: str, problems: Problems) -> None:
        if value not in allowed or isinstance(value, bool) != isinstance(allowed[0], bool):
            say(problems, pointer, f"must be one of: {', '.join(map(str, allowed))}")

    return check


def flag(value: Any, pointer: str, problems: Problems) -> None:
    """True or false."""
    if not isinstance(value, bool):
        say(problems, pointer, "must provide a boolean")


def whole(least: int | None = None, most: int | None = None) -> Check:
    """A whole number within bounds."""

    def check(value: Any, pointer: str, problems: Problems) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            say(problems, pointer, "must provide a number")
        elif (least is not None and value < least) or (most is not None and value > most):
            say(problems, pointer, f"must be between {least} and {most}")

    return check


def items(each: Check, most: int | None = None, least: int = 0) -> Check:
    """A list of `least` to `most` items."""

    def check(value: Any, pointer: str, problems: Problems) -> None:
        if not isinstance(value, list):
            say(problems, pointer, "must provide an array")
            return
        if most is not None and len(value) > most:
            say(problems, pointer, f"no more than {most} items allowed")
        if len(value) < least:
            say(problems, pointer, f"no fewer than {least} items required")
        for n, one in enumerate(value):
            each(one, f"{pointer}/{n}", problems)

    return check


def shape(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None, kind: str | None = None) -> Check:
    """An object with these fields and no others; `kind` is what its `type` says."""
    known = {**required, **(optional or {})}
    if kind is not None:
        known["type"] = choice(kind)

    def check(value: Any, pointer: str, problems: Problems) -> None:
        if not isinstance(value, dict):
            say(problems, pointer, "must provide an object")
            return
        for name in required:
            if name not in value:
                say(problems, pointer, f"missing required field: {name}")
        for name, one in value.items():
            if name in known:
                known[name](one, f"{pointer}/{name}", problems)
            else:
                say(problems, pointer, f"invalid additional property: {name}")

    return check


def kinds(table: Mapping[str, Check]) -> Check:
    """An object that is one of several, by its `type`."""

    def check(value: Any, pointer: str, problems: Problems) -> None:
        if not isinstance(value, dict):
            say(problems, pointer, "must provide an object")
        elif "type" not in value:
            say(problems, pointer, "missing required field: type")
        elif not isinstance(value["type"], str) or value["type"] not in table:
            say(problems, f"{pointer}/type", f"unsupported type: {value['type']}")
        else:
            table[value["type"]](value, pointer, problems)

    return check


def both(*checks: Check) -> Check:
    """Every one of these checks."""

    def check(value: Any, pointer: str, problems: Problems) -> None:
        for one in checks:
            one(value, pointer, problems)

    return check


def exactly_one(*names: str) -> Check:
    """Of these fields an object has exactly one."""

    def check(value: Any, pointer: str, problems: Problems) -> None:
        if isinstance(value, dict) and sum(name in value for name in names) != 1:
            say(problems, pointer, f"must provide exactly one of: {', '.join(names)}")

    return check
