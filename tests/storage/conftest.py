"""Databases, opened as the bot opens them."""

from collections.abc import AsyncIterator

import pytest

from storage.database import Database, database


@pytest.fixture
async def storage(database_url: str) -> AsyncIterator[Database]:
    """A database of this test's own, once on SQLite and once on PostgreSQL."""
    async with database(database_url, patience=10) as opened:
        yield opened


@pytest.fixture
async def other(database_url: str, storage: Database) -> AsyncIterator[Database]:
    """The same database as another process sees it, which has little patience."""
    async with database(database_url, patience=0.2) as opened:
        yield opened
