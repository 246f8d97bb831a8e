"""Plans: an organiser writes an event down, looks at it, publishes it, or calls it off."""

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Annotated

from bot import codes
from bot.calls import Call, Refusal, Reply, Unclear
from bot.commands import Ask, command
from bot.domain.events import Event, EventId, EventState, Plan
from bot.domain.moments import Unreadable, away, read_moment, show_moment
from bot.domain.people import Role
from bot.domain.places import Chapter, ChapterId
from bot.domain.reminders import reminders_of
from bot.domain.rsvps import Answer
from bot.features import announcing, picks
from bot.features.cards import picture
from bot.features.notices import cancellation
from bot.messages import Button, Buttons, Divider, Message, Note, Paragraph, Tone, line, say
from bot.ports import Transaction

Title = Annotated[str, Ask("What is it called?", most=80)]
Starts = Annotated[str, Ask("When does it start?", "For example: Thu 17 Sep 18:30", most=80)]
Where = Annotated[str, Ask("Where?", "Venue and address; empty if not fixed yet", most=150)]
About = Annotated[str, Ask("What is it about?", "What people should know before they come", most=1500, lines=True)]
Seats = Annotated[int | None, Ask("How many seats?", "A whole number; empty for no limit", most=6)]


@command("event create", "Plan a new event", needs=Role.ORGANISER, submit="Preview")
async def create(
    call: Call,
    tx: Transaction,
    title: Title,
    starts: Starts,
    where: Where = "",
    about: About = "",
    seats: Seats = None,
    *,
    chapter: Annotated[
        ChapterId,
        Ask(
            "Which chapter?",
            pick=picks.chapters,
            known=picks.chapter_here,
            nothing="There is no chapter yet: write one into [[chapters]] in config.toml and start the bot again.",
        ),
    ],
) -> Reply:
    """Put a draft on record and show what it will look like; nothing is posted yet."""
    moment = _moment(starts, call.at, await _chapter(tx, chapter))
    account = (await tx.members.recognise([call.caller]))[call.caller.person]
    origin = f"{call.caller.person.platform} {call.key}"
    plan = Plan(chapter, title, moment, where, about, _seats(seats), account.member, origin)
    return await preview(tx, await tx.events.get(await tx.events.add(plan)), call.at)


async def _as_drafted(tx: Transaction, call: Call) -> dict[str, str]:
    draft = await _draft(tx, call.given.get("event", ""))
    chapter = await tx.chapters.get(draft.chapter)
    return {
        "title": draft.title,
        "starts": f"{draft.starts.astimezone(chapter.zone):%Y-%m-%d %H:%M}",
        "where": draft.venue,
        "about": draft.about,
        "seats": "" if draft.seats is None else str(draft.seats),
    }


@command("event redraft", "Change a draft", needs=Role.ORGANISER, hidden=True, submit="Preview", filled=_as_drafted)
async def redraft(
    call: Call,
    tx: Transaction,
    event: Annotated[EventId, Ask("Which draft?", hidden=True)],
    title: Title,
    starts: Starts,
    where: Where = "",
    about: About = "",
    seats: Seats = None,
) -> Reply:
    """Replace what a draft says, and show it again."""
    await _held(tx, event)
    draft = await _draft(tx, str(event))
    moment = _moment(starts, call.at, await tx.chapters.get(draft.chapter))
    changed = replace(draft, title=title, starts=moment, venue=where, about=about, seats=_seats(seats))
    await tx.events.put(changed)
    return await preview(tx, changed, call.at)


@command("event publish", "Publish a draft", needs=Role.ORGANISER, submit="Publish")
async def publish(
    call: Call,
    tx: Transaction,
    event: Annotated[EventId, Ask("Which draft?", pick=picks.drafts, nothing="There is no draft to publish.")],
) -> Reply:
    """Open a draft to everybody: its card is posted in every home of its chapter, and its reminders are set."""
    planned = await _held(tx, event)
    chapter = await tx.chapters.get(planned.chapter)
    match planned.state:
        case EventState.PUBLISHED:
            return line("**{title}** is published already.", title=planned.title)
        case EventState.CANCELLED | EventState.OVER:
            raise Refusal("**{title}** is {state} and no draft any more.", title=planned.title, state=planned.state)
        case EventState.DRAFT:
            pass
    if planned.starts <= call.at:
        raise Refusal(
            "**{title}** would start in the past, on {starts}. Change its time first.",
            title=planned.title,
            starts=show_moment(planned.starts, chapter.zone),
        )
    if not chapter.homes:
        raise Refusal(
            "**{chapter}** has no channel to announce events in. Name one under [[chapters]] in config.toml "
            "(slack_channel, discord_channel), let me into it, and start me again. The draft is kept.",
            chapter=chapter.name,
        )
    published = replace(planned, state=EventState.PUBLISHED, revision=planned.revision + 1)
    await tx.events.put(published)
    await tx.reminders.replace(event, reminders_of(published, chapter.zone, chapter.leads, call.at))
    await tx.errands.refresh(announcing.cards_of(event, chapter), call.at)
    return line("**{title}** is published in {homes}.", title=planned.title, homes=_homes(chapter))


@command("event cancel", "Call an event off", needs=Role.ORGANISER, reads=True, submit="Go on")
async def cancel(
    call: Call,
    tx: Transaction,
    event: Annotated[EventId, Ask("Which event?", pick=picks.plans, nothing="There is no event to call off.")],
) -> Reply:
    """Ask once more before an event is called off, saying who would be told."""
    planned = await _seen(tx, event)
    _not_ended(planned, call.at)
    counts = (await tx.rsvps.headcounts([event]))[event].counts
    told = counts[Answer.GOING] + counts[Answer.WAITING]
    text = say("Call **{title}** off? {told} will be told.", title=planned.title, told=_people(told))
    return Message((Paragraph(text), Buttons((Button("Call it off", call_off.bind(event), Tone.BAD),))), text)


@command("event call-off", "Call an event off at once", needs=Role.ORGANISER, hidden=True)
async def call_off(call: Call, tx: Transaction, event: Annotated[EventId, Ask("Which event?", hidden=True)]) -> Reply:
    """Cancel an event: its card says so, its reminders go, and everybody going or waiting is told once."""
    planned = await _held(tx, event)
    if planned.state is EventState.CANCELLED:
        return line("**{title}** is cancelled already.", title=planned.title)
    _not_ended(planned, call.at)
    cancelled = replace(planned, state=EventState.CANCELLED, revision=planned.revision + 1)
    await tx.events.put(cancelled)
    await tx.reminders.replace(event, ())
    if planned.state is EventState.DRAFT:
        return line("The draft of **{title}** is discarded.", title=planned.title)
    cards = announcing.cards_of(event, await tx.chapters.get(planned.chapter))
    answered = [*await tx.rsvps.answered(event, Answer.GOING), *await tx.rsvps.answered(event, Answer.WAITING)]
    accounts = [account for _rsvp, account in answered]
    await tx.errands.refresh(cards, call.at)
    news = announcing.notices(f"cancelled {event}", accounts, cards, partial(cancellation.bind, event))
    await tx.errands.note(news, call.at)
    return line("**{title}** is cancelled. {told} will be told.", title=planned.title, told=_people(len(accounts)))


async def preview(tx: Transaction, draft: Event, now: datetime) -> Message:
    """A draft as its card will look, with what was understood of its date, and what can be done with it."""
    chapter = await tx.chapters.get(draft.chapter)
    echo = say(
        "This is a preview: nothing is posted yet. It starts on **{starts}**, {away}, and goes to {homes}.",
        starts=show_moment(draft.starts, chapter.zone),
        away=away(draft.starts, now, chapter.zone),
        homes=_homes(chapter),
    )
    actions = Buttons(
        (
            Button("Publish", publish.bind(draft.id), Tone.GOOD),
            Button("Change", redraft.form(event=draft.id)),
            Button("Discard", call_off.bind(draft.id), Tone.BAD),
        )
    )
    card = await picture(tx, draft, (Divider(), Note(echo), actions))
    return replace(card, gist=echo)


async def _chapter(tx: Transaction, chapter: ChapterId) -> Chapter:
    try:
        return await tx.chapters.get(chapter)
    except KeyError:
        raise Unclear("chapter", "There is no such chapter any more; pick another.") from None


async def _seen(tx: Transaction, event: EventId) -> Event:
    """An event as it is on record; raises Refusal."""
    try:
        return await tx.events.get(event)
    except KeyError:
        raise Refusal("That event is not on record any more.") from None


async def _held(tx: Transaction, event: EventId) -> Event:
    """An event, held against other writers until the transaction ends; raises Refusal."""
    held = await tx.events.lock([event])
    return held[event] if event in held else await _seen(tx, event)


async def _draft(tx: Transaction, event: str) -> Event:
    planned = await _seen(tx, EventId(codes.row(event) or 0))
    if planned.state is not EventState.DRAFT:
        raise Refusal("**{title}** is {state} and no draft any more.", title=planned.title, state=planned.state)
    return planned


def _moment(written: str, now: datetime, chapter: Chapter) -> datetime:
    try:
        return read_moment(written, now, chapter.zone)
    except Unreadable as unreadable:
        raise Unclear("starts", str(unreadable)) from None


def _seats(seats: int | None) -> int | None:
    if seats is not None and seats < 1:
        raise Unclear("seats", "An event has at least one seat; leave this empty for no limit.")
    return seats


def _not_ended(event: Event, now: datetime) -> None:
    if event.state in (EventState.CANCELLED, EventState.OVER) or event.ends <= now:
        over = "cancelled already" if event.state is EventState.CANCELLED else "over"
        raise Refusal("**{title}** is {over}.", title=event.title, over=over)


def _homes(chapter: Chapter) -> str:
    if not chapter.homes:
        return "no channel yet"
    return " and ".join(f"#{home.name} on {home.place.platform.title()}" for home in chapter.homes)


def _people(number: int) -> str:
    match number:
        case 0:
            return "Nobody"
        case 1:
            return "One person"
        case _:
            return f"{number} people"
