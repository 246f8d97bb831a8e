"""Copying: an event that was held once becomes the draft of the next one."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated

from bot.calls import Call, Candidate, Reply
from bot.commands import Ask, command
from bot.domain.events import EventId, EventState, Plan
from bot.domain.people import Role
from bot.features import picks, writing
from bot.features.plans import preview
from bot.ports import Transaction

REMEMBERED = timedelta(days=366)
"""How long an event that is over is offered."""


async def held_or_planned(tx: Transaction, call: Call) -> Sequence[Candidate]:
    """What is planned, then what was held, the latest first."""
    held = await picks.events_since(tx, call, call.at - REMEMBERED, EventState.OVER)
    return [*await picks.plans(tx, call), *reversed(held)]


@command("event copy", "Plan another one like it", needs=Role.ORGANISER, submit="Copy")
async def copy(
    call: Call,
    tx: Transaction,
    event: Annotated[EventId, Ask("Which event?", pick=held_or_planned, nothing="There is no event to copy.")],
) -> Reply:
    """Put a draft on record that says the same, but for its date, and to which nobody has answered."""
    model = await writing.seen(tx, event)
    account = (await tx.members.recognise([call.caller]))[call.caller.person]
    origin = f"{call.caller.person.platform} {call.key}"
    said = (model.chapter, model.title, None, model.venue, model.about, model.seats)
    kept = {"guests": model.guests, "offered": model.offered}
    plan = Plan(*said, account.member, origin, timed=False, question=model.question, **kept)
    return await preview(tx, await tx.events.get(await tx.events.add(plan)), call.at)
