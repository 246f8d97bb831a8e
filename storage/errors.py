"""What the databases' errors mean to us, said once."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg
from sqlalchemy import ExceptionContext
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.ports import Busy


class Unusable(Exception):
    """The database cannot be used as it is; the message says what would mend it."""


class Lost(Busy):
    """The connection to the database broke, or the database did not answer in time."""


_AGAIN = 1.0
"""When to try again, in seconds, after the database was busy or out of reach."""

# Held by others, or a full or failing disk: an operator may mend that while the bot goes on asking.
_SQLITE_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}

# The same as SQLSTATE has it: connections, timeouts, serialisation, deadlocks, resources, locks, shutdowns, the disk.
_POSTGRESQL_BUSY = ("08", "25P03", "25P04", "40001", "40P01", "53", "55P03", "57014", "57P0", "58030")


def translate(context: ExceptionContext) -> None:
    """For SQLAlchemy's event `handle_error`: Busy, where the transaction is undone and may well succeed another time.

    It is Lost where the connection is.
    """
    error = context.original_exception
    # A dead connection that is found out as it is taken is replaced without anybody hearing of it, and whoever is
    # cancelled is not busy, though their connection is given up as well.
    if context.is_pre_ping or not isinstance(error, Exception):
        return
    if context.is_disconnect or _lost(error):
        raise Lost(_AGAIN, f"the database is out of reach: {_words(error)}") from error
    if _busy(error):
        raise Busy(_AGAIN, f"the database is busy or out of reach: {_words(error)}") from error


@contextmanager
def connecting() -> Iterator[None]:
    """The same, while a connection is being made or waited for, which raises no `handle_error`."""
    try:
        yield
    except PoolTimeout as error:
        raise Busy(_AGAIN, "every connection to the database is in use") from error
    except Exception as error:  # of any kind: each is looked at, and only what we know is translated
        if not _busy(error):
            raise
        raise Busy(_AGAIN, f"the database is out of reach: {_words(error)}") from error


@contextmanager
def usable(where: object) -> Iterator[None]:
    """Raise Unusable, which says what to do, where the database refuses us for good."""
    try:
        yield
    except (DBAPIError, asyncpg.PostgresError, asyncpg.ClientConfigurationError) as error:
        advice = _advice(_driver(error))
        if advice is None:
            raise
        raise Unusable(f"{where} cannot be used: {advice}.") from error


def _driver(error: BaseException) -> BaseException:
    """What the driver itself raised."""
    if isinstance(error, DBAPIError) and error.orig is not None:
        return error.orig.__cause__ or error.orig
    return error


def _advice(error: BaseException) -> str | None:
    if isinstance(error, asyncpg.ClientConfigurationError):
        return f"its URL is wrong ({error})"
    if isinstance(error, sqlite3.Error):
        match getattr(error, "sqlite_errorcode", 0) & 0xFF:
            case sqlite3.SQLITE_CANTOPEN:
                return "make its folder first, and see that we may write there"
            case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
                return "we may read it but not write to it"
            case sqlite3.SQLITE_NOTADB:
                return "this file is something else, and no SQLite database"
            case _:
                return None
    match str(getattr(error, "sqlstate", None) or ""):
        case "28000" | "28P01":
            return "the server refuses this name or password"
        case "3D000":
            return "the server has no such database: create it first"
        case _:
            return None


def _busy(error: BaseException) -> bool:
    match error:
        case sqlite3.Error():
            # The lowest byte names the error, the others its circumstances.
            return (getattr(error, "sqlite_errorcode", 0) & 0xFF) in _SQLITE_BUSY
        case OSError():
            return True
        case _:
            return str(getattr(error, "sqlstate", None) or "").startswith(_POSTGRESQL_BUSY)


def _lost(error: BaseException) -> bool:
    """Whether nobody knows what became of the statement, were it a commit."""
    return isinstance(error, OSError) or str(getattr(error, "sqlstate", None) or "").startswith(("08", "57P0"))


def _words(error: BaseException) -> str:
    return str(error) or type(error).__name__
