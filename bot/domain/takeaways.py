"""Takeaways: what somebody learnt at an event or from a prompt, kept so that it is found again."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.domain.events import EventId
from bot.domain.people import MemberId
from bot.domain.places import ChapterId
from bot.domain.prompts import PostingId

TakeawayId = NewType("TakeawayId", int)

LONGEST = 1000
"""Letters in a takeaway: a thought, not an essay; ten of them fit into one message."""


class TakeawayState(StrEnum):
    """How far a takeaway has come."""

    ASKED = "asked"  # somebody else wishes to keep it, and its author has not said yes
    KEPT = "kept"
    WITHDRAWN = "withdrawn"  # by its author, or left out by an organiser: shown nowhere any more


class Credit(StrEnum):
    """Whether a takeaway bears its author's name."""

    NAMED = "named"
    UNNAMED = "unnamed"

    @property
    def words(self) -> str:
        return "With my name" if self is Credit.NAMED else "Without a name"


@dataclass(frozen=True, slots=True)
class Learnt:
    """A takeaway as it is kept for the first time.

    `event` and `posting` say what it is from: an evening, a prompt that was posted, both, or neither. `keeper` is who
    kept it, which may be somebody other than the author. The same `origin` is kept once.
    """

    chapter: ChapterId
    event: EventId | None
    posting: PostingId | None
    text: str
    author: MemberId
    credit: Credit
    keeper: MemberId
    state: TakeawayState
    at: datetime
    origin: str


@dataclass(frozen=True, slots=True)
class Takeaway:
    """A takeaway on record. `support` is how many others would have said the same."""

    id: TakeawayId
    chapter: ChapterId
    event: EventId | None
    posting: PostingId | None
    text: str
    author: MemberId
    credit: Credit
    keeper: MemberId
    state: TakeawayState
    at: datetime
    support: int = 0

    @property
    def kept(self) -> bool:
        return self.state is TakeawayState.KEPT
