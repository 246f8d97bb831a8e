"""Answers: *Going*, *Maybe* and *Can't make it*, taken in crowds, one guest list for every platform."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Annotated

from bot import codes
from bot.commands import Ask, Outcome, Press, crowd
from bot.domain.events import Event, EventId, EventState
from bot.domain.moments import show_moment
from bot.domain.people import Account, AccountId, Person, Platform
from bot.domain.places import Chapter, ChapterId
from bot.domain.rsvps import Answer, Changes, GuestList, Rsvp, Wish
from bot.drawings import drawing
from bot.errands import Card, Notice
from bot.features import announcing
from bot.features.picks import upcoming
from bot.features.whereabouts import when
from bot.features.wishes import tell_directly
from bot.messages import Button, Buttons, Message, Paragraph, Part, Slash, Value, When, line, say
from bot.ports import Headcount, Transaction

LIST = "event list"
PARTY = "party"


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
    events = await tx.events.lock({press.asked.event for press in presses})
    accounts = await tx.members.recognise({press.call.caller.person: press.call.caller for press in presses}.values())
    headcounts = await tx.rsvps.headcounts(events)
    crowded = [event for event, headcount in headcounts.items() if headcount.counts[Answer.WAITING]]
    return Room(
        events,
        {chapter.id: chapter for chapter in await tx.chapters.all()},
        accounts,
        headcounts,
        await tx.rsvps.waiting(crowded) if crowded else (),
        await tx.rsvps.of(events, {account.member for account in accounts.values()}),
        max(press.call.at for press in presses),
    )


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
    cards = {event: announcing.cards_of(event, room.chapter(event)) for event in {event for event, _member in last}}
    await tx.errands.refresh([card for several in cards.values() for card in several], room.at)
    promoted = [rsvp for change in changes for rsvp in change.promoted if last[rsvp.event, rsvp.member] == rsvp]
    if promoted:
        await tx.errands.note(await good_news(tx, promoted, cards), room.at)


async def good_news(tx: Transaction, promoted: Sequence[Rsvp], cards: Mapping[EventId, Sequence[Card]]) -> list[Notice]:
    """Word to those who have moved up."""
    accounts = {account.id: account for account in await tx.members.accounts({rsvp.member for rsvp in promoted})}
    return [
        notice
        for rsvp in promoted
        for notice in announcing.notices(
            f"promoted {rsvp.event} place {rsvp.arrived}",
            [accounts[rsvp.account]],
            cards[rsvp.event],
            partial(promotion.bind, rsvp.event),
        )
    ]


@dataclass(frozen=True, slots=True)
class _Evening:
    """One of the events, while a group is worked out."""

    event: Event
    starts: Value
    guests: GuestList


def _evening(room: Room, event: Event) -> _Evening:
    starts = when(event, room.chapter(event.id).zone)
    headcount = room.headcounts[event.id]
    waiting = [rsvp for rsvp in room.waiting if rsvp.event == event.id]
    known = [rsvp for rsvp in room.known if rsvp.event == event.id]
    return _Evening(event, starts, GuestList(event, headcount.taken, headcount.last, waiting, known))


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
        case None | Event(state=EventState.DRAFT):  # whoever guesses numbers learns nothing of drafts
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
    buttons = _party_buttons(event)
    if not account.direct:
        buttons += (Button("Remind me by direct message", tell_directly.bind(1)),)
    return (Buttons(buttons),) if buttons else ()


def _party(event: Event) -> tuple[Part, ...]:
    buttons = _party_buttons(event)
    return (Buttons(buttons),) if buttons else ()


def _party_buttons(event: Event) -> tuple[Button, ...]:
    match bool(event.guests), bool(event.question):
        case True, True:
            label = "Bring guests, or answer"
        case True, False:
            label = "Bring guests"
        case False, True:
            label = "Answer"
        case _:
            return ()
    return (Button(label, codes.pack(PARTY, {"event": str(event.id)})),)


@drawing("promotion")
async def promotion(
    tx: Transaction, event: EventId, platform: Platform, first: AccountId, last: AccountId
) -> Message | None:
    """Told to somebody who moved up from the waitlist, unless they have changed their mind meanwhile."""
    planned = await tx.events.get(event)
    going = [account for _rsvp, account in await tx.rsvps.answered(event, Answer.GOING)]
    moved_up = announcing.addressed(going, platform, first, last)
    if planned.state is not EventState.PUBLISHED or not moved_up:
        return None
    chapter = await tx.chapters.get(planned.chapter)
    text = say(
        "A seat has come free: you are going to **{title}**, {starts}{where}.",
        title=planned.title,
        starts=when(planned, chapter.zone),
        where=f", {planned.venue}" if planned.venue else "",
    )
    back_out = Button(Wish.NOT_GOING.words, rsvp.bind(event, Wish.NOT_GOING))
    return Message((Paragraph(text), Buttons((back_out,))), text, tuple(account.person for account in moved_up))


rsvp = crowd("rsvp", "Answer an event", asks=Answering, load=load, decide=decide, keep=keep, submit="Answer")
