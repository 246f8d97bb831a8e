"""Redirecting: what is on its way to somebody follows them where they wish to be told, and reaches them once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

from bot import codes
from bot.domain.events import EventId
from bot.domain.memos import MemoId
from bot.domain.people import Account, AccountId, MemberId, Platform
from bot.domain.polls import PollId
from bot.errands import Ending, Promise
from bot.features import announcing
from bot.ports import Transaction


async def redirect(tx: Transaction, member: MemberId, accounts: Sequence[Account], now: datetime) -> None:
    """Let what was promised to any of these accounts of a member go where the member is told now.

    What goes elsewhere drops out where it would have gone, since it is drawn for whoever is told there.
    """
    for owed in await tx.errands.owed({account.person for account in accounts}):
        name, given = codes.unpack(owed.drawing)
        event = await _event(tx, given) if "platform" in given else None
        if event is None:
            continue
        for told in await announcing.told(tx, await tx.rsvps.of([event], [member])):
            known = [each for each in await _alike(tx, owed) if told.person in each.people]
            given_up = [each.id for each in known if each.due is None and each.ending is Ending.DROPPED]
            if not known:
                cards = announcing.cards_of(event, await tx.chapters.get((await tx.events.get(event)).chapter))
                drawn = partial(_drawn, name, given)
                await tx.errands.note(announcing.notices(_thing(owed), [told], cards, drawn), now)
            elif len(given_up) == len(known):  # they are back where they were told things before
                await tx.errands.again(given_up, now)


async def _event(tx: Transaction, given: Mapping[str, str]) -> EventId | None:
    """The event whose guests are told something, be it by a memo or about a poll."""
    match given:
        case {"event": number}:
            return EventId(int(number))
        case {"memo": number}:
            return (await tx.memos.get(MemoId(int(number)))).event
        case {"poll": number}:
            return (await tx.polls.get(PollId(int(number)))).rules.event
        case _:
            return None


async def _alike(tx: Transaction, owed: Promise) -> list[Promise]:
    """Every promise to tell the same thing, to whomever."""
    return [each for each in await tx.errands.promises(codes.subject(owed.drawing)) if _thing(each) == _thing(owed)]


def _drawn(name: str, given: dict[str, str], platform: Platform, first: AccountId, last: AccountId) -> str:
    return codes.pack(name, {**given, "platform": platform, "first": str(first), "last": str(last)})


def _thing(promise: Promise) -> str:
    """What is told, without to whom."""
    return promise.key.rpartition(" to ")[0]
