"""Stances: what a room said, in sentences made from the numbers."""

import pytest

from bot.domain.stances import Division, Stance, Stances, movement, verdict

A, P, D = Stance.AGREE, Stance.DEPENDS, Stance.DISAGREE


@pytest.mark.parametrize(
    ("agree", "depends", "disagree", "said"),
    [
        (5, 0, 4, "was divided, 5 to 4"),
        (9, 0, 0, "agreed, 9 to 0"),
        (4, 0, 5, "was divided, 4 to 5"),
        (1, 0, 8, "disagreed, 8 to 1"),
        (6, 2, 3, "agreed, 6 to 3, and 2 said that it depends"),
        (5, 3, 3, "was divided, 5 to 3, and 3 said that it depends"),
        (2, 7, 1, "said that it depends, 7 of 10, 2 agreed and 1 disagreed"),
        (0, 3, 0, "said that it depends, 3 of 3"),
        (1, 2, 1, "was divided, 1 to 1, and 2 said that it depends"),
        (0, 0, 0, "took no stance"),
    ],
)
def test_a_room_is_told_by_its_numbers(agree: int, depends: int, disagree: int, said: str) -> None:
    """Agreed or disagreed from two thirds of those who took a side on; otherwise divided."""
    assert verdict(Division({A: agree, P: depends, D: disagree})) == said


def test_who_moved_is_counted_among_those_who_answered_twice() -> None:
    """With the ways that they went, the broadest first."""
    stances = Stances(pairs={(A, A): 3, (A, P): 2, (D, A): 4, (P, D): 1})
    assert movement(stances) == (
        "Of 10 people who answered both times, 7 moved: 4 from “Disagree” to “Agree”, 2 from “Agree” to “It depends”, "
        "1 from “It depends” to “Disagree”."
    )
    assert movement(Stances(pairs={(A, A): 1})) == "Of 1 person who answered both times, nobody moved."
    assert movement(Stances()) == ""
