"""Ballots: what members chose in a poll, and what it comes to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NewType

from bot.domain.people import MemberId
from bot.domain.polls import Choice, ChoiceId, ChoiceState, Poll, PollId

Voter = NewType("Voter", str)
"""Whose ballot it is: a member's number; in a secret poll a seal that only the holder of a key could trace to one."""


def known_voter(member: MemberId) -> Voter:
    """The voter that a member is wherever ballots are not secret."""
    return Voter(str(member))


@dataclass(frozen=True, slots=True)
class Ballot:
    """What one voter chose in one poll; without a choice it is withdrawn."""

    poll: PollId
    voter: Voter
    choices: frozenset[ChoiceId]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many chose each choice, and how many voted in all."""

    counts: Mapping[ChoiceId, int]
    voted: int

    def of(self, choice: Choice) -> int:
        return self.counts.get(choice.id, 0)


class Cast(Enum):
    """How a press on a ballot ended."""

    KEPT = "kept"
    SAME = "same"
    WITHDRAWN = "withdrawn"
    NOT_OFFERED = "not offered"
    FULL = "full"
    TOO_MANY = "too many"


class BallotBox:
    """The ballots of one poll while a group of presses is worked out, in the order in which they came.

    It needs no more than how many chose what, and the ballots of those who are voting (`known`).
    """

    def __init__(self, poll: Poll, choices: Iterable[Choice], tally: Tally, known: Iterable[Ballot]) -> None:
        self._poll = poll
        self._choices = {choice.id: choice for choice in choices}
        self._counts = dict(tally.counts)
        self._voted = tally.voted
        self._ballots = {ballot.voter: ballot.choices for ballot in known}

    @property
    def tally(self) -> Tally:
        return Tally(self._counts, self._voted)

    def ballot(self, voter: Voter) -> Ballot:
        return Ballot(self._poll.id, voter, self._ballots.get(voter, frozenset()))

    def unite(self, voter: Voter, others: Iterable[Voter]) -> list[Ballot]:
        """Make the ballots of one person, cast under several names, one: the first stands; returns what changed."""
        changed: list[Ballot] = []
        for other in others:
            choices = self._ballots.get(other, frozenset())
            if choices:
                self._set(other, frozenset())
                changed.append(self.ballot(other))
                if not self._ballots.get(voter):
                    self._set(voter, choices)
                    changed.append(self.ballot(voter))
        return changed

    def choose(self, voter: Voter, choice: ChoiceId) -> Cast:
        """Set a choice on a ballot: in place of any other one, or beside them where several may be chosen."""
        wanted, before = self._choices.get(choice), self._ballots.get(voter, frozenset[ChoiceId]())
        if choice in before:
            return Cast.SAME
        if wanted is None or not wanted.offered:
            return Cast.NOT_OFFERED
        rules = self._poll.rules
        if rules.room is not None and wanted.counts and self._counts.get(choice, 0) >= rules.room:
            return Cast.FULL
        alone = rules.sole or not wanted.counts
        kept = frozenset[ChoiceId]() if alone else frozenset(each for each in before if self._counting(each))
        if rules.most is not None and len(kept) >= rules.most and not alone:
            return Cast.TOO_MANY
        self._set(voter, kept | {choice})
        return Cast.KEPT

    def withdraw(self, voter: Voter, choice: ChoiceId | None = None) -> Cast:
        """Take a choice off a ballot, or the whole ballot back."""
        before = self._ballots.get(voter, frozenset[ChoiceId]())
        after = frozenset[ChoiceId]() if choice is None else before - {choice}
        if after == before:
            return Cast.SAME
        self._set(voter, after)
        return Cast.WITHDRAWN

    def _counting(self, choice: ChoiceId) -> bool:
        return choice in self._choices and self._choices[choice].counts

    def _set(self, voter: Voter, after: frozenset[ChoiceId]) -> None:
        before = self._ballots.get(voter, frozenset[ChoiceId]())
        for choice in before - after:
            self._counts[choice] -= 1
        for choice in after - before:
            self._counts[choice] = self._counts.get(choice, 0) + 1
        self._voted += bool(after) - bool(before)
        self._ballots[voter] = after


@dataclass(frozen=True, slots=True)
class Result:
    """What a poll came to: its choices from the most to the least chosen, and those that share the first place.

    Choices with as many votes stand in the listed order.
    """

    ranked: tuple[tuple[Choice, int], ...]
    first: tuple[Choice, ...]
    voted: int
    abstained: int
    quorate: bool


def result(poll: Poll, choices: Sequence[Choice], tally: Tally) -> Result:
    """Count a poll out."""
    counting = [choice for choice in choices if choice.counts]
    ranked = sorted(((choice, tally.of(choice)) for choice in counting), key=lambda each: (-each[1], each[0].position))
    most = ranked[0][1] if ranked else 0
    first = tuple(choice for choice, count in ranked if count == most and count)
    abstained = sum(tally.of(choice) for choice in choices if choice.state is ChoiceState.ABSTENTION)
    quorate = poll.rules.quorum is None or tally.voted >= poll.rules.quorum
    return Result(tuple(ranked), first, tally.voted, abstained, quorate)


def median(choices: Sequence[Choice], tally: Tally) -> tuple[Choice, ...]:
    """The step of a scale that the middle voter chose; two where the middle lies between two."""
    steps = [choice for choice in choices if choice.counts for _ in range(tally.of(choice))]
    if not steps:
        return ()
    lower, upper = steps[(len(steps) - 1) // 2], steps[len(steps) // 2]
    return (lower,) if lower == upper else (lower, upper)
