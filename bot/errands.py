"""Errands: what the bot has promised to post, edit or tell, written down in the transaction that promised it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.domain.people import Person, Platform
from bot.domain.places import Place

ErrandId = NewType("ErrandId", int)


@dataclass(frozen=True, slots=True)
class Card:
    """The drawing of something's present state, kept up to date in a place.

    `drawing` is a code (see bot.codes) that names what is drawn, such as `event card?event=42`.
    """

    drawing: str
    place: Place

    @property
    def key(self) -> str:
        return f"card {self.place.platform} {self.place.key} {self.drawing}"


@dataclass(frozen=True, slots=True)
class InThread:
    """Told once, in the thread of a card: to `people`, who were chosen when it was promised, or to whoever reads it.

    Of those chosen, only those whom the drawing still calls by the time it is sent are told.
    """

    card: Card
    people: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class Directly:
    """Told once, to one person by direct message; where they take none, in the thread of a card that mentions them."""

    person: Person
    otherwise: Card | None = None


Target = Card | InThread | Directly


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to be told once: the same `key` is never told twice. It is drawn when it is sent."""

    key: str
    drawing: str
    to: InThread | Directly


@dataclass(frozen=True, slots=True)
class Errand:
    """A promise that is due, as claimed by the postman.

    `wanted` counts how often a card was asked for, so that a wish that comes while it is drawn is not lost. `doubtful`
    is when an earlier attempt began whose outcome nobody knows (a kill, a broken connection): look before posting.
    `tries` counts the attempts that failed, for backing off.
    """

    id: ErrandId
    key: str
    drawing: str
    to: Target
    wanted: int
    tries: int
    doubtful: datetime | None


@dataclass(frozen=True, slots=True)
class Announcement:
    """A card that was posted, with the platform's ref of the message."""

    card: Card
    ref: str


class Ending(StrEnum):
    """How one attempt to deliver ended."""

    SENT = "sent"
    RETRY = "retry"  # the platform asked to wait, or was out of reach; nothing was delivered
    FELL_BACK = "fell back"  # direct messages are closed; told in the thread instead
    GONE = "gone"  # the place, the message or the person cannot be reached any more
    DROPPED = "dropped"  # nothing left to say by the time it was drawn
    PARKED = "parked"  # refused by the platform: a fault of ours, kept for an organiser to see
    UNKNOWN = "unknown"  # the connection broke while sending, and it cannot be found out whether it arrived
    LEFT = "left"  # an organiser has seen to it, and wants no other attempt


FAILED = frozenset({Ending.GONE, Ending.PARKED, Ending.UNKNOWN})
"""What nobody tries again unless an organiser says so."""


@dataclass(frozen=True, slots=True)
class Promise:
    """An errand and how it stands: when it is tried next, if at all, and how the last attempt ended, if any."""

    id: ErrandId
    key: str
    drawing: str
    to: Target
    due: datetime | None
    ending: Ending | None
    at: datetime | None
    detail: str

    @property
    def people(self) -> Sequence[Person]:
        """Those whom it is for, where that was settled when it was promised."""
        match self.to:
            case Directly(person):
                return [person]
            case InThread(people=people):
                return people
            case Card():
                return []

    @property
    def failed(self) -> bool:
        """Whether nobody will try again by themselves."""
        return self.due is None and self.ending in FAILED


@dataclass(frozen=True, slots=True)
class Delivery:
    """One attempt, as it is on record for a while."""

    errand: str
    drawing: str
    platform: Platform
    at: datetime
    ending: Ending
    detail: str
