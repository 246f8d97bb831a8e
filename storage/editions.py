"""Editions on record: what events said in earlier versions."""

from dataclasses import replace

from sqlalchemy import bindparam, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.events import Event
from storage import schema
from storage.upsert import upsert

_editions = schema.editions.c

_GET = select(schema.editions).where(
    _editions.event_id == bindparam("event"), _editions.version == bindparam("version")
)


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
        return replace(
            event,
            version=version,
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
