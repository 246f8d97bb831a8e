"""Settling: once an event has been left alone for a while, its people are told what has changed, all at once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from bot.domain.changes import Matter, changes
from bot.domain.events import Event, EventId, EventState
from bot.domain.people import Account, AccountId, Platform
from bot.domain.rsvps import Answer, Rsvp, Wish
from bot.drawings import drawing
from bot.errands import Notice
from bot.features import announcing, calendars
from bot.features.answers import rsvp
from bot.features.whereabouts import span, where
from bot.messages import Button, Buttons, Facts, Message, Paragraph, Text, Tone, Value, join, say
from bot.ports import Transaction


async def settle(tx: Transaction, event: Event, now: datetime) -> None:
    """Promise to tell everybody going or waiting what is different from what they knew, and count that as known.

    Most knew what was told last. Whoever answered since saw the event as it was in between, and is told only what came
    after.
    """
    cards = announcing.cards_of(event.id, await tx.chapters.get(event.chapter))
    concerned = await _concerned(tx, event.id)
    knew: dict[int, list[Account]] = {}
    for answered, account in concerned:
        knew.setdefault(max(answered.seen, event.settled), []).append(account)
    told: list[Notice] = []
    for version, accounts in knew.items():
        if changes(await tx.editions.get(event, version), event):
            key, drawn = f"changed {event.id} v{version}-{event.version}", partial(changed.bind, event.id, version)
            # Those told together are a range of accounts, which must hold nobody who knew something else.
            groups = [accounts] if version == event.settled else [[account] for account in accounts]
            for group in groups:
                told += announcing.notices(key, group, cards, partial(drawn, event.version))
    await tx.errands.note(told, now)
    await tx.events.put(replace(event, settled=event.version))


@drawing("event changed")
async def changed(
    tx: Transaction, event: EventId, old: int, new: int, platform: Platform, first: AccountId, last: AccountId
) -> Message | None:
    """Tells those who knew the old version what the new one says instead, unless all is off."""
    planned = await tx.events.get(event)
    concerned = [account for answered, account in await _concerned(tx, event) if answered.seen <= old]
    told = announcing.addressed(concerned, platform, first, last)
    if planned.state is not EventState.PUBLISHED or not told:
        return None
    zone = (await tx.chapters.get(planned.chapter)).zone
    before, after = await tx.editions.get(planned, old), await tx.editions.get(planned, new)
    rows = [(matter.value, _old_and_new(matter, before, after, zone)) for matter in changes(before, after)]
    head = say("**{title}** has changed.", title=before.title)
    sums = [say("{label}: {change}", label=label, change=change) for label, change in rows]
    buttons = _still_coming(planned, await calendars.buttons(tx, planned, "New calendar file"))
    parts = (Paragraph(head), Facts(tuple(rows)), Paragraph(say("Still coming?")), buttons)
    return Message(parts, join(" ", [head, *sums]), tuple(account.person for account in told))


def _still_coming(event: Event, file: tuple[Button, ...]) -> Buttons:
    return Buttons(
        (
            Button("Yes", rsvp.bind(event.id, Wish.GOING), Tone.GOOD),
            Button(Wish.NOT_GOING.words, rsvp.bind(event.id, Wish.NOT_GOING)),
            *file,
        )
    )


def _old_and_new(matter: Matter, before: Event, after: Event, zone: ZoneInfo) -> Text:
    old, new = _said(matter, before, zone), _said(matter, after, zone)
    return say("{old} → {new}", old=old, new=new)


def _said(matter: Matter, event: Event, zone: ZoneInfo) -> Value:
    match matter:
        case Matter.TITLE:
            return event.title
        case Matter.TIME:
            return span(event, zone)
        case Matter.PLACE:
            return where(event)


async def _concerned(tx: Transaction, event: EventId) -> Sequence[tuple[Rsvp, Account]]:
    """Everybody who is going or waiting."""
    return [*await tx.rsvps.answered(event, Answer.GOING), *await tx.rsvps.answered(event, Answer.WAITING)]
