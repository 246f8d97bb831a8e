"""The hold on a SQLite file."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from storage.errors import Unusable
from storage.hold import AlreadyRunning, hold

ROOT = Path(__file__).parents[2]

HOLDER = """
import sys, time
from storage.hold import hold

with hold(sys.argv[1]):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_bot_on_the_same_file_is_refused(tmp_path: Path) -> None:
    """However it names the file; the sentence says which file, who has it, and what to do."""
    (tmp_path / "link").symlink_to(tmp_path)
    with hold(f"sqlite:///{tmp_path}/club.sqlite3") as alone:
        with pytest.raises(AlreadyRunning) as refused, hold(f"{tmp_path}/link/club.sqlite3"):
            pass
        with hold(f"sqlite:///{tmp_path}/other.sqlite3") as other:
            assert (alone, other) == (True, True)
    assert str(refused.value) == (
        f"Another bot is running with {tmp_path.resolve()}/club.sqlite3 (process {os.getpid()}). "
        "Stop that one first, or give this one a database of its own."
    )


def test_the_hold_ends_with_its_block(tmp_path: Path) -> None:
    """Even where that fails."""
    url = f"sqlite:///{tmp_path}/club.sqlite3"
    with pytest.raises(KeyError), hold(url):
        raise KeyError
    with hold(url) as alone:
        assert alone


@pytest.mark.parametrize("name", ["SIGKILL", "SIGTERM"])
def test_a_killed_bot_hinders_nobody(tmp_path: Path, name: str) -> None:
    """A lock file may lie about: the hold died with its process."""
    url = f"sqlite:///{tmp_path}/club.sqlite3"
    with subprocess.Popen([sys.executable, "-c", HOLDER, url], cwd=ROOT, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        try:
            with pytest.raises(AlreadyRunning, match=f"process {holder.pid}"), hold(url):
                pass
        finally:
            holder.send_signal(signal.Signals[name])
    with hold(url) as alone:
        assert alone


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    """Before anything else is tried."""
    with (
        pytest.raises(Unusable, match=f"{tmp_path}/nowhere/club.sqlite3.lock cannot be written"),
        hold(f"sqlite:///{tmp_path}/nowhere/club.sqlite3"),
    ):
        pass


def test_a_postgresql_database_may_be_shared() -> None:
    """Nobody is alone there, and nobody is refused."""
    with hold("postgres://db/club") as alone, hold("postgres://db/club"):
        assert alone is False
