"""The database, opened: brought up to date first, closed in the end, and transactions in between."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from sqlalchemy import QueuePool
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.engines import begun, readers, writers
from storage.migrations import migrate
from storage.seal import Seal
from storage.transaction import Transaction
from storage.urls import read

PATIENCE = 5.0
"""How long a transaction waits for its turn, in seconds."""


class Database:
    """What bot.ports.Storage asks for, on SQLite or PostgreSQL."""

    def __init__(self, writers: AsyncEngine, readers: AsyncEngine, seal: Seal | None = None) -> None:
        self._writers = writers
        self._readers = readers
        self._seal = seal

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Transaction]:
        async with begun(self._writers, writes=True) as connection:
            yield Transaction(connection, self._seal)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Transaction]:
        async with begun(self._readers) as connection:
            yield Transaction(connection, self._seal)

    @property
    def connections(self) -> int:
        """How many are in use just now."""
        pools = (engine.pool for engine in (self._writers, self._readers))
        return sum(pool.checkedout() for pool in pools if isinstance(pool, QueuePool))

    async def close(self) -> None:
        """Let go of every connection."""
        await self._readers.dispose()
        await self._writers.dispose()


async def open_database(
    url: str, *, alone: bool = False, patience: float = PATIENCE, seal: Seal | None = None
) -> Database:
    """Connect, and bring the schema up to date. Raises Unusable, or Busy when the database is out of reach.

    `alone` says that nobody else works with it (see storage.hold): what a killed process held is free at once.
    Without a `seal` there are no secret polls.
    """
    where = read(url)
    await migrate(where)
    async with AsyncExitStack() as undo:
        for_writing = writers(where, patience)
        undo.push_async_callback(for_writing.dispose)
        for_reading = readers(where, patience)
        undo.push_async_callback(for_reading.dispose)
        database = Database(for_writing, for_reading, seal)
        if alone:
            async with database.writing() as transaction:
                await transaction.errands.let_go()
        undo.pop_all()
        return database


@asynccontextmanager
async def database(
    url: str, *, alone: bool = False, patience: float = PATIENCE, seal: Seal | None = None
) -> AsyncIterator[Database]:
    """The same, closed in the end."""
    opened = await open_database(url, alone=alone, patience=patience, seal=seal)
    try:
        yield opened
    finally:
        await opened.close()
