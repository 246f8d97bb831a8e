"""A bot that is killed between two steps: what was acknowledged is kept, and nothing is said twice."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from adapters.playground.board import Row
from adapters.playground.discord.ratelimits import RATES
from tests.crash.rig import Rig
from tests.crash.test_the_seam import PLAN, publish


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
    await rig.offers("Publish")
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


async def test_each_of_forty_people_is_reminded_once_though_it_is_killed_twice_in_between(
    platform: str, database_url: str, tmp_path: Path
) -> None:
    """Reminders go out many at a time; whichever had arrived when the bot died are not sent again, the others are."""
    async with Rig(platform, database_url, tmp_path, guests=40).playing() as rig:
        # How fast direct messages may be opened is not what this is about.
        rig.discord.limits.rates = {**RATES, "POST /users/@me/channels": (1000, 1.0)}
        await rig.open()
        await publish(rig, seats="")
        await rig.shows(going_1=None)
        going = await asyncio.gather(*(rig.here.push(guest, "Going", on="london") for guest in rig.guests))
        assert [each["acked"] for each in going] == [True] * 40
        if platform == "discord":
            wishing = (rig.here.push(guest, "Remind me by direct message") for guest in rig.guests)
            assert [each["acked"] for each in await asyncio.gather(*wishing)] == [True] * 40
        await rig.bot.stop()

        rig.kill_when(carried_out(" starts ", 13))
        await rig.again_until_killed(at="2026-09-16 18:31")
        assert 13 <= len(rig.told()) < 40
        rig.kill_when(carried_out(" starts ", 12), soon=True)
        await rig.again_until_killed()
        # What was on its way when the bot died has arrived as well, which may be the last of them.
        assert 13 < len(rig.told()) <= 40

        await rig.again()
        await rig.counts(40)
        await rig.stop()
        assert sorted(who for who, _words in rig.told()) == sorted(rig.guests)


async def test_each_offer_is_made_once_and_lapses_though_it_is_killed_as_it_is_told(simple: Rig) -> None:
    """The next in line is asked, and as their time has run out while there was no bot, the one after, who says yes."""
    rig = simple
    await rig.open()
    await publish(rig, seats="1")
    await rig.shows(seats="1, 1 left")
    for name in ("Grace Hopper", "Alan Turing", "Mary Seacole"):
        await rig.there.press(name, "Going", on="london")
    await rig.stop()

    await rig.again(at="2026-09-17 16:35")
    await rig.shows(waiting_2="Alan Turing, Mary Seacole")
    rig.kill_when(carried_out("Are you coming?"))
    assert (await rig.there.push("Grace Hopper", "Can’t make it", on="london"))["acked"]
    await rig.bot.ended()
    rig.kill_when(carried_out("Are you coming?"))
    await rig.again_until_killed(at="2026-09-17 17:10")
    await rig.again()
    await rig.shows(waiting_1="Mary Seacole", maybe_1="Alan Turing")
    yes = await rig.there.press("Mary Seacole", "Yes, I’m coming", on="thread")
    assert "You are going to" in yes.words
    await rig.shows(going_1="Mary Seacole", maybe_1="Alan Turing")
    await rig.stop()
    assert [who for who, words in rig.told() if "Are you coming?" in words] == ["Alan Turing", "Mary Seacole"]


async def test_a_message_that_arrives_after_its_bot_has_died_is_not_posted_twice(simple: Rig) -> None:
    """Discord dawdles over a posting until the next bot has looked for it in vain: the same nonce, the same message."""
    rig = simple
    await rig.open()
    rig.discord.faults.switch("slow_answers", left=1, route="POST /channels/{channel}/messages", seconds=8.0)
    rig.kill_when(lambda name, row: row.get("what") == "POST /channels/{}/messages")
    await rig.here.slash("Ada Lovelace", "event create")
    await rig.here.fill("Ada Lovelace", **PLAN)
    await rig.offers("Publish")
    await rig.here.push("Ada Lovelace", "Publish")
    await rig.bot.ended()
    assert rig.there.channel("london") == []
    await rig.again()
    await rig.shows(seats="2, 2 left")
    await rig.until(lambda: True if all(row["status"] for row in _postings(rig)) else None, "The late answer")
    assert len(rig.there.channel("london")) == 1
    await rig.stop()


def _postings(rig: Rig) -> list[Row]:
    """Every posting of a message on Discord, answered or not."""
    return [row for row in rig.board.rows("wire/").values() if row["what"] == "POST /channels/{}/messages"]
