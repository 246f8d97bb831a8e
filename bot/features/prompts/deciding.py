"""Deciding: organisers approve and decline what was suggested, and take out of the deck."""

from dataclasses import replace
from typing import Annotated

from bot.calls import Call, Refusal, Reply
from bot.commands import Ask, command
from bot.domain.people import MemberId, Role
from bot.domain.prompts import Prompt, PromptId, PromptState
from bot.features.prompts import buttons, drying, listing, picks, telling
from bot.features.prompts.buttons import Shelf
from bot.messages import Buttons, Message, Paragraph, Text, say
from bot.ports import Transaction

FromPage = Annotated[int, Ask("From which page of the queue?", hidden=True)]
Waiting = Annotated[
    PromptId, Ask("Which suggestion?", pick=picks.waiting, nothing="No suggestion waits for a decision.")
]
Kept = Annotated[PromptId, Ask("Which prompt?", pick=picks.kept, nothing="There are no prompts yet.")]


@command(buttons.APPROVE, "Approve a suggestion", needs=Role.ORGANISER, submit="Approve")
async def approve(call: Call, tx: Transaction, prompt: Waiting, page: FromPage = 0) -> Reply:
    """Have a suggestion asked in its turn; of two organisers the first decides, and the other hears of it."""
    return await _decide(call, tx, prompt, PromptState.READY, page)


@command(buttons.DECLINE, "Decline a suggestion", needs=Role.ORGANISER, submit="Decline")
async def decline(call: Call, tx: Transaction, prompt: Waiting, page: FromPage = 0) -> Reply:
    """Leave a suggestion out of the deck; its suggester is told kindly."""
    return await _decide(call, tx, prompt, PromptState.DECLINED, page)


@command(buttons.REMOVE, "Take a prompt out", needs=Role.ORGANISER, submit="Take it out")
async def remove(call: Call, tx: Transaction, prompt: Kept, page: FromPage = 0) -> Reply:
    """Take a prompt out of its deck; what was posted of it stays."""
    return await take_out(call, tx, prompt, page)


async def take_out(call: Call, tx: Transaction, prompt: PromptId, page: int, tagged: str = "") -> Message:
    """Take a prompt out of its deck, or decline it where nobody has decided on it yet."""
    found = await picks.held(tx, prompt)
    if found.state is PromptState.WAITING:
        return await _decide(call, tx, prompt, PromptState.DECLINED, page)
    if found.state is not PromptState.READY:
        raise Refusal("“**{text}**” is out of the deck already.", text=found.text)
    decider = await _decider(call, tx)
    await tx.prompts.put([replace(found, state=PromptState.REMOVED, decider=decider)])
    await drying.look(tx, found.chapter, call.at)
    text = say("“**{text}**” is out of the deck.", text=found.text)
    return await after(call, tx, found, text, Shelf.NEXT, page, tagged)


@command(buttons.RESTORE, "Take a prompt in after all", needs=Role.ORGANISER, hidden=True)
async def restore(
    call: Call, tx: Transaction, prompt: Annotated[PromptId, Ask("Which prompt?", hidden=True)], page: FromPage = 0
) -> Reply:
    """Put back what was declined or taken out."""
    found = await picks.locked(tx, prompt)
    if found.state not in (PromptState.DECLINED, PromptState.REMOVED):
        return await _too_late(call, tx, found, Shelf.DECLINED, page)
    restored = replace(found, state=PromptState.READY, decider=await _decider(call, tx))
    await tx.prompts.put([restored])
    await telling.of_decision(tx, restored, call.at)
    await drying.look(tx, found.chapter, call.at)
    return await after(call, tx, restored, say("“**{text}**” is in the deck.", text=found.text), Shelf.DECLINED, page)


async def _decide(call: Call, tx: Transaction, prompt: PromptId, state: PromptState, page: int) -> Message:
    found = await picks.locked(tx, prompt)
    if found.state is not PromptState.WAITING:
        return await _too_late(call, tx, found, Shelf.WAITING, page)
    decided = replace(found, state=state, decider=await _decider(call, tx))
    await tx.prompts.put([decided])
    await telling.of_decision(tx, decided, call.at)
    await drying.look(tx, found.chapter, call.at)
    if state is PromptState.READY:
        text = say("“**{text}**” is in the deck.", text=found.text)
    else:
        text = say("“**{text}**” is declined.", text=found.text)
    return await after(call, tx, decided, text, Shelf.WAITING, page)


async def _too_late(call: Call, tx: Transaction, prompt: Prompt, show: Shelf, page: int) -> Message:
    """For whoever decides what is decided already."""
    return replace(await after(call, tx, prompt, await _decided(tx, prompt), show, page), moot=True)


async def _decided(tx: Transaction, prompt: Prompt) -> Text:
    """What somebody hears who comes too late to decide; of what its author withdrew nothing more is told."""
    if prompt.state is PromptState.WITHDRAWN:
        return say("That suggestion was withdrawn by whoever made it; nothing was changed.")
    words = {
        PromptState.READY: "approved",
        PromptState.DECLINED: "declined",
        PromptState.REMOVED: "taken out",
        PromptState.WAITING: "left to wait",
    }[prompt.state]
    accounts = () if prompt.decider is None else await tx.members.accounts([prompt.decider])
    who = accounts[0].name if accounts else "somebody"
    return say("{who} has {words} “**{text}**” already; nothing was changed.", who=who, words=words, text=prompt.text)


async def after(
    call: Call, tx: Transaction, prompt: Prompt, text: Text, show: Shelf, page: int, tagged: str = ""
) -> Message:
    """What came of it, above the page of the queue from which it was asked, or with the way there."""
    if page:
        return await listing.shelf(tx, call, prompt.chapter, show, page, tagged, head=text)
    return Message((Paragraph(text), Buttons((buttons.shelf(prompt.chapter, show, show.words),))), text)


async def _decider(call: Call, tx: Transaction) -> MemberId:
    return (await tx.members.recognise([call.caller]))[call.caller.person].member
