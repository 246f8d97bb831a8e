"""Settings: declared once, with their default and their words, and read with a sentence for each mistake."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import Field, dataclass, field, fields
from difflib import get_close_matches
from typing import Any, TypeVar, cast

T = TypeVar("T")


class Secret:
    """A word that must not be shown: it prints as dots, and only `reveal()` gives it away."""

    __slots__ = ("_word",)

    def __init__(self, word: str) -> None:
        self._word = word

    def reveal(self) -> str:
        """The word itself, for whoever must present it."""
        return self._word

    def __bool__(self) -> bool:
        return bool(self._word)

    def __eq__(self, other: object) -> bool:
        return self._word == other._word if isinstance(other, Secret) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._word)

    def __repr__(self) -> str:
        return "•••"


def setting(default: T, note: str, *, variable: str = "", shown: object = None) -> T:
    """Declare a setting: its default, what it means, a variable that wins over the file, an example to show instead."""
    return field(default=default, metadata={"note": note, "variable": variable, "shown": shown})


def written(kind: type) -> str:
    """A table's settings as a file shows them: what each means, then its default or an example."""
    return "\n".join(_written(declared) for declared in fields(kind))


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a file, and what is wrong with it.

    Each mistake becomes a sentence in `mistakes`, and the default is read in its place, so that one reading finds all.
    """

    name: str
    kind: type
    given: Mapping[str, object]
    environ: Mapping[str, str]
    mistakes: list[str]

    def check_names(self) -> None:
        """Note every setting that nobody declared, and what was probably meant."""
        names = [declared.name for declared in fields(self.kind)]
        for name in self.given:
            if name not in names:
                self.wrong(f"Unknown setting {self.name} {name}: {meant(name, names)}")

    def text(self, name: str) -> str:
        """A text; an empty one is the default."""
        return self._told(name) or self._default(name)

    def secret(self, name: str) -> Secret:
        """A text that must never be shown."""
        return Secret(self.text(name)) if self._told(name) else self._default(name)

    def key(self, name: str) -> str:
        """A platform's id, which may be written as a number or as text."""
        value = self.given.get(name)
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else self.text(name)

    def parsed(self, name: str, parse: Callable[[str], T]) -> T:
        """A text with a meaning; `parse` raises ValueError with a sentence when it has none."""
        told = self._told(name)
        return self._default(name) if not told else self._parsed(name, told, parse)

    def several(self, name: str, parse: Callable[[str], T]) -> tuple[T, ...]:
        """A list of texts, each with a meaning."""
        if name not in self.given:
            return self._default(name)
        value = self.given[name]
        if not isinstance(value, list) or not all(isinstance(each, str) for each in cast("list[object]", value)):
            self.wrong(f"{self.name} {name} must be a list of texts, such as {_toml(self._default(name))}.")
            return self._default(name)
        return tuple(self._parsed(name, each, parse) for each in cast("list[str]", value))

    def wrong(self, sentence: str) -> None:
        """Note a mistake, once."""
        if sentence not in self.mistakes:
            self.mistakes.append(sentence)

    def variable(self, name: str) -> str:
        """The environment variable that wins over a setting in the file, or nothing."""
        return self._declared(name).metadata["variable"]

    def _told(self, name: str) -> str:
        variable = self.variable(name)
        if variable and (told := self.environ.get(variable, "").strip()):
            return told
        value = self.given.get(name, "")
        if isinstance(value, str):
            return value.strip()
        self.wrong(f"{self.name} {name} must be text in quotes, not {_sort(value)}.")
        return ""

    def _parsed(self, name: str, told: str, parse: Callable[[str], T]) -> T:
        try:
            return parse(told)
        except ValueError as no:
            self.wrong(f"{self.name} {name}: {no}")
            return self._default(name)

    def _default(self, name: str) -> Any:  # a declaration keeps its default without the type
        return self._declared(name).default

    def _declared(self, name: str) -> Field[Any]:
        return next(declared for declared in fields(self.kind) if declared.name == name)


def meant(word: str, words: Iterable[str]) -> str:
    """What was probably meant by a word that is none of `words`."""
    words = list(words)
    if close := get_close_matches(word.lower(), words, n=1):
        return f"did you mean {close[0]}?"
    return f"there is {' and '.join([', '.join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]}."


def _written(declared: Field[Any]) -> str:
    note, shown = declared.metadata["note"], declared.metadata["shown"]
    comment = "\n".join(f"# {line}" for line in note.splitlines())
    return f"{comment}\n{declared.name} = {_toml(declared.default if shown is None else shown)}\n"


def _toml(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(_toml(each) for each in cast('tuple[object, ...]', value))}]"
    return json.dumps("" if isinstance(value, Secret) else str(value), ensure_ascii=False)


def _sort(value: object) -> str:
    match value:
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case list():
            return "a list"
        case dict():
            return "a table"
        case _:
            return "a date or time"
