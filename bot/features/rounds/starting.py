"""Starting: an organiser puts a round to the room, and closes it."""

from collections.abc import Sequence
from typing import Annotated

from bot.calls import Call, Candidate, Refusal, Reply, Unclear
from bot.commands import Ask, command
from bot.domain.events import EventId, EventState
from bot.domain.people import Role
from bot.domain.places import ChapterId
from bot.domain.rounds import (
    LONGEST_COLUMN,
    LONGEST_TITLE,
    MOST,
    RoundId,
    RoundState,
    Start,
    Unusable,
    read_columns,
)
from bot.features import picks
from bot.features.remembering import remember_round
from bot.features.rounds.words import CLOSE, SHOW, START, cards_of, redraw, seen
from bot.features.takeaways import sources
from bot.features.writing import not_private
from bot.messages import Button, Buttons, Message, Paragraph, Slash, already, line, say
from bot.ports import Transaction

LISTED = 50


async def event_now(tx: Transaction, call: Call) -> str | None:
    """The event in whose thread a call was made, or the only one that is being held where it was made."""
    if (here := await sources.event_here(tx, call)) is not None:
        return here
    chapter = await picks.chapter_here(tx, call)
    under_way = [
        event
        for event in await tx.events.upcoming(call.at, EventState.PUBLISHED)
        if event.starts is not None and event.starts <= call.at and str(event.chapter) == chapter
    ]
    return str(under_way[0].id) if len(under_way) == 1 else None


async def opened(tx: Transaction, call: Call) -> Sequence[Candidate]:
    """Open rounds within the caller's reach, newest first."""
    return await _listed(tx, call, (RoundState.OPEN,))


async def every(tx: Transaction, call: Call) -> Sequence[Candidate]:
    """All rounds, newest first."""
    return await _listed(tx, call, tuple(RoundState))


@command(START, "Collect short answers", needs=Role.ORGANISER, submit="Start")
async def start(
    call: Call,
    tx: Transaction,
    title: Annotated[str, Ask("What is it called?", "Such as: What we stopped this year", most=LONGEST_TITLE)],
    chapter: Annotated[ChapterId, Ask("Which chapter?", pick=picks.chapters, known=sources.chapter_here)],
    columns: Annotated[
        str,
        Ask(
            "Which columns?",
            "One a line, or A | B | C; empty: stopped, more of, started",
            most=2 * MOST * LONGEST_COLUMN,
            lines=True,
        ),
    ] = "",
    event: Annotated[
        EventId | None, Ask("At which event?", "Empty for none", pick=sources.events, known=event_now)
    ] = None,
) -> Reply:
    """Post an empty round in every home of its chapter."""
    try:
        named = read_columns(columns)
    except Unusable as no:
        raise Unclear("columns", str(no)) from None
    if event is not None:
        await not_private(tx, event)
        chapter = (await tx.events.get(event)).chapter
    home = await tx.chapters.get(chapter)
    if not home.homes:
        raise Refusal("**{chapter}** has no channel to post in, so nobody could answer.", chapter=home.name)
    account = (await tx.members.recognise([call.caller]))[call.caller.person]
    origin = f"{call.caller.person.platform} {call.key}"
    number = await tx.rounds.start(Start(chapter, event, title, named, account.member, call.at, origin))
    await remember_round(tx, await tx.rounds.get(number))
    await tx.errands.refresh(cards_of(number, home), call.at)
    where = " and ".join(f"#{each.name} on {each.place.platform.title()}" for each in home.homes)
    text = say("**{title}** is posted in {where}. Everybody can add to it.", title=title, where=where)
    return Message((Paragraph(text), Buttons((Button("Close it", close.bind(number)),))), text)


@command(CLOSE, "Close a round", needs=Role.ORGANISER, submit="Close")
async def close(
    call: Call,
    tx: Transaction,
    round: Annotated[RoundId, Ask("Which round?", pick=opened, nothing="There is no open round.")],
) -> Reply:
    """Take no more entries; the cards show what came of it, most supported first."""
    collected = await seen(tx, round)
    if not await tx.rounds.move(round, RoundState.OPEN, RoundState.CLOSED):
        return already("**{title}** is closed already.", title=collected.title)
    await redraw(tx, collected, call.at)
    return line("**{title}** is closed; {show} still shows all of it.", title=collected.title, show=Slash(SHOW))


async def _listed(tx: Transaction, call: Call, states: Sequence[RoundState]) -> Sequence[Candidate]:
    return [
        Candidate(each.title, str(each.id))
        for each in await tx.rounds.latest(states, LISTED)
        if call.reaches(each.chapter)
    ]
