"""Stories of the installed command, played on both platforms and both databases where both matter."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from tests.crash.rig import Rig


@pytest.fixture(params=["slack", "discord"])
def platform(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
async def rig(platform: str, database_url: str, tmp_path: Path) -> AsyncIterator[Rig]:
    """A story on one platform, with a database of its own; the bot is not running yet."""
    async with Rig(platform, database_url, tmp_path).playing() as rig:
        yield rig


@pytest.fixture
async def simple(fresh_sqlite: Callable[[], str], tmp_path: Path) -> AsyncIterator[Rig]:
    """A story for which neither the platform nor the database matters."""
    async with Rig("slack", fresh_sqlite(), tmp_path).playing() as rig:
        yield rig
