"""Chapters on record."""

from zoneinfo import ZoneInfo

import pytest

from bot.domain.leads import Lead
from bot.domain.places import Chapter, ChapterId, Home
from storage.database import Database
from tests.storage.made import LEEDS, LONDON, ON_DISCORD, chapter, join


async def test_a_chapter_is_kept_as_it_was_made(storage: Database) -> None:
    """Its zone, its leads and its homes come back exactly, its homes by platform."""
    zone, leads = ZoneInfo("America/Argentina/Buenos_Aires"), [Lead(days=7), Lead(days=1, minutes=90)]
    homes = Home(ON_DISCORD, "london"), Home(LONDON, "london-general")
    async with storage.writing() as transaction:
        number = await transaction.chapters.add("Buenos Aires", zone, leads)
        for home in reversed(homes):
            await transaction.chapters.settle(number, home)
    async with storage.reading() as transaction:
        assert await transaction.chapters.get(number) == Chapter(number, "Buenos Aires", zone, homes, tuple(leads))


async def test_a_chapter_is_made_once(storage: Database) -> None:
    """A name that is there already is that chapter, unchanged."""
    async with storage.writing() as transaction:
        first = await chapter(transaction)
        before = await transaction.chapters.get(first)
        again = await transaction.chapters.add("London", ZoneInfo("Asia/Tokyo"), [])
        assert (again, await transaction.chapters.all()) == (first, [before])


async def test_a_chapter_has_one_home_on_a_platform(storage: Database) -> None:
    """A new one takes the place of the old one, and the other platform's stays."""
    async with storage.writing() as transaction:
        number = await chapter(transaction)
        for home in (Home(LONDON, "london"), Home(ON_DISCORD, "london"), Home(LEEDS, "leeds")):
            await transaction.chapters.settle(number, home)
        assert (await transaction.chapters.get(number)).homes == (Home(ON_DISCORD, "london"), Home(LEEDS, "leeds"))


async def test_chapters_are_listed_by_name(storage: Database) -> None:
    """In the same order on every database, with or without a home."""
    async with storage.writing() as transaction:
        for name in ("york", "Leeds", "London"):
            await transaction.chapters.settle(await chapter(transaction, name), Home(LONDON, "all"))
        await chapter(transaction, "Aberdeen")
        listed = [(each.name, len(each.homes)) for each in await transaction.chapters.all()]
    assert listed == [("Aberdeen", 0), ("Leeds", 1), ("London", 1), ("york", 1)]


async def test_an_unknown_chapter_is_a_key_error(storage: Database) -> None:
    """As the port says."""
    async with storage.reading() as transaction:
        with pytest.raises(KeyError):
            await transaction.chapters.get(ChapterId(404))


async def test_members_join_leave_and_come_back(storage: Database) -> None:
    """Whoever left stays out until they come anew; each is counted once."""
    async with storage.writing() as transaction:
        london, leeds = await chapter(transaction), await chapter(transaction, "Leeds")
        ann, ben = await join(transaction, 1, 2)
        await transaction.chapters.join([(london, ann.member), (leeds, ann.member), (london, ben.member)], anew=False)
        await transaction.chapters.join([(london, ann.member), (london, ann.member)], anew=True)
        assert await transaction.chapters.sizes() == {london: 2, leeds: 1}
        assert [await transaction.chapters.leave(london, ann.member) for _ in range(2)] == [True, False]
        await transaction.chapters.join([(london, ann.member)], anew=False)
        assert await transaction.chapters.joined(ann.member) == {leeds}
        await transaction.chapters.join([(london, ann.member)], anew=True)
        await transaction.chapters.join([], anew=True)
        assert await transaction.chapters.joined(ann.member) == {london, leeds}


async def test_a_home_given_up_is_remembered_as_such(storage: Database) -> None:
    """Until another one is chosen."""
    async with storage.writing() as transaction:
        number = await chapter(transaction)
        await transaction.chapters.settle(number, Home(LONDON, "london"))
        await transaction.chapters.unsettle(number, LONDON.platform)
        given_up = await transaction.chapters.get(number)
        assert (given_up.homes, given_up.without) == ((), {LONDON.platform})
        await transaction.chapters.settle(number, Home(LONDON, "london", chosen=True))
        chosen = await transaction.chapters.get(number)
        assert (chosen.homes, chosen.without) == ((Home(LONDON, "london", chosen=True),), frozenset())
