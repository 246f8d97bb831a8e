"""Documents: a write-up in order, before it becomes a card, Markdown or a web page; all that is in it is data."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as PNG, with words for those who cannot see it, and the lines of its item that it `shows`."""

    png: bytes
    alt: str
    shows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """One of several things that were counted, and how many it was before, where it was counted twice."""

    label: str
    count: int
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """What was written under one heading, one after the other."""

    title: str
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that was said or asked: its words, what came of it line by line, and whose it is.

    `key` names it, such as `takeaway 5`, so that it can be left out. What is `quoted` is somebody's own word. `lines`
    tell all that is in `columns`, for those ways of reading it that have none; `bars` are told besides them.
    """

    key: str
    text: str
    lines: tuple[str, ...] = ()
    by: str = ""
    quoted: bool = False
    picture: Picture | None = None
    bars: tuple[Bar, ...] = ()
    columns: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Items under one heading."""

    title: str
    items: Sequence[Item]


@dataclass(frozen=True, slots=True)
class Document:
    """A write-up: facts, then what organisers wrote around what was recorded, what comes next, and how to book it."""

    title: str
    facts: Sequence[tuple[str, str]]
    opening: str
    sections: Sequence[Section]
    closing: str
    next: str
    book: str = ""
    language: str = "en"

    @property
    def items(self) -> Sequence[Item]:
        return [item for section in self.sections for item in section.items]


def paragraphs(text: str) -> Sequence[str]:
    """What somebody typed, paragraph by paragraph."""
    return [" ".join(part.split()) for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]
