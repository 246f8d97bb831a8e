"""The event card: what an evening looks like at this moment, the same on every platform."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot import budget
from bot.domain.events import Event, EventId, EventState
from bot.domain.excerpts import shortened
from bot.domain.moments import show_moment
from bot.domain.rsvps import Answer, Wish
from bot.drawings import drawing
from bot.features.announcing import EVENT_CARD
from bot.features.answers import rsvp
from bot.features.whereabouts import span, when, where
from bot.messages import (
    Button,
    Buttons,
    Facts,
    Heading,
    Message,
    Note,
    Paragraph,
    Part,
    Text,
    Tone,
    When,
    roll,
    say,
)
from bot.ports import Headcount, Transaction

MOST_NAMES = 25
BUDGET = budget.Budget(600, 850)
LONGEST_NAME = 32
"""Names shown of each answer, the room for them all, and the letters of each: a card is read on a phone, and the
description alone may take most of it."""


@drawing(EVENT_CARD)
async def event_card(tx: Transaction, event: EventId, now: datetime | None = None) -> Message | None:
    """The card as it is posted: the facts, who is coming, and the buttons to answer, as long as they can."""
    planned = await tx.events.get(event)
    match planned.state:
        case EventState.DRAFT | EventState.DISCARDED:
            return None
        case EventState.PUBLISHED:
            return await picture(tx, planned, _ways_to_answer(planned, now))
        case EventState.CANCELLED:
            return await picture(tx, planned, (Paragraph(say("**This event is cancelled.**")),))
        case EventState.OVER:
            return await picture(tx, planned, (Note(say("This event is over.")),))


async def picture(tx: Transaction, event: Event, foot: tuple[Part, ...]) -> Message:
    """An event with who answered what, and something of the caller's at its foot."""
    chapter = await tx.chapters.get(event.chapter)
    headcount = (await tx.rsvps.headcounts([event.id]))[event.id]
    parts: list[Part] = [Heading(say("{title}", title=event.title)), Facts(_facts(event, chapter.zone, headcount))]
    topic = say("{about}", about=event.about) if event.about else say("What it is about is still to be announced.")
    parts.append(Paragraph(topic) if event.about else Note(topic))
    rows = [
        (_label(words, headcount, answer), roll(fitting(names), headcount.counts[answer]))
        for answer, words in ((Answer.GOING, "Going"), (Answer.MAYBE, "Maybe"), (Answer.WAITING, "Waiting"))
        if (names := await tx.rsvps.names(event.id, answer, MOST_NAMES))
    ]
    if rows:
        parts.append(Facts(tuple(rows)))
    gist = say("{title}, {starts}", title=event.title, starts=when(event, chapter.zone))
    return Message((*parts, *foot), gist)


def _label(words: str, headcount: Headcount, answer: Answer) -> str:
    guests = headcount.guests if answer is Answer.GOING else 0
    brought = f" and {guests} {'guest' if guests == 1 else 'guests'}" if guests else ""
    return f"{words} ({headcount.counts[answer]}{brought})"


def _ways_to_answer(event: Event, now: datetime | None) -> tuple[Part, ...]:
    """The buttons that still do what they say: once answers are closed, only the way out."""
    if now is None or not event.closed(now):
        return (answer_buttons(event.id),)
    back_out = Button(Wish.NOT_GOING.words, rsvp.bind(event.id, Wish.NOT_GOING))
    return Note(say("Answers are closed. Whoever is going and cannot come can still say so.")), Buttons((back_out,))


def answer_buttons(event: EventId) -> Buttons:
    """One button for each thing that can be said."""
    tones = {Wish.GOING: Tone.GOOD, Wish.MAYBE: Tone.PLAIN, Wish.NOT_GOING: Tone.PLAIN}
    return Buttons(tuple(Button(wish.words, rsvp.bind(event, wish), tone) for wish, tone in tones.items()))


def fitting(names: Sequence[str]) -> list[str]:
    """The first names that fit; whoever has a very long one is shown with the beginning of it."""
    return budget.fitting((shortened(name, LONGEST_NAME) for name in names), str, BUDGET)


def _facts(event: Event, zone: ZoneInfo, headcount: Headcount) -> tuple[tuple[str, Text], ...]:
    facts = [
        ("When", say("{starts}", starts="To be announced" if event.starts is None else span(event, zone))),
        ("Where", say("{venue}", venue=where(event))),
        ("Seats", say("{seats}", seats=seats_of(event, headcount))),
    ]
    if event.guests:
        facts.append(("Guests", say("Up to {guests} with each", guests=event.guests)))
    if event.closes is not None:
        facts.append(("Answer by", say("{closes}", closes=When(event.closes, show_moment(event.closes, zone)))))
    return tuple(facts)


def seats_of(event: Event, headcount: Headcount) -> str:
    """How many seats there are and how many of them are left; an offer may still come to nothing."""
    if event.seats is None:
        return "No limit"
    left = max(0, event.seats - headcount.taken)
    if left:
        return f"{event.seats}, {left} left"
    return f"{event.seats}, all taken or offered" if headcount.held else f"{event.seats}, all taken"
