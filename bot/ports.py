"""Ports: what the core needs of a database and of a chat platform, in its own words.

Every method states its contract here, once; `storage` and `adapters` keep it.
"""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.calls import Call, Choice, Reply
from bot.domain.events import Event, EventId, EventState, Plan
from bot.domain.leads import Lead
from bot.domain.people import Account, AccountId, Caller, MemberId, Person, Platform
from bot.domain.places import Chapter, ChapterId, Destination, Home, Place
from bot.domain.reminders import Reminder
from bot.domain.rsvps import Answer, Rsvp
from bot.errands import Announcement, Card, Delivery, Ending, Errand, Notice
from bot.messages import Message


class Busy(Exception):
    """Nothing was done; it may work after `after` seconds (the platform's own word where it gave one)."""

    def __init__(self, after: float, why: str) -> None:
        self.after = after
        super().__init__(why)


class Gone(Exception):
    """The place, the message or the person cannot be reached, and trying again will not mend it."""


class Unknown(Exception):
    """The connection broke while sending: it may or may not have arrived."""


class Refused(Exception):
    """The platform refused our request as malformed: a fault of ours."""


# ── the database ────────────────────────────────────────────────────────────────────────────────────────────────────


class Members(Protocol):
    """Members and their accounts."""

    async def recognise(self, callers: Collection[Caller]) -> Mapping[Person, Account]:
        """The accounts of these callers, made where they are new (each a new member), with their names as of now.

        A caller's `direct` is only what a new account starts with. One query to read, at most two to write.
        """
        ...

    async def find(self, person: Person) -> Account | None: ...

    async def accounts(self, members: Collection[MemberId]) -> Sequence[Account]:
        """All accounts of these members, by account id."""
        ...

    async def wish(self, account: AccountId, direct: bool) -> None:
        """Record whether they want to be told things by direct message through this account."""
        ...


class Organisers(Protocol):
    """Members who were appointed to plan."""

    async def includes(self, person: Person) -> bool: ...

    async def add(self, member: MemberId) -> bool:
        """Appoint a member; False if they were one already."""
        ...

    async def remove(self, member: MemberId) -> bool:
        """False if they were none."""
        ...

    async def all(self) -> Sequence[Account]:
        """One account of each appointed organiser (their first), by name."""
        ...


class Chapters(Protocol):
    """The chapters of the community."""

    async def all(self) -> Sequence[Chapter]:
        """By name."""
        ...

    async def get(self, chapter: ChapterId) -> Chapter:
        """Raises KeyError."""
        ...

    async def add(self, name: str, zone: ZoneInfo, leads: Sequence[Lead]) -> ChapterId:
        """Make a chapter without a home; the one of that name, as it is, where there is one already."""
        ...

    async def settle(self, chapter: ChapterId, home: Home) -> None:
        """Give a chapter its home on the home's platform, in place of any it had there."""
        ...


class Events(Protocol):
    """Events of all chapters."""

    async def add(self, plan: Plan) -> EventId:
        """Put a draft on record; the one already made of the same origin where there is one."""
        ...

    async def get(self, event: EventId) -> Event:
        """Raises KeyError."""
        ...

    async def lock(self, events: Collection[EventId]) -> Mapping[EventId, Event]:
        """These events, held against other writers until the transaction ends; those that do not exist are left out."""
        ...

    async def put(self, event: Event) -> None:
        """Replace what is on record of an event."""
        ...

    async def upcoming(self, now: datetime, state: EventState, chapter: ChapterId | None = None) -> Sequence[Event]:
        """Events in this state that are not over by `now`, soonest first."""
        ...


@dataclass(frozen=True, slots=True)
class Headcount:
    """How many gave each answer (0 where nobody did), and the last place given out in order of arrival (or 0)."""

    counts: Mapping[Answer, int]
    last: int


class Rsvps(Protocol):
    """Guest lists."""

    async def headcounts(self, events: Collection[EventId]) -> Mapping[EventId, Headcount]:
        """One for each of the events, also where nobody has answered; a single query."""
        ...

    async def of(self, events: Collection[EventId], members: Collection[MemberId]) -> Sequence[Rsvp]:
        """What these members have answered to these events."""
        ...

    async def answered(self, event: EventId, answer: Answer) -> Sequence[tuple[Rsvp, Account]]:
        """Everybody who answered this, with the account through which they did, in order of arrival."""
        ...

    async def waiting(self, events: Collection[EventId]) -> Sequence[Rsvp]:
        """The waitlists of these events, in order of arrival."""
        ...

    async def names(self, event: EventId, answer: Answer, most: int) -> Sequence[str]:
        """The shown names of the first `most` who answered this, in order of arrival."""
        ...

    async def put(self, rsvps: Collection[Rsvp]) -> None:
        """Record answers, each in place of the member's earlier one; set-based."""
        ...


class Reminders(Protocol):
    """What the bot must do at a time."""

    async def replace(self, event: EventId, reminders: Collection[Reminder]) -> None:
        """Make these the event's reminders; one that already rang (same kind, revision, lead) does not return."""
        ...

    async def due(self, now: datetime, most: int) -> Sequence[Reminder]:
        """Those that ring by `now` and have not rung, earliest first, held against other processes."""
        ...

    async def rang(self, reminders: Collection[Reminder], at: datetime) -> None: ...

    async def next(self) -> datetime | None:
        """When the next one is due, rung ones aside."""
        ...


class Errands(Protocol):
    """The outbox: promises, and how each attempt to keep them ended."""

    async def refresh(self, cards: Collection[Card], now: datetime) -> None:
        """Wish these cards posted or brought up to date; wishes that nobody has drawn yet are one errand."""
        ...

    async def note(self, notices: Collection[Notice], now: datetime) -> None:
        """Promise to tell these; one whose key was ever noted before is left as it is."""
        ...

    async def claim(
        self, platform: Platform, now: datetime, lease: timedelta, most: int, cards: int, resting: Collection[Place]
    ) -> Sequence[Errand]:
        """Take due errands that nobody else holds, oldest first, at most one a place or person.

        `most` in all, and no more than `cards` cards. Each is held until its lease is over and marked as being
        attempted; what belongs into a `resting` place is passed over. What a dead process held is taken over when its
        lease is past, with `doubtful` set.
        """
        ...

    async def done(self, errand: Errand, ending: Ending, now: datetime, detail: str = "") -> None:
        """Record how the attempt ended and let go; an errand whose `wanted` has grown meanwhile is due again."""
        ...

    async def later(self, errand: Errand, due: datetime, now: datetime, detail: str, doubtful: bool) -> None:
        """Record a failed attempt and try again at `due`; `doubtful` when it may have arrived after all."""
        ...

    async def next(self, platform: Platform) -> datetime | None:
        """When the next errand for this platform is due (or its holder's lease over)."""
        ...

    async def announcement(self, card: Card) -> Announcement | None: ...

    async def announcements(self, drawing: str) -> Sequence[Announcement]:
        """Wherever this drawing is posted, by platform and place."""
        ...

    async def posted(self, announcement: Announcement) -> None:
        """Record where a card now stands."""
        ...

    async def lost(self, card: Card) -> None:
        """Forget an announcement whose message is gone."""
        ...

    async def deliveries(self, most: int) -> Sequence[Delivery]:
        """The newest attempts, newest first."""
        ...


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody typed into a form that could not be used yet."""

    id: int
    person: Person
    command: str
    given: Mapping[str, str]
    errors: Mapping[str, str]


class Drafts(Protocol):
    """Typed answers, kept so that nothing is typed twice."""

    async def keep(
        self, person: Person, command: str, given: Mapping[str, str], errors: Mapping[str, str], now: datetime
    ) -> Draft:
        """Keep these, in place of what this person had typed into this command's form before."""
        ...

    async def get(self, draft: int, person: Person) -> Draft | None:
        """Only the person who typed it gets it back."""
        ...

    async def drop(self, draft: int, person: Person) -> None: ...


class Transaction(Protocol):
    """One transaction's view of everything on record."""

    @property
    def members(self) -> Members: ...
    @property
    def organisers(self) -> Organisers: ...
    @property
    def chapters(self) -> Chapters: ...
    @property
    def events(self) -> Events: ...
    @property
    def rsvps(self) -> Rsvps: ...
    @property
    def reminders(self) -> Reminders: ...
    @property
    def errands(self) -> Errands: ...
    @property
    def drafts(self) -> Drafts: ...


class Storage(Protocol):
    """The database. A transaction commits when its block ends and is undone when the block raises."""

    def writing(self) -> AbstractAsyncContextManager[Transaction]:
        """Takes the write lock at once; raises Busy when it cannot be had in time or the database is out of reach."""
        ...

    def reading(self) -> AbstractAsyncContextManager[Transaction]:
        """Sees one state of everything and never takes the write lock."""
        ...


# ── the platforms ───────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a platform may be used: seconds between two messages in one place, and edits a minute in all."""

    place: float
    edits: int


class Front(Protocol):
    """The desk, as adapters see it."""

    async def answer(self, call: Call) -> Reply:
        """Answer a call, always: a refusal is a message, a missing or unclear answer a form."""
        ...

    async def keep(self, call: Call) -> Reply:
        """Keep the answers of a form that has further pages; the form comes back with its draft."""
        ...

    async def choices(self, call: Call, parameter: str, typed: str) -> Sequence[Choice]:
        """What can be picked for a parameter, narrowed by what was typed so far; empty rather than late or wrong."""
        ...


class Adapter(Protocol):
    """A platform, as the staff sees it. Foreign errors become Busy, Gone, Unknown or Refused at this edge, once."""

    @property
    def platform(self) -> Platform: ...

    @property
    def title(self) -> str:
        """The platform's name as people write it."""
        ...

    @property
    def pace(self) -> Pace: ...

    async def run(self, front: Front) -> None:
        """Connect and stay connected, whatever happens; returns only by being cancelled, after letting go cleanly."""
        ...

    async def connected(self) -> None:
        """Wait until calls reach us and messages can be sent."""
        ...

    async def home(self, name: str) -> Home | None:
        """The channel with this key, or this name with or without `#`; None when there is none that we can see."""
        ...

    async def post(self, to: Destination, message: Message, key: str) -> str:
        """Post a message and return its ref. `key` travels with it, so that `find` can tell it again."""
        ...

    async def edit(self, place: Place, ref: str, message: Message) -> None:
        """Replace what a message of ours says."""
        ...

    async def find(self, to: Destination, key: str, since: datetime) -> str | None:
        """The ref of the message that an attempt begun at `since` left with this key, if it did arrive."""
        ...
