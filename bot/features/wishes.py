"""Wishes: how somebody would like to be told things."""

from typing import Annotated

from bot import codes
from bot.calls import Call, Reply
from bot.commands import Ask, command
from bot.messages import Button, Buttons, Message, Paragraph, say
from bot.ports import Transaction


@command("tell me directly", "Choose how to be told", hidden=True)
async def tell_directly(
    call: Call, tx: Transaction, on: Annotated[int, Ask("By direct message?", "1 for yes, 0 for no", most=1)]
) -> Reply:
    """Set whether this account is told things by direct message or in the event's thread."""
    account = (await tx.members.recognise([call.caller]))[call.caller.person]
    await tx.members.wish(account.id, direct=bool(on))
    if on:
        text, label, other = say("From now on I tell you things by direct message."), "Rather in the thread", 0
    else:
        text, label, other = say("From now on I tell you things in the event’s thread."), "Rather directly", 1
    back = Button(label, codes.pack(call.command, {"on": str(other)}))
    return Message((Paragraph(text), Buttons((back,))), text)
