"""Guest lists with guests, beside a plain model: a queue of parties at a door, in which nobody overtakes."""

from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.people import AccountId, MemberId
from bot.domain.rsvps import Answer, Crowded, GuestList, Rsvp, Wish
from tests.domain.test_guest_list import ADA, ALAN, GRACE, MARY, empty, event, pressed, rsvp

presses = st.tuples(st.integers(1, 6), st.sampled_from(["going", "maybe", "not going"]))
parties = st.tuples(st.integers(1, 6), st.integers(0, 3))
steps = st.lists(presses | parties, max_size=60)


@dataclass
class Door:
    """Parties inside and in the queue, each somebody with a number of guests."""

    seats: int | None
    inside: dict[int, int] = field(default_factory=dict)
    queue: dict[int, int] = field(default_factory=dict)

    @property
    def taken(self) -> int:
        return sum(1 + guests for guests in self.inside.values())

    def press(self, who: int, word: str) -> None:
        if word != "going":
            self.inside.pop(who, None)
            self.queue.pop(who, None)
        elif who not in self.inside:
            self.queue.setdefault(who, 0)
        self.let_in()

    def bring(self, who: int, guests: int) -> bool:
        """Whether it is granted."""
        if who in self.inside:
            more = guests - self.inside[who]
            if more > 0 and (self.queue or (self.seats is not None and self.taken + more > self.seats)):
                return False
            self.inside[who] = guests
        elif who in self.queue:
            if guests > self.queue[who] and self.seats is not None and 1 + guests > self.seats:
                return False
            self.queue[who] = guests
        else:
            return False
        self.let_in()
        return True

    def let_in(self) -> None:
        while self.queue:
            first = next(iter(self.queue))
            if self.seats is not None and self.taken + 1 + self.queue[first] > self.seats:
                return
            self.inside[first] = self.queue.pop(first)


@given(st.none() | st.integers(1, 5), steps)
def test_parties_come_in_as_at_a_door_with_a_queue(
    seats: int | None, steps: list[tuple[int, str] | tuple[int, int]]
) -> None:
    """The same people sit and wait with the same guests, no seat is oversold, and whoever moves up was the first."""
    guests, door = empty(seats), Door(seats)
    kept: dict[MemberId, Rsvp] = {}
    for who, step in steps:
        member = MemberId(who)
        if isinstance(step, str):
            door.press(who, step)
            changes = guests.answer(member, AccountId(who), Wish(step))
        elif door.bring(who, step):
            changes = guests.bring(member, step)
        else:
            with pytest.raises((Crowded, KeyError)):
                guests.bring(member, step)
            continue
        kept |= {each.member: each for each in (changes.own, *changes.promoted)}
        waiting = [each.arrived for each in kept.values() if each.answer is Answer.WAITING]
        assert all(moved.arrived < min(waiting, default=moved.arrived + 1) for moved in changes.promoted)
        assert {each.member: each.guests for each in kept.values() if each.answer is Answer.GOING} == door.inside
        assert {each.member: each.guests for each in kept.values() if each.answer is Answer.WAITING} == door.queue
        assert seats is None or door.taken <= seats


def test_a_party_that_does_not_fit_holds_up_those_behind() -> None:
    """One seat is free, but the first in line needs two: nobody overtakes."""
    waiting = [replace(rsvp(GRACE, Answer.WAITING, 2), guests=1), rsvp(MARY, Answer.WAITING, 3)]
    guests = GuestList(event(2), taken=1, last=3, waiting=waiting, known=[rsvp(ADA, Answer.GOING, 1)])
    assert guests.promote() == ()
    assert [each.member for each in guests.bring(GRACE, 0).promoted] == []
    assert pressed(guests, GRACE, Wish.GOING) is Answer.GOING


def test_whoever_leaves_takes_their_guests_along() -> None:
    """And comes back alone."""
    guests = empty(3)
    pressed(guests, ADA, Wish.GOING)
    guests.bring(ADA, 2)
    assert pressed(guests, GRACE, Wish.GOING) is Answer.WAITING
    changes = guests.answer(ADA, AccountId(1), Wish.NOT_GOING)
    assert [moved.member for moved in changes.promoted] == [GRACE]
    assert guests.answer(ADA, AccountId(1), Wish.GOING).own.guests == 0


def test_somebody_who_does_not_come_brings_nobody() -> None:
    """Neither does somebody who may."""
    guests = empty(3)
    pressed(guests, ADA, Wish.MAYBE)
    with pytest.raises(KeyError):
        guests.bring(ADA, 1)


def test_a_party_for_which_there_are_too_few_seats_holds_up_nobody() -> None:
    """It keeps its place in line, and has it again once it is small enough."""
    waiting = [replace(rsvp(GRACE, Answer.WAITING, 2), guests=3), rsvp(MARY, Answer.WAITING, 3)]
    guests = GuestList(event(2), taken=2, last=3, waiting=waiting, known=[rsvp(ADA, Answer.GOING, 1)])
    assert guests.place_in_line(MARY) == 1
    with pytest.raises(KeyError):
        guests.place_in_line(GRACE)
    assert pressed(guests, GRACE, Wish.GOING) is Answer.WAITING
    assert guests.bring(GRACE, 1).promoted == ()
    assert [guests.place_in_line(who) for who in (GRACE, MARY)] == [1, 2]


def test_those_behind_a_party_that_is_too_large_move_up() -> None:
    """And whoever comes finds a free seat."""
    large = replace(rsvp(GRACE, Answer.WAITING, 2), guests=3)
    waiting = [large, rsvp(MARY, Answer.WAITING, 3)]
    guests = GuestList(event(3), taken=1, last=3, waiting=waiting, known=[rsvp(ADA, Answer.GOING, 1)])
    assert [moved.member for moved in guests.promote()] == [MARY]
    assert pressed(guests, ALAN, Wish.GOING) is Answer.GOING
    assert [moved.member for moved in guests.answer(ADA, AccountId(1), Wish.NOT_GOING).promoted] == []
