"""Migrations, and databases that cannot be used."""

import asyncio
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from bot.domain.events import EventState
from bot.domain.memories import Memory, MemoryKind
from bot.domain.prompts import PromptState, Suggestion
from bot.domain.rounds import Start, Written
from bot.errands import Card
from bot.features.announcing import drawn
from bot.ports import Busy
from storage import migrations
from storage.database import database, open_database
from storage.engines import begun, writers
from storage.errors import Unusable
from storage.migrations.upgrading import configuration
from storage.schema import metadata
from storage.urls import read
from tests.storage.made import LONDON, NOW, chapter, event, join


async def test_the_migrated_database_is_the_one_that_the_schema_describes(database_url: str) -> None:
    """Tables, columns, types, keys, what is unique and what is checked, and indexes with their conditions."""
    async with database(database_url):
        pass
    engine = writers(read(database_url), 5)
    async with begun(engine) as connection:
        differences, migrated = await connection.run_sync(lambda sync: (_differences(sync), _guards(sync)))
        await connection.run_sync(metadata.drop_all)
        await connection.run_sync(metadata.create_all)
        described = await connection.run_sync(_guards)
    await engine.dispose()
    assert differences == []
    assert migrated == described


def _differences(connection: Connection) -> list[object]:
    options = {"compare_type": True, "compare_server_default": True, "include_name": _described}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


def _described(name: str | None, kind: str, _parents: object) -> bool:
    """What finds memories by their words is made by each database in its own way, and described nowhere."""
    return kind != "table" or not (name or "").startswith("memory_words")


def _guards(connection: Connection) -> dict[str, object]:
    """What Alembic does not compare."""
    seen = inspect(connection)
    return {
        table: (
            sorted((each["name"], each["sqltext"]) for each in seen.get_check_constraints(table)),
            sorted((each["name"], tuple(each["column_names"])) for each in seen.get_unique_constraints(table)),
            sorted((str(each["name"]), _words(each.get("dialect_options", {}))) for each in seen.get_indexes(table)),
            seen.get_pk_constraint(table),
            seen.get_table_options(table),
        )
        for table in metadata.tables
    }


def _words(options: Mapping[str, object]) -> list[str]:
    return sorted(f"{name}: {option}" for name, option in options.items())


async def test_rounds_of_earlier_evenings_are_found_after_the_update(database_url: str) -> None:
    """By their title and by what was written in them; what is found already is found as before."""
    async with database(database_url) as storage:
        async with storage.writing() as tx:
            (ada,), london = await join(tx, 0), await chapter(tx)
            for origin in ("one", "two"):
                round = Start(london, None, f"Round {origin}", ("stopped", "started"), ada.member, NOW, origin)
                number = await tx.rounds.start(round)
            await tx.rounds.write(Written(number, 0, "Weekly reports", ada.member, NOW, "three"))
            await tx.memories.keep(Memory(MemoryKind.PROMPT, 7, london, "Which reports?", "", NOW))
        engine = writers(read(database_url), 5)
        async with begun(engine) as connection:
            await connection.run_sync(_again, "Rounds are found")
        await engine.dispose()
        async with storage.reading() as tx:
            for sought, found in (("started", {1, 2}), ("round", {1, 2}), ("reports", {2, 7})):
                memories = {each.subject: each for each in await tx.memories.search([sought], None, 9)}
                assert memories.keys() == found
            assert (memories[2].at, memories[2].words) == (NOW, "stopped, started\nWeekly reports")


async def test_drafts_that_were_discarded_before_the_update_are_told_apart(database_url: str) -> None:
    """From what was announced and then called off."""
    async with database(database_url) as storage:
        async with storage.writing() as tx:
            discarded, cancelled, kept = [await event(tx, origin) for origin in ("one", "two", "three")]
            for number in (discarded, cancelled):
                await tx.events.put(replace(await tx.events.get(number), state=EventState.CANCELLED))
            await tx.errands.refresh([Card(drawn(cancelled), LONDON)], NOW)
        engine = writers(read(database_url), 5)
        async with begun(engine) as connection:
            await connection.run_sync(_again, "Drafts that were discarded")
        await engine.dispose()
        async with storage.reading() as tx:
            states = [(await tx.events.get(number)).state for number in (discarded, cancelled, kept)]
    assert states == [EventState.DISCARDED, EventState.CANCELLED, EventState.DRAFT]


async def test_suggestions_that_were_withdrawn_before_the_update_are_told_apart(database_url: str) -> None:
    """From what organisers took out, also of their own."""
    async with database(database_url) as storage:
        async with storage.writing() as tx:
            (ada, mary), london = await join(tx, 0, 1), await chapter(tx)
            written = [Suggestion(london, "Why?", PromptState.REMOVED, f"{n}", suggester=ada.member) for n in range(3)]
            withdrawn, removed, asked = [await tx.prompts.get(each) for each in await tx.prompts.add(written)]
            await tx.prompts.put(
                [
                    replace(withdrawn, decider=ada.member),
                    replace(removed, decider=mary.member),
                    replace(asked, decider=ada.member, asked=NOW),
                ]
            )
        engine = writers(read(database_url), 5)
        async with begun(engine) as connection:
            await connection.run_sync(_again, "Suggestions that their authors withdrew")
        await engine.dispose()
        async with storage.reading() as tx:
            states = [(await tx.prompts.get(each.id)).state for each in (withdrawn, removed, asked)]
    assert states == [PromptState.WITHDRAWN, PromptState.REMOVED, PromptState.REMOVED]


async def test_what_was_kept_before_the_update_is_found_without_its_accents(database_url: str) -> None:
    """And on either side of a slash; what was found is found as before."""
    async with database(database_url) as storage:
        async with storage.writing() as tx:
            london = await chapter(tx)
            for number, title in enumerate(("Agile/Scrum", "The Café"), 1):
                await tx.memories.keep(Memory(MemoryKind.PROMPT, number, london, title, "Ada’s words", NOW))
        engine = writers(read(database_url), 5)
        async with begun(engine) as connection:
            await connection.execute(text("DELETE FROM memory_words"))
            await connection.run_sync(_again, "Memories are found by the same words")
        await engine.dispose()
        async with storage.reading() as tx:
            for sought, found in (("scrum", {1}), ("cafe", {2}), ("words", {1, 2})):
                assert {each.subject for each in await tx.memories.search([sought], None, 9)} == found


def _again(connection: Connection, told: str) -> None:
    """What one migration does, once more."""
    scripts = ScriptDirectory.from_config(configuration(connection))
    (script,) = [each for each in scripts.walk_revisions() if (each.doc or "").startswith(told)]
    with Operations.context(MigrationContext.configure(connection)):
        script.module.upgrade()


async def test_what_is_on_record_outlives_a_restart(database_url: str) -> None:
    """Opening it again changes nothing."""
    async with database(database_url) as storage, storage.writing() as transaction:
        await chapter(transaction)
    async with database(database_url, alone=True) as storage, storage.reading() as transaction:
        assert [each.name for each in await transaction.chapters.all()] == ["London"]


async def test_two_may_open_a_new_database_at_once(postgres_database: str) -> None:
    """One of them migrates; the other finds all done."""
    opened = await asyncio.gather(*(open_database(postgres_database) for _ in range(2)))
    for storage in opened:
        async with storage.reading() as transaction:
            assert await transaction.chapters.all() == []
        await storage.close()


def test_the_newest_version_is_the_one_that_alembic_finds() -> None:
    """It is told by the names of the files, so that a start that finds all done need not wait for Alembic."""
    assert ScriptDirectory(str(Path(migrations.__file__).parent)).get_heads() == [migrations.newest()]


async def test_a_database_of_a_newer_version_is_left_alone(database_url: str) -> None:
    """The sentence says which version to install."""
    async with database(database_url):
        pass
    engine = writers(read(database_url), 5)
    async with begun(engine) as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await engine.dispose()
    with pytest.raises(Unusable, match="was last used by a newer version of the bot"):
        await open_database(database_url)


def _put_nothing(path: Path) -> None:
    path.parent.rmdir()


def _put_words(path: Path) -> None:
    path.write_text("Dear diary, " * 100)


def _put_folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize(
    ("put", "advice"),
    [
        (_put_nothing, "make its folder first"),
        (_put_words, "this file is something else, and no SQLite database"),
        (_put_folder, "make its folder first, and see that we may write there"),
    ],
)
async def test_a_file_that_is_no_database_is_named(tmp_path: Path, put: Callable[[Path], None], advice: str) -> None:
    """And what to do about it; whatever lies there is left as it is."""
    path = tmp_path / "folder" / "club.sqlite3"
    path.parent.mkdir()
    put(path)
    with pytest.raises(Unusable, match=f"{path} cannot be used: {advice}"):
        await open_database(f"sqlite:///{path}")


async def test_a_file_that_another_program_writes_is_busy(tmp_path: Path) -> None:
    """As when somebody looks into it with a tool of theirs."""
    path = tmp_path / "club.sqlite3"
    async with database(str(path), patience=0.1) as storage:
        tool = sqlite3.connect(path, isolation_level=None)
        tool.execute("BEGIN IMMEDIATE")
        with pytest.raises(Busy, match="database is locked"):
            await storage.writing().__aenter__()
        async with storage.reading() as transaction:
            assert await transaction.chapters.all() == []
        tool.close()


async def test_a_missing_database_on_a_server_is_named(postgres_url: str) -> None:
    """Nobody gets a database made behind their back."""
    with pytest.raises(Unusable, match="the server has no such database: create it first"):
        await open_database(urlunsplit(urlsplit(postgres_url)._replace(path="/nowhere")))


async def test_a_server_out_of_reach_is_busy(unused_tcp_port: int) -> None:
    """It may come back."""
    with pytest.raises(Busy, match="the database is out of reach"):
        await open_database(f"postgres://127.0.0.1:{unused_tcp_port}/club")


async def test_a_url_that_asyncpg_cannot_read_is_named() -> None:
    """With what is wrong about it."""
    with pytest.raises(Unusable, match="its URL is wrong"):
        await open_database("postgres://127.0.0.1/club?sslmode=perhaps")
