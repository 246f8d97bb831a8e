"""Splitting: the groups as only the organiser sees them, mixed again as often as they like, and then posted."""

from typing import Annotated

from bot import codes
from bot.calls import Call, Refusal, Reply
from bot.commands import Ask, command
from bot.domain.breakouts import CROWD, SMALLEST, Breakout, BreakoutId, Who, mixed, repeats, whole
from bot.domain.people import MemberId, Role
from bot.domain.rsvps import Answer
from bot.features.breakouts.cards import GROUPS, POST, cards_of, grouped, listed, redraw
from bot.messages import Button, Buttons, Heading, Message, Note, Slash, Text, Tone, already, line, say
from bot.ports import Transaction

Which = Annotated[BreakoutId, Ask("Which breakout?", hidden=True)]


@command(GROUPS, "Make the groups of a breakout", needs=Role.ORGANISER, hidden=True)
async def groups(call: Call, tx: Transaction, breakout: Which) -> Reply:
    """Make groups of whoever is there by now, another way than before."""
    split = await held(tx, breakout)
    if not split.open:
        return already("These groups are posted already.")
    return await made(tx, split, split.mix + 1)


@command(POST, "Post the groups of a breakout", needs=Role.ORGANISER, hidden=True)
async def post(
    call: Call,
    tx: Transaction,
    breakout: Which,
    mix: Annotated[int, Ask("Which way of mixing?", hidden=True)],
) -> Reply:
    """Post the groups that were shown; where they are others by now, those are shown first."""
    split = await held(tx, breakout)
    if not split.open:
        return already("These groups are posted already.")
    people = await tx.breakouts.people(breakout)
    if set(await _meant(tx, split)) != set(people) or not whole(people.values(), split.size):
        note = say("Somebody came or left meanwhile, so these groups are new; nothing is posted yet.")
        return await made(tx, split, split.mix + 1, note)
    if mix != split.mix:
        note = say("Somebody mixed them again meanwhile; these are the groups now, and nothing is posted yet.")
        return await _preview(tx, split, note)
    await tx.breakouts.post(breakout)
    chapter = await tx.chapters.get(split.chapter)
    if split.who is Who.GOING:
        await tx.errands.refresh(cards_of(breakout, chapter), call.at)
    await redraw(tx, split, call.at)
    homes = " and ".join(f"#{home.name} on {home.place.platform.title()}" for home in chapter.homes)
    return line("The groups are posted in {homes}.", homes=homes)


async def made(tx: Transaction, split: Breakout, mix: int, note: Text | None = None) -> Message:
    """Make groups of whoever is meant, and show them."""
    people = await _meant(tx, split)
    if len(people) < SMALLEST:
        raise Refusal(
            "{who}, and a group is at least two. {other}",
            who="Nobody is there yet" if not people else "Only one is there so far",
            other=say("They press **I’m here** on the card.") if split.who is Who.HERE else _other(),
        )
    if len(people) > CROWD:
        raise Refusal("These are {number} people; I can split {most} at once.", number=len(people), most=CROWD)
    found = mixed(people, split.size, await tx.breakouts.met(people), mix)
    await tx.breakouts.group(split.id, found, mix)
    return await _preview(tx, await tx.breakouts.get(split.id), note)


async def held(tx: Transaction, breakout: BreakoutId) -> Breakout:
    """A breakout, held against other writers; raises Refusal where there is none of this number."""
    try:
        return await tx.breakouts.lock(breakout)
    except KeyError:
        raise Refusal("There is no such breakout. {make} makes one.", make=Slash("breakout")) from None


async def _meant(tx: Transaction, split: Breakout) -> list[MemberId]:
    if split.who is Who.HERE:
        return list(await tx.breakouts.people(split.id))
    return [rsvp.member for rsvp, _account in await tx.rsvps.answered(split.event, Answer.GOING)]


async def _preview(tx: Transaction, split: Breakout, note: Text | None) -> Message:
    """The groups, for the organiser alone, and how many meet again."""
    text = say("Groups at “{event}”", event=(await tx.events.get(split.event)).title)
    people = await tx.breakouts.people(split.id)
    together: dict[int | None, list[MemberId]] = {}
    for member, group in people.items():
        together.setdefault(group, []).append(member)
    again = repeats(together.values(), await tx.breakouts.met(list(people)))
    met = say("Nobody meets somebody from an earlier breakout.")
    if again:
        met = say("{again} were together before; there is no better way that I found.", again=_pairs(again))
    given = {"breakout": str(split.id)}
    buttons = Buttons(
        (
            Button("Post", codes.pack(POST, {**given, "mix": str(split.mix)}), Tone.GOOD),
            Button("Mix again", codes.pack(GROUPS, given)),
        )
    )
    shown = listed(split, await grouped(tx, split))
    notes = (*(() if note is None else (Note(note),)), Note(say("{met} Only you see this so far.", met=met)))
    return Message((Heading(text), *shown, *notes, buttons), text)


def _pairs(number: int) -> str:
    return "One pair" if number == 1 else f"{number} pairs"


def _other() -> Text:
    return say("To split those who press **I’m here**, say so when you ask for groups.")
