"""Changing: an organiser mends what a prompt says, unless somebody else has done so meanwhile."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated

from bot import codes, reading
from bot.calls import Call, Door, Reply, Unclear
from bot.commands import Ask, command
from bot.domain.people import Role
from bot.domain.prompts import Priority, Prompt, PromptId, PromptState
from bot.features.overwriting import mark, not_over_another
from bot.features.prompts import buttons, listing, picks, wording
from bot.features.prompts.buttons import Shelf
from bot.features.prompts.deciding import FromPage, after, take_out
from bot.features.prompts.wording import YesNo
from bot.messages import say
from bot.ports import Transaction

REVISE = "prompt revise"

Which = Annotated[PromptId, Ask("Which prompt?", hidden=True)]


@command(buttons.CHANGE, "Change a prompt", needs=Role.ORGANISER, hidden=True, reads=True)
async def change(call: Call, tx: Transaction, prompt: Which, page: FromPage = 0, tagged: listing.Tagged = "") -> Reply:
    """The form of a prompt, with what it says now."""
    found = picks.offered(await picks.seen(tx, prompt))
    given = {"prompt": str(prompt), "seen": mark(_answers(found)), "page": str(page), "tagged": tagged}
    return await reading.ask(tx, revise, replace(call, command=REVISE, given=given, door=Door.BUTTON), {})


async def _as_written(tx: Transaction, call: Call) -> Mapping[str, str]:
    return _answers(picks.offered(await picks.seen(tx, PromptId(codes.row(call.given.get("prompt", "")) or 0))))


@command(REVISE, "Change a prompt", needs=Role.ORGANISER, hidden=True, submit="Save", filled=_as_written)
async def revise(
    call: Call,
    tx: Transaction,
    prompt: Which,
    seen: Annotated[str, Ask("What did the form show?", hidden=True)],
    question: wording.Question,
    tags: wording.Tags = "",
    priority: wording.Urgency = None,
    stance: wording.WithStance = None,
    out: Annotated[YesNo | None, Ask("Take it out of the deck?", "No, if you do not say")] = None,
    anyway: wording.Anyway = "",
    page: FromPage = 0,
    tagged: listing.Tagged = "",
) -> Reply:
    """Change what a prompt says from its next posting on, or take it out; what was posted keeps the words it had."""
    if out is YesNo.YES:
        return await take_out(call, tx, prompt, page, tagged)
    found = await picks.held(tx, prompt)
    changed = replace(
        found,
        text=wording.read_question(question),
        tags=wording.read_labels(tags),
        priority=priority or Priority.USUAL,
        stance=stance is YesNo.YES,
    )
    not_over_another(_answers(found), seen, _answers(changed))
    if changed.text != found.text and anyway != question:
        states = [PromptState.WAITING, PromptState.READY]
        alike = await wording.resembling(tx, found.chapter, changed.text, states, but=prompt)
        if alike is not None and alike.same:
            raise Unclear("question", alike.question("save"), given={"anyway": question})
    await tx.prompts.put([changed])
    shelf = Shelf.WAITING if found.state is PromptState.WAITING else Shelf.NEXT
    return await after(call, tx, changed, say("“**{text}**” is saved.", text=changed.text), shelf, page, tagged)


def _answers(prompt: Prompt) -> Mapping[str, str]:
    """What a prompt says, as the answers of the form that would write it."""
    return {
        "question": prompt.text,
        "tags": ", ".join(prompt.tags),
        "priority": prompt.priority.value,
        "stance": (YesNo.YES if prompt.stance else YesNo.NO).value,
    }
