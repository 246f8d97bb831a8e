"""Migrations: how a database of any age becomes one of today.

Whoever changes storage/schema.py writes the next file in versions/, by hand; a test says what is missing in it.
"""

from functools import cache
from pathlib import Path

from sqlalchemy import Connection, column, func, inspect, select, table

from storage.engines import begun, writers
from storage.errors import usable
from storage.urls import File, Server

PATIENCE = 120.0
"""How long one step may take, in seconds."""

# Any number that nobody else locks: the letters of “flashmob”.
_LOCK = int.from_bytes(b"flashmob") >> 1

_VERSION = column("version_num")
_VERSIONS = table("alembic_version", _VERSION)


async def migrate(where: File | Server) -> None:
    """Bring the schema up to date, in one transaction: a kill in the middle leaves the database as it was."""
    engine = writers(where, PATIENCE)
    try:
        with usable(where):
            async with begun(engine) as connection:
                if isinstance(where, Server):
                    # Of several that start together, one migrates and the others find all done.
                    await connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
                await connection.run_sync(_upgrade, where)
    finally:
        await engine.dispose()


@cache
def newest() -> str:
    """The version that a database of today has."""
    return max(path.name for path in Path(__file__).with_name("versions").glob("[0-9]*.py")).partition("_")[0]


def _upgrade(connection: Connection, where: File | Server) -> None:
    if _version(connection) == newest():
        return
    # Only now, as nearly every start finds all done: Alembic takes longer to import than anything else that starts.
    from storage.migrations.upgrading import upgrade

    upgrade(connection, where)


def _version(connection: Connection) -> str | None:
    """The version of this database; nothing where there is no table yet."""
    if not inspect(connection).has_table(_VERSIONS.name):
        return None
    return connection.scalar(select(_VERSION).select_from(_VERSIONS))
