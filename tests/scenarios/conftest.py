"""Every story is played on both platforms and both databases."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.scenarios.rig import Rig


@pytest.fixture(params=["slack", "discord"])
def platform(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
async def rig(platform: str, database_url: str, tmp_path: Path) -> AsyncIterator[Rig]:
    async with Rig(platform, database_url, tmp_path).playing() as rig:
        yield rig
