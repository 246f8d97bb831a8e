"""Keeping: the memos that are set, paused, resumed and cancelled."""

from dataclasses import replace
from typing import Annotated

from bot.calls import Call, Refusal, Reply
from bot.commands import Ask, command
from bot.domain.memos import Memo, MemoId, MemoState
from bot.domain.people import Role
from bot.features.memos import picks, words
from bot.features.memos.previews import CANCEL
from bot.messages import Button, Buttons, Heading, Message, Note, Paragraph, Part, Slash, already, counted, line, say
from bot.ports import Transaction

LISTED = 6
"""Memos listed at once, with their buttons; Discord takes 40 parts in a message."""


@command("reminder list", "See the reminders that are set", needs=Role.ORGANISER, reads=True, anywhere=True)
async def list_reminders(call: Call, tx: Transaction) -> Reply:
    """Whatever rings or is paused, with its next time; one's own besides those that are for others."""
    found = await picks.visible(tx, call, MemoState.SET, MemoState.PAUSED)
    if not found:
        return line("No reminder is set. {add} sets one.", add=Slash("reminder add"))
    parts: list[Part] = [Heading(say("Reminders"))]
    for memo in found[:LISTED]:
        parts += await _entry(tx, memo)
    if len(found) > LISTED:
        more = say("And {more} more; {cancel} knows them all.", more=len(found) - LISTED, cancel=Slash(CANCEL))
        parts.append(Note(more))
    return Message(tuple(parts), counted(len(found), "reminder", "reminders"))


@command(CANCEL, "Cancel a reminder", needs=Role.ORGANISER, submit="Cancel it")
async def cancel(
    call: Call,
    tx: Transaction,
    reminder: Annotated[MemoId, Ask("Which reminder?", pick=picks.pending, nothing="No reminder is set.")],
) -> Reply:
    """End a memo: it rings no more, and neither does what was put off of it."""
    memo = await picks.held(tx, call, reminder)
    if memo.state is MemoState.CANCELLED:
        return already("**{memo}** is cancelled already.", memo=words.label(memo))
    await tx.memos.put(replace(memo, state=MemoState.CANCELLED, due=None))
    if memo.state is MemoState.DRAFT:
        return line("The draft of **{memo}** is discarded.", memo=words.label(memo))
    return line("**{memo}** is cancelled.", memo=words.label(memo))


@command("reminder pause", "Pause a reminder", needs=Role.ORGANISER, submit="Pause")
async def pause(
    call: Call,
    tx: Transaction,
    reminder: Annotated[MemoId, Ask("Which reminder?", pick=picks.ringing, nothing="No reminder is set.")],
) -> Reply:
    """Let a memo be silent until it is resumed."""
    memo = await picks.held(tx, call, reminder)
    match memo.state:
        case MemoState.PAUSED:
            return already("**{memo}** is paused already.", memo=words.label(memo))
        case MemoState.SET:
            await tx.memos.put(replace(memo, state=MemoState.PAUSED))
        case _:
            raise Refusal("**{memo}** is not set, so there is nothing to pause.", memo=words.label(memo))
    text = say("**{memo}** is paused. Whatever it would have said meanwhile is skipped.", memo=words.label(memo))
    return Message((Paragraph(text), Buttons((Button("Resume", resume.bind(memo.id)),))), text)


@command("reminder resume", "Resume a reminder", needs=Role.ORGANISER, submit="Resume")
async def resume(
    call: Call,
    tx: Transaction,
    reminder: Annotated[MemoId, Ask("Which reminder?", pick=picks.paused, nothing="No reminder is paused.")],
) -> Reply:
    """Let a paused memo ring again, from its next time on."""
    memo = await picks.held(tx, call, reminder)
    if memo.state is MemoState.SET:
        return already("**{memo}** is not paused.", memo=words.label(memo))
    if memo.state is not MemoState.PAUSED:
        raise Refusal("**{memo}** is not set any more. {add} sets another.", memo=words.label(memo), add=_ADD)
    made = memo.made(call.at)
    if made.due is None or made.due <= call.at:
        passed = say("The time of **{memo}** has passed meanwhile.", memo=words.label(memo))
        raise Refusal("{passed} {add} sets another.", passed=passed, add=_ADD)
    await tx.memos.put(made)
    chapter = await tx.chapters.get(memo.chapter)
    return line("**{memo}** rings again, next {next}.", memo=words.label(memo), next=words.next_ring(made, chapter))


_ADD = Slash("reminder add")


async def _entry(tx: Transaction, memo: Memo) -> list[Part]:
    chapter = await tx.chapters.get(memo.chapter)
    sleeps = memo.state is MemoState.PAUSED
    text = say(
        "**{memo}**, for {whom}: {when}.",
        memo=words.label(memo),
        whom=await words.whom(tx, memo, chapter),
        when=say("{when}; **paused**", when=words.when(memo, chapter)) if sleeps else words.rings(memo, chapter),
    )
    trouble: list[Part] = [Note(say("{trouble}", trouble=memo.trouble))] if memo.trouble else []
    turn = Button("Resume", resume.bind(memo.id)) if sleeps else Button("Pause", pause.bind(memo.id))
    return [Paragraph(text), *trouble, Buttons((turn, Button("Cancel", cancel.bind(memo.id))))]
