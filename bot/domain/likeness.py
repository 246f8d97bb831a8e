"""Likeness: whether two questions ask the same in other words, told from their words alone."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

from rapidfuzz import fuzz

ALIKE = 66.0
"""From here on two questions are taken to resemble each other, and somebody is asked."""

SAME = 92.0
"""From here on two questions are taken to be one, asked in different places."""

_SPELT = 84.0
"""From here on two words are one word, inflected or mistyped."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")

_COMMON = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "been",
        "before",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "doing",
        "done",
        "ever",
        "every",
        "for",
        "from",
        "get",
        "gets",
        "got",
        "had",
        "has",
        "have",
        "having",
        "he",
        "her",
        "his",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "just",
        "let",
        "many",
        "may",
        "me",
        "might",
        "more",
        "most",
        "much",
        "must",
        "my",
        "no",
        "not",
        "of",
        "off",
        "on",
        "one",
        "or",
        "our",
        "out",
        "own",
        "really",
        "s",
        "same",
        "shall",
        "she",
        "should",
        "so",
        "some",
        "such",
        "t",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "thing",
        "this",
        "those",
        "to",
        "too",
        "up",
        "us",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "who",
        "whom",
        "whose",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
        "yours",
        "don",
        "didn",
        "doesn",
        "isn",
        "wasn",
        "won",
    ]
)

_ONE_FOR_ANOTHER = {
    other: one
    for one, others in {
        "stop": "stopped stopping kill killed killing cancel cancelled cancelling end ended ending abandon terminate "
        "drop dropped quit pull plug",
        "authority": "authorise authorised power powers right mandate say permission permitted entitled allowed decide "
        "decides decided decision",
        "manager": "managers lead leader leads boss bosses head",
        "learn": "learnt learned lesson lessons taught teach learning",
        "role": "job jobs roles post position career work profession",
        "person": "people persons somebody someone anybody anyone folk colleague colleagues",
        "begin": "start started starting begun began enter entered break into first",
        "advice": "tip tips recommend recommendation advise advised suggest suggestion",
        "mistake": "error errors mistakes failure failures failed fail wrong",
        "coach": "coaching coaches mentor mentoring",
        "hard": "difficult hardest tough toughest challenge challenging biggest",
        "useful": "helpful valuable good best favourite favorite",
        "resource": "resources staff staffing capacity",
        "own": "owner owns owned custodian custodians guardian keeper responsible accountable",
        "meeting": "meetings meet call calls",
        "report": "reports reporting status",
    }.items()
    for other in others.split()
}
"""Words that mean nearly the same when people talk about their work."""

T = TypeVar("T")


def likeness(one: str, other: str) -> float:
    """How much two questions are alike, from 0 to 100."""
    if words_of(one) == words_of(other):
        return 100.0
    left, right = _tokens(one), _tokens(other)
    if not left or not right:
        return fuzz.ratio(one.casefold(), other.casefold())
    shared = _shared(left, right)
    alike = 200 * shared / (len(left) + len(right))
    # A single word in common says little, however short the questions are.
    alike = alike if shared > 1 else alike / 2
    spelt = fuzz.token_sort_ratio(" ".join(words_of(one)), " ".join(words_of(other)))
    return max(alike if alike < 100 else 99.0, spelt if spelt >= SAME else 0.0)


def covered(one: str, other: str) -> float:
    """How much of the shorter of two subjects is in the longer one, from 0 to 1; a single common word is nothing."""
    left, right = _tokens(one), _tokens(other)
    shared = _shared(left, right)
    return shared / min(len(left), len(right)) if shared > 1 else 0.0


def telling(text: str) -> Sequence[str]:
    """The words of a text that say what it is about, in order, each once, in small letters."""
    spoken = [part for word in words_of(text) for part in word.split("'")]
    return list(dict.fromkeys(word for word in spoken if word and word not in _COMMON))


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


def _shared(left: Sequence[str], right: Sequence[str]) -> int:
    """How many words two questions share, each counted once, inflected or not."""
    free = list(right)
    count = 0
    for word in left:
        best = max(free, key=lambda each: fuzz.ratio(word, each), default=None)
        if best is not None and fuzz.ratio(word, best) >= _SPELT:
            free.remove(best)
            count += 1
    return count
