"""Attending: whoever stands at the door ticks off who comes, expected or not, and can take it back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Annotated, LiteralString

from bot import codes, reading
from bot.calls import Call, Candidate, Door, Refusal, Reply, Unclear
from bot.commands import Ask, command
from bot.domain.arrivals import ArrivalId
from bot.domain.events import Event, EventId, EventState
from bot.domain.people import Person, Role
from bot.domain.rsvps import Answer
from bot.features import picks, writing
from bot.features.copying import REMEMBERED
from bot.features.organisers import account_of
from bot.features.retelling import retell
from bot.features.roster import ATTENDANCE, FIND, TICK, UNTICK, WALK_IN, Roster, drawn, roster
from bot.features.whereabouts import when
from bot.messages import Message, Text, roll, say
from bot.ports import Transaction

STILL = timedelta(hours=12)
"""How long after its end an event is still taken to be the one that is meant."""

MOST_GUESTS = 99


async def begun(tx: Transaction, call: Call) -> Sequence[Candidate]:
    """Events to which people may have come: those about to begin or running, then those over, the latest first."""
    running = {str(event.id) for event in await _running(tx, call.at)}
    soon = [candidate for candidate in await picks.upcoming(tx, call) if candidate.value in running]
    held = await picks.events_since(tx, call, call.at - REMEMBERED, EventState.OVER)
    return [*soon, *reversed(held)]


async def at_hand(tx: Transaction, call: Call) -> str | None:
    """The one event that is about to begin, is running, or has just ended: the one whose door somebody stands at."""
    over = await tx.events.upcoming(call.at - STILL, EventState.OVER)
    found = [*await _running(tx, call.at), *over]
    homes = {chapter.id: {home.place for home in chapter.homes} for chapter in await tx.chapters.all()}
    here = [event for event in found if call.place in homes[event.chapter]]
    meant = here or [event for event in found if call.reaches(event.chapter)]
    return str(meant[0].id) if len(meant) == 1 else None


NONE: LiteralString = "No event is about to begin: people are ticked off from three hours before the start on."
Which = Annotated[EventId, Ask("Which event?", pick=begun, known=at_hand, nothing=NONE)]
Hidden = Annotated[EventId, Ask("Which event?", hidden=True)]
Page = Annotated[int | None, Ask("Which page?", hidden=True)]
Guests = Annotated[int | None, Ask("How many guests are with them?", "Empty for as many as they said, or none", most=2)]


@command(ATTENDANCE, "Tick off who came", needs=Role.ORGANISER, reads=True, submit="Go on")
async def attendance(call: Call, tx: Transaction, event: Which, page: Page = None) -> Reply:
    """Everybody who is expected, to be ticked off, and how many are here."""
    planned = await writing.seen(tx, event)
    await _begun(tx, planned, call.at)
    return drawn(await roster(tx, planned), call.at, page=page or 1)


@command(FIND, "Find somebody by name", needs=Role.ORGANISER, hidden=True, reads=True, submit="Find")
async def find(
    call: Call,
    tx: Transaction,
    event: Hidden,
    wanted: Annotated[str, Ask("Who are you looking for?", "A part of the name", most=60)],
) -> Reply:
    """Those of a name, whatever they answered, ready to be ticked off."""
    planned = await writing.seen(tx, event)
    await _begun(tx, planned, call.at)
    return drawn(await roster(tx, planned), call.at, wanted=wanted)


@command(TICK, "Tick somebody off", needs=Role.ORGANISER, hidden=True)
async def tick(
    call: Call,
    tx: Transaction,
    event: Hidden,
    who: Annotated[str, Ask("Who?", most=2000, hidden=True)],
    page: Page = None,
) -> Reply:
    """These members are here, with the guests whom they announced; whoever was ticked off stays as they are."""
    planned = await writing.held(tx, event)
    await _begun(tx, planned, call.at)
    before = await roster(tx, planned)
    meant = {codes.row(number) for number in who.split()}
    here = {arrival.member for arrival in before.arrivals}
    came = [(rsvp, account) for rsvp, account in before.answered if rsvp.member in meant]
    await tx.arrivals.members(event, [(rsvp.member, rsvp.guests) for rsvp, _account in came if rsvp.member not in here])
    await retell(tx, event, call.at)
    names = [account.name for _rsvp, account in came]
    said = say("Ticked off: **{names}**.", names=roll(names[:10], len(names))) if names else _gone()
    return await _roster_since(tx, before, call.at, said, page or 1)


@command(UNTICK, "Take a tick back", needs=Role.ORGANISER, hidden=True)
async def untick(
    call: Call,
    tx: Transaction,
    event: Hidden,
    arrival: Annotated[ArrivalId, Ask("Which one?", hidden=True)],
    page: Page = None,
) -> Reply:
    """Somebody is not here after all."""
    planned = await writing.held(tx, event)
    await _begun(tx, planned, call.at)
    before = await roster(tx, planned)
    names = [before.name(each) for each in before.arrivals if each.id == arrival]
    dropped = await tx.arrivals.drop(event, arrival)
    await retell(tx, event, call.at)
    said = say("Not here after all: **{name}**.", name=names[0]) if dropped and names else _gone()
    return await _roster_since(tx, before, call.at, said, page or 1)


@command(WALK_IN, "Add a walk-in", needs=Role.ORGANISER, submit="Add")
async def add_walk_in(
    call: Call,
    tx: Transaction,
    event: Which,
    person: Annotated[Person | None, Ask("Who is here?", "Empty for somebody without an account")] = None,
    name: Annotated[str, Ask("Or what are they called?", "For somebody without an account", most=60)] = "",
    guests: Guests = None,
) -> Reply:
    """Somebody came whom nobody expected, or came with other guests than they said."""
    if person is None and not name and call.door is not Door.FORM:
        given = {"event": str(event), **({"guests": call.given["guests"]} if call.given.get("guests") else {})}
        return await reading.ask(tx, add_walk_in, replace(call, given=given, door=Door.BUTTON), {})
    planned = await writing.held(tx, event)
    await _begun(tx, planned, call.at)
    before = await roster(tx, planned)
    if guests is not None and not 0 <= guests <= MOST_GUESTS:
        raise Unclear("guests", f"Write how many guests are with them, from 0 to {MOST_GUESTS}.")
    if person is not None and name:
        raise Unclear("name", "Pick somebody above, or write a name here, but not both.")
    if person is not None:
        said = await _known(call, tx, planned, person, guests)
    elif name:
        said = await _unknown(tx, before, name, guests)
    else:
        raise Unclear("name", "Pick somebody above, or write what they are called.")
    await retell(tx, event, call.at)
    return await _roster_since(tx, before, call.at, said)


async def _roster_since(tx: Transaction, before: Roster, now: datetime, said: Text, page: int = 1) -> Message:
    """The roster after what was `said`, and who has come or gone by it, if anybody has."""
    after = await roster(tx, before.event)
    changed = {arrival.member for arrival in {*after.arrivals} ^ {*before.arrivals}}
    whom = tuple(sorted(member for member in changed if member is not None))
    return replace(drawn(after, now, said, page), moot=after.arrivals == before.arrivals, whom=whom)


async def _known(call: Call, tx: Transaction, event: Event, person: Person, guests: int | None) -> Text:
    """Somebody with an account is here; with the guests whom they announced, where nobody says how many."""
    account = await account_of(call, tx, person)
    announced = {rsvp.member: rsvp for rsvp in await tx.rsvps.of([event.id], [account.member])}
    expected = account.member in announced and announced[account.member].answer is Answer.GOING
    before = {arrival.member: arrival.guests for arrival in await tx.arrivals.of(event.id)}
    usual = announced[account.member].guests if expected else 0
    number = before.get(account.member, usual) if guests is None else guests
    await tx.arrivals.members(event.id, [(account.member, number)])
    if expected:
        return say("Ticked off: **{name}**{guests}.", name=account.name, guests=_with(number))
    return say("Walked in: **{name}**{guests}.", name=account.name, guests=_with(number))


async def _unknown(tx: Transaction, listed: Roster, name: str, guests: int | None) -> Text:
    """Somebody whom the bot does not know is here; a name once more is the same person."""
    if any(expected.casefold() == name.casefold() for _rsvp, expected in listed.absent(Answer.GOING)):
        raise Unclear("name", "Somebody of that name is expected: tick them off, or write a little more of this name.")
    known = [each for each in listed.arrivals if each.member is None and each.name.casefold() == name.casefold()]
    if known and guests in (None, known[0].guests):
        return say("**{name}** is here already; write more of the name of another one.", name=known[0].name)
    await tx.arrivals.named(listed.event.id, known[0].name if known else name, guests or 0)
    return say("Walked in: **{name}**{guests}.", name=name, guests=_with(guests or 0))


async def _running(tx: Transaction, now: datetime) -> list[Event]:
    """Published events that are about to begin or have begun, and are not over."""
    published = await tx.events.upcoming(now, EventState.PUBLISHED)
    return [event for event in published if event.doors_open(now)]


async def _begun(tx: Transaction, event: Event, now: datetime) -> None:
    """Raises Refusal where nobody can have come."""
    match event.state:
        case EventState.DRAFT:
            raise Refusal("**{title}** is not published yet.", title=event.title)
        case EventState.DISCARDED:
            raise Refusal("**{title}** was discarded, so nobody came.", title=event.title)
        case EventState.CANCELLED:
            raise Refusal("**{title}** was cancelled, so nobody came.", title=event.title)
        case EventState.PUBLISHED if not event.doors_open(now):
            zone = (await tx.chapters.get(event.chapter)).zone
            raise Refusal(
                "**{title}** has not begun: {starts}. People can be ticked off from three hours before.",
                title=event.title,
                starts=when(event, zone),
            )
        case EventState.PUBLISHED | EventState.OVER:
            pass


def _gone() -> Text:
    return say("That was done already, or is not on the list any more.")


def _with(guests: int) -> str:
    match guests:
        case 0:
            return ""
        case 1:
            return ", with a guest"
        case _:
            return f", with {guests} guests"
