"""Turning: a stance is asked once more, and closed, by an organiser or when its time comes."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Annotated

from bot.calls import Call, Refusal, Reply, Unclear
from bot.commands import Ask, command
from bot.domain.moments import Unreadable, read_moment, show_moment
from bot.domain.people import Role
from bot.domain.prompts import Posting, PostingId
from bot.domain.stances import Asking
from bot.drawings import Drawing
from bot.errands import InThread, Notice
from bot.features.prompts import buttons, cards, picks
from bot.features.prompts.posting import drawn
from bot.features.retelling import retell
from bot.messages import Buttons, Message, Paragraph, line, say
from bot.ports import Transaction

OPEN = timedelta(days=1)
"""How long people may answer the second asking, unless an organiser says otherwise or closes it."""

Asked = Annotated[
    PostingId, Ask("Which prompt?", pick=picks.asking, nothing="No prompt asks where people stand at the moment.")
]


@command(buttons.AGAIN, "Ask for stances again", needs=Role.ORGANISER, submit="Ask")
async def again(
    call: Call,
    tx: Transaction,
    posting: Asked,
    until: Annotated[str, Ask("Until when?", "For example “21:30”; a day, if you do not say", most=80)] = "",
) -> Reply:
    """End the first asking, and begin the second one, in the thread and on the cards."""
    asked = await picks.held_posting(tx, posting)
    _still_open(asked)
    if asked.asking is Asking.AGAIN:
        raise Refusal("“**{text}**” is asked once more already.", text=asked.text)
    chapter = await tx.chapters.get(asked.chapter)
    try:
        turns = read_moment(until, call.at, chapter.zone) if until else call.at + OPEN
    except Unreadable as unreadable:
        raise Unclear("until", str(unreadable)) from None
    await ask_again(tx, asked, turns, call.at)
    text = say(
        "“**{text}**” is asked once more, until {turns}.", text=asked.text, turns=show_moment(turns, chapter.zone)
    )
    return Message((Paragraph(text), Buttons((buttons.of_posting("Close it", buttons.CLOSE, posting),))), text)


@command(buttons.CLOSE, "Stop asking for stances", needs=Role.ORGANISER, submit="Close")
async def close(call: Call, tx: Transaction, posting: Asked) -> Reply:
    """End a prompt's asking; what came of it is told in its thread."""
    asked = await picks.held_posting(tx, posting)
    _still_open(asked)
    await shut(tx, asked, call.at)
    return line("“**{text}**” is closed, and what came of it is told in its thread.", text=asked.text)


async def ask_again(tx: Transaction, posting: Posting, turns: datetime, now: datetime) -> None:
    """Begin the second asking."""
    await tx.postings.put(replace(posting, asking=Asking.AGAIN, turns=turns))
    await _tell(tx, posting, cards.once_more, "once more", now)


async def shut(tx: Transaction, posting: Posting, now: datetime) -> None:
    """End the asking, and promise word of what came of it."""
    await tx.postings.put(replace(posting, closed=True, turns=None))
    await _tell(tx, posting, cards.outcome, "outcome", now)


class Turns:
    """Rings for stances that are to be asked once more, or closed, by themselves."""

    async def ring(self, tx: Transaction, now: datetime, most: int) -> int:
        """Take each a step further; the number of postings."""
        due = await tx.postings.due(now, most)
        for posting in due:
            if posting.asking is Asking.FIRST:
                await ask_again(tx, posting, now + OPEN, now)
            else:
                await shut(tx, posting, now)
        return len(due)

    async def next(self, tx: Transaction) -> datetime | None:
        return await tx.postings.next()


def _still_open(posting: Posting) -> None:
    """Raises Refusal."""
    if not posting.stance:
        raise Refusal("“**{text}**” does not ask where people stand.", text=posting.text)
    if posting.closed:
        raise Refusal("“**{text}**” is closed already.", text=posting.text)


async def _tell(tx: Transaction, posting: Posting, drawing: Drawing[[PostingId]], what: str, now: datetime) -> None:
    """Have the cards redrawn, and something told in their threads."""
    placed = await tx.errands.cards([drawn(posting.id)])
    await tx.errands.refresh(placed, now)
    if posting.event is not None:
        await retell(tx, posting.event, now)
    told = [
        Notice(
            f"prompt {posting.id} {what} in {card.place.platform} {card.place.key}",
            drawing.bind(posting.id),
            InThread(card),
        )
        for card in placed
    ]
    await tx.errands.note(told, now)
