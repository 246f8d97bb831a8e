"""Breakouts on record, and who was with whom in them."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, delete, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.breakouts import Breakout, BreakoutId, BreakoutState, Groups, Pair, Split
from bot.domain.events import EventId
from bot.domain.people import MemberId
from bot.domain.places import ChapterId
from storage import round_tables as tables
from storage.given import among, values
from storage.upsert import upsert

_breakouts, _people = tables.breakouts.c, tables.breakout_people.c
_other = tables.breakout_people.alias("other")

_MET = (
    select(_people.member_id.label("one"), _other.c.member_id.label("two"), func.count().label("times"))
    .join_from(
        tables.breakout_people,
        _other,
        (_other.c.breakout_id == _people.breakout_id)
        & (_other.c.position == _people.position)
        & (_other.c.member_id > _people.member_id),
    )
    .join(tables.breakouts, _breakouts.id == _people.breakout_id)
    .where(
        _breakouts.state == BreakoutState.POSTED,
        among(_people.member_id, "members"),
        among(_other.c.member_id, "members"),
    )
    .group_by(_people.member_id, _other.c.member_id)
)


class Breakouts:
    """Breakouts, and the people in their groups."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def begin(self, split: Split) -> BreakoutId:
        kept = {
            "chapter_id": split.chapter,
            "event_id": split.event,
            "who": split.who,
            "size": split.size,
            "questions": "\n".join(split.questions),
            "starter_id": split.starter,
            "state": BreakoutState.OPEN,
            "mix": 0,
            "at": split.at,
            "origin": split.origin,
        }
        columns = (literal(value, _breakouts[name].type).label(name) for name, value in kept.items())
        statement = upsert(tables.breakouts, select(*columns), ["origin"]).returning(_breakouts.id)
        begun = await self._connection.scalar(statement)
        if begun is None:
            there = await self._connection.execute(select(_breakouts.id).where(_breakouts.origin == split.origin))
            begun = there.scalar_one()
        return BreakoutId(begun)

    async def made(self, origin: str) -> BreakoutId | None:
        found = await self._connection.scalar(select(_breakouts.id).where(_breakouts.origin == origin))
        return None if found is None else BreakoutId(found)

    async def get(self, breakout: BreakoutId) -> Breakout:
        return await self._one(select(tables.breakouts), breakout)

    async def lock(self, breakout: BreakoutId) -> Breakout:
        return await self._one(select(tables.breakouts).with_for_update(), breakout)

    async def post(self, breakout: BreakoutId) -> bool:
        still = update(tables.breakouts).where(_breakouts.id == breakout, _breakouts.state == BreakoutState.OPEN)
        return (await self._connection.execute(still.values(state=BreakoutState.POSTED))).rowcount == 1

    async def join(self, breakout: BreakoutId, member: MemberId, on: bool) -> bool:
        if on:
            one = select(
                literal(breakout, _people.breakout_id.type).label("breakout_id"),
                literal(member, _people.member_id.type).label("member_id"),
            )
            done = await self._connection.execute(upsert(tables.breakout_people, one, ["breakout_id", "member_id"]))
        else:
            theirs = (_people.breakout_id == breakout) & (_people.member_id == member)
            done = await self._connection.execute(delete(tables.breakout_people).where(theirs))
        return done.rowcount == 1

    async def group(self, breakout: BreakoutId, groups: Groups, mix: int) -> None:
        await self._connection.execute(delete(tables.breakout_people).where(_people.breakout_id == breakout))
        placed = [
            {"breakout_id": breakout, "member_id": member, "position": number}
            for number, group in enumerate(groups)
            for member in group
        ]
        await self._connection.execute(insert(tables.breakout_people), placed)
        await self._connection.execute(update(tables.breakouts).where(_breakouts.id == breakout).values(mix=mix))

    async def people(self, breakout: BreakoutId) -> Mapping[MemberId, int | None]:
        query = select(_people.member_id, _people.position).where(_people.breakout_id == breakout)
        found = await self._connection.execute(query.order_by(_people.member_id))
        return {MemberId(row.member_id): row.position for row in found}

    async def met(self, members: Collection[MemberId]) -> Mapping[Pair, int]:
        found = await self._connection.execute(_MET, {"members": values(members)})
        return {frozenset((MemberId(row.one), MemberId(row.two))): row.times for row in found}

    async def with_member(self, member: MemberId) -> Sequence[Breakout]:
        theirs = select(_people.breakout_id).where(_people.member_id == member)
        query = select(tables.breakouts).where(_breakouts.id.in_(theirs)).order_by(_breakouts.id)
        return [_breakout(row) for row in await self._connection.execute(query)]

    async def _one(self, query: Any, breakout: BreakoutId) -> Breakout:
        row = (await self._connection.execute(query.where(_breakouts.id == breakout))).one_or_none()
        if row is None:
            raise KeyError(breakout)
        return _breakout(row)


def _breakout(row: Row[Any]) -> Breakout:
    return Breakout(
        BreakoutId(row.id),
        ChapterId(row.chapter_id),
        EventId(row.event_id),
        row.who,
        row.size,
        tuple(row.questions.splitlines()),
        MemberId(row.starter_id),
        row.state,
        row.mix,
        row.at,
    )
