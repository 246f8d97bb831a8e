"""Closing: the end of a poll, by hand or at its deadline, published by whoever closed it and nobody else."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated

from bot.calls import Call, Refusal, Reply
from bot.commands import Ask, command
from bot.domain.ballots import result
from bot.domain.memories import MemoryKind
from bot.domain.people import Role
from bot.domain.polls import Poll, PollId, PollState
from bot.drawings import drawing
from bot.errands import InThread, Notice
from bot.features.polls import picks, words
from bot.features.polls.charting import poll_chart
from bot.features.polls.places import drawn, places_of, threads_of
from bot.features.polls.posting import UNPOSTED, held
from bot.features.polls.results import chosen_by, lines, made_of
from bot.features.polls.writing import UNTIL, moment_read
from bot.features.remembering import remember_poll
from bot.features.retelling import redraw, retell
from bot.messages import Message, Note, Paragraph, already, line, say
from bot.ports import Transaction


@command("poll close", "Close a poll", needs=Role.ORGANISER, unless=picks.own, submit="Close")
async def close(
    call: Call,
    tx: Transaction,
    poll: Annotated[PollId, Ask("Which poll?", pick=picks.opened, nothing="There is no open poll.")],
) -> Reply:
    """End a poll before its deadline; its result is posted."""
    found = await held(tx, poll)
    if found.state in UNPOSTED:
        raise Refusal("**{question}** is not posted yet.", question=found.question)
    if not await publish(tx, found, call.at):
        return already("**{question}** is closed already.", question=found.question)
    return line("**{question}** is closed, and its result is posted.", question=found.question)


@command("poll reopen", "Take votes again", needs=Role.ORGANISER, unless=picks.own, submit="Reopen")
async def reopen(
    call: Call,
    tx: Transaction,
    poll: Annotated[PollId, Ask("Which poll?", pick=picks.closed, nothing="There is no closed poll.")],
    until: Annotated[str, UNTIL] = "",
) -> Reply:
    """Open a closed poll again, with every ballot as it was."""
    found = await held(tx, poll)
    if found.state is not PollState.CLOSED:
        raise Refusal("**{question}** is {state}.", question=found.question, state=words.state(found))
    chapter = await tx.chapters.get(found.chapter)
    closes = moment_read("until", until, call.at, chapter)
    again = found.moved(PollState.OPEN)
    await tx.polls.put(replace(again, closes=closes))
    await tx.polls.move(poll, PollState.CLOSED, PollState.OPEN, again.revision)
    await tx.memories.forget(MemoryKind.POLL, poll)
    # Whoever was linked while it was closed votes once now.
    await tx.links.reunite(poll)
    await redraw(tx, [drawn(poll)], call.at)
    if found.evening is not None:
        await retell(tx, found.evening, call.at)
    return line("**{question}** is open again.", question=found.question)


async def publish(tx: Transaction, poll: Poll, now: datetime) -> bool:
    """Close a poll and promise its result; False, and nothing is promised, where somebody else has closed it."""
    shut = poll.moved(PollState.CLOSED)
    if not await tx.polls.move(poll.id, PollState.OPEN, PollState.CLOSED, shut.revision):
        return False
    chapter = await tx.chapters.get(poll.chapter)
    await redraw(tx, [drawn(poll.id)], now)
    if poll.evening is not None:
        await retell(tx, poll.evening, now)
    elsewhere = set(places_of(poll, chapter)) - {home.place for home in chapter.homes}
    await remember_poll(tx, poll, next(iter(elsewhere), None), now)
    # In this order: the words first, and then the picture of the same.
    results = {"in": poll_result.bind(poll.id, shut.revision), "picture in": poll_chart.bind(poll.id, shut.revision)}
    told = [
        Notice(
            f"result {poll.id} r{shut.revision} {what} {card.place.platform} {card.place.key}", drawing, InThread(card)
        )
        for card in await threads_of(tx, poll, chapter)
        for what, drawing in results.items()
    ]
    await tx.errands.note(told, now)
    return True


class Deadlines:
    """Rings for polls whose deadline has come. What is due is what is still open: nothing else needs remembering."""

    async def ring(self, tx: Transaction, now: datetime, most: int) -> int:
        """Close what is due; the number of polls."""
        due = await tx.polls.due(PollState.OPEN, now, most)
        for poll in due:
            await publish(tx, poll, now)
        return len(due)

    async def next(self, tx: Transaction) -> datetime | None:
        return await tx.polls.next(PollState.OPEN)


@drawing("poll result")
async def poll_result(tx: Transaction, poll: PollId, revision: int) -> Message | None:
    """What a poll came to, told in the thread of its card; nothing where it was opened again meanwhile."""
    asked = await tx.polls.get(poll)
    if asked.state is not PollState.CLOSED or asked.revision != revision:
        return None
    choices = (await tx.polls.choices([poll]))[poll]
    tally = (await tx.ballots.tallies([poll]))[poll]
    counted = result(asked, choices, tally)
    said = words.outcome(asked, choices, tally, counted)
    text = say("**{question}** is closed. {said}", question=asked.question, said=said)
    parts = (Paragraph(text), *lines(asked, counted, tally, await chosen_by(tx, asked)))
    return Message((*parts, Note(words.turnout(asked, counted)), *made_of(asked, counted)), text)
