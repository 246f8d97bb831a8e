"""Polls: a question, what can be chosen, and by which rules."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.domain.events import EventId
from bot.domain.people import MemberId
from bot.domain.places import ChapterId, Place
from bot.domain.rhythms import Rhythm
from bot.domain.starts import Start

PollId = NewType("PollId", int)
ChoiceId = NewType("ChoiceId", int)


class PollState(StrEnum):
    """What is `PLANNED` is posted at its time."""

    DRAFT = "draft"
    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


class PollKind(StrEnum):
    """What one ballot may hold."""

    SINGLE = "single"
    SEVERAL = "several"
    YES_NO = "yes or no"
    SCALE = "scale"
    DATES = "dates"
    ANSWERS = "answers"

    @property
    def words(self) -> str:
        return {
            PollKind.SINGLE: "One choice",
            PollKind.SEVERAL: "Several choices",
            PollKind.YES_NO: "Yes, no or abstain",
            PollKind.SCALE: "A scale",
            PollKind.DATES: "Dates: when can you?",
            PollKind.ANSWERS: "Open answers to support",
        }[self]


class Anonymity(StrEnum):
    """Who can see who chose what."""

    NAMES = "names"
    COUNTS = "counts"
    SECRET = "secret"

    @property
    def words(self) -> str:
        return {
            Anonymity.NAMES: "Names are visible",
            Anonymity.COUNTS: "Counts only",
            Anonymity.SECRET: "Secret, from organisers too",
        }[self]


class Showing(StrEnum):
    """When the results can be seen."""

    ALWAYS = "always"
    VOTED = "voted"
    CLOSE = "close"

    @property
    def words(self) -> str:
        return {
            Showing.ALWAYS: "Always",
            Showing.VOTED: "After one’s own vote",
            Showing.CLOSE: "At the close",
        }[self]


class Voters(StrEnum):
    """Who may vote."""

    CHAPTER = "chapter"
    HERE = "here"
    GOING = "going"

    @property
    def words(self) -> str:
        return {
            Voters.CHAPTER: "The chapter, in its channels",
            Voters.HERE: "Everyone here",
            Voters.GOING: "Those going to an event",
        }[self]


class Additions(StrEnum):
    """Whether members may add choices."""

    NONE = "none"
    APPROVED = "approved"
    FREE = "free"

    @property
    def words(self) -> str:
        return {
            Additions.NONE: "No",
            Additions.APPROVED: "Yes, once approved",
            Additions.FREE: "Yes",
        }[self]


class ChoiceState(StrEnum):
    """`ABSTENTION` is the choice not to choose; what was `PROPOSED` waits for approval."""

    OFFERED = "offered"
    ABSTENTION = "abstention"
    PROPOSED = "proposed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Rules:
    """By which rules a poll is held. None stands for no limit: of choices a person, voters a choice, voters in all."""

    kind: PollKind = PollKind.SINGLE
    anonymity: Anonymity = Anonymity.COUNTS
    showing: Showing = Showing.ALWAYS
    voters: Voters = Voters.CHAPTER
    additions: Additions = Additions.NONE
    most: int | None = None
    room: int | None = None
    quorum: int | None = None
    event: EventId | None = None

    @property
    def sole(self) -> bool:
        """Whether a ballot holds one choice at most."""
        return self.kind not in (PollKind.SEVERAL, PollKind.ANSWERS, PollKind.DATES)


@dataclass(frozen=True, slots=True)
class Poll:
    """A poll of a chapter. `revision` grows whenever it opens, closes or is edited; `closes` of None: no deadline.

    `opens` is when it is to be posted, as long as it is not; by its `rhythm` the same is asked again.
    `place` is where it was asked; None when that was no channel. `seal` tells the key by which a secret poll's ballots
    are sealed from every other one. `during` is the event that went on when it was asked in its chapter's home; with
    that it counts into the event's write-up, unless whoever asked wishes it to stand `apart`.
    """

    id: PollId
    chapter: ChapterId
    place: Place | None
    question: str
    rules: Rules
    state: PollState
    asker: MemberId
    closes: datetime | None
    revision: int
    edits: str = ""
    seal: str = ""
    opens: datetime | None = None
    rhythm: Rhythm | None = None
    during: EventId | None = None
    apart: bool = False

    @property
    def evening(self) -> EventId | None:
        """The event into whose write-up it counts."""
        return self.rules.event if self.rules.event is not None or self.apart else self.during

    def open(self, now: datetime) -> bool:
        """Whether people may still vote."""
        return self.state is PollState.OPEN and (self.closes is None or now < self.closes)

    def moved(self, state: PollState) -> "Poll":
        return replace(self, state=state, revision=self.revision + 1)


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody has written of a poll that is not on record yet.

    `origin` is the key of the call that wrote it, so that a call delivered twice asks once.
    """

    chapter: ChapterId
    place: Place | None
    question: str
    rules: Rules
    closes: datetime | None
    asker: MemberId
    origin: str
    opens: datetime | None = None
    rhythm: Rhythm | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """What can be chosen in a poll; `position` is its place in the listed order. A date has a `start`."""

    id: ChoiceId
    poll: PollId
    position: int
    label: str
    state: ChoiceState
    start: Start | None = None

    @property
    def offered(self) -> bool:
        """Whether it can be chosen at present."""
        return self.state in (ChoiceState.OFFERED, ChoiceState.ABSTENTION)

    @property
    def counts(self) -> bool:
        """Whether it can win."""
        return self.state is ChoiceState.OFFERED
