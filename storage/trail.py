"""The audit trail on record."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import ColumnElement, Row, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.deeds import Deed, DeedId, Difference, Search
from bot.domain.people import MemberId, Platform
from bot.domain.places import ChapterId
from storage.deed_tables import deeds
from storage.given import among, values
from storage.upsert import upsert

_deeds = deeds.c


class Trail:
    """The audit trail."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def note(self, deed: Deed) -> None:
        noted = {
            "at": deed.at,
            "member_id": deed.member,
            "platform": deed.platform,
            "command": deed.command,
            "words": deed.words,
            "kind": deed.kind,
            "subject": deed.subject,
            "title": deed.title,
            "chapter_id": deed.chapter,
            "whom_id": deed.whom,
            "differences": [asdict(difference) for difference in deed.differences],
            "origin": deed.origin,
        }
        columns = (literal(value, _deeds[name].type).label(name) for name, value in noted.items())
        await self._connection.execute(upsert(deeds, select(*columns), ["origin"]))

    async def read(self, search: Search, most: int, before: DeedId | None = None) -> Sequence[Deed]:
        query = select(deeds).where(*_where(search)).order_by(_deeds.id.desc()).limit(most)
        if before is not None:
            query = query.where(_deeds.id < before)
        return [_deed(row) for row in await self._connection.execute(query, _given(search))]

    async def count(self, search: Search) -> int:
        counted = select(func.count()).select_from(deeds).where(*_where(search))
        return await self._connection.scalar(counted, _given(search)) or 0


def _where(search: Search) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if search.subject is not None:
        wanted += [_deeds.kind == search.kind, _deeds.subject == search.subject]
    if search.member is not None:
        wanted.append(or_(_deeds.member_id == search.member, _deeds.whom_id == search.member))
    if search.chapters is not None:
        wanted.append(among(_deeds.chapter_id, "chapters"))
    return wanted


def _given(search: Search) -> dict[str, str]:
    return {} if search.chapters is None else {"chapters": values(sorted(search.chapters))}


def _deed(row: Row[Any]) -> Deed:
    return Deed(
        row.at,
        MemberId(row.member_id),
        Platform(row.platform),
        row.command,
        row.words,
        row.kind,
        row.subject,
        row.title,
        None if row.chapter_id is None else ChapterId(row.chapter_id),
        None if row.whom_id is None else MemberId(row.whom_id),
        tuple(Difference(**difference) for difference in row.differences),
        row.origin,
        DeedId(row.id),
    )
