"""Drafts on record: what people typed that could not be used yet."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, delete, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.people import Person
from bot.ports import Draft
from storage import schema
from storage.upsert import upsert

_drafts = schema.drafts.c


class Drafts:
    """Typed answers, kept so that nothing is typed twice."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def keep(
        self, person: Person, command: str, given: Mapping[str, str], errors: Mapping[str, str], now: datetime
    ) -> Draft:
        typed = select(
            literal(person.platform).label("platform"),
            literal(person.key).label("person_key"),
            literal(command).label("command"),
            literal(dict(given), _drafts.given.type).label("given"),
            literal(dict(errors), _drafts.errors.type).label("errors"),
            literal(now, _drafts.kept_at.type).label("kept_at"),
        )
        kept = upsert(
            schema.drafts, typed, ["platform", "person_key", "command"], take=["given", "errors", "kept_at"]
        ).returning(_drafts.id)
        number = (await self._connection.execute(kept)).scalar_one()
        return Draft(number, person, command, dict(given), dict(errors))

    async def get(self, draft: int, person: Person) -> Draft | None:
        found = await self._connection.execute(select(schema.drafts).where(_theirs(draft, person)))
        row = found.one_or_none()
        return Draft(row.id, person, row.command, row.given, row.errors) if row else None

    async def drop(self, draft: int, person: Person) -> None:
        await self._connection.execute(delete(schema.drafts).where(_theirs(draft, person)))


def _theirs(draft: int, person: Person) -> ColumnElement[bool]:
    return (_drafts.id == draft) & (_drafts.platform == person.platform) & (_drafts.person_key == person.key)
