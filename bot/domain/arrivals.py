"""Arrivals: who really came to an event, as whoever stood at the door ticked them off."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NewType

from bot.domain.events import EventId
from bot.domain.people import MemberId
from bot.domain.rsvps import Rsvp

ArrivalId = NewType("ArrivalId", int)


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody who came, with so many guests: a member, or a `name` where the bot knows no account of theirs."""

    id: ArrivalId
    event: EventId
    member: MemberId | None
    name: str
    guests: int = 0

    @property
    def party(self) -> int:
        return 1 + self.guests


@dataclass(frozen=True, slots=True)
class Attendance:
    """How those who were going to come and those who came compare.

    A walk-in is whoever came without having been going; missing are those who are going and are not here.
    """

    came: Sequence[Arrival]
    walked_in: Sequence[Arrival]
    missing: Sequence[Rsvp]

    @property
    def here(self) -> int:
        """Everybody in the room, guests included."""
        return sum(arrival.party for arrival in (*self.came, *self.walked_in))

    @property
    def guests(self) -> int:
        """How many of them are guests."""
        return sum(arrival.guests for arrival in (*self.came, *self.walked_in))

    @property
    def taken(self) -> bool:
        """Whether anybody was ticked off at all; where nobody was, nothing is known of who stayed away."""
        return bool(self.came or self.walked_in)


def attendance(going: Iterable[Rsvp], arrivals: Iterable[Arrival]) -> Attendance:
    """The attendance of an event, from its guest list and those who came."""
    expected = {rsvp.member: rsvp for rsvp in going}
    here = list(arrivals)
    present = {arrival.member for arrival in here}
    return Attendance(
        [arrival for arrival in here if arrival.member in expected],
        [arrival for arrival in here if arrival.member not in expected],
        [rsvp for member, rsvp in expected.items() if member not in present],
    )
