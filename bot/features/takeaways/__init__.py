"""Takeaways: what was learnt is kept, supported, found again, and withdrawn. Everything they do is listed here."""

from bot.commands import Declared
from bot.drawings import AnyDrawing
from bot.features.takeaways import asking, keeping, showing, thanking

ASKED: tuple[Declared, ...] = (
    keeping.add,
    keeping.keep,
    asking.agree,
    showing.list_takeaways,
    showing.mine,
    showing.support,
    showing.withdraw,
)

DRAWN: tuple[AnyDrawing, ...] = (
    asking.leave,
    thanking.thanks,
)
