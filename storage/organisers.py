"""Organisers on record: those who were appointed, for everything or for one chapter."""

from collections.abc import Sequence

from sqlalchemy import CompoundSelect, Select, delete, exists, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.people import Account, MemberId, Person
from bot.domain.places import ChapterId
from storage import member_tables, schema
from storage.chapter_tables import chapter_organisers
from storage.members import account
from storage.upsert import upsert

_accounts, _organisers, _of_chapters = schema.accounts.c, schema.organisers.c, chapter_organisers.c
_links = member_tables.links.c

# What somebody was before they were linked; an appointment of theirs counts as long as they are.
_was = select(_links.member_id).join_from(member_tables.links, schema.accounts, _links.account_id == _accounts.id)


class Organisers:
    """Members who were appointed to plan."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def includes(self, person: Person) -> bool:
        appointed = exists().where(_organisers.member_id.in_(_every(_of(person))))
        return bool(await self._connection.scalar(select(appointed)))

    async def chapters(self, person: Person) -> frozenset[ChapterId]:
        appointed = select(_of_chapters.chapter_id).where(_of_chapters.member_id.in_(_every(_of(person))))
        return frozenset(map(ChapterId, await self._connection.scalars(appointed)))

    async def add(self, member: MemberId, chapter: ChapterId | None = None) -> bool:
        who = literal(member, _organisers.member_id.type).label("member_id")
        if member in [account.member for account in await self.all(chapter)]:
            return False
        if chapter is None:
            added = upsert(schema.organisers, select(who), ["member_id"]).returning(_organisers.member_id)
        else:
            where = literal(chapter, _of_chapters.chapter_id.type).label("chapter_id")
            added = upsert(chapter_organisers, select(where, who), ["chapter_id", "member_id"])
            added = added.returning(_of_chapters.member_id)
        return await self._connection.scalar(added) is not None

    async def remove(self, member: MemberId, chapter: ChapterId | None = None) -> bool:
        table = schema.organisers if chapter is None else chapter_organisers
        theirs = select(literal(member, _organisers.member_id.type))
        removal = delete(table).where(table.c.member_id.in_(_every(theirs)))
        if chapter is not None:
            removal = removal.where(_of_chapters.chapter_id == chapter)
        return (await self._connection.execute(removal)).rowcount > 0

    async def all(self, chapter: ChapterId | None = None) -> Sequence[Account]:
        appointed = select(_organisers.member_id)
        if chapter is not None:
            appointed = select(_of_chapters.member_id).where(_of_chapters.chapter_id == chapter)
        linked = select(_links.account_id).where(_links.member_id.in_(appointed))
        members = appointed.union(select(_accounts.member_id).where(_accounts.id.in_(linked)))
        first = select(func.min(_accounts.id)).where(_accounts.member_id.in_(members)).group_by(_accounts.member_id)
        found = await self._connection.execute(select(schema.accounts).where(_accounts.id.in_(first)))
        # Sorted here, since each database has an alphabet of its own.
        return sorted(map(account, found), key=lambda one: (one.name.casefold(), one.id))


def _of(person: Person) -> Select[int]:
    """The member that somebody is."""
    return select(_accounts.member_id).where(_accounts.platform == person.platform, _accounts.key == person.key)


def _every(member: Select[int]) -> CompoundSelect[int]:
    """The same, with every member that they were before."""
    return member.union(_was.where(_accounts.member_id.in_(member)))
