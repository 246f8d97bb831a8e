"""At once: what two do in the same moment comes out as if one had waited for the other, on both databases."""

import asyncio
from dataclasses import replace

from sqlalchemy import text

from bot.calls import Door, Form, Reply
from bot.commands import Press
from bot.domain.events import EventState
from bot.domain.places import ChapterId
from bot.domain.rsvps import Answer, Wish
from bot.features import answers
from bot.features.rounds.adding import take_all_back
from storage.database import Database
from tests.desk.visitors import LONDON, NOW, call, person, press, sent_in, words
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


async def test_what_is_erased_is_not_found_by_what_somebody_writes_meanwhile(
    community: Community, storage: Database
) -> None:
    """Mary adds to a round as Grace has everything erased that she wrote in it."""
    await community.desk.answer(call("round start", {"title": "Our year"}, who="Ada", manages=True, place=LONDON))
    written = {"round": "1", "column": "0", "text": "Shameful gossip"}
    await community.desk.answer(call("round add", written, who="Grace", door=Door.FORM))
    async with community.storage.writing() as tx:
        grace = await tx.members.find(person("Grace"))
        assert grace is not None
        await take_all_back(tx, grace.member)
        adding = call("round add", {**written, "text": "Weekly reports"}, who="Mary", door=Door.FORM)
        added = asyncio.create_task(community.desk.answer(adding))
        await blocked(storage, added)
    assert words(await added).startswith("“Weekly reports” stands in ")
    found = [words(await community.desk.answer(call("recall", {"words": each}))) for each in ("shameful", "reports")]
    assert [each.startswith("Nothing was said about") for each in found] == [True, False]


async def chapter_form(community: Community) -> Form:
    """The form of London, as Ada sees it."""
    form = await community.desk.answer(call("chapter edit", who="Ada", manages=True, place=LONDON))
    assert isinstance(form, Form)
    return form


async def test_a_new_zone_brings_nothing_back_that_is_being_called_off(community: Community, storage: Database) -> None:
    """London moves to New York as one of its evenings is called off and another one is renamed."""
    off, day = await community.publish(), await community.publish(starts="Thu 17 Sep, time TBA")
    revising = sent_in(await chapter_form(community), {"zone": "America/New_York"}, "Ada", manages=True)
    async with community.storage.writing() as tx:
        events = await tx.events.lock([off, day])
        await tx.events.put(replace(events[off], state=EventState.CANCELLED, revision=2))
        await tx.events.put(replace(events[day], title="Night"))
        revised = asyncio.create_task(community.desk.answer(revising))
        await blocked(storage, revised)
    assert words(await revised).splitlines()[0].startswith("London has been changed")
    async with community.storage.reading() as tx:
        called_off, renamed = await tx.events.get(off), await tx.events.get(day)
    assert (called_off.state, called_off.revision) == (EventState.CANCELLED, 2)
    assert (renamed.title, str(renamed.starts)) == ("Night", "2026-09-17 04:00:00+00:00")


async def test_two_who_save_a_chapter_at_once_do_not_undo_each_other(community: Community, storage: Database) -> None:
    """Whoever comes second is shown what the first has changed."""
    form = await chapter_form(community)
    async with community.storage.writing() as tx:
        held = await tx.chapters.lock(ChapterId(1))
        await tx.chapters.put(replace(held, name="Greater London"))
        revised = asyncio.create_task(
            community.desk.answer(sent_in(form, {"reminders": "3 days"}, "Bea", manages=True))
        )
        await blocked(storage, revised)
    again = await revised
    assert isinstance(again, Form)
    assert again.errors["name"].startswith("Changed by somebody else meanwhile: it is “Greater London” now.")
