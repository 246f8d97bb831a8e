"""Asking: whoever wrote something is asked for their leave before it is kept, and may take it back."""

from datetime import datetime
from typing import Annotated

from bot import codes
from bot.calls import Call, Refusal, Reply
from bot.commands import Ask, command
from bot.domain.people import Account
from bot.domain.takeaways import Credit, Takeaway, TakeawayId, TakeawayState
from bot.drawings import drawing
from bot.errands import Card, Directly, Notice
from bot.features.remembering import remember
from bot.features.retelling import retell
from bot.features.takeaways.words import AGREE, WITHDRAW
from bot.messages import Button, Buttons, Message, Note, Paragraph, Tone, line, say
from bot.ports import Transaction


async def ask_leave(tx: Transaction, takeaway: Takeaway, author: Account, card: Card | None, now: datetime) -> None:
    """Ask the author directly; where they take no direct messages, in the thread of the card in which they wrote."""
    asked = Notice(f"leave {takeaway.id}", leave.bind(takeaway.id), Directly(author.person, card))
    await tx.errands.note([asked], now)


@drawing("takeaway leave")
async def leave(tx: Transaction, takeaway: TakeawayId) -> Message | None:
    """Asks an author whether what they wrote may be kept; nothing once they have answered."""
    asked = await tx.takeaways.get(takeaway)
    if asked.state is not TakeawayState.ASKED:
        return None
    accounts = await tx.members.accounts([asked.keeper])
    text = say(
        "**{name}** would like to keep what you wrote as a takeaway:", name=accounts[0].name if accounts else "Somebody"
    )
    note = say("It would be found by whoever searches, and may stand in a write-up. You can withdraw it at any time.")
    given = {"takeaway": str(takeaway)}
    buttons = Buttons(
        (
            Button("Keep it, with my name", codes.pack(AGREE, {**given, "credit": Credit.NAMED}), Tone.GOOD),
            Button("Without my name", codes.pack(AGREE, {**given, "credit": Credit.UNNAMED})),
            Button("Rather not", codes.pack(WITHDRAW, given)),
        )
    )
    quoted = Paragraph(say("“{text}”", text=asked.text))
    authors = await tx.members.accounts([asked.author])
    return Message((Paragraph(text), quoted, Note(note), buttons), text, tuple(each.person for each in authors))


@command(AGREE, "Say that it may be kept", hidden=True)
async def agree(
    call: Call,
    tx: Transaction,
    takeaway: Annotated[TakeawayId, Ask("Which takeaway?", hidden=True)],
    credit: Annotated[Credit, Ask("With your name?", hidden=True)],
) -> Reply:
    """Keep what the caller wrote, with their name or without, as they say last."""
    asked = await own(tx, call, takeaway)
    if asked.state is TakeawayState.WITHDRAWN:
        raise Refusal("That has been withdrawn, and its text is gone. Somebody would have to keep it anew.")
    await tx.takeaways.move(takeaway, asked.state, TakeawayState.KEPT, credit)
    await remember(tx, await tx.takeaways.get(takeaway))
    if asked.event is not None:
        await retell(tx, asked.event, call.at)
    how = say("with your name") if credit is Credit.NAMED else say("without a name")
    return line("Thank you: it is kept, {how}.", how=how)


async def own(tx: Transaction, call: Call, takeaway: TakeawayId) -> Takeaway:
    """A takeaway of the caller's own, held; raises Refusal for anybody else's."""
    account = await tx.members.find(call.caller.person)
    try:
        found = await tx.takeaways.lock(takeaway)
    except KeyError:
        found = None
    if found is None or account is None or found.author != account.member:
        raise Refusal("That is not yours to decide on: only whoever wrote it may.")
    return found
