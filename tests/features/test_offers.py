"""Offers: near the start nobody is moved up silently; who is next is asked, and has only so long to say yes."""

from datetime import timedelta

import pytest

from bot.calls import Door
from bot.domain.events import EventId
from bot.domain.rsvps import Answer
from storage.database import Database
from tests.desk.visitors import DISCORD, call, found, guests, words
from tests.features.community import Community
from tests.features.organiser import edit

UNTIL = "It is yours until Thursday 17 September 2026, {}; without an answer it goes to whoever is next."
OFFER = f"A seat has come free at Evening, Thursday 17 September 2026, 18:30 BST, The Crown. Are you coming? {UNTIL}"


async def full(community: Community) -> EventId:
    """An evening with one seat, which is taken, and two in line; it is half past four on that day."""
    event = await community.publish(seats="1")
    await community.answer(event, "going", ("Grace", "slack"), ("Alan", "discord"), ("Ida", "slack"))
    await community.wait_until("2026-09-17 16:30")
    community.forget()
    return event


async def state(community: Community, event: EventId) -> tuple[list[str], list[str], list[str]]:
    """Who is going, who waits, and who may come."""
    going, waiting, maybe = [
        await guests(community.storage, event, answer) for answer in (Answer.GOING, Answer.WAITING, Answer.MAYBE)
    ]
    return going, waiting, maybe


async def test_who_is_next_is_asked_and_says_yes(community: Community) -> None:
    """Until then the seat is nobody else's."""
    event = await full(community)
    await community.answer(event, "not going", ("Grace", "slack"))
    await community.settle()
    assert community.told() == [("Alan", OFFER.format("17:00 BST"))]
    assert await state(community, event) == ([], ["Alan", "Ida"], [])
    asked = call("event list-attendees", {"event": str(event)}, who="Ada", manages=True, at=community.clock.now())
    assert "Alan: offered a seat" in words(await community.desk.answer(asked))
    shown = words(await community.desk.answer(call("event show", {"event": str(event)}, at=community.clock.now())))
    assert "Seats: 1, all taken or offered" in shown
    (told,) = await community.answer(event, "going", ("Mary", "slack"))
    assert "You are number 2 in line" in told
    (yes,) = await community.answer(event, "going", ("Alan", "discord"))
    assert yes.startswith("You are going to Evening")
    assert await state(community, event) == (["Alan"], ["Ida", "Mary"], [])
    community.forget()
    assert await community.wait_until("2026-09-17 17:01") == 0
    assert community.told() == []


async def test_who_says_no_or_nothing_lets_the_next_one_have_it(community: Community) -> None:
    """Each is asked once; whoever let it lapse may still come, if there is room when they say so."""
    event = await full(community)
    await community.answer(event, "not going", ("Grace", "slack"))
    await community.settle()
    community.forget()
    assert await community.wait_until("2026-09-17 16:59") == 0
    assert await community.wait_until("2026-09-17 17:00") == 1
    assert community.told() == [("Ida", OFFER.format("17:30 BST"))]
    assert await state(community, event) == ([], ["Ida"], ["Alan"])
    community.forget()
    await community.answer(event, "not going", ("Ida", "slack"))
    (late,) = await community.answer(event, "going", ("Alan", "discord"))
    assert late.startswith("You are going to Evening")
    assert await community.wait_until("2026-09-17 17:30") == 0
    assert community.told() == []


async def test_a_yes_after_its_time_is_one_answer_among_others(community: Community) -> None:
    """Also where the timekeeper has not come to it yet: what counts is when somebody pressed."""
    event = await full(community)
    await community.answer(event, "not going", ("Grace", "slack"))
    community.clock.move(community.clock.now() + timedelta(minutes=30))
    (late,) = await community.answer(event, "going", ("Alan", "discord"))
    assert "You are number 1 in line" in late
    await community.settle()
    assert community.told() == [("Ida", OFFER.format("17:30 BST"))]


async def test_an_offer_outlives_the_bot(storage: Database) -> None:
    """It was stopped before anything was told: the next one tells it, and lets it lapse, once."""
    await found(storage)
    first = Community(storage)
    async with first.desk:
        event = await full(first)
        await first.answer(event, "not going", ("Grace", "slack"))
    second = Community(storage)
    second.clock.move(first.clock.now())
    async with second.desk:
        await second.settle()
        assert second.told() == [("Alan", OFFER.format("17:00 BST"))]
        assert [await second.wait_until("2026-09-17 17:05"), await second.timekeeper.tick(second.clock.now())] == [1, 0]
        assert second.told()[1:] == [("Ida", OFFER.format("17:35 BST"))]


async def test_more_seats_near_the_start_are_offers_too(community: Community) -> None:
    """All of them at once, and the organiser is told how many."""
    event = await full(community)
    assert "2 people are offered a seat." in await edit(community, event, seats="3")
    await community.settle()
    assert community.told() == [(name, OFFER.format("17:00 BST")) for name in ("Alan", "Ida")]


async def test_an_organiser_may_have_seats_given_at_once(community: Community) -> None:
    """Up to the end of the event, as they are before its last hours."""
    event = await full(community)
    assert "has been changed" in await edit(community, event, offered="0")
    await community.answer(event, "not going", ("Grace", "slack"))
    assert await state(community, event) == (["Alan"], ["Ida"], [])


async def test_who_waits_with_guests_and_needs_fewer_seats_is_offered_them_at_once(community: Community) -> None:
    """They learn it from the answer, and from nothing else."""
    event = await community.publish(seats="2")
    await edit(community, event, guests="2")
    await community.answer(event, "going", ("Grace", "slack"), ("Mary", "slack"), ("Alan", "discord"))
    await bring(community, event, "1")
    await community.wait_until("2026-09-17 16:30")
    await community.answer(event, "not going", ("Grace", "slack"))
    await community.settle()
    community.forget()
    told = await bring(community, event, "0")
    assert told.startswith("Noted for Evening: you come alone.\nThere is room for that. It is yours until")
    assert told.endswith("[Yes, I’m coming] [Can’t make it]")
    await community.settle()
    assert community.told() == []


@pytest.mark.parametrize("changed", [{"starts": "Thu 15 Oct 18:30"}, {"starts": "TBA"}, {"offered": "0"}])
async def test_an_offer_becomes_a_seat_where_the_evening_is_put_off(
    community: Community, changed: dict[str, str]
) -> None:
    """Seats are simply given then, so that nobody loses theirs by not answering; also where none is offered now."""
    event = await full(community)
    await community.answer(event, "not going", ("Grace", "slack"))
    await community.settle()
    community.forget()
    assert "One person moved up from the line." in await edit(community, event, **changed)
    await community.settle()
    ((who, what),) = community.told()
    assert (who, what.split(",")[0]) == ("Alan", "A seat has come free: you are going to Evening")
    await community.wait_until("2026-09-17 17:31")
    assert await state(community, event) == (["Alan"], ["Ida"], [])


async def bring(community: Community, event: EventId, guests: str) -> str:
    given = {"event": str(event), "guests": guests}
    at = community.clock.now()
    return words(await community.desk.answer(call("bring", given, who="Alan", platform=DISCORD, door=Door.FORM, at=at)))


async def test_who_was_offered_a_seat_hears_that_all_is_off(community: Community) -> None:
    """Also where that is delivered long after the offer would have lapsed."""
    event = await full(community)
    await community.answer(event, "not going", ("Grace", "slack"))
    await community.settle()
    community.forget()
    assert "2 people will be told" in await community.call_off(event)
    community.clock.move(community.clock.now() + timedelta(minutes=40))
    assert await community.timekeeper.tick(community.clock.now()) == 0
    await community.settle()
    off = "Evening, planned for Thursday 17 September 2026, 18:30 BST, is cancelled."
    assert community.told() == [("Alan", off), ("Ida", off)]


async def test_a_party_that_is_larger_than_the_room_lets_others_go_ahead(community: Community) -> None:
    """They are told when the seats are taken away, whoever comes learns nothing of it, and fewer guests find room."""
    event = await community.publish(seats="4")
    await edit(community, event, guests="3")
    await community.answer(event, "going", *((name, "slack") for name in ("Ann", "Bob", "Cid", "Dot")))
    await community.answer(event, "going", ("Alan", "discord"), ("Fay", "slack"))
    await bring(community, event, "3")
    await community.settle()
    community.forget()
    assert "One party in line is larger than that: they are told" in await edit(community, event, seats="3")
    await community.settle()
    few = "has only 3 seats, so there is no room for you with all your guests. You keep your place in line, but others"
    assert community.told() == [
        ("Alan", f"Evening, Thursday 17 September 2026, 18:30 BST, {few} go ahead until you bring fewer.")
    ]
    (again,) = await community.answer(event, "going", ("Alan", "discord"))
    assert few in again
    await community.answer(event, "not going", ("Ann", "slack"), ("Bob", "slack"))
    assert await state(community, event) == (["Cid", "Dot", "Fay"], ["Alan"], [])
    await community.answer(event, "not going", ("Cid", "slack"), ("Dot", "slack"))
    assert "There is room for that: you are going." in await bring(community, event, "1")
    assert await state(community, event) == (["Alan", "Fay"], [], [])
