"""Memories on record: found by their words, with SQLite's FTS5 and PostgreSQL's text search."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, bindparam, delete, literal, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.likeness import folded
from bot.domain.memories import Memory, MemoryId, MemoryKind
from bot.domain.people import Platform
from bot.domain.places import ChapterId, Place
from storage import takeaway_tables as tables
from storage.upsert import upsert

_memories = tables.memories.c

_GET = select(tables.memories).where(_memories.id == bindparam("memory"))

_UNINDEX = text("DELETE FROM memory_words WHERE rowid = :memory")

_TIDY = text("INSERT INTO memory_words (memory_words) VALUES ('optimize')")

# The one thing that no SQL says for both: how words are kept for searching, and how they are searched. What the two
# would each do in their own way, parting words and taking off accents, is done before: see `folded`.
_INDEX = {
    "sqlite": text("INSERT INTO memory_words (rowid, title, words) VALUES (:memory, :title, :words)"),
    "postgresql": text(
        "INSERT INTO memory_words (rowid, words) VALUES (:memory, "
        "setweight(to_tsvector('english', :title), 'A') || setweight(to_tsvector('english', :words), 'D'))"
    ),
}
_VISIBLE = "(memories.platform IS NULL OR (memories.platform = :platform AND memories.place_key = :place_key))"
_SEARCH = {
    "sqlite": text(
        "SELECT memories.* FROM memory_words JOIN memories ON memories.id = memory_words.rowid "
        f"WHERE memory_words MATCH :query AND {_VISIBLE} ORDER BY bm25(memory_words, 4.0, 1.0), memories.id DESC "
        "LIMIT :most"
    ),
    "postgresql": text(
        "SELECT memories.* FROM memory_words JOIN memories ON memories.id = memory_words.rowid, "
        "to_tsquery('english', :query) AS query "
        f"WHERE memory_words.words @@ query AND {_VISIBLE} "
        "ORDER BY ts_rank_cd(memory_words.words, query) DESC, memories.id DESC LIMIT :most"
    ),
}


class Memories:
    """What can be found again, by the words in it."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def keep(self, memory: Memory) -> None:
        kept = {
            "kind": memory.kind,
            "subject": memory.subject,
            "chapter_id": memory.chapter,
            "title": memory.title,
            "words": memory.words,
            "at": memory.at,
            "platform": memory.place and memory.place.platform,
            "place_key": memory.place and memory.place.key,
        }
        columns = [literal(value, _memories[name].type).label(name) for name, value in kept.items()]
        statement = upsert(tables.memories, select(*columns), ["kind", "subject"], take=list(kept)[2:])
        number = (await self._connection.execute(statement.returning(_memories.id))).scalar_one()
        await self._connection.execute(_UNINDEX, {"memory": number})
        indexed = {"memory": number, "title": folded(memory.title), "words": folded(memory.words)}
        await self._connection.execute(_INDEX[self._dialect], indexed)

    async def reduce(self, memory: Memory) -> None:
        await self.keep(memory)
        await self._tidy()

    async def forget(self, kind: MemoryKind, subject: int) -> None:
        forgotten = delete(tables.memories).where(_memories.kind == kind, _memories.subject == subject)
        for number in await self._connection.scalars(forgotten.returning(_memories.id)):
            await self._connection.execute(_UNINDEX, {"memory": number})
            await self._tidy()

    async def get(self, memory: MemoryId) -> Memory:
        row = (await self._connection.execute(_GET, {"memory": memory})).one_or_none()
        if row is None:
            raise KeyError(memory)
        return _memory(row)

    async def search(
        self, words: Sequence[str], place: Place | None, most: int, every: bool = True
    ) -> Sequence[Memory]:
        # Letters and figures alone, which neither database's query language can take for anything else.
        told = [part for word in words for part in folded(word).split()]
        if not told:
            return ()
        asked = {
            "query": _query(self._dialect, told, every),
            "platform": place.platform if place else "",
            "place_key": place.key if place else "",
            "most": most,
        }
        columns = _SEARCH[self._dialect].columns(*tables.memories.c)
        return [_memory(row) for row in await self._connection.execute(columns, asked)]

    async def _tidy(self) -> None:
        if self._dialect == "sqlite":
            # FTS5 only marks words as gone; whoever withdraws what they said wants them out of the file.
            await self._connection.execute(_TIDY)

    @property
    def _dialect(self) -> str:
        return self._connection.dialect.name


def _query(dialect: str, words: Sequence[str], every: bool) -> str:
    """What to search for, in the database's own language; the last word may be the beginning of one."""
    if dialect == "sqlite":
        quoted = [f'"{word}"' for word in words]
        return (" AND " if every else " OR ").join([*quoted[:-1], f"({quoted[-1]} OR {quoted[-1]}*)"])
    quoted = [f"'{word}'" for word in words]
    return (" & " if every else " | ").join([*quoted[:-1], f"({quoted[-1]} | {quoted[-1]}:*)"])


def _memory(row: Row[Any]) -> Memory:
    return Memory(
        row.kind,
        row.subject,
        ChapterId(row.chapter_id),
        row.title,
        row.words,
        row.at,
        None if row.platform is None else Place(Platform(row.platform), row.place_key),
        MemoryId(row.id),
    )
