"""What the bot says, before a platform dresses it.

A text is a trusted template plus untrusted values, like SQL and its parameters: `say("**{title}** is full", title=…)`.
The template is a literal of ours and may mark words as **bold**; values are data and can mark, forge or ping nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import cache
from string import Formatter
from typing import LiteralString

from bot.domain.people import MemberId, Person


class WhenForm(StrEnum):
    """How a moment is shown; each reader sees it in their own zone."""

    FULL = "full"  # Thursday 17 September 2026 18:30
    SHORT = "short"  # 17 Sep 18:30
    TIME = "time"  # 18:30
    RELATIVE = "relative"  # in 2 days, where the platform can


@dataclass(frozen=True, slots=True)
class Plain:
    """A run of literal text."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class When:
    """A moment; `fallback` is for readers whose app cannot show it in their own zone."""

    at: datetime
    fallback: str
    form: WhenForm = WhenForm.FULL
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to a web address of ours."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Slash:
    """A command as people type it on their platform: `event create` shows as “/event create”, with any prefix."""

    command: str


Run = Plain | When | Link | Slash


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph of runs."""

    runs: tuple[Run, ...]

    def __str__(self) -> str:
        """The words alone, for notifications and for reading aloud."""
        return "".join(_words(run) for run in self.runs)


Value = str | int | When | Link | Slash | Text


def say(template: LiteralString, **values: Value) -> Text:
    """Fill a template of ours with values; `**…**` makes bold, values are shown as they are.

    Raises KeyError for a value that is missing.
    """
    runs: list[Run] = []
    for part in _parsed(template):
        match part:
            case Plain():
                runs.append(part)
            case name, bold:
                runs.extend(_runs(values[name], bold))
    return Text(tuple(runs))


@cache  # templates are literals of ours, so there are only so many
def _parsed(template: str) -> tuple[Plain | tuple[str, bool], ...]:
    """What a template says, and which value stands where; each knows whether it is bold."""
    parts: list[Plain | tuple[str, bool]] = []
    bold = False
    for literal, name, _spec, _conversion in Formatter().parse(template):
        for index, words in enumerate(literal.split("**")):
            if index:
                bold = not bold
            if words:
                parts.append(Plain(words, bold))
        if name is not None:
            parts.append((name, bold))
    return tuple(parts)


def join(separator: LiteralString, texts: Iterable[Text]) -> Text:
    """Several texts as one, with words of ours between them."""
    runs: list[Run] = []
    for index, text in enumerate(texts):
        if index:
            runs.append(Plain(separator))
        runs.extend(text.runs)
    return Text(tuple(runs))


def roll(names: Sequence[str], total: int) -> Text:
    """Names in order, out of a greater total: "Ada, Grace and 12 more". No name is ever cut in the middle."""
    rest = total - len(names)
    return Text((Plain(", ".join(names) + (f" and {rest} more" if rest > 0 else "")),))


def counted(number: int, one: LiteralString, several: LiteralString) -> Text:
    """So many of something: "1 event", "12 events"."""
    return say("{number} {what}", number=number, what=one if number == 1 else several)


class Tone(StrEnum):
    PLAIN = "plain"
    GOOD = "good"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Button:
    """A door to a command: pressing it makes the call that `code` holds."""

    label: str
    code: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Heading:
    text: Text


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: Text


@dataclass(frozen=True, slots=True)
class Note:
    """Small print."""

    text: Text


@dataclass(frozen=True, slots=True)
class Facts:
    """Labelled lines: ("Where", "The Crown"), with the label set apart from the value."""

    rows: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class Buttons:
    """A row of at most five buttons."""

    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to pick from a menu: picking it makes the call that `code` holds."""

    label: str
    code: str


@dataclass(frozen=True, slots=True)
class Menu:
    """Things to pick from, where buttons would be too many; `prompt` says what for.

    From one of `several` more than one can be picked at once: its options are calls of one command that differ in one
    answer, and what is picked is one call, with those answers side by side (see bot.codes).
    """

    prompt: str
    options: tuple[Option, ...]
    several: bool = False


@dataclass(frozen=True, slots=True)
class Divider:
    """A line between two parts."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a message; `alt` says in words what it is, or what a picture shows."""

    name: str
    content: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in its place among the words, which say the same: it may be missing where it cannot be shown."""

    file: Attachment


Part = Heading | Paragraph | Note | Facts | Buttons | Menu | Divider | Picture


@dataclass(frozen=True, slots=True)
class Message:
    """A message: its parts in order, and its gist in one line for notifications and screen readers.

    `calls` are the people whom it is for and who alone are mentioned, at its head; nothing else in it can ping anyone.
    What is said `aside`, such as a polite no, does not take the place of what it answers: a preview stays in sight.
    `files` go with an answer to somebody, or with what is told once in a thread; a card has none but its `pictures`.
    What is `moot` tells that nothing was done, since it was so before. `whom` it was done to the audit trail tells,
    where the call did not.
    """

    parts: tuple[Part, ...]
    gist: Text
    calls: tuple[Person, ...] = ()
    aside: bool = False
    files: tuple[Attachment, ...] = ()
    moot: bool = False
    whom: tuple[MemberId, ...] = ()

    @property
    def pictures(self) -> tuple[Attachment, ...]:
        """Those that stand among its parts, in their order."""
        return tuple(part.file for part in self.parts if isinstance(part, Picture))


def line(template: LiteralString, **values: Value) -> Message:
    """A message of one sentence."""
    text = say(template, **values)
    return Message((Paragraph(text),), text)


def already(template: LiteralString, **values: Value) -> Message:
    """A sentence for whoever asks for what is so already: nothing was done."""
    return replace(line(template, **values), moot=True)


def _runs(value: Value, bold: bool) -> tuple[Run, ...]:
    match value:
        case Text(runs):
            return runs
        case When(at, fallback, form):
            return (When(at, fallback, form, bold),)
        case Link() | Slash():
            return (value,)
        case _:
            return (Plain(str(value), bold),) if str(value) else ()


def _words(run: Run) -> str:
    match run:
        case Plain(text):
            return text
        case When(fallback=fallback):
            return fallback
        case Link(words):
            return words
        case Slash(command):
            return f"/{command}"
