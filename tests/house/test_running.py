"""What the operator's page says is so."""

import asyncio
import re
import shlex
import sys
from pathlib import Path

import pytest

from storage.database import database
from tests.storage.made import caller

DOCS = Path(__file__).parents[2] / "docs"
RUNNING = (DOCS / "running.md").read_text(encoding="utf-8")


async def test_a_copy_that_is_made_while_the_bot_runs_holds_everything(tmp_path: Path) -> None:
    """By the command as it stands there, with a writer at work that has committed but not tidied up."""
    line = next(line for line in RUNNING.splitlines() if line.startswith("python -c"))
    async with database(f"sqlite:///{tmp_path / 'flashmob.sqlite3'}") as storage:
        async with storage.writing() as tx:
            ada = (await tx.members.recognise([caller(1, "Ada")]))[caller(1).person]
        assert (tmp_path / "flashmob.sqlite3-wal").exists()
        _python, *arguments = shlex.split(line)
        copying = await asyncio.create_subprocess_exec(sys.executable, *arguments, cwd=tmp_path)
        assert await asyncio.wait_for(copying.wait(), 60) == 0
    async with database(f"sqlite:///{tmp_path / 'backup.sqlite3'}") as copy, copy.reading() as tx:
        assert await tx.members.find(caller(1).person) == ada


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda page: page.name)
def test_links_between_documents_lead_somewhere(page: Path) -> None:
    """To a file that is there, and a heading where one is named."""
    for target, heading in re.findall(r"\]\(([^)#:]*)(?:#([^)]+))?\)", page.read_text(encoding="utf-8")):
        to = (page.parent / target) if target else page
        assert to.exists(), target
        if heading:
            heads = re.findall(r"^#+ (.+)$", to.read_text(encoding="utf-8"), re.MULTILINE)
            assert heading in [re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads]
