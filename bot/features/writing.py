"""Writing: what an organiser is asked of an event, how it is read, and how it stands in a form again."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated

from bot.calls import Refusal, Unclear
from bot.commands import Ask
from bot.domain.events import OFFERED, Event, EventId, EventState
from bot.domain.moments import Unreadable, read_moment, write_moment
from bot.domain.places import Chapter
from bot.domain.starts import Start, is_open, read_start, write_start
from bot.features.whereabouts import start
from bot.ports import Transaction

Title = Annotated[str, Ask("What is it called?", most=80)]
Starts = Annotated[
    str,
    Ask(
        "When does it start?",
        "A date and hour, “tomorrow 7pm”, “first Tuesday of next month, time TBA”, or just “TBA”",
        most=80,
    ),
]
Where = Annotated[str, Ask("Where?", "Venue and address; empty if not fixed yet", most=150)]
About = Annotated[str, Ask("What is it about?", "What people should know before they come", most=1500, lines=True)]
Seats = Annotated[int | None, Ask("How many seats?", "A whole number; empty for no limit", most=6)]
Ends = Annotated[str, Ask("When does it end?", "For example “21:30”; empty for three hours after the start", most=80)]
AnswerBy = Annotated[
    str, Ask("Until when may people answer?", "For example “tomorrow 12:00”; empty for up to the end", most=80)
]
Guests = Annotated[
    int | None, Ask("How many guests may each person bring?", "Each takes a seat; empty for none", most=2)
]
Question = Annotated[
    str, Ask("What shall I ask those who come?", "For example “Anything about food or access?”", most=45)
]

Offered = Annotated[
    int | None,
    Ask(
        "From when must the next in line say yes?",
        "Hours before the start from which a freed seat is offered, not given; empty for 3, 0 for never",
        most=2,
    ),
]


def answers(event: Event, chapter: Chapter) -> Mapping[str, str]:
    """What an event says, as the answers of the form that would write it."""
    return {
        "title": event.title,
        "starts": write_start(start(event), chapter.zone),
        "where": event.venue,
        "about": event.about,
        "seats": "" if event.seats is None else str(event.seats),
        "ends": "" if event.finish is None else write_moment(event.finish, chapter.zone),
        "answer_by": "" if event.closes is None else write_moment(event.closes, chapter.zone),
        "guests": str(event.guests or ""),
        "question": event.question,
        "offered": "" if event.offered == OFFERED else str(event.offered),
    }


def starts_read(written: str, now: datetime, chapter: Chapter) -> Start:
    """When an event starts; raises Unclear."""
    try:
        return read_start(written, now, chapter.zone)
    except Unreadable as unreadable:
        raise Unclear("starts", str(unreadable)) from None


def moment_read(name: str, written: str, event: Event, now: datetime, chapter: Chapter) -> datetime | None:
    """A moment of an event: of its own day, where only an hour is written. Raises Unclear."""
    if not written:
        return None
    if event.starts is not None:
        day = event.starts.astimezone(chapter.zone)
        # An hour before the evening begins is one of the night after it, if it is to be its end.
        for later in (0, 1) if name == "ends" else (0,):
            try:
                moment = read_moment(f"{day + timedelta(days=later):%Y-%m-%d} {written}", now, chapter.zone)
            except Unreadable:
                break
            if name != "ends" or moment > event.starts:
                return moment
    try:
        return read_moment(written, now, chapter.zone)
    except Unreadable as unreadable:
        raise Unclear(name, str(unreadable)) from None


def guests_read(guests: int | None) -> int:
    """How many each may bring; raises Unclear."""
    if guests is not None and guests < 0:
        raise Unclear("guests", "Write how many guests each may bring; leave this empty for none.")
    return guests or 0


def offered_read(hours: int | None) -> int:
    """From how many hours before the start seats are offered; raises Unclear."""
    if hours is not None and hours < 0:
        raise Unclear("offered", "Write a number of hours; 0 gives seats at once, up to the end.")
    return OFFERED if hours is None else hours


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
        raise unknown() from None


async def public(tx: Transaction, event: EventId) -> Event:
    """An event that anybody may know of; raises Refusal, which tells whoever guesses numbers nothing of drafts."""
    return _for_all(await seen(tx, event))


async def public_held(tx: Transaction, event: EventId) -> Event:
    """The same, held against other writers until the transaction ends; raises Refusal."""
    return _for_all(await held(tx, event))


def _for_all(event: Event) -> Event:
    if not event.public:
        raise unknown()
    return event


async def not_private(tx: Transaction, event: EventId | None) -> None:
    """Raises Unclear where what somebody writes would be about an event that is not there, or not for all."""
    if event is not None:
        try:
            await public(tx, event)
        except Refusal:
            raise Unclear("event", "There is no such event; pick one from the list.") from None


def unknown() -> Refusal:
    """What is said of an event that is not there, or not for the eyes of whoever asks."""
    return Refusal("That event is not on record any more.")


async def held(tx: Transaction, event: EventId) -> Event:
    """An event, held against other writers until the transaction ends; raises Refusal."""
    events = await tx.events.lock([event])
    return events[event] if event in events else await seen(tx, event)


def not_ended(event: Event, now: datetime) -> None:
    """Raises Refusal for an event that nothing can be done about any more; a draft may always get another date."""
    match event.state:
        case EventState.CANCELLED | EventState.DISCARDED:
            raise Refusal("**{title}** is {state} already.", title=event.title, state=event.state)
        case EventState.OVER:
            raise Refusal("**{title}** is over.", title=event.title)
        case EventState.PUBLISHED if event.ended(now):
            raise Refusal("**{title}** is over.", title=event.title)
        case EventState.DRAFT | EventState.PUBLISHED:
            pass


def people(number: int) -> str:
    """How many, at the beginning of a sentence."""
    match number:
        case 0:
            return "Nobody"
        case 1:
            return "One person"
        case _:
            return f"{number} people"
