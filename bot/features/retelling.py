"""Retelling: what was taken back is taken out of everything that has told it, as far as that can still be changed."""

from datetime import datetime

from bot import codes
from bot.domain.events import EventId
from bot.domain.places import Chapter
from bot.domain.polls import Poll, PollState
from bot.domain.writeups import Writeup, WriteupId, WriteupState
from bot.errands import Card, InThread, Notice
from bot.ports import Transaction

WRITEUP_CARD = "write-up card"
WRITEUP_CHART = "write-up chart"


def writeup_cards(writeup: WriteupId, chapter: Chapter) -> list[Card]:
    """A write-up's card in each of its chapter's homes."""
    drawn = codes.pack(WRITEUP_CARD, {"writeup": str(writeup)})
    return [Card(drawn, home.place) for home in chapter.homes]


def item_of(poll: Poll) -> str:
    """The key of a poll in a write-up."""
    return f"poll {poll.id}"


async def retell(tx: Transaction, event: EventId, now: datetime) -> None:
    """Have the write-up of an event drawn anew, where it is published."""
    writeup = await tx.writeups.of(event)
    if writeup is not None and writeup.state is WriteupState.PUBLISHED:
        await tell(tx, writeup, now)


async def tell(tx: Transaction, writeup: Writeup, now: datetime) -> None:
    """Have the cards of a write-up drawn, and in their threads, once each, the charts of what was asked."""
    cards = writeup_cards(writeup.id, await tx.chapters.get(writeup.chapter))
    await tx.errands.refresh(cards, now)
    shown = [
        poll
        for poll in await tx.polls.about(writeup.event)
        if poll.state is PollState.CLOSED and item_of(poll) not in writeup.left_out
    ]
    told = [
        Notice(
            f"write-up {writeup.id} poll {poll.id} r{poll.revision} in {card.place.platform} {card.place.key}",
            _chart(writeup, poll),
            InThread(card),
        )
        for poll in shown
        for card in cards
    ]
    await tx.errands.note(told, now)


def _chart(writeup: Writeup, poll: Poll) -> str:
    numbers = {"writeup": writeup.id, "poll": poll.id, "revision": poll.revision}
    return codes.pack(WRITEUP_CHART, {name: str(number) for name, number in numbers.items()})
