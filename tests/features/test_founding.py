"""Founding: what the configuration says founds chapters; what chat has changed since stays, and the log says so."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

import pytest

from bot.domain.leads import Lead
from bot.domain.places import Chapter, Home, Place
from bot.staff import Founding, Staff
from storage.database import Database
from tests.desk.visitors import DISCORD, NOW, SLACK
from tests.postman.post import Mailbox, Stopped

LONDON = Founding("London", ZoneInfo("Europe/London"), (Lead(days=1),), {SLACK: "#london", DISCORD: "london"})


@dataclass
class Channelled(Mailbox):
    """A platform with these channels alone."""

    channels: Collection[str] = ("london", "pubs")

    async def home(self, name: str) -> Home | None:
        name = name.removeprefix("C-").removeprefix("#")
        return Home(Place(self.platform, f"C-{name}"), name) if name in self.channels else None


async def start(storage: Database, *founding: Founding, slack: Collection[str] = ("london", "pubs")) -> list[Chapter]:
    """Start the bot on both platforms, let it settle, and stop it."""
    clock = Stopped(NOW)
    adapters = [Channelled(clock, platform=SLACK, title="Slack", channels=slack), Channelled(clock)]
    staff, closing = Staff(storage, adapters, clock), asyncio.Event()
    working = asyncio.create_task(staff.work(founding, closing))
    await asyncio.wait_for(staff.opened.wait(), 10)
    closing.set()
    await working
    async with storage.reading() as tx:
        return list(await tx.chapters.all())


def homes(chapter: Chapter) -> list[str]:
    return [f"{home.name} on {home.place.platform}" for home in chapter.homes]


async def test_a_configured_chapter_is_founded_once(storage: Database) -> None:
    """With its homes; nothing is said of a configuration that agrees."""
    for _ in range(2):
        (london,) = await start(storage, LONDON)
        assert (london.name, london.founded, homes(london)) == (
            "London",
            "London",
            ["london on discord", "london on slack"],
        )


async def test_what_chat_has_changed_stays_and_is_logged(storage: Database, caplog: pytest.LogCaptureFixture) -> None:
    """Name, zone, reminders and homes, each with both sides; no second London is made."""
    (london,) = await start(storage, LONDON)
    async with storage.writing() as tx:
        changed = replace(london, name="Greater London", zone=ZoneInfo("Europe/Paris"), leads=())
        await tx.chapters.put(changed)
        await tx.chapters.settle(london.id, Home(Place(SLACK, "C-pubs"), "pubs", chosen=True))
        await tx.chapters.unsettle(london.id, DISCORD)
    caplog.clear()
    caplog.set_level("INFO", "bot.staff")
    (found,) = await start(storage, LONDON)
    assert (found.name, found.zone.key, found.leads, homes(found)) == (
        "Greater London",
        "Europe/Paris",
        (),
        ["pubs on slack"],
    )
    overruled = [record.getMessage() for record in caplog.records if "which counts" in record.getMessage()]
    start_of = "config.toml founds Greater London with the "
    end = ", which counts: /chapter edit changes it."
    assert sorted(overruled) == [
        f"{start_of}home on Discord “london”, but on record is “none”{end}",
        f"{start_of}home on Slack “#london”, but on record is “#pubs”{end}",
        f"{start_of}name “London”, but on record is “Greater London”{end}",
        f"{start_of}reminders “1 day”, but on record is “none”{end}",
        f"{start_of}time zone “Europe/London”, but on record is “Europe/Paris”{end}",
    ]


async def test_a_home_chosen_in_chat_that_is_lost_is_missed_and_not_replaced(
    storage: Database, caplog: pytest.LogCaptureFixture
) -> None:
    """One that the configuration named is found anew by its name, as before."""
    (london,) = await start(storage, LONDON)
    async with storage.writing() as tx:
        await tx.chapters.settle(london.id, Home(Place(SLACK, "C-pubs"), "pubs", chosen=True))
        await tx.chapters.settle(london.id, Home(Place(DISCORD, "C-old"), "london"))
    (found,) = await start(storage, LONDON, slack=["london"])
    assert homes(found) == ["london on discord", "pubs on slack"]
    assert found.homes[0].place.key == "C-london"
    lost = "Slack has no channel #pubs any more that I can post in. It was chosen in chat as the home of London: "
    assert any(record.getMessage().startswith(lost) for record in caplog.records)


async def test_a_chapter_made_in_chat_is_taken_over_by_a_configuration_that_names_it(storage: Database) -> None:
    """And keeps its name's tie when it is called otherwise afterwards."""
    async with storage.writing() as tx:
        made = await tx.chapters.add("London", ZoneInfo("Europe/Paris"), (), "slack call")
    (london,) = await start(storage, LONDON)
    assert (london.id, london.zone.key, homes(london)) == (
        made,
        "Europe/Paris",
        ["london on discord", "london on slack"],
    )
    async with storage.writing() as tx:
        await tx.chapters.put(replace(london, name="Londinium"))
    assert [each.name for each in await start(storage, LONDON)] == ["Londinium"]


async def test_a_chapter_that_the_configuration_does_not_know_is_left_alone(storage: Database) -> None:
    """Neither removed nor housed."""
    async with storage.writing() as tx:
        await tx.chapters.add("Leeds", ZoneInfo("Europe/London"), ())
    assert [(each.name, homes(each)) for each in await start(storage)] == [("Leeds", [])]
