"""Edits: an organiser changes what an event says, before it is published and after."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import ceil
from typing import Annotated
from zoneinfo import ZoneInfo

from bot import codes, reading
from bot.calls import Call, Door, Mistakes, Reply, Unclear
from bot.commands import Ask, command
from bot.domain.changes import changes
from bot.domain.events import OFFERED, Event, EventId, EventState
from bot.domain.moments import show_moment
from bot.domain.people import Role
from bot.domain.places import Chapter
from bot.domain.reminders import ReminderKind, reminders_of, settling, unsettled_since
from bot.domain.rsvps import Answer
from bot.features import announcing, clashes, echoes, picks, seating, writing
from bot.features.plans import preview
from bot.features.remembering import remember_event
from bot.features.reminding import leads_of
from bot.features.retelling import invite, retell
from bot.messages import Button, Buttons, Message, Note, Paragraph, Part, Slash, Text, already, line, say
from bot.ports import Transaction

MOST = 10
"""Events offered at once, where none was named."""


@command("event edit", "Change an event", needs=Role.ORGANISER, reads=True, anywhere=True, submit="Go on")
async def edit(
    call: Call, tx: Transaction, event: Annotated[EventId | None, Ask("Which event?", pick=picks.plans)] = None
) -> Reply:
    """The form of an event, with what it says now; where none is named, a button for each."""
    if event is None:
        return await _which(call, tx)
    planned = await writing.seen(tx, event)
    writing.not_ended(planned, call.at)
    # The version and the zone are those of the moment in which the form is opened, however old the button was.
    zone = (await tx.chapters.get(planned.chapter)).zone.key
    given = {"event": str(planned.id), "version": str(planned.version), "zone": zone}
    return await reading.ask(tx, revise, replace(call, command=revise.name, given=given, door=Door.BUTTON), {})


async def _as_it_is(tx: Transaction, call: Call) -> Mapping[str, str]:
    event = await writing.seen(tx, EventId(codes.row(call.given.get("event", "")) or 0))
    return writing.answers(event, await tx.chapters.get(event.chapter))


@command("event revise", "Change an event", needs=Role.ORGANISER, hidden=True, submit="Save", filled=_as_it_is)
async def revise(
    call: Call,
    tx: Transaction,
    event: Annotated[EventId, Ask("Which event?", hidden=True)],
    version: Annotated[int, Ask("Which version of it was changed?", hidden=True)],
    title: writing.Title,
    starts: writing.Starts,
    where: writing.Where = "",
    about: writing.About = "",
    seats: writing.Seats = None,
    ends: writing.Ends = "",
    answer_by: writing.AnswerBy = "",
    guests: writing.Guests = None,
    question: writing.Question = "",
    offered: writing.Offered = None,
    zone: Annotated[str, Ask("By the clocks of which zone?", hidden=True)] = "",
) -> Reply:
    """Replace what an event says, unless somebody else has done so since the form was opened."""
    planned = await writing.held(tx, event)
    writing.not_ended(planned, call.at)
    chapter = await tx.chapters.get(planned.chapter)
    typed = {
        "title": title,
        "starts": starts,
        "where": where,
        "about": about,
        "seats": "" if seats is None else str(seats),
        "ends": ends,
        "answer_by": answer_by,
        "guests": str(guests or ""),
        "question": question,
        "offered": "" if offered in (None, OFFERED) else str(offered),
    }
    typed = await clashes.settled(tx, planned, version, zone, typed, chapter)
    revised = replace(planned, title=title, venue=writing.venue_read(where), about=about, question=question)
    mistakes = Mistakes()
    with mistakes.noted():
        revised = replace(revised, seats=writing.seats_read(seats))
    with mistakes.noted():
        revised = replace(revised, guests=writing.guests_read(guests))
    with mistakes.noted():
        revised = replace(revised, offered=writing.offered_read(offered))
    with mistakes.noted():
        revised = _timed(planned, revised, typed, call.at, chapter)
    mistakes.tell()
    if revised != planned:
        if planned.state is EventState.PUBLISHED:  # what a draft said is known to nobody
            await tx.editions.keep(planned)
        revised = replace(revised, version=planned.version + 1)
        if (planned.starts, planned.timed) != (revised.starts, revised.timed):
            revised = replace(revised, revision=planned.revision + 1)
        await tx.events.put(revised)
    if revised.state is EventState.DRAFT:
        return replace(await preview(tx, revised, call.at), moot=revised == planned)
    if revised == planned:
        return already("**{title}** says that already.", title=planned.title)
    return await _republished(tx, planned, revised, chapter, call.at)


def _timed(before: Event, revised: Event, typed: Mapping[str, str], now: datetime, chapter: Chapter) -> Event:
    """The event with the moments that were typed; what was left alone moves along with its start. Raises Unclear."""
    was = writing.answers(before, chapter)
    if typed["starts"] != was["starts"]:
        moved = writing.starts_read(typed["starts"], now, chapter)
        revised = replace(revised, starts=moved.at, timed=moved.timed)
        if before.starts is not None and revised.starts is not None:
            later = revised.starts - before.starts
            finish = before.finish and (before.finish + later if revised.timed else None)
            closes = before.closes and _days_on(before.closes, before.starts, revised.starts, chapter.zone)
            revised = replace(revised, finish=finish, closes=closes)
        else:
            # What was meant for a date goes with it; what was set while there was none stays.
            revised = replace(revised, finish=None, closes=None if revised.starts is None else before.closes)
    mistakes = Mistakes()
    with mistakes.noted():
        if typed["ends"] != was["ends"]:
            revised = replace(revised, finish=writing.moment_read("ends", typed["ends"], revised, now, chapter))
        begins = revised.starts if revised.timed else None
        if revised.finish is not None and (begins is None or revised.finish <= begins):
            raise Unclear("ends", "An event ends after it starts; leave this empty while its hour is open.")
    with mistakes.noted():
        if typed["answer_by"] != was["answer_by"]:
            closes = writing.moment_read("answer_by", typed["answer_by"], revised, now, chapter)
            revised = replace(revised, closes=closes)
        elif typed["starts"] != was["starts"]:
            _still_to_come(before, revised, now, chapter)
        if revised.closes is not None and revised.ends is not None and revised.closes > revised.ends:
            raise Unclear("answer_by", "That is after the event is over.")
    mistakes.tell()
    return revised


def _days_on(moment: datetime, before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The same hour, as many days later as something else is: noon the day before stays that, whatever hour moves."""
    days = after.astimezone(zone).date() - before.astimezone(zone).date()
    return (moment.astimezone(zone) + days).astimezone(UTC)


def _still_to_come(before: Event, after: Event, now: datetime, chapter: Chapter) -> None:
    """Raises Unclear where nobody could answer any more, for a deadline that was meant for another date."""
    if after.closes is None or not after.closed(now) or (before.closed(now) and before.starts is not None):
        return
    moves = "It would move along, to" if after.closes != before.closes else "It is"
    shown = show_moment(after.closes, chapter.zone)
    raise Unclear("answer_by", f"{moves} {shown}, which is past. Write another time; or nothing, for up to the end.")


async def _republished(tx: Transaction, before: Event, after: Event, chapter: Chapter, now: datetime) -> Message:
    """Have everything follow that an event's change means to those outside."""
    said = [say("**{title}** has been changed.", title=after.title), *echoes.changed(before, after, now, chapter.zone)]
    cards = announcing.cards_of(after.id, chapter)
    await _rescheduled(tx, before, after, chapter, now)
    said += await _not_here_yet(tx, after, now)
    moved_up = await seating.fill(tx, after, cards, now)
    await remember_event(tx, after, now)
    headcount = (await tx.rsvps.headcounts([after.id]))[after.id]
    counts = headcount.counts
    if changes(before, after):
        settles = await _settled(tx, before, after, now)
        said.append(_will_be_told(counts[Answer.GOING] + counts[Answer.WAITING], settles - now))
    if moved_up:
        said.append(_moved_up(moved_up, offered=after.offer_until(now) is not None))
    if after.seats is not None and headcount.taken > after.seats != before.seats:
        said.append(
            say(
                "{taken} seats are taken, but there {seats} now. Nobody is removed; nobody moves up "
                "until there is room.",
                seats="is only one" if after.seats == 1 else f"are only {after.seats}",
                taken=headcount.taken,
            )
        )
    if before.seats != after.seats and (large := await seating.bad_news(tx, after, cards, now)):
        said.append(_too_large(large))
    await tx.errands.refresh(cards, now)
    await retell(tx, after.id, now)
    await invite(tx, after.chapter, now)
    parts: tuple[Part, ...] = tuple(Paragraph(text) for text in said)
    return Message(parts, said[0])


async def _not_here_yet(tx: Transaction, after: Event, now: datetime) -> list[Text]:
    """Take back who was ticked off for a start at which nobody can have come yet; what is told of that."""
    if after.doors_open(now):
        return []
    match await tx.arrivals.clear(after.id):
        case 0:
            return []
        case number:
            ticks = (
                "The tick of one person who was here is"
                if number == 1
                else f"The ticks of {number} people who were here are"
            )
            return [say("{ticks} taken back.", ticks=ticks)]


async def _rescheduled(tx: Transaction, before: Event, after: Event, chapter: Chapter, now: datetime) -> None:
    """Have what rings at a time do so by the new one; what has not moved is left alone, and so is what rang."""
    moved = before.revision != after.revision
    made = reminders_of(after, chapter.zone, await leads_of(tx, chapter), now)
    for kind, moves in (
        (ReminderKind.EVENT_SOON, moved),
        (ReminderKind.EVENT_OVER, moved or before.ends != after.ends),
        (ReminderKind.ANSWERS_CLOSE, moved or before.closes != after.closes),
    ):
        if moves:
            await tx.reminders.replace(after.id, [each for each in made if each.kind is kind], kind)


async def _settled(tx: Transaction, before: Event, after: Event, now: datetime) -> datetime:
    """Have people told of a change once it has settled, together with what they were still to be told; when."""
    since = now
    if changes(await tx.editions.get(before, before.settled), before):
        pending = await tx.reminders.pending(after.id, ReminderKind.CHANGES_SETTLE)
        since = min(filter(None, map(unsettled_since, pending)), default=now)
    settles = settling(before, after, since, now)
    await tx.reminders.replace(after.id, [settles], ReminderKind.CHANGES_SETTLE)
    return settles.due


def _moved_up(number: int, *, offered: bool) -> Text:
    if not offered:
        return say("{people} moved up from the line.", people=writing.people(number))
    verb = "is" if number == 1 else "are"
    return say("{people} {verb} offered a seat.", people=writing.people(number), verb=verb)


def _too_large(parties: int) -> Text:
    if parties == 1:
        return say("One party in line is larger than that: they are told, and others go ahead of them.")
    return say("{parties} parties in line are larger than that: they are told, and others go ahead.", parties=parties)


def _will_be_told(number: int, wait: timedelta) -> Text:
    if not number:
        return say("Nobody is going or waiting yet, so nobody needs to be told.")
    people, minutes = writing.people(number), ceil(wait / timedelta(minutes=1))
    if not minutes:
        return say("{people} will be told at once, as it starts so soon.", people=people)
    return say(
        "{people} will be told in {minutes}, together with whatever else you change until then.",
        people=people,
        minutes=("a minute", "two minutes", "three minutes", "four minutes", "five minutes")[minutes - 1],
    )


async def _which(call: Call, tx: Transaction) -> Message:
    offered = await picks.plans(tx, call)
    if not offered:
        return line("There is no event to change. {create} begins one.", create=Slash("event create"))
    parts: list[Part] = []
    for choice in offered[:MOST]:
        parts.append(Paragraph(say("{event}", event=choice.label)))
        parts.append(Buttons((Button("Edit", edit.bind(EventId(int(choice.value)))),)))
    if len(offered) > MOST:
        parts.append(
            Note(say("And {more} more: name one in {edit}.", more=len(offered) - MOST, edit=Slash("event edit")))
        )
    return Message(tuple(parts), say("Which event?"))
