"""Marks: what this adapter adds to a code to find its way through a form of several pages.

They are parameters that begin with an underscore, as no command's own does, and never reach the desk.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot import codes
from bot.codes import BadCode

_DRAFT, _PAGE, _NEXT = "_draft", "_page", "_next"


@dataclass(frozen=True, slots=True)
class Marks:
    """The draft that a form continues, the page that a button opens, the page that follows the one sent in."""

    draft: int | None = None
    page: int = 1
    following: int | None = None


def pack(command: str, given: Mapping[str, str], marks: Marks) -> str:
    """A code with marks; raises ValueError when it does not fit."""
    added: dict[str, str] = {}
    if marks.draft is not None:
        added[_DRAFT] = str(marks.draft)
    if marks.page != 1:
        added[_PAGE] = str(marks.page)
    if marks.following is not None:
        added[_NEXT] = str(marks.following)
    return codes.pack(command, {**given, **added})


def unpack(code: str) -> tuple[str, dict[str, str], Marks]:
    """The command, what is given to it, and the marks; raises BadCode."""
    command, given = codes.unpack(code)
    draft, page, following = (_number(code, given.pop(name, None)) for name in (_DRAFT, _PAGE, _NEXT))
    if any(name.startswith("_") for name in given):
        raise BadCode(code)
    return command, given, Marks(draft, page or 1, following)


def _number(code: str, written: str | None) -> int | None:
    if written is None:
        return None
    if not (written.isascii() and written.isdigit() and len(written) < 19) or int(written) < 1:
        raise BadCode(code)
    return int(written)
