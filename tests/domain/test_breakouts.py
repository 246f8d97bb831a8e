"""Breakouts: everybody is in exactly one group, sizes are fair, and people meet somebody new where they can."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.breakouts import Pair, mixed, repeats, sizes
from bot.domain.people import MemberId

ROOMS = st.sets(st.integers(1, 500), min_size=2, max_size=40).map(lambda room: {MemberId(one) for one in room})


@st.composite
def meetings(draw: st.DrawFn, room: set[MemberId]) -> Counter[Pair]:
    """Who has met whom, and how often."""
    pairs = [frozenset(pair) for pair in combinations(sorted(room), 2)]
    return Counter(draw(st.lists(st.sampled_from(pairs), max_size=30)))


def ways(people: list[MemberId], room: tuple[int, ...]) -> Iterator[list[tuple[MemberId, ...]]]:
    """Every way to split people into groups of these sizes."""
    if not people:
        yield []
        return
    first, rest = people[0], people[1:]
    for size in set(room):
        left = list(room)
        left.remove(size)
        for others in combinations(rest, size - 1):
            remaining = [one for one in rest if one not in others]
            for further in ways(remaining, tuple(left)):
                yield [(first, *others), *further]


@given(ROOMS, st.integers(2, 12), st.integers(0, 9), st.data())
@settings(max_examples=60, deadline=None)
def test_everybody_is_in_exactly_one_group(room: set[MemberId], size: int, mix: int, data: st.DataObject) -> None:
    """Nobody alone, no group more than one greater than another, and the same from the same."""
    met = data.draw(meetings(room))
    groups = mixed(room, size, met, mix)
    assert sorted(one for group in groups for one in group) == sorted(room)
    counts = [len(group) for group in groups]
    assert sorted(counts) == sorted(sizes(len(room), size))
    assert max(counts) - min(counts) <= 1
    assert min(counts) >= 2
    assert max(counts) <= max(size, 3)
    assert mixed(sorted(room, reverse=True), size, met, mix) == groups


@given(st.integers(2, 8), st.integers(2, 4), st.data())
@settings(max_examples=80, deadline=None)
def test_in_a_small_room_nobody_meets_again_who_need_not(people: int, size: int, data: st.DataObject) -> None:
    """Tried against every way there is."""
    room = [MemberId(number) for number in range(1, people + 1)]
    met = data.draw(meetings(set(room)))
    least = min(repeats(way, met) for way in ways(room, tuple(sizes(people, size))))
    assert repeats(mixed(room, size, met), met) == least


def test_an_evening_of_rounds_mixes_everybody_anew() -> None:
    """Sixteen people in fours meet nobody twice in three breakouts."""
    room = [MemberId(number) for number in range(16)]
    met: Counter[Pair] = Counter()
    for mix in range(3):
        groups = mixed(room, 4, met, mix)
        assert repeats(groups, met) == 0
        met.update(frozenset(pair) for group in groups for pair in combinations(group, 2))


def test_mixing_again_comes_to_other_groups() -> None:
    """Whoever does not like the first way gets another."""
    room = [MemberId(number) for number in range(12)]
    assert len({frozenset(map(frozenset, mixed(room, 3, {}, mix))) for mix in range(5)}) == 5


@pytest.mark.parametrize(
    ("people", "size", "expected"),
    [
        (2, 2, [2]),
        (3, 2, [3]),
        (5, 2, [3, 2]),
        (10, 4, [4, 3, 3]),
        (12, 4, [4, 4, 4]),
        (13, 12, [7, 6]),
        (5, 12, [5]),
    ],
)
def test_sizes_are_fair(people: int, size: int, expected: list[int]) -> None:
    """At most as many as wished, where nobody would be alone by that."""
    assert sizes(people, size) == expected


def test_one_person_is_no_group() -> None:
    """There is nobody to talk to."""
    with pytest.raises(ValueError, match="alone"):
        mixed([MemberId(1)], 2, {})
