"""Events on record."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import Row, Select, and_, bindparam, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.events import USUAL_LENGTH, WHOLE_DAY, Event, EventId, EventState, Plan
from bot.domain.people import MemberId
from bot.domain.places import ChapterId
from storage import schema
from storage.given import among, values
from storage.upsert import upsert

_events = schema.events.c

_LOCK = select(schema.events).where(among(_events.id, "events")).order_by(_events.id).with_for_update(of=schema.events)
_GET = select(schema.events).where(_events.id == bindparam("event"))
_FIRST = 1


class Events:
    """Events of all chapters."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, plan: Plan) -> EventId:
        draft = {
            "chapter_id": plan.chapter,
            "title": plan.title,
            "starts": plan.starts,
            "venue": plan.venue,
            "about": plan.about,
            "seats": plan.seats,
            "state": EventState.DRAFT,
            "revision": _FIRST,
            "planner_id": plan.planner,
            "timed": plan.timed,
            "version": _FIRST,
            "settled": _FIRST,
            "question": plan.question,
            "guests": plan.guests,
            "offered": plan.offered,
            "origin": plan.origin,
        }
        columns = (literal(value, _events[name].type).label(name) for name, value in draft.items())
        added = await self._connection.scalar(upsert(schema.events, select(*columns), ["origin"]).returning(_events.id))
        if added is not None:
            return EventId(added)
        there = await self._connection.execute(select(_events.id).where(_events.origin == plan.origin))
        return EventId(there.scalar_one())

    async def get(self, event: EventId) -> Event:
        row = (await self._connection.execute(_GET, {"event": event})).one_or_none()
        if row is None:
            raise KeyError(event)
        return _event(row)

    async def made(self, origin: str) -> EventId | None:
        made = await self._connection.scalar(select(_events.id).where(_events.origin == origin))
        return None if made is None else EventId(made)

    async def name(self, event: EventId) -> str:
        # The call that planned it, and when it was planned there: the platform gave that to nobody else.
        origin = await self._connection.scalar(select(_events.origin).where(_events.id == event))
        if origin is None:
            raise KeyError(event)
        return str(uuid5(NAMESPACE_URL, f"flashmob event {event} of {origin}"))

    async def lock(self, events: Collection[EventId]) -> Mapping[EventId, Event]:
        found = await self._connection.execute(_LOCK, {"events": values(events)})
        return {(event := _event(row)).id: event for row in found}

    async def put(self, event: Event) -> None:
        changed = update(schema.events).where(_events.id == event.id)
        changed = changed.values(
            chapter_id=event.chapter,
            title=event.title,
            starts=event.starts,
            venue=event.venue,
            about=event.about,
            seats=event.seats,
            state=event.state,
            revision=event.revision,
            planner_id=event.planner,
            timed=event.timed,
            version=event.version,
            settled=event.settled,
            finish=event.finish,
            closes=event.closes,
            question=event.question,
            guests=event.guests,
            offered=event.offered,
        )
        if (await self._connection.execute(changed)).rowcount == 0:
            raise KeyError(event.id)

    async def upcoming(self, now: datetime, state: EventState, chapter: ChapterId | None = None) -> Sequence[Event]:
        lasting = or_(
            _events.starts.is_(None),
            _events.finish > now,
            and_(_events.finish.is_(None), _events.starts > now - USUAL_LENGTH),
            and_(_events.finish.is_(None), ~_events.timed, _events.starts > now - WHOLE_DAY),
        )
        query = _soonest_first(state).where(lasting)
        if chapter is not None:
            query = query.where(_events.chapter_id == chapter)
        return [_event(row) for row in await self._connection.execute(query)]

    async def drafts(self) -> Sequence[Event]:
        return [_event(row) for row in await self._connection.execute(_soonest_first(EventState.DRAFT))]


def _soonest_first(state: EventState) -> Select[Any]:
    return select(schema.events).where(_events.state == state).order_by(_events.starts.nulls_last(), _events.id)


def _event(row: Row[Any]) -> Event:
    return Event(
        EventId(row.id),
        ChapterId(row.chapter_id),
        row.title,
        row.starts,
        row.venue,
        row.about,
        row.seats,
        row.state,
        row.revision,
        MemberId(row.planner_id),
        row.timed,
        row.version,
        row.settled,
        row.finish,
        row.closes,
        row.question,
        row.guests,
        row.offered,
    )
