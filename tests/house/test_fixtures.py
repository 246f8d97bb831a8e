"""The fixtures themselves: databases that are a test's own, and nothing skipped where everything is installed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

TESTS = Path(__file__).parent.parent


@pytest.mark.parametrize("visit", ["first", "second"])
async def test_a_database_is_empty_whoever_was_there_before(database_url: str, visit: str) -> None:
    """Two tests never meet in a database: each makes the same table."""
    driver = database_url.replace("sqlite:", "sqlite+aiosqlite:").replace("postgresql:", "postgresql+asyncpg:")
    engine = create_async_engine(driver)
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE visits (name TEXT PRIMARY KEY)"))
        await connection.execute(text("INSERT INTO visits VALUES (:name)"), {"name": visit})
        names = (await connection.execute(text("SELECT name FROM visits"))).scalars().all()
    await engine.dispose()
    assert names == [visit]


async def test_the_test_server_does_not_wait_for_the_disk(postgres_url: str) -> None:
    """Tests on PostgreSQL are as quick as those on SQLite."""
    if "TEST_DATABASE_URL" in os.environ:
        pytest.skip("Somebody's own server, at TEST_DATABASE_URL, is left as it is.")
    connection = await asyncpg.connect(postgres_url)
    settings = [await connection.fetchval(f"SHOW {name}") for name in ("fsync", "synchronous_commit")]
    await connection.close()
    assert settings == ["off", "off"]


def test_a_seed_is_shown_and_can_be_given_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    """Whoever sees a random test fail can run the same test again."""
    monkeypatch.setenv("TEST_SEED", "4711")
    assert (request.getfixturevalue("seed"), capsys.readouterr().out) == (4711, "TEST_SEED=4711\n")


SKIPPING = """
import pytest

def test_that_is_skipped():
    pytest.skip("The moon is not full.")

@pytest.mark.xfail(strict=True)
def test_that_is_known_to_fail():
    assert 1 == 2
"""
SKIPPED_FILE = 'import pytest\npytest.skip("The whole file waits for spring.", allow_module_level=True)\n'


@pytest.mark.parametrize(
    ("ci", "ending"),
    [("true", "1 failed, 1 xfailed, 1 error"), ("", "1 skipped, 1 xfailed"), ("false", "1 skipped, 1 xfailed")],
)
def test_a_skipped_test_fails_where_everything_is_installed(tmp_path: Path, ci: str, ending: str) -> None:
    """In continuous integration a skip is a failure that says why; elsewhere it stays a skip."""
    shutil.copy(TESTS / "conftest.py", tmp_path)
    (tmp_path / "test_skipping.py").write_text(SKIPPING)
    if ci == "true":
        (tmp_path / "test_skipped.py").write_text(SKIPPED_FILE)
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--continue-on-collection-errors", "."]
    environment = {**os.environ, "CI": ci, "PYTHONPATH": str(TESTS.parent)}
    run = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert ending in run.stdout.splitlines()[-1], run.stdout + run.stderr
    told = ("The moon is not full." in run.stdout, "The whole file waits for spring." in run.stdout)
    assert told == ((True, True) if ci == "true" else (False, False))
