"""Reminding: who is reminded of an event when, by their own wish or else as its chapter does."""

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.domain.events import Event, EventState
from bot.domain.leads import Lead
from bot.domain.people import Account
from bot.domain.places import Chapter
from bot.domain.reminders import ReminderKind, reminders_of
from bot.domain.rsvps import Answer
from bot.ports import Transaction


async def leads_of(tx: Transaction, chapter: Chapter) -> Sequence[Lead]:
    """Every lead at which somebody may have to be reminded of a chapter's events."""
    return list(dict.fromkeys([*chapter.leads, *sorted(await tx.members.leads(), key=str)]))


async def reminded(tx: Transaction, event: Event, chapter: Chapter, lead: Lead, now: datetime) -> list[Account]:
    """Those going for whom this lead is the last of theirs that has come: whoever comes late is told one thing only."""
    if event.starts is None:
        return []
    starts = event.starts
    going = await tx.rsvps.answered(event.id, Answer.GOING)
    manners = await tx.members.manners({rsvp.member for rsvp, _account in going})

    def turn(one: Lead) -> tuple[datetime, str]:
        """When a lead has come; of two at the same moment, such as a day and 24 hours before, one is the later."""
        return one.before(starts, chapter.zone), str(one)

    def last(leads: Collection[Lead]) -> bool:
        come = [other for other in leads if other.before(starts, chapter.zone) <= now]
        return lead in leads and not any(turn(lead) < turn(other) for other in come)

    return [account for rsvp, account in going if last(manners[rsvp.member].reminded(chapter.leads))]


async def prepare(tx: Transaction, leads: Collection[Lead], now: datetime) -> None:
    """Have every event that is coming up ring at these leads too."""
    chapters = {chapter.id: chapter for chapter in await tx.chapters.all()}
    upcoming = await tx.events.upcoming(now, EventState.PUBLISHED)
    for event in (await tx.events.lock([event.id for event in upcoming])).values():
        made = reminders_of(event, chapters[event.chapter].zone, leads, now)
        await tx.reminders.add([each for each in made if each.kind is ReminderKind.EVENT_SOON])
