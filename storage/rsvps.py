"""RSVPs on record: the guest lists."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, bindparam, case, func, literal, null, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.events import EventId
from bot.domain.people import Account, AccountId, MemberId, Person, Platform
from bot.domain.rsvps import Answer, Rsvp
from bot.ports import Headcount
from storage import member_tables, schema
from storage.given import among, given, rows, values
from storage.upsert import upsert

_rsvps, _accounts = schema.rsvps.c, schema.accounts.c
_manners, _vacated = member_tables.manners.c, member_tables.vacated.c

_HEADCOUNTS = union_all(
    select(
        _rsvps.event_id,
        _rsvps.answer,
        func.count().label("members"),
        func.max(_rsvps.arrived).label("last"),
        func.sum(_rsvps.guests).label("guests"),
        func.sum(case((_rsvps.held.is_not(None), 1 + _rsvps.guests), else_=0)).label("held"),
    )
    .where(among(_rsvps.event_id, "events"))
    .group_by(_rsvps.event_id, _rsvps.answer),
    select(_vacated.event_id, null(), literal(0), _vacated.place, literal(0), literal(0)).where(
        among(_vacated.event_id, "events")
    ),
)

_OF = select(schema.rsvps).where(among(_rsvps.event_id, "events"), among(_rsvps.member_id, "members"))

_WAITING = (
    select(schema.rsvps)
    .where(among(_rsvps.event_id, "events"), _rsvps.answer == Answer.WAITING)
    .order_by(_rsvps.event_id, _rsvps.arrived)
)

_ALL = select(schema.rsvps).where(among(_rsvps.member_id, "members")).order_by(_rsvps.event_id, _rsvps.arrived)

_told = func.coalesce(_manners.account_id, _rsvps.account_id)
_ANSWERED = (
    select(
        schema.rsvps,
        _accounts.id.label("told_id"),
        _accounts.platform,
        _accounts.key,
        _accounts.name,
        _accounts.direct,
    )
    .outerjoin(member_tables.manners, _manners.member_id == _rsvps.member_id)
    .join(schema.accounts, _accounts.id == _told)
    .where(_rsvps.event_id == bindparam("event"), _rsvps.answer == bindparam("answer"))
    .order_by(_rsvps.arrived)
)

_NAMES = (
    select(_accounts.name)
    .join_from(schema.rsvps, schema.accounts)
    .where(_rsvps.event_id == bindparam("event"), _rsvps.answer == bindparam("answer"))
    .order_by(_rsvps.arrived)
    .limit(bindparam("most"))
)

_LAPSING = (
    select(_rsvps.event_id)
    .where(_rsvps.held <= bindparam("now"))
    .group_by(_rsvps.event_id)
    .order_by(func.min(_rsvps.held))
    .limit(bindparam("most"))
)

_put = select(given("rsvps", *_rsvps))
_PUT = upsert(
    schema.rsvps,
    _put,
    ["event_id", "member_id"],
    take=["account_id", "answer", "arrived", "seen", "guests", "note", "held"],
)


class Rsvps:
    """Guest lists."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def headcounts(self, events: Collection[EventId]) -> Mapping[EventId, Headcount]:
        counts = {event: dict.fromkeys(Answer, 0) for event in events}
        last, guests, held = dict.fromkeys(events, 0), dict.fromkeys(events, 0), dict.fromkeys(events, 0)
        for row in await self._connection.execute(_HEADCOUNTS, {"events": values(events)}):
            if row.answer is not None:
                counts[row.event_id][row.answer] = row.members
            last[row.event_id] = max(last[row.event_id], row.last)
            guests[row.event_id] += int(row.guests) if row.answer is Answer.GOING else 0
            held[row.event_id] += int(row.held)
        return {event: Headcount(counts[event], last[event], guests[event], held[event]) for event in counts}

    async def of(self, events: Collection[EventId], members: Collection[MemberId]) -> Sequence[Rsvp]:
        found = await self._connection.execute(_OF, {"events": values(events), "members": values(members)})
        return [_rsvp(row) for row in found]

    async def all(self, members: Collection[MemberId]) -> Sequence[Rsvp]:
        return [_rsvp(row) for row in await self._connection.execute(_ALL, {"members": values(members)})]

    async def answered(self, event: EventId, answer: Answer) -> Sequence[tuple[Rsvp, Account]]:
        found = await self._connection.execute(_ANSWERED, {"event": event, "answer": answer})
        return [(_rsvp(row), _account(row)) for row in found]

    async def waiting(self, events: Collection[EventId]) -> Sequence[Rsvp]:
        return [_rsvp(row) for row in await self._connection.execute(_WAITING, {"events": values(events)})]

    async def lapsing(self, now: datetime, most: int) -> Sequence[EventId]:
        found = await self._connection.scalars(_LAPSING, {"now": int(now.timestamp()), "most": most})
        return [EventId(event) for event in found]

    async def next_lapse(self) -> datetime | None:
        return _moment(await self._connection.scalar(select(func.min(_rsvps.held))))

    async def names(self, event: EventId, answer: Answer, most: int) -> Sequence[str]:
        found = await self._connection.scalars(_NAMES, {"event": event, "answer": answer, "most": most})
        return found.all()

    async def vacate(self, event: EventId, place: int) -> None:
        """Remember that a place was given out, though whoever had it is on the list no more."""
        left = select(literal(event, _vacated.event_id.type).label("event_id"), literal(place).label("place"))
        highest = case((_vacated.place > place, _vacated.place), else_=place)
        await self._connection.execute(upsert(member_tables.vacated, left, ["event_id"], change={"place": highest}))

    async def put(self, rsvps: Collection[Rsvp]) -> None:
        last = {(rsvp.event, rsvp.member): rsvp for rsvp in rsvps}
        kept = rows(
            {
                "event_id": rsvp.event,
                "member_id": rsvp.member,
                "account_id": rsvp.account,
                "answer": rsvp.answer,
                "arrived": rsvp.arrived,
                "seen": rsvp.seen,
                "guests": rsvp.guests,
                "note": rsvp.note,
                "held": None if rsvp.held is None else int(rsvp.held.timestamp()),
            }
            for rsvp in last.values()
        )
        await self._connection.execute(_PUT, {"rsvps": kept})


def _rsvp(row: Row[Any]) -> Rsvp:
    member, account = MemberId(row.member_id), AccountId(row.account_id)
    said = (row.answer, row.arrived, row.seen, row.guests, row.note, _moment(row.held))
    return Rsvp(EventId(row.event_id), member, account, *said)


def _moment(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def _account(row: Row[Any]) -> Account:
    person = Person(Platform(row.platform), row.key)
    return Account(AccountId(row.told_id), MemberId(row.member_id), person, row.name, row.direct)
