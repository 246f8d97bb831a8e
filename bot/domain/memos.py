"""Memos: what an organiser wants to be said at a time, to whom, and how often."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType
from zoneinfo import ZoneInfo

from bot.domain.events import EventId
from bot.domain.people import AccountId, MemberId
from bot.domain.places import ChapterId, Place
from bot.domain.rhythms import Rhythm

MemoId = NewType("MemoId", int)

LATE = timedelta(minutes=15)
"""What is told later than this says so."""


class MemoState(StrEnum):
    DRAFT = "draft"
    SET = "set"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"


class Audience(StrEnum):
    """Whom a memo is for."""

    ME = "me"
    HERE = "here"
    HOME = "home"
    GOING = "going"

    @property
    def words(self) -> str:
        return {
            Audience.ME: "Only me",
            Audience.HERE: "This channel",
            Audience.HOME: "The chapter’s own channels",
            Audience.GOING: "Those going to an event",
        }[self]


Occasion = datetime | Rhythm
"""When something is said: once, or again and again."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A memo that is not on record yet; one of `digest` says what is coming up in place of words of its own.

    `origin` is the key of the call that wrote it, so that a call delivered twice makes one memo. `account` is the one
    through which its setter wrote, which is where they are told things; `place` is the channel if it is for one alone,
    and `event` that whose guests it is for.
    """

    chapter: ChapterId
    setter: MemberId
    account: AccountId
    text: str
    audience: Audience
    occasion: Occasion
    origin: str
    place: Place | None = None
    event: EventId | None = None
    digest: bool = False


@dataclass(frozen=True, slots=True)
class Memo:
    """A memo on record.

    `due` is when it rings next, `last` when the ring was due that came last, and `rung` counts the rings, each of which
    is told once. `trouble` is what keeps it from being told, in a word for its setter.
    """

    id: MemoId
    chapter: ChapterId
    setter: MemberId
    account: AccountId
    text: str
    audience: Audience
    place: Place | None
    event: EventId | None
    digest: bool
    rhythm: Rhythm | None
    due: datetime | None
    last: datetime | None
    rung: int
    state: MemoState
    trouble: str

    @property
    def pending(self) -> bool:
        """Whether it is to ring, or would if it were not paused."""
        return self.state in (MemoState.SET, MemoState.PAUSED)

    @property
    def private(self) -> bool:
        """Whether it is its setter's own."""
        return self.audience is Audience.ME

    def made(self, now: datetime) -> "Memo":
        """The memo once it is set, or goes on after a pause; what was missed meanwhile is not made up for."""
        due = self.due if self.rhythm is None else self.rhythm.after(now)
        return replace(self, state=MemoState.SET, due=due, trouble="")

    def ring(self, now: datetime) -> "Memo":
        """The memo once it has rung. Of several times that have passed, the last is the one that is told, late."""
        last = self.due
        while self.rhythm is not None and last is not None and (later := self.rhythm.after(last)) <= now:
            last = later
        due = None if self.rhythm is None else self.rhythm.after(now)
        state = MemoState.DONE if due is None else self.state
        return replace(self, rung=self.rung + 1, last=last, due=due, state=state)

    def over(self) -> "Memo":
        """The memo when there is nobody left to tell."""
        return replace(self, state=MemoState.DONE, due=None)


class Nap(StrEnum):
    """How long somebody wants to be left alone by a memo."""

    MINUTES = "minutes"
    HOUR = "hour"
    TOMORROW = "tomorrow"

    @property
    def words(self) -> str:
        return {Nap.MINUTES: "In 10 minutes", Nap.HOUR: "In 1 hour", Nap.TOMORROW: "Tomorrow"}[self]

    def after(self, now: datetime, zone: ZoneInfo) -> datetime:
        """When it is over: tomorrow is the same time of day by the zone's clocks."""
        match self:
            case Nap.MINUTES:
                return now + timedelta(minutes=10)
            case Nap.HOUR:
                return now + timedelta(hours=1)
            case Nap.TOMORROW:
                wall = now.astimezone(zone).replace(tzinfo=None) + timedelta(days=1)
                return wall.replace(tzinfo=zone).astimezone(now.tzinfo)


@dataclass(frozen=True, slots=True)
class Snooze:
    """One ring of a memo, put off: told again at `due` to one account, or to its channels where `account` is None.

    `step` counts how often that ring was put off.
    """

    memo: MemoId
    ring: int
    account: AccountId | None
    step: int
    due: datetime
