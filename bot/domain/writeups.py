"""Write-ups: what an evening was, told from what is on record of it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.domain.events import EventId
from bot.domain.people import MemberId
from bot.domain.places import ChapterId

WriteupId = NewType("WriteupId", int)

LONGEST_TITLE = 100
LONGEST = 2000
"""Letters of a title, and of what organisers write before and after what was recorded: each is one answer of a form."""


class WriteupState(StrEnum):
    """A draft is read by organisers alone."""

    DRAFT = "draft"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Writeup:
    """What organisers have said of an event's write-up; everything else in it is drawn from the record.

    `left_out` are the keys of what is not to stand in it. `version` grows with every change, so that nobody saves over
    another.
    """

    id: WriteupId
    event: EventId
    chapter: ChapterId
    title: str
    writer: MemberId
    state: WriteupState = WriteupState.DRAFT
    opening: str = ""
    closing: str = ""
    left_out: frozenset[str] = field(default_factory=frozenset[str])
    version: int = 1
    published: datetime | None = None
