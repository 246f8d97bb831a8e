"""Retelling: what was taken back is taken out of everything that has told it, as far as that can still be changed."""

from datetime import datetime

from bot import codes
from bot.domain.events import EventId
from bot.domain.writeups import WriteupState
from bot.errands import Card
from bot.ports import Transaction

WRITEUP_CARD = "write-up card"


async def retell(tx: Transaction, event: EventId, now: datetime) -> None:
    """Have the write-up of an event drawn anew, where it is published."""
    writeup = await tx.writeups.of(event)
    if writeup is None or writeup.state is not WriteupState.PUBLISHED:
        return
    chapter = await tx.chapters.get(writeup.chapter)
    drawn = codes.pack(WRITEUP_CARD, {"writeup": str(writeup.id)})
    await tx.errands.refresh([Card(drawn, home.place) for home in chapter.homes], now)
