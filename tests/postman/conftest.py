"""A postman's office on a database of its own."""

from collections.abc import AsyncIterator

import pytest

from storage.database import Database, database
from tests.postman.post import Office


@pytest.fixture
async def storage(database_url: str) -> AsyncIterator[Database]:
    """A database of this test's own, once on SQLite and once on PostgreSQL."""
    async with database(database_url, patience=10) as opened:
        yield opened


@pytest.fixture
async def office(storage: Database) -> Office:
    """A postman, and a platform that takes everything."""
    return Office(storage)
