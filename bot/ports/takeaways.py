"""Takeaways and memories on record."""

from collections.abc import Collection, Sequence
from typing import Protocol

from bot.domain.events import EventId
from bot.domain.memories import Memory, MemoryId, MemoryKind
from bot.domain.people import MemberId
from bot.domain.places import Place
from bot.domain.prompts import PostingId
from bot.domain.takeaways import Credit, Learnt, Takeaway, TakeawayId, TakeawayState


class Takeaways(Protocol):
    """What was learnt, and who would have said the same."""

    async def add(self, learnt: Learnt) -> TakeawayId:
        """Put a takeaway on record; the one already made of the same origin where there is one."""
        ...

    async def get(self, takeaway: TakeawayId) -> Takeaway:
        """Raises KeyError."""
        ...

    async def find(self, origin: str) -> Takeaway | None:
        """The takeaway of this origin, where there is one."""
        ...

    async def lock(self, takeaway: TakeawayId) -> Takeaway:
        """The same, held against other writers until the transaction ends; raises KeyError."""
        ...

    async def move(self, takeaway: TakeawayId, before: TakeawayState, after: TakeawayState, credit: Credit) -> bool:
        """Change the state in one conditional update; False when it was not `before`, and nothing was changed.

        What is withdrawn loses its text.
        """
        ...

    async def of_event(self, event: EventId) -> Sequence[Takeaway]:
        """What was kept of an event and of the prompts in it, most supported first, then oldest."""
        ...

    async def of_posting(self, posting: PostingId) -> Sequence[Takeaway]:
        """What was kept of a prompt that was posted, in the same order."""
        ...

    async def of_author(self, author: MemberId, most: int) -> Sequence[Takeaway]:
        """Somebody's own, newest first, withdrawn ones aside."""
        ...

    async def latest(self, most: int) -> Sequence[Takeaway]:
        """What was kept last, newest first."""
        ...

    async def support(self, takeaway: TakeawayId, member: MemberId, on: bool) -> bool:
        """Record whether a member would have said the same; False when that was so already."""
        ...

    async def supported(self, member: MemberId, takeaways: Collection[TakeawayId]) -> Collection[TakeawayId]:
        """Which of these a member supports."""
        ...


class Memories(Protocol):
    """What can be found again, by the words in it."""

    async def keep(self, memory: Memory) -> None:
        """Remember this, in place of what was remembered of the same subject."""
        ...

    async def reduce(self, memory: Memory) -> None:
        """The same where something was taken back: no word that is not in it any more is left anywhere."""
        ...

    async def forget(self, kind: MemoryKind, subject: int) -> None:
        """Remember it no longer; nothing where it was not."""
        ...

    async def get(self, memory: MemoryId) -> Memory:
        """Raises KeyError."""
        ...

    async def search(
        self, words: Sequence[str], place: Place | None, most: int, every: bool = True
    ) -> Sequence[Memory]:
        """What holds `every` one of these words, in any of their forms, or else any of them; what fits best first.

        Whoever asks in a `place` finds what may be found there, and what may be found anywhere. The last word may be
        the beginning of one.
        """
        ...
