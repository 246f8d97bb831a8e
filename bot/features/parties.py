"""Parties: who comes with somebody, and what they would like the organisers to know."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated
from zoneinfo import ZoneInfo

from bot import codes, reading
from bot.calls import Asked, Call, Door, Refusal, Reply, Unclear
from bot.commands import Ask, command
from bot.domain.events import Event, EventId
from bot.domain.moments import show_moment
from bot.domain.rsvps import Changes, Crowded, GuestList, Rsvp
from bot.features import announcing, answers, seating, writing
from bot.messages import Message, Paragraph, Part, When, say
from bot.ports import Transaction

Guests = Annotated[int | None, Ask("How many guests do you bring?", "A whole number; empty for none", most=3)]
Told = Annotated[str, Ask("What should the organisers know?", "Only organisers see this", most=300, lines=True)]


@command(answers.PARTY, "Guests and your answer", hidden=True, reads=True)
async def party(call: Call, tx: Transaction, event: Annotated[EventId, Ask("Which event?", hidden=True)]) -> Reply:
    """The form for what this event asks of those who come."""
    planned = await writing.public(tx, event)
    _still_open(planned, call)
    given = {"event": str(event)}
    return await reading.ask(tx, bring, replace(call, command=bring.name, given=given, door=Door.BUTTON), {})


async def _as_told(tx: Transaction, call: Call) -> Mapping[str, str]:
    account = await tx.members.find(call.caller.person)
    event = EventId(codes.row(call.given.get("event", "")) or 0)
    for rsvp in () if account is None else await tx.rsvps.of([event], [account.member]):
        return {"guests": str(rsvp.guests or ""), "note": rsvp.note}
    return {}


async def _as_put(tx: Transaction, call: Call, asks: Sequence[Asked], errors: Mapping[str, str]) -> Sequence[Asked]:
    event = await writing.public(tx, EventId(codes.row(call.given.get("event", "")) or 0))
    put = [_as_asked(asked, event) for asked in asks if _is_asked(asked, event) or asked.name in errors]
    if not put:
        raise Refusal("**{title}** takes no guests, and asks nothing.", title=event.title)
    return put


@command("bring", "Guests and your answer", hidden=True, submit="Save", filled=_as_told, worded=_as_put)
async def bring(
    call: Call,
    tx: Transaction,
    event: Annotated[EventId, Ask("Which event?", hidden=True)],
    guests: Guests = None,
    note: Told = "",
) -> Reply:
    """Set who comes with somebody that is going or waiting, and what they tell the organisers.

    What the event does not ask any more, and nobody said therefore, stays as it was told.
    """
    planned = await writing.public_held(tx, event)
    _still_open(planned, call)
    account = (await tx.members.recognise([call.caller]))[call.caller.person]
    headcount = (await tx.rsvps.headcounts([event]))[event]
    known = list(await tx.rsvps.of([event], [account.member]))
    everybody = GuestList(planned, headcount.taken, headcount.last, await tx.rsvps.waiting([event]), known, call.at)
    told = known[0] if known else None
    brought = 0 if told is None else told.guests
    wanted = brought if guests is None and not planned.guests else guests or 0
    kept = told.note if told is not None and not planned.question else ""
    if not 0 <= wanted <= (most := max(planned.guests, brought)):
        raise Unclear("guests", f"Each may bring at most {most}." if most else "Nobody may bring guests any more.")
    try:
        changes = everybody.bring(account.member, wanted)
    except KeyError:
        raise Refusal("First say that you are going to **{title}**.", title=planned.title) from None
    except Crowded as crowded:
        room = f"There is room for {crowded.left} more" if crowded.left > 0 else "There is no room for more"
        raise Unclear("guests", f"{room}: each guest takes a seat, and nobody overtakes.") from None
    if wanted > brought and planned.closed(call.at):
        raise Unclear("guests", "It is too late to bring more guests.")
    await _kept(tx, planned, changes, replace(changes.own, note=note or kept), call)
    noted = say(
        "Noted for **{title}**: {guests}.{note}",
        title=planned.title,
        guests=_with(wanted),
        note=" Only the organisers see your answer." if note else "",
    )
    moved_up = changes.own.seated and not known[0].seated
    zone = (await tx.chapters.get(planned.chapter)).zone
    return Message((Paragraph(noted), *(_seated(changes.own, zone) if moved_up else ())), noted)


def _seated(own: Rsvp, zone: ZoneInfo) -> tuple[Part, ...]:
    """Fewer guests found room: whoever waited learns it from the answer."""
    if own.held is None:
        return (Paragraph(say("There is room for that: you are **going**.")),)
    until = When(own.held, show_moment(own.held, zone))
    free = say("There is room for that. {held}", held=seating.held_until(own, until))
    return Paragraph(free), seating.offer_buttons(own.event)


async def _kept(tx: Transaction, event: Event, changes: Changes, own: Rsvp, call: Call) -> None:
    await tx.rsvps.put([own, *changes.promoted])
    cards = announcing.cards_of(event.id, await tx.chapters.get(event.chapter))
    await tx.errands.refresh(cards, call.at)
    if changes.promoted:
        await tx.errands.note(await seating.good_news(tx, changes.promoted, {event.id: cards}), call.at)


def _still_open(event: Event, call: Call) -> None:
    if not event.open(call.at):
        raise Refusal("**{title}** takes no answers any more.", title=event.title)


def _is_asked(asked: Asked, event: Event) -> bool:
    return bool(event.guests if asked.name == "guests" else event.question)


def _as_asked(asked: Asked, event: Event) -> Asked:
    if not _is_asked(asked, event):
        return asked
    if asked.name == "guests":
        return replace(asked, hint=f"At most {event.guests}; empty for none")
    return replace(asked, question=event.question)


def _with(guests: int) -> str:
    match guests:
        case 0:
            return "you come alone"
        case 1:
            return "you bring one guest"
        case _:
            return f"you bring {guests} guests"
