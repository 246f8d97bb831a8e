"""Arrivals on record: who came to an event."""

from collections.abc import Collection, Sequence
from typing import Protocol

from bot.domain.arrivals import Arrival, ArrivalId
from bot.domain.events import EventId
from bot.domain.people import MemberId


class Arrivals(Protocol):
    """Who came; each member once to an event, and each name that stands for nobody known."""

    async def of(self, event: EventId) -> Sequence[Arrival]:
        """In the order in which they were ticked off."""
        ...

    async def members(self, event: EventId, came: Collection[tuple[MemberId, int]]) -> None:
        """Tick members off, each with so many guests; whoever is ticked off already comes with so many from now on."""
        ...

    async def named(self, event: EventId, name: str, guests: int) -> None:
        """The same for somebody without an account."""
        ...

    async def drop(self, event: EventId, arrival: ArrivalId) -> bool:
        """Take a tick back; False where there is none."""
        ...

    async def clear(self, event: EventId) -> int:
        """Take all ticks back; how many there were."""
        ...
