"""Plans: an organiser writes an event down, looks at it, publishes it, or calls it off."""

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Annotated

from bot import codes
from bot.calls import Call, Mistakes, Refusal, Reply
from bot.commands import Ask, command
from bot.domain.events import Event, EventId, EventState, Plan
from bot.domain.memories import MemoryKind
from bot.domain.moments import show_moment
from bot.domain.people import Role
from bot.domain.places import Chapter, ChapterId
from bot.domain.reminders import reminders_of
from bot.domain.rsvps import Answer
from bot.domain.starts import show_start
from bot.features import announcing, echoes, picks, writing
from bot.features.cards import picture
from bot.features.notices import cancellation
from bot.features.remembering import remember_event, remember_round
from bot.features.reminding import leads_of
from bot.features.resemblance import announce_event
from bot.features.retelling import invite
from bot.features.whereabouts import start
from bot.messages import Button, Buttons, Divider, Message, Note, Paragraph, Part, Slash, Tone, already, line, say
from bot.ports import Transaction

EDIT = "event edit"


@command("event create", "Plan a new event", needs=Role.ORGANISER, submit="Preview")
async def create(
    call: Call,
    tx: Transaction,
    title: writing.Title,
    starts: writing.Starts,
    where: writing.Where = "",
    about: writing.About = "",
    seats: writing.Seats = None,
    *,
    chapter: Annotated[
        ChapterId,
        Ask(
            "Which chapter?",
            pick=picks.chapters,
            known=picks.chapter_here,
            nothing=picks.NO_CHAPTER,
        ),
    ],
) -> Reply:
    """Put a draft on record and show what it will look like; nothing is posted yet."""
    home = await tx.chapters.get(chapter)
    mistakes = Mistakes()
    with mistakes.noted():
        begins = writing.starts_read(starts, call.at, home)
    with mistakes.noted():
        room = writing.seats_read(seats)
    mistakes.tell()
    account = (await tx.members.recognise([call.caller]))[call.caller.person]
    origin = f"{call.caller.person.platform} {call.key}"
    plan = Plan(chapter, title, begins.at, writing.venue_read(where), about, room, account.member, origin, begins.timed)
    return await preview(tx, await tx.events.get(await tx.events.add(plan)), call.at)


@command("event publish", "Publish a draft", needs=Role.ORGANISER, submit="Publish")
async def publish(
    call: Call,
    tx: Transaction,
    event: Annotated[EventId, Ask("Which draft?", pick=picks.drafts, nothing="There is no draft to publish.")],
) -> Reply:
    """Open a draft to everybody: its card is posted in every home of its chapter, and its reminders are set."""
    planned = await writing.held(tx, event)
    chapter = await tx.chapters.get(planned.chapter)
    match planned.state:
        case EventState.PUBLISHED:
            return already("**{title}** is published already.", title=planned.title)
        case EventState.CANCELLED | EventState.OVER | EventState.DISCARDED:
            raise Refusal("**{title}** is {state} and no draft any more.", title=planned.title, state=planned.state)
        case EventState.DRAFT:
            pass
    if planned.ended(call.at) or (planned.timed and planned.starts is not None and planned.starts <= call.at):
        raise Refusal(
            "**{title}** would start in the past, on {starts}. Change its time first.",
            title=planned.title,
            starts=show_start(start(planned), chapter.zone),
        )
    if planned.closes is not None and planned.closed(call.at):
        raise Refusal(
            "**{title}** would take no answers: they closed on {closes}. Change that first, by {edit}.",
            title=planned.title,
            closes=show_moment(planned.closes, chapter.zone),
            edit=Slash(EDIT),
        )
    if not chapter.homes:
        raise Refusal(
            "**{chapter}** has no channel to announce events in. Name one by {edit}; the draft is kept.",
            chapter=chapter.name,
            edit=Slash("chapter edit"),
        )
    published = replace(planned, state=EventState.PUBLISHED, revision=planned.revision + 1, settled=planned.version)
    await tx.events.put(published)
    leads = await leads_of(tx, chapter)
    await tx.reminders.replace(event, reminders_of(published, chapter.zone, leads, call.at))
    cards = announcing.cards_of(event, chapter)
    await tx.errands.refresh(cards, call.at)
    await remember_event(tx, published, call.at)
    await announce_event(tx, published, cards, call.at)
    await invite(tx, planned.chapter, call.at)
    return line("**{title}** is published in {homes}.", title=planned.title, homes=_homes(chapter))


@command("event cancel", "Call an event off", needs=Role.ORGANISER, reads=True, submit="Go on")
async def cancel(
    call: Call,
    tx: Transaction,
    event: Annotated[EventId, Ask("Which event?", pick=picks.plans, nothing="There is no event to call off.")],
) -> Reply:
    """Ask once more before an event is called off, saying who would be told."""
    planned = await writing.seen(tx, event)
    writing.not_ended(planned, call.at)
    counts = (await tx.rsvps.headcounts([event]))[event].counts
    told = counts[Answer.GOING] + counts[Answer.WAITING]
    text = say("Call off **{title}**? {told} will be told.", title=planned.title, told=writing.people(told))
    return Message((Paragraph(text), Buttons((Button("Call it off", call_off.bind(event), Tone.BAD),))), text)


@command("event call-off", "Call an event off", needs=Role.ORGANISER, hidden=True)
async def call_off(call: Call, tx: Transaction, event: Annotated[EventId, Ask("Which event?", hidden=True)]) -> Reply:
    """Cancel an event: its card says so, its reminders go, and everybody going or waiting is told once.

    A draft is discarded, of which nobody hears.
    """
    planned = await writing.held(tx, event)
    if planned.state in (EventState.CANCELLED, EventState.DISCARDED):
        return already("**{title}** is {state} already.", title=planned.title, state=planned.state)
    writing.not_ended(planned, call.at)
    if planned.state is EventState.DRAFT:
        await tx.events.put(replace(planned, state=EventState.DISCARDED))
        return line("The draft of **{title}** is discarded.", title=planned.title)
    await tx.events.put(replace(planned, state=EventState.CANCELLED, revision=planned.revision + 1))
    await tx.reminders.replace(event, ())
    await tx.memories.forget(MemoryKind.EVENT, event)
    for collected in await tx.rounds.about(event):
        await remember_round(tx, collected)
    cards = announcing.cards_of(event, await tx.chapters.get(planned.chapter))
    # An offer of what is off lapses for nobody: whoever has one still waits, and is told.
    offers = [rsvp for rsvp in await tx.rsvps.waiting([event]) if rsvp.held is not None]
    await tx.rsvps.put([replace(offer, held=None) for offer in offers])
    answered = [*await tx.rsvps.answered(event, Answer.GOING), *await tx.rsvps.answered(event, Answer.WAITING)]
    accounts = [account for _rsvp, account in answered]
    await tx.errands.refresh(cards, call.at)
    news = announcing.notices(f"cancelled {event}", accounts, cards, partial(cancellation.bind, event))
    await tx.errands.note(news, call.at)
    await invite(tx, planned.chapter, call.at)
    return line(
        "**{title}** is cancelled. {told} will be told.", title=planned.title, told=writing.people(len(accounts))
    )


async def preview(tx: Transaction, draft: Event, now: datetime) -> Message:
    """A draft as its card will look, with what was understood of its date, and what can be done with it."""
    chapter = await tx.chapters.get(draft.chapter)
    echo = say(
        "This is a preview: nothing is posted yet. {starts}, and it goes to {homes}.",
        starts=echoes.starts(draft, now, chapter.zone),
        homes=_homes(chapter),
    )
    asked: tuple[Part, ...] = ()
    if draft.question:
        asked = (Note(say("Whoever is going is asked: “{question}”", question=draft.question)),)
    actions = Buttons(
        (
            Button("Publish", publish.bind(draft.id), Tone.GOOD),
            Button("Change", codes.pack(EDIT, {"event": str(draft.id)})),
            Button("Discard", call_off.bind(draft.id), Tone.BAD),
        )
    )
    besides = [Note(text) for text in echoes.besides(draft, now, chapter.zone)]
    card = await picture(tx, draft, (Divider(), *asked, Note(echo), *besides, actions))
    return replace(card, gist=echo)


def _homes(chapter: Chapter) -> str:
    if not chapter.homes:
        return "no channel yet"
    return " and ".join(f"#{home.name} on {home.place.platform.title()}" for home in chapter.homes)
