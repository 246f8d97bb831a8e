"""Links on record: codes that join two accounts, and what becomes of a member who is joined, parted or forgotten."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.domain.events import EventId
from bot.domain.people import AccountId, MemberId
from bot.domain.polls import PollId
from bot.domain.prompts import PostingId


@dataclass(frozen=True, slots=True)
class LinkCode:
    """A code that was given to an account; `entered` is the account on which it was entered, once it was."""

    account: AccountId
    expires: datetime
    entered: AccountId | None


@dataclass(frozen=True, slots=True)
class Touched:
    """The events and polls on which answers have become others, and the postings that bear a name no more."""

    events: frozenset[EventId] = frozenset()
    polls: frozenset[PollId] = frozenset()
    postings: frozenset[PostingId] = frozenset()


class Links(Protocol):
    """Codes, and the members that accounts belong to. Of a code only its digest is kept."""

    async def offer(self, account: AccountId, digest: str, expires: datetime) -> None:
        """Give an account a code, in place of any it had; codes that have run out are forgotten."""
        ...

    async def find(self, digest: str) -> LinkCode | None: ...

    async def offered(self, account: AccountId) -> LinkCode | None:
        """The code that an account was given last."""
        ...

    async def enter(self, account: AccountId, entered: AccountId, digest: str) -> bool:
        """Note on which account the code given to `account` was entered; False if it was entered before."""
        ...

    async def withdraw(self, account: AccountId) -> None:
        """Forget the code of an account."""
        ...

    async def missed(self, account: AccountId, since: datetime) -> int:
        """How many wrong codes an account has entered since then."""
        ...

    async def miss(self, account: AccountId, now: datetime) -> None:
        """Note that an account has entered a wrong code."""
        ...

    async def linked(self, member: MemberId) -> Sequence[AccountId]:
        """Those of a member's accounts that came by a link."""
        ...

    async def merge(self, stays: MemberId, goes: MemberId, first: MemberId) -> Touched:
        """Let everything that is kept by one member be the other's.

        Two answers to one event become one (see bot.domain.linking.united); of two ballots in an open poll that of
        `first` stands. Polls that are closed stay as they were counted.
        """
        ...

    async def part(self, account: AccountId) -> Touched:
        """Make an account the member again that it was before it was linked; answers given through it go with it."""
        ...

    async def reunite(self, poll: PollId) -> None:
        """Make one ballot of those that linked accounts cast in a poll while it was open before."""
        ...

    async def forget(self, member: MemberId, upcoming: Collection[EventId]) -> Touched:
        """Forget who a member is: no name, key or word of theirs stays, nor any answer to what is `upcoming`.

        What they answered to past events, and chose in closed or secret polls, stays counted as nobody's.
        """
        ...

    async def records(self, member: MemberId) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """Every row that is kept of a member, by the column that tells so, as plain values."""
        ...
