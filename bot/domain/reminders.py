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
    closing = answers_close(event, now)
    if event.state is not EventState.PUBLISHED or event.starts is None or event.ends is None:
        return closing
    soon = [
        Reminder(ReminderKind.EVENT_SOON, event.id, event.revision, str(lead), lead.before(event.starts, zone))
        for lead in (leads if event.timed else ())
    ]
    over = Reminder(ReminderKind.EVENT_OVER, event.id, event.revision, "", event.ends)
    return (*(reminder for reminder in soon if reminder.due > now), over, *closing)


def answers_close(event: Event, now: datetime) -> tuple[Reminder, ...]:
    """The moment at which a published event takes no more answers, if that is to come: its cards must not ask any more.

    The moment is part of it, as it may be moved without moving the event.
    """
    if event.state is not EventState.PUBLISHED or event.closes is None or event.closes <= now:
        return ()
    when = event.closes.isoformat()
    return (Reminder(ReminderKind.ANSWERS_CLOSE, event.id, event.revision, when, event.closes),)


def settling(event: Event, now: datetime) -> Reminder:
    """The moment at which what an event says counts as settled, if nothing is changed in between."""
    return Reminder(ReminderKind.CHANGES_SETTLE, event.id, event.revision, f"version {event.version}", now + SETTLING)
