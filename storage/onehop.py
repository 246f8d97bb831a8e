"""One hop: SQLite's connection, which takes each statement to its thread and its rows back in a single trip.

A trip between the loop and the thread costs more than most of our statements do. aiosqlite makes one each to open a
cursor, to execute, to fetch and to close; its cursor is replaced here, and only here is it known how it does that.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Self

import aiosqlite


class Connection(aiosqlite.Connection):
    """aiosqlite's connection, with our cursor."""

    gone: asyncio.Future[Any] | None = None
    """Done when its thread has ended."""

    def stop(self) -> asyncio.Future[Any] | None:
        self.gone = super().stop()
        return self.gone

    def cursor(self) -> Any:
        return Cursor(self)

    async def trip(self, work: Callable[[sqlite3.Connection], Any]) -> Any:
        """Do something in the connection's own thread."""
        return await self._execute(lambda: work(self._conn))


class Cursor:
    """What SQLAlchemy asks of a cursor. Nothing stays open between two trips, so that closing really closes.

    SQLite keeps a closed connection, and its lock, for as long as any statement is still being read, as it is when
    somebody is cancelled between executing and fetching.
    """

    arraysize = 1

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, statement: str, parameters: Sequence[Any] = ()) -> Self:
        return await self._run(lambda cursor: cursor.execute(statement, parameters))

    async def executemany(self, statement: str, parameters: Sequence[Sequence[Any]]) -> Self:
        return await self._run(lambda cursor: cursor.executemany(statement, parameters))

    async def fetchall(self) -> list[Any]:
        return self._rows

    async def close(self) -> None:
        self._rows = []

    async def _run(self, work: Callable[[sqlite3.Cursor], Any]) -> Self:
        def there(connection: sqlite3.Connection) -> tuple[Any, int, int | None, list[Any]]:
            with closing(connection.cursor()) as cursor:
                work(cursor)
                rows = cursor.fetchall()
                return cursor.description, cursor.rowcount, cursor.lastrowid, rows

        self.description, self.rowcount, self.lastrowid, self._rows = await self._connection.trip(there)
        return self


async def connect(path: Path, pragmas: Sequence[str]) -> Connection:
    """Open a file. No transaction begins of the driver's own accord: we say when."""

    def there() -> sqlite3.Connection:
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            for pragma in pragmas:
                connection.execute(pragma)
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    connection = Connection(there, iter_chunk_size=64)
    # Whoever ends without closing must not wait for this thread for ever.
    thread: Any = getattr(connection, "_thread", connection)
    thread.daemon = True
    try:
        await connection
    except BaseException:
        # aiosqlite sends its thread home, but does not wait to see it go.
        if connection.gone is not None:
            await connection.gone
        raise
    return connection
