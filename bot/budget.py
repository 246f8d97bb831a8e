"""Budgets: how much text a message still takes, whatever its letters are."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar
from unicodedata import bidirectional

from bot.messages import Facts, Heading, Link, Note, Paragraph, Part, Text

Entry = TypeVar("Entry")

_AROUND = 6
"""Letters that stand around a line, such as the marks of a heading, or those between a label and its value."""

_PER_PART = 12
"""Bytes that a part takes besides its text."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What is left for texts, in letters and in bytes: one runs out sooner in English, the other in Chinese."""

    letters: int
    bytes: int

    def less(self, *texts: str | Text) -> "Budget":
        """What is left once these stand in it, however they must be made harmless."""
        added = [_added(text) for text in texts]
        return Budget(
            self.letters - sum(added) - sum(len(str(text)) for text in texts),
            self.bytes - sum(added) - sum(_bytes(str(text)) for text in texts),
        )

    def beside(self, parts: Iterable[Part]) -> "Budget":
        """What is left beside these parts of a message."""
        left = self
        for part in parts:
            match part:
                case Heading(text) | Paragraph(text) | Note(text):
                    left = left.less(text)
                case Facts(rows):
                    left = left.less(*(each for row in rows for each in row))
                case _:
                    pass
            left = Budget(left.letters, left.bytes - _PER_PART)
        return left

    @property
    def overdrawn(self) -> bool:
        """Whether more stands in it than it holds."""
        return self.letters < 0 or self.bytes < 0

    def over(self, number: int) -> "Budget":
        """Its share, where it is divided among so many."""
        return Budget(self.letters // number, self.bytes // number)


MESSAGE = Budget(4000, 10_000)
"""What a message holds in all. Discord is the narrower platform, see adapters.discord.limits."""


def fitting(entries: Iterable[Entry], text: Callable[[Entry], str | Text], budget: Budget) -> list[Entry]:
    """The first of these entries, as many as there is room for."""
    shown: list[Entry] = []
    for entry in entries:
        budget = budget.less(text(entry))
        if budget.overdrawn:
            break
        shown.append(entry)
    return shown


def _added(text: str | Text) -> int:
    """What a platform needs besides the words: marks around lines and addresses, and where links lead.

    Words that run from right to left are kept apart from ours, by a letter of three bytes on either side of each line.
    """
    words = str(text)
    around = _AROUND * (not words.isascii() and any(bidirectional(letter) in ("R", "AL") for letter in words))
    links = sum(len(run.url) for run in text.runs if isinstance(run, Link)) if isinstance(text, Text) else 0
    return (words.count("\n") + 1) * (_AROUND + around) + 2 * words.count("://") + links


def _bytes(words: str) -> int:
    """Marks are shown by their full-width forms of three bytes where there is no room for escapes."""
    return sum(
        1 if letter.isascii() and (letter.isalnum() or letter == " ") else max(3, len(letter.encode()))
        for letter in words
    )
