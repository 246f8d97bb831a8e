"""Writing: what an organiser is asked of an event, how it is read, and how it stands in a form again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from bot.calls import Refusal, Unclear
from bot.commands import Ask
from bot.domain.events import Event, EventId, EventState
from bot.domain.moments import Unreadable
from bot.domain.places import Chapter
from bot.domain.starts import Start, is_open, read_start, write_start
from bot.features.whereabouts import start
from bot.ports import Transaction

Title = Annotated[str, Ask("What is it called?", most=80)]
Starts = Annotated[str, Ask("When does it start?", "For example: Thu 17 Sep 18:30; or TBA, also for the hour", most=80)]
Where = Annotated[str, Ask("Where?", "Venue and address; empty if not fixed yet", most=150)]
About = Annotated[str, Ask("What is it about?", "What people should know before they come", most=1500, lines=True)]
Seats = Annotated[int | None, Ask("How many seats?", "A whole number; empty for no limit", most=6)]


def answers(event: Event, chapter: Chapter) -> Mapping[str, str]:
    """What an event says, as the answers of the form that would write it."""
    return {
        "title": event.title,
        "starts": write_start(start(event), chapter.zone),
        "where": event.venue,
        "about": event.about,
        "seats": "" if event.seats is None else str(event.seats),
    }


def starts_read(written: str, now: datetime, chapter: Chapter) -> Start:
    """When an event starts; raises Unclear."""
    try:
        return read_start(written, now, chapter.zone)
    except Unreadable as unreadable:
        raise Unclear("starts", str(unreadable)) from None


def venue_read(written: str) -> str:
    """Where it is; nothing while that is open."""
    return "" if is_open(written) else written


def seats_read(seats: int | None) -> int | None:
    """How many may come; raises Unclear."""
    if seats is not None and seats < 1:
        raise Unclear("seats", "An event has at least one seat; leave this empty for no limit.")
    return seats


async def seen(tx: Transaction, event: EventId) -> Event:
    """An event as it is on record; raises Refusal."""
    try:
        return await tx.events.get(event)
    except KeyError:
        raise Refusal("That event is not on record any more.") from None


async def held(tx: Transaction, event: EventId) -> Event:
    """An event, held against other writers until the transaction ends; raises Refusal."""
    events = await tx.events.lock([event])
    return events[event] if event in events else await seen(tx, event)


def not_ended(event: Event, now: datetime) -> None:
    """Raises Refusal for an event that nothing can be done about any more."""
    if event.state in (EventState.CANCELLED, EventState.OVER) or event.ended(now):
        over = "cancelled already" if event.state is EventState.CANCELLED else "over"
        raise Refusal("**{title}** is {over}.", title=event.title, over=over)


def people(number: int) -> str:
    """How many, at the beginning of a sentence."""
    match number:
        case 0:
            return "Nobody"
        case 1:
            return "One person"
        case _:
            return f"{number} people"
