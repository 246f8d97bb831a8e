"""Told once: whoever is to be told something is told it, whichever way they wish to be told things meanwhile."""

import asyncio
from datetime import datetime

from bot.features.announcing import MENTIONS
from tests.desk.visitors import DISCORD, call, words
from tests.features.community import Community

REMINDER = "Evening starts on Thursday 17 September 2026, 18:30 BST. Where: The Crown."


async def ring(community: Community) -> None:
    """Ring the reminder of the day before, and deliver nothing yet."""
    community.clock.move(datetime.fromisoformat("2026-09-16T18:30+01:00"))
    assert await community.timekeeper.tick(community.clock.now()) == 1


async def wish(community: Community, name: str, on: int) -> None:
    """Somebody on Discord presses the button that says how they are told things."""
    answer = await community.desk.answer(call("tell me directly", {"on": str(on)}, who=name, platform=DISCORD))
    assert words(answer).startswith("From now on I tell you things")


async def test_who_changes_how_they_are_told_while_a_reminder_is_on_its_way_is_told_once(community: Community) -> None:
    """One would rather be told directly all of a sudden, another in the thread."""
    event = await community.publish(seats="")
    await community.answer(event, "going", *((name, "discord") for name in ("Alan", "Edsger", "Mary")))
    await wish(community, "Edsger", on=1)
    await community.settle()
    community.forget()
    await ring(community)
    await wish(community, "Mary", on=1)
    await wish(community, "Edsger", on=0)
    await community.settle()
    assert community.told() == [(name, REMINDER) for name in ("Alan", "Edsger", "Mary")]


async def test_one_message_never_mentions_more_people_than_it_was_promised_to(community: Community) -> None:
    """Though a crowd that had said maybe makes up its mind between the ring and the sending."""
    event = await community.publish(seats="")
    names = [f"Guest {number:03}" for number in range(MENTIONS + 30)]
    await community.answer(event, "going", (names[0], "discord"))
    await asyncio.gather(*(community.answer(event, "maybe", (name, "discord")) for name in names[1:-1]))
    await community.answer(event, "going", (names[-1], "discord"))
    await community.settle()
    community.forget()
    await ring(community)
    await asyncio.gather(*(community.answer(event, "going", (name, "discord")) for name in names[1:-1]))
    await community.settle()
    assert community.told() == [(names[0], REMINDER), (names[-1], REMINDER)]
