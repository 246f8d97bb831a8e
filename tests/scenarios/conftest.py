"""Every story is played on both platforms and both databases."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.scenarios.rig import Rig
from tests.scenarios.traffic import problems


@pytest.fixture(params=["slack", "discord"])
def platform(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
async def rig(platform: str, database_url: str, tmp_path: Path) -> AsyncIterator[Rig]:
    """The whole bot on both platforms; afterwards, all its traffic must be what the platforms themselves allow."""
    async with Rig(platform, database_url, tmp_path).playing() as rig:
        yield rig
    if specs := os.environ.get("PLATFORM_SPECS"):
        assert problems(rig.traffic.values(), Path(specs)) == []
