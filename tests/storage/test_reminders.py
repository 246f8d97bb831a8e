"""Reminders on record."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import asyncpg

from bot.domain.events import EventId
from bot.domain.reminders import Reminder, ReminderKind
from bot.ports import Busy
from storage.database import Database, database
from tests.storage.made import DAY, HOUR, NOW, SECOND, event


def soon(event: EventId, due: datetime, lead: str = "1 day", revision: int = 1) -> Reminder:
    """A reminder that an event is near."""
    return Reminder(ReminderKind.EVENT_SOON, event, revision, lead, due)


async def test_reminders_ring_when_they_are_due(storage: Database) -> None:
    """Earliest first, and no more at once than asked for; what rang does not ring again."""
    async with storage.writing() as transaction:
        number = await event(transaction)
        day, hours = soon(number, NOW - HOUR), soon(number, NOW, "2 hours")
        over = Reminder(ReminderKind.EVENT_OVER, number, 1, "", NOW + SECOND)
        await transaction.reminders.replace(number, [over, hours, day])
        assert await transaction.reminders.due(NOW, most=1) == [day]
        assert await transaction.reminders.due(NOW, most=9) == [day, hours]
        await transaction.reminders.rang([day, hours], NOW)
        assert await transaction.reminders.due(NOW, most=9) == []
        assert await transaction.reminders.due(NOW + SECOND, most=9) == [over]


async def test_the_next_reminder_is_known(storage: Database) -> None:
    """Those that rang are no longer waited for."""
    async with storage.writing() as transaction:
        assert await transaction.reminders.next() is None
        number = await event(transaction)
        first, second = soon(number, NOW + HOUR), soon(number, NOW + DAY, "2 hours")
        await transaction.reminders.replace(number, [first, second])
        assert await transaction.reminders.next() == NOW + HOUR
        await transaction.reminders.rang([first], NOW + HOUR)
        assert await transaction.reminders.next() == NOW + DAY


async def test_an_event_that_moves_takes_its_reminders_along(storage: Database) -> None:
    """Those of its earlier revision are gone, and another event's stay."""
    async with storage.writing() as transaction:
        moved, other = await event(transaction, "moved"), await event(transaction, "other")
        await transaction.reminders.replace(moved, [soon(moved, NOW)])
        await transaction.reminders.replace(other, [soon(other, NOW)])
        await transaction.reminders.replace(moved, [soon(moved, NOW + DAY, revision=2)])
        assert await transaction.reminders.due(NOW + DAY, most=9) == [
            soon(other, NOW),
            soon(moved, NOW + DAY, revision=2),
        ]
        await transaction.reminders.replace(moved, [])
        assert await transaction.reminders.due(NOW + DAY, most=9) == [soon(other, NOW)]


async def test_what_rang_does_not_return(storage: Database) -> None:
    """Not even with another moment, as long as its revision and lead are the same."""
    async with storage.writing() as transaction:
        number = await event(transaction)
        day, hours = soon(number, NOW), soon(number, NOW + HOUR, "2 hours")
        await transaction.reminders.replace(number, [day])
        await transaction.reminders.rang([day], NOW)
        await transaction.reminders.replace(number, [replace(day, due=NOW + HOUR), hours])
        assert await transaction.reminders.due(NOW + DAY, most=9) == [hours]


async def test_no_reminder_rings_for_two(storage: Database, other: Database) -> None:
    """What one process is about to ring, another does not see; on SQLite it has to wait its turn."""
    async with storage.writing() as transaction:
        number = await event(transaction)
        await transaction.reminders.replace(number, [soon(number, NOW)])
    async with storage.writing() as transaction:
        mine = await transaction.reminders.due(NOW, most=9)
        theirs = await due_elsewhere(other)
        await transaction.reminders.rang(mine, NOW)
    assert (mine, theirs, await due_elsewhere(other)) == ([soon(number, NOW)], [], [])


async def due_elsewhere(other: Database) -> list[Reminder]:
    """What another process may ring now."""
    try:
        async with other.writing() as transaction:
            return list(await transaction.reminders.due(NOW, most=9))
    except Busy:
        return []


async def test_whoever_plans_and_whoever_rings_never_wait_for_each_other(postgres_database: str) -> None:
    """Both take the event first: who comes second waits, and finds what the first has left."""
    async with database(postgres_database) as storage:
        async with storage.writing() as transaction:
            number = await event(transaction)
            await transaction.reminders.replace(number, [soon(number, NOW)])
        held, ringing = asyncio.Event(), asyncio.Event()

        async def ring() -> Sequence[Reminder]:
            await held.wait()
            async with storage.writing() as transaction:
                ringing.set()
                due = await transaction.reminders.due(NOW, most=9)
                await transaction.events.lock([number])
                return due

        async def plan() -> None:
            async with storage.writing() as transaction:
                await transaction.events.lock([number])
                held.set()
                await ringing.wait()
                await waits(postgres_database)
                await transaction.reminders.replace(number, [soon(number, NOW, "2 hours", 2)])

        due, _ = await asyncio.gather(ring(), plan())
        assert due == [soon(number, NOW, "2 hours", 2)]


async def waits(url: str) -> None:
    """Until somebody in this database waits for somebody else's lock."""
    connection = await asyncpg.connect(url)
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    try:
        while not await connection.fetchval(waiting):
            pass
    finally:
        await connection.close()
