"""PostgreSQL databases for tests: each test has one to itself, and whoever comes next finds nothing in it.

Making one takes longer than most tests do, so that one which a test has done with is emptied and lent again.
"""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from typing import TypeVar
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import asyncpg

T = TypeVar("T")

# Whatever a test makes, changes or removes besides rows gives another answer, the rows of another version too.
_SHAPE = """
SELECT (SELECT array_agg(oid ORDER BY oid) FROM pg_class WHERE relnamespace = 'public'::regnamespace),
       (SELECT array_agg(oid ORDER BY oid) FROM pg_trigger WHERE tgenabled = 'O'),
       (SELECT array_agg(version_num) FROM alembic_version)
"""

# Whatever a test left open would otherwise hold its locks.
_HANG_UP = """
SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""

# As one who copies rows from another server, no trigger stops us, such as the one that guards the audit trail.
_EMPTY = """
DO $$
DECLARE
    name text;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
        EXECUTE format('DELETE FROM %I', name);
    END LOOP;
    PERFORM setval(seqrelid::regclass, seqstart, false) FROM pg_sequence;
END $$
"""


class Databases:
    """Copies of a database, each lent to one test at a time."""

    def __init__(self, server: str, pattern: str) -> None:
        self._server = server
        self._pattern = pattern
        self._shape = finish(_shape(_named(server, pattern)))
        self._free: list[str] = []

    @contextmanager
    def one(self, *, untouched: bool = False) -> Iterator[str]:
        """The URL of a database in which nothing is on record; an `untouched` one never had anything."""
        name = self._free.pop() if self._free and not untouched else _made(self._server, self._pattern)
        url = _named(self._server, name)
        try:
            yield url
        finally:
            if finish(_emptied(url, self._shape)):
                self._free.append(name)
            else:
                _removed(self._server, name)

    def close(self) -> None:
        """Remove whatever nobody has borrowed."""
        while self._free:
            _removed(self._server, self._free.pop())


@contextmanager
def empty_database(server: str) -> Iterator[str]:
    """The URL of a database without a table, which is removed in the end."""
    name = _made(server, "template1")
    try:
        yield _named(server, name)
    finally:
        _removed(server, name)


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(url)
    try:
        yield connection
    finally:
        await connection.close()


def finish(work: Coroutine[None, None, T]) -> T:
    """Finish some asynchronous work, whether or not a loop runs in the test's own thread."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def _made(server: str, pattern: str) -> str:
    name = f"flashmob_{uuid4().hex[:16]}"
    finish(_tell(server, f"CREATE DATABASE {name} TEMPLATE {pattern} STRATEGY = file_copy"))
    return name


def _removed(server: str, name: str) -> None:
    finish(_tell(server, f"DROP DATABASE {name} WITH (FORCE)"))


def _named(server: str, name: str) -> str:
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


async def _tell(server: str, statement: str) -> None:
    async with connected(server) as connection:
        await connection.execute(statement)


async def _emptied(url: str, shape: asyncpg.Record) -> bool:
    """Remove every row; whether the database is then as good as a new one."""
    async with connected(url) as connection:
        await connection.execute(_HANG_UP)
        if await connection.fetchrow(_SHAPE) != shape:
            return False
        try:
            await connection.execute(_EMPTY)
        except asyncpg.InsufficientPrivilegeError:
            # On somebody's own server we may be nobody in particular.
            return False
        return True


async def _shape(url: str) -> asyncpg.Record:
    async with connected(url) as connection:
        row = await connection.fetchrow(_SHAPE)
        assert row is not None
        return row
