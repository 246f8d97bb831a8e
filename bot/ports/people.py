"""People on record: members, their accounts, and organisers."""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from bot.domain.leads import Lead
from bot.domain.manners import Manner
from bot.domain.people import Account, AccountId, Caller, MemberId, Person
from bot.domain.places import ChapterId


class Members(Protocol):
    """Members and their accounts."""

    async def recognise(self, callers: Collection[Caller]) -> Mapping[Person, Account]:
        """The accounts of these callers, made where they are new (each a new member), with their names as of now.

        A caller's `direct` is only what a new account starts with. One query to read, at most two to write.
        """
        ...

    async def known(self, people: Collection[Person]) -> Mapping[Person, Account]:
        """The accounts of those of these people who have one; nothing is written."""
        ...

    async def find(self, person: Person) -> Account | None: ...

    async def accounts(self, members: Collection[MemberId]) -> Sequence[Account]:
        """All accounts of these members, by account id; those of whoever was forgotten are nobody's any more."""
        ...

    async def those(self, accounts: Collection[AccountId]) -> Mapping[AccountId, Account]:
        """The accounts with these ids."""
        ...

    async def manners(self, members: Collection[MemberId]) -> Mapping[MemberId, Manner]:
        """How these members wish to be told things; one for each of them."""
        ...

    async def prefer(self, member: MemberId, manner: Manner) -> None:
        """Record how a member wishes to be told things."""
        ...

    async def leads(self) -> Collection[Lead]:
        """All leads that any member has wished for."""
        ...

    async def wish(self, account: AccountId, direct: bool) -> None:
        """Record whether they want to be told things by direct message through this account."""
        ...


class Organisers(Protocol):
    """Members who were appointed to plan: for the whole community, or for one chapter."""

    async def includes(self, person: Person) -> bool:
        """Whether they plan for the whole community."""
        ...

    async def chapters(self, person: Person) -> frozenset[ChapterId]:
        """The chapters for which they were appointed by name."""
        ...

    async def add(self, member: MemberId, chapter: ChapterId | None = None) -> bool:
        """Appoint a member for everything, or for one chapter; False if they were that already."""
        ...

    async def remove(self, member: MemberId, chapter: ChapterId | None = None) -> bool:
        """Take one appointment back; False if there was none."""
        ...

    async def all(self, chapter: ChapterId | None = None) -> Sequence[Account]:
        """One account (their first) of each who was appointed for everything, or for this chapter, by name."""
        ...
