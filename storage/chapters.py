"""Chapters on record, with their homes."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.leads import Lead
from bot.domain.people import Platform
from bot.domain.places import Chapter, ChapterId, Home, Place
from storage import schema
from storage.upsert import upsert

_chapters, _homes = schema.chapters.c, schema.homes.c

_WITH_HOMES = (
    select(schema.chapters, _homes.platform, _homes.place_key, _homes.name.label("home"))
    .outerjoin(schema.homes)
    .order_by(_chapters.id, _homes.platform)
)


class Chapters:
    """The chapters of the community."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def all(self) -> Sequence[Chapter]:
        chapters = _read(await self._connection.execute(_WITH_HOMES))
        # Sorted here, since each database has an alphabet of its own.
        return sorted(chapters, key=lambda chapter: (chapter.name.casefold(), chapter.id))

    async def get(self, chapter: ChapterId) -> Chapter:
        for found in _read(await self._connection.execute(_WITH_HOMES.where(_chapters.id == chapter))):
            return found
        raise KeyError(chapter)

    async def add(self, name: str, zone: ZoneInfo, leads: Sequence[Lead]) -> ChapterId:
        chapter = select(
            literal(name).label("name"),
            literal(zone.key).label("zone"),
            literal([asdict(lead) for lead in leads], _chapters.leads.type).label("leads"),
        )
        added = await self._connection.scalar(upsert(schema.chapters, chapter, ["name"]).returning(_chapters.id))
        if added is not None:
            return ChapterId(added)
        there = await self._connection.execute(select(_chapters.id).where(_chapters.name == name))
        return ChapterId(there.scalar_one())

    async def settle(self, chapter: ChapterId, home: Home) -> None:
        settled = select(
            literal(chapter, _homes.chapter_id.type).label("chapter_id"),
            literal(home.place.platform).label("platform"),
            literal(home.place.key).label("place_key"),
            literal(home.name).label("name"),
        )
        statement = upsert(schema.homes, settled, ["chapter_id", "platform"], take=["place_key", "name"])
        await self._connection.execute(statement)


def _read(found: Iterable[Row[Any]]) -> Iterable[Chapter]:
    """One chapter from the rows of its homes, of which a chapter without any has a single empty one."""
    for _, group in groupby(found, key=lambda row: row.id):
        lines = list(group)
        homes = tuple(
            Home(Place(Platform(row.platform), row.place_key), row.home) for row in lines if row.platform is not None
        )
        leads = tuple(Lead(**lead) for lead in lines[0].leads)
        yield Chapter(ChapterId(lines[0].id), lines[0].name, ZoneInfo(lines[0].zone), homes, leads)
