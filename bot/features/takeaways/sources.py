"""Sources: what a takeaway is from, told by the thread in which somebody speaks up, by a button, or by its author."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot import codes
from bot.calls import Call, Candidate
from bot.domain.breakouts import BreakoutId
from bot.domain.events import EventId, EventState
from bot.domain.polls import PollId
from bot.domain.prompts import PostingId
from bot.domain.rounds import RoundId
from bot.domain.writeups import WriteupId
from bot.errands import Card
from bot.features import picks
from bot.features.prompts.picks import event_now
from bot.ports import Transaction

REMEMBERED = timedelta(days=60)
"""How long an event that is over is offered: who writes down later what they learnt has its card."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a thread is about: a card, and what that shows."""

    card: Card
    event: EventId | None = None
    posting: PostingId | None = None


async def of_thread(tx: Transaction, call: Call) -> Source | None:
    """What the thread is about in which a call was made."""
    if call.place is None or call.thread is None:
        return None
    announced = await tx.errands.announced(call.place, call.thread)
    if announced is None:
        return None
    name, _, number = codes.subject(announced.card.drawing).partition("=")
    row = codes.row(number) or 0
    posting = PostingId(row) if name == "posting" else None
    return Source(announced.card, await _event_of(tx, name, row), posting)


async def _event_of(tx: Transaction, name: str, number: int) -> EventId | None:
    """The event that a card is about, or at which that was asked which it shows."""
    match name:
        case "event":
            return EventId(number)
        case "posting":
            return (await tx.postings.get(PostingId(number))).event
        case "round":
            return (await tx.rounds.get(RoundId(number))).event
        case "breakout":
            return (await tx.breakouts.get(BreakoutId(number))).event
        case "writeup":
            return (await tx.writeups.get(WriteupId(number))).event
        case "poll":
            return (await tx.polls.get(PollId(number))).evening
        case _:
            return None


async def events(tx: Transaction, call: Call) -> Sequence[Candidate]:
    """What was held lately, the latest first, and what is to come."""
    held = await picks.events_since(tx, call, call.at - REMEMBERED, EventState.OVER)
    # What has ended this very moment is not over on record yet.
    return [*reversed(held), *await picks.events_since(tx, call, call.at - REMEMBERED, EventState.PUBLISHED)]


async def event_here(tx: Transaction, call: Call) -> str | None:
    """The event of the prompt that is meant, or in whose thread a call was made, or that is going on here."""
    posting = codes.row(call.given.get("posting", ""))
    if posting is not None:
        try:
            event = (await tx.postings.get(PostingId(posting))).event
        except KeyError:
            return None
        return None if event is None else str(event)
    source = await of_thread(tx, call)
    if source is not None:
        return None if source.event is None else str(source.event)
    return await event_now(tx, call)


async def posting_here(tx: Transaction, call: Call) -> str | None:
    """The prompt in whose thread a call was made."""
    source = await of_thread(tx, call)
    return None if source is None or source.posting is None else str(source.posting)


async def chapter_here(tx: Transaction, call: Call) -> str | None:
    """The chapter of the prompt or event that is meant, or whose home the call comes from, or the only one."""
    posting = codes.row(call.given.get("posting", "") or await posting_here(tx, call) or "")
    if posting is not None:
        try:
            return str((await tx.postings.get(PostingId(posting))).chapter)
        except KeyError:
            return await picks.chapter_here(tx, call)
    number = codes.row(call.given.get("event", "") or await event_here(tx, call) or "")
    try:
        return str((await tx.events.get(EventId(number or 0))).chapter)
    except KeyError:
        return await picks.chapter_here(tx, call)
