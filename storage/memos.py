"""Memos on record, with their snoozes."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, bindparam, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.events import EventId
from bot.domain.memos import Memo, MemoId, MemoState, Occasion, Snooze, Wanted
from bot.domain.people import AccountId, MemberId, Platform
from bot.domain.places import ChapterId, Place
from bot.domain.rhythms import Rhythm
from storage import memo_tables as tables
from storage import schema
from storage.given import among, values
from storage.upsert import upsert

_memos, _snoozes, _accounts = tables.memos.c, tables.snoozes.c, schema.accounts.c
_silent = _snoozes.rang_at.is_(None)

_GET = select(tables.memos).where(_memos.id == bindparam("memo"))
_LOCK = _GET.with_for_update(of=tables.memos)
_ALL = select(tables.memos).where(among(_memos.state, "states")).order_by(_memos.due.is_(None), _memos.due, _memos.id)
_DUE = (
    select(tables.memos)
    .where(_memos.state == MemoState.SET, _memos.due <= bindparam("now"))
    .order_by(_memos.due, _memos.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_NEXT = select(func.min(_memos.due)).where(_memos.state == MemoState.SET)
_own = schema.accounts.alias("own")
_linked = select(_accounts.id).join_from(schema.accounts, _own, _own.c.member_id == _accounts.member_id)
_SNOOZED = (
    select(tables.snoozes)
    .where(
        _snoozes.memo_id == bindparam("memo"),
        _snoozes.ring == bindparam("ring"),
        or_(
            _snoozes.receiver == bindparam("receiver"),
            _snoozes.receiver.in_(_linked.where(_own.c.id == bindparam("receiver"))),
        ),
        _snoozes.step == bindparam("step"),
    )
    .order_by(_snoozes.due)
    .limit(1)
)
_SLEPT = (
    select(tables.snoozes)
    .where(_silent, _snoozes.due <= bindparam("now"))
    .order_by(_snoozes.due, _snoozes.memo_id, _snoozes.ring, _snoozes.receiver, _snoozes.step)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_NEXT_SNOOZE = select(func.min(_snoozes.due)).where(_silent)
_CHANNELS = 0
"""The receiver of a snooze that is nobody's own."""


class Memos:
    """Memos of all chapters, and their snoozes."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, wanted: Wanted) -> MemoId:
        draft = {
            "chapter_id": wanted.chapter,
            "setter_id": wanted.setter,
            "account_id": wanted.account,
            **_said(wanted),
            "digest": wanted.digest,
            "last": None,
            "rung": 0,
            "state": MemoState.DRAFT,
            "trouble": "",
            "origin": wanted.origin,
        }
        columns = (literal(value, _memos[name].type).label(name) for name, value in draft.items())
        added = await self._connection.scalar(upsert(tables.memos, select(*columns), ["origin"]).returning(_memos.id))
        if added is not None:
            return MemoId(added)
        there = await self.made(wanted.origin)
        assert there is not None
        return there

    async def get(self, memo: MemoId) -> Memo:
        return await self._one(_GET, memo)

    async def made(self, origin: str) -> MemoId | None:
        made = await self._connection.scalar(select(_memos.id).where(_memos.origin == origin))
        return None if made is None else MemoId(made)

    async def lock(self, memo: MemoId) -> Memo:
        return await self._one(_LOCK, memo)

    async def put(self, memo: Memo) -> None:
        kept = {
            "text": memo.text,
            "audience": memo.audience,
            "platform": memo.place.platform if memo.place else None,
            "place_key": memo.place.key if memo.place else None,
            "event_id": memo.event,
            **_when(memo.rhythm),
            "due": memo.due,
            "last": memo.last,
            "rung": memo.rung,
            "state": memo.state,
            "trouble": memo.trouble,
        }
        changed = update(tables.memos).where(_memos.id == memo.id).values(**kept)
        if (await self._connection.execute(changed)).rowcount == 0:
            raise KeyError(memo.id)

    async def all(self, states: Collection[MemoState]) -> Sequence[Memo]:
        return [_memo(row) for row in await self._connection.execute(_ALL, {"states": values(states)})]

    async def due(self, now: datetime, most: int) -> Sequence[Memo]:
        return [_memo(row) for row in await self._connection.execute(_DUE, {"now": now, "most": most})]

    async def snooze(self, snooze: Snooze) -> bool:
        columns = {**_named(snooze), "due": snooze.due}
        put_off = select(*(literal(value, _snoozes[name].type).label(name) for name, value in columns.items()))
        made = upsert(tables.snoozes, put_off, ["memo_id", "ring", "receiver", "step"]).returning(_snoozes.step)
        return await self._connection.scalar(made) is not None

    async def snoozed(self, memo: MemoId, ring: int, account: AccountId | None, step: int) -> Snooze | None:
        given = {"memo": memo, "ring": ring, "receiver": account or _CHANNELS, "step": step}
        row = (await self._connection.execute(_SNOOZED, given)).one_or_none()
        return None if row is None else _snooze(row)

    async def slept(self, now: datetime, most: int) -> Sequence[Snooze]:
        return [_snooze(row) for row in await self._connection.execute(_SLEPT, {"now": now, "most": most})]

    async def woke(self, snooze: Snooze, at: datetime) -> None:
        named = (_snoozes[name] == value for name, value in _named(snooze).items())
        await self._connection.execute(update(tables.snoozes).where(*named).values(rang_at=at))

    async def next(self) -> datetime | None:
        dues = [await self._connection.scalar(query) for query in (_NEXT, _NEXT_SNOOZE)]
        return min((due for due in dues if due is not None), default=None)

    async def _one(self, query: Any, memo: MemoId) -> Memo:
        row = (await self._connection.execute(query, {"memo": memo})).one_or_none()
        if row is None:
            raise KeyError(memo)
        return _memo(row)


def _said(wanted: Wanted) -> dict[str, Any]:
    rhythm, due = _apart(wanted.occasion)
    return {
        "text": wanted.text,
        "audience": wanted.audience,
        "platform": wanted.place.platform if wanted.place else None,
        "place_key": wanted.place.key if wanted.place else None,
        "event_id": wanted.event,
        **_when(rhythm),
        "due": due,
    }


def _apart(occasion: Occasion) -> tuple[Rhythm | None, datetime | None]:
    return (occasion, None) if isinstance(occasion, Rhythm) else (None, occasion)


def _when(rhythm: Rhythm | None) -> dict[str, Any]:
    if rhythm is None:
        return {"rule": "", "zone": "", "start": None}
    return {"rule": rhythm.rule, "zone": rhythm.zone.key, "start": rhythm.start}


def _memo(row: Row[Any]) -> Memo:
    return Memo(
        MemoId(row.id),
        ChapterId(row.chapter_id),
        MemberId(row.setter_id),
        AccountId(row.account_id),
        row.text,
        row.audience,
        None if row.platform is None else Place(Platform(row.platform), row.place_key),
        None if row.event_id is None else EventId(row.event_id),
        row.digest,
        Rhythm(row.rule, ZoneInfo(row.zone), row.start) if row.rule else None,
        row.due,
        row.last,
        row.rung,
        row.state,
        row.trouble,
    )


def _named(snooze: Snooze) -> dict[str, int]:
    return {
        "memo_id": snooze.memo,
        "ring": snooze.ring,
        "receiver": snooze.account or _CHANNELS,
        "step": snooze.step,
    }


def _snooze(row: Row[Any]) -> Snooze:
    account = None if row.receiver == _CHANNELS else AccountId(row.receiver)
    return Snooze(MemoId(row.memo_id), row.ring, account, row.step, row.due)
