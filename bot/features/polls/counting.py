"""Counting in: whoever asked during an event says whether that is about it."""

from dataclasses import replace
from typing import Annotated

from bot.calls import Call, Refusal, Reply
from bot.commands import Ask, command
from bot.domain.people import Role
from bot.domain.polls import PollId
from bot.features.polls import evenings, picks
from bot.features.polls.posting import UNPOSTED, held, preview
from bot.features.retelling import retell
from bot.messages import Buttons, Message, Paragraph, say
from bot.ports import Transaction


@command(
    evenings.COUNT,
    "Count a poll into a write-up, or not",
    needs=Role.ORGANISER,
    unless=picks.own,
    hidden=True,
)
async def count(
    call: Call,
    tx: Transaction,
    poll: Annotated[PollId, Ask("Which poll?", hidden=True)],
    on: Annotated[int, Ask("Count it in?", hidden=True)],
) -> Reply:
    """Count a poll into the write-up of the event that goes on, or not; pressed twice it is done once."""
    found = await held(tx, poll)
    if found.during is None:
        raise Refusal("**{question}** is not asked during an event.", question=found.question)
    changed = replace(found, apart=not on)
    if changed != found:
        await tx.polls.put(changed)
        await retell(tx, found.during, call.at)
    if found.state in UNPOSTED:
        return await preview(tx, changed)
    text = say("**{question}**", question=found.question)
    told = await evenings.told(tx, changed)
    return Message((Paragraph(text), *told, Buttons(tuple(evenings.ways(changed)))), told[0].text)
