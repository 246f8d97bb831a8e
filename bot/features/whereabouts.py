"""Whereabouts: when and where an event is, also while some of that is still to be announced."""

from zoneinfo import ZoneInfo

from bot.domain.events import Event
from bot.domain.moments import show_moment
from bot.domain.starts import Start, show_start
from bot.messages import Value, When, WhenForm, say


def start(event: Event) -> Start:
    """When an event begins, as far as that is known."""
    return Start(event.starts, event.timed)


def when(event: Event, zone: ZoneInfo, form: WhenForm = WhenForm.FULL) -> Value:
    """When an event starts: for each reader in their own zone, once there is an hour."""
    shown = show_start(start(event), zone)
    return shown if event.starts is None or not event.timed else When(event.starts, shown, form)


def span(event: Event, zone: ZoneInfo) -> Value:
    """When an event starts, and when it ends where somebody has said so."""
    if event.finish is None or event.starts is None:
        return when(event, zone)
    begins, ends = event.starts.astimezone(zone), event.finish.astimezone(zone)
    if begins.date() == ends.date():
        until = When(event.finish, f"{ends:%H:%M}", WhenForm.TIME)
    else:
        until = When(event.finish, show_moment(event.finish, zone))
    return say("{begins} to {until}", begins=when(event, zone), until=until)


def where(event: Event) -> str:
    return event.venue or "To be announced"
