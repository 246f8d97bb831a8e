"""Guest lists: beside a plain model of a queue at a door, which knows nothing of how ours is made."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.events import Event, EventId, EventState
from bot.domain.people import AccountId, MemberId
from bot.domain.places import ChapterId
from bot.domain.rsvps import Answer, GuestList, Rsvp, Wish

ADA, GRACE, MARY, ALAN = (MemberId(number) for number in range(1, 5))
STARTS = datetime(2026, 9, 17, 17, 30, tzinfo=UTC)

Steps = list[tuple[int, str]]
steps = st.lists(st.tuples(st.integers(1, 8), st.sampled_from(["going", "maybe", "not going"])), max_size=60)
seats = st.none() | st.integers(1, 5)


@dataclass
class Door:
    """A door with so many seats behind it and a queue in front of it: two plain lists of names."""

    seats: int | None
    inside: list[int] = field(default_factory=list)
    queue: list[int] = field(default_factory=list)
    others: dict[int, str] = field(default_factory=dict)

    def press(self, who: int, word: str) -> list[int]:
        """What a press does; returns who was let in because of it, besides whoever pressed."""
        if word == "going":
            if who not in self.inside and who not in self.queue:
                self.others.pop(who, None)
                self.queue.append(who)
        else:
            for names in (self.inside, self.queue):
                if who in names:
                    names.remove(who)
            self.others[who] = word
        return [name for name in self.let_in() if name != who]

    def let_in(self) -> list[int]:
        let_in: list[int] = []
        while self.queue and (self.seats is None or len(self.inside) < self.seats):
            let_in.append(self.queue.pop(0))
            self.inside.append(let_in[-1])
        return let_in

    def word(self, who: int) -> str:
        if who in self.inside:
            return "going"
        return "waiting" if who in self.queue else self.others[who]


def event(seats: int | None) -> Event:
    return Event(
        EventId(1), ChapterId(1), "Evening", STARTS, "The Crown", "", seats, EventState.PUBLISHED, 2, MemberId(99)
    )


def empty(seats: int | None) -> GuestList:
    return GuestList(event(seats), taken=0, last=0, waiting=(), known=())


def rsvp(member: MemberId, answer: Answer, arrived: int, account: int = 0) -> Rsvp:
    return Rsvp(EventId(1), member, AccountId(account or member), answer, arrived)


def pressed(guests: GuestList, member: MemberId, wish: Wish) -> Answer:
    return guests.answer(member, AccountId(member), wish).own.answer


@given(seats, steps)
def test_every_press_comes_out_as_at_a_door_with_a_queue(seats: int | None, steps: Steps) -> None:
    """Whoever presses what in whatever order: the same people sit, the same people wait, the same people move up."""
    guests, door = empty(seats), Door(seats)
    for who, word in steps:
        promoted = door.press(who, word)
        changes = guests.answer(MemberId(who), AccountId(who), Wish(word))
        assert (changes.own.answer.value, [moved.member for moved in changes.promoted]) == (door.word(who), promoted)
        assert [guests.place_in_line(MemberId(name)) for name in door.queue] == list(range(1, len(door.queue) + 1))


@given(seats, steps, st.integers(1, 7))
def test_a_crowd_taken_in_groups_comes_out_as_one_taken_press_by_press(
    seats: int | None, steps: Steps, group: int
) -> None:
    """What is on record between two groups is all that the next one needs to know."""
    door = Door(seats)
    kept: dict[MemberId, Rsvp] = {}
    last = 0
    for start in range(0, len(steps), group):
        presses = steps[start : start + group]
        waiting = [each for each in kept.values() if each.answer is Answer.WAITING]
        known = [kept[member] for who, _ in presses if (member := MemberId(who)) in kept]
        going = sum(each.answer is Answer.GOING for each in kept.values())
        guests = GuestList(event(seats), going, last, waiting, known)
        for who, word in presses:
            door.press(who, word)
            changes = guests.answer(MemberId(who), AccountId(who), Wish(word))
            kept |= {each.member: each for each in (changes.own, *changes.promoted)}
            last = max(last, changes.own.arrived)
    by_arrival = sorted(kept.values(), key=lambda each: each.arrived)
    assert {each.member: each.answer.value for each in by_arrival} == {who: door.word(who) for who in kept}
    assert [each.member for each in by_arrival if each.answer is Answer.WAITING] == door.queue
    assert len({each.arrived for each in by_arrival}) == len(by_arrival)


@given(st.integers(1, 5), steps)
def test_seats_are_never_oversold(seats: int, steps: Steps) -> None:
    """After every single press, no more people are going than there are seats."""
    guests = empty(seats)
    answers: dict[MemberId, Answer] = {}
    for who, word in steps:
        changes = guests.answer(MemberId(who), AccountId(who), Wish(word))
        answers |= {each.member: each.answer for each in (changes.own, *changes.promoted)}
        assert list(answers.values()).count(Answer.GOING) <= seats


@given(st.integers(1, 5), steps)
def test_nobody_overtakes(seats: int, steps: Steps) -> None:
    """Whoever moves up came before everybody who is left in the line."""
    guests = empty(seats)
    kept: dict[MemberId, Rsvp] = {}
    for who, word in steps:
        changes = guests.answer(MemberId(who), AccountId(who), Wish(word))
        kept |= {each.member: each for each in (changes.own, *changes.promoted)}
        waiting = [each.arrived for each in kept.values() if each.answer is Answer.WAITING]
        assert all(moved.arrived < min(waiting, default=moved.arrived + 1) for moved in changes.promoted)


@given(seats, steps, st.sampled_from(["going", "maybe", "not going"]))
def test_a_second_press_changes_nothing(seats: int | None, steps: Steps, word: str) -> None:
    """The same press again neither gains nor loses a place, and nothing needs to be written."""
    guests = empty(seats)
    for who, said in steps:
        guests.answer(MemberId(who), AccountId(who), Wish(said))
    first = guests.answer(ADA, AccountId(1), Wish(word))
    again = guests.answer(ADA, AccountId(1), Wish(word))
    assert (again.own, again.promoted, again.fresh) == (first.own, (), False)


@pytest.mark.parametrize(
    ("before", "wish", "after"),
    [
        (None, Wish.GOING, Answer.GOING),
        (None, Wish.MAYBE, Answer.MAYBE),
        (None, Wish.NOT_GOING, Answer.NOT_GOING),
        (Answer.MAYBE, Wish.GOING, Answer.GOING),
        (Answer.NOT_GOING, Wish.GOING, Answer.GOING),
        (Answer.GOING, Wish.MAYBE, Answer.MAYBE),
    ],
)
def test_an_answer_replaces_the_one_before(before: Answer | None, wish: Wish, after: Answer) -> None:
    """People may change their minds as long as there is room."""
    known = [] if before is None else [rsvp(ADA, before, 1)]
    guests = GuestList(event(1), taken=int(before is Answer.GOING), last=1, waiting=(), known=known)
    assert pressed(guests, ADA, wish) is after


def test_whoever_leaves_and_comes_back_goes_to_the_end() -> None:
    """A seat that was given up is somebody else's."""
    guests = empty(1)
    assert [pressed(guests, who, Wish.GOING) for who in (ADA, GRACE, MARY)] == [
        Answer.GOING,
        Answer.WAITING,
        Answer.WAITING,
    ]
    assert pressed(guests, ADA, Wish.NOT_GOING) is Answer.NOT_GOING
    assert pressed(guests, ADA, Wish.GOING) is Answer.WAITING
    assert [guests.place_in_line(who) for who in (MARY, ADA)] == [1, 2]


def test_leaving_the_line_promotes_nobody() -> None:
    """No seat came free."""
    guests = empty(1)
    for who in (ADA, GRACE, MARY):
        pressed(guests, who, Wish.GOING)
    assert guests.answer(GRACE, AccountId(GRACE), Wish.NOT_GOING).promoted == ()
    assert guests.place_in_line(MARY) == 1


def test_where_seats_were_added_the_longest_waiting_move_up_before_a_newcomer() -> None:
    """Two seats more: the two who wait get them, and whoever presses next waits."""
    waiting = [rsvp(GRACE, Answer.WAITING, 2), rsvp(MARY, Answer.WAITING, 3)]
    guests = GuestList(event(3), taken=1, last=3, waiting=waiting, known=())
    changes = guests.answer(ALAN, AccountId(ALAN), Wish.GOING)
    assert [moved.member for moved in changes.promoted] == [GRACE, MARY]
    assert (changes.own.answer, guests.place_in_line(ALAN)) == (Answer.WAITING, 1)


@pytest.mark.parametrize("known", [(), (rsvp(GRACE, Answer.WAITING, 2),)])
def test_whoever_moves_up_by_their_own_press_learns_it_from_the_answer(known: tuple[Rsvp, ...]) -> None:
    """A seat was added: the one who waits presses once more, or a newcomer passes an empty line."""
    guests = GuestList(event(2), taken=1, last=2, waiting=known, known=known)
    changes = guests.answer(GRACE, AccountId(GRACE), Wish.GOING)
    assert (changes.own.answer, changes.promoted, changes.fresh) == (Answer.GOING, (), True)


def test_the_same_answer_through_another_account_moves_where_one_is_told_things() -> None:
    """The place stays; the account is the one that was used last."""
    before = rsvp(ADA, Answer.GOING, 1, account=1)
    guests = GuestList(event(1), taken=1, last=1, waiting=(), known=[before])
    changes = guests.answer(ADA, AccountId(7), Wish.GOING)
    assert (changes.own, changes.fresh) == (rsvp(ADA, Answer.GOING, 1, account=7), True)


def test_only_who_waits_has_a_place_in_line() -> None:
    """Asking for anybody else's is a mistake of the caller."""
    guests = empty(1)
    pressed(guests, ADA, Wish.GOING)
    with pytest.raises(KeyError):
        guests.place_in_line(ADA)
