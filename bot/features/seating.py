"""Seating: seats that come free are filled from the line, and those who get one, or the offer of one, are told."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

from bot import codes
from bot.domain.events import Event, EventId, EventState
from bot.domain.moments import show_moment
from bot.domain.people import Account, AccountId, Platform
from bot.domain.rsvps import Answer, GuestList, Rsvp, Wish
from bot.drawings import drawing
from bot.errands import Card, Notice
from bot.features import announcing
from bot.features.whereabouts import when
from bot.messages import Button, Buttons, Message, Paragraph, Text, Tone, When, say
from bot.ports import Transaction

RSVP, PARTY = "rsvp", "party"
"""The commands that answer an event, by name: they are answered by what stands on this."""


async def fill(tx: Transaction, event: Event, cards: Sequence[Card], now: datetime) -> int:
    """Let people move up as far as there are seats, and promise to tell them; how many there are.

    Offers that were not taken up in time are let go first. Whatever is done to a guest list is done after this.
    """
    headcount = (await tx.rsvps.headcounts([event.id]))[event.id]
    waiting = await tx.rsvps.waiting([event.id])
    everybody = GuestList(event, headcount.taken, headcount.last, waiting, (), now)
    lapsed = everybody.lapse(now)
    promoted = (*everybody.grant(), *everybody.promote()) if event.open(now) else ()
    if lapsed or promoted:
        await tx.rsvps.put([*lapsed, *promoted])
        await tx.errands.note(await good_news(tx, promoted, {event.id: cards}), now)
        await tx.errands.refresh(cards, now)
    return len(promoted)


async def bad_news(tx: Transaction, event: Event, cards: Sequence[Card], now: datetime) -> int:
    """Promise to tell the parties in line for which there are not seats enough any more; how many there are."""
    large = [rsvp for rsvp in await tx.rsvps.waiting([event.id]) if _too_large(rsvp, event)]
    for rsvp, account in zip(large, await announcing.told(tx, large), strict=True):
        key = f"too large {event.id} place {rsvp.arrived} v{event.version}"
        await tx.errands.note(announcing.notices(key, [account], cards, partial(too_large.bind, event.id)), now)
    return len(large)


async def good_news(tx: Transaction, moved: Sequence[Rsvp], cards: Mapping[EventId, Sequence[Card]]) -> list[Notice]:
    """Word to those who have moved up, or may."""
    told: list[Notice] = []
    for rsvp, account in zip(moved, await announcing.told(tx, moved), strict=True):
        word, drawn = ("promoted", promotion) if rsvp.held is None else ("offered", offer)
        key = f"{word} {rsvp.event} place {rsvp.arrived}"
        told += announcing.notices(key, [account], cards[rsvp.event], partial(drawn.bind, rsvp.event))
    return told


class Offers:
    """Rings for offers that nobody has taken up in time: the seats go to the next in line."""

    async def ring(self, tx: Transaction, now: datetime, most: int) -> int:
        """Let go of what has lapsed; the number of events."""
        events = await tx.events.lock(await tx.rsvps.lapsing(now, most))
        chapters = {chapter.id: chapter for chapter in await tx.chapters.all()} if events else {}
        for event in events.values():
            await fill(tx, event, announcing.cards_of(event.id, chapters[event.chapter]), now)
        return len(events)

    async def next(self, tx: Transaction) -> datetime | None:
        return await tx.rsvps.next_lapse()


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
    back_out = Button(Wish.NOT_GOING.words, answering(event, Wish.NOT_GOING))
    return Message((Paragraph(text), Buttons((back_out,))), text, tuple(account.person for account in moved_up))


@drawing("offer")
async def offer(
    tx: Transaction,
    event: EventId,
    platform: Platform,
    first: AccountId,
    last: AccountId,
    now: datetime | None = None,
) -> Message | None:
    """Asks the next in line whether they still come, while a seat is held for them."""
    planned = await tx.events.get(event)
    held = {account.id: rsvp for rsvp, account in await tx.rsvps.answered(event, Answer.WAITING) if rsvp.held}
    waiting: list[Account] = [account for _rsvp, account in await tx.rsvps.answered(event, Answer.WAITING)]
    asked = [each for each in announcing.addressed(waiting, platform, first, last) if each.id in held]
    if planned.state is not EventState.PUBLISHED or not asked:
        return None
    until = held[asked[0].id].held
    if until is None or (now is not None and until <= now):
        return None
    zone = (await tx.chapters.get(planned.chapter)).zone
    text = say(
        "A seat has come free at **{title}**, {starts}{where}. Are you coming? {held}",
        title=planned.title,
        starts=when(planned, zone),
        where=f", {planned.venue}" if planned.venue else "",
        held=held_until(held[asked[0].id], When(until, show_moment(until, zone))),
    )
    return Message((Paragraph(text), offer_buttons(event)), text, tuple(account.person for account in asked))


@drawing("too large")
async def too_large(
    tx: Transaction, event: EventId, platform: Platform, first: AccountId, last: AccountId
) -> Message | None:
    """Tells somebody in line that they have more guests than there are seats, and that others go ahead of them."""
    planned = await tx.events.get(event)
    large = [account for rsvp, account in await tx.rsvps.answered(event, Answer.WAITING) if _too_large(rsvp, planned)]
    told = announcing.addressed(large, platform, first, last)
    if planned.state is not EventState.PUBLISHED or not told:
        return None
    text = say(
        "**{title}**, {starts}, {seats}, so there is no room for you with all your guests. You keep your place in "
        "line, but others go ahead until you bring fewer.",
        title=planned.title,
        starts=when(planned, (await tx.chapters.get(planned.chapter)).zone),
        seats=seats_now(planned),
    )
    fewer = (Button("Bring fewer guests", codes.pack(PARTY, {"event": str(event)})),) if planned.guests else ()
    buttons = Buttons((*fewer, Button(Wish.NOT_GOING.words, answering(event, Wish.NOT_GOING))))
    return Message((Paragraph(text), buttons), text, tuple(account.person for account in told))


def _too_large(rsvp: Rsvp, event: Event) -> bool:
    return rsvp.held is None and not event.holds(rsvp.party)


def seats_now(event: Event) -> str:
    """How many seats there are, of an event that has a limit."""
    return "has only one seat" if event.seats == 1 else f"has only {event.seats} seats"


def held_until(rsvp: Rsvp, until: When) -> Text:
    """How long somebody may think it over, and what becomes of it otherwise."""
    what = "It is" if rsvp.guests == 0 else f"{rsvp.party} seats are"
    return say("{what} yours until {until}; without an answer it goes to whoever is next.", what=what, until=until)


def offer_buttons(event: EventId) -> Buttons:
    """Yes and no."""
    return Buttons(
        (
            Button("Yes, I’m coming", answering(event, Wish.GOING), Tone.GOOD),
            Button(Wish.NOT_GOING.words, answering(event, Wish.NOT_GOING)),
        )
    )


def answering(event: EventId, wish: Wish) -> str:
    """The code of an answer."""
    return codes.pack(RSVP, {"event": str(event), "answer": wish.value})
