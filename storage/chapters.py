"""Chapters on record, with their homes."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, func, literal, select, true, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.leads import Lead
from bot.domain.people import MemberId, Platform
from bot.domain.places import Chapter, ChapterId, Home, Place
from storage import schema
from storage.chapter_tables import chapter_members
from storage.given import given, rows
from storage.upsert import upsert

_chapters, _homes, _members = schema.chapters.c, schema.homes.c, chapter_members.c

_NOWHERE = ""
"""The place of a chapter that has no home on a platform because somebody said so."""

_joining = select(given("joining", *_members))
_JOIN = upsert(chapter_members, _joining, ["chapter_id", "member_id"])
_JOIN_ANEW = (
    insert(chapter_members)
    .from_select([each.name for each in _joining.selected_columns], _joining.where(true()))
    .on_conflict_do_update(index_elements=["chapter_id", "member_id"], set_={"gone": False}, where=_members.gone)
)

_WITH_HOMES = (
    select(schema.chapters, _homes.platform, _homes.place_key, _homes.name.label("home"), _homes.chosen)
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

    async def lock(self, chapter: ChapterId) -> Chapter:
        # Whoever answers its events meanwhile, and joins it by that, is not held up.
        alone = select(_chapters.id).where(_chapters.id == chapter).with_for_update(key_share=True)
        await self._connection.execute(alone)
        return await self.get(chapter)

    async def add(self, name: str, zone: ZoneInfo, leads: Sequence[Lead], origin: str = "") -> ChapterId:
        return await self._add(name, zone, leads, {"origin": origin or None})

    async def found(self, name: str, zone: ZoneInfo, leads: Sequence[Lead]) -> Chapter:
        founded = await self._connection.scalar(select(_chapters.id).where(_chapters.founded == name))
        if founded is None:
            founded = await self._add(name, zone, leads, {"founded": name})
            taken = update(schema.chapters).where(_chapters.id == founded).values(founded=name)
            await self._connection.execute(taken)
        return await self.get(ChapterId(founded))

    async def made(self, origin: str) -> ChapterId | None:
        made = await self._connection.scalar(select(_chapters.id).where(_chapters.origin == origin))
        return None if made is None else ChapterId(made)

    async def put(self, chapter: Chapter) -> None:
        changed = update(schema.chapters).where(_chapters.id == chapter.id)
        leads = [asdict(lead) for lead in chapter.leads]
        changed = changed.values(name=chapter.name, zone=chapter.zone.key, leads=leads)
        if (await self._connection.execute(changed)).rowcount == 0:
            raise KeyError(chapter.id)

    async def settle(self, chapter: ChapterId, home: Home) -> None:
        await self._settle(chapter, home.place, home.name, home.chosen)

    async def unsettle(self, chapter: ChapterId, platform: Platform) -> None:
        await self._settle(chapter, Place(platform, _NOWHERE), "", True)

    async def join(self, members: Collection[tuple[ChapterId, MemberId]], *, anew: bool) -> None:
        if members:
            joining = rows(
                {"chapter_id": chapter, "member_id": member, "gone": False} for chapter, member in sorted(set(members))
            )
            await self._connection.execute(_JOIN_ANEW if anew else _JOIN, {"joining": joining})

    async def leave(self, chapter: ChapterId, member: MemberId) -> bool:
        theirs = (_members.chapter_id == chapter) & (_members.member_id == member) & ~_members.gone
        left = await self._connection.execute(update(chapter_members).where(theirs).values(gone=True))
        return left.rowcount == 1

    async def joined(self, member: MemberId) -> frozenset[ChapterId]:
        found = select(_members.chapter_id).where(_members.member_id == member, ~_members.gone)
        return frozenset(map(ChapterId, await self._connection.scalars(found)))

    async def members(self, chapter: ChapterId) -> Sequence[MemberId]:
        found = select(_members.member_id).where(_members.chapter_id == chapter, ~_members.gone)
        return [MemberId(member) for member in await self._connection.scalars(found.order_by(_members.member_id))]

    async def sizes(self) -> Mapping[ChapterId, int]:
        counted = select(_members.chapter_id, func.count().label("members")).where(~_members.gone)
        found = await self._connection.execute(counted.group_by(_members.chapter_id))
        return {ChapterId(row.chapter_id): row.members for row in found}

    async def _add(self, name: str, zone: ZoneInfo, leads: Sequence[Lead], more: Mapping[str, str | None]) -> ChapterId:
        said = {"name": name, "zone": zone.key, "leads": [asdict(lead) for lead in leads], **more}
        columns = (literal(value, _chapters[each].type).label(each) for each, value in said.items())
        added = await self._connection.scalar(
            upsert(schema.chapters, select(*columns), ["name"]).returning(_chapters.id)
        )
        if added is not None:
            return ChapterId(added)
        there = await self._connection.execute(select(_chapters.id).where(_chapters.name == name))
        return ChapterId(there.scalar_one())

    async def _settle(self, chapter: ChapterId, place: Place, name: str, chosen: bool) -> None:
        settled = select(
            literal(chapter, _homes.chapter_id.type).label("chapter_id"),
            literal(place.platform).label("platform"),
            literal(place.key).label("place_key"),
            literal(name).label("name"),
            literal(chosen, _homes.chosen.type).label("chosen"),
        )
        statement = upsert(schema.homes, settled, ["chapter_id", "platform"], take=["place_key", "name", "chosen"])
        await self._connection.execute(statement)


def _read(found: Iterable[Row[Any]]) -> Iterable[Chapter]:
    """One chapter from the rows of its homes, of which a chapter without any has a single empty one."""
    for _, group in groupby(found, key=lambda row: row.id):
        lines = list(group)
        homes = tuple(
            Home(Place(Platform(row.platform), row.place_key), row.home, row.chosen) for row in lines if row.place_key
        )
        without = frozenset(Platform(row.platform) for row in lines if row.place_key == _NOWHERE)
        first = lines[0]
        leads = tuple(Lead(**lead) for lead in first.leads)
        yield Chapter(ChapterId(first.id), first.name, ZoneInfo(first.zone), homes, leads, without, first.founded or "")
