"""Announcing: where an event's card stands, and how the people of an event are told something."""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from bot import codes
from bot.domain.events import EventId
from bot.domain.people import NOBODY, Account, AccountId, Platform
from bot.domain.places import Chapter
from bot.domain.rsvps import Rsvp
from bot.errands import Card, Directly, InThread, Notice
from bot.ports import Transaction

EVENT_CARD = "event card"

MENTIONS = 90
"""People mentioned in one message at most; Discord takes 100 (discord-api-docs, allowed mentions)."""

Drawn = Callable[[Platform, AccountId, AccountId], str]
"""The code of a notice for a platform's accounts from one id to another."""


def drawn(event: EventId) -> str:
    """The code of the event's card."""
    return codes.pack(EVENT_CARD, {"event": str(event)})


def cards_of(event: EventId, chapter: Chapter) -> list[Card]:
    """The event's card in each of the chapter's homes."""
    return [Card(drawn(event), home.place) for home in chapter.homes]


def notices(key: str, accounts: Iterable[Account], cards: Sequence[Card], drawn: Drawn) -> list[Notice]:
    """Tell these people one thing, each once: directly who wishes it, the others in the event's thread, together.

    `key` names what is told; nobody is told it twice. Where an event has no card on a platform, everybody there is told
    directly.
    """
    told: list[Notice] = []
    threads = {card.place.platform: card for card in cards}
    reachable = [account for account in accounts if account.person.platform != NOBODY]
    ordered = sorted(reachable, key=lambda account: (account.person.platform, account.id))
    for platform, group in groupby(ordered, key=lambda account: account.person.platform):
        card = threads.get(platform)
        together: list[Account] = []
        for account in group:
            if account.direct or card is None:
                to = Directly(account.person, otherwise=card)
                told.append(Notice(f"{key} to {account.id}", drawn(platform, account.id, account.id), to))
            else:
                together.append(account)
        if card is not None:
            told += _in_thread(key, platform, together, card, drawn)
    return told


async def told(tx: Transaction, rsvps: Sequence[Rsvp]) -> list[Account]:
    """The accounts through which people who have answered are told, as they wish, in the order of their answers."""
    manners = await tx.members.manners({rsvp.member for rsvp in rsvps})
    through = [manners[rsvp.member].account or rsvp.account for rsvp in rsvps]
    accounts = await tx.members.those(through)
    return [accounts[account] for account in through]


def addressed(accounts: Iterable[Account], platform: Platform, first: AccountId, last: AccountId) -> list[Account]:
    """Those of the accounts whom a notice for this range may be for.

    Which of them it was promised to, and how, was settled then: whoever wishes otherwise since is still told once.
    """
    return [account for account in accounts if account.person.platform == platform and first <= account.id <= last]


def _in_thread(key: str, platform: Platform, accounts: Sequence[Account], card: Card, drawn: Drawn) -> list[Notice]:
    chunks = [accounts[start : start + MENTIONS] for start in range(0, len(accounts), MENTIONS)]
    return [
        Notice(
            f"{key} to {chunk[0].id}-{chunk[-1].id} on {platform}",
            drawn(platform, chunk[0].id, chunk[-1].id),
            InThread(card, tuple(account.person for account in chunk)),
        )
        for chunk in chunks
    ]
