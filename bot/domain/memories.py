"""Memories: what can be found again when its subject returns, whatever it was."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.domain.places import ChapterId, Place

MemoryId = NewType("MemoryId", int)


class MemoryKind(StrEnum):
    """What a memory is of."""

    EVENT = "event"
    POLL = "poll"
    PROMPT = "prompt"
    ROUND = "round"
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
