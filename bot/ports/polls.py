"""Polls on record: questions, what can be chosen, and ballots."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.ballots import Ballot, Tally, Voter
from bot.domain.events import EventId
from bot.domain.people import MemberId
from bot.domain.places import ChapterId
from bot.domain.polls import Choice, ChoiceId, ChoiceState, Poll, PollId, PollState, Question
from bot.domain.starts import Start


class Polls(Protocol):
    """Polls of all chapters, with their choices."""

    async def add(self, question: Question) -> PollId:
        """Put a draft on record; the one already made of the same origin where there is one."""
        ...

    async def get(self, poll: PollId) -> Poll:
        """Raises KeyError."""
        ...

    async def made(self, origin: str) -> PollId | None:
        """The poll that a call of this origin put on record."""
        ...

    async def lock(self, polls: Collection[PollId]) -> Mapping[PollId, Poll]:
        """These polls, held against other writers until the transaction ends; those that do not exist are left out."""
        ...

    async def put(self, poll: Poll) -> None:
        """Replace what is on record of a poll, but for its state; raises KeyError."""
        ...

    async def move(self, poll: PollId, before: PollState, after: PollState, revision: int) -> bool:
        """Change the state in one conditional update; False when it was not `before`, and nothing was changed."""
        ...

    async def all(self, states: Collection[PollState], asker: MemberId | None = None) -> Sequence[Poll]:
        """Polls in these states, newest first; of one asker where one is named."""
        ...

    async def about(self, event: EventId) -> Sequence[Poll]:
        """The polls about an event and those that count into its write-up, oldest first."""
        ...

    async def due(self, state: PollState, now: datetime, most: int) -> Sequence[Poll]:
        """Planned polls to open, or open ones to close, by `now`, earliest first, held against other processes."""
        ...

    async def next(self, state: PollState) -> datetime | None:
        """When the next planned poll opens, or the next open one closes."""
        ...

    async def choices(self, polls: Collection[PollId]) -> Mapping[PollId, Sequence[Choice]]:
        """All choices of these polls, removed ones too, in the listed order."""
        ...

    async def offer(
        self, poll: PollId, position: int, label: str, state: ChoiceState, start: Start | None = None
    ) -> ChoiceId: ...

    async def change(self, choice: Choice) -> None:
        """Replace a choice's label and state; raises KeyError."""
        ...

    async def clear(self, poll: PollId) -> None:
        """Take away all choices of a poll without ballots."""
        ...

    async def free(self, chapter: ChapterId) -> bool:
        """Whether any member may ask in this chapter."""
        ...

    async def allow(self, chapter: ChapterId, members: bool) -> None:
        """Let any member ask in this chapter, or organisers only."""
        ...


class Ballots(Protocol):
    """What members chose. No time, and no order of arrival, is on record beside a choice."""

    @property
    def mark(self) -> str:
        """What tells the key for secret polls from every other; empty where there is none."""
        ...

    def seal(self, poll: PollId, name: str) -> Voter:
        """The voter that somebody of this name is in a secret poll; raises KeyError where there is no key."""
        ...

    async def tallies(self, polls: Collection[PollId]) -> Mapping[PollId, Tally]:
        """One for each of the polls, counted from the ballots."""
        ...

    async def of(self, voters: Collection[tuple[PollId, Voter]]) -> Sequence[Ballot]:
        """The ballots of these voters."""
        ...

    async def all(self, poll: PollId) -> Sequence[Ballot]:
        """Every ballot of a poll, by voter."""
        ...

    async def put(self, ballots: Collection[Ballot], sole: Collection[PollId]) -> None:
        """Record ballots, each in place of the voter's earlier one; in `sole` polls a ballot holds one choice."""
        ...
