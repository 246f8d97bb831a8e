"""Whereabouts: when and where an event is, also while some of that is still to be announced."""

from zoneinfo import ZoneInfo

from bot.domain.events import Event
from bot.domain.starts import Start, show_start
from bot.messages import Value, When, WhenForm


def start(event: Event) -> Start:
    """When an event begins, as far as that is known."""
    return Start(event.starts, event.timed)


def when(event: Event, zone: ZoneInfo, form: WhenForm = WhenForm.FULL) -> Value:
    """When an event starts: for each reader in their own zone, once there is an hour."""
    shown = show_start(start(event), zone)
    return shown if event.starts is None or not event.timed else When(event.starts, shown, form)


def where(event: Event) -> str:
    return event.venue or "To be announced"
