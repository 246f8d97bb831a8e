"""Retelling: what has changed or was taken back is drawn anew wherever it has been told, and nowhere else."""

from collections.abc import Collection
from datetime import datetime

from bot import codes
from bot.domain.events import EventId
from bot.domain.places import Chapter, ChapterId
from bot.domain.writeups import Writeup, WriteupId, WriteupState
from bot.errands import Card
from bot.ports import Transaction

WRITEUP_CARD = "write-up card"

INVITING = 3
"""How many write-ups of a chapter, the latest, invite to its next event: so many are drawn anew when that changes."""


def writeup_cards(writeup: WriteupId, chapter: Chapter) -> list[Card]:
    """A write-up's card in each of its chapter's homes, where it is posted first."""
    return [Card(_drawn(writeup), home.place) for home in chapter.homes]


async def redraw(tx: Transaction, drawings: Collection[str], now: datetime) -> None:
    """Have cards drawn anew where they stand, which may be in homes that their chapter has left since."""
    await tx.errands.refresh(await tx.errands.cards(drawings), now)


async def redraw_writeup(tx: Transaction, writeup: WriteupId, now: datetime) -> None:
    """Have a write-up's card drawn anew where it stands."""
    await redraw(tx, [_drawn(writeup)], now)


async def retell(tx: Transaction, event: EventId, now: datetime) -> None:
    """Have the write-up of an event drawn anew, where it is published."""
    await redraw(tx, await written_up(tx, [event]), now)


async def written_up(tx: Transaction, events: Collection[EventId]) -> list[str]:
    """The drawings of the published write-ups of these events."""
    return [_drawn(writeup.id) for writeup in await tx.writeups.published(events)] if events else []


async def invite(tx: Transaction, chapter: ChapterId, now: datetime) -> None:
    """Have those write-ups drawn anew at whose foot a chapter's next event stands, or stood until now."""
    latest = await tx.writeups.latest(chapter, INVITING + 1)
    await redraw(tx, [_drawn(writeup.id) for writeup in latest], now)


async def invites(tx: Transaction, writeup: Writeup) -> bool:
    """Whether the next event stands at a write-up's foot: that of a draft, and of the latest that are published."""
    if writeup.state is WriteupState.DRAFT:
        return True
    return writeup.id in [each.id for each in await tx.writeups.latest(writeup.chapter, INVITING)]


def _drawn(writeup: WriteupId) -> str:
    return codes.pack(WRITEUP_CARD, {"writeup": str(writeup)})
