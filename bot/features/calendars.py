"""Calendars: events as files that any calendar takes, which replace what an earlier file of them said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from icalendar import Calendar
from icalendar import Event as Entry

from bot.calls import Call, Refusal, Reply
from bot.commands import Ask, command
from bot.domain.events import Event, EventId, EventState
from bot.domain.places import Chapter
from bot.features import writing
from bot.features.answers import CALENDAR, calendar_buttons
from bot.features.filing import filed
from bot.messages import Attachment, Button, Message, Note, Paragraph, say
from bot.ports import Transaction

_MARGIN = timedelta(days=366)
"""How far before and after the events the rules of their time zones are written down."""


@dataclass(frozen=True, slots=True)
class Dated:
    """An event that has a date, in its chapter, with the name that no other event anywhere has.

    One that is `off` goes from calendars: it was called off, or the date with which they have it is none any more.
    """

    event: Event
    chapter: Chapter
    name: str
    off: bool


@command(CALENDAR, "Get an event for your calendar", hidden=True, reads=True)
async def calendar_file(
    call: Call, tx: Transaction, event: Annotated[EventId, Ask("Which event?", hidden=True)]
) -> Reply:
    """One event as a file; it replaces the same event in a calendar that has it already."""
    planned = await writing.public(tx, event)
    entry = await dated(tx, planned)
    if entry is None:
        raise Refusal("**{title}** has no date yet, so no calendar could take it.", title=planned.title)
    file = written([entry], call.at, f"{filed(planned, entry.chapter)}.ics", planned.title)
    if planned.state is EventState.CANCELLED:
        text = say("**{title}** is cancelled; this file takes it out of your calendar.", title=planned.title)
    elif entry.off:
        text = say("**{title}** has no date any more; this file takes it out of your calendar.", title=planned.title)
    else:
        text = say("**{title}** for your calendar.", title=planned.title)
    again = say("A calendar does not hear of changes by itself: I tell you of them, with a button for the new file.")
    return Message((Paragraph(text), Note(again)), text, files=(file,))


async def dated(tx: Transaction, event: Event) -> Dated | None:
    """An event with what its entry needs besides; None of one that never had a date."""
    known = await last_known(tx, event)
    if known is None:
        return None
    off = event.state is EventState.CANCELLED or event.starts is None
    return Dated(known, await tx.chapters.get(event.chapter), await tx.events.name(event.id), off)


async def last_known(tx: Transaction, event: Event) -> Event | None:
    """An event with the date by which calendars may have it: its own, or the last that it had."""
    if event.starts is not None:
        return event
    had = [each for each in await tx.editions.all(event) if each.starts is not None]
    if not had:
        return None
    return replace(event, starts=had[-1].starts, timed=had[-1].timed, finish=had[-1].finish)


async def buttons(tx: Transaction, event: Event, label: str) -> tuple[Button, ...]:
    """The button for an event's file, or for the one that takes it out of calendars; none where it never had a date."""
    known = await last_known(tx, event)
    off = event.state is EventState.CANCELLED or event.starts is None
    return () if known is None else calendar_buttons(known, "Take it out of my calendar" if off else label)


def written(events: Sequence[Dated], now: datetime, name: str, what: str) -> Attachment:
    """These events as one file; each of them has a date."""
    return Attachment(name, calendar(events, now), f"{what}, for a calendar")


def calendar(events: Iterable[Dated], now: datetime) -> bytes:
    """The file itself (RFC 5545): escaping, folding and zones are the library's."""
    made = Calendar()
    _add(made, "prodid", "-//Flashmob//Community events//EN")
    _add(made, "version", "2.0")
    _add(made, "method", "PUBLISH")
    starts: list[datetime] = []
    for each in events:
        assert each.event.starts is not None
        starts.append(each.event.starts)
        made.add_component(_entry(each, each.event.starts, now))
    if starts:
        first, last = (min(starts) - _MARGIN).date(), (max(starts) + _MARGIN).date()
        made.add_missing_timezones(first_date=first, last_date=last)
    return made.to_ical()


def _entry(dated: Dated, starts: datetime, now: datetime) -> Entry:
    event, zone = dated.event, dated.chapter.zone
    entry = Entry()
    _add(entry, "uid", f"{dated.name}@flashmob")
    # Every change has a version of its own, also while it is not settled yet; calling off is one more.
    _add(entry, "sequence", event.version + (event.state is EventState.CANCELLED))
    _add(entry, "dtstamp", now.astimezone(UTC))
    _add(entry, "summary", event.title)
    _add_times(entry, event, starts, zone)
    if event.venue:
        _add(entry, "location", event.venue)
    if event.about:
        _add(entry, "description", event.about)
    _add(entry, "categories", [dated.chapter.name])
    _add(entry, "status", "CANCELLED" if dated.off else "CONFIRMED" if event.timed else "TENTATIVE")
    return entry


def _add_times(entry: Entry, event: Event, starts: datetime, zone: ZoneInfo) -> None:
    """From when until when, by the clock on the chapter's wall; the whole day, where only the day is known."""
    begins = starts.astimezone(zone)
    if not event.timed:
        _add(entry, "dtstart", begins.date())
        _add(entry, "dtend", begins.date() + timedelta(days=1))
        return
    _add(entry, "dtstart", begins)
    if event.ends is not None:
        _add(entry, "dtend", event.ends.astimezone(zone))


def _add(to: Calendar | Entry, name: str, value: object) -> None:
    to.add(name, value)  # pyright: ignore[reportUnknownMemberType] - the library leaves this type open
