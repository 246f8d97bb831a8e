"""Telling: what organisers and suggesters hear of prompts by direct message, each of it once."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.deeds import Search
from bot.domain.people import Account
from bot.domain.places import ChapterId
from bot.domain.prompts import Deck, Posting, Prompt, PromptId, PromptState
from bot.drawings import drawing
from bot.errands import Directly, Notice
from bot.features.prompts import buttons
from bot.features.prompts.buttons import Shelf
from bot.messages import Buttons, Message, Note, Paragraph, Part, Tone, say
from bot.ports import Transaction


async def of_suggestions(tx: Transaction, deck: Deck, first: PromptId, now: datetime) -> None:
    """Tell organisers that there is something to decide: once until nothing waits any more."""
    drawn = suggested.bind(deck.chapter)
    told = [
        Notice(f"suggestions {first} to {account.id}", drawn, Directly(account.person))
        for account in await organisers(tx, deck)
    ]
    await tx.errands.note(told, now)


async def of_decision(tx: Transaction, prompt: Prompt, now: datetime) -> None:
    """Tell whoever suggested a prompt what was decided."""
    if prompt.suggester is None or prompt.suggester == prompt.decider:
        return
    accounts = list(await tx.members.accounts([prompt.suggester]))
    drawn = decided.bind(prompt.id, prompt.state)
    told = [Notice(f"decision {prompt.id} {prompt.state}", drawn, Directly(each.person)) for each in accounts[:1]]
    await tx.errands.note(told, now)


async def organisers(tx: Transaction, deck: Deck) -> Sequence[Account]:
    """Whom to tell of a deck: whoever set its rhythm, and everybody who was appointed.

    Where there is nobody of that kind, since a space's own admins need no appointment, whoever organised here last.
    """
    appointed = [*await tx.organisers.all(), *await tx.organisers.all(deck.chapter)]
    accounts = {account.member: account for account in appointed}
    for account in await tx.members.accounts([] if deck.keeper is None else [deck.keeper]):
        accounts.setdefault(account.member, account)
    if not accounts:
        newest = await tx.trail.read(Search(chapters=frozenset([deck.chapter])), 1)
        return list(await tx.members.accounts([deed.member for deed in newest]))[:1]
    return list(accounts.values())


async def credit_of(tx: Transaction, posting: Posting) -> str:
    """The name of a suggester who agreed to be named, as they are called now; empty where there is none."""
    prompt = await tx.prompts.get(posting.prompt)
    if not prompt.credited or prompt.suggester is None:
        return ""
    return next((account.name for account in await tx.members.accounts([prompt.suggester])), "")


@drawing("prompt suggested")
async def suggested(tx: Transaction, chapter: ChapterId) -> Message | None:
    """Told to organisers: what waits for a decision, and the way to it; nothing once all is decided."""
    waiting = await tx.prompts.all([PromptState.WAITING], chapter)
    if not waiting:
        return None
    named = await tx.chapters.get(chapter)
    first = waiting[0]
    accounts = await tx.members.accounts([first.suggester]) if first.credited and first.suggester is not None else ()
    text = say(
        "{who} to talk about for {chapter}: **{text}**",
        who=f"{accounts[0].name} suggests something" if accounts else "Somebody suggests something",
        chapter=named.name,
        text=first.text,
    )
    parts: list[Part] = [Paragraph(text)]
    if len(waiting) > 1:
        parts.append(Note(say("And {more} more.", more=len(waiting) - 1)))
    parts.append(
        Buttons(
            (
                buttons.of_prompt("Approve", buttons.APPROVE, waiting[0].id, tone=Tone.GOOD),
                buttons.of_prompt("Decline", buttons.DECLINE, waiting[0].id),
                buttons.shelf(chapter, Shelf.WAITING, "All that wait"),
            )
        )
    )
    return Message(tuple(parts), text)


@drawing("prompt decided")
async def decided(tx: Transaction, prompt: PromptId, state: PromptState) -> Message | None:
    """Told to whoever suggested a prompt: what was decided, unless it was decided otherwise since."""
    found = await tx.prompts.get(prompt)
    if found.state is not state:
        return None
    if state is PromptState.READY:
        text = say("Your prompt was approved and waits for its turn: **{text}**", text=found.text)
    else:
        text = say("Your prompt was not taken this time: **{text}** Thank you all the same.", text=found.text)
    return Message((Paragraph(text), Buttons((buttons.suggest(found.chapter),))), text)
