"""Stopping: within five seconds, whatever is the matter, and without losing anything."""

import asyncio
import signal
from pathlib import Path

import pytest

from adapters.playground.personas import PEOPLE
from tests.crash.relay import Relay
from tests.crash.rig import Rig
from tests.crash.test_the_seam import publish


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT], ids=["sigterm", "ctrl-c"])
async def test_it_stops_in_the_middle_of_a_crowd_and_keeps_what_it_acknowledged(
    simple: Rig, by: signal.Signals
) -> None:
    """Everybody presses at once and the bot is asked to stop: whoever heard that it was done, stands on the cards."""
    rig = simple
    await rig.open()
    await publish(rig, seats="")
    await rig.settle()
    stopping: list[asyncio.Task[None]] = []
    rig.board.span(
        lambda name, row: "/ephemeral/" in name and "You are going to" in str(row),
        lambda: stopping.append(asyncio.create_task(rig.bot.stop(by))),
    )
    pressing = [hands.push(name, "Going", on="london") for name in PEOPLE for hands in (rig.here, rig.there)]
    done = await asyncio.gather(*pressing)
    await stopping[0]
    await rig.again()
    await rig.settle()
    taken = [
        name for name, each in zip([name for name in PEOPLE for _ in range(2)], done, strict=True) if each["acked"]
    ]
    assert taken
    for hands in (rig.here, rig.there):
        going = next(line for line in rig.card(hands).words.splitlines() if line.startswith("Going ("))
        assert [name for name in taken if going.count(name) < taken.count(name)] == []
    await rig.stop()


async def test_it_stops_while_no_platform_can_be_reached_and_tells_both_later(simple: Rig) -> None:
    """Both platforms vanish with a card under way; the bot goes when it is asked to, and the next one brings it."""
    rig = simple
    await rig.open()
    for platform in ("slack", "discord"):
        rig.close_to_posts(platform)
    await publish(rig)
    await rig.out_of_reach()
    await rig.bot.says("Slack is out of reach", "Discord is out of reach")
    await rig.bot.stop()
    for platform in ("slack", "discord"):
        rig.open_to_posts(platform)
    await rig.within_reach()
    await rig.again()
    await rig.shows(seats="2, 2 left")
    await rig.stop()


async def test_it_does_not_wait_for_a_platform_that_never_answers(rig: Rig) -> None:
    """A card was posted and the answer does not come: the bot goes, and the next one finds that card."""
    await rig.open()
    rig.dawdle(rig.here.platform)
    await publish(rig)
    await rig.until(lambda: True if rig.here.platform == "discord" or rig.here.channel("london") else None, "A card")
    await rig.bot.stop()
    await rig.again()
    await rig.shows(seats="2, 2 left")
    await rig.stop()


async def test_it_goes_on_when_its_database_comes_back_and_stops_while_it_is_gone(
    postgres_database: str, tmp_path: Path
) -> None:
    """Without PostgreSQL people are told to try again; with it they are answered; and it can be stopped at any time."""
    async with Relay(postgres_database).running() as relay, Rig("slack", relay.url, tmp_path).playing() as rig:
        await rig.open()
        await publish(rig)
        await rig.settle()
        await relay.cut()
        assert "Please try again" in (await rig.here.press("Grace Hopper", "Going", on="london")).words
        await relay.mend()
        assert "You are going to" in (await rig.here.press("Grace Hopper", "Going", on="london")).words
        await rig.shows(going_1="Grace Hopper")
        await relay.cut()
        assert "Please try again" in (await rig.there.press("Alan Turing", "Going", on="london")).words
        await rig.bot.stop()


async def test_it_stops_while_its_database_is_silent(postgres_database: str, tmp_path: Path) -> None:
    """A database that takes every question and answers none keeps nobody waiting for longer than was promised."""
    async with Relay(postgres_database).running() as relay, Rig("slack", relay.url, tmp_path).playing() as rig:
        await rig.open()
        await publish(rig)
        await rig.settle()
        relay.fall_silent()
        assert (await rig.here.push("Grace Hopper", "Going", on="london"))["acked"]
        await rig.bot.stop()
        assert "leaving without it" in rig.bot.output
