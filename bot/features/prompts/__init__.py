"""Prompts: what to talk about, from a suggestion to the thread where it is talked about. All of it is listed here."""

from bot.commands import Declared
from bot.drawings import AnyDrawing
from bot.features.prompts import (
    cards,
    changing,
    deciding,
    drying,
    keeping,
    listing,
    mine,
    posting,
    scheduling,
    stances,
    starter,
    suggesting,
    telling,
    turning,
)

ASKED: tuple[Declared, ...] = (
    suggesting.suggest,
    mine.mine,
    mine.withdraw,
    suggesting.add,
    starter.starter,
    listing.list_prompts,
    deciding.approve,
    deciding.decline,
    deciding.remove,
    deciding.restore,
    changing.change,
    changing.revise,
    posting.post,
    posting.skip,
    posting.sooner,
    posting.renew,
    scheduling.schedule,
    turning.again,
    turning.close,
    stances.stance,
)

DRAWN: tuple[AnyDrawing, ...] = (
    cards.prompt_card,
    cards.prompt_thread,
    cards.once_more,
    cards.outcome,
    telling.suggested,
    telling.decided,
    drying.dry,
    keeping.missed,
    keeping.homeless,
)

BELLS = (keeping.Rhythms(), turning.Turns())
