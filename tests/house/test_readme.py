"""The README says what is so."""

import re
from pathlib import Path

from scripts.readme import written

HOUSE = Path(__file__).parents[2]
README = (HOUSE / "README.md").read_text(encoding="utf-8")


def test_the_table_of_commands_is_the_one_that_the_commands_make() -> None:
    """`make readme` writes it; whoever adds a command and forgets is told here."""
    assert written(README) == README
    assert "| `/event create` `title`" in README


def test_every_picture_and_document_that_is_named_is_there() -> None:
    """Links lead somewhere, and every picture says in words what it shows."""
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert links
    assert [link for link in links if not (HOUSE / link).exists()] == []
    assert [alt for alt in re.findall(r"!\[([^\]]*)\]", README) if len(alt) < 20] == []
