"""Drying: organisers are told in good time that a deck runs dry, once, and its channel never."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.places import ChapterId
from bot.domain.prompts import Deck, PromptState, queue
from bot.drawings import drawing
from bot.errands import Directly, Notice
from bot.features.prompts import buttons, telling
from bot.messages import Buttons, Message, Note, Paragraph, Tone, say
from bot.ports import Transaction

LOW = 3
"""Prompts left with which a deck runs dry; a rhythm that needs more in a week is told of sooner."""


async def left(tx: Transaction, deck: Deck) -> int:
    """How many are still to be asked in this cycle."""
    return len(queue(deck, await tx.prompts.all([PromptState.READY], deck.chapter)))


async def look(tx: Transaction, chapter: ChapterId, now: datetime) -> int:
    """See how many prompts a deck has left, and promise word of it where that is due; how many there are."""
    deck = await tx.prompts.hold(chapter)
    remaining = await left(tx, deck)
    enough = _enough(deck, now)
    # Filled is what lasts: one more prompt is no reason to tell of the same drying again when it is asked.
    low = remaining <= enough or (deck.warned and remaining < enough + LOW)
    if deck.rhythm is None or low == deck.warned:
        return remaining
    noted = replace(deck, warned=low, dryings=deck.dryings + low)
    await tx.prompts.keep(noted)
    if low:
        drawn = dry.bind(chapter, noted.dryings)
        told = [
            Notice(f"dry {chapter} {noted.dryings} to {account.id}", drawn, Directly(account.person))
            for account in await telling.organisers(tx, deck)
        ]
        await tx.errands.note(told, now)
    return remaining


@drawing("prompts dry")
async def dry(tx: Transaction, chapter: ChapterId, drying: int, now: datetime | None = None) -> Message | None:
    """Told to organisers: how long the deck lasts, and what fills it; nothing if it was filled meanwhile."""
    deck = await tx.prompts.deck(chapter)
    if deck.dryings != drying or not deck.warned:
        return None
    named, remaining = await tx.chapters.get(chapter), await left(tx, deck)
    much = {0: "Nothing is left", 1: "One prompt is left"}.get(remaining, f"{remaining} prompts are left")
    if deck.renews:
        then = say("Then it begins again with what was asked longest ago.")
    elif remaining:
        then = say("Then nothing is posted until there is more; the channel is not told.")
    else:
        then = say("Nothing is posted until there is more; the channel is not told.")
    last = ""
    if deck.rhythm is not None and now is not None and remaining:
        at = deck.rhythm.coming(now, remaining)[-1].astimezone(deck.rhythm.zone)
        last = f", {'the last ' if remaining > 1 else ''}for {at:%A} {at.day} {at:%B}"
    text = say("{much} in the deck of **{chapter}**{last}. {then}", much=much, chapter=named.name, last=last, then=then)
    actions = Buttons(
        (
            buttons.of_chapter("Add prompts", buttons.ADD, chapter, Tone.GOOD),
            buttons.of_chapter("Starter deck", buttons.STARTER, chapter),
            buttons.of_chapter("Begin again", buttons.RENEW, chapter),
        )
    )
    return Message((Paragraph(text), Note(say("This is told once.")), actions), text)


def _enough(deck: Deck, now: datetime) -> int:
    """With how many left there is still time to find more."""
    week = () if deck.rhythm is None else deck.rhythm.coming(now, 4 * LOW)
    return max(LOW, len([each for each in week if each <= now + timedelta(days=7)]))
