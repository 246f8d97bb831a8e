"""Mine: what somebody has suggested, and what became of it."""

from dataclasses import replace
from typing import Annotated

from bot.calls import Call, Refusal, Reply
from bot.commands import Ask, command
from bot.domain.prompts import Prompt, PromptId, PromptState
from bot.features.prompts import buttons, picks
from bot.messages import Buttons, Heading, Message, Note, Paragraph, Part, Slash, line, say
from bot.ports import Transaction

MOST = 5
"""Suggestions listed at once, the newest first; the rest are counted."""

_STATES = {
    PromptState.WAITING: "waits for a decision",
    PromptState.READY: "waits for its turn",
    PromptState.DECLINED: "was not taken this time",
    PromptState.REMOVED: "was taken out",
    PromptState.WITHDRAWN: "is withdrawn",
}


@command("prompt mine", "See what you suggested", reads=True)
async def mine(call: Call, tx: Transaction) -> Reply:
    """Every suggestion of the caller's, newest first; what nobody has decided on can be withdrawn."""
    account = await tx.members.find(call.caller.person)
    own = () if account is None else await tx.prompts.of(account.member)
    if not own:
        return line("You have not suggested anything yet. {suggest} does.", suggest=Slash(buttons.SUGGEST))
    parts: list[Part] = [Heading(say("Your suggestions"))]
    for prompt in own[:MOST]:
        parts += [Paragraph(say("**{text}**", text=prompt.text)), Note(say("It {state}.", state=_state(prompt)))]
        if prompt.state is PromptState.WAITING:
            parts.append(Buttons((buttons.of_prompt("Withdraw", buttons.WITHDRAW, prompt.id),)))
    if len(own) > MOST:
        parts.append(Note(say("And {more} more.", more=len(own) - MOST)))
    return Message(tuple(parts), say("Your suggestions: {number}", number=len(own)))


@command(buttons.WITHDRAW, "Withdraw a suggestion", hidden=True)
async def withdraw(
    call: Call, tx: Transaction, prompt: Annotated[PromptId, Ask("Which suggestion?", hidden=True)]
) -> Reply:
    """Take back one's own suggestion while nobody has decided on it."""
    found = await picks.locked(tx, prompt)
    account = await tx.members.find(call.caller.person)
    if account is None or found.suggester != account.member:
        raise Refusal("Only whoever suggested a prompt can withdraw it.")
    if found.state is not PromptState.WAITING:
        return line("“**{text}**” {state}; nothing was changed.", text=found.text, state=_state(found))
    await tx.prompts.put([replace(found, state=PromptState.WITHDRAWN)])
    return line("“**{text}**” is withdrawn.", text=found.text)


def _state(prompt: Prompt) -> str:
    if prompt.state is PromptState.READY and prompt.asked is not None:
        return "was asked"
    return _STATES[prompt.state]
