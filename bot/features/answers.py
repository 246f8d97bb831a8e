"""Answers: *Going*, *Maybe* and *Can't make it*, taken in crowds, one guest list for every platform."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from bot import codes
from bot.commands import Ask, Outcome, Press, crowd
from bot.domain.events import Event, EventId, EventState
from bot.domain.moments import show_moment
from bot.domain.people import Account, MemberId, Person
from bot.domain.places import Chapter, ChapterId
from bot.domain.rsvps import Answer, Changes, GuestList, Rsvp, Wish
from bot.features import announcing, seating
from bot.features.picks import upcoming
from bot.features.redirecting import redirect
from bot.features.seating import PARTY
from bot.features.whereabouts import when
from bot.features.wishes import tell_directly
from bot.messages import Button, Buttons, Message, Paragraph, Part, Slash, Value, When, line, say
from bot.ports import Headcount, Transaction

LIST = "event list"
CALENDAR = "calendar file"


@dataclass(frozen=True, slots=True)
class Answering:
    """What is asked of somebody who answers."""

    event: Annotated[EventId, Ask("Which event?", pick=upcoming)]
    answer: Annotated[Wish, Ask("Are you coming?")]


@dataclass(frozen=True, slots=True)
class Room:
    """What a group of answers needs to know."""

    events: Mapping[EventId, Event]
    chapters: Mapping[ChapterId, Chapter]
    accounts: Mapping[Person, Account]
    headcounts: Mapping[EventId, Headcount]
    waiting: Sequence[Rsvp]
    known: Sequence[Rsvp]
    at: datetime

    def chapter(self, event: EventId) -> Chapter:
        return self.chapters[self.events[event].chapter]


async def load(tx: Transaction, presses: Sequence[Press[Answering]]) -> Room:
    """Everything about the events that these presses answer, in a handful of queries however many they are."""
    at = max(press.call.at for press in presses)
    events = await tx.events.lock({press.asked.event for press in presses})
    chapters = {chapter.id: chapter for chapter in await tx.chapters.all()}
    accounts = await tx.members.recognise({press.call.caller.person: press.call.caller for press in presses}.values())
    headcounts = await tx.rsvps.headcounts(events)
    crowded = [event for event, headcount in headcounts.items() if headcount.counts[Answer.WAITING]]
    waiting = await tx.rsvps.waiting(crowded) if crowded else ()
    # Offers that have lapsed before the timekeeper came to it. Whoever pressed in time is in time.
    since = min(press.call.at for press in presses)
    late = {rsvp.event for rsvp in waiting if rsvp.held is not None and rsvp.held <= since}
    if late:
        for event in late:
            await seating.fill(tx, events[event], announcing.cards_of(event, chapters[events[event].chapter]), at)
        headcounts, waiting = await tx.rsvps.headcounts(events), await tx.rsvps.waiting(crowded)
    known = await tx.rsvps.of(events, {account.member for account in accounts.values()})
    return Room(events, chapters, accounts, headcounts, waiting, known, at)


def decide(room: Room, presses: Sequence[Press[Answering]]) -> list[Outcome[Changes]]:
    """Go through the presses in order of arrival; seats are never oversold and nobody overtakes."""
    evenings = {event.id: _evening(room, event) for event in room.events.values()}
    return [_decide(room, evenings.get(press.asked.event), press) for press in presses]


async def keep(tx: Transaction, room: Room, outcomes: Sequence[Outcome[Changes]]) -> None:
    """Write the last word on everybody, wish the cards redrawn, and promise to tell those who moved up."""
    changes = [outcome.kept for outcome in outcomes if outcome.kept is not None]
    if not changes:
        return
    last = {(rsvp.event, rsvp.member): rsvp for change in changes for rsvp in (change.own, *change.promoted)}
    await tx.rsvps.put(last.values())
    await _join(tx, room, [change.own for change in changes])
    cards = {event: announcing.cards_of(event, room.chapter(event)) for event in {event for event, _member in last}}
    await tx.errands.refresh([card for several in cards.values() for card in several], room.at)
    promoted = [rsvp for change in changes for rsvp in change.promoted if last[rsvp.event, rsvp.member] == rsvp]
    if promoted:
        await tx.errands.note(await seating.good_news(tx, promoted, cards), room.at)
    await _follow(tx, room, last.values())


async def _follow(tx: Transaction, room: Room, answered: Iterable[Rsvp]) -> None:
    """Have what is on its way to people follow them to the account with which they answer now."""
    before = {(rsvp.event, rsvp.member): rsvp.account for rsvp in (*room.waiting, *room.known)}
    for rsvp in answered:
        through = before.get((rsvp.event, rsvp.member), rsvp.account)
        if through != rsvp.account:
            both = await tx.members.those([through, rsvp.account])
            await redirect(tx, rsvp.member, list(both.values()), room.at)


async def _join(tx: Transaction, room: Room, answered: Sequence[Rsvp]) -> None:
    """Whoever answers an event joins its chapter; whoever has left it comes back only by coming."""
    comes: dict[bool, list[tuple[ChapterId, MemberId]]] = {True: [], False: []}
    for rsvp in answered:
        comes[rsvp.answer is not Answer.NOT_GOING].append((room.events[rsvp.event].chapter, rsvp.member))
    await tx.chapters.join(comes[False], anew=False)
    await tx.chapters.join(comes[True], anew=True)


@dataclass(frozen=True, slots=True)
class _Evening:
    """One of the events, while a group is worked out."""

    event: Event
    zone: ZoneInfo
    starts: Value
    guests: GuestList


def _evening(room: Room, event: Event) -> _Evening:
    zone = room.chapter(event.id).zone
    headcount = room.headcounts[event.id]
    waiting = [rsvp for rsvp in room.waiting if rsvp.event == event.id]
    known = [rsvp for rsvp in room.known if rsvp.event == event.id]
    guests = GuestList(event, headcount.taken, headcount.last, waiting, known, room.at)
    return _Evening(event, zone, when(event, zone), guests)


def _decide(room: Room, evening: _Evening | None, press: Press[Answering]) -> Outcome[Changes]:
    if evening is None or not evening.event.open(press.call.at):
        return Outcome(None, _closed(None if evening is None else evening.event))
    account = room.accounts[press.call.caller.person]
    comes = press.asked.answer is not Wish.NOT_GOING
    if evening.event.closed(press.call.at) and comes and not _repeats(evening.guests, account, press.asked.answer):
        return Outcome(None, _too_late(evening.event, room.chapter(evening.event.id)))
    changes = evening.guests.answer(account.member, account.id, press.asked.answer)
    kept = changes if changes.fresh or changes.promoted else None
    return Outcome(kept, _receipt(evening, changes.own, account))


def _repeats(guests: GuestList, account: Account, wish: Wish) -> bool:
    """Whether somebody says what they have said already."""
    answer = guests.answered(account.member)
    return answer is not None and (answer.value == wish.value or (answer is Answer.WAITING and wish is Wish.GOING))


def _too_late(event: Event, chapter: Chapter) -> Message:
    assert event.closes is not None
    return line(
        "Answers to **{title}** closed on {closes}. You can still say that you can’t make it.",
        title=event.title,
        closes=When(event.closes, show_moment(event.closes, chapter.zone)),
    )


def _closed(event: Event | None) -> Message:
    match event:
        case None | Event(public=False):  # whoever guesses numbers learns nothing of drafts
            return line("That event is not on record any more. {events} shows what is coming up.", events=Slash(LIST))
        case Event(state=EventState.CANCELLED):
            return line("**{title}** was cancelled, so there is nothing to answer any more.", title=event.title)
        case _:
            return line("**{title}** is over. {events} shows what is coming up.", title=event.title, events=Slash(LIST))


def _receipt(evening: _Evening, own: Rsvp, account: Account) -> Message:
    """What the person who pressed is told, and nobody else."""
    title, starts = evening.event.title, evening.starts
    match own.answer:
        case Answer.GOING:
            text = say("You are going to **{title}**, {starts}.", title=title, starts=starts)
            return Message((Paragraph(text), *_asked(evening.event), *_offers(evening.event, account)), text)
        case Answer.MAYBE:
            return line("You may come to **{title}**, {starts}. A maybe holds no seat.", title=title, starts=starts)
        case Answer.NOT_GOING:
            return line("You are not coming to **{title}**, {starts}.", title=title, starts=starts)
        case Answer.WAITING if own.held is not None:
            until = When(own.held, show_moment(own.held, evening.zone))
            held = seating.held_until(own, until)
            text = say("A seat has come free at **{title}**, {starts}. {held}", title=title, starts=starts, held=held)
            return Message((Paragraph(text), seating.offer_buttons(own.event)), text)
        case Answer.WAITING if not evening.event.holds(own.party):
            text = say(
                "**{title}** {seats}, so there is no room for you with all your guests. You keep your place in line, "
                "but others go ahead until you bring fewer.",
                title=title,
                seats=seating.seats_now(evening.event),
            )
            return Message((Paragraph(text), *_party(evening.event)), text)
        case Answer.WAITING:
            text = say(
                "**{title}** is full. You are number {place} in line, and we will tell you when a seat is yours.",
                title=title,
                place=evening.guests.place_in_line(own.member),
            )
            return Message((Paragraph(text), *_party(evening.event)), text)


def _asked(event: Event) -> tuple[Part, ...]:
    """What the organisers would like to know."""
    return (Paragraph(say("{question}", question=event.question)),) if event.question else ()


def _offers(event: Event, account: Account) -> tuple[Part, ...]:
    """Guests and an answer; and where people are told things in a thread, a direct message instead."""
    buttons = party_buttons(event)
    buttons += calendar_buttons(event, "Add to calendar")
    if not account.direct:
        buttons += (Button("Remind me by direct message", tell_directly.bind(1)),)
    return (Buttons(buttons),) if buttons else ()


def calendar_buttons(event: Event, label: str) -> tuple[Button, ...]:
    """The button that gives an event's calendar file; none while it has no date."""
    return () if event.starts is None else (Button(label, codes.pack(CALENDAR, {"event": str(event.id)})),)


def _party(event: Event) -> tuple[Part, ...]:
    buttons = party_buttons(event)
    return (Buttons(buttons),) if buttons else ()


def party_buttons(event: Event) -> tuple[Button, ...]:
    """The way to bring guests and to answer what the event asks, where it does."""
    match bool(event.guests), bool(event.question):
        case True, True:
            label = "Bring guests, or answer"
        case True, False:
            label = "Bring guests"
        case False, True:
            label = "Answer the question"
        case _:
            return ()
    return (Button(label, codes.pack(PARTY, {"event": str(event.id)})),)


rsvp = crowd("rsvp", "Answer an event", asks=Answering, load=load, decide=decide, keep=keep, submit="Answer")
