"""Joining: people say that they are here, look up their group, and write down what it came to."""

from typing import Annotated

from bot import codes
from bot.calls import Call, Refusal, Reply
from bot.commands import Ask, command
from bot.domain.breakouts import CROWD, Who
from bot.domain.takeaways import LONGEST, Credit
from bot.features.breakouts.cards import HERE, MINE, WRITE, grouped, redraw
from bot.features.breakouts.splitting import Which, held
from bot.features.takeaways import keeping
from bot.messages import Button, Buttons, Heading, Message, Note, Paragraph, line, roll, say
from bot.ports import Transaction


@command(HERE, "Say that you are here", hidden=True)
async def here(
    call: Call,
    tx: Transaction,
    breakout: Which,
    on: Annotated[int, Ask("Are you here?", hidden=True)],
) -> Reply:
    """Be split with the others, or not; pressed twice it counts once."""
    split = await held(tx, breakout)
    if not split.open:
        raise Refusal("The groups are made already; just join one, or ask an organiser to make new ones.")
    if split.who is not Who.HERE:
        raise Refusal("These groups are made of those who are going.")
    account = (await tx.members.recognise([call.caller]))[call.caller.person]
    if on and len(await tx.breakouts.people(breakout)) >= CROWD:
        raise Refusal("There are {most} people already, and I can split no more at once.", most=CROWD)
    if await tx.breakouts.join(breakout, account.member, bool(on)):
        await redraw(tx, split, call.at)
    if not on:
        return line("You are not split with the others.")
    text = say("You are here: your group is posted in a moment.")
    back = Button("Not after all", codes.pack(HERE, {"breakout": str(breakout), "on": "0"}))
    return Message((Paragraph(text), Buttons((back,))), text)


@command(MINE, "See which group is yours", hidden=True, reads=True)
async def mine(call: Call, tx: Transaction, breakout: Which) -> Reply:
    """The caller's own group, and all of its question."""
    try:
        split = await tx.breakouts.get(breakout)
    except KeyError:
        raise Refusal("There is no such breakout any more.") from None
    account = await tx.members.find(call.caller.person)
    number = None if account is None else (await tx.breakouts.people(breakout)).get(account.member)
    if number is None or split.open:
        return line("You are in no group. Just join one: there is always room for one more.")
    names = (await grouped(tx, split))[number]
    text = say("You are in group {number}", number=number + 1)
    asked = split.question(number)
    question = (Paragraph(say("{question}", question=asked)),) if asked else ()
    return Message((Heading(text), *question, Note(say("{names}", names=roll(names, len(names))))), text)


@command(WRITE, "Write a group’s result", hidden=True, submit="Keep")
async def write(
    call: Call,
    tx: Transaction,
    breakout: Which,
    text: Annotated[str, Ask("What does your group take away?", "A sentence or two", most=LONGEST, lines=True)],
    group: Annotated[int, Ask("Which group?", hidden=True)] = 0,
    credit: Annotated[Credit, Ask("With your name?", "The write-up and searches show it")] = Credit.NAMED,
) -> Reply:
    """Keep a takeaway of the event; every group has a button of its own, and all of them write into the same."""
    split = await held(tx, breakout)
    return await keeping.add.run(call, tx, text, split.chapter, split.event, credit)
