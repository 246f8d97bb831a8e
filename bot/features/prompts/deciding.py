"""Deciding: organisers approve and decline what was suggested, and mend what lies in the deck."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated

from bot import codes
from bot.calls import Call, Refusal, Reply, Unclear
from bot.commands import Ask, command
from bot.domain.people import MemberId, Role
from bot.domain.prompts import Priority, Prompt, PromptId, PromptState
from bot.features.prompts import buttons, drying, listing, picks, telling, wording
from bot.features.prompts.buttons import Shelf
from bot.features.prompts.wording import YesNo
from bot.messages import Buttons, Message, Paragraph, Text, say
from bot.ports import Transaction

_page = Annotated[int, Ask("From which page of the queue?", hidden=True)]
Waiting = Annotated[
    PromptId, Ask("Which suggestion?", pick=picks.waiting, nothing="No suggestion waits for a decision.")
]
Kept = Annotated[PromptId, Ask("Which prompt?", pick=picks.kept, nothing="There are no prompts yet.")]


@command(buttons.APPROVE, "Approve a suggestion", needs=Role.ORGANISER, submit="Approve")
async def approve(call: Call, tx: Transaction, prompt: Waiting, page: _page = 0) -> Reply:
    """Have a suggestion asked in its turn; of two organisers the first decides, and the other hears of it."""
    return await _decide(call, tx, prompt, PromptState.READY, page)


@command(buttons.DECLINE, "Decline a suggestion", needs=Role.ORGANISER, submit="Decline")
async def decline(call: Call, tx: Transaction, prompt: Waiting, page: _page = 0) -> Reply:
    """Leave a suggestion out of the deck; its suggester is told kindly."""
    return await _decide(call, tx, prompt, PromptState.DECLINED, page)


@command(buttons.REMOVE, "Take a prompt out", needs=Role.ORGANISER, submit="Take it out")
async def remove(call: Call, tx: Transaction, prompt: Kept, page: _page = 0) -> Reply:
    """Take a prompt out of its deck; what was posted of it stays."""
    return await _take_out(call, tx, prompt, page)


async def _take_out(call: Call, tx: Transaction, prompt: PromptId, page: int, tagged: str = "") -> Message:
    found = await picks.held(tx, prompt)
    if found.state is PromptState.WAITING:
        return await _decide(call, tx, prompt, PromptState.DECLINED, page)
    if found.state is not PromptState.READY:
        raise Refusal("“**{text}**” is out of the deck already.", text=found.text)
    decider = await _decider(call, tx)
    await tx.prompts.put([replace(found, state=PromptState.REMOVED, decider=decider)])
    await drying.look(tx, found.chapter, call.at)
    text = say("“**{text}**” is out of the deck.", text=found.text)
    return await _after(call, tx, found, text, Shelf.NEXT, page, tagged)


@command(buttons.RESTORE, "Take a prompt in after all", needs=Role.ORGANISER, hidden=True)
async def restore(
    call: Call, tx: Transaction, prompt: Annotated[PromptId, Ask("Which prompt?", hidden=True)], page: _page = 0
) -> Reply:
    """Put back what was declined or taken out."""
    found = await picks.held(tx, prompt)
    if found.state not in (PromptState.DECLINED, PromptState.REMOVED):
        return await _after(call, tx, found, await _decided(tx, found), Shelf.DECLINED, page)
    restored = replace(found, state=PromptState.READY, decider=await _decider(call, tx))
    await tx.prompts.put([restored])
    await telling.of_decision(tx, restored, call.at)
    await drying.look(tx, found.chapter, call.at)
    return await _after(call, tx, restored, say("“**{text}**” is in the deck.", text=found.text), Shelf.DECLINED, page)


async def _as_written(tx: Transaction, call: Call) -> Mapping[str, str]:
    found = await picks.seen(tx, PromptId(codes.row(call.given.get("prompt", "")) or 0))
    return {
        "question": found.text,
        "tags": ", ".join(found.tags),
        "priority": found.priority,
        "stance": YesNo.YES if found.stance else YesNo.NO,
    }


@command(buttons.CHANGE, "Change a prompt", needs=Role.ORGANISER, hidden=True, submit="Save", filled=_as_written)
async def change(
    call: Call,
    tx: Transaction,
    prompt: Annotated[PromptId, Ask("Which prompt?", hidden=True)],
    question: wording.Question,
    tags: wording.Tags = "",
    priority: wording.Urgency = None,
    stance: wording.WithStance = None,
    out: Annotated[YesNo | None, Ask("Take it out of the deck?", "No, if you do not say")] = None,
    anyway: wording.Anyway = "",
    page: _page = 0,
    tagged: listing.Tagged = "",
) -> Reply:
    """Change what a prompt says from its next posting on, or take it out; what was posted keeps the words it had."""
    if out is YesNo.YES:
        return await _take_out(call, tx, prompt, page, tagged)
    text, labels = wording.read_question(question), wording.read_labels(tags)
    found = await picks.held(tx, prompt)
    if text != found.text and anyway != question:
        alike = await wording.resembling(tx, found.chapter, text, [PromptState.WAITING, PromptState.READY], but=prompt)
        if alike is not None and alike.same:
            raise Unclear("question", alike.question("save"), given={"anyway": question})
    urgency = priority or Priority.USUAL
    changed = replace(found, text=text, tags=labels, priority=urgency, stance=stance is YesNo.YES)
    await tx.prompts.put([changed])
    shelf = Shelf.WAITING if found.state is PromptState.WAITING else Shelf.NEXT
    return await _after(call, tx, changed, say("“**{text}**” is saved.", text=text), shelf, page, tagged)


async def _decide(call: Call, tx: Transaction, prompt: PromptId, state: PromptState, page: int) -> Message:
    found = await picks.held(tx, prompt)
    if found.state is not PromptState.WAITING:
        return await _after(call, tx, found, await _decided(tx, found), Shelf.WAITING, page)
    decided = replace(found, state=state, decider=await _decider(call, tx))
    await tx.prompts.put([decided])
    await telling.of_decision(tx, decided, call.at)
    await drying.look(tx, found.chapter, call.at)
    if state is PromptState.READY:
        text = say("“**{text}**” is in the deck.", text=found.text)
    else:
        text = say("“**{text}**” is declined.", text=found.text)
    return await _after(call, tx, decided, text, Shelf.WAITING, page)


async def _decided(tx: Transaction, prompt: Prompt) -> Text:
    """What somebody hears who comes too late to decide."""
    words = {
        PromptState.READY: "approved",
        PromptState.DECLINED: "declined",
        PromptState.REMOVED: "taken out",
        PromptState.WAITING: "left to wait",
    }[prompt.state]
    accounts = () if prompt.decider is None else await tx.members.accounts([prompt.decider])
    who = accounts[0].name if accounts else "somebody"
    return say("{who} has {words} “**{text}**” already; nothing was changed.", who=who, words=words, text=prompt.text)


async def _after(
    call: Call, tx: Transaction, prompt: Prompt, text: Text, show: Shelf, page: int, tagged: str = ""
) -> Message:
    """What came of it, above the page of the queue from which it was asked, or with the way there."""
    if page:
        return await listing.shelf(tx, call, prompt.chapter, show, page, tagged, head=text)
    return Message((Paragraph(text), Buttons((buttons.shelf(prompt.chapter, show, show.words),))), text)


async def _decider(call: Call, tx: Transaction) -> MemberId:
    return (await tx.members.recognise([call.caller]))[call.caller.person].member
