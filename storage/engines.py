"""Engines: how connections to each database are made."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import asyncpg
from sqlalchemy import URL, Connection, event
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.ports import Uncertain
from storage import compiled, onehop
from storage.errors import Lost, connecting, translate
from storage.urls import File, Server

_DURABLE = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    # What was deleted is gone from the file as well, such as the choice on a secret ballot that was changed.
    "PRAGMA secure_delete = ON",
)


def writers(where: File | Server, patience: float) -> AsyncEngine:
    """Connections whose transactions take the write lock as they begin, or wait for it as long as `patience`."""
    match where:
        case File():
            # More than one would wait for each other inside SQLite, each on a thread of its own, and not in turn.
            return _sqlite(where, patience, "BEGIN IMMEDIATE", connections=1)
        case Server():
            return _postgresql(where, patience, isolation_level="READ COMMITTED")


def readers(where: File | Server, patience: float) -> AsyncEngine:
    """Connections whose transactions see one state of everything and change nothing."""
    match where:
        case File():
            return _sqlite(where, patience, "BEGIN", "PRAGMA query_only = ON", connections=4)
        case Server():
            return _postgresql(
                where,
                patience,
                isolation_level="REPEATABLE READ",
                postgresql_readonly=True,
            )


@asynccontextmanager
async def begun(engine: AsyncEngine, *, writes: bool = False) -> AsyncIterator[AsyncConnection]:
    """A transaction: kept when the block ends, undone when it raises. Raises Busy when it cannot begin.

    One that `writes` raises Uncertain when its connection is lost as it is committed: it may have been. Whoever then
    does it again does no harm: answers are set and not toggled, and what is promised, planned or rung has a unique key.
    """
    ending = False
    try:
        async with AsyncExitStack() as stack:
            with connecting():
                connection = await stack.enter_async_context(engine.begin())
            yield connection
            ending = True
    except Lost as lost:
        if not (ending and writes):
            raise
        raise Uncertain(lost.after, f"nobody knows whether a transaction was committed: {lost}") from lost


def _sqlite(file: File, patience: float, begin: str, *pragmas: str, connections: int) -> AsyncEngine:
    async def connect() -> onehop.Connection:
        return await onehop.connect(file.path, [f"PRAGMA busy_timeout = {patience * 1000:.0f}", *_DURABLE, *pragmas])

    engine = create_async_engine(
        URL.create("sqlite+aiosqlite", database=str(file.path)),
        async_creator=connect,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=patience,
        execution_options={"compiled_cache": compiled.FOR_SQLITE},
    )

    @event.listens_for(engine.sync_engine, "begin")
    def begin_ourselves(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine.sync_engine, "handle_error", translate)
    return engine


def _postgresql(server: Server, patience: float, isolation_level: str, **options: Any) -> AsyncEngine:
    async def connect() -> asyncpg.Connection:
        return await asyncpg.connect(server.dsn, timeout=server.patience, command_timeout=patience)

    engine = create_async_engine(
        "postgresql+asyncpg://",
        async_creator=connect,
        pool_size=8,
        max_overflow=0,
        pool_timeout=patience,
        # A server that was restarted is noticed before anything is asked of it.
        pool_pre_ping=True,
        isolation_level=isolation_level,
        execution_options={"compiled_cache": compiled.FOR_POSTGRESQL, **options},
    )
    event.listen(engine.sync_engine, "handle_error", translate)
    return engine
