"""Following: what is still to come follows its chapter when that has other hours, reminders or homes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time

from bot.budget import Budget, fitting
from bot.domain.events import Event, EventState
from bot.domain.moments import show_moment
from bot.domain.people import Platform
from bot.domain.places import Chapter, ChapterId
from bot.domain.prompts import rezoned
from bot.domain.reminders import ReminderKind, reminders_of
from bot.drawings import drawing
from bot.errands import InThread, Notice
from bot.features import announcing
from bot.features.reminding import leads_of
from bot.messages import Message, Text, When, line, roll, say
from bot.ports import Transaction

TITLES = Budget(2000, 5000)
"""Room for the events that are announced anew; of more, the others are counted."""

_COMING = (EventState.PUBLISHED, EventState.DRAFT)


async def held(tx: Transaction, chapter: ChapterId, now: datetime) -> tuple[Chapter, Sequence[Event]]:
    """A chapter and its events that are still to come, held against other writers until the transaction ends.

    The events first: whoever answers one of them joins its chapter after that.
    """
    planned = [each for state in _COMING for each in await tx.events.upcoming(now, state, chapter)]
    events = await tx.events.lock([event.id for event in planned])
    # What somebody called off meanwhile is not to come any more.
    coming = [event for each in planned if (event := events[each.id]).state in _COMING]
    return await tx.chapters.lock(chapter), coming


async def follow(
    tx: Transaction, before: Chapter, after: Chapter, coming: Sequence[Event], now: datetime
) -> list[Text]:
    """Have the events that are still to come follow their chapter; what its organiser is told of that."""
    followed = [_rezoned(event, before, after) for event in coming]
    for event in followed:
        if event not in coming:
            await tx.events.put(event)
        # What its people know of it says the same day as before, or else they would be told of a change.
        for known in await tx.editions.all(event) if before.zone != after.zone else ():
            if (rezoned := _rezoned(known, before, after)) != known:
                await tx.editions.restart(rezoned)
    published = [event for event in followed if event.state is EventState.PUBLISHED]
    for event in published:
        if (before.zone, before.leads) != (after.zone, after.leads):
            made = reminders_of(event, after.zone, await leads_of(tx, after), now)
            # Word of a change that is not settled yet stays due.
            for kind in (ReminderKind.EVENT_SOON, ReminderKind.EVENT_OVER, ReminderKind.ANSWERS_CLOSE):
                await tx.reminders.replace(event.id, [each for each in made if each.kind is kind], kind)
        await tx.errands.refresh(announcing.cards_of(event.id, after), now)
        left = [card for card in announcing.cards_of(event.id, before) if card.place not in _places(after)]
        told = [
            Notice(
                f"moved {event.id} from {card.place.platform} {card.place.key} at {now.timestamp():.0f}",
                moved.bind(after.id, card.place.platform),
                InThread(card),
            )
            for card in left
            if await tx.errands.announcement(card) is not None
        ]
        await tx.errands.note(told, now)
    said = await _on_another_clock(tx, before, after, now)
    if before.zone != after.zone and any(event.timed and event.starts for event in followed):
        said.append(say("Events that are planned keep their moment, which has another hour in the new zone."))
    if published and _places(before) != _places(after):
        titles = [event.title for event in published]
        said.append(say("Announced anew: {titles}.", titles=roll(fitting(titles, str, TITLES), len(titles))))
    return said


async def _on_another_clock(tx: Transaction, before: Chapter, after: Chapter, now: datetime) -> list[Text]:
    """Have the rhythm of its prompts go by the chapter's new clock; what is told of that."""
    if before.zone == after.zone or (await tx.prompts.deck(after.id)).rhythm is None:
        return []
    deck = await tx.prompts.hold(after.id)
    moved = rezoned(deck, before.zone, after.zone, now)
    if moved == deck or moved.rhythm is None:
        return []
    await tx.prompts.keep(moved)
    rhythm = say("Prompts are posted **{words}** by the new clock", words=moved.rhythm.words)
    if moved.due is None:
        return [say("{rhythm}.", rhythm=rhythm)]
    due = When(moved.due, show_moment(moved.due, after.zone))
    return [say("{rhythm}, next {due}.", rhythm=rhythm, due=due)]


@drawing("chapter moved")
async def moved(tx: Transaction, chapter: ChapterId, platform: Platform) -> Message | None:
    """Told below a card in a channel that is no home any more: where its event is announced now, if anywhere."""
    seen = await tx.chapters.get(chapter)
    here = next((f"#{home.name}" for home in seen.homes if home.place.platform == platform), None)
    homes = [here] if here else [f"#{home.name} on {home.place.platform.title()}" for home in seen.homes]
    if homes:
        now = say("is at home in {homes} now, and this is announced there", homes=" and ".join(homes))
    else:
        now = say("has no home any more, and this is announced nowhere else yet")
    return line(
        "**{chapter}** {now}. Answers count wherever they are given; the card above is not brought up to date any "
        "more.",
        chapter=seen.name,
        now=now,
    )


def _rezoned(event: Event, before: Chapter, after: Chapter) -> Event:
    """An event in its chapter's new zone: a moment stays, a day whose hour is open stays that day."""
    if event.timed or event.starts is None:
        return event
    day = event.starts.astimezone(before.zone).date()
    return replace(event, starts=datetime.combine(day, time.min, after.zone).astimezone(UTC))


def _places(chapter: Chapter) -> set[object]:
    return {home.place for home in chapter.homes}
