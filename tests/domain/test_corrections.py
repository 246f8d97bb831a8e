"""Corrections: what may be edited once people have voted."""

import pytest

from bot.domain.ballots import Tally
from bot.domain.corrections import Misleading, alike, correct_choices, correct_question
from bot.domain.polls import Choice, ChoiceId, ChoiceState, PollId, PollKind


def choices(*labels: str) -> list[Choice]:
    return [
        Choice(ChoiceId(number), PollId(1), number, label, ChoiceState.OFFERED) for number, label in enumerate(labels)
    ]


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("Le Truk", "Le Truc", True),
        ("the crown", "The Crown", True),
        ("Which pub do you prefere?", "Which pub do you prefer?", True),
        ("Le Truc", "The Crown", False),
        ("Room 12", "Room 13", False),
        ("We should meet", "We should not meet", False),
        ("We can meet", "We can't meet", False),
        ("We can’t meet here", "We can't meet here", True),
        ("Wir kommen nicht", "Wir kommen leicht", False),
        ("Tea", "Tea or coffee", False),
        ("🍕🍕", "🍺🍺", False),
    ],
)
def test_a_correction_says_the_same(before: str, after: str, same: bool) -> None:
    """Most letters, every word, every number and every “not”, in whichever direction."""
    assert (alike(before, after), alike(after, before)) == (same, same)


def test_ballots_follow_the_choice_that_was_corrected() -> None:
    """What has no votes may go, what is new comes last, and all of it is told."""
    crown, truc, anchor = choices("The Crown", "Le Truk", "The Anchor")
    tally = Tally({crown.id: 2, truc.id: 1}, 3)
    correction = correct_choices([crown, truc, anchor], tally, ["Le Truc", "The Crown", "Outside"], PollKind.SINGLE)
    assert [(choice.id, choice.label, choice.state) for choice in correction.changed] == [
        (truc.id, "Le Truc", ChoiceState.OFFERED),
        (anchor.id, "The Anchor", ChoiceState.REMOVED),
    ]
    assert correction.added == ("Outside",)
    assert correction.told == (
        "“Le Truk” was corrected to “Le Truc”",
        "“The Anchor” was taken away",
        "“Outside” was added",
    )


def test_nothing_is_told_before_the_first_ballot() -> None:
    """Everything may be changed then."""
    correction = correct_choices(choices("A pub", "A park"), Tally({}, 0), ["Tea", "Coffee"], PollKind.SINGLE)
    assert correction.told == ()
    assert correct_question("Where?", "When?", voted=0) == ""


def test_what_has_votes_is_not_taken_away_nor_made_another() -> None:
    """Neither by a new label, nor by leaving it out; and the question stays the question."""
    there = choices("The Crown", "Le Truc")
    tally = Tally({there[0].id: 1}, 1)
    for labels in (["Le Truc", "Outside"], ["The Anchor", "Le Truc"], ["Clown", "Le Truc"]):
        with pytest.raises(Misleading, match="“The Crown” has votes already"):
            correct_choices(there, tally, labels, PollKind.SINGLE)
    with pytest.raises(Misleading):
        correct_question("Shall we meet?", "Shall we never meet again?", voted=1)


def test_a_date_with_answers_is_never_moved() -> None:
    """However alike two dates look: a “no” is an answer, too."""
    (there,) = choices("Thu 17 Sep 2026 18:30")
    for tally in (Tally({there.id: 1}, 1), Tally({}, 1, {there.id: 1}), Tally({}, 1, {}, {there.id: 1})):
        with pytest.raises(Misleading):
            correct_choices([there], tally, ["Thu 17 Dec 2026 18:30"], PollKind.DATES)
    moved = correct_choices([there], Tally({}, 1), ["Thu 17 Dec 2026 18:30"], PollKind.DATES)
    assert [choice.state for choice in moved.changed] == [ChoiceState.REMOVED]
