"""Write-ups on record."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Integer, Row, bindparam, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.events import EventId
from bot.domain.people import MemberId
from bot.domain.places import ChapterId
from bot.domain.writeups import Writeup, WriteupId, WriteupState
from storage.given import among, values
from storage.upsert import upsert
from storage.writeup_tables import writeups

_writeups = writeups.c
_GET = select(writeups).where(_writeups.id == bindparam("writeup"))
_LOCK = _GET.with_for_update(of=writeups)
_OF = select(writeups).where(_writeups.event_id == bindparam("event"))

_published = _writeups.state == WriteupState.PUBLISHED
_PUBLISHED = select(writeups).where(among(_writeups.event_id, "events"), _published).order_by(_writeups.id)
_LATEST = (
    select(writeups)
    .where(_writeups.chapter_id == bindparam("chapter"), _published)
    .order_by(_writeups.published.desc(), _writeups.id.desc())
    .limit(bindparam("most", type_=Integer))
)


class Writeups:
    """What organisers have said of write-ups, one for each event."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def begin(self, event: EventId, chapter: ChapterId, title: str, writer: MemberId) -> WriteupId:
        begun = {
            "event_id": event,
            "chapter_id": chapter,
            "title": title,
            "writer_id": writer,
            "state": WriteupState.DRAFT,
            "opening": "",
            "closing": "",
            "left_out": [],
            "version": 1,
        }
        columns = (literal(value, _writeups[name].type).label(name) for name, value in begun.items())
        added = await self._connection.scalar(upsert(writeups, select(*columns), ["event_id"]).returning(_writeups.id))
        if added is None:
            added = (await self._connection.execute(_OF, {"event": event})).one().id
        return WriteupId(added)

    async def get(self, writeup: WriteupId) -> Writeup:
        return await self._one(_GET, writeup)

    async def lock(self, writeup: WriteupId) -> Writeup:
        return await self._one(_LOCK, writeup)

    async def of(self, event: EventId) -> Writeup | None:
        row = (await self._connection.execute(_OF, {"event": event})).one_or_none()
        return None if row is None else _writeup(row)

    async def published(self, events: Collection[EventId]) -> Sequence[Writeup]:
        return [_writeup(row) for row in await self._connection.execute(_PUBLISHED, {"events": values(events)})]

    async def latest(self, chapter: ChapterId, most: int) -> Sequence[Writeup]:
        return [_writeup(row) for row in await self._connection.execute(_LATEST, {"chapter": chapter, "most": most})]

    async def put(self, writeup: Writeup) -> None:
        changed = {
            "title": writeup.title,
            "state": writeup.state,
            "opening": writeup.opening,
            "closing": writeup.closing,
            "left_out": sorted(writeup.left_out),
            "version": writeup.version,
            "published": writeup.published,
        }
        put = await self._connection.execute(update(writeups).where(_writeups.id == writeup.id).values(**changed))
        if put.rowcount == 0:
            raise KeyError(writeup.id)

    async def _one(self, query: Any, writeup: WriteupId) -> Writeup:
        row = (await self._connection.execute(query, {"writeup": writeup})).one_or_none()
        if row is None:
            raise KeyError(writeup)
        return _writeup(row)


def _writeup(row: Row[Any]) -> Writeup:
    return Writeup(
        WriteupId(row.id),
        EventId(row.event_id),
        ChapterId(row.chapter_id),
        row.title,
        MemberId(row.writer_id),
        row.state,
        row.opening,
        row.closing,
        frozenset(row.left_out),
        row.version,
        row.published,
    )
