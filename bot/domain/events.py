"""Events: something to go to, from the first draft until it is over."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from bot.domain.people import MemberId
from bot.domain.places import ChapterId

EventId = NewType("EventId", int)

USUAL_LENGTH = timedelta(hours=3)
"""How long an evening lasts when nobody has said."""


class EventState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Event:
    """An event of a chapter. `revision` grows whenever its reminders must be made anew; `seats` of None is no limit."""

    id: EventId
    chapter: ChapterId
    title: str
    starts: datetime
    venue: str
    about: str
    seats: int | None
    state: EventState
    revision: int
    planner: MemberId

    @property
    def ends(self) -> datetime:
        return self.starts + USUAL_LENGTH

    def over(self) -> "Event":
        """The event once it has ended."""
        return replace(self, state=EventState.OVER)

    def open(self, now: datetime) -> bool:
        """Whether people may still answer: published, and not yet over."""
        return self.state is EventState.PUBLISHED and now < self.ends


@dataclass(frozen=True, slots=True)
class Plan:
    """What an organiser has written of an event that is not on record yet.

    `origin` is the key of the call that wrote it, so that a call delivered twice plans one event.
    """

    chapter: ChapterId
    title: str
    starts: datetime
    venue: str
    about: str
    seats: int | None
    planner: MemberId
    origin: str
