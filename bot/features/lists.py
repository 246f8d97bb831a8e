"""Lists: what is coming up, what is still a draft, and one event in full."""

from dataclasses import replace
from typing import Annotated

from bot import codes
from bot.calls import Call, Refusal, Reply
from bot.commands import Ask, command
from bot.domain.events import Event, EventId, EventState
from bot.domain.people import Role
from bot.domain.places import Chapter, ChapterId
from bot.features import joining, picks
from bot.features.cards import event_card, seats_of
from bot.features.plans import EDIT, call_off, publish
from bot.features.polls import history
from bot.features.whereabouts import when
from bot.messages import Button, Buttons, Heading, Message, Note, Paragraph, Part, Slash, Tone, counted, line, say
from bot.ports import Headcount, Transaction

MOST = 10
DRAFTS = 7
"""Events, and drafts with their buttons, listed at once; the rest are counted."""


@command("event list", "See what is coming up", reads=True)
async def list_events(
    call: Call,
    tx: Transaction,
    chapter: Annotated[ChapterId | None, Ask("Which chapter?", "Empty for all of them", pick=picks.chapters)] = None,
) -> Reply:
    """What is coming up, soonest first, with a word on the seats; the caller's own chapters come first."""
    chapters = {known.id: known for known in await tx.chapters.all()}
    theirs = await joining.own(tx, call) if chapter is None else frozenset[ChapterId]()
    found = await tx.events.upcoming(call.at, EventState.PUBLISHED, chapter)
    published = sorted(found, key=lambda event: event.chapter not in theirs)
    headcounts = await tx.rsvps.headcounts([event.id for event in published[:MOST]])
    parts: list[Part] = [Heading(say("What is coming up"))]
    elsewhere = False
    for number, event in enumerate(published[:MOST]):
        if number and not elsewhere and event.chapter not in theirs and published[0].chapter in theirs:
            elsewhere = True
            parts.append(Paragraph(say("**In other chapters**")))
        parts.append(_entry(event, chapters[event.chapter], headcounts[event.id]))
    if not published:
        parts.append(Paragraph(say("Nothing is planned yet.")))
    if len(published) > MOST:
        parts.append(Note(say("And {more} more.", more=len(published) - MOST)))
    parts.append(
        Note(say("{rsvp} answers one of them, {show} shows one in full.", rsvp=Slash("rsvp"), show=Slash("event show")))
    )
    return Message(tuple(parts), say("What is coming up: {events}", events=counted(len(published), "event", "events")))


@command("event show", "See an event in full", reads=True, submit="Show")
async def show(
    call: Call,
    tx: Transaction,
    event: Annotated[EventId, Ask("Which event?", pick=picks.upcoming, nothing="Nothing is planned yet.")],
) -> Reply:
    """The card of an event with what was asked about it, for the person who wants to see it."""
    try:
        drawn = await event_card.draw(tx, event, call.at)
    except KeyError:
        drawn = None
    if drawn is None:
        raise Refusal("That event is not on record, or not published yet.")
    return replace(drawn, parts=(*drawn.parts, *await history.polls_of(tx, event)))


@command("event drafts", "See unpublished drafts", needs=Role.ORGANISER, reads=True, anywhere=True)
async def drafts(call: Call, tx: Transaction) -> Reply:
    """Every draft, with buttons that publish, change and discard it."""
    chapters = {known.id: known for known in await tx.chapters.all()}
    found = await picks.drafted(tx, call)
    if not found:
        return line("There are no drafts. {create} begins one.", create=Slash("event create"))
    parts: list[Part] = [Heading(say("Drafts"))]
    for event in found[:DRAFTS]:
        starts = when(event, chapters[event.chapter].zone)
        passed = ", which has passed: change its date to publish it" if event.ended(call.at) else ""
        text = say("**{title}**, {starts}{passed}", title=event.title, starts=starts, passed=passed)
        actions = (
            Button("Publish", publish.bind(event.id), Tone.GOOD),
            Button("Change", codes.pack(EDIT, {"event": str(event.id)})),
            Button("Discard", call_off.bind(event.id), Tone.BAD),
        )
        parts += [Paragraph(text), Buttons(actions)]
    if len(found) > DRAFTS:
        more = say("And {more} more: name one in {publish}.", more=len(found) - DRAFTS, publish=Slash("event publish"))
        parts.append(Note(more))
    return Message(tuple(parts), counted(len(found), "draft", "drafts"))


def _entry(event: Event, chapter: Chapter, headcount: Headcount) -> Paragraph:
    text = say(
        "**{title}**, {chapter}, {starts}. Seats: {seats}.",
        title=event.title,
        chapter=chapter.name,
        starts=when(event, chapter.zone),
        seats=seats_of(event, headcount),
    )
    return Paragraph(text)
