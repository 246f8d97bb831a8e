"""Complaints: who hears of it when something cannot be posted where it belongs."""

from datetime import datetime

from bot import codes
from bot.errands import Card, Directly, Errand, InThread
from bot.features import ringing
from bot.features.memos import ringing as memos
from bot.features.polls import closing
from bot.features.polls.places import POLL_CARD
from bot.features.prompts import telling
from bot.features.prompts.buttons import PROMPT_CARD
from bot.ports import Transaction


async def undeliverable(tx: Transaction, errand: Errand, now: datetime) -> None:
    """Tell whoever planned or asked what a card shows that it, or what belongs to it, cannot be posted somewhere."""
    if memos.is_memo(errand):
        await memos.undeliverable(tx, errand, now)
        return
    match errand.to:
        case Card() as card:
            pass
        case InThread(card):
            pass
        case Directly():
            return
    name, given = codes.unpack(card.drawing)
    if name == POLL_CARD:
        await closing.undeliverable(tx, card, given["poll"], now)
    elif name == PROMPT_CARD:
        await telling.of_undelivered(tx, card, given["posting"], now)
    else:
        await ringing.undeliverable(tx, errand, now)
