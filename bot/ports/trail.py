"""The audit trail on record: what organisers did, to be added to and never to be changed."""

from collections.abc import Sequence
from typing import Protocol

from bot.domain.deeds import Deed, DeedId, Search


class Trail(Protocol):
    """The audit trail. Nothing in it is ever changed or removed, and the database itself sees to that."""

    async def note(self, deed: Deed) -> None:
        """Add a deed; one of the same origin is noted once, however often its call was delivered."""
        ...

    async def read(self, search: Search, most: int, before: DeedId | None = None) -> Sequence[Deed]:
        """The newest deeds that are looked for, newest first; only those before one where it is named."""
        ...

    async def count(self, search: Search) -> int:
        """How many there are."""
        ...
