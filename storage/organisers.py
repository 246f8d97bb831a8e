"""Organisers on record: those who were appointed."""

from collections.abc import Sequence

from sqlalchemy import delete, exists, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.people import Account, MemberId, Person
from storage import schema
from storage.members import account
from storage.upsert import upsert

_accounts, _organisers = schema.accounts.c, schema.organisers.c


class Organisers:
    """Members who were appointed to plan."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def includes(self, person: Person) -> bool:
        theirs = (_accounts.platform == person.platform) & (_accounts.key == person.key)
        appointed = exists().where(_accounts.member_id == _organisers.member_id, theirs)
        return bool(await self._connection.scalar(select(appointed)))

    async def add(self, member: MemberId) -> bool:
        them = select(literal(member, _organisers.member_id.type).label("member_id"))
        added = upsert(schema.organisers, them, ["member_id"]).returning(_organisers.member_id)
        return await self._connection.scalar(added) is not None

    async def remove(self, member: MemberId) -> bool:
        removed = await self._connection.execute(delete(schema.organisers).where(_organisers.member_id == member))
        return removed.rowcount == 1

    async def all(self) -> Sequence[Account]:
        appointed = select(_organisers.member_id)
        first = select(func.min(_accounts.id)).where(_accounts.member_id.in_(appointed)).group_by(_accounts.member_id)
        found = await self._connection.execute(select(schema.accounts).where(_accounts.id.in_(first)))
        # Sorted here, since each database has an alphabet of its own.
        return sorted(map(account, found), key=lambda one: (one.name.casefold(), one.id))
