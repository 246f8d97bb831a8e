"""A bot that is killed between two steps: what was acknowledged is kept, and nothing is said twice."""

import asyncio
from collections.abc import Callable

from adapters.playground.board import Row
from tests.crash.rig import Rig
from tests.crash.test_the_seam import PLAN


def carried_out(words: str, nth: int = 1) -> Callable[[str, Row], bool]:
    """Whether a platform has posted the nth message with these words, and not yet said so."""
    posted: set[str] = set()

    def trips(name: str, row: Row) -> bool:
        if "/message/" in name and words in str(row):
            posted.add(name)
        return len(posted) == nth

    return trips


def answered(words: str) -> Callable[[str, Row], bool]:
    """Whether somebody is shown an answer with these words."""
    return lambda name, row: "/ephemeral/" in name and words in str(row)


async def test_nothing_is_lost_or_doubled_when_it_is_killed_at_every_step(rig: Rig) -> None:
    """Killed as the card is posted on one platform, as a press is answered, and as somebody is told of a free seat.

    Each time the platform has done what it was asked, and the bot is gone before it hears so.
    """
    await rig.open()
    rig.close_to_posts(rig.there.platform)
    rig.kill_when(carried_out("The Crown"))
    await rig.here.slash("Ada Lovelace", "event create")
    await rig.here.fill("Ada Lovelace", **{**PLAN, "seats": "1"})
    publishing = asyncio.create_task(rig.here.push("Ada Lovelace", "Publish"))
    await rig.bot.ended()
    assert [len(hands.channel("london")) for hands in (rig.here, rig.there)] == [1, 0]
    rig.open_to_posts(rig.there.platform)
    assert (await publishing)["acked"]

    await rig.again()
    await rig.shows(seats="1, 1 left")
    assert "You are going to" in (await rig.here.press("Grace Hopper", "Going", on="london")).words
    await rig.shows(seats="1, all taken", going_1="Grace Hopper")
    rig.kill_when(answered("number 1 in line"))
    await rig.there.push("Alan Turing", "Going", on="london")
    await rig.bot.ended()

    await rig.again()
    await rig.shows(seats="1, all taken", going_1="Grace Hopper", waiting_1="Alan Turing")
    rig.kill_when(carried_out("A seat has come free"))
    assert (await rig.here.push("Grace Hopper", "Can’t make it", on="london"))["acked"]
    await rig.bot.ended()
    assert [who for who, _words in rig.told()] == ["Alan Turing"]

    await rig.again()
    await rig.shows(seats="1, all taken", going_1="Alan Turing", waiting_1=None)
    await rig.stop()
    assert [who for who, _words in rig.told()] == ["Alan Turing"]
    assert [len(hands.channel("london")) for hands in (rig.here, rig.there)] == [1, 1]
