"""A community at work, on a database of its own."""

from collections.abc import AsyncIterator

import pytest

from storage.database import Database, database
from tests.desk.visitors import found
from tests.features.community import Community


@pytest.fixture
async def storage(database_url: str) -> AsyncIterator[Database]:
    """A database of this test's own, once on SQLite and once on PostgreSQL."""
    async with database(database_url, patience=10) as opened:
        yield opened


@pytest.fixture
async def community(storage: Database) -> AsyncIterator[Community]:
    """London, with a home on both platforms, and everybody at work."""
    await found(storage)
    community = Community(storage)
    async with community.desk:
        yield community
