"""Events on record."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.exc import IntegrityError, StatementError

from bot.domain.events import USUAL_LENGTH, EventId, EventState
from bot.domain.places import ChapterId
from storage.database import Database
from tests.storage.made import DAY, HOUR, NOW, SECOND, chapter, event, join, plan, written


async def test_a_plan_becomes_a_draft(storage: Database) -> None:
    """Everything that was written comes back, with its moment in UTC."""
    async with storage.writing() as transaction:
        (planner,) = await join(transaction, 1)
        starts = datetime(2026, 10, 25, 1, 30, 0, 123456, tzinfo=ZoneInfo("Europe/London"), fold=1)
        draft = replace(plan(await chapter(transaction), planner.member, seats=12), starts=starts)
        number = await transaction.events.add(draft)
    async with storage.reading() as transaction:
        found = await transaction.events.get(number)
    assert found == written(number, replace(draft, starts=starts.astimezone(UTC)))
    assert found.starts is not None
    assert found.starts.isoformat() == "2026-10-25T01:30:00.123456+00:00"


async def test_a_call_delivered_twice_plans_one_event(storage: Database) -> None:
    """The first plan of an origin stays as it is."""
    async with storage.writing() as transaction:
        first = await event(transaction, "call 1", seats=5)
        again = await event(transaction, "call 1", seats=6)
        other = await event(transaction, "call 2")
        seats = (await transaction.events.get(first)).seats
    assert (again == first, other == first, seats) == (True, False, 5)


async def test_a_moment_without_a_zone_is_refused(storage: Database) -> None:
    """It would be a different moment on every machine."""
    async with storage.writing() as transaction:
        (planner,) = await join(transaction, 1)
        draft = replace(plan(await chapter(transaction), planner.member), starts=datetime(2026, 9, 1, 18, 30))
        with pytest.raises(StatementError, match="names no moment"):
            await transaction.events.add(draft)


async def test_an_event_is_changed_as_a_whole(storage: Database) -> None:
    """What is put is what is found."""
    async with storage.writing() as transaction:
        number = await event(transaction)
        changed = replace(
            await transaction.events.get(number),
            title="Winter meetup",
            starts=NOW + 90 * DAY,
            venue="",
            about="New: *talks* <@U1>",
            seats=None,
            state=EventState.PUBLISHED,
            revision=7,
        )
        await transaction.events.put(changed)
    async with storage.reading() as transaction:
        assert await transaction.events.get(number) == changed


async def test_an_unknown_event_is_a_key_error(storage: Database) -> None:
    """To get it as to put it; to lock it is no error."""
    async with storage.writing() as transaction:
        known = await transaction.events.get(await event(transaction))
        with pytest.raises(KeyError):
            await transaction.events.get(EventId(404))
        with pytest.raises(KeyError):
            await transaction.events.put(replace(known, id=EventId(404)))
        assert await transaction.events.lock([EventId(404), known.id, known.id]) == {known.id: known}


async def test_upcoming_events_come_soonest_first(storage: Database) -> None:
    """Those that go on still count; those in another state, of another chapter, or just over do not."""
    async with storage.writing() as transaction:
        numbers = {name: await event(transaction, name) for name in ("later", "now", "over", "draft", "elsewhere")}
        starts = {"later": NOW + DAY, "now": NOW - USUAL_LENGTH + SECOND, "over": NOW - USUAL_LENGTH}
        for name, number in numbers.items():
            found = await transaction.events.get(number)
            state = EventState.DRAFT if name == "draft" else EventState.PUBLISHED
            home = await chapter(transaction, "Leeds") if name == "elsewhere" else found.chapter
            await transaction.events.put(replace(found, starts=starts.get(name, NOW + HOUR), state=state, chapter=home))
        everywhere = await transaction.events.upcoming(NOW, EventState.PUBLISHED)
        london = await transaction.events.upcoming(NOW, EventState.PUBLISHED, await chapter(transaction))
    assert [each.id for each in everywhere] == [numbers["now"], numbers["elsewhere"], numbers["later"]]
    assert [each.id for each in london] == [numbers["now"], numbers["later"]]


async def test_drafts_stay_whatever_their_date(storage: Database) -> None:
    """Those long past too; what is published is no draft."""
    async with storage.writing() as transaction:
        numbers = {name: await event(transaction, name) for name in ("open", "soon", "past", "published")}
        starts = {"open": None, "past": NOW - 99 * DAY}
        for name, number in numbers.items():
            found = await transaction.events.get(number)
            state = EventState.PUBLISHED if name == "published" else EventState.DRAFT
            await transaction.events.put(replace(found, starts=starts.get(name, NOW + DAY), state=state))
        drafts = await transaction.events.drafts()
    assert [each.id for each in drafts] == [numbers["past"], numbers["soon"], numbers["open"]]


async def test_an_event_without_a_chapter_is_refused(storage: Database) -> None:
    """The database guards what belongs together."""
    async with storage.writing() as transaction:
        (planner,) = await join(transaction, 1)
        missing = ChapterId(await chapter(transaction) + 1)
        with pytest.raises(IntegrityError):
            await transaction.events.add(plan(missing, planner.member))
