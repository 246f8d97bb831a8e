"""Picks of memos: which ones somebody may see and change."""

from collections.abc import Awaitable, Sequence
from datetime import datetime

from bot.calls import Call, Candidate
from bot.domain.events import EventState
from bot.domain.memos import Memo, MemoId, MemoState
from bot.features.memos import words
from bot.ports import Transaction

MOST = 100
"""Memos offered at once."""


async def pending(tx: Transaction, call: Call) -> Sequence[Candidate]:
    """Those that ring, and those that are paused."""
    return _candidates(await visible(tx, call, MemoState.SET, MemoState.PAUSED))


async def ringing(tx: Transaction, call: Call) -> Sequence[Candidate]:
    """Those that ring."""
    return _candidates(await visible(tx, call, MemoState.SET))


async def paused(tx: Transaction, call: Call) -> Sequence[Candidate]:
    """Those that are paused."""
    return _candidates(await visible(tx, call, MemoState.PAUSED))


async def visible(tx: Transaction, call: Call, *states: MemoState) -> list[Memo]:
    """The memos in these states that the caller may see, those that ring first before the others."""
    account = await tx.members.find(call.caller.person)
    member = None if account is None else account.member
    found = [memo for memo in await tx.memos.all(states) if call.reaches(memo.chapter)]
    theirs = [memo for memo in found if not memo.private or memo.setter == member]
    return [memo for memo in theirs if not await ended(tx, memo, call.at)]


async def seen(tx: Transaction, call: Call, memo: MemoId) -> Memo:
    """A memo that the caller may see; raises Refusal."""
    return await _theirs(tx, call, tx.memos.get(memo))


async def held(tx: Transaction, call: Call, memo: MemoId) -> Memo:
    """The same, held against other writers; raises Refusal."""
    return await _theirs(tx, call, tx.memos.lock(memo))


async def ended(tx: Transaction, memo: Memo, now: datetime) -> bool:
    """Whether it is for the guests of an event that is cancelled or over, which ends it."""
    if memo.event is None:
        return False
    event = await tx.events.get(memo.event)
    return event.state is not EventState.PUBLISHED or event.ended(now)


async def _theirs(tx: Transaction, call: Call, found: Awaitable[Memo]) -> Memo:
    account = await tx.members.find(call.caller.person)
    try:
        memo = await found
    except KeyError:
        raise words.gone() from None
    if memo.private and (account is None or account.member != memo.setter):
        raise words.gone()
    return memo


def _candidates(memos: Sequence[Memo]) -> list[Candidate]:
    return [Candidate(words.label(memo), str(memo.id)) for memo in memos[:MOST]]
