"""At once: what two do in the same moment comes out as if one had waited for the other, on both databases."""

import asyncio
from dataclasses import replace

from sqlalchemy import text

from bot.calls import Door, Reply
from bot.commands import Press
from bot.domain.rsvps import Answer, Wish
from bot.features import answers
from storage.database import Database
from tests.desk.visitors import NOW, call, person, press, words
from tests.features.community import Community
from tests.features.test_linking import link

_BLOCKED = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")


async def blocked(storage: Database, task: asyncio.Task[Reply]) -> None:
    """Returns when somebody waits for what another holds, or needs to wait for nobody."""
    async with storage.reading() as tx:
        if tx.connection.dialect.name != "postgresql":
            return  # writers wait for each other from the beginning on
    waiting = 0
    while not waiting and not task.done():
        async with storage.reading() as tx:
            waiting = await tx.connection.scalar(_BLOCKED) or 0


async def test_whoever_answers_as_their_accounts_are_parted_counts_once(
    community: Community, storage: Database
) -> None:
    """Grace can't make it after all, which is being written as she parts the account through which she says so."""
    event = await community.publish(seats="9")
    await community.answer(event, "going", ("Grace", "slack"), ("grace_h", "discord"))
    await link(community, "Grace", "grace_h")
    async with community.storage.reading() as tx:
        grace = await tx.members.find(person("Grace"))
        assert grace is not None
        (leaving,) = (await tx.members.those(await tx.links.linked(grace.member))).values()
    who, platform = leaving.name, leaving.person.platform
    await community.answer(event, "going", (who, platform))
    pressed = Press(replace(press(event, "not going", who, platform), at=NOW), answers.Answering(event, Wish.NOT_GOING))
    parting = call("link part", {"account": str(leaving.id)}, who="Grace", door=Door.BUTTON)
    async with community.storage.writing() as tx:
        room = await answers.load(tx, [pressed])
        parted = asyncio.create_task(community.desk.answer(parting))
        await blocked(storage, parted)
        await answers.keep(tx, room, answers.decide(room, [pressed]))
    assert words(await parted).startswith(f"{who} on Discord is a member of its own again.")
    async with community.storage.reading() as tx:
        counts = (await tx.rsvps.headcounts([event]))[event].counts
    assert {answer: number for answer, number in counts.items() if number} == {Answer.NOT_GOING: 1}
