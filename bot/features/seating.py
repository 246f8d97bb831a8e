"""Seating: seats that come free are filled from the line, and those who get one are told."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.events import Event
from bot.domain.rsvps import GuestList
from bot.errands import Card
from bot.features import answers
from bot.ports import Transaction


async def fill(tx: Transaction, event: Event, cards: Sequence[Card], now: datetime) -> int:
    """Let people move up as far as there are seats, and promise to tell them; how many there are."""
    headcount = (await tx.rsvps.headcounts([event.id]))[event.id]
    waiting = await tx.rsvps.waiting([event.id])
    promoted = GuestList(event, headcount.taken, headcount.last, waiting, ()).promote()
    if promoted:
        await tx.rsvps.put(promoted)
        await tx.errands.note(await answers.good_news(tx, promoted, {event.id: cards}), now)
    return len(promoted)
