"""The audit trail on record: added to, read and counted, and never changed."""

from dataclasses import replace

import pytest
from sqlalchemy import Executable, delete, text, update
from sqlalchemy.exc import DBAPIError

from bot.domain.deeds import Deed, Difference, Search
from bot.domain.people import Account
from storage.database import Database, database
from storage.deed_tables import deeds
from storage.transaction import Transaction
from tests.storage.made import NOW, SLACK, chapter, join


async def _deed(tx: Transaction, who: Account, origin: str, **changes: object) -> Deed:
    deed = Deed(
        NOW,
        who.member,
        SLACK,
        "event publish",
        "Publish a draft",
        "event",
        4,
        "Evening",
        await chapter(tx),
        None,
        (Difference("state", "draft", "published"),),
        origin,
    )
    return replace(deed, **changes)


async def test_deeds_are_read_newest_first_and_noted_once(storage: Database) -> None:
    """By their number, in pages."""
    async with storage.writing() as tx:
        (ann,) = await join(tx, 1)
        for origin in ("a", "b", "b", "c"):
            await tx.trail.note(await _deed(tx, ann, origin))
    async with storage.reading() as tx:
        newest = await tx.trail.read(Search(), 2)
        assert [deed.origin for deed in newest] == ["c", "b"]
        assert [deed.origin for deed in await tx.trail.read(Search(), 2, newest[-1].id)] == ["a"]
        assert await tx.trail.count(Search()) == 3
        assert newest[0] == replace(await _read_back(tx, ann), id=newest[0].id)


async def _read_back(tx: Transaction, ann: Account) -> Deed:
    (london,) = await tx.chapters.all()
    said = (Difference("state", "draft", "published"),)
    return Deed(
        NOW, ann.member, SLACK, "event publish", "Publish a draft", "event", 4, "Evening", london.id, None, said, "c"
    )


async def test_deeds_are_found_by_what_by_whom_and_where(storage: Database) -> None:
    """Each alone and together."""
    async with storage.writing() as tx:
        ann, ben = await join(tx, 1, 2)
        await tx.trail.note(await _deed(tx, ann, "a"))
        await tx.trail.note(await _deed(tx, ann, "b", whom=ben.member, subject=5))
        await tx.trail.note(await _deed(tx, ben, "c", chapter=None, kind="poll"))
        london = (await tx.chapters.all())[0].id

        async def read(**search: object) -> list[str]:
            wanted = replace(Search(), **search)
            found = [deed.origin for deed in await tx.trail.read(wanted, 9)]
            assert len(found) == await tx.trail.count(wanted)
            return found

        assert await read(kind="event", subject=4) == ["a"]
        assert await read(kind="poll", subject=4) == ["c"]
        assert await read(member=ben.member) == ["c", "b"]
        assert await read(chapters=frozenset([london])) == ["b", "a"]
        assert await read(chapters=frozenset()) == []
        assert await read(member=ben.member, chapters=frozenset([london])) == ["b"]


@pytest.mark.parametrize(
    "attempt",
    [
        update(deeds).values(title="Something else"),
        update(deeds).values(at=NOW, member_id=1),
        update(deeds).values(differences=[]),
        delete(deeds),
        text("DELETE FROM deeds"),
    ],
    ids=str,
)
async def test_the_database_refuses_to_change_or_remove_a_deed(database_url: str, attempt: Executable) -> None:
    """Whoever tries, after a restart as well."""
    async with database(database_url) as storage, storage.writing() as tx:
        (ann,) = await join(tx, 1)
        await tx.trail.note(await _deed(tx, ann, "a"))
    async with database(database_url) as storage:
        with pytest.raises(DBAPIError, match="the audit trail is only ever added to"):
            async with storage.writing() as tx:
                await tx.connection.execute(attempt)
        async with storage.reading() as tx:
            assert [deed.title for deed in await tx.trail.read(Search(), 9)] == ["Evening"]


async def test_a_deed_follows_its_member_to_another_number(storage: Database) -> None:
    """When two accounts turn out to be one member's."""
    async with storage.writing() as tx:
        ann, ben = await join(tx, 1, 2)
        await tx.trail.note(await _deed(tx, ann, "a", whom=ann.member))
        await tx.connection.execute(update(deeds).values(member_id=ben.member, whom_id=ben.member))
        (deed,) = await tx.trail.read(Search(), 9)
    assert (deed.member, deed.whom) == (ben.member, ben.member)
