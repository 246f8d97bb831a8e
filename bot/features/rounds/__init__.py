"""Rounds: short answers collected in columns, supported by others. Everything they do is listed here."""

from bot.commands import Declared
from bot.drawings import AnyDrawing
from bot.features.rounds import adding, cards, showing, starting

ASKED: tuple[Declared, ...] = (
    starting.start,
    showing.show,
    starting.close,
    adding.add,
    adding.name,
    adding.withdraw,
    showing.support,
    showing.leave_out,
)

DRAWN: tuple[AnyDrawing, ...] = (cards.round_card,)
