"""Arrivals on record: who came to an event."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.arrivals import Arrival, ArrivalId
from bot.domain.events import EventId
from bot.domain.people import MemberId
from storage.door_tables import arrivals

_arrivals = arrivals.c


class Arrivals:
    """Who came. Whoever writes holds the event, so that what is read here stays true until it is written."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, event: EventId) -> Sequence[Arrival]:
        query = select(arrivals).where(_arrivals.event_id == event).order_by(_arrivals.id)
        return [_arrival(row) for row in await self._connection.execute(query)]

    async def members(self, event: EventId, came: Collection[tuple[MemberId, int]]) -> None:
        known = {arrival.member: arrival for arrival in await self.of(event)}
        new = [
            {"event_id": event, "member_id": member, "name": "", "guests": guests}
            for member, guests in dict(came).items()
            if member not in known
        ]
        if new:
            await self._connection.execute(insert(arrivals), new)
        for member, guests in came:
            if member in known and known[member].guests != guests:
                await self._change(known[member].id, guests)

    async def named(self, event: EventId, name: str, guests: int) -> None:
        known = [each for each in await self.of(event) if each.member is None and each.name == name]
        if known:
            await self._change(known[0].id, guests)
        else:
            new = {"event_id": event, "member_id": None, "name": name, "guests": guests}
            await self._connection.execute(insert(arrivals), [new])

    async def drop(self, event: EventId, arrival: ArrivalId) -> bool:
        dropped = delete(arrivals).where(_arrivals.event_id == event, _arrivals.id == arrival)
        return (await self._connection.execute(dropped)).rowcount > 0

    async def clear(self, event: EventId) -> int:
        return (await self._connection.execute(delete(arrivals).where(_arrivals.event_id == event))).rowcount

    async def _change(self, arrival: ArrivalId, guests: int) -> None:
        await self._connection.execute(update(arrivals).where(_arrivals.id == arrival).values(guests=guests))


def _arrival(row: Row[Any]) -> Arrival:
    member = None if row.member_id is None else MemberId(row.member_id)
    return Arrival(ArrivalId(row.id), EventId(row.event_id), member, row.name, row.guests)
