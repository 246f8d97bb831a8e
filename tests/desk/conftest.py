"""A desk that is open, on a database of its own."""

from collections.abc import AsyncIterator

import pytest

from bot.desk import Desk
from storage.database import Database, database
from tests.desk import visitors


@pytest.fixture
async def storage(database_url: str) -> AsyncIterator[Database]:
    """A database of this test's own, once on SQLite and once on PostgreSQL."""
    async with database(database_url, patience=10) as opened:
        yield opened


@pytest.fixture
async def desk(storage: Database) -> AsyncIterator[Desk]:
    """The desk with every command, in a community with one chapter."""
    await visitors.found(storage)
    async with visitors.desk(storage) as opened:
        yield opened
