"""Write-ups on record."""

from collections.abc import Collection, Sequence
from typing import Protocol

from bot.domain.events import EventId
from bot.domain.people import MemberId
from bot.domain.places import ChapterId
from bot.domain.writeups import Writeup, WriteupId


class Writeups(Protocol):
    """What organisers have said of write-ups, one for each event."""

    async def begin(self, event: EventId, chapter: ChapterId, title: str, writer: MemberId) -> WriteupId:
        """Begin an event's write-up; the one that it has already where somebody has begun it."""
        ...

    async def get(self, writeup: WriteupId) -> Writeup:
        """Raises KeyError."""
        ...

    async def lock(self, writeup: WriteupId) -> Writeup:
        """The same, held against other writers until the transaction ends; raises KeyError."""
        ...

    async def of(self, event: EventId) -> Writeup | None:
        """An event's write-up, where it has one."""
        ...

    async def published(self, events: Collection[EventId]) -> Sequence[Writeup]:
        """The write-ups of these events that are published."""
        ...

    async def latest(self, chapter: ChapterId, most: int) -> Sequence[Writeup]:
        """A chapter's published write-ups, the latest first."""
        ...

    async def put(self, writeup: Writeup) -> None:
        """Replace what is on record of a write-up; raises KeyError."""
        ...
