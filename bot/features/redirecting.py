"""Redirecting: what is on its way to somebody follows them where they wish to be told, and reaches them once."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from bot import codes
from bot.domain.events import EventState
from bot.domain.people import Account, AccountId, MemberId, Person, Platform
from bot.errands import Directly, InThread, Promise
from bot.features import announcing
from bot.ports import Transaction


async def redirect(tx: Transaction, member: MemberId, accounts: Sequence[Account], now: datetime) -> None:
    """Let what was promised to any of these accounts of a member go where the member is told now.

    What goes elsewhere drops out where it would have gone, since it is drawn for whoever is told there.
    """
    theirs = {account.person for account in accounts}
    upcoming = {event.id: event for event in await tx.events.upcoming(now, EventState.PUBLISHED)}
    for rsvp in [rsvp for rsvp in await tx.rsvps.all([member]) if rsvp.event in upcoming]:
        (told,) = await announcing.told(tx, [rsvp])
        promises = await tx.errands.promises(f"event={rsvp.event}")
        has = {_thing(each) for each in promises if told.person in _people(each)}
        cards = announcing.cards_of(rsvp.event, await tx.chapters.get(upcoming[rsvp.event].chapter))
        for each in promises:
            if each.due is None or _thing(each) in has or theirs.isdisjoint(_people(each)):
                continue
            name, given = codes.unpack(each.drawing)
            if "platform" in given:
                drawn = partial(_drawn, name, given)
                await tx.errands.note(announcing.notices(_thing(each), [told], cards, drawn), now)


def _drawn(name: str, given: dict[str, str], platform: Platform, first: AccountId, last: AccountId) -> str:
    return codes.pack(name, {**given, "platform": platform, "first": str(first), "last": str(last)})


def _thing(promise: Promise) -> str:
    """What is told, without to whom."""
    return promise.key.rpartition(" to ")[0]


def _people(promise: Promise) -> Sequence[Person]:
    match promise.to:
        case Directly(person):
            return [person]
        case InThread(people=people):
            return people
        case _:
            return []
