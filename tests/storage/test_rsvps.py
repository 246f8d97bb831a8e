"""RSVPs on record."""

import pytest
from sqlalchemy.exc import IntegrityError

from bot.domain.events import EventId
from bot.domain.rsvps import Answer
from bot.ports import Headcount
from storage.database import Database
from tests.storage.made import event, join, rsvp

NOBODY = dict.fromkeys(Answer, 0)


async def test_headcounts_count_each_answer_and_the_last_arrival(storage: Database) -> None:
    """One for each event, also where nobody has answered."""
    async with storage.writing() as transaction:
        full, empty = await event(transaction, "full"), await event(transaction, "empty")
        ann, ben, cat = await join(transaction, 1, 2, 3)
        await transaction.rsvps.put(
            [
                rsvp(full, ann, Answer.GOING, 1),
                rsvp(full, ben, Answer.GOING, 4),
                rsvp(full, cat, Answer.NOT_GOING, 3),
            ]
        )
        counted = await transaction.rsvps.headcounts([full, empty])
    assert counted == {
        full: Headcount(NOBODY | {Answer.GOING: 2, Answer.NOT_GOING: 1}, last=4),
        empty: Headcount(NOBODY, last=0),
    }


async def test_an_answer_takes_the_place_of_the_earlier_one(storage: Database) -> None:
    """A member has one answer to an event, though they answer from two accounts or twice in one crowd."""
    async with storage.writing() as transaction:
        number = await event(transaction)
        ann, ben = await join(transaction, 1, 2)
        await transaction.rsvps.put([rsvp(number, ann, Answer.MAYBE, 1), rsvp(number, ben, Answer.GOING, 2)])
        last = rsvp(number, ann, Answer.NOT_GOING, 4)
        await transaction.rsvps.put([rsvp(number, ann, Answer.GOING, 3), last])
        assert await transaction.rsvps.of([number], [ann.member]) == [last]


async def test_only_the_answers_asked_for_are_read(storage: Database) -> None:
    """Of these events and these members, and of no others."""
    async with storage.writing() as transaction:
        one, two = await event(transaction, "one"), await event(transaction, "two")
        ann, ben = await join(transaction, 1, 2)
        everything = [
            rsvp(at, who, Answer.GOING, place) for at in (one, two) for place, who in enumerate((ann, ben), 1)
        ]
        await transaction.rsvps.put(everything)
        assert await transaction.rsvps.of([two], [ann.member, ann.member]) == [everything[2]]
        assert await transaction.rsvps.of([two], []) == []
        assert sorted(await transaction.rsvps.of([one, two], [ann.member, ben.member]), key=repr) == sorted(
            everything, key=repr
        )


async def test_the_waitlist_comes_in_order_of_arrival(storage: Database) -> None:
    """Event by event; whoever waits longest stands first, whenever they joined the community."""
    async with storage.writing() as transaction:
        one, two = await event(transaction, "one"), await event(transaction, "two")
        ann, ben, cat = await join(transaction, 1, 2, 3)
        first, second = rsvp(two, cat, Answer.WAITING, 1), rsvp(two, ann, Answer.WAITING, 2)
        third = rsvp(one, ben, Answer.WAITING, 7)
        await transaction.rsvps.put([second, third, first, rsvp(one, ann, Answer.GOING, 1)])
        assert await transaction.rsvps.waiting([two, one]) == [third, first, second]


async def test_those_who_answered_come_with_the_account_they_used(storage: Database) -> None:
    """In order of arrival, with their present names; a card shows the first few."""
    async with storage.writing() as transaction:
        number = await event(transaction)
        ann, ben, cat = await join(transaction, 1, 2, 3)
        going = [rsvp(number, cat, Answer.GOING, 1), rsvp(number, ann, Answer.GOING, 5)]
        await transaction.rsvps.put([*reversed(going), rsvp(number, ben, Answer.MAYBE, 2)])
        assert await transaction.rsvps.answered(number, Answer.GOING) == list(zip(going, (cat, ann), strict=True))
        assert await transaction.rsvps.names(number, Answer.GOING, most=1) == ["Person 3"]
        assert await transaction.rsvps.names(number, Answer.GOING, most=9) == ["Person 3", "Person 1"]
        assert await transaction.rsvps.names(number, Answer.WAITING, most=9) == []


async def test_a_crowd_answers_at_once(storage: Database) -> None:
    """More rows than either database takes parameters."""
    async with storage.writing() as transaction:
        number = await event(transaction)
        crowd = await join(transaction, *range(1, 8001))
        answers = [rsvp(number, who, Answer.GOING, place) for place, who in enumerate(crowd, 1)]
        await transaction.rsvps.put(answers)
        found = await transaction.rsvps.of([number], [who.member for who in crowd])
        assert sorted(found, key=lambda each: each.arrived) == answers


async def test_no_answers_are_no_special_case(storage: Database) -> None:
    """Nothing is asked of, and nothing is done to, a database for nobody."""
    async with storage.writing() as transaction:
        await transaction.rsvps.put([])
        assert await transaction.rsvps.headcounts([]) == {}
        assert await transaction.rsvps.waiting([]) == []


async def test_two_people_never_stand_in_one_place_of_the_line(storage: Database) -> None:
    """The database refuses what would lose somebody their turn."""
    async with storage.writing() as transaction:
        number = await event(transaction)
        ann, ben = await join(transaction, 1, 2)
        await transaction.rsvps.put([rsvp(number, ann, Answer.WAITING, 1)])
        with pytest.raises(IntegrityError):
            await transaction.rsvps.put([rsvp(number, ben, Answer.WAITING, 1)])


async def test_an_answer_to_no_event_is_refused(storage: Database) -> None:
    """The database guards what belongs together."""
    async with storage.writing() as transaction:
        (ann,) = await join(transaction, 1)
        with pytest.raises(IntegrityError):
            await transaction.rsvps.put([rsvp(EventId(404), ann, Answer.GOING, 1)])
