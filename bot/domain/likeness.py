"""Likeness: whether two questions ask the same in other words, told from their words alone."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TypeVar
from unicodedata import normalize

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

ALIKE = 70.0
"""From here on two questions are taken to resemble each other, and somebody is asked."""

SAME = 92.0
"""From here on two questions are taken to be one: word for word alike, but for slips of the pen."""

VERY_SAME = 100.0
"""Word for word alike; only case and punctuation may differ."""

_SPELT = 84.0
"""From here on two words are one word, inflected or mistyped."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_PART = re.compile(r"[^\W_]+")
_SIGN = re.compile(r"[+#%=<>≤≥$€£]")

_ACCENT = re.compile("[\u0300-\u036f]")
_STROKES = str.maketrans("łŁøØđĐ", "lLoOdD")  # these bear no accent that could be taken off

_ENDINGS = frozenset({"s", "es", "d", "ed", "t"})
"""What a word may bear at its end and still say the same."""

# Words that say nothing about a subject.
_COMMON = frozenset(
    """
    a across also an and any are as at be been before but by can could did didn do does doesn doing don done ever
    every for from get gets got had has have having he her his how i if in into is isn it its just let many may me
    might more most much must my no not of off on one or our out over own really s same several shall she should
    so some such t than that the their them then there these they this those to too up us was wasn we were what
    when where which who whom whose why will with won would you your yours
    """.split()  # noqa: SIM905 - a list of words reads best as words
)

_ALIKE_WORDS = """
stop: stopped stopping kill killed killing cancel cancelled cancelling end ended ending abandon terminate drop dropped
authority: authorise authorised power powers right mandate say permission permitted entitled allowed decide decided
manager: managers lead leader leads boss bosses head
learn: learnt learned lesson lessons taught teach learning
role: job jobs roles post position career work profession
person: people persons somebody someone anybody anyone folk colleague colleagues
begin: start started starting begun began enter entered break first
advice: tip tips recommend recommendation advise advised suggest suggestion
mistake: error errors mistakes failure failures failed fail wrong
coach: coaching coaches mentor mentoring
hard: difficult hardest tough toughest challenge challenging biggest
useful: helpful valuable good best favourite favorite
resource: resources staff staffing capacity
own: owner owns owned custodian custodians guardian keeper responsible accountable
meeting: meetings meet call calls
report: reports reporting status
"""
"""Words that mean nearly the same when people talk about their work, one subject a line."""

_ONE_FOR_ANOTHER = {
    other: one
    for one, others in (line.split(":") for line in _ALIKE_WORDS.split("\n") if line)
    for other in others.split()
}

T = TypeVar("T")


def likeness(one: str, other: str) -> float:
    """How much two questions are alike, from 0 to 100.

    From SAME on they are one: the same words in the same order, with slips of the pen. A “not”, another pronoun or
    number, another word to ask with, or words that change places make another question, however much they resemble.
    """
    if _SIGN.findall(one) == _SIGN.findall(other):
        if words_of(one) == words_of(other):
            return VERY_SAME
        if _misspelt(words_of(one), words_of(other)):
            return SAME
    left, right = _tokens(one), _tokens(other)
    if not left or not right:
        return min(fuzz.ratio(one.casefold(), other.casefold()), SAME - 1)
    shared = _shared(left, right)
    alike = 200 * shared / (len(left) + len(right))
    # A single word in common says little, however short the questions are.
    return min(alike if shared > 1 or alike == 100 else alike / 2, SAME - 1)


def covered(one: str, other: str) -> float:
    """How much of the shorter of two subjects is in the longer one, from 0 to 1; a single common word is nothing."""
    left, right = _tokens(one), _tokens(other)
    shared = _shared(left, right)
    return shared / min(len(left), len(right)) if shared > 1 else 0.0


def telling(text: str) -> Sequence[str]:
    """The words of a text that say what it is about, in order, each once, in small letters."""
    spoken = [part for word in words_of(text) for part in word.split("'")]
    return list(dict.fromkeys(word for word in spoken if word and word not in _COMMON))


def folded(text: str) -> str:
    """The words of a text as they are searched for, with blanks between them: without case, accents and punctuation."""
    plain = _ACCENT.sub("", normalize("NFKD", text.translate(_STROKES)))
    return " ".join(_PART.findall(normalize("NFKC", plain).casefold()))


def closest(text: str, others: Iterable[tuple[str, T]], least: float = ALIKE) -> Sequence[tuple[T, float]]:
    """Those of the others that this question resembles, most alike first."""
    found = [(other, score) for said, other in others if (score := likeness(text, said)) >= least]
    return sorted(found, key=lambda each: -each[1])


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, without case and punctuation."""
    return tuple(word.replace("’", "'") for word in _WORD.findall(text.casefold()))


@lru_cache(maxsize=4096)
def _tokens(text: str) -> tuple[str, ...]:
    """What a question is about: its words without the common ones, one for all that mean nearly the same."""
    spoken = [part for word in words_of(text) for part in word.split("'")]
    kept = [_ONE_FOR_ANOTHER.get(word, word) for word in spoken if word not in _COMMON]
    return tuple(dict.fromkeys(kept))


def _misspelt(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether these are the same words in the same order, some of them inflected or mistyped."""
    return len(left) == len(right) and all(
        one == other or _slip(one, other) for one, other in zip(left, right, strict=True)
    )


def _slip(one: str, other: str) -> bool:
    """Whether two words are one that was written another way: an ending more or less, or a slip of the pen within.

    Never of words that carry a sentence (“not”, “who”, “we”), of short ones, of numbers, or in scripts in which one
    letter is a word; nor at the first letter, where “un-” and “de-” turn a word round, or the last (“trainee”).
    """
    shorter, longer = sorted((one, other), key=len)
    if {one, other} & _COMMON or not all(letter.upper() != letter for letter in one + other):
        return False
    if longer.startswith(shorter) and longer[len(shorter) :] in _ENDINGS:
        return len(shorter) >= 4
    within = one[0] == other[0] and one[-1] == other[-1] and len(shorter) >= 6
    return within and OSA.distance(one, other) == 1


def _shared(left: Sequence[str], right: Sequence[str]) -> int:
    """How many words two questions share, each counted once, inflected or not."""
    free = list(right)
    count = 0
    for word in left:
        best = max(free, key=lambda each: fuzz.ratio(word, each), default=None)
        if best is not None and _one_word(word, best):
            free.remove(best)
            count += 1
    return count


def _one_word(one: str, other: str) -> bool:
    """Whether two words are one, inflected (“plan”, “planning”) or mistyped."""
    shorter, longer = sorted((one, other), key=len)
    inflected = len(shorter) >= 4 and longer.startswith(shorter) and len(longer) <= len(shorter) + 4
    return inflected or fuzz.ratio(one, other) >= _SPELT
