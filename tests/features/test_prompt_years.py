"""A year of prompts: every week at the same hour by the chapter's own clock, across both changes of the clocks."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.people import Platform
from bot.domain.places import Home, Place
from bot.features.prompts.keeping import Rhythms
from storage.database import Database
from tests.desk.visitors import NOW, call, desk, words

YEAR = timedelta(days=365)

ZONES = {"London": "Europe/London", "New York": "America/New_York", "Sydney": "Australia/Sydney"}


async def scheduled(storage: Database, rhythm: str) -> None:
    """Three chapters, each with the starter deck and this rhythm by its own clock."""
    async with storage.writing() as tx:
        for name, zone in ZONES.items():
            chapter = await tx.chapters.add(name, ZoneInfo(zone), ())
            await tx.chapters.settle(chapter, Home(Place(Platform("slack"), f"C-{name}"), name.lower()))
    async with desk(storage) as front:
        for name in ZONES:
            starter = {"audience": "all", "chapter": name}
            assert "90 prompts" in words(await front.answer(call("prompt starter", starter, who="Ada", manages=True)))
            given = {"rhythm": rhythm, "chapter": name, "used_up": "renew"}
            await front.answer(call("prompt schedule", given, who="Ada", manages=True))


async def year(storage: Database) -> dict[str, list[datetime]]:
    """When prompts were posted in a year, by each chapter's own clock."""
    bell, now = Rhythms(), NOW
    while True:
        async with storage.writing() as tx:
            due = await bell.next(tx)
            assert due is not None
            assert due > now, "it rings again at once"
            if due > NOW + YEAR:
                break
            now = due
            await bell.ring(tx, now, 10)
    async with storage.reading() as tx:
        return {
            chapter.name: [each.posted.astimezone(chapter.zone) for each in await tx.postings.of(chapter.id, most=1000)]
            for chapter in await tx.chapters.all()
        }


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_every_tuesday_at_nine_is_nine_on_the_wall_all_year(storage: Database) -> None:
    """In three zones, which change their clocks on different days; no week is left out and none comes twice."""
    await scheduled(storage, "Tuesdays at 9:00")
    for name, times in (await year(storage)).items():
        assert len(times) == 52, name
        assert {f"{each:%A %H:%M}" for each in times} == {"Tuesday 09:00"}, name
        assert len({each.date() for each in times}) == 52, name
        assert len({each.utcoffset() for each in times}) == 2, f"the clocks of {name} were not changed"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_an_hour_that_is_skipped_or_comes_twice_is_posted_in_once(storage: Database) -> None:
    """Half past one of a London Sunday: skipped, it is an hour later; doubled, it is the first."""
    await scheduled(storage, "Sundays at 01:30 in London")
    times = sorted((await year(storage))["London"])
    assert len({each.date() for each in times}) == len(times) == 53
    odd = [each.astimezone(UTC) for each in times if each.date().isoformat() in ("2026-10-25", "2027-03-28")]
    assert odd == [datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2027, 3, 28, 1, 30, tzinfo=UTC)]
    rest = {f"{each:%A %H:%M}" for each in times if each.date().isoformat() != "2027-03-28"}
    assert rest == {"Sunday 01:30"}
