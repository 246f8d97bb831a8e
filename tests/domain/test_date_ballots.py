"""Ballots about dates: beside a plain recount by a model that knows nothing of how ours are made."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ballots import Ballot, BallotBox, Cast, Tally, Voice, Voter, result, tally_of
from bot.domain.people import MemberId
from bot.domain.places import ChapterId
from bot.domain.polls import Choice, ChoiceId, ChoiceState, Poll, PollId, PollKind, PollState, Rules

POLL = Poll(PollId(1), ChapterId(1), None, "When?", Rules(PollKind.DATES), PollState.OPEN, MemberId(1), None, 2)
CHOICES = [
    *(Choice(ChoiceId(n), POLL.id, n, f"Date {n}", ChoiceState.OFFERED) for n in (1, 2, 3)),
    Choice(ChoiceId(4), POLL.id, 4, "Abstain", ChoiceState.ABSTENTION),
    Choice(ChoiceId(5), POLL.id, 5, "Gone", ChoiceState.REMOVED),
]
SAYINGS = ["yes", "if need be", "no", "nothing"]
PRESSES = st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 6), st.sampled_from(SAYINGS)), max_size=60)


class Sheet:
    """A sheet on a wall: a line for each person, a column for each date, and one for those who abstain."""

    def __init__(self) -> None:
        self.lines: dict[str, dict[int, str]] = {}

    def write(self, who: str, date: int, saying: str) -> None:
        line = self.lines.setdefault(who, {})
        if saying == "nothing":
            self.lines[who] = {} if date == 0 else {each: said for each, said in line.items() if each != date}
        elif date == 0:
            line.pop(4, None)
            self.lines[who] = {**dict.fromkeys((1, 2, 3), saying), **line}
        elif date == 4 and saying == "yes":
            self.lines[who] = {4: "yes"}
        elif date in (1, 2, 3):
            line.pop(4, None)
            line[date] = saying

    def count(self) -> tuple[Counter[tuple[int, str]], int]:
        said = Counter((date, saying) for line in self.lines.values() for date, saying in line.items())
        return said, sum(bool(line) for line in self.lines.values())


@given(presses=PRESSES, regroup=st.integers(1, 9))
def test_what_is_said_of_dates_is_counted_as_on_a_sheet_of_paper(
    presses: list[tuple[str, int, str]], regroup: int
) -> None:
    """However the presses fall into groups, between which nothing is remembered but what is on record."""
    sheet, record = Sheet(), dict[Voter, Ballot]()
    for start in range(0, len(presses), regroup):
        box = BallotBox(POLL, CHOICES, tally_of(record.values()), record.values())
        for who, date, saying in presses[start : start + regroup]:
            voter, choice = Voter(who), ChoiceId(date)
            if saying == "nothing":
                box.withdraw(voter, choice or None)
            elif date == 0:
                box.complete(voter, Voice(saying))
            else:
                box.choose(voter, choice, Voice(saying))
            sheet.write(who, date, saying)
            record[voter] = box.ballot(voter)
        tally = box.tally
        counts = {"yes": tally.counts, "if need be": tally.needs, "no": tally.refused}
        said = {(date, saying): n for saying, each in counts.items() for date, n in each.items() if n}
        assert (said, tally.voted) == (dict(sheet.count()[0]), sheet.count()[1])


def test_the_best_date_is_the_one_on_which_most_can() -> None:
    """If need be included; of several such, the one on which more can without need; then it is a tie."""
    one, two, three = (choice.id for choice in CHOICES[:3])
    counted = result(POLL, CHOICES, Tally({one: 3, two: 2, three: 3}, 5, {two: 2, three: 1}))
    assert [(choice.id, count) for choice, count in counted.ranked] == [(three, 4), (two, 4), (one, 3)]
    assert [choice.id for choice in counted.first] == [three]
    tied = result(POLL, CHOICES, Tally({one: 2, two: 2}, 3, {one: 1, two: 1}, {three: 3}))
    assert [choice.id for choice in tied.first] == [one, two]


def test_only_of_dates_can_more_be_said_than_yes() -> None:
    """Whatever a forged press says of a poll of another kind."""
    poll = Poll(PollId(1), ChapterId(1), None, "Where?", Rules(), PollState.OPEN, MemberId(1), None, 2)
    box = BallotBox(poll, CHOICES, Tally({}, 0), [])
    assert [box.choose(Voter("a"), ChoiceId(1), voice) for voice in (Voice.NEED, Voice.NO)] == [Cast.NOT_OFFERED] * 2
    assert box.complete(Voter("a"), Voice.NO) is Cast.SAME
    assert box.tally.voted == 0
