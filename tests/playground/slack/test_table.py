"""The table of enforced rules: it is truthful if every test that it names exists, and none of a rule is left out."""

import re
from pathlib import Path

from adapters.playground.slack.faults import FAULTS
from adapters.playground.slack.methods import METHODS
from adapters.playground.slack.web import CARRIED_OUT

HERE = Path(__file__).parent
TABLE = HERE.parents[2] / "docs" / "standins-slack.md"


def test_the_table_names_only_tests_that_exist() -> None:
    """A rule without its test would be a promise."""
    named = set(re.findall(r"`(test_\w+)`", TABLE.read_text(encoding="utf-8")))
    written = {
        name
        for page in HERE.glob("test_*.py")
        for name in re.findall(r"def (test_\w+)", page.read_text(encoding="utf-8"))
    }
    assert len(named) > 60
    assert named - written == set()


def test_the_table_names_every_fault() -> None:
    """What can be switched on is told."""
    told = TABLE.read_text(encoding="utf-8").partition("## Faults")[2]
    assert {name for name in FAULTS if f"`{name}`" not in told} == set()


def test_every_described_method_is_carried_out_and_told() -> None:
    """The table of arguments, the table of what is done, and the page agree."""
    told = TABLE.read_text(encoding="utf-8").partition("## What is played")[2].partition("## Faults")[0]
    assert CARRIED_OUT.keys() == METHODS.keys() == set(re.findall(r"`([a-z]+\.[A-Za-z.]+)`", told))
