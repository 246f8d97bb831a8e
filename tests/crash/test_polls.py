"""Polls with the installed command: a crowd at the ballot box, and what an operator can ask from the command line."""

import asyncio
import csv
from collections import Counter
from collections.abc import AsyncIterator
from functools import partial
from io import StringIO
from pathlib import Path
from time import monotonic

import pytest

from adapters.playground.board import Row
from tests.crash.process import COMMAND
from tests.crash.rig import Rig
from tests.scenarios.hands import Hands

VOTERS = 500
WITHIN = 2.0
"""Seconds in which all of them press."""

PROMPT = 3.0
"""Seconds in which each of them has a receipt."""

EDITS = 12
"""Edits of one card that are few for so many votes; one each would be 500."""

LABELS = ("Le Truc", "The Crown", "Somewhere new")


@pytest.fixture(params=["slack-sqlite", "discord-sqlite", "slack-postgresql"])
async def crowded(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Rig]:
    """A story with a crowd: on each platform, and on each database."""
    platform, _, kind = request.param.partition("-")
    sqlite = f"sqlite:///{tmp_path / 'flashmob.sqlite3'}"
    url = sqlite if kind == "sqlite" else request.getfixturevalue("postgres_database")
    async with Rig(platform, url, tmp_path, guests=VOTERS).playing() as rig:
        yield rig


async def ask(rig: Rig, question: str = "Where next?", **settings: str) -> None:
    """Ada asks in one line, and the card stands on both platforms."""
    given = {"question": question, "choices": " | ".join(LABELS), **settings}
    assert "is posted in" in (await rig.here.slash("Ada Lovelace", "poll ask", **given)).words

    def stands(hands: Hands) -> bool | None:
        return any(card.words.startswith(question) for card in hands.channel("london")) or None

    for hands in (rig.here, rig.there):
        await rig.until(partial(stands, hands), f"A card that asks {question}")


async def asked(rig: Rig, *arguments: str) -> tuple[int, str]:
    """What the installed command says to an operator: how it ended, and what it printed."""
    process = await asyncio.create_subprocess_exec(
        *COMMAND, *arguments, "--config", str(rig.configured()), cwd=rig.folder, stdout=-1, stderr=-2
    )
    printed, _ = await process.communicate()
    return process.returncode or 0, printed.decode("utf-8-sig")


def _name(row: Row) -> str:
    user = row.get("user", row)
    return user.get("real_name") or user["global_name"]


async def test_five_hundred_ballots_in_two_seconds_are_kept_and_receipted(crowded: Rig) -> None:
    """Every ballot counts once, every receipt is there within three seconds, and the card is right with few edits."""
    rig, loop = crowded, asyncio.get_running_loop()
    await rig.open()
    await ask(rig)
    began, took = dict[str, float](), dict[str, float]()
    keys = {_name(row): row.get("user", row)["id"] for row in rig.board.rows(f"{rig.here.platform}/user/").values()}
    pressing = list[asyncio.Task[object]]()
    edited = {"slack": "chat.update", "discord": "PATCH /channels/{}/messages/{}"}[rig.here.platform]
    edits, over = set[str](), asyncio.Event()

    def press(number: int, name: str) -> None:
        began[keys[name]] = monotonic()
        pressing.append(asyncio.create_task(rig.here.push(name, LABELS[number % 3], on="london")))

    def receipt(name: str, row: Row) -> bool:
        part = name.split("/")
        # What only says that an answer will come is none.
        if part[1] == "ephemeral" and part[2] in began and not row.get("flags", 0) & 128:
            took.setdefault(part[2], monotonic() - began[part[2]])
        return len(took) == VOTERS

    def edit(name: str, row: Row) -> bool:
        edits.update([name] if row.get("what") == edited else [])
        return False

    rig.board.span(receipt, over.set)
    rig.board.span(edit, over.clear)
    for number, name in enumerate(rig.guests):
        loop.call_later(WITHIN * number / VOTERS, press, number, name)
    async with asyncio.timeout(30):
        await over.wait()
    ends = Counter(str(done.get("error")) for done in await asyncio.gather(*pressing) if isinstance(done, dict))
    assert ends == {"None": VOTERS}
    assert max(took.values()) <= PROMPT, sorted(took.values())[-5:]
    await rig.settle()
    for hands in (rig.here, rig.there):
        (card,) = hands.channel("london")
        assert f"{VOTERS} people have voted." in card.words
        assert [(card.fact(label) or "").split(" ")[0] for label in LABELS] == ["167", "167", "166"]
    assert len(edits) <= EDITS
    code, printed = await asked(rig, "recount", "1")
    assert code == 0
    assert [line.split(maxsplit=1) for line in printed.splitlines()[2:5]] == [
        [count, label] for count, label in zip(("167", "167", "166"), LABELS, strict=True)
    ]
    assert printed.splitlines()[-1] == "The card counts the same."
    await rig.stop()


async def test_an_operator_recounts_and_exports_a_poll(simple: Rig) -> None:
    """While the bot runs: the rule, the counts, and rows for a spreadsheet; what is not there is told in a sentence."""
    rig = simple
    await rig.open()
    await ask(rig)
    await ask(rig, "Secret?", ballots="secret", results="close")
    await rig.here.press("Grace Hopper", "The Crown", on="london")
    code, printed = await asked(rig, "recount", "2")
    assert (code, printed.splitlines()[0]) == (0, "Secret? (open)")
    assert printed.splitlines()[1].startswith("Each voter has one ballot with one choice; the last word counts.")
    assert printed.splitlines()[3] == "     1 The Crown"
    assert "The card counts the same." in printed
    code, printed = await asked(rig, "export", "1")
    rows = list(csv.reader(StringIO(printed, newline="")))
    assert (code, rows[0]) == (0, ["choice", "votes", "percent of voters", "voters"])
    assert rows[1:] == [[label, "0", "0", ""] for label in LABELS]
    code, printed = await asked(rig, "export", "2")
    assert (code, "are hidden until it is closed" in printed) == (1, True)
    await rig.here.slash("Ada Lovelace", "poll close", poll="Secret?")
    code, printed = await asked(rig, "export", "2")
    assert (code, printed.splitlines()[0]) == (0, "choice,votes,percent of voters")
    for command in ("recount", "export"):
        code, printed = await asked(rig, command, "99")
        assert (code, printed.strip()) == (1, "Error: There is no poll with the number 99.")
    await rig.stop()
