"""Links on record: the codes that join two accounts."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.events import EventId
from bot.domain.people import AccountId, MemberId
from bot.domain.polls import PollId
from bot.ports import LinkCode, Touched
from storage import member_tables as tables
from storage import schema
from storage.ballots import Ballots
from storage.forgetting import Forgetting, records
from storage.merging import Merging

_codes, _misses, _links, _accounts = tables.link_codes.c, tables.link_misses.c, tables.links.c, schema.accounts.c

REMEMBERED = timedelta(days=1)
"""How long a wrong code is held against whoever entered it, at most."""


class Links:
    """Codes, and the members that accounts belong to."""

    def __init__(self, connection: AsyncConnection, ballots: Ballots) -> None:
        self._connection = connection
        self._merging = Merging(connection, ballots)
        self._forgetting = Forgetting(connection, ballots)

    async def offer(self, account: AccountId, digest: str, expires: datetime) -> None:
        await self.withdraw(account)
        given = insert(tables.link_codes).values(account_id=account, digest=digest, expires=expires)
        await self._connection.execute(given)

    async def find(self, digest: str) -> LinkCode | None:
        return await self._code(_codes.digest == digest)

    async def offered(self, account: AccountId) -> LinkCode | None:
        return await self._code(_codes.account_id == account)

    async def enter(self, account: AccountId, entered: AccountId, digest: str) -> bool:
        untouched = (_codes.account_id == account) & (_codes.digest == digest) & _codes.entered_id.is_(None)
        noted = await self._connection.execute(update(tables.link_codes).where(untouched).values(entered_id=entered))
        return noted.rowcount == 1

    async def withdraw(self, account: AccountId) -> None:
        await self._connection.execute(delete(tables.link_codes).where(_codes.account_id == account))

    async def missed(self, account: AccountId, since: datetime) -> int:
        theirs = (_misses.account_id == account) & (_misses.at > since)
        return (await self._connection.execute(select(func.count()).where(theirs))).scalar_one()

    async def miss(self, account: AccountId, now: datetime) -> None:
        old = (_misses.account_id == account) & (_misses.at <= now - REMEMBERED)
        await self._connection.execute(delete(tables.link_misses).where(old))
        await self._connection.execute(insert(tables.link_misses).values(account_id=account, at=now))

    async def linked(self, member: MemberId) -> Sequence[AccountId]:
        query = select(_links.account_id).join_from(tables.links, schema.accounts, _links.account_id == _accounts.id)
        found = await self._connection.scalars(query.where(_accounts.member_id == member).order_by(_links.account_id))
        return [AccountId(each) for each in found]

    async def merge(self, stays: MemberId, goes: MemberId, first: MemberId) -> Touched:
        return await self._merging.merge(stays, goes, first)

    async def part(self, account: AccountId) -> Touched:
        return await self._merging.part(account)

    async def reunite(self, poll: PollId) -> None:
        await self._merging.reunite(poll)

    async def forget(self, member: MemberId, upcoming: Collection[EventId]) -> Touched:
        return await self._forgetting.forget(member, upcoming)

    async def records(self, member: MemberId) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        return await records(self._connection, member)

    async def _code(self, which: ColumnElement[bool]) -> LinkCode | None:
        row = (await self._connection.execute(select(tables.link_codes).where(which))).one_or_none()
        return None if row is None else _code(row)


def _code(row: Row[Any]) -> LinkCode:
    entered = None if row.entered_id is None else AccountId(row.entered_id)
    return LinkCode(AccountId(row.account_id), row.expires, entered)
