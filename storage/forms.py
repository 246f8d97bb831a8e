"""Forms on record: what people typed into forms that are not done with yet."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.people import Person
from bot.ports import KeptForm
from storage import schema

MOST = 20
"""Forms kept for one person: more than anybody has under way, and no more than anybody can fill a disk with."""

_forms = schema.kept_forms.c


class KeptForms:
    """Forms that are not done with yet."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def keep(
        self,
        person: Person,
        command: str,
        given: Mapping[str, str],
        errors: Mapping[str, str],
        now: datetime,
        form: int | None = None,
    ) -> KeptForm:
        typed = {"given": dict(given), "errors": dict(errors), "kept_at": now}
        if form is not None:
            again = update(schema.kept_forms).where(_theirs(person), _forms.id == form, _forms.command == command)
            if (await self._connection.execute(again.values(typed))).rowcount:
                return KeptForm(form, person, command, dict(given), dict(errors))
        new = {"platform": person.platform, "person_key": person.key, "command": command, **typed}
        made = insert(schema.kept_forms).values(new).returning(_forms.id)
        number = (await self._connection.execute(made)).scalar_one()
        newest = select(_forms.id).where(_theirs(person)).order_by(_forms.kept_at.desc(), _forms.id.desc()).limit(MOST)
        await self._connection.execute(delete(schema.kept_forms).where(_theirs(person), _forms.id.not_in(newest)))
        return KeptForm(number, person, command, dict(given), dict(errors))

    async def get(self, form: int, person: Person, command: str | None = None) -> KeptForm | None:
        query = select(schema.kept_forms).where(_theirs(person), _forms.id == form)
        if command is not None:
            query = query.where(_forms.command == command)
        row = (await self._connection.execute(query)).one_or_none()
        return KeptForm(row.id, person, row.command, row.given, row.errors) if row else None

    async def drop(self, form: int, person: Person) -> None:
        await self._connection.execute(delete(schema.kept_forms).where(_theirs(person), _forms.id == form))

    async def tidy(self, before: datetime) -> int:
        return (await self._connection.execute(delete(schema.kept_forms).where(_forms.kept_at < before))).rowcount


def _theirs(person: Person) -> ColumnElement[bool]:
    return and_(_forms.platform == person.platform, _forms.person_key == person.key)
