"""Offers: near the start a free seat is held for the next in line, beside a plain model of a door with a queue."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.events import Event, EventId, EventState
from bot.domain.people import AccountId, MemberId
from bot.domain.places import ChapterId
from bot.domain.rsvps import Answer, Crowded, GuestList, Rsvp, Wish

STARTS = datetime(2026, 9, 17, 17, 30, tzinfo=UTC)
EVENING = Event(EventId(1), ChapterId(1), "Evening", STARTS, "The Crown", "", 2, EventState.PUBLISHED, 2, MemberId(99))

Steps = list[tuple[str, int, str | int]]
presses = st.tuples(st.just("press"), st.integers(1, 7), st.sampled_from(["going", "going", "maybe", "not going"]))
waits = st.tuples(st.just("wait"), st.sampled_from([1, 9, 31, 60]), st.just(""))
brings = st.tuples(st.just("bring"), st.integers(1, 7), st.integers(0, 2))
steps = st.lists(presses | presses | waits | brings, max_size=40)


@dataclass
class Door:
    """A door with so many seats behind it: who sits, for whom seats are held until when, and who queues with whom."""

    seats: int
    inside: list[int] = field(default_factory=list)
    held: dict[int, datetime] = field(default_factory=dict)
    queue: list[int] = field(default_factory=list)
    others: dict[int, str] = field(default_factory=dict)
    offered: list[int] = field(default_factory=list)
    guests: dict[int, int] = field(default_factory=dict)

    @property
    def free(self) -> int:
        return self.seats - sum(1 + self.guests.get(who, 0) for who in (*self.inside, *self.held))

    def press(self, who: int, word: str, now: datetime) -> None:
        if word == "going" and who in self.held:
            del self.held[who]
            self.inside.append(who)
        elif word == "going" and who not in (*self.inside, *self.queue):
            self.others.pop(who, None)
            full = bool(self.queue) or self.free < 1
            self.guests.pop(who, None)
            (self.queue if full else self.inside).append(who)
        elif word != "going":
            for names in (self.inside, self.queue):
                if who in names:
                    names.remove(who)
            self.held.pop(who, None)
            self.others[who] = word
        self.let_in(now)

    def bring(self, who: int, guests: int, now: datetime) -> bool:
        """Whether that can be: more seats for whoever has some only while nobody queues and there is room."""
        more = guests - self.guests.get(who, 0)
        if who in (*self.inside, *self.held):
            if more > 0 and (self.queue or self.free < more):
                return False
        elif who not in self.queue or (more > 0 and guests >= self.seats):
            return False
        self.guests[who] = guests
        self.let_in(now)
        return True

    def let_in(self, now: datetime) -> None:
        """Lapsed offers go first; who lets one lapse is perhaps coming."""
        for who in [each for each, until in self.held.items() if until <= now]:
            del self.held[who]
            self.others[who] = "maybe"
        while self.queue and self.free > self.guests.get(self.queue[0], 0):
            who = self.queue.pop(0)
            self.offered.append(who)
            if now < STARTS - timedelta(hours=3):
                self.inside.append(who)
            else:
                last = now + timedelta(minutes=30) if now + timedelta(minutes=30) < STARTS else STARTS
                self.held[who] = max(last, now + timedelta(minutes=10))


@given(st.integers(1, 4), steps, st.sampled_from([1, 170, 181, 400]))
def test_seats_are_offered_in_order_and_never_oversold(seats: int, steps: Steps, early: int) -> None:
    """Presses and waits in any order, from before the window until after the start: the model and the list agree."""
    evening, door, now = replace(EVENING, seats=seats), Door(seats), STARTS - timedelta(minutes=early)
    kept: dict[MemberId, Rsvp] = {}
    moved: list[int] = []
    for what, number, word in steps:
        waiting = [each for each in kept.values() if each.answer is Answer.WAITING]
        taken = sum(each.party for each in kept.values() if each.seated)
        last = max((each.arrived for each in kept.values()), default=0)
        known = [kept[member]] if (member := MemberId(number)) in kept and what != "wait" else []
        if what == "wait":
            now += timedelta(minutes=number)
        guests = GuestList(evening, taken, last, waiting, known, now)
        written: tuple[Rsvp, ...] = ()
        up: tuple[Rsvp, ...] = ()
        match what, word:
            case "press", str(wish):
                door.press(number, wish, now)
                changes = guests.answer(member, AccountId(number), Wish(wish))
                written, up = (changes.own, *changes.promoted), changes.promoted
            case "bring", int(party):
                try:
                    changes = guests.bring(member, party)
                except (KeyError, Crowded):
                    assert not door.bring(number, party, now)
                else:
                    assert door.bring(number, party, now)
                    written, up = (changes.own, *changes.promoted), changes.promoted
                    # Whoever makes their own party fit learns it from the answer.
                    if changes.own.seated and door.offered[len(moved) :][:1] == [number]:
                        moved.append(number)
            case _:
                door.let_in(now)
                lapsed, up = guests.lapse(now), guests.promote()
                written = (*lapsed, *up)
        kept |= {each.member: each for each in written}
        moved += [each.member for each in up]
        assert {each.member: each.held for each in kept.values() if each.held} == door.held
        words = {
            **dict.fromkeys(door.inside, "going"),
            **dict.fromkeys([*door.held, *door.queue], "waiting"),
            **door.others,
        }
        assert {each.member: each.answer.value for each in kept.values()} == words
        assert sum(each.party for each in kept.values() if each.seated) <= seats
        assert len({each.arrived for each in kept.values()}) == len(kept)
    assert sorted(moved) == sorted(door.offered)


@pytest.mark.parametrize(
    ("before", "offered", "lasts"),
    [
        (181, 3, None),
        (180, 3, 30),
        (45, 3, 30),
        (20, 3, 20),
        (4, 3, 10),
        (-60, 3, 10),
        (60, 0, None),
        (300, 6, 30),
    ],
)
def test_an_offer_lasts_half_an_hour_but_not_beyond_the_start(before: int, offered: int, lasts: int | None) -> None:
    """Near the start, as the organiser has it; whoever is offered a seat has ten minutes in any case."""
    now = STARTS - timedelta(minutes=before)
    until = replace(EVENING, offered=offered).offer_until(now)
    assert until == (None if lasts is None else now + timedelta(minutes=lasts))


def test_while_the_hour_is_open_seats_are_given() -> None:
    """Nobody knows how near the start is."""
    assert replace(EVENING, timed=False).offer_until(STARTS) is None
    assert replace(EVENING, starts=None).offer_until(STARTS) is None


def test_seats_for_guests_are_held_with_an_offer() -> None:
    """A party is offered seats for all of it, and taking them up takes them all."""
    party = Rsvp(EventId(1), MemberId(2), AccountId(2), Answer.WAITING, 1, guests=1)
    guests = GuestList(EVENING, 0, 2, [party, replace(party, member=MemberId(3), arrived=2, guests=0)], (), STARTS)
    (offered,) = guests.promote()
    assert (offered.member, offered.answer, offered.held is None) == (2, Answer.WAITING, False)
    taken_up = guests.answer(MemberId(2), AccountId(2), Wish.GOING)
    assert (taken_up.own.answer, taken_up.own.guests, taken_up.promoted) == (Answer.GOING, 1, ())
