"""Breakouts: a room in small groups, of people who have not met in earlier ones as far as that can be had."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import combinations
from random import Random
from typing import NewType, TypeAlias

from bot.domain.events import EventId
from bot.domain.people import MemberId
from bot.domain.places import ChapterId

BreakoutId = NewType("BreakoutId", int)

SMALLEST, GREATEST = 2, 12
"""How many are in a group."""

CROWD = 300
"""The most people who are split: more are no evening, and mixing them would keep everybody waiting."""

LONGEST, QUESTIONS = 150, 12
"""Letters of one question, and how many there are at most."""

EFFORT = 20_000
"""How many pairs are tried, roughly, over all attempts: small rooms are mixed often, great ones a few times."""

Pair: TypeAlias = frozenset[MemberId]
Groups: TypeAlias = tuple[tuple[MemberId, ...], ...]


class Who(StrEnum):
    """Who is split into groups."""

    GOING = "going"
    HERE = "here"

    @property
    def words(self) -> str:
        return {Who.GOING: "Those who are going", Who.HERE: "Those who press “I’m here”"}[self]


class BreakoutState(StrEnum):
    """How far a breakout has come; only what is posted counts as having met."""

    OPEN = "open"
    POSTED = "posted"


@dataclass(frozen=True, slots=True)
class Split:
    """A breakout as it is put on record; the same `origin` makes one."""

    chapter: ChapterId
    event: EventId
    who: Who
    size: int
    questions: tuple[str, ...]
    starter: MemberId
    at: datetime
    origin: str


@dataclass(frozen=True, slots=True)
class Breakout:
    """A breakout on record; `mix` counts how often its groups were made."""

    id: BreakoutId
    chapter: ChapterId
    event: EventId
    who: Who
    size: int
    questions: tuple[str, ...]
    starter: MemberId
    state: BreakoutState
    mix: int
    at: datetime

    @property
    def open(self) -> bool:
        return self.state is BreakoutState.OPEN

    def question(self, group: int) -> str:
        """What a group is asked, counted from 0: one question after the other, and from the first again."""
        return self.questions[group % len(self.questions)] if self.questions else ""


def sizes(people: int, size: int) -> Sequence[int]:
    """How many are in each group: at most `size` where nobody is alone by that, and never two more than elsewhere."""
    if people < SMALLEST:
        raise ValueError("nobody can be in a group alone")
    groups = max(1, min(-(-people // size), people // SMALLEST))
    least, more = divmod(people, groups)
    return [least + 1] * more + [least] * (groups - more)


def whole(places: Collection[int | None], size: int) -> bool:
    """Whether everybody has a place in a group, and the groups are as great as they would be made of so many."""
    if len(places) < SMALLEST or None in places:
        return False
    return sorted(Counter(places).values()) == sorted(sizes(len(places), size))


def repeats(groups: Collection[Collection[MemberId]], met: Mapping[Pair, int]) -> int:
    """How many times two of the same group have met before."""
    return sum(met.get(frozenset(pair), 0) for group in groups for pair in combinations(group, 2))


def mixed(people: Collection[MemberId], size: int, met: Mapping[Pair, int], mix: int = 0) -> Groups:
    """Everybody in exactly one group, so that few meet again; the same from the same, and another way for each `mix`.

    Several attempts, each of which seats people one by one where they have met the fewest, and then exchanges two at
    a time as long as that helps. Raises ValueError for fewer than two people.
    """
    everybody = sorted(set(people))
    room = sizes(len(everybody), size)
    random = Random(f"{mix} {len(everybody)}")
    attempts = max(2, EFFORT // len(everybody) ** 2)
    best: list[list[MemberId]] = []
    fewest = -1
    for _attempt in range(attempts):
        random.shuffle(everybody)
        groups = _exchanged(_seated(everybody, room, met), met)
        again = repeats(groups, met)
        if fewest < 0 or again < fewest:
            best, fewest = groups, again
        if fewest == 0:
            break
    return tuple(tuple(group) for group in best)


def _seated(people: Sequence[MemberId], room: Sequence[int], met: Mapping[Pair, int]) -> list[list[MemberId]]:
    """Each in turn where they have met the fewest, and among such where most seats are left."""
    groups: list[list[MemberId]] = [[] for _ in room]
    for one in people:
        free = [number for number, group in enumerate(groups) if len(group) < room[number]]
        chosen = min(free, key=lambda number: (_cost(one, groups[number], met), len(groups[number]) - room[number]))
        groups[chosen].append(one)
    return groups


def _exchanged(groups: list[list[MemberId]], met: Mapping[Pair, int]) -> list[list[MemberId]]:
    """The same with two people exchanged, again and again, as long as fewer meet again by that."""
    better = True
    while better:
        better = False
        for number, group in enumerate(groups):
            for seat, one in enumerate(group):
                if _cost(one, group, met) and _exchange(groups, number, seat, met):
                    better = True
    return groups


def _exchange(groups: list[list[MemberId]], number: int, seat: int, met: Mapping[Pair, int]) -> bool:
    """Exchange this one with whomever helps the most; False where nobody does."""
    group = groups[number]
    one = group[seat]
    now = _cost(one, group, met)
    best, gain = (0, 0), 0
    for there, others in enumerate(groups):
        if there == number:
            continue
        moved = _cost(one, others, met)
        for place, other in enumerate(others):
            between = 2 * met.get(frozenset((one, other)), 0)
            after = moved + _cost(other, group, met) - between
            saved = now + _cost(other, others, met) - after
            if saved > gain:
                best, gain = (there, place), saved
    if not gain:
        return False
    there, place = best
    group[seat], groups[there][place] = groups[there][place], one
    return True


def _cost(one: MemberId, group: Collection[MemberId], met: Mapping[Pair, int]) -> int:
    """How many times somebody has met the others of a group."""
    return sum(met.get(frozenset((one, other)), 0) for other in group if other != one)
