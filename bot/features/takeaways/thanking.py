"""Thanking: after an evening, those who came are thanked in its thread and asked what they take away."""

from collections.abc import Sequence
from datetime import datetime

from bot import codes
from bot.domain.events import Event, EventId, EventState
from bot.domain.rsvps import Answer
from bot.drawings import drawing
from bot.errands import Card, InThread, Notice
from bot.features.takeaways.words import ADD, LIST
from bot.messages import Button, Buttons, Message, Paragraph, Tone, say
from bot.ports import Transaction


async def thank(tx: Transaction, event: Event, cards: Sequence[Card], now: datetime) -> None:
    """Say thank you in the thread of each of an event's cards, once, if anybody was to come."""
    headcount = (await tx.rsvps.headcounts([event.id]))[event.id]
    if headcount.counts[Answer.GOING] == 0:
        return
    told = [
        Notice(f"thanks {event.id} in {card.place.platform} {card.place.key}", thanks.bind(event.id), InThread(card))
        for card in cards
    ]
    await tx.errands.note(told, now)


@drawing("thanks")
async def thanks(tx: Transaction, event: EventId) -> Message | None:
    """The thank-you, which pings nobody."""
    held = await tx.events.get(event)
    if held.state is not EventState.OVER:
        return None
    text = say("Thank you for coming to **{title}**! What do you take away?", title=held.title)
    given = {"event": str(event)}
    buttons = Buttons(
        (
            Button("Takeaway", codes.pack(ADD, given), Tone.GOOD),
            Button("What others learnt", codes.pack(LIST, given)),
        )
    )
    return Message((Paragraph(text), buttons), text)
