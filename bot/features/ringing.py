"""Ringing: what happens when a reminder is due."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from bot.domain.events import Event, EventState
from bot.domain.leads import Lead
from bot.domain.people import Account
from bot.domain.reminders import Reminder, ReminderKind
from bot.errands import Directly, Notice
from bot.features import announcing, notices, reminding, settling
from bot.features.retelling import invite
from bot.features.takeaways import thanking
from bot.ports import Transaction


async def ring(tx: Transaction, due: Sequence[Reminder], now: datetime) -> None:
    """Do what these reminders are for. Of several due for one event at once, the last says it all to each person."""
    events = dict(await tx.events.lock({reminder.event for reminder in due}))
    owed = [reminder for reminder in due if _owes(events.get(reminder.event), reminder)]
    for reminder in owed:
        event = events[reminder.event]
        if not _owes(event, reminder):
            continue  # it has just ended
        match reminder.kind:
            case ReminderKind.EVENT_OVER:
                events[event.id] = await _close(tx, event, now)
            case ReminderKind.ANSWERS_CLOSE:
                cards = announcing.cards_of(event.id, await tx.chapters.get(event.chapter))
                await tx.errands.refresh(cards, now)
            case ReminderKind.CHANGES_SETTLE:
                await settling.settle(tx, event, now)
            case ReminderKind.EVENT_SOON if event.starts is not None and now >= event.starts:
                await _miss(tx, event, reminder, now)
            case ReminderKind.EVENT_SOON:
                await _remind(tx, event, reminder, now)


def _owes(event: Event | None, reminder: Reminder) -> bool:
    """Whether a reminder still holds: its event stands as it stood when the reminder was made."""
    return event is not None and event.state is EventState.PUBLISHED and event.revision == reminder.revision


async def _remind(tx: Transaction, event: Event, reminder: Reminder, now: datetime) -> None:
    chapter = await tx.chapters.get(event.chapter)
    going = await reminding.reminded(tx, event, chapter, Lead.read(reminder.lead), now)
    cards = announcing.cards_of(event.id, chapter)
    drawn = partial(notices.reminder.bind, event.id, event.revision, reminder.lead)
    key = f"reminder {event.id} r{event.revision} {reminder.lead}"
    await tx.errands.note(announcing.notices(key, going, cards, drawn), now)


async def _miss(tx: Transaction, event: Event, reminder: Reminder, now: datetime) -> None:
    if Lead.read(reminder.lead) not in (await tx.chapters.get(event.chapter)).leads:
        return  # how long before somebody wished to be reminded is nobody else's business
    key = f"missed {event.id} r{event.revision} {reminder.lead}"
    await _tell_planner(tx, event, key, notices.missed.bind(event.id, reminder.lead), now)


async def _close(tx: Transaction, event: Event, now: datetime) -> Event:
    over = event.over()
    await tx.events.put(over)
    cards = announcing.cards_of(event.id, await tx.chapters.get(event.chapter))
    await tx.errands.refresh(cards, now)
    await thanking.thank(tx, over, cards, now)
    await invite(tx, event.chapter, now)
    return over


async def _tell_planner(tx: Transaction, event: Event, key: str, drawing: str, now: datetime) -> None:
    """By direct message, wherever the planner is known; word to an organiser does not belong into a public thread."""
    accounts: list[Account] = list(await tx.members.accounts([event.planner]))
    await tx.errands.note([Notice(key, drawing, Directly(account.person)) for account in accounts[:1]], now)
