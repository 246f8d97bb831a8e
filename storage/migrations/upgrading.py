"""Upgrading: the migrations that a database still lacks, carried out by Alembic."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection

from storage.errors import Unusable
from storage.urls import File, Server


def upgrade(connection: Connection, where: File | Server) -> None:
    """Carry them out, one after the other, in the transaction that has begun. Raises Unusable."""
    try:
        command.upgrade(configuration(connection), "head")
    except CommandError as error:
        raise Unusable(
            f"{where} was last used by a newer version of the bot ({error}): install that one, or a newer one."
        ) from error


def configuration(connection: Connection) -> Config:
    """Alembic's settings, without a file."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
