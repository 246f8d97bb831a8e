"""Reminders on record: what the bot must do at a time."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.events import EventId
from bot.domain.reminders import Reminder, ReminderKind
from storage import schema
from storage.given import among, given, rows, values
from storage.upsert import upsert

_reminders = schema.reminders.c
_silent = _reminders.rang_at.is_(None)
_identity = (_reminders.event_id, _reminders.kind, _reminders.revision, _reminders.lead)

_FORGET = delete(schema.reminders).where(_reminders.event_id == bindparam("event"), _silent)

_FORGET_KIND = _FORGET.where(_reminders.kind == bindparam("kind", type_=_reminders.kind.type))

_MAKE = upsert(
    schema.reminders,
    select(*(bindparam(each.name, type_=each.type).label(each.name) for each in (*_identity, _reminders.due))),
    [each.name for each in _identity],
)

_due = (
    select(_reminders.event_id)
    .where(_silent, _reminders.due <= bindparam("now"))
    .order_by(_reminders.due, *_identity)
    .limit(bindparam("most"))
)
# The events first, as everybody does it who plans: two who took them crosswise would wait for each other.
_EVENTS = select(schema.events.c.id).where(schema.events.c.id.in_(_due)).order_by(schema.events.c.id).with_for_update()
_DUE = (
    select(schema.reminders)
    .where(_silent, _reminders.due <= bindparam("now"), among(_reminders.event_id, "events"))
    .order_by(_reminders.due, *_identity)
    .limit(bindparam("most"))
    .with_for_update()
)

_rung = given("rung", *_identity)
_RANG = (
    update(schema.reminders).where(*(each == _rung.c[each.name] for each in _identity)).values(rang_at=bindparam("at"))
)


class Reminders:
    """What the bot must do at a time."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def replace(self, event: EventId, reminders: Collection[Reminder], kind: ReminderKind | None = None) -> None:
        if kind is None:
            await self._connection.execute(_FORGET, {"event": event})
        else:
            await self._connection.execute(_FORGET_KIND, {"event": event, "kind": kind})
        await self.add(reminders)

    async def add(self, reminders: Collection[Reminder]) -> None:
        if reminders:
            made = [{**_named(reminder), "due": reminder.due} for reminder in reminders]
            await self._connection.execute(_MAKE, made)

    async def pending(self, event: EventId, kind: ReminderKind) -> Sequence[Reminder]:
        owed = select(schema.reminders).where(_reminders.event_id == event, _reminders.kind == kind, _silent)
        return [_reminder(row) for row in await self._connection.execute(owed.order_by(_reminders.due, *_identity))]

    async def due(self, now: datetime, most: int) -> Sequence[Reminder]:
        ours = values(await self._connection.scalars(_EVENTS, {"now": now, "most": most}))
        return [
            _reminder(row) for row in await self._connection.execute(_DUE, {"now": now, "most": most, "events": ours})
        ]

    async def rang(self, reminders: Collection[Reminder], at: datetime) -> None:
        await self._connection.execute(_RANG, {"rung": rows(map(_named, reminders)), "at": at})

    async def next(self) -> datetime | None:
        return await self._connection.scalar(select(func.min(_reminders.due)).where(_silent))


def _named(reminder: Reminder) -> dict[str, str | int | bool | None]:
    return {
        "event_id": reminder.event,
        "kind": reminder.kind,
        "revision": reminder.revision,
        "lead": reminder.lead,
    }


def _reminder(row: Row[Any]) -> Reminder:
    return Reminder(row.kind, EventId(row.event_id), row.revision, row.lead, row.due)
