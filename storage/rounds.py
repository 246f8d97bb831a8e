"""Rounds on record, what was written in them, and who supports it."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, Table, delete, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.events import EventId
from bot.domain.people import MemberId
from bot.domain.places import ChapterId
from bot.domain.rounds import Entry, EntryId, Round, RoundId, RoundState, Start, Written
from bot.domain.takeaways import Credit
from storage import round_tables as tables
from storage.upsert import upsert

_rounds, _entries, _supports = tables.rounds.c, tables.entries.c, tables.entry_supports.c

_support = (
    select(func.count())
    # Whoever turns out to be the author, once their accounts are linked, counts as that alone.
    .where(_supports.entry_id == _entries.id, _supports.member_id != _entries.author_id)
    .correlate(tables.entries)
    .scalar_subquery()
    .label("support")
)
_KEY = ["entry_id", "member_id"]
_ENTRIES = select(tables.entries, _support).order_by(_entries.id)


class Rounds:
    """Rounds, their entries, and who would have said the same."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def start(self, start: Start) -> RoundId:
        kept = {
            "chapter_id": start.chapter,
            "event_id": start.event,
            "title": start.title,
            "columns": "\n".join(start.columns),
            "starter_id": start.starter,
            "state": RoundState.OPEN,
            "at": start.at,
            "origin": start.origin,
        }
        return RoundId(await self._once(tables.rounds, kept))

    async def made(self, origin: str) -> RoundId | None:
        found = await self._connection.scalar(select(_rounds.id).where(_rounds.origin == origin))
        return None if found is None else RoundId(found)

    async def get(self, number: RoundId) -> Round:
        return await self._one(select(tables.rounds), number)

    async def lock(self, number: RoundId) -> Round:
        return await self._one(select(tables.rounds).with_for_update(), number)

    async def move(self, number: RoundId, before: RoundState, after: RoundState) -> bool:
        moving = update(tables.rounds).where(_rounds.id == number, _rounds.state == before).values(state=after)
        return (await self._connection.execute(moving)).rowcount == 1

    async def latest(self, states: Collection[RoundState], most: int) -> Sequence[Round]:
        query = select(tables.rounds).where(_rounds.state.in_(states)).order_by(_rounds.id.desc()).limit(most)
        return [_round(row) for row in await self._connection.execute(query)]

    async def about(self, event: EventId) -> Sequence[Round]:
        query = select(tables.rounds).where(_rounds.event_id == event).order_by(_rounds.id)
        return [_round(row) for row in await self._connection.execute(query)]

    async def write(self, written: Written) -> EntryId:
        kept = {
            "round_id": written.round,
            "position": written.column,
            "text": written.text,
            "author_id": written.author,
            "credit": Credit.UNNAMED,
            "at": written.at,
            "origin": written.origin,
        }
        return EntryId(await self._once(tables.entries, kept))

    async def credit(self, entry: EntryId, credit: Credit) -> None:
        await self._connection.execute(update(tables.entries).where(_entries.id == entry).values(credit=credit))

    async def drop(self, entry: EntryId) -> bool:
        await self._connection.execute(delete(tables.entry_supports).where(_supports.entry_id == entry))
        return (await self._connection.execute(delete(tables.entries).where(_entries.id == entry))).rowcount == 1

    async def entries(self, number: RoundId) -> Sequence[Entry]:
        return await self._several(_ENTRIES.where(_entries.round_id == number))

    async def of_author(self, author: MemberId) -> Sequence[Entry]:
        return await self._several(_ENTRIES.where(_entries.author_id == author))

    async def hand_on(self, entry: EntryId) -> bool:
        author = select(_entries.author_id).where(_entries.id == entry).scalar_subquery()
        others = (_supports.entry_id == entry) & _supports.wrote & (_supports.member_id != author)
        heir = await self._connection.scalar(select(func.min(_supports.member_id)).where(others))
        if heir is None:
            return False
        theirs = (_supports.entry_id == entry) & (_supports.member_id == heir)
        await self._connection.execute(delete(tables.entry_supports).where(theirs))
        given = update(tables.entries).where(_entries.id == entry).values(author_id=heir, credit=Credit.UNNAMED)
        return (await self._connection.execute(given)).rowcount == 1

    async def disown(self, author: MemberId) -> None:
        theirs = update(tables.entry_supports).where(_supports.member_id == author, _supports.wrote)
        await self._connection.execute(theirs.values(wrote=False))

    async def say_too(self, entry: EntryId, member: MemberId) -> None:
        await self._connection.execute(
            upsert(tables.entry_supports, _supporting(entry, member, True), _KEY, take=["wrote"])
        )

    async def support(self, entry: EntryId, member: MemberId, on: bool) -> bool:
        if on:
            one = _supporting(entry, member, False)
            done = await self._connection.execute(upsert(tables.entry_supports, one, _KEY))
        else:
            theirs = (_supports.entry_id == entry) & (_supports.member_id == member)
            done = await self._connection.execute(delete(tables.entry_supports).where(theirs))
        return done.rowcount == 1

    async def supported(self, member: MemberId, number: RoundId) -> Collection[EntryId]:
        theirs = select(_supports.entry_id).join(tables.entries, _entries.id == _supports.entry_id)
        found = await self._connection.scalars(theirs.where(_supports.member_id == member, _entries.round_id == number))
        return {EntryId(each) for each in found}

    async def _once(self, table: Table, kept: Mapping[str, Any]) -> int:
        """The number of a row that is added, or that the same origin has added before."""
        columns = (literal(value, table.c[name].type).label(name) for name, value in kept.items())
        added = await self._connection.scalar(upsert(table, select(*columns), ["origin"]).returning(table.c.id))
        if added is None:
            there = await self._connection.execute(select(table.c.id).where(table.c.origin == kept["origin"]))
            added = there.scalar_one()
        return added

    async def _one(self, query: Any, number: RoundId) -> Round:
        row = (await self._connection.execute(query.where(_rounds.id == number))).one_or_none()
        if row is None:
            raise KeyError(number)
        return _round(row)

    async def _several(self, query: Any) -> Sequence[Entry]:
        return [_entry(row) for row in await self._connection.execute(query)]


def _supporting(entry: EntryId, member: MemberId, wrote: bool) -> Any:
    return select(
        literal(entry, _supports.entry_id.type).label("entry_id"),
        literal(member, _supports.member_id.type).label("member_id"),
        literal(wrote, _supports.wrote.type).label("wrote"),
    )


def _round(row: Row[Any]) -> Round:
    event = None if row.event_id is None else EventId(row.event_id)
    columns = tuple(row.columns.split("\n"))
    chapter, starter = ChapterId(row.chapter_id), MemberId(row.starter_id)
    return Round(RoundId(row.id), chapter, event, row.title, columns, starter, row.state, row.at)


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        EntryId(row.id),
        RoundId(row.round_id),
        row.position,
        row.text,
        MemberId(row.author_id),
        row.credit,
        row.at,
        row.support,
    )
