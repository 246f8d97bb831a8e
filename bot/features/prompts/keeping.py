"""Keeping time: what happens when a chapter's rhythm comes round."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.events import EventState
from bot.domain.moments import show_moment
from bot.domain.places import Chapter, ChapterId
from bot.domain.prompts import Deck, PromptState, take
from bot.domain.rhythms import Rhythm
from bot.drawings import drawing
from bot.errands import Directly, Notice
from bot.features import picks
from bot.features.prompts import scheduling, telling
from bot.features.prompts.posting import put_up
from bot.messages import Message, Paragraph, Slash, say
from bot.ports import Transaction

LATE = timedelta(hours=6)
"""How late a prompt may be posted: beyond, it waits for the next time, and organisers hear that it was not."""


class Rhythms:
    """Rings for decks whose rhythm has come. Each time posts one prompt at most, however long nobody was there."""

    async def ring(self, tx: Transaction, now: datetime, most: int) -> int:
        """Post of what is due; the number of decks."""
        due = await tx.prompts.due(now, most)
        for deck in due:
            if deck.rhythm is not None and deck.due is not None:
                await _ring(tx, deck, deck.rhythm, deck.due, now)
        return len(due)

    async def next(self, tx: Transaction) -> datetime | None:
        return await tx.prompts.next()


@drawing("prompt missed")
async def missed(tx: Transaction, chapter: ChapterId, due: int) -> Message | None:
    """Told to organisers: a prompt that would have come too late."""
    named = await tx.chapters.get(chapter)
    at = show_moment(datetime.fromtimestamp(due, UTC), named.zone)
    text = say(
        "No prompt was posted in **{chapter}** on {at}: I was away. The next one comes in its time, and none is lost.",
        chapter=named.name,
        at=at,
    )
    return Message((Paragraph(text),), text)


@drawing("prompt homeless")
async def homeless(tx: Transaction, chapter: ChapterId) -> Message | None:
    """Told to organisers: a rhythm that comes round where there is no channel any more; nothing once there is one."""
    named = await tx.chapters.get(chapter)
    if named.homes:
        return None
    text = say(
        "The next prompt of **{chapter}** was to be posted, and **{chapter}** has no channel to post in. {edit} names "
        "one; until then its rhythm posts nothing, and none is lost.",
        chapter=named.name,
        edit=Slash("chapter edit"),
    )
    return Message((Paragraph(text),), text)


async def _ring(tx: Transaction, deck: Deck, rhythm: Rhythm, due: datetime, now: datetime) -> None:
    chapter = await tx.chapters.get(deck.chapter)
    coming = rhythm.coming(now, 1)
    deck = replace(deck, due=coming[0] if coming else None)
    await tx.prompts.keep(deck)
    if now - due > LATE:
        await _miss(tx, deck, due, now)
        return
    if deck.avoids_events and await _own_event(tx, chapter, due.astimezone(chapter.zone).date()):
        return
    deck, prompt = take(deck, await tx.prompts.all([PromptState.READY], deck.chapter))
    if prompt is not None and not chapter.homes:
        await _homeless(tx, deck, now)
    elif prompt is not None:
        origin = f"rhythm {deck.chapter} {due.isoformat()}"
        turns = scheduling.later(deck, now) if prompt.stance else None
        event = await picks.under_way(tx, deck.chapter, now)
        await put_up(tx, deck, chapter, prompt, now, origin, event and event.id, turns=turns)


async def _own_event(tx: Transaction, chapter: Chapter, day: date) -> bool:
    """Whether the chapter has an event on this day, by its own clocks."""
    begins, ends = (datetime.combine(each, time(), chapter.zone) for each in (day, day + timedelta(days=1)))
    for state in (EventState.PUBLISHED, EventState.OVER):
        for event in await tx.events.upcoming(begins, state, chapter.id):
            if event.starts is not None and event.starts < ends:
                return True
    return False


async def _miss(tx: Transaction, deck: Deck, due: datetime, now: datetime) -> None:
    drawn = missed.bind(deck.chapter, int(due.timestamp()))
    told = [
        Notice(f"prompt missed {deck.chapter} {due.isoformat()} to {account.id}", drawn, Directly(account.person))
        for account in await telling.organisers(tx, deck)
    ]
    await tx.errands.note(told, now)


async def _homeless(tx: Transaction, deck: Deck, now: datetime) -> None:
    """Tell organisers once, until something is posted again."""
    last = next((posting.id for posting in await tx.postings.of(deck.chapter, most=1)), 0)
    drawn = homeless.bind(deck.chapter)
    told = [
        Notice(f"prompt homeless {deck.chapter} after {last} to {account.id}", drawn, Directly(account.person))
        for account in await telling.organisers(tx, deck)
    ]
    await tx.errands.note(told, now)
