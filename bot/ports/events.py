"""Events on record: chapters, events, guest lists and reminders."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.domain.events import Event, EventId, EventState, Plan
from bot.domain.leads import Lead
from bot.domain.people import Account, MemberId, Platform
from bot.domain.places import Chapter, ChapterId, Home
from bot.domain.reminders import Reminder, ReminderKind
from bot.domain.rsvps import Answer, Rsvp


class Chapters(Protocol):
    """The chapters of the community."""

    async def all(self) -> Sequence[Chapter]:
        """By name."""
        ...

    async def get(self, chapter: ChapterId) -> Chapter:
        """Raises KeyError."""
        ...

    async def lock(self, chapter: ChapterId) -> Chapter:
        """A chapter, held against whoever else would change it until the transaction ends; raises KeyError."""
        ...

    async def add(self, name: str, zone: ZoneInfo, leads: Sequence[Lead], origin: str = "") -> ChapterId:
        """Make a chapter without a home; the one of that name, as it is, where there is one already."""
        ...

    async def found(self, name: str, zone: ZoneInfo, leads: Sequence[Lead]) -> Chapter:
        """The chapter that the configuration founds under this name, made where it is missing.

        One that was called otherwise since is found again; one that was made in chat under this name is taken over.
        """
        ...

    async def made(self, origin: str) -> ChapterId | None:
        """The chapter that a call of this origin put on record."""
        ...

    async def put(self, chapter: Chapter) -> None:
        """Replace a chapter's name, zone and leads; raises KeyError."""
        ...

    async def settle(self, chapter: ChapterId, home: Home) -> None:
        """Give a chapter its home on the home's platform, in place of any it had there."""
        ...

    async def unsettle(self, chapter: ChapterId, platform: Platform) -> None:
        """Let a chapter have no home on a platform, as somebody said in chat."""
        ...

    async def join(self, members: Collection[tuple[ChapterId, MemberId]], *, anew: bool) -> None:
        """Make these members of chapters; whoever left one before comes back only where it is `anew`. Set-based."""
        ...

    async def leave(self, chapter: ChapterId, member: MemberId) -> bool:
        """False if they were no member of it."""
        ...

    async def joined(self, member: MemberId) -> frozenset[ChapterId]:
        """The chapters of which somebody is a member."""
        ...

    async def members(self, chapter: ChapterId) -> Sequence[MemberId]:
        """Who is a member of it."""
        ...

    async def sizes(self) -> Mapping[ChapterId, int]:
        """How many members each chapter has that has any."""
        ...


class Events(Protocol):
    """Events of all chapters."""

    async def add(self, plan: Plan) -> EventId:
        """Put a draft on record; the one already made of the same origin where there is one."""
        ...

    async def get(self, event: EventId) -> Event:
        """Raises KeyError."""
        ...

    async def made(self, origin: str) -> EventId | None:
        """The event that a call of this origin put on record."""
        ...

    async def name(self, event: EventId) -> str:
        """A name that no other event has, on any database, and that it never changes; raises KeyError."""
        ...

    async def lock(self, events: Collection[EventId]) -> Mapping[EventId, Event]:
        """These events, held against other writers until the transaction ends; those that do not exist are left out."""
        ...

    async def put(self, event: Event) -> None:
        """Replace what is on record of an event."""
        ...

    async def upcoming(self, now: datetime, state: EventState, chapter: ChapterId | None = None) -> Sequence[Event]:
        """Events in this state that are not over by `now`, soonest first, those without a date last."""
        ...

    async def drafts(self) -> Sequence[Event]:
        """Events that nobody has published yet, whatever their date, soonest first, those without a date last."""
        ...


class Editions(Protocol):
    """What events said in earlier versions."""

    async def keep(self, event: Event) -> None:
        """Keep what an event says, for when it has changed; what was kept of a version stays as it is."""
        ...

    async def get(self, event: Event, version: int) -> Event:
        """The event as it was in that version; raises KeyError."""
        ...

    async def all(self, event: Event) -> Sequence[Event]:
        """The event as it was in each of its earlier versions, the first one first."""
        ...

    async def restart(self, event: Event) -> None:
        """Have an event start in one of its earlier versions when this says: that day begins at another moment now."""
        ...


@dataclass(frozen=True, slots=True)
class Headcount:
    """How many gave each answer (0 where nobody did), and the last place given out in order of arrival (or 0).

    `guests` is how many come with those who are going, and `held` how many seats are held for some who wait.
    """

    counts: Mapping[Answer, int]
    last: int
    guests: int = 0
    held: int = 0

    @property
    def taken(self) -> int:
        """How many seats are taken, or held for somebody."""
        return self.counts[Answer.GOING] + self.guests + self.held


class Rsvps(Protocol):
    """Guest lists."""

    async def headcounts(self, events: Collection[EventId]) -> Mapping[EventId, Headcount]:
        """One for each of the events, also where nobody has answered; a single query."""
        ...

    async def of(self, events: Collection[EventId], members: Collection[MemberId]) -> Sequence[Rsvp]:
        """What these members have answered to these events."""
        ...

    async def answered(self, event: EventId, answer: Answer) -> Sequence[tuple[Rsvp, Account]]:
        """Everybody who answered this, with the account through which they are told, in order of arrival.

        That is the one that they wish, or else the one with which they answered.
        """
        ...

    async def all(self, members: Collection[MemberId]) -> Sequence[Rsvp]:
        """What these members have answered to any event, by event."""
        ...

    async def waiting(self, events: Collection[EventId]) -> Sequence[Rsvp]:
        """The waitlists of these events, in order of arrival."""
        ...

    async def lapsing(self, now: datetime, most: int) -> Sequence[EventId]:
        """Events with offers that nobody has taken up by `now`."""
        ...

    async def next_lapse(self) -> datetime | None:
        """When the next offer lapses."""
        ...

    async def names(self, event: EventId, answer: Answer, most: int) -> Sequence[str]:
        """The shown names of the first `most` who answered this, in order of arrival."""
        ...

    async def put(self, rsvps: Collection[Rsvp]) -> None:
        """Record answers, each in place of the member's earlier one; set-based."""
        ...


class Reminders(Protocol):
    """What the bot must do at a time."""

    async def replace(self, event: EventId, reminders: Collection[Reminder], kind: ReminderKind | None = None) -> None:
        """Make these the event's reminders; one that already rang (same kind, revision, lead) does not return.

        Those of one kind alone, where one is named.
        """
        ...

    async def add(self, reminders: Collection[Reminder]) -> None:
        """Remember these besides; one that is there already, or has rung, stays as it is."""
        ...

    async def pending(self, event: EventId, kind: ReminderKind) -> Sequence[Reminder]:
        """Those of one kind that an event still owes, earliest first."""
        ...

    async def due(self, now: datetime, most: int) -> Sequence[Reminder]:
        """Those that ring by `now` and have not rung, earliest first, held against other processes."""
        ...

    async def rang(self, reminders: Collection[Reminder], at: datetime) -> None: ...

    async def next(self) -> datetime | None:
        """When the next one is due, rung ones aside."""
        ...
