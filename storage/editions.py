"""Editions on record: what events said in earlier versions."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Row, and_, bindparam, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.events import Event
from storage import schema
from storage.upsert import upsert

_editions = schema.editions.c

_GET = select(schema.editions).where(
    _editions.event_id == bindparam("event"), _editions.version == bindparam("version")
)
_ALL = select(schema.editions).where(_editions.event_id == bindparam("event")).order_by(_editions.version)


class Editions:
    """What events said in earlier versions."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def keep(self, event: Event) -> None:
        said = {
            "event_id": event.id,
            "version": event.version,
            "title": event.title,
            "starts": event.starts,
            "timed": event.timed,
            "venue": event.venue,
            "about": event.about,
            "seats": event.seats,
            "finish": event.finish,
            "closes": event.closes,
            "question": event.question,
            "guests": event.guests,
            "offered": event.offered,
        }
        columns = (literal(value, _editions[name].type).label(name) for name, value in said.items())
        await self._connection.execute(upsert(schema.editions, select(*columns), ["event_id", "version"]))

    async def get(self, event: Event, version: int) -> Event:
        if version == event.version:
            return event
        row = (await self._connection.execute(_GET, {"event": event.id, "version": version})).one_or_none()
        if row is None:
            raise KeyError(version)
        return _edition(event, row)

    async def all(self, event: Event) -> Sequence[Event]:
        return [_edition(event, row) for row in await self._connection.execute(_ALL, {"event": event.id})]

    async def restart(self, event: Event) -> None:
        there = and_(_editions.event_id == event.id, _editions.version == event.version)
        await self._connection.execute(update(schema.editions).where(there).values(starts=event.starts))


def _edition(event: Event, row: Row[Any]) -> Event:
    return replace(
        event,
        version=row.version,
        title=row.title,
        starts=row.starts,
        timed=row.timed,
        venue=row.venue,
        about=row.about,
        seats=row.seats,
        finish=row.finish,
        closes=row.closes,
        question=row.question,
        guests=row.guests,
        offered=row.offered,
    )
