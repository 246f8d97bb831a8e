"""Acting for others: an organiser puts somebody on the guest list, moves them, or takes them off it."""

from dataclasses import replace
from functools import partial
from typing import Annotated

from bot.calls import Call, Reply
from bot.commands import Ask, Press, command
from bot.domain.events import EventId, EventState
from bot.domain.people import Account, AccountId, Caller, Person, Platform, Role
from bot.domain.rsvps import Answer, Rsvp, Wish
from bot.drawings import drawing
from bot.features import announcing, answers, picks
from bot.features.organisers import account_of
from bot.features.whereabouts import when
from bot.messages import Button, Buttons, Message, Paragraph, already, line, say
from bot.ports import Transaction

Which = Annotated[EventId, Ask("Which event?", pick=picks.upcoming, nothing="Nothing is planned yet.")]
Who = Annotated[Person, Ask("Who?")]

_WORDS = {
    Answer.GOING: "going",
    Answer.MAYBE: "a maybe",
    Answer.WAITING: "waiting for a seat",
    Answer.NOT_GOING: "not coming",
}


@command("event add-person", "Add to a guest list", needs=Role.ORGANISER, submit="Add")
async def add_person(call: Call, tx: Transaction, event: Which, person: Who) -> Reply:
    """Somebody is coming; where the event is full they wait in line like everybody else."""
    return await _put_down(call, tx, event, person, Wish.GOING)


@command("event move-person", "Change somebody’s answer", needs=Role.ORGANISER, submit="Change")
async def move_person(
    call: Call, tx: Transaction, event: Which, person: Who, answer: Annotated[Wish, Ask("Are they coming?")]
) -> Reply:
    """As if they had pressed the button themselves."""
    return await _put_down(call, tx, event, person, answer)


@command("event remove-person", "Take off a guest list", needs=Role.ORGANISER, submit="Remove")
async def remove_person(call: Call, tx: Transaction, event: Which, person: Who) -> Reply:
    """Their seat goes to whoever waits longest; that they were on the list stays on record."""
    return await _put_down(call, tx, event, person, Wish.NOT_GOING)


async def _put_down(call: Call, tx: Transaction, event: EventId, person: Person, wish: Wish) -> Message:
    """Answer in somebody's place by the very rules by which they would, and let them know."""
    account = await account_of(call, tx, person)
    theirs = replace(call, caller=Caller(person, account.name, account.direct))
    press = Press(theirs, answers.Answering(event, wish))
    room = await answers.load(tx, [press])
    # A deadline is for those who answer themselves.
    room = replace(room, events={key: replace(open_, closes=None) for key, open_ in room.events.items()})
    (outcome,) = answers.decide(room, [press])
    if event not in room.events or not room.events[event].open(call.at):
        return replace(outcome.reply, moot=True)
    title = room.events[event].title
    if outcome.kept is None:
        return already("{name} has answered that to **{title}** already.", name=account.name, title=title)
    await answers.keep(tx, room, [outcome])
    own: Rsvp = outcome.kept.own
    told = person != call.caller.person
    if told:
        key = f"put down {event} place {own.arrived} {own.answer}"
        drawn = partial(put_down.bind, event, own.answer)
        cards = announcing.cards_of(event, room.chapter(event))
        await tx.errands.note(announcing.notices(key, await announcing.told(tx, [own]), cards, drawn), call.at)
    return line(
        "**{title}**: {name} is now **{answer}**{told}.",
        title=title,
        name=account.name,
        answer=_WORDS[own.answer],
        told=" and will be told" if told else "",
    )


@drawing("put down")
async def put_down(
    tx: Transaction, event: EventId, answer: Answer, platform: Platform, first: AccountId, last: AccountId
) -> Message | None:
    """Tells somebody what an organiser has answered for them, unless they have answered otherwise since."""
    planned = await tx.events.get(event)
    found: list[Account] = [account for _rsvp, account in await tx.rsvps.answered(event, answer)]
    told = announcing.addressed(found, platform, first, last)
    if planned.state is not EventState.PUBLISHED or not told:
        return None
    chapter = await tx.chapters.get(planned.chapter)
    text = say(
        "An organiser has put you down for **{title}**, {starts}: **{answer}**.",
        title=planned.title,
        starts=when(planned, chapter.zone),
        answer=_WORDS[answer],
    )
    wish = Wish.GOING if answer is Answer.NOT_GOING else Wish.NOT_GOING
    change = Buttons((Button(wish.words, answers.rsvp.bind(event, wish)),))
    return Message((Paragraph(text), change), text, tuple(account.person for account in told))
