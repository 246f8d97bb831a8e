"""Organisers on record: those who were appointed, for everything or for one chapter."""

from collections.abc import Sequence

from sqlalchemy import delete, exists, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.people import Account, MemberId, Person
from bot.domain.places import ChapterId
from storage import schema
from storage.chapter_tables import chapter_organisers
from storage.members import account
from storage.upsert import upsert

_accounts, _organisers, _of_chapters = schema.accounts.c, schema.organisers.c, chapter_organisers.c


class Organisers:
    """Members who were appointed to plan."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def includes(self, person: Person) -> bool:
        theirs = (_accounts.platform == person.platform) & (_accounts.key == person.key)
        appointed = exists().where(_accounts.member_id == _organisers.member_id, theirs)
        return bool(await self._connection.scalar(select(appointed)))

    async def chapters(self, person: Person) -> frozenset[ChapterId]:
        theirs = (_accounts.platform == person.platform) & (_accounts.key == person.key)
        appointed = select(_of_chapters.chapter_id).join(
            schema.accounts, (_accounts.member_id == _of_chapters.member_id) & theirs
        )
        return frozenset(map(ChapterId, await self._connection.scalars(appointed)))

    async def add(self, member: MemberId, chapter: ChapterId | None = None) -> bool:
        who = literal(member, _organisers.member_id.type).label("member_id")
        if chapter is None:
            added = upsert(schema.organisers, select(who), ["member_id"]).returning(_organisers.member_id)
        else:
            where = literal(chapter, _of_chapters.chapter_id.type).label("chapter_id")
            added = upsert(chapter_organisers, select(where, who), ["chapter_id", "member_id"])
            added = added.returning(_of_chapters.member_id)
        return await self._connection.scalar(added) is not None

    async def remove(self, member: MemberId, chapter: ChapterId | None = None) -> bool:
        if chapter is None:
            removal = delete(schema.organisers).where(_organisers.member_id == member)
        else:
            theirs = (_of_chapters.member_id == member) & (_of_chapters.chapter_id == chapter)
            removal = delete(chapter_organisers).where(theirs)
        return (await self._connection.execute(removal)).rowcount == 1

    async def all(self, chapter: ChapterId | None = None) -> Sequence[Account]:
        appointed = select(_organisers.member_id)
        if chapter is not None:
            appointed = select(_of_chapters.member_id).where(_of_chapters.chapter_id == chapter)
        first = select(func.min(_accounts.id)).where(_accounts.member_id.in_(appointed)).group_by(_accounts.member_id)
        found = await self._connection.execute(select(schema.accounts).where(_accounts.id.in_(first)))
        # Sorted here, since each database has an alphabet of its own.
        return sorted(map(account, found), key=lambda one: (one.name.casefold(), one.id))
