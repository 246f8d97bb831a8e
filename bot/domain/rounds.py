"""Rounds: short answers of everybody, collected in columns, such as what to stop, to do more of, and to start."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.domain.choices import split
from bot.domain.events import EventId
from bot.domain.people import MemberId
from bot.domain.places import ChapterId
from bot.domain.takeaways import Credit

RoundId = NewType("RoundId", int)
EntryId = NewType("EntryId", int)

USUAL = ("stopped", "more of", "started")
"""The columns where nobody has said others."""

FEWEST, MOST = 2, 5
"""How many columns a round has; each has a button, and a row holds five."""

LONGEST_TITLE = 80
LONGEST_COLUMN = 40
LONGEST = 200
"""Letters in a title, in the name of a column, and in an entry: a line, not a story."""

EACH = 30
"""Entries of one member in one round: a thought each, not a flood."""


class Unusable(ValueError):
    """These are no columns for a round; the text says why, and what would do."""


class RoundState(StrEnum):
    """Whether entries are taken."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Start:
    """A round as it is put on record; the same `origin` starts one."""

    chapter: ChapterId
    event: EventId | None
    title: str
    columns: tuple[str, ...]
    starter: MemberId
    at: datetime
    origin: str


@dataclass(frozen=True, slots=True)
class Round:
    """A round on record."""

    id: RoundId
    chapter: ChapterId
    event: EventId | None
    title: str
    columns: tuple[str, ...]
    starter: MemberId
    state: RoundState
    at: datetime

    @property
    def open(self) -> bool:
        return self.state is RoundState.OPEN


@dataclass(frozen=True, slots=True)
class Written:
    """An entry as it is written; `column` counts from 0, and the same `origin` writes one."""

    round: RoundId
    column: int
    text: str
    author: MemberId
    at: datetime
    origin: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry on record. `support` is how many others would have said the same."""

    id: EntryId
    round: RoundId
    column: int
    text: str
    author: MemberId
    credit: Credit
    at: datetime
    support: int = 0

    def says(self, text: str) -> bool:
        """Whether it says just that, in whatever capitals, and whatever sign it ends with."""
        return _bare(self.text) == _bare(text)


def read_columns(text: str) -> tuple[str, ...]:
    """Columns as people write them, one a line or with bars between them; the usual ones for none. Raises Unusable."""
    columns = split(text)
    if not columns:
        if text.strip():
            raise Unusable("There is no word in that: name each column, one a line, or with | between them.")
        return USUAL
    if len(columns) < FEWEST:
        raise Unusable(
            f"“{columns[0][:LONGEST_COLUMN]}” is the only column: name at least two, one a line, or with | between."
        )
    if len(columns) > MOST:
        raise Unusable(f"These are {len(columns)} columns; a round has room for {MOST}.")
    for column in columns:
        if len(column) > LONGEST_COLUMN:
            raise Unusable(
                f"“{column[:LONGEST_COLUMN]}…” has {len(column)} letters; a column’s name has room for "
                f"{LONGEST_COLUMN}."
            )
    if len({column.casefold() for column in columns}) < len(columns):
        raise Unusable("Two columns have the same name; give each a name of its own.")
    return tuple(columns)


def columned(entries: Sequence[Entry], columns: int) -> list[list[Entry]]:
    """The entries of each column, most supported first, then oldest."""
    ranked = sorted(entries, key=lambda entry: (-entry.support, entry.id))
    return [[entry for entry in ranked if entry.column == column] for column in range(columns)]


def _bare(text: str) -> str:
    """A line without its capitals, and without the signs that end a sentence, where there is more than those."""
    line = " ".join(text.casefold().split())
    return line.rstrip(".!?… ") or line
