"""Mine: what somebody has answered on either platform, with buttons to change it and files for their calendar."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from bot.calls import Call, Reply
from bot.commands import Ask, command
from bot.domain.events import Event, EventId, EventState
from bot.domain.moments import show_moment
from bot.domain.people import MemberId
from bot.domain.places import Chapter, ChapterId
from bot.domain.rsvps import Answer, Rsvp, Wish
from bot.features import calendars, mydata, wishes
from bot.features.answers import party_buttons, rsvp
from bot.features.linking import LINK
from bot.features.whereabouts import when, where
from bot.messages import Button, Buttons, Heading, Message, Note, Paragraph, Part, Slash, Text, Tone, When, line, say
from bot.ports import Transaction

PAGE = 4
"""Events shown at once, with their buttons: Discord takes forty parts in a message."""

EVENTS, LIST = "my events", "event list"


@command(EVENTS, "See your events, and change your answers", bare=True, reads=True)
async def my_events(call: Call, tx: Transaction, page: Annotated[int, Ask("Which page?", hidden=True)] = 1) -> Reply:
    """What the caller has answered on either platform, soonest first."""
    account = await tx.members.find(call.caller.person)
    mine = [] if account is None else await _answered(tx, call, account.member)
    pages = max(1, -(-len(mine) // PAGE))
    page = min(max(page, 1), pages)
    parts: list[Part] = [Heading(say("Your events"))]
    if not mine:
        parts.append(
            Paragraph(say("You have answered nothing that is coming up. {list} shows what is on.", list=Slash(LIST)))
        )
    chapters = {chapter.id: chapter for chapter in await tx.chapters.all()}
    shown = mine[(page - 1) * PAGE : page * PAGE]
    places = await _places(tx, [event.id for event, own in shown if own.answer is Answer.WAITING])
    for event, own in shown:
        file = await calendars.buttons(tx, event, "Calendar file")
        parts += [Paragraph(_entry(event, own, chapters, places)), _buttons(event, own, file)]
    if pages > 1:
        parts.append(Note(say("Page {page} of {pages}", page=page, pages=pages)))
        turning = [("Earlier", page - 1), ("Later", page + 1)]
        parts.append(Buttons(tuple(Button(label, my_events.bind(to)) for label, to in turning if 1 <= to <= pages)))
    parts.append(_more(bool(mine)))
    return Message(tuple(parts), say("Your events: {number}", number=len(mine)))


@command("my calendar", "Get all your events for your calendar", reads=True)
async def my_calendar(call: Call, tx: Transaction) -> Reply:
    """Everything the caller is going to, waits for or may come to, and what was called off, as one file."""
    account = await tx.members.find(call.caller.person)
    mine = [] if account is None else await _answered(tx, call, account.member)
    coming = [await calendars.dated(tx, event) for event, own in mine if own.answer is not Answer.NOT_GOING]
    events = [each for each in coming if each is not None]
    if not events:
        return line("Nothing that you have answered has a date yet. {list} shows what is to come.", list=Slash(LIST))
    file = calendars.written(events, call.at, "my-events.ics", "Your events")
    text = say("{events} for your calendar.", events="Your event" if len(events) == 1 else f"Your {len(events)} events")
    note = say("A calendar does not hear of changes by itself: get the file again when I tell you of one.")
    return Message((Paragraph(text), Note(note)), text, files=(file,))


async def _answered(tx: Transaction, call: Call, member: MemberId) -> list[tuple[Event, Rsvp]]:
    """What is to come and the member has answered; what was called off only where they would have come.

    What has no date any more is called off until the last one that it had has passed.
    """
    published = await tx.events.upcoming(call.at, EventState.PUBLISHED)
    cancelled = [
        event
        for event in await tx.events.upcoming(call.at, EventState.CANCELLED)
        if (known := await calendars.last_known(tx, event)) is not None and not known.ended(call.at)
    ]
    events = {event.id: event for event in (*published, *cancelled)}
    answers = {own.event: own for own in await tx.rsvps.of(events, [member])}
    return [
        (event, answers[event.id])
        for event in events.values()
        if event.id in answers
        and (event.state is EventState.PUBLISHED or answers[event.id].answer is not Answer.NOT_GOING)
    ]


async def _places(tx: Transaction, events: Sequence[EventId]) -> Mapping[tuple[EventId, MemberId], int]:
    """Everybody's number in these lines."""
    places: dict[tuple[EventId, MemberId], int] = {}
    counts: dict[EventId, int] = {}
    for waiting in await tx.rsvps.waiting(events) if events else ():
        if waiting.held is None:
            counts[waiting.event] = counts.get(waiting.event, 0) + 1
            places[waiting.event, waiting.member] = counts[waiting.event]
    return places


def _entry(
    event: Event,
    own: Rsvp,
    chapters: Mapping[ChapterId, Chapter],
    places: Mapping[tuple[EventId, MemberId], int],
) -> Text:
    chapter = chapters[event.chapter]
    said = _said(own, places.get((event.id, own.member), 0), chapter)
    if event.state is EventState.CANCELLED:
        said = say("**Cancelled.**")
    return say(
        "**{title}**, {chapter}, {starts}. Where: {where}. {said}",
        title=event.title,
        chapter=chapter.name,
        starts=when(event, chapter.zone),
        where=where(event),
        said=said,
    )


def _said(own: Rsvp, place: int, chapter: Chapter) -> Text:
    guests = {0: "", 1: " with one guest"}.get(own.guests, f" with {own.guests} guests")
    match own.answer:
        case Answer.GOING:
            return say("You are **going**{guests}.", guests=guests)
        case Answer.MAYBE:
            return say("You **may** come.")
        case Answer.NOT_GOING:
            return say("You are **not coming**.")
        case Answer.WAITING if own.held is not None:
            until = When(own.held, show_moment(own.held, chapter.zone))
            seats = "A seat is" if own.party == 1 else f"{own.party} seats are"
            return say("{seats} **held for you** until {until}.", seats=seats, until=until)
        case Answer.WAITING:
            return say("You are **number {place} in line**{guests}.", place=place, guests=guests)


def _buttons(event: Event, own: Rsvp, file: Sequence[Button]) -> Buttons:
    """What else can be said, and the file."""
    given = {Answer.GOING: Wish.GOING, Answer.WAITING: Wish.GOING, Answer.MAYBE: Wish.MAYBE}
    said = given.get(own.answer, Wish.NOT_GOING) if own.held is None else None
    answers = [
        Button(wish.words, rsvp.bind(event.id, wish), Tone.GOOD if wish is Wish.GOING else Tone.PLAIN)
        for wish in Wish
        if wish is not said and event.state is EventState.PUBLISHED
    ]
    coming = event.state is EventState.PUBLISHED and own.answer in (Answer.GOING, Answer.WAITING)
    party = party_buttons(event) if coming else ()
    return (
        Buttons((*answers, *party, *file)) if answers or file else Buttons((Button("Look again", my_events.bind(1)),))
    )


def _more(some: bool) -> Buttons:
    buttons = [Button("All in one file", my_calendar.bind())] if some else []
    buttons += [
        Button("Reminders", wishes.my_reminders.bind()),
        Button("Linked accounts", LINK.replace(" ", "%20")),
        Button("My data", mydata.my_data.bind()),
    ]
    return Buttons(tuple(buttons))
