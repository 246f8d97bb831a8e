"""Reminders: what the bot must do at a time, worked out from the events themselves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType
from zoneinfo import ZoneInfo

from bot.domain.events import Event, EventId, EventState
from bot.domain.leads import Lead

ReminderId = NewType("ReminderId", int)


class ReminderKind(StrEnum):
    EVENT_SOON = "event soon"
    EVENT_OVER = "event over"


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something to do at `due`; unique by its kind, its event, that event's revision, and its lead."""

    kind: ReminderKind
    event: EventId
    revision: int
    lead: str
    due: datetime


def reminders_of(event: Event, zone: ZoneInfo, leads: Iterable[Lead], now: datetime) -> tuple[Reminder, ...]:
    """Every reminder that a published event still owes; those already past are not made."""
    if event.state is not EventState.PUBLISHED:
        return ()
    soon = [
        Reminder(ReminderKind.EVENT_SOON, event.id, event.revision, str(lead), lead.before(event.starts, zone))
        for lead in leads
    ]
    over = Reminder(ReminderKind.EVENT_OVER, event.id, event.revision, "", event.ends)
    return (*(reminder for reminder in soon if reminder.due > now), over)
