"""Write-ups: what an evening was, from what is on record, with organisers' own words around it. All of it is here."""

from bot.commands import Declared
from bot.drawings import AnyDrawing
from bot.features.writeups import cards, drafting, files

ASKED: tuple[Declared, ...] = (
    drafting.draft,
    drafting.edit,
    drafting.revise,
    drafting.arrange,
    drafting.toggle,
    drafting.publish,
    drafting.take_back,
    files.files,
)

DRAWN: tuple[AnyDrawing, ...] = (cards.writeup_card,)
