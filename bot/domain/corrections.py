"""Corrections: how a poll may be edited once people have voted, so that no ballot comes to mean something else."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from bot.domain.ballots import Tally
from bot.domain.polls import Choice, ChoiceState, PollKind

ALIKE = 0.75
"""How much of two texts must be the same for one to be a correction of the other."""


_WORD = re.compile(r"[\w']+")
_NO = re.compile(
    r"no|not|never|none|nobody|nothing|without|cannot|\w+n't|kein\w*|nicht|nie|ohne|ne|pas|jamais|sans|sin|nunca"
)
"""Words that turn a sentence into its opposite: few letters, and another vote."""


class Misleading(ValueError):
    """It would turn somebody's vote into another one; the text says which."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What becomes of the choices: those that change, with their new label or removed, and new labels to add."""

    changed: tuple[Choice, ...]
    added: tuple[str, ...]
    told: tuple[str, ...]


def correct_question(before: str, after: str, voted: int) -> str:
    """What is to be told of an edited question; empty where nothing is. Raises Misleading."""
    if before == after or not voted:
        return ""
    if not alike(before, after):
        raise Misleading("People have voted already: the question can be corrected, but not turned into another one.")
    return f"“{before}” was corrected to “{after}”"


def correct_choices(choices: Sequence[Choice], tally: Tally, labels: Sequence[str], kind: PollKind) -> Correction:
    """Match what is written now to the choices there are: a ballot follows its choice. Raises Misleading.

    A date is another one however alike the two look.
    """
    left = [choice for choice in choices if choice.state is ChoiceState.OFFERED]
    fresh = list(labels)
    for choice in list(left):
        if choice.label in fresh:
            left.remove(choice)
            fresh.remove(choice.label)
    changed: list[Choice] = []
    told: list[str] = []
    for choice in left:
        close = max(fresh, key=lambda label: _likeness(choice.label, label), default="")
        if close and kind is not PollKind.DATES and alike(choice.label, close):
            fresh.remove(close)
            changed.append(replace(choice, label=close))
            told.append(f"“{choice.label}” was corrected to “{close}”")
        elif tally.marked(choice.id):
            raise Misleading(
                f"“{choice.label}” has votes already: it can be corrected, but not taken away or made into another one."
            )
        else:
            changed.append(replace(choice, state=ChoiceState.REMOVED))
            told.append(f"“{choice.label}” was taken away")
    told += [f"“{label}” was added" for label in fresh]
    return Correction(tuple(changed), tuple(fresh), tuple(told) if tally.voted else ())


def alike(before: str, after: str) -> bool:
    """Whether one text corrects another: word for word, most letters are the same, every number, and every “not”."""
    digits = [[each for each in text if each.isdigit()] for text in (before, after)]
    words = [_WORD.findall(text.casefold().replace("’", "'")) for text in (before, after)]
    noes = [[number for number, word in enumerate(each) if _NO.fullmatch(word)] for each in words]
    return (
        digits[0] == digits[1]
        and len(words[0]) == len(words[1])
        and noes[0] == noes[1]
        and _likeness(before, after) >= ALIKE
    )


def _likeness(before: str, after: str) -> float:
    return SequenceMatcher(None, before.casefold(), after.casefold(), autojunk=False).ratio()
