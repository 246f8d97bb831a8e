"""Retelling: what was taken back is taken out of everything that has told it, as far as that can still be changed."""

from datetime import datetime

from bot import codes
from bot.domain.events import EventId
from bot.domain.places import Chapter
from bot.domain.writeups import WriteupId, WriteupState
from bot.errands import Card
from bot.ports import Transaction

WRITEUP_CARD = "write-up card"


def writeup_cards(writeup: WriteupId, chapter: Chapter) -> list[Card]:
    """A write-up's card in each of its chapter's homes."""
    drawn = codes.pack(WRITEUP_CARD, {"writeup": str(writeup)})
    return [Card(drawn, home.place) for home in chapter.homes]


async def retell(tx: Transaction, event: EventId, now: datetime) -> None:
    """Have the write-up of an event drawn anew, where it is published."""
    writeup = await tx.writeups.of(event)
    if writeup is None or writeup.state is not WriteupState.PUBLISHED:
        return
    chapter = await tx.chapters.get(writeup.chapter)
    await tx.errands.refresh(writeup_cards(writeup.id, chapter), now)
