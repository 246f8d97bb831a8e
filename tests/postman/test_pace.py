"""Pace: as few messages as can be, no faster than a platform may be used, in order, and nobody waits for another."""

import asyncio
from collections import Counter
from itertools import pairwise

import pytest

from bot.domain.people import Person
from bot.errands import Directly, InThread
from bot.ports import Busy, Gone, Pace
from tests.postman.post import DISCORD, NOW, SECOND, Office, card, notice, place, thread

LONDON, LEEDS = place("london"), place("leeds")


async def test_a_hundred_wishes_are_one_edit(office: Office) -> None:
    """The card is drawn once, from what is on record then."""
    await office.refresh(card(LONDON))
    await office.settle()
    for number in range(100):
        await office.meet(f"Guest {number}")
        await office.refresh(card(LONDON))
    await office.settle()
    assert office.mailbox.words(LONDON) == ["Game 1: 100 known"]
    assert [act for act, _to, _at in office.mailbox.attempts] == ["post", "edit"]


async def test_a_wish_that_comes_while_the_card_is_on_its_way_is_not_lost(office: Office) -> None:
    """What was drawn is already old when it arrives, so it is drawn again."""
    await office.refresh(card(LONDON))
    office.mailbox.hold, on_the_way = asyncio.Event(), asyncio.Event()
    office.mailbox.step = on_the_way.set
    delivery = asyncio.ensure_future(office.postman.round(NOW))
    await on_the_way.wait()
    await office.meet("Grace")
    await office.refresh(card(LONDON))
    office.mailbox.hold.set()
    await delivery
    assert office.mailbox.words(LONDON) == ["Game 1: 0 known"]
    await office.settle()
    assert office.mailbox.words(LONDON) == ["Game 1: 1 known"]


async def test_a_place_gets_one_message_a_second_at_most(office: Office) -> None:
    """Cards, and what is told in their threads, together."""
    office.mailbox.pace = Pace(1.0, 1000)
    await office.refresh(card(LONDON), card(LONDON, 2))
    await office.note(*(notice(f"news {number}", InThread(card(LONDON))) for number in range(5)))
    await office.settle()
    await office.refresh(card(LONDON))
    await office.settle()
    times = sorted((at - NOW).total_seconds() for _act, _to, at in office.mailbox.attempts)
    assert len(times) == 8
    assert min(later - sooner for sooner, later in pairwise(times)) >= 1.0


async def test_what_stands_in_for_closed_direct_messages_keeps_the_pace_too(office: Office) -> None:
    """Twenty people who take none are not twenty messages in a channel at once."""
    office.mailbox.pace = Pace(1.0, 1000)
    await office.refresh(card(LONDON))
    await office.settle()
    guests = [Person(DISCORD, f"U-{number}") for number in range(20)]
    for guest in guests:
        office.mailbox.trouble(guest, Gone("closed"))
    await office.note(*(notice(f"news {guest.key}", Directly(guest, card(LONDON))) for guest in guests))
    await office.settle()
    times = office.mailbox.times("post", thread(office.mailbox, LONDON))
    assert len(times) == 20
    assert min(later - sooner for sooner, later in pairwise(times)) >= 1.0
    assert max(Counter(to for _act, to, _at in office.mailbox.attempts if isinstance(to, Person)).values()) == 1


async def test_edits_stay_within_the_budget_of_every_minute(office: Office) -> None:
    """However many cards want to change."""
    office.mailbox.pace = Pace(0, 5)
    cards = [card(place(f"place {number}")) for number in range(9)]
    await office.refresh(*cards)
    await office.settle(step=SECOND)
    for _ in range(2):
        await office.refresh(*cards)
        await office.settle(step=SECOND)
    times = sorted((at - NOW).total_seconds() for act, _to, at in office.mailbox.attempts if act == "edit")
    assert len(times) == 18
    assert max(sum(start <= time < start + 60 for time in times) for start in times) <= 5


async def test_messages_go_out_while_the_budget_of_edits_is_spent(office: Office) -> None:
    """What is told to people is no edit."""
    office.mailbox.pace = Pace(0, 1)
    await office.refresh(card(LONDON))
    await office.settle()
    await office.refresh(card(LONDON))
    await office.settle()
    await office.refresh(card(LONDON))
    start = office.clock.now()
    await office.note(notice("news", InThread(card(LONDON))))
    await office.postman.round(start)
    assert office.mailbox.words(thread(office.mailbox, LONDON)) == ["news"]
    assert len(office.mailbox.times("edit", LONDON)) == 1


async def test_what_is_told_in_a_place_is_told_in_order(office: Office) -> None:
    """As it was promised."""
    await office.refresh(card(LONDON))
    for number in range(10):
        await office.note(notice(f"news {number}", InThread(card(LONDON))))
        office.clock.move(office.clock.now() + SECOND / 100)
    await office.settle()
    assert office.mailbox.words(thread(office.mailbox, LONDON)) == [f"news {number}" for number in range(10)]


async def test_a_place_in_trouble_holds_up_nobody_else(office: Office) -> None:
    """Everything else is delivered in the first round."""
    office.mailbox.trouble(LONDON, Busy(600, "rate limited"))
    elsewhere = [place(f"place {number}") for number in range(10)]
    await office.refresh(card(LONDON), *(card(where) for where in elsewhere))
    await office.postman.round(NOW)
    assert [len(office.mailbox.words(where)) for where in (LONDON, *elsewhere)] == [0, *[1] * 10]
    await office.settle()
    assert office.mailbox.words(LONDON) == ["Game 1: 0 known"]


async def test_a_place_that_asked_for_patience_is_left_alone_by_everything_there(office: Office) -> None:
    """What it asked of one message holds for the next."""
    office.mailbox.trouble(LONDON, Busy(30, "rate limited"))
    await office.refresh(card(LONDON), card(LONDON, 2), card(LEEDS))
    await office.settle(step=SECOND)
    assert office.mailbox.times("post", LEEDS) == [0.0]
    first, *others = office.mailbox.times("post", LONDON)
    assert (first, len(others), min(others) >= 30) == (0.0, 2, True)


async def test_an_attempt_that_hangs_holds_up_nobody_else(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither in its own round nor in the next; in the end it is given up, and looked for."""
    monkeypatch.setattr("bot.postman.ROUND", 0.05)
    monkeypatch.setattr("bot.postman.ATTEMPT", 0.2)
    ada, grace = Person(DISCORD, "U-Ada"), Person(DISCORD, "U-Grace")
    office.mailbox.hold, office.mailbox.held = asyncio.Event(), frozenset({ada})
    await office.note(notice("to Ada", Directly(ada)), notice("to Grace", Directly(grace)))
    assert await office.postman.round(NOW) == 2
    await office.note(notice("more", Directly(grace)))
    assert await office.postman.round(NOW) == 1
    office.postman.shift.begin()
    assert (office.mailbox.words(grace), office.mailbox.words(ada)) == (["to Grace", "more"], [])
    while not await office.endings("to Ada"):
        await office.postman.shift.rest(None)
        office.postman.shift.begin()
    office.mailbox.hold = None
    await office.settle()
    assert await office.endings("to Ada") == ["retry", "sent"]
    assert [act for act, to, _at in office.mailbox.attempts if to == ada] == ["post", "find", "post"]


async def test_a_clock_that_jumps_while_an_attempt_is_under_way_doubles_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lease seems to be over, as after a sleep of the machine; but the attempt goes on."""
    monkeypatch.setattr("bot.postman.ROUND", 0.05)
    ada = Person(DISCORD, "U-Ada")
    office.mailbox.hold, office.mailbox.held = asyncio.Event(), frozenset({ada})
    await office.note(notice("to Ada", Directly(ada)))
    assert await office.postman.round(NOW) == 1
    office.clock.move(NOW + 3600 * SECOND)
    assert await office.postman.round(office.clock.now()) == 0
    office.postman.shift.begin()
    office.mailbox.hold.set()
    office.mailbox.hold = None
    while not await office.endings("to Ada"):
        await office.postman.shift.rest(None)
        office.postman.shift.begin()
    await office.settle()
    assert office.mailbox.words(ada) == ["to Ada"]
    assert await office.endings("to Ada") == ["sent"]
