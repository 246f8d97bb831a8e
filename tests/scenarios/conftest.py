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


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The seam's own story is played on every pair; the others on each platform and each database, in two pairs.

    What differs between databases is tested in tests/storage, tests/desk and tests/features, on both of them.
    """
    spared = [item for item in items if _spared(item)]
    if spared:
        config.hook.pytest_deselected(items=spared)
        items[:] = [item for item in items if not _spared(item)]


def _spared(item: pytest.Item) -> bool:
    if item.path.parent != Path(__file__).parent or item.path.name in ("test_the_seam.py", "test_faults.py"):
        return False
    params = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
    return (params.get("platform"), params.get("database_url")) in (("slack", "postgresql"), ("discord", "sqlite"))
