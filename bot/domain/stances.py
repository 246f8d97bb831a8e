"""Stances: where people stand on a prompt, before they talk about it and afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Stance(StrEnum):
    """Where somebody stands."""

    AGREE = "agree"
    DEPENDS = "depends"
    DISAGREE = "disagree"

    @property
    def words(self) -> str:
        return {Stance.AGREE: "Agree", Stance.DEPENDS: "It depends", Stance.DISAGREE: "Disagree"}[self]


class Asking(StrEnum):
    """Which time people are asked: before they talk about it, or once more at the end."""

    FIRST = "first"
    AGAIN = "again"


@dataclass(frozen=True, slots=True)
class Division:
    """How a room divides: how many take each stance."""

    counts: Mapping[Stance, int] = field(default_factory=dict[Stance, int])

    def of(self, stance: Stance) -> int:
        return self.counts.get(stance, 0)

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Stances:
    """What came of asking where people stand: both times, and who was asked twice, by (first, again)."""

    first: Division = field(default_factory=Division)
    again: Division = field(default_factory=Division)
    pairs: Mapping[tuple[Stance, Stance], int] = field(default_factory=dict[tuple[Stance, Stance], int])

    @property
    def twice(self) -> int:
        """How many answered both times."""
        return sum(self.pairs.values())

    @property
    def moved(self) -> int:
        """How many of them stand elsewhere than before."""
        return sum(count for (first, again), count in self.pairs.items() if first is not again)

    @property
    def last(self) -> Division:
        """Where people stand in the end: the second time, if anybody answered then."""
        return self.again if self.again.total else self.first

    def division(self, asking: Asking) -> Division:
        return self.first if asking is Asking.FIRST else self.again


def verdict(division: Division) -> str:
    """What a room said, made from the numbers: “was divided, 5 to 4”, “agreed, 9 to 0”; to stand behind its name.

    It agreed or disagreed where that side has at least two thirds of those who took one. Agreement is named first,
    unless the room disagreed.
    """
    agree, depends, disagree = (division.of(stance) for stance in Stance)
    if not division.total:
        return "took no stance"
    if depends > agree + disagree:
        others = f", {agree} agreed and {disagree} disagreed" if agree + disagree else ""
        return f"said that it depends, {depends} of {division.total}{others}"
    said = f", and {depends} said that it depends" if depends else ""
    if agree >= 2 * disagree:
        return f"agreed, {agree} to {disagree}{said}"
    if disagree >= 2 * agree:
        return f"disagreed, {disagree} to {agree}{said}"
    return f"was divided, {agree} to {disagree}{said}"


def movement(stances: Stances) -> str:
    """How many moved, in a sentence; empty where nobody answered twice."""
    twice, moved = stances.twice, stances.moved
    if not twice:
        return ""
    if not moved:
        return f"Of {_people(twice)} who answered both times, nobody moved."
    ways = sorted(
        ((count, first, again) for (first, again), count in stances.pairs.items() if first is not again),
        key=lambda way: (-way[0], list(Stance).index(way[1]), list(Stance).index(way[2])),
    )
    told = ", ".join(f"{count} from “{first.words}” to “{again.words}”" for count, first, again in ways)
    return f"Of {_people(twice)} who answered both times, {moved} moved: {told}."


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"
