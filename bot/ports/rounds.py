"""Rounds and breakouts on record."""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from bot.domain.breakouts import Breakout, BreakoutId, Groups, Pair, Split
from bot.domain.events import EventId
from bot.domain.people import MemberId
from bot.domain.rounds import Entry, EntryId, Round, RoundId, RoundState, Start, Written
from bot.domain.takeaways import Credit


class Rounds(Protocol):
    """Rounds, what was written in them, and who would have said the same."""

    async def start(self, start: Start) -> RoundId:
        """Put a round on record; the one already started by the same origin where there is one."""
        ...

    async def made(self, origin: str) -> RoundId | None:
        """The round of this origin, where there is one."""
        ...

    async def get(self, number: RoundId) -> Round:
        """Raises KeyError."""
        ...

    async def lock(self, number: RoundId) -> Round:
        """The same, held against other writers until the transaction ends; raises KeyError."""
        ...

    async def move(self, number: RoundId, before: RoundState, after: RoundState) -> bool:
        """Change the state in one conditional update; False when it was not `before`, and nothing was changed."""
        ...

    async def latest(self, states: Collection[RoundState], most: int) -> Sequence[Round]:
        """Those in these states, newest first."""
        ...

    async def about(self, event: EventId) -> Sequence[Round]:
        """An event's rounds, oldest first."""
        ...

    async def write(self, written: Written) -> EntryId:
        """Add an entry, without a name; the one already written by the same origin where there is one."""
        ...

    async def credit(self, entry: EntryId, credit: Credit) -> None:
        """Let an entry bear its author's name, or not."""
        ...

    async def drop(self, entry: EntryId) -> bool:
        """Take an entry and its support from the record; False when it was gone already."""
        ...

    async def hand_on(self, entry: EntryId) -> bool:
        """Make an entry that of somebody else who said the very same, without a name; False where nobody did."""
        ...

    async def disown(self, author: MemberId) -> None:
        """Have nothing handed on to somebody: of what they said as others did, their support alone is left."""
        ...

    async def entries(self, number: RoundId) -> Sequence[Entry]:
        """What was written in a round, oldest first, each with its support."""
        ...

    async def of_author(self, author: MemberId) -> Sequence[Entry]:
        """Somebody's entries in any round, oldest first."""
        ...

    async def support(self, entry: EntryId, member: MemberId, on: bool) -> bool:
        """Record whether a member would have said the same; False when that was so already."""
        ...

    async def say_too(self, entry: EntryId, member: MemberId) -> None:
        """Record that a member has said the very same in words of their own, which is support, too."""
        ...

    async def supported(self, member: MemberId, number: RoundId) -> Collection[EntryId]:
        """Which entries of a round a member supports."""
        ...


class Breakouts(Protocol):
    """Breakouts, and who was with whom in them."""

    async def begin(self, split: Split) -> BreakoutId:
        """Put a breakout on record; the one already made of the same origin where there is one."""
        ...

    async def made(self, origin: str) -> BreakoutId | None:
        """The breakout of this origin, where there is one."""
        ...

    async def get(self, breakout: BreakoutId) -> Breakout:
        """Raises KeyError."""
        ...

    async def lock(self, breakout: BreakoutId) -> Breakout:
        """The same, held against other writers until the transaction ends; raises KeyError."""
        ...

    async def post(self, breakout: BreakoutId) -> bool:
        """Settle its groups, which count as having met from then on; False when that was so already."""
        ...

    async def join(self, breakout: BreakoutId, member: MemberId, on: bool) -> bool:
        """Let somebody be of it, or not; False when that was so already."""
        ...

    async def group(self, breakout: BreakoutId, groups: Groups, mix: int) -> None:
        """Make these its groups, and these people all of it; `mix` counts how often that was done."""
        ...

    async def people(self, breakout: BreakoutId) -> Mapping[MemberId, int | None]:
        """Everybody who is of it, with the number of their group from 0; None for those who are in none yet."""
        ...

    async def met(self, members: Collection[MemberId]) -> Mapping[Pair, int]:
        """How often each two of these were in the same group of a breakout that was posted; no pair that never was."""
        ...

    async def with_member(self, member: MemberId) -> Sequence[Breakout]:
        """Those of which somebody is."""
        ...
