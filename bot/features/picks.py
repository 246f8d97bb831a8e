"""Picks: what can be chosen from, as lists that completion and forms offer."""

from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString

from bot.calls import Call, Candidate, Refusal
from bot.domain.events import Event, EventState
from bot.domain.places import Chapter, ChapterId
from bot.ports import Transaction

NO_CHAPTER: LiteralString = "There is no chapter yet; an organiser of the community makes one by /chapter add."


async def upcoming(tx: Transaction, call: Call) -> Sequence[Candidate]:
    """Published events that are not over, soonest first."""
    return await events_since(tx, call, call.at, EventState.PUBLISHED)


async def under_way(tx: Transaction, chapter: ChapterId, moment: datetime) -> Event | None:
    """The event of a chapter that goes on at a moment; None where there is none, or more than one."""
    going_on = [
        event
        for event in await tx.events.upcoming(moment, EventState.PUBLISHED, chapter)
        if event.timed and event.starts is not None and event.starts <= moment
    ]
    return going_on[0] if len(going_on) == 1 else None


async def drafts(tx: Transaction, call: Call) -> Sequence[Candidate]:
    """Events that nobody has published yet: those to come, soonest first, then those whose date has passed."""
    return await _candidates(tx, await drafted(tx, call))


async def drafted(tx: Transaction, call: Call) -> list[Event]:
    """Drafts within the caller's reach, to come and then passed, which wait for another date."""
    found = [event for event in await tx.events.drafts() if call.reaches(event.chapter)]
    passed = [event for event in found if event.ended(call.at)]
    return [*(event for event in found if event not in passed), *reversed(passed)]


async def plans(tx: Transaction, call: Call) -> Sequence[Candidate]:
    """Everything that can still be changed or called off: published events, then drafts."""
    return [*await upcoming(tx, call), *await drafts(tx, call)]


async def chapters(tx: Transaction, call: Call) -> Sequence[Candidate]:
    """The chapters within the caller's reach, by name."""
    return [Candidate(chapter.name, str(chapter.id)) for chapter in await tx.chapters.all() if call.reaches(chapter.id)]


async def chapter_here(tx: Transaction, call: Call) -> str | None:
    """The chapter whose home the call comes from, or the only one within the caller's reach."""
    known = await tx.chapters.all()
    at_home = [chapter for chapter in known if any(home.place == call.place for home in chapter.homes)]
    meant = at_home or [chapter for chapter in known if call.reaches(chapter.id)]
    return str(meant[0].id) if len(meant) == 1 else None


async def not_elsewhere(tx: Transaction, call: Call) -> None:
    """Raises Refusal where somebody who plans for some chapters would post into another one's home."""
    at_home = [
        chapter for chapter in await tx.chapters.all() if any(home.place == call.place for home in chapter.homes)
    ]
    if at_home and not any(call.reaches(chapter.id) for chapter in at_home):
        raise Refusal("This is the home of **{chapter}**, for which you do not plan.", chapter=at_home[0].name)


async def events_since(
    tx: Transaction, call: Call, moment: datetime, state: EventState, begun: bool = False
) -> list[Candidate]:
    """Events within the caller's reach, in a state, that were not over by a moment, soonest first.

    Only those that have `begun`, where that is asked for.
    """
    found = [event for event in await tx.events.upcoming(moment, state) if call.reaches(event.chapter)]
    if begun:
        found = [event for event in found if event.starts is not None and event.starts <= call.at]
    return await _candidates(tx, found)


async def _candidates(tx: Transaction, events: Sequence[Event]) -> list[Candidate]:
    named = {chapter.id: chapter for chapter in await tx.chapters.all()}
    return [_candidate(event, named[event.chapter]) for event in events]


def _candidate(event: Event, chapter: Chapter) -> Candidate:
    """The date comes first, so that a long title that is shortened still tells evenings apart."""
    if event.starts is None:
        return Candidate(f"TBA {chapter.name}: {event.title}", str(event.id))
    starts = event.starts.astimezone(chapter.zone)
    hour = f"{starts:%H:%M}" if event.timed else "TBA"
    return Candidate(f"{starts:%a} {starts.day} {starts:%b} {hour} {chapter.name}: {event.title}", str(event.id))
