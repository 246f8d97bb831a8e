"""Postings on record: what was posted of the decks, and where people stand."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, insert, literal, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.events import EventId
from bot.domain.people import MemberId
from bot.domain.places import ChapterId
from bot.domain.prompts import Post, Posting, PostingId, PromptId
from bot.domain.stances import Asking, Division, Stance, Stances
from storage import prompt_tables as tables
from storage.given import among, given, rows, values
from storage.upsert import upsert

_postings, _stances = tables.postings.c, tables.stances.c

_GET = select(tables.postings).where(_postings.id == bindparam("posting"))
_LOCK = select(tables.postings).where(among(_postings.id, "postings")).order_by(_postings.id).with_for_update()
_ASKING = (
    select(tables.postings)
    .where(_postings.stance, ~_postings.closed)
    .order_by(_postings.id.desc())
    .limit(bindparam("most"))
)
_DUE = (
    select(tables.postings)
    .where(_postings.turns <= bindparam("now"))
    .order_by(_postings.turns, _postings.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_NEXT = select(func.min(_postings.turns)).where(_postings.turns.is_not(None))

_COUNTS = (
    select(_stances.posting_id, _stances.asking, _stances.stance, func.count().label("members"))
    .where(among(_stances.posting_id, "postings"))
    .group_by(_stances.posting_id, _stances.asking, _stances.stance)
)
_before, _after = tables.stances.alias("before"), tables.stances.alias("after")
_PAIRS = (
    select(
        _before.c.posting_id,
        _before.c.stance.label("first"),
        _after.c.stance.label("again"),
        func.count().label("members"),
    )
    .join(_after, (_before.c.posting_id == _after.c.posting_id) & (_before.c.member_id == _after.c.member_id))
    .where(
        among(_before.c.posting_id, "postings"),
        _before.c.asking == Asking.FIRST,
        _after.c.asking == Asking.AGAIN,
    )
    .group_by(_before.c.posting_id, _before.c.stance, _after.c.stance)
)

_by = given("by", _stances.posting_id, _stances.member_id)
_TAKEN = select(tables.stances).join(
    _by, (_stances.posting_id == _by.c.posting_id) & (_stances.member_id == _by.c.member_id)
)
_left = given("left", _stances.posting_id, _stances.asking, _stances.member_id)
_key = (_stances.posting_id, _stances.asking, _stances.member_id)
_LEAVE = delete(tables.stances).where(tuple_(*_key).in_(select(*(_left.c[each.name] for each in _key))))
_taken = given("taken", *_stances)
_TAKE = insert(tables.stances).from_select([each.name for each in _stances], select(_taken))


class Postings:
    """What was posted of the decks, when and where."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, post: Post) -> tuple[PostingId, bool]:
        written = {
            "prompt_id": post.prompt.id,
            "chapter_id": post.prompt.chapter,
            "text": post.prompt.text,
            "posted": post.posted,
            "stance": post.prompt.stance,
            "asking": Asking.FIRST,
            "closed": False,
            "event_id": post.event,
            "asker_id": post.asker,
            "turns": post.turns,
            "origin": post.origin,
        }
        columns = (literal(value, _postings[name].type).label(name) for name, value in written.items())
        added = await self._connection.scalar(
            upsert(tables.postings, select(*columns), ["origin"]).returning(_postings.id)
        )
        if added is not None:
            return PostingId(added), True
        there = await self._connection.execute(select(_postings.id).where(_postings.origin == post.origin))
        return PostingId(there.scalar_one()), False

    async def get(self, posting: PostingId) -> Posting:
        row = (await self._connection.execute(_GET, {"posting": posting})).one_or_none()
        if row is None:
            raise KeyError(posting)
        return _posting(row)

    async def lock(self, postings: Collection[PostingId]) -> Mapping[PostingId, Posting]:
        found = await self._connection.execute(_LOCK, {"postings": values(postings)})
        return {(posting := _posting(row)).id: posting for row in found}

    async def put(self, posting: Posting) -> None:
        changed = {
            "asking": posting.asking,
            "closed": posting.closed,
            "turns": posting.turns,
            "event_id": posting.event,
        }
        put = await self._connection.execute(
            update(tables.postings).where(_postings.id == posting.id).values(**changed)
        )
        if put.rowcount == 0:
            raise KeyError(posting.id)

    async def of(
        self,
        chapter: ChapterId | None = None,
        event: EventId | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        prompt: PromptId | None = None,
        most: int = 100,
    ) -> Sequence[Posting]:
        query = select(tables.postings).order_by(_postings.posted.desc(), _postings.id.desc()).limit(most)
        if chapter is not None:
            query = query.where(_postings.chapter_id == chapter)
        if event is not None:
            query = query.where(_postings.event_id == event)
        if since is not None:
            query = query.where(_postings.posted >= since)
        if until is not None:
            query = query.where(_postings.posted < until)
        if prompt is not None:
            query = query.where(_postings.prompt_id == prompt)
        return [_posting(row) for row in await self._connection.execute(query)]

    async def asking(self, most: int = 100) -> Sequence[Posting]:
        return [_posting(row) for row in await self._connection.execute(_ASKING, {"most": most})]

    async def due(self, now: datetime, most: int) -> Sequence[Posting]:
        return [_posting(row) for row in await self._connection.execute(_DUE, {"now": now, "most": most})]

    async def next(self) -> datetime | None:
        return await self._connection.scalar(_NEXT)

    async def stances(self, postings: Collection[PostingId]) -> Mapping[PostingId, Stances]:
        wanted = {"postings": values(postings)}
        counts: defaultdict[tuple[int, Asking], dict[Stance, int]] = defaultdict(dict)
        for row in await self._connection.execute(_COUNTS, wanted):
            counts[row.posting_id, row.asking][row.stance] = row.members
        pairs: defaultdict[int, dict[tuple[Stance, Stance], int]] = defaultdict(dict)
        for row in await self._connection.execute(_PAIRS, wanted):
            pairs[row.posting_id][row.first, row.again] = row.members
        return {
            posting: Stances(
                Division(counts[posting, Asking.FIRST]), Division(counts[posting, Asking.AGAIN]), pairs[posting]
            )
            for posting in postings
        }

    async def taken(
        self, by: Collection[tuple[PostingId, MemberId]]
    ) -> Mapping[tuple[PostingId, MemberId], Mapping[Asking, Stance]]:
        asked = rows({"posting_id": posting, "member_id": member} for posting, member in by)
        found: defaultdict[tuple[PostingId, MemberId], dict[Asking, Stance]] = defaultdict(dict)
        for row in await self._connection.execute(_TAKEN, {"by": asked}):
            found[PostingId(row.posting_id), MemberId(row.member_id)][row.asking] = row.stance
        return dict(found)

    async def take(self, stances: Mapping[tuple[PostingId, Asking, MemberId], Stance | None]) -> None:
        named = [
            {"posting_id": posting, "asking": asking, "member_id": member}
            for posting, asking, member in sorted(stances)
        ]
        await self._connection.execute(_LEAVE, {"left": rows(named)})
        taken = [
            {"posting_id": posting, "asking": asking, "member_id": member, "stance": stance}
            for (posting, asking, member), stance in sorted(stances.items(), key=lambda each: each[0])
            if stance is not None
        ]
        await self._connection.execute(_TAKE, {"taken": rows(taken)})


def _posting(row: Row[Any]) -> Posting:
    return Posting(
        PostingId(row.id),
        PromptId(row.prompt_id),
        ChapterId(row.chapter_id),
        row.text,
        row.posted,
        row.stance,
        row.asking,
        row.closed,
        None if row.event_id is None else EventId(row.event_id),
        None if row.asker_id is None else MemberId(row.asker_id),
        row.turns,
    )
