"""Ballots: what members chose in a poll, and what it comes to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, StrEnum
from typing import NewType

from bot.domain.people import MemberId, Person
from bot.domain.polls import Choice, ChoiceId, ChoiceState, Poll, PollId, PollKind

NONE = frozenset[ChoiceId]()

Voter = NewType("Voter", str)
"""Whose ballot it is: a member's number; in a secret poll a seal that only the holder of a key could trace to one."""


def known_voter(member: MemberId) -> Voter:
    """The voter that a member is wherever ballots are not secret."""
    return Voter(str(member))


def member_name(member: MemberId) -> str:
    """What is sealed of a member in a secret poll."""
    return f"member {member}"


def account_name(person: Person) -> str:
    """What is sealed in a secret poll of somebody who is no member yet."""
    return f"account {person.platform} {person.key}"


class Voice(StrEnum):
    """What a ballot says of one choice. Only of dates can more be said than yes."""

    YES = "yes"
    NEED = "if need be"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Ballot:
    """What one voter chose in one poll, and of which dates they said “if need be” or “no”; empty it is withdrawn."""

    poll: PollId
    voter: Voter
    choices: frozenset[ChoiceId]
    needs: frozenset[ChoiceId] = NONE
    refused: frozenset[ChoiceId] = NONE

    @property
    def cast(self) -> bool:
        return bool(self.choices or self.needs or self.refused)

    def of(self, voice: Voice) -> frozenset[ChoiceId]:
        """The choices of which it says this."""
        return {Voice.YES: self.choices, Voice.NEED: self.needs, Voice.NO: self.refused}[voice]

    def on(self, choice: ChoiceId) -> Voice | None:
        """What it says of a choice; None where it says nothing."""
        return next((voice for voice in Voice if choice in self.of(voice)), None)

    def marks(self) -> Iterator[tuple[ChoiceId, Voice]]:
        """All that it says, in the order of the choices' numbers."""
        return iter(sorted((choice, voice) for voice in Voice for choice in self.of(voice)))

    def marked(self, choice: ChoiceId, voice: Voice | None) -> "Ballot":
        """The same, saying this of a choice and nothing else of it."""
        held = {each: self.of(each) - {choice} for each in Voice}
        if voice is not None:
            held[voice] |= {choice}
        return Ballot(self.poll, self.voter, held[Voice.YES], held[Voice.NEED], held[Voice.NO])


@dataclass(frozen=True, slots=True)
class Tally:
    """How many chose each choice, how many voted in all, and how many said what else of a date."""

    counts: Mapping[ChoiceId, int]
    voted: int
    needs: Mapping[ChoiceId, int] = field(default_factory=dict[ChoiceId, int])
    refused: Mapping[ChoiceId, int] = field(default_factory=dict[ChoiceId, int])

    def of(self, choice: Choice) -> int:
        return self.counts.get(choice.id, 0)

    def marked(self, choice: ChoiceId) -> int:
        """On how many ballots something is said of a choice."""
        return sum(each.get(choice, 0) for each in (self.counts, self.needs, self.refused))


def tally_of(ballots: Iterable[Ballot]) -> Tally:
    """Ballots counted one by one."""
    counts: dict[Voice, dict[ChoiceId, int]] = {voice: {} for voice in Voice}
    voted = 0
    for ballot in ballots:
        voted += ballot.cast
        for choice, voice in ballot.marks():
            counts[voice][choice] = counts[voice].get(choice, 0) + 1
    return Tally(counts[Voice.YES], voted, counts[Voice.NEED], counts[Voice.NO])


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
        self._counts = {
            Voice.YES: dict(tally.counts),
            Voice.NEED: dict(tally.needs),
            Voice.NO: dict(tally.refused),
        }
        self._voted = tally.voted
        self._ballots = {ballot.voter: ballot for ballot in known}

    @property
    def tally(self) -> Tally:
        counts = self._counts
        return Tally(counts[Voice.YES], self._voted, counts[Voice.NEED], counts[Voice.NO])

    def ballot(self, voter: Voter) -> Ballot:
        return self._ballots.get(voter) or Ballot(self._poll.id, voter, NONE)

    def unite(self, voter: Voter, others: Iterable[Voter]) -> list[Ballot]:
        """Make the ballots of one person, cast under several names, one: the first stands; returns what changed."""
        changed: list[Ballot] = []
        for other in others:
            ballot = self.ballot(other)
            if ballot.cast:
                self._set(Ballot(ballot.poll, other, NONE))
                changed.append(self.ballot(other))
                if not self.ballot(voter).cast:
                    self._set(replace(ballot, voter=voter))
                    changed.append(self.ballot(voter))
        return changed

    def choose(self, voter: Voter, choice: ChoiceId, voice: Voice = Voice.YES) -> Cast:
        """Set a choice on a ballot: in place of any other one, or beside them where several may be chosen."""
        wanted, before = self._choices.get(choice), self.ballot(voter)
        if before.on(choice) is voice:
            return Cast.SAME
        if wanted is None or not wanted.offered or not self._sayable(wanted, voice):
            return Cast.NOT_OFFERED
        rules = self._poll.rules
        if rules.room is not None and wanted.counts and self._counts[Voice.YES].get(choice, 0) >= rules.room:
            return Cast.FULL
        alone = rules.sole or not wanted.counts
        kept = Ballot(self._poll.id, voter, NONE) if alone else self._without_abstention(before)
        if rules.most is not None and len(kept.choices) >= rules.most and not alone:
            return Cast.TOO_MANY
        self._set(kept.marked(choice, voice))
        return Cast.KEPT

    def complete(self, voter: Voter, voice: Voice) -> Cast:
        """Say the same of every date of which a ballot says nothing yet."""
        before = after = self._without_abstention(self.ballot(voter))
        for choice in self._choices.values():
            if choice.counts and before.on(choice.id) is None and self._sayable(choice, voice):
                after = after.marked(choice.id, voice)
        if self._poll.rules.kind is not PollKind.DATES or after == before:
            return Cast.SAME
        self._set(after)
        return Cast.KEPT

    def withdraw(self, voter: Voter, choice: ChoiceId | None = None) -> Cast:
        """Take a choice off a ballot, or the whole ballot back."""
        before = self.ballot(voter)
        after = Ballot(self._poll.id, voter, NONE) if choice is None else before.marked(choice, None)
        if after == before:
            return Cast.SAME
        self._set(after)
        return Cast.WITHDRAWN

    def _sayable(self, choice: Choice, voice: Voice) -> bool:
        """Whether this can be said of a choice: yes always, more only of dates."""
        return voice is Voice.YES or (self._poll.rules.kind is PollKind.DATES and choice.counts)

    def _without_abstention(self, ballot: Ballot) -> Ballot:
        return replace(ballot, choices=frozenset(each for each in ballot.choices if self._counting(each)))

    def _counting(self, choice: ChoiceId) -> bool:
        return choice in self._choices and self._choices[choice].counts

    def _set(self, after: Ballot) -> None:
        before = self.ballot(after.voter)
        for voice, counts in self._counts.items():
            for choice in before.of(voice) - after.of(voice):
                counts[choice] -= 1
            for choice in after.of(voice) - before.of(voice):
                counts[choice] = counts.get(choice, 0) + 1
        self._voted += after.cast - before.cast
        self._ballots[after.voter] = after


@dataclass(frozen=True, slots=True)
class Result:
    """What a poll came to: its choices from the most to the least chosen, and those that share the first place.

    Choices with as many votes stand in the listed order. Dates count for all who can, if need be included; among
    those on which as many can, the ones that more can without need come first.
    """

    ranked: tuple[tuple[Choice, int], ...]
    first: tuple[Choice, ...]
    voted: int
    abstained: int
    quorate: bool


def result(poll: Poll, choices: Sequence[Choice], tally: Tally) -> Result:
    """Count a poll out."""
    counting = [choice for choice in choices if choice.counts]
    scores = {choice.id: (tally.of(choice) + tally.needs.get(choice.id, 0), tally.of(choice)) for choice in counting}
    order = sorted(counting, key=lambda choice: (*(-each for each in scores[choice.id]), choice.position))
    best = scores[order[0].id] if order else (0, 0)
    first = tuple(choice for choice in order if scores[choice.id] == best and best[0])
    abstained = sum(tally.of(choice) for choice in choices if choice.state is ChoiceState.ABSTENTION)
    quorate = poll.rules.quorum is None or tally.voted >= poll.rules.quorum
    ranked = tuple((choice, scores[choice.id][0]) for choice in order)
    return Result(ranked, first, tally.voted, abstained, quorate)


def median(choices: Sequence[Choice], tally: Tally) -> tuple[Choice, ...]:
    """The step of a scale that the middle voter chose; two where the middle lies between two."""
    steps = [choice for choice in choices if choice.counts for _ in range(tally.of(choice))]
    if not steps:
        return ()
    lower, upper = steps[(len(steps) - 1) // 2], steps[len(steps) // 2]
    return (lower,) if lower == upper else (lower, upper)
