"""Migrations: how a database of any age becomes one of today.

Whoever changes storage/schema.py writes the next file in versions/, by hand; a test says what is missing in it.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, func, select

from storage.engines import begun, writers
from storage.errors import Unusable, usable
from storage.urls import File, Server

PATIENCE = 120.0
"""How long one step may take, in seconds."""

# Any number that nobody else locks: the letters of “flashmob”.
_LOCK = int.from_bytes(b"flashmob") >> 1


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


def configuration(connection: Connection) -> Config:
    """Alembic's settings, without a file."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _upgrade(connection: Connection, where: File | Server) -> None:
    try:
        command.upgrade(configuration(connection), "head")
    except CommandError as error:
        raise Unusable(
            f"{where} was last used by a newer version of the bot ({error}): install that one, or a newer one."
        ) from error
