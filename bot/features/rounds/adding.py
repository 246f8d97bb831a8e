"""Adding: a line of somebody's own in one of the columns, which they can put their name to, or take back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Annotated

from bot import codes
from bot.calls import Call, Refusal, Reply
from bot.commands import Ask, command
from bot.domain.people import MemberId
from bot.domain.rounds import EACH, LONGEST, Entry, EntryId, Round, RoundId, Written
from bot.domain.takeaways import Credit
from bot.features.remembering import remember_round
from bot.features.rounds.words import ADD, NAME, WITHDRAW, backing, entry_of, held, redraw, seen
from bot.messages import Button, Buttons, Message, Note, Paragraph, Tone, line, say
from bot.ports import Transaction

Which = Annotated[RoundId, Ask("Which round?", hidden=True)]
Line = Annotated[EntryId, Ask("Which entry?", hidden=True)]


@command(ADD, "Add to a round", hidden=True, submit="Add")
async def add(
    call: Call,
    tx: Transaction,
    round: Which,
    column: Annotated[int, Ask("In which column?", hidden=True)],
    text: Annotated[str, Ask("In a few words", "A line of at most 200 letters", most=LONGEST)],
) -> Reply:
    """Write an entry; what somebody else has said in the same words is supported instead."""
    collected = await held(tx, round)
    if not 0 <= column < len(collected.columns):
        raise Refusal("There is no such column in **{title}**.", title=collected.title)
    account = (await tx.members.recognise([call.caller]))[call.caller.person]
    entries = await tx.rounds.entries(round)
    same = next((each for each in entries if each.column == column and each.says(text)), None)
    if same is not None:
        return await _same(tx, collected, same, account.member, call.at)
    if sum(each.author == account.member for each in entries) >= EACH:
        raise Refusal("You have written {number} entries in this round; leave some for the others.", number=EACH)
    origin = f"{call.caller.person.platform} {call.key}"
    number = await tx.rounds.write(Written(round, column, text, account.member, call.at, origin))
    await remember_round(tx, collected)
    await redraw(tx, collected, call.at)
    return _receipt(collected, await entry_of(tx, collected, number))


@command(NAME, "Show or hide your name on an entry", hidden=True)
async def name(
    call: Call,
    tx: Transaction,
    round: Which,
    entry: Line,
    credit: Annotated[Credit, Ask("With your name?", hidden=True)],
) -> Reply:
    """Let one's own entry bear one's name, or no longer."""
    collected, own = await _own(tx, call, round, entry)
    await tx.rounds.credit(entry, credit)
    await redraw(tx, collected, call.at)
    return _receipt(collected, replace(own, credit=credit))


@command(WITHDRAW, "Take an entry back", hidden=True)
async def withdraw(call: Call, tx: Transaction, round: Which, entry: Line) -> Reply:
    """Take one's own entry back, from a closed round too: its text goes, unless somebody else has said just that."""
    collected, _own_entry = await _own(tx, call, round, entry)
    if await tx.rounds.hand_on(entry):
        await redraw(tx, collected, call.at)
        return line("It is taken back. Somebody else has said just that, so it stands there as theirs.")
    await tx.rounds.drop(entry)
    await remember_round(tx, collected, reduced=True)
    await redraw(tx, collected, call.at)
    return line("It is taken back: nobody sees it any more.")


async def take_all_back(tx: Transaction, author: MemberId) -> Sequence[Round]:
    """Take back whatever somebody wrote in any round; the rounds, which are still to be drawn anew.

    They are held first: whoever writes in one at that moment would have it found by what is taken back.
    """
    numbers = sorted({entry.round for entry in await tx.rounds.of_author(author)})
    rounds = [await tx.rounds.lock(number) for number in numbers]
    await tx.rounds.disown(author)
    for entry in await tx.rounds.of_author(author):
        if not await tx.rounds.hand_on(entry.id):
            await tx.rounds.drop(entry.id)
    for collected in rounds:
        await remember_round(tx, collected, reduced=True)
    return rounds


async def _own(tx: Transaction, call: Call, number: RoundId, entry: EntryId) -> tuple[Round, Entry]:
    """An entry of the caller's own; raises Refusal for anybody else's."""
    collected = await seen(tx, number)
    await tx.rounds.lock(number)
    found = await entry_of(tx, collected, entry)
    account = await tx.members.find(call.caller.person)
    if account is None or found.author != account.member:
        raise Refusal("That is not yours to decide on: only whoever wrote it may.")
    return collected, found


async def _same(tx: Transaction, collected: Round, entry: Entry, member: MemberId, now: datetime) -> Message:
    if entry.author == member:
        raise Refusal("You have said that already; it stands there once.")
    await tx.rounds.say_too(entry.id, member)
    await redraw(tx, collected, now)
    there = await entry_of(tx, collected, entry.id)
    return line(
        "Somebody has said just that already, so now you support it: {backing}.", backing=backing(there.support)
    )


def _receipt(collected: Round, entry: Entry) -> Message:
    column = collected.columns[entry.column]
    text = say("“{text}” stands in **{column}**.", text=entry.text, column=column)
    named = entry.credit is Credit.NAMED
    other = Credit.UNNAMED if named else Credit.NAMED
    given = {"round": str(collected.id), "entry": str(entry.id)}
    buttons = Buttons(
        (
            Button(other.words, codes.pack(NAME, {**given, "credit": other})),
            Button("Take it back", codes.pack(WITHDRAW, given), Tone.BAD),
        )
    )
    note = say("With your name.") if named else say("Without your name: nobody sees whose it is.")
    return Message((Paragraph(text), Note(note), buttons), text)
