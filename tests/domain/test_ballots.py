"""Ballot boxes: beside a plain recount by a model that knows nothing of how ours is made."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ballots import Ballot, BallotBox, Cast, Tally, Voter, median, result
from bot.domain.choices import Unusable, read_choices
from bot.domain.people import MemberId
from bot.domain.places import ChapterId
from bot.domain.polls import Choice, ChoiceId, ChoiceState, Poll, PollId, PollKind, PollState, Rules

POLL = PollId(1)
PRESSES = st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 5), st.booleans()), max_size=60)
LIMITS = st.none() | st.integers(1, 3)


def poll(kind: PollKind = PollKind.SINGLE, most: int | None = None, room: int | None = None, quorum: int = 1) -> Poll:
    rules = Rules(kind, most=most, room=room, quorum=quorum)
    return Poll(POLL, ChapterId(1), None, "Where next?", rules, PollState.OPEN, MemberId(1), None, 2)


def choices(number: int = 4) -> list[Choice]:
    """Some that can be chosen, one that abstains, and one that was removed."""
    offered = [Choice(ChoiceId(n), POLL, n, f"Choice {n}", ChoiceState.OFFERED) for n in range(1, number)]
    abstention = Choice(ChoiceId(number), POLL, number, "Abstain", ChoiceState.ABSTENTION)
    return [*offered, abstention, Choice(ChoiceId(number + 1), POLL, number + 1, "Gone", ChoiceState.REMOVED)]


class Slips:
    """A table with slips of paper on it: each person has one, with crosses; it is counted by going through them all."""

    def __init__(self, several: bool, most: int | None, room: int | None) -> None:
        self.several, self.most, self.room = several, most, room
        self.slips: dict[str, set[int]] = {}

    def cross(self, who: str, choice: int) -> None:
        slip = self.slips.setdefault(who, set())
        if choice in slip or choice not in (1, 2, 3, 4):
            return
        if self.room is not None and choice != 4 and sum(choice in each for each in self.slips.values()) >= self.room:
            return
        alone = not self.several or choice == 4
        others = set() if alone else slip - {4}
        if not alone and self.most is not None and len(others) >= self.most:
            return
        self.slips[who] = others | {choice}

    def rub_out(self, who: str, choice: int) -> None:
        slip = self.slips.setdefault(who, set())
        self.slips[who] = set() if choice == 0 else slip - {choice}

    def count(self) -> tuple[dict[int, int], int]:
        crosses = Counter(choice for slip in self.slips.values() for choice in slip)
        return dict(crosses), sum(bool(slip) for slip in self.slips.values())


@given(presses=PRESSES, several=st.booleans(), most=LIMITS, room=LIMITS, regroup=st.integers(1, 9))
def test_counts_equal_a_plain_recount_after_any_presses(
    presses: list[tuple[str, int, bool]], several: bool, most: int | None, room: int | None, regroup: int
) -> None:
    """However the presses fall into groups, between which nothing is remembered but what is on record."""
    asked = poll(PollKind.SEVERAL if several else PollKind.SINGLE, most if several else None, room)
    table, record = Slips(several, asked.rules.most, room), dict[Voter, frozenset[ChoiceId]]()
    for start in range(0, len(presses), regroup):
        ballots = [Ballot(POLL, voter, held) for voter, held in record.items()]
        counts = Counter(choice for held in record.values() for choice in held)
        box = BallotBox(asked, choices(), Tally(counts, sum(map(bool, record.values()))), ballots)
        for who, choice, on in presses[start : start + regroup]:
            voter = Voter(who)
            if on:
                box.choose(voter, ChoiceId(choice))
                table.cross(who, choice)
            else:
                box.withdraw(voter, ChoiceId(choice) or None)
                table.rub_out(who, choice)
            record[voter] = box.ballot(voter).choices
        tally = box.tally
        assert ({choice: count for choice, count in tally.counts.items() if count}, tally.voted) == table.count()
    assert {voter: set(held) for voter, held in record.items()} == table.slips


def test_the_same_press_twice_is_one() -> None:
    """A press sets a choice and never toggles it."""
    box = BallotBox(poll(PollKind.SEVERAL), choices(), Tally({}, 0), [])
    assert [box.choose(Voter("a"), ChoiceId(1)) for _ in range(3)] == [Cast.KEPT, Cast.SAME, Cast.SAME]
    assert box.tally == Tally({ChoiceId(1): 1}, 1)
    assert [box.withdraw(Voter("a"), ChoiceId(1)) for _ in range(2)] == [Cast.WITHDRAWN, Cast.SAME]


def test_a_removed_choice_and_one_of_another_poll_are_not_offered() -> None:
    """Whatever an old button or a forged one says."""
    box = BallotBox(poll(), choices(), Tally({}, 0), [])
    assert [box.choose(Voter("a"), ChoiceId(number)) for number in (5, 99, 0, -1)] == [Cast.NOT_OFFERED] * 4
    assert box.tally.voted == 0


def test_one_person_under_two_names_has_one_ballot() -> None:
    """Whoever voted before their accounts were linked keeps the ballot of the member, or else the account's."""
    first, second = frozenset({ChoiceId(1)}), frozenset({ChoiceId(2)})
    box = BallotBox(
        poll(),
        choices(),
        Tally({ChoiceId(1): 1, ChoiceId(2): 1}, 2),
        [Ballot(POLL, Voter("m"), first), Ballot(POLL, Voter("x"), second)],
    )
    assert box.unite(Voter("m"), [Voter("x"), Voter("y")]) == [Ballot(POLL, Voter("x"), frozenset())]
    assert (box.tally.voted, box.ballot(Voter("m")).choices) == (1, first)


def test_ties_and_abstentions_are_told_from_wins() -> None:
    """Equal counts stand in the listed order and share the first place; who abstains takes part and wins nothing."""
    counted = result(poll(quorum=9), choices(), Tally({ChoiceId(1): 2, ChoiceId(3): 2, ChoiceId(4): 5}, 9))
    assert [choice.id for choice in counted.first] == [1, 3]
    assert [(choice.id, count) for choice, count in counted.ranked] == [(1, 2), (3, 2), (2, 0)]
    assert (counted.voted, counted.abstained, counted.quorate) == (9, 5, True)
    assert result(poll(quorum=10), choices(), Tally({}, 9)).quorate is False
    assert result(poll(), choices(), Tally({}, 0)).first == ()


@pytest.mark.parametrize(
    ("votes", "middle"),
    [({}, []), ({1: 1}, [1]), ({1: 2, 3: 1}, [1]), ({1: 1, 3: 1}, [1, 3]), ({2: 3, 3: 3, 1: 1}, [2])],
)
def test_the_middle_of_a_scale_is_what_the_middle_voter_chose(votes: dict[int, int], middle: list[int]) -> None:
    """Two where it lies between two."""
    tally = Tally({ChoiceId(step): count for step, count in votes.items()}, sum(votes.values()))
    assert [step.id for step in median(choices(), tally)] == middle


@pytest.mark.parametrize(
    ("text", "kind", "read"),
    [
        ("A | B|C", PollKind.SINGLE, ["A", "B", "C"]),
        ("A | B\nC\n\n", PollKind.SEVERAL, ["A | B", "C"]),
        ("trainer, mentor, coach,counsellor", PollKind.SCALE, ["trainer", "mentor", "coach", "counsellor"]),
        ("Fish, chips | Tea", PollKind.SINGLE, ["Fish, chips", "Tea"]),
        ("Bring bread, salt", PollKind.ANSWERS, ["Bring bread, salt"]),
        ("", PollKind.YES_NO, ["Yes", "No"]),
        ("", PollKind.SCALE, ["1", "2", "3", "4", "5"]),
        ("0-10", PollKind.SCALE, [str(number) for number in range(11)]),
        ("trainer | mentor | coach", PollKind.SCALE, ["trainer", "mentor", "coach"]),
    ],
)
def test_choices_are_read_as_they_are_written(text: str, kind: PollKind, read: list[str]) -> None:
    """One a line, or with bars between them; some kinds bring their own."""
    assert read_choices(text, kind) == read


@pytest.mark.parametrize(
    ("text", "kind", "sentence"),
    [
        ("", PollKind.SINGLE, "Write at least two choices"),
        ("Only", PollKind.SINGLE, "“Only” is the only choice: write at least two"),
        ("A | b | a", PollKind.SINGLE, "“a” is there twice."),
        ("|".join(map(str, range(200))), PollKind.SINGLE, "These are 200 choices; a poll has room for 100."),
        (f"A|{'b' * 101}", PollKind.SINGLE, "has 101 letters; a choice has room for 100."),
        ("A|B", PollKind.YES_NO, "brings its own choices"),
        ("1-99", PollKind.SCALE, "has 2 to 11 steps"),
    ],
)
def test_what_cannot_be_chosen_from_is_refused_in_a_sentence(text: str, kind: PollKind, sentence: str) -> None:
    """Which says what would do."""
    with pytest.raises(Unusable) as refused:
        read_choices(text, kind)
    assert sentence in str(refused.value)
