"""Reminders: what the bot must do at a time, worked out from the events themselves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType
from zoneinfo import ZoneInfo

from bot.domain.events import Event, EventId, EventState
from bot.domain.leads import Lead

ReminderId = NewType("ReminderId", int)

SETTLING = timedelta(minutes=5)
"""How long an event must be left alone until its people are told what has changed, all at once."""

LONGEST = timedelta(minutes=15)
"""How long they wait for that at most, however often it is changed meanwhile."""

SHORTLY = timedelta(hours=1)
"""How long before an event nobody waits any more, as people are about to set out."""


class ReminderKind(StrEnum):
    EVENT_SOON = "event soon"
    EVENT_OVER = "event over"
    CHANGES_SETTLE = "changes settle"
    ANSWERS_CLOSE = "answers close"


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something to do at `due`; unique by its kind, its event, that event's revision, and its lead."""

    kind: ReminderKind
    event: EventId
    revision: int
    lead: str
    due: datetime


def reminders_of(event: Event, zone: ZoneInfo, leads: Iterable[Lead], now: datetime) -> tuple[Reminder, ...]:
    """Every reminder that a published event still owes; those already past are not made.

    Nobody can be reminded so long before an hour that is not announced yet.
    """
    closing = _answers_close(event, now)
    if event.state is not EventState.PUBLISHED or event.starts is None or event.ends is None:
        return closing
    soon = [
        Reminder(ReminderKind.EVENT_SOON, event.id, event.revision, str(lead), lead.before(event.starts, zone))
        for lead in (leads if event.timed else ())
    ]
    over = Reminder(ReminderKind.EVENT_OVER, event.id, event.revision, "", event.ends)
    return (*(reminder for reminder in soon if reminder.due > now), over, *closing)


def _answers_close(event: Event, now: datetime) -> tuple[Reminder, ...]:
    """The moment at which a published event takes no more answers, if that is to come: its cards must not ask any more.

    The moment is part of it, as it may be moved without moving the event.
    """
    if event.state is not EventState.PUBLISHED or event.closes is None or event.closes <= now:
        return ()
    when = event.closes.isoformat()
    return (Reminder(ReminderKind.ANSWERS_CLOSE, event.id, event.revision, when, event.closes),)


def settling(before: Event, after: Event, since: datetime, now: datetime) -> Reminder:
    """The moment at which what an event says counts as settled, if nothing is changed in between.

    `since` is when the first of the changes was made that people have not been told of, which is part of it.
    """
    shortly = any(each.timed and each.starts is not None and each.starts - SHORTLY <= now for each in (before, after))
    due = now if shortly else min(now + SETTLING, max(now, since + LONGEST))
    lead = f"version {after.version} since {since.isoformat()}"
    return Reminder(ReminderKind.CHANGES_SETTLE, after.id, after.revision, lead, due)


def unsettled_since(reminder: Reminder) -> datetime | None:
    """When the first of the changes was made that are to settle then, if that is known."""
    _version, _, moment = reminder.lead.partition(" since ")
    return datetime.fromisoformat(moment) if moment else None
