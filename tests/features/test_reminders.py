"""Reminders: those who are going are told once, in time where it can be, and never of what does not hold any more."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import Clock
from bot.domain.events import EventId, EventState
from bot.domain.leads import Lead
from bot.domain.people import AccountId
from bot.domain.places import Thread
from bot.domain.reminders import Reminder, ReminderKind
from bot.features import notices
from bot.messages import Note
from bot.ports import Busy, Gone, Transaction
from bot.timekeeper import Timekeeper
from storage.database import Database, database
from tests.desk.visitors import DISCORD, ON_DISCORD, call, desk, found, person, plan, planned
from tests.features.community import Community

REMINDER = "Evening starts on Thursday 17 September 2026, 18:30 BST. Where: The Crown."
CANCELLED = "Evening, planned for Thursday 17 September 2026, 18:30 BST, is cancelled."
GOING = [("Grace", "slack"), ("Alan", "discord"), ("Mary", "discord")]
ALL = ["Alan", "Grace", "Mary"]
DAY_BEFORE, TWO_HOURS_BEFORE, OVER = "2026-09-16 18:30", "2026-09-17 16:30", "2026-09-17 21:30"


@pytest.fixture
async def evening(community: Community) -> EventId:
    """An evening without limit, to which three people go and one may come."""
    event = await community.publish(seats="")
    await community.answer(event, "going", *GOING)
    await community.answer(event, "maybe", ("Ida", "slack"))
    await community.settle()
    community.forget()
    return event


async def test_everybody_who_is_going_is_told_a_day_and_two_hours_before(
    community: Community, evening: EventId
) -> None:
    """On Slack directly, on Discord by one message in the thread; and then the evening is over."""
    assert await community.wait_until("2026-09-16 18:29") == 0
    assert await community.wait_until(DAY_BEFORE) == 1
    assert community.told() == [(name, REMINDER) for name in ALL]
    assert [letter.to for letter in community.discord.inbox[1:]] == [Thread(ON_DISCORD, "ref 0")]
    community.forget()
    assert await community.wait_until(DAY_BEFORE) == 0
    assert await community.wait_until(TWO_HOURS_BEFORE) == 1
    assert community.told() == [(name, REMINDER) for name in ALL]
    community.forget()
    assert await community.wait_until(OVER) == 1
    assert (community.told(), await planned(community.storage, EventState.OVER)) == ([], ["Evening"])
    assert await community.timekeeper.next() is None


async def test_a_reminder_goes_to_those_who_are_going_when_it_is_sent(community: Community, evening: EventId) -> None:
    """Whoever backed out, even after it rang, is left alone."""
    community.clock.move(datetime.fromisoformat(f"{DAY_BEFORE}+01:00"))
    await community.timekeeper.tick(community.clock.now())
    await community.answer(evening, "not going", ("Grace", "slack"), ("Alan", "discord"))
    await community.settle()
    assert community.told() == [("Mary", REMINDER)]


async def test_whoever_asked_for_direct_messages_gets_one(community: Community, evening: EventId) -> None:
    """And is not mentioned in the thread as well."""
    await community.desk.answer(call("tell me directly", {"on": "1"}, who="Alan", platform=DISCORD))
    await community.wait_until(DAY_BEFORE)
    assert community.told() == [(name, REMINDER) for name in ALL]
    assert {letter.to for letter in community.discord.inbox if letter.words == REMINDER} == {
        person("Alan", DISCORD),
        Thread(ON_DISCORD, "ref 0"),
    }


async def test_four_hundred_people_are_mentioned_ninety_at_a_time(community: Community) -> None:
    """A platform takes so many mentions in one message; nobody is left out, nobody told twice."""
    event = await community.publish(seats="")
    await asyncio.gather(*(community.answer(event, "going", (f"Guest {number}", "discord")) for number in range(400)))
    await community.settle()
    await community.wait_until(DAY_BEFORE)
    reminders = [letter for letter in community.discord.inbox if letter.words == REMINDER]
    assert sorted(len(letter.calls) for letter in reminders) == [40, 90, 90, 90, 90]
    assert [name for name, _words in community.told()] == sorted(f"Guest {number}" for number in range(400))


async def test_of_several_due_at_once_only_the_last_is_told(community: Community, evening: EventId) -> None:
    """After an outage of two days nobody hears the same thing twice."""
    assert await community.wait_until("2026-09-17 16:31") == 2
    assert community.told() == [(name, REMINDER) for name in ALL]


@pytest.mark.parametrize(("moment", "late"), [("2026-09-17 16:44", False), ("2026-09-17 17:30", True)])
async def test_a_late_reminder_says_that_it_is_late(
    community: Community, evening: EventId, moment: str, late: bool
) -> None:
    """A quarter of an hour is nothing to apologise for."""
    await community.wait_until(DAY_BEFORE)
    now = datetime.fromisoformat(f"{moment}+01:00")
    async with community.storage.reading() as tx:
        revision = (await tx.events.get(evening)).revision
        ids = AccountId(1), AccountId(999)
        drawn = await notices.reminder.draw(tx, evening, revision, "2 hours", DISCORD, *ids, now)
    assert drawn is not None
    assert any(isinstance(part, Note) for part in drawn.parts) == late


@pytest.mark.parametrize(
    ("behind", "lead", "moment"),
    [(0, "1 day", "2026-09-17 16:31"), (0, "2 hours", "2026-09-17 18:30"), (1, "2 hours", "2026-09-17 17:00")],
    ids=["a later one is due as well", "it has begun", "it was moved"],
)
async def test_a_reminder_that_was_held_up_too_long_says_nothing(
    community: Community, evening: EventId, behind: int, lead: str, moment: str
) -> None:
    """A platform that was out of reach for days brings back no reminders of yesterday."""
    now = datetime.fromisoformat(f"{moment}+01:00")
    async with community.storage.reading() as tx:
        revision = (await tx.events.get(evening)).revision - behind
        ids = AccountId(1), AccountId(999)
        assert await notices.reminder.draw(tx, evening, revision, lead, DISCORD, *ids, now) is None


async def test_reminders_missed_altogether_are_told_to_the_planner(community: Community, evening: EventId) -> None:
    """The guests know by now whether they went."""
    await community.wait_until("2026-09-17 18:31")
    assert community.told() == [
        ("Ada", f"The reminder {lead} before Evening was not sent: I was away until the event had begun.")
        for lead in ("1 day", "2 hours")
    ]


async def test_the_reminders_of_a_cancelled_evening_do_not_ring(community: Community, evening: EventId) -> None:
    """Everybody going or waiting is told once that it is off, and then nothing more."""
    assert await community.call_off(evening) == "Evening is cancelled. 3 people will be told."
    await community.settle()
    assert community.told() == [(name, CANCELLED) for name in ALL]
    community.forget()
    assert [await community.wait_until(moment) for moment in (DAY_BEFORE, TWO_HOURS_BEFORE, OVER)] == [0, 0, 0]
    assert community.told() == []


async def test_a_reminder_that_rang_before_the_evening_was_cancelled_is_dropped(
    community: Community, evening: EventId
) -> None:
    """It is drawn when it is sent, and there is nothing left to say."""
    community.clock.move(datetime.fromisoformat(f"{DAY_BEFORE}+01:00"))
    await community.timekeeper.tick(community.clock.now())
    await community.call_off(evening)
    await community.settle()
    assert community.told() == [(name, CANCELLED) for name in ALL]


async def test_a_reminder_of_an_older_revision_does_not_ring(community: Community, evening: EventId) -> None:
    """The event has changed since it was made."""
    stale = Reminder(ReminderKind.EVENT_SOON, evening, 1, "2 days", community.clock.now())
    async with community.storage.writing() as tx:
        await tx.reminders.replace(evening, [stale])
    assert await community.wait_until("2026-09-05 10:01") == 1
    assert community.told() == []


async def test_two_timekeepers_on_one_database_ring_once(database_url: str) -> None:
    """Whichever comes first."""
    async with database(database_url, patience=20) as storage, database(database_url, patience=20) as other:
        await found(storage)
        community = Community(storage)
        async with community.desk:
            event = await community.publish(seats="")
            await community.answer(event, "going", *GOING)
            community.clock.move(datetime.fromisoformat(f"{DAY_BEFORE}+01:00"))
            now = community.clock.now()
            twin = Timekeeper(other, community.timekeeper._ring, lambda: None, community.clock)
            rang = await asyncio.gather(*(keeper.tick(now) for keeper in (community.timekeeper, twin) * 3))
            await community.settle()
    assert sum(rang) == 1
    assert community.told() == [(name, REMINDER) for name in ALL]


async def test_a_channel_that_is_gone_is_told_to_the_planner_once(community: Community, evening: EventId) -> None:
    """With what mends it, while everything else goes on."""
    community.discord.trouble(ON_DISCORD, *[Gone("Unknown Channel")] * 9)
    for wish in ("maybe", "going", "maybe"):
        await community.answer(evening, wish, ("Alan", "discord"))
        await community.settle()
    sentence = (
        "I cannot post Evening in #london on Discord: the channel is gone, or I am not in it. "
        "Let me into it, or name another one for London by /chapter edit; "
        "everything else goes on."
    )
    assert community.told() == [("Ada", sentence)]


async def test_the_spring_wakes_the_timekeeper_when_a_reminder_is_due(storage: Database) -> None:
    """By a real clock, in the twentieth of a second in which it is due; nothing else calls him."""
    await found(storage)
    async with desk(storage) as front:
        event = await plan(front)
    rung = asyncio.Event()
    clock = Clock()

    async def ring(tx: Transaction, due: Sequence[Reminder], now: datetime) -> None:
        assert [reminder.event for reminder in due] == [event]
        assert now >= due[0].due
        rung.set()

    due = datetime.now(UTC) + timedelta(milliseconds=50)
    async with storage.writing() as tx:
        await tx.reminders.replace(event, [Reminder(ReminderKind.EVENT_SOON, event, 1, "soon", due)])
    timekeeper = Timekeeper(storage, ring, lambda: None, clock)
    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        group.create_task(timekeeper.run())
        await rung.wait()
        timekeeper.shift.end()


async def test_a_plan_made_while_the_timekeeper_rests_wakes_him(storage: Database) -> None:
    """Whoever plans calls him; he need not wait for the next sweep."""
    await found(storage)
    async with desk(storage) as front:
        event = await plan(front)
    rung = asyncio.Event()

    async def ring(tx: Transaction, due: Sequence[Reminder], now: datetime) -> None:
        rung.set()

    timekeeper = Timekeeper(storage, ring, lambda: None, Clock())
    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        group.create_task(timekeeper.run())
        assert await timekeeper.shift.idle() is None
        soon = Reminder(ReminderKind.EVENT_SOON, event, 1, "soon", datetime.now(UTC) + timedelta(milliseconds=50))
        async with storage.writing() as tx:
            await tx.reminders.replace(event, [soon])
        timekeeper.shift.call()
        await rung.wait()
        timekeeper.shift.end()


@pytest.mark.parametrize("error", [Busy(0.01, "out of reach"), ZeroDivisionError("a bug of ours")])
async def test_a_sweep_that_fails_leaves_its_reminders_due(storage: Database, error: Exception) -> None:
    """The timekeeper goes on; what could not ring rings when he is called next."""
    await found(storage)
    async with desk(storage) as front:
        event = await plan(front)
    rung, failed = asyncio.Event(), asyncio.Event()

    async def ring(tx: Transaction, due: Sequence[Reminder], now: datetime) -> None:
        if not failed.is_set():
            failed.set()
            raise error
        rung.set()

    async with storage.writing() as tx:
        await tx.reminders.replace(event, [Reminder(ReminderKind.EVENT_SOON, event, 1, "now", datetime.now(UTC))])
    timekeeper = Timekeeper(storage, ring, lambda: None, Clock())
    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        group.create_task(timekeeper.run())
        await failed.wait()
        await timekeeper.shift.idle()
        timekeeper.shift.call()
        await rung.wait()
        timekeeper.shift.end()


async def test_a_reminder_that_cannot_be_rung_does_not_silence_the_others(storage: Database) -> None:
    """It stays due, while everything that was due with it rings."""
    await found(storage)
    async with desk(storage) as front:
        event = await plan(front)
    now = datetime.now(UTC)
    rung: list[str] = []

    async def ring(tx: Transaction, due: Sequence[Reminder], now: datetime) -> None:
        if any(reminder.lead == "poisonous" for reminder in due):
            raise ZeroDivisionError
        rung.extend(reminder.lead for reminder in due)

    leads = ("first", "poisonous", "last")
    async with storage.writing() as tx:
        await tx.reminders.replace(event, [Reminder(ReminderKind.EVENT_SOON, event, 1, lead, now) for lead in leads])
    timekeeper = Timekeeper(storage, ring, lambda: None, Clock())
    assert await timekeeper.tick(now) == 2
    assert sorted(rung) == ["first", "last"]
    assert await timekeeper.next() == now


@pytest.mark.parametrize("whose", ["the chapter", "their own"])
async def test_two_reminders_of_one_moment_are_one(community: Community, whose: str) -> None:
    """A day before is 24 hours before, unless the clocks change in between."""
    if whose == "the chapter":
        async with community.storage.writing() as tx:
            (chapter,) = await tx.chapters.all()
            await tx.chapters.put(replace(chapter, leads=(Lead(days=1), Lead(minutes=24 * 60))))
    event = await community.publish()
    await community.answer(event, "going", ("Grace", "slack"))
    if whose == "their own":
        await community.desk.answer(call("my leads", {"before": "1 day, 24 hours"}, who="Grace"))
    await community.settle()
    community.forget()
    await community.wait_until("2026-09-16 18:31")
    assert [who for who, _what in community.told()] == ["Grace"]
