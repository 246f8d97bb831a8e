"""The table of rules in the documentation tells the truth."""

import re
from pathlib import Path

from adapters.playground.discord.faults import FAULTS

HERE = Path(__file__).parent
TABLE = HERE.parents[2] / "docs" / "standins-discord.md"


def test_the_table_names_only_tests_that_exist() -> None:
    """Every test in the table is in this folder."""
    named = set(re.findall(r"`(test_\w+)`", TABLE.read_text()))
    sources = "\n".join(path.read_text() for path in sorted(HERE.glob("test_*.py")))
    written = set(re.findall(r"def (test_\w+)", sources))
    assert len(named) > 80
    assert named - written == set()


def test_every_fault_is_in_the_table() -> None:
    """None is left out."""
    text = TABLE.read_text()
    assert [name for name in FAULTS if f"`{name}`" not in text] == []
