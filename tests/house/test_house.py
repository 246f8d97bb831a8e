"""The house: what holds for every file, whoever wrote it."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent.parent
OURS = ("bot", "adapters", "storage")
LINES_AT_MOST = 400


def tracked(*folders: str, ending: str = "") -> list[Path]:
    """The files that belong to the project: in git, or about to be."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", *folders],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    files = [ROOT / name for name in listed.split("\0") if name.endswith(ending) and name]
    return [file for file in files if file.is_file()]


def found(pattern: str, files: list[Path]) -> list[str]:
    """Where a pattern stands, as file:line."""
    compiled, places = re.compile(pattern), []
    for file in files:
        try:
            lines = file.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue  # a picture
        places += [f"{file.relative_to(ROOT)}:{n}: {line}" for n, line in enumerate(lines, 1) if compiled.search(line)]
    return places


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param(r"(?<![\w.:/$}*-])/(?:root|work|home|Users)/\w", id="a path of somebody's machine"),
        pytest.param(r"pypi\.org|pythonhosted\.org|npmjs\.org|deb\.debian\.org|extra-inde[x]", id="a registry's host"),
        pytest.param(r"xox[a-z]-\d{9,}-\d{9,}-\w{20,}|xapp-\d-A\w{8,}-\d{9,}-\w{40,}", id="a token that may be real"),
        pytest.param(r"\bT[O]DO\b|\bFIX[M]E\b|raise Not[I]mplemented", id="something left to be done"),
        pytest.param(r"^(?:<{7}|>{7}|={7}$)", id="an unfinished merge"),
    ],
)
def test_no_file_contains_what_belongs_elsewhere(pattern: str) -> None:
    """What a clone holds is the project alone, and finished."""
    assert found(pattern, tracked()) == []


def test_only_storage_commits() -> None:
    """A transaction is ended where it was begun, and that is nowhere but in storage."""
    assert found(r"\.commit\(", tracked("bot", "adapters", ending=".py")) == []
    assert found(r"\.commit\(|\.begin\(", tracked("storage", ending=".py")) != []


def test_a_file_is_read_in_one_sitting() -> None:
    """When a file grows too long, a noun is missing."""
    files = [file for ending in (".py", ".js", ".css") for file in tracked(*OURS, "tests", "scripts", ending=ending)]
    lengths = {str(file.relative_to(ROOT)): len(file.read_text(encoding="utf-8").splitlines()) for file in files}
    assert {name: length for name, length in lengths.items() if length > LINES_AT_MOST} == {}


def test_every_module_says_what_it_is() -> None:
    """A module opens with a sentence."""
    modules = [file for file in tracked(*OURS, "tests", "scripts", ending=".py") if file.read_text(encoding="utf-8")]
    silent = [file for file in modules if not ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))]
    assert [str(file.relative_to(ROOT)) for file in silent] == []


def test_classes_are_named_for_what_they_are() -> None:
    """Nothing is called by a word that could mean anything."""
    vague = re.compile(r"(Manager|Service|Handler|Helper|Utils?|Base|Data|Info)$")
    classes = [
        f"{file.relative_to(ROOT)}: {node.name}"
        for file in tracked(*OURS, ending=".py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and vague.search(node.name)
    ]
    assert classes == []


def test_imports_point_inward() -> None:
    """Who may know whom, as pyproject.toml says."""
    lint = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_constraints_are_names_and_versions() -> None:
    """Everybody installs the same, from wherever they install."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][0-9A-Za-z.+!-]*", line)] == []
    names = [canonicalize_name(line.split("==")[0]) for line in lines]
    assert names == sorted(set(names))


def test_every_dependency_is_pinned_at_a_version_that_suits() -> None:
    """What pyproject.toml asks for and what constraints.txt gives agree."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [Requirement(each) for each in (*project["dependencies"], *project["optional-dependencies"]["dev"])]
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {canonicalize_name(name): version for name, _, version in (line.partition("==") for line in lines)}
    unsuited = [str(each) for each in wanted if pinned.get(canonicalize_name(each.name), "none") not in each.specifier]
    assert unsuited == []


def test_the_readmes_commands_are_the_makefiles() -> None:
    """Whatever `make` command the README shows can be typed."""
    made = set(re.findall(r"^([a-z][\w-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = set(re.findall(r"(?:^|`|\$ )make(?: [A-Z]+=\S+)* ([a-z][\w-]*)", readme, re.MULTILINE))
    assert shown - made == set()
    assert {"play", "test", "check"} <= shown


def test_continuous_integration_runs_what_the_readme_tells_people_to_run() -> None:
    """The tests that are promised are the tests that are run."""
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert re.findall(r"^make (?:--[\w-]+ )*(\w+)", script, re.MULTILINE) == ["check", "test"]
    subprocess.run(["bash", "-n", ROOT / ".ci" / "run"], check=True)
