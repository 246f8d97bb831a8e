"""Memories: what can be found again when its subject returns, whatever it was."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.domain.places import ChapterId, Place

MemoryId = NewType("MemoryId", int)

_WORD = re.compile(r"\w+")

# Words that say nothing about a subject; those that both databases' stemmers leave, and what questions are made of.
_EMPTY = frozenset(
    """
    a about after all also am an and any are as at be because been before but by can could did do does
    for from get had has have how i if in into is it its just like me more most my no not of on one or
    our out over should so some than that the their them then there these they this those to too up us
    was we were what when where which who why will with would you your
    """.split()  # noqa: SIM905 - a list of words reads best as words
)


class MemoryKind(StrEnum):
    """What a memory is of."""

    EVENT = "event"
    POLL = "poll"
    PROMPT = "prompt"
    TAKEAWAY = "takeaway"
    WRITEUP = "writeup"

    @property
    def words(self) -> str:
        return "Write-up" if self is MemoryKind.WRITEUP else self.value.capitalize()


@dataclass(frozen=True, slots=True)
class Memory:
    """Something that can be found again: its `title` weighs more than the other `words` in it.

    `subject` is the id of what it is of. Where there is a `place`, only whoever asks there may find it.
    """

    kind: MemoryKind
    subject: int
    chapter: ChapterId
    title: str
    words: str
    at: datetime
    place: Place | None = None
    id: MemoryId = MemoryId(0)


def telling(text: str) -> list[str]:
    """The words of a text that say what it is about, in order, each once, in small letters."""
    return list(dict.fromkeys(word for word in _WORD.findall(text.casefold()) if word not in _EMPTY))


def likeness(one: str, other: str) -> float:
    """How much of the shorter subject is in the other, from 0 to 1; a single word in common is never enough."""
    ours, theirs = {_stem(word) for word in telling(one)}, {_stem(word) for word in telling(other)}
    common = len(ours & theirs)
    return common / min(len(ours), len(theirs)) if common > 1 else 0.0


def _stem(word: str) -> str:
    """Crude on purpose: it only has to make one of “project” and “projects”, “stop”, “stops” and “stopping”."""
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            stem = word[: -len(ending)]
            return stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] else stem
    return word
