"""Breakouts: a room is split into small groups that talk about a question each. Everything they do is listed here."""

from bot.commands import Declared
from bot.drawings import AnyDrawing
from bot.features.breakouts import asking, cards, joining, splitting

ASKED: tuple[Declared, ...] = (
    asking.breakout,
    splitting.groups,
    splitting.post,
    joining.here,
    joining.mine,
    joining.write,
)

DRAWN: tuple[AnyDrawing, ...] = (cards.breakout_card,)
