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

OFFERED = 3
"""From how many hours before the start a seat that comes free is offered and not given, where nobody has said."""

OFFER, SHORT_OFFER = timedelta(minutes=30), timedelta(minutes=10)
"""How long somebody has to take up an offer; no longer than until the start, but never less than the short time."""

DOORS = timedelta(hours=3)
"""How long before the start people may come, and can be ticked off."""

WHOLE_DAY = timedelta(days=1)
"""How long a day counts whose hour is not announced yet."""


class EventState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"
    OVER = "over"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class Event:
    """An event of a chapter. `revision` grows whenever its reminders must be made anew; `seats` of None is no limit.

    What is still to be announced is empty: `starts` is None while the date is open; while only the hour is, `timed` is
    False and `starts` the first moment of the day. `version` grows whenever an organiser changes what the event says,
    and `settled` is the version that everybody concerned was told of last. `finish` is its end where somebody has said
    so, `closes` the moment until which people may say that they come, `question` what they are asked then, and `guests`
    how many each may bring. Within so many hours `offered` before the start, whoever is next in line is offered a seat
    that comes free, and must say yes; 0 is never.
    """

    id: EventId
    chapter: ChapterId
    title: str
    starts: datetime | None
    venue: str
    about: str
    seats: int | None
    state: EventState
    revision: int
    planner: MemberId
    timed: bool = True
    version: int = 1
    settled: int = 1
    finish: datetime | None = None
    closes: datetime | None = None
    question: str = ""
    guests: int = 0
    offered: int = OFFERED

    @property
    def public(self) -> bool:
        """Whether it was published ever; drafts, and what became of them, are for organisers' eyes."""
        return self.state not in (EventState.DRAFT, EventState.DISCARDED)

    @property
    def ends(self) -> datetime | None:
        """When it is over; None while nobody knows the date."""
        if self.starts is None or self.finish is not None:
            return self.finish
        return self.starts + (USUAL_LENGTH if self.timed else WHOLE_DAY)

    def ended(self, now: datetime) -> bool:
        """Whether its end has come; one without a date has none."""
        return self.ends is not None and self.ends <= now

    def over(self) -> "Event":
        """The event once it has ended."""
        return replace(self, state=EventState.OVER)

    def doors_open(self, now: datetime) -> bool:
        """Whether people may have come by now, or will shortly; nobody comes where the date is open."""
        return self.starts is not None and self.starts - DOORS <= now

    def closed(self, now: datetime) -> bool:
        """Whether it is too late to say that one comes; to say that one does not, it never is."""
        return self.closes is not None and self.closes <= now

    def offer_until(self, now: datetime) -> datetime | None:
        """Until when the next in line may take up a seat that comes free now; None where it is simply theirs."""
        if not self.offered or self.starts is None or not self.timed:
            return None
        if now < self.starts - timedelta(hours=self.offered):
            return None
        return max(now + SHORT_OFFER, min(now + OFFER, self.starts)).replace(microsecond=0)

    def holds(self, people: int) -> bool:
        """Whether there are seats for so many, were all of them free."""
        return self.seats is None or people <= self.seats

    def open(self, now: datetime) -> bool:
        """Whether people may still answer: published, and not yet over."""
        return self.state is EventState.PUBLISHED and not self.ended(now)


@dataclass(frozen=True, slots=True)
class Plan:
    """What an organiser has written of an event that is not on record yet.

    `origin` is the key of the call that wrote it, so that a call delivered twice plans one event.
    """

    chapter: ChapterId
    title: str
    starts: datetime | None
    venue: str
    about: str
    seats: int | None
    planner: MemberId
    origin: str
    timed: bool = True
    question: str = ""
    guests: int = 0
    offered: int = OFFERED
