"""Choices as people write them: one a line, or in one line with bars between them."""

import re

from bot.domain.polls import PollKind

MOST = 100
LONGEST = 100
"""How many choices a poll has at most, and how many letters a choice."""

STEPS = 11
"""The most steps that a scale of numbers has: 0 to 10."""

_QUESTION = re.compile(r"(?P<question>.*?\?[?!]*)\s+(?P<choices>.*\|.*)", re.DOTALL)
"""A question mark that a word follows, and bars after that: an address with a “?” in it asks nothing."""

_RANGE = re.compile(r"(\d{1,3})\s*(?:-|–|to)\s*(\d{1,3})")


class Unusable(ValueError):
    """These are no choices for a poll; the text says why, and what would do."""


def read_choices(text: str, kind: PollKind) -> list[str]:
    """What can be chosen in a poll of this kind, in the listed order; raises Unusable with a sentence."""
    written = _listed(split(text)) if kind is not PollKind.ANSWERS else split(text)
    match kind:
        case PollKind.YES_NO:
            if written:
                raise Unusable("A poll for yes or no brings its own choices: leave this empty, or take another kind.")
            return ["Yes", "No"]
        case PollKind.SCALE:
            written = _steps(written)
        case PollKind.SINGLE | PollKind.SEVERAL | PollKind.DATES:
            if not written:
                raise Unusable("Write at least two choices, one a line, or with | between them.")
        case PollKind.ANSWERS:
            return checked(written)
    if len(written) == 1:
        raise Unusable(f"“{written[0]}” is the only choice: write at least two, one a line, or with | between them.")
    return checked(written)


def in_one_line(text: str, kind: PollKind) -> tuple[str, str]:
    """The question and the choices of “Which game next? Brass | Azul | Catan”; any other text is a question alone."""
    found = _QUESTION.fullmatch(text) if kind is not PollKind.YES_NO else None
    return (text, "") if found is None else (found["question"].strip(), found["choices"].strip())


def checked(written: list[str]) -> list[str]:
    """The same, where they are not too many, none is too long, and none is there twice; raises Unusable."""
    if len(written) > MOST:
        raise Unusable(f"These are {len(written)} choices; a poll has room for {MOST}.")
    for label in written:
        if len(label) > LONGEST:
            raise Unusable(f"“{label[:40]}…” has {len(label)} letters; a choice has room for {LONGEST}.")
    seen: set[str] = set()
    for label in written:
        if label.casefold() in seen:
            raise Unusable(f"“{label}” is there twice.")
        seen.add(label.casefold())
    return written


def split(text: str) -> list[str]:
    """One a line where there are lines, otherwise with bars between them; empty ones are nobody's meaning."""
    parts = text.splitlines() if "\n" in text.strip() else text.split("|")
    return [part for part in (" ".join(part.split()) for part in parts) if part]


def _listed(written: list[str]) -> list[str]:
    """A lone choice is none, so one with commas in it is a list: “trainer, mentor, coach”."""
    parts = re.split(r"[,;，、]", written[0]) if len(written) == 1 else written
    return [part for part in (part.strip() for part in parts) if part]


def _steps(written: list[str]) -> list[str]:
    """1 to 5, unless other steps are written: names in order, or the first and the last of some numbers."""
    if not written:
        written = ["1–5"]
    found = _RANGE.fullmatch(written[0]) if len(written) == 1 else None
    if found is None:
        return written
    first, last = int(found[1]), int(found[2])
    if not first < last < first + STEPS:
        raise Unusable(f"A scale of numbers has 2 to {STEPS} steps, such as 1–5; “{written[0]}” has not.")
    return [str(number) for number in range(first, last + 1)]
