"""Marks: what this adapter adds to a code to find its way through a form of several pages.

They are parameters that begin with an underscore, as no command's own does, and never reach the desk.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot import codes
from bot.codes import BadCode

SIGN = "_"
_KEPT, _PAGE, _NEXT = "_kept", "_page", "_next"


@dataclass(frozen=True, slots=True)
class Marks:
    """The kept form that this one continues, and pages by the name of their first question.

    `page` is what a button opens (None: the first), `following` comes after the page that is sent in (None: nothing).
    Names, not numbers: a form that was kept may ask again what a button had given, which would shift its pages.
    """

    kept: int | None = None
    page: str | None = None
    following: str | None = None


def pack(command: str, given: Mapping[str, str], marks: Marks) -> str:
    """A code with marks; raises ValueError when it does not fit."""
    kept = None if marks.kept is None else str(marks.kept)
    added = {_KEPT: kept, _PAGE: marks.page, _NEXT: marks.following}
    return codes.pack(command, {**given, **{name: text for name, text in added.items() if text is not None}})


def unpack(code: str) -> tuple[str, dict[str, str], Marks]:
    """The command, what is given to it, and the marks; raises BadCode."""
    command, given = codes.unpack(code)
    kept, page, following = (given.pop(name, None) for name in (_KEPT, _PAGE, _NEXT))
    if any(name.startswith(SIGN) for name in given) or "" in (kept, page, following):
        raise BadCode(code)
    return command, given, Marks(None if kept is None else _number(code, kept), page, following)


def _number(code: str, written: str) -> int:
    if not (written.isascii() and written.isdigit() and len(written) < 19):
        raise BadCode(code)
    return int(written)
