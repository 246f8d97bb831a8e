"""Bodies read part by part: every wrong field is noted at its path, and all are answered together as Discord does.

The shape of the answer is documented (D reference.mdx, "Error Messages"); the inner codes and sentences that no page
lists are those seen in use (U), and nobody should build on them.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from adapters.playground.discord.refused import Json, Refused

MISSING = object()


class Problems:
    """What is wrong with one body, by path."""

    def __init__(self) -> None:
        self._found: list[tuple[tuple[str, ...], str, str]] = []

    def note(self, path: tuple[str, ...], code: str, words: str) -> None:
        self._found.append((path, code, words))

    @property
    def any(self) -> bool:
        return bool(self._found)

    def refuse(self) -> None:
        """Raise 50035 with everything noted, or return if there is nothing."""
        if not self._found:
            return
        errors: Json = {}
        for path, code, words in self._found:
            spot = errors
            for step in path:
                spot = spot.setdefault(step, {})
            spot.setdefault("_errors", []).append({"code": code, "message": words})
        raise Refused(50035, errors)


class Part:
    """One value in a body, its path, and where to note what is wrong with it."""

    def __init__(self, value: Any, problems: Problems, path: tuple[str, ...] = ()) -> None:
        self.value = value
        self.problems = problems
        self.path = path

    def bad(self, code: str, words: str) -> None:
        self.problems.note(self.path, code, words)

    def has(self, name: str) -> bool:
        """Whether the field is there and not null."""
        return isinstance(self.value, dict) and self.value.get(name) is not None

    def part(self, name: str | int) -> "Part":
        """A field, or an element of a list, whatever it is."""
        inner = self.value.get(name) if isinstance(self.value, dict) else self.value[name]
        return Part(inner, self.problems, (*self.path, str(name)))

    def required(self, name: str) -> bool:
        if self.has(name):
            return True
        self.part(name).bad("BASE_TYPE_REQUIRED", "This field is required")
        return False

    def text(self, name: str, *, least: int = 0, most: int, required: bool = False) -> str | None:
        """A string within its lengths, or None when it is absent or wrong."""
        if not self.has(name):
            if required:
                self.required(name)
            return None
        spot = self.part(name)
        if not isinstance(spot.value, str):
            spot.bad("BASE_TYPE_BAD_STRING", "Must be a string.")
        elif required and least > 0 and not spot.value.strip():
            spot.bad("BASE_TYPE_REQUIRED", "This field is required")
        elif not least <= len(spot.value) <= most:
            _bad_length(spot, least, most)
        else:
            return spot.value
        return None

    def whole(self, name: str, *, least: int, most: int, required: bool = False) -> int | None:
        """A whole number within its bounds; Discord also takes one written as a string."""
        if not self.has(name):
            if required:
                self.required(name)
            return None
        spot = self.part(name)
        number = as_whole(spot.value)
        if number is None:
            spot.bad("NUMBER_TYPE_COERCE", f'Value "{spot.value}" is not int.')
        elif number < least:
            spot.bad("NUMBER_TYPE_MIN", f"int value should be greater than or equal to {least}.")
        elif number > most:
            spot.bad("NUMBER_TYPE_MAX", f"int value should be less than or equal to {most}.")
        else:
            return number
        return None

    def flag(self, name: str, default: bool = False) -> bool:
        if not self.has(name):
            return default
        spot = self.part(name)
        if isinstance(spot.value, bool):
            return spot.value
        spot.bad("BOOLEAN_TYPE_CONVERT", "Must be either true or false.")
        return default

    def one_of(self, name: str, choices: Sequence[Any], *, required: bool = True) -> Any:
        """One of a few values, or None when it is absent or none of them."""
        if not self.has(name):
            if required:
                self.required(name)
            return None
        spot = self.part(name)
        if type(spot.value) is not bool and spot.value in choices:
            return spot.value
        spot.bad("BASE_TYPE_CHOICES", f"Value must be one of {{{', '.join(repr(one) for one in choices)}}}.")
        return None

    def each(self, name: str, *, least: int = 0, most: int, required: bool = False) -> Iterator["Part"]:
        """The elements of a list of permitted length; nothing when it is absent or wrong."""
        if not self.has(name):
            if required:
                self.required(name)
            return
        spot = self.part(name)
        if not isinstance(spot.value, list):
            spot.bad("LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
            return
        if not least <= len(spot.value) <= most:
            _bad_length(spot, least, most)
            return
        for n in range(len(spot.value)):
            element = spot.part(n)
            yield element

    def is_object(self) -> bool:
        if isinstance(self.value, dict):
            return True
        self.bad("DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
        return False

    def snowflake(self, name: str, *, required: bool = False) -> str | None:
        """An id, as text."""
        if not self.has(name):
            if required:
                self.required(name)
            return None
        spot = self.part(name)
        if is_snowflake(spot.value):
            return str(spot.value)
        spot.bad("NUMBER_TYPE_COERCE", f'Value "{spot.value}" is not snowflake.')
        return None


def as_whole(value: Any) -> int | None:
    """A whole number as Discord reads it, or None."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, str) and value.lstrip("-").isascii() and value.lstrip("-").isdigit():
        return int(value)
    return None


def is_snowflake(value: Any) -> bool:
    number = as_whole(value)
    return number is not None and 0 <= number < 2**64


def _bad_length(spot: Part, least: int, most: int) -> None:
    if len(spot.value) > most and least == 0:
        spot.bad("BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")
    else:
        spot.bad("BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")
