"""Digests: what is coming up in a chapter, with the seats that are left, drawn at the moment it is sent."""

from datetime import datetime

from bot.domain.events import EventState
from bot.domain.excerpts import in_a_line
from bot.domain.places import Chapter
from bot.features.answers import rsvp
from bot.features.cards import seats_of
from bot.features.whereabouts import when, where
from bot.messages import Heading, Menu, Message, Note, Option, Paragraph, Part, say
from bot.ports import Transaction

MOST = 10
"""Events in a digest; the rest are counted."""

LABEL = 70


async def digest(tx: Transaction, chapter: Chapter, now: datetime) -> Message | None:
    """One card without pings; nothing where nothing is planned."""
    planned = await tx.events.upcoming(now, EventState.PUBLISHED, chapter.id)
    if not planned:
        return None
    headcounts = await tx.rsvps.headcounts([event.id for event in planned[:MOST]])
    head = say("What’s on in {chapter}", chapter=chapter.name)
    parts: list[Part] = [Heading(head)]
    for event in planned[:MOST]:
        text = say(
            "**{title}**, {starts}. Where: {venue}. Seats: {seats}.",
            title=event.title,
            starts=when(event, chapter.zone),
            venue=where(event),
            seats=seats_of(event, headcounts[event.id]),
        )
        parts.append(Paragraph(text))
    if len(planned) > MOST:
        parts.append(Note(say("And {more} more.", more=len(planned) - MOST)))
    options = [
        Option(in_a_line(event.title, LABEL), rsvp.form(event=event.id)) for event in planned[:MOST] if event.open(now)
    ]
    if options:
        parts.append(Menu("Are you coming to one of them?", tuple(options)))
    return Message(tuple(parts), say("{head}: {events}", head=head, events=_events(len(planned))))


def _events(number: int) -> str:
    return "1 event" if number == 1 else f"{number} events"
