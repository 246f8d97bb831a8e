"""Takeaways on record, and who supports them."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.events import EventId
from bot.domain.people import MemberId
from bot.domain.places import ChapterId
from bot.domain.prompts import PostingId
from bot.domain.takeaways import Credit, Learnt, Takeaway, TakeawayId, TakeawayState
from storage import takeaway_tables as tables
from storage.given import among, values
from storage.upsert import upsert

_takeaways, _supports = tables.takeaways.c, tables.supports.c

_support = (
    select(func.count())
    # Somebody's other account may have supported it before the two were linked.
    .where(_supports.takeaway_id == _takeaways.id, _supports.member_id != _takeaways.author_id)
    .correlate(tables.takeaways)
    .scalar_subquery()
    .label("support")
)
_ALL = select(tables.takeaways, _support)
_KEPT = _ALL.where(_takeaways.state == TakeawayState.KEPT)
_BY_SUPPORT = (_support.desc(), _takeaways.at, _takeaways.id)
_GET = _ALL.where(_takeaways.id == bindparam("takeaway"))
_LOCK = _GET.with_for_update(of=tables.takeaways)
_MOVE = (
    update(tables.takeaways)
    .where(_takeaways.id == bindparam("takeaway"), _takeaways.state == bindparam("before"))
    .values(state=bindparam("after"), credit=bindparam("credited"))
)


class Takeaways:
    """What was learnt, and who would have said the same."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, learnt: Learnt) -> TakeawayId:
        kept = {
            "chapter_id": learnt.chapter,
            "event_id": learnt.event,
            "posting_id": learnt.posting,
            "text": learnt.text,
            "author_id": learnt.author,
            "credit": learnt.credit,
            "keeper_id": learnt.keeper,
            "state": learnt.state,
            "at": learnt.at,
            "origin": learnt.origin,
        }
        columns = (literal(value, _takeaways[name].type).label(name) for name, value in kept.items())
        statement = upsert(tables.takeaways, select(*columns), ["origin"]).returning(_takeaways.id)
        added = await self._connection.scalar(statement)
        if added is None:
            there = await self._connection.execute(select(_takeaways.id).where(_takeaways.origin == learnt.origin))
            added = there.scalar_one()
        return TakeawayId(added)

    async def get(self, takeaway: TakeawayId) -> Takeaway:
        return await self._one(_GET, takeaway)

    async def find(self, origin: str) -> Takeaway | None:
        row = (await self._connection.execute(_ALL.where(_takeaways.origin == origin))).one_or_none()
        return None if row is None else _takeaway(row)

    async def lock(self, takeaway: TakeawayId) -> Takeaway:
        return await self._one(_LOCK, takeaway)

    async def move(self, takeaway: TakeawayId, before: TakeawayState, after: TakeawayState, credit: Credit) -> bool:
        statement = _MOVE.values(text="") if after is TakeawayState.WITHDRAWN else _MOVE
        moving = {"takeaway": takeaway, "before": before, "after": after, "credited": credit}
        return (await self._connection.execute(statement, moving)).rowcount == 1

    async def of_event(self, event: EventId) -> Sequence[Takeaway]:
        return await self._several(_KEPT.where(_takeaways.event_id == event).order_by(*_BY_SUPPORT))

    async def of_posting(self, posting: PostingId) -> Sequence[Takeaway]:
        return await self._several(_KEPT.where(_takeaways.posting_id == posting).order_by(*_BY_SUPPORT))

    async def of_author(self, author: MemberId, most: int) -> Sequence[Takeaway]:
        theirs = _ALL.where(_takeaways.author_id == author, _takeaways.state != TakeawayState.WITHDRAWN)
        return await self._several(theirs.order_by(_takeaways.id.desc()).limit(most))

    async def latest(self, most: int) -> Sequence[Takeaway]:
        return await self._several(_KEPT.order_by(_takeaways.id.desc()).limit(most))

    async def support(self, takeaway: TakeawayId, member: MemberId, on: bool) -> bool:
        if on:
            one = select(
                literal(takeaway, _supports.takeaway_id.type).label("takeaway_id"),
                literal(member, _supports.member_id.type).label("member_id"),
            )
            done = await self._connection.execute(upsert(tables.supports, one, ["takeaway_id", "member_id"]))
        else:
            theirs = (_supports.takeaway_id == takeaway) & (_supports.member_id == member)
            done = await self._connection.execute(delete(tables.supports).where(theirs))
        return done.rowcount == 1

    async def supported(self, member: MemberId, takeaways: Collection[TakeawayId]) -> Collection[TakeawayId]:
        theirs = select(_supports.takeaway_id).where(
            _supports.member_id == member, among(_supports.takeaway_id, "takeaways")
        )
        found = await self._connection.scalars(theirs, {"takeaways": values(takeaways)})
        return {TakeawayId(each) for each in found}

    async def _one(self, query: Any, takeaway: TakeawayId) -> Takeaway:
        row = (await self._connection.execute(query, {"takeaway": takeaway})).one_or_none()
        if row is None:
            raise KeyError(takeaway)
        return _takeaway(row)

    async def _several(self, query: Any) -> Sequence[Takeaway]:
        return [_takeaway(row) for row in await self._connection.execute(query)]


def _takeaway(row: Row[Any]) -> Takeaway:
    return Takeaway(
        TakeawayId(row.id),
        ChapterId(row.chapter_id),
        None if row.event_id is None else EventId(row.event_id),
        None if row.posting_id is None else PostingId(row.posting_id),
        row.text,
        MemberId(row.author_id),
        row.credit,
        MemberId(row.keeper_id),
        row.state,
        row.at,
        row.support,
    )
