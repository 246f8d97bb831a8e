"""Polls: one ballot box for every platform, which everybody can check. Everything they do is listed here."""

from bot.commands import Declared
from bot.drawings import AnyDrawing
from bot.features.polls import adding, asking, cards, closing, editing, nudging, showing, voting

ASKED: tuple[Declared, ...] = (
    asking.ask,
    asking.redraft,
    asking.settings,
    asking.post,
    voting.vote,
    showing.ballot,
    showing.mine,
    showing.show,
    closing.close,
    closing.reopen,
    editing.edit,
    editing.revise,
    editing.clone,
    nudging.nudge,
    adding.add,
    adding.decide,
    showing.allow,
)

DRAWN: tuple[AnyDrawing, ...] = (
    cards.poll_card,
    closing.poll_result,
    closing.poll_undelivered,
    adding.proposal,
    nudging.poll_nudge,
)

BELLS = (closing.Deadlines(),)
