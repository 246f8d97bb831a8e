"""The wheel: what somebody gets who installs Flashmob without cloning it."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from bot.config import example

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the files as they are now, built beside them."""
    copy = tmp_path_factory.mktemp("wheel")
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    for name in subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0"):
        if name and (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, copy / name)
    built = copy / "dist"
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index", "--no-build-isolation"]
    subprocess.run([*command, "--wheel-dir", built, copy], check=True, capture_output=True)
    [wheel] = built.glob("*.whl")
    return wheel


def test_the_wheel_holds_every_file_of_the_packages_and_no_other(wheel: Path) -> None:
    """The page, the migrations and their templates come along; tests do not."""
    source = wheel.parent.parent
    packages = {
        str(file.relative_to(source))
        for package in ("bot", "adapters", "storage")
        for file in (source / package).rglob("*")
        if file.is_file()
    }
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert packed == packages


def test_the_wheel_prints_the_example_and_brings_the_command(wheel: Path, tmp_path: Path) -> None:
    """Somebody without a clone can still write a configuration, and calls the bot by its name."""
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(tmp_path)
        [entry_points] = [name for name in packed.namelist() if name.endswith("entry_points.txt")]
        assert packed.read(entry_points).decode().split("\n") == [
            "[console_scripts]",
            "flashmob = bot.__main__:main",
            "",
        ]
    program = (
        f"import sys; sys.path[:0] = [{str(tmp_path)!r}]; import bot.config as c; print(c.__file__); print(c.example())"
    )
    run = subprocess.run(
        [sys.executable, "-I", "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    where, _, printed = run.stdout.partition("\n")
    assert where == str(tmp_path / "bot" / "config.py")
    assert printed == example() + "\n"
