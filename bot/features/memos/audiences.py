"""Audiences: who hears a memo, and where its cards stand."""

from collections.abc import Sequence
from datetime import datetime

from bot import codes
from bot.domain.memos import Audience, Memo
from bot.domain.people import Account
from bot.domain.places import Chapter
from bot.domain.rsvps import Answer
from bot.errands import Card
from bot.features.memos.picks import ended
from bot.ports import Transaction

MEMO_CARD = "memo card"


def cards_of(memo: Memo, ring: int, step: int, chapter: Chapter) -> list[Card]:
    """What is posted of one ring of a memo: a card in its channel, or in each of its chapter's homes."""
    drawing = codes.pack(MEMO_CARD, {"memo": str(memo.id), "ring": str(ring), "step": str(step)})
    match memo.audience:
        case Audience.HERE:
            return [] if memo.place is None else [Card(drawing, memo.place)]
        case Audience.HOME:
            return [Card(drawing, home.place) for home in chapter.homes]
        case Audience.ME | Audience.GOING:
            return []


async def posted(tx: Transaction, memo: Memo) -> Sequence[Card]:
    """The cards of all rings of a memo that stand somewhere, those that were said again among them."""
    cards = [each.to for each in await tx.errands.promises(f"memo={memo.id}") if isinstance(each.to, Card)]
    return [card for card in cards if await tx.errands.announcement(card) is not None]


async def receivers(tx: Transaction, memo: Memo, now: datetime) -> Sequence[Account]:
    """Those who are told by name: the setter of a memo of their own, or whoever is going to its event."""
    if memo.private:
        accounts = await tx.members.accounts([memo.setter])
        return [account for account in accounts if account.id == memo.account] or accounts[:1]
    if memo.event is None or await ended(tx, memo, now):
        return ()
    return [account for _rsvp, account in await tx.rsvps.answered(memo.event, Answer.GOING)]
