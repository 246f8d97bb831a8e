"""Memos on record: what organisers want to be said at a time, and what was put off."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.memos import Memo, MemoId, MemoState, Snooze, Wanted
from bot.domain.people import AccountId


class Memos(Protocol):
    """Memos of all chapters, and their snoozes."""

    async def add(self, wanted: Wanted) -> MemoId:
        """Put a draft on record; the one already made of the same origin where there is one."""
        ...

    async def get(self, memo: MemoId) -> Memo:
        """Raises KeyError."""
        ...

    async def made(self, origin: str) -> MemoId | None:
        """The memo that a call of this origin put on record."""
        ...

    async def lock(self, memo: MemoId) -> Memo:
        """The same, held against other writers until the transaction ends; raises KeyError."""
        ...

    async def put(self, memo: Memo) -> None:
        """Replace what is on record of a memo; raises KeyError."""
        ...

    async def all(self, states: Collection[MemoState]) -> Sequence[Memo]:
        """Memos in these states, those that ring first before the others."""
        ...

    async def due(self, now: datetime, most: int) -> Sequence[Memo]:
        """Memos that are set and ring by `now`, earliest first, held against other processes."""
        ...

    async def snooze(self, snooze: Snooze) -> bool:
        """Put a ring off; False, and nothing is changed, where this very message was put off before."""
        ...

    async def snoozed(self, memo: MemoId, ring: int, account: AccountId | None, step: int) -> Snooze | None:
        """What whoever has this account has put off, through whichever of theirs; None is what was in the channels."""
        ...

    async def slept(self, now: datetime, most: int) -> Sequence[Snooze]:
        """What was put off until `now` and was not told again yet, earliest first, held against other processes."""
        ...

    async def woke(self, snooze: Snooze, at: datetime) -> None:
        """Record that it was told again."""
        ...

    async def next(self) -> datetime | None:
        """When the next memo rings, or the next snooze is over."""
        ...
