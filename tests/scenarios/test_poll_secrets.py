"""Secret polls: what somebody finds who has all that the bot keeps, but not its key."""

import itertools
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.domain.polls import PollState
from storage.seal import Seal
from tests.scenarios.rig import KEY, Rig
from tests.scenarios.test_polls import ask

VOTES = {"Grace Hopper": "The Crown", "Alan Turing": "Le Truc", "Mary Seacole": "Somewhere new"}


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'flashmob.sqlite3'}"


def files(folder: Path) -> Iterator[bytes]:
    """The database's files as they lie there, with the log of what was written and every page that is free."""
    for path in sorted(folder.glob("flashmob.sqlite3*")):
        yield path.read_bytes()


async def vote(rig: Rig) -> None:
    """Three people vote, two of whom the bot has never met; one changes her mind."""
    await ask(rig, ballots="secret")
    await rig.there.press("Mary Seacole", "The Crown", on="london")
    for name in ("Grace Hopper", "Alan Turing"):
        await rig.here.press(name, VOTES[name], on="london")
    await rig.there.press("Mary Seacole", VOTES["Mary Seacole"], on="london")
    await rig.settle()


async def test_voting_in_secret_puts_nobody_on_record(rig: Rig, caplog: pytest.LogCaptureFixture) -> None:
    """No account, no name, no key of theirs, no choice of theirs: not in a row, the log, the outbox or a freed page."""
    for logger in ("bot", "adapters", "storage"):
        caplog.set_level(logging.INFO, logger)
    await vote(rig)
    kept = b"".join(files(rig.folder))
    await rig.close()
    kept += b"".join(files(rig.folder))
    for hands, name in itertools.product((rig.here, rig.there), VOTES):
        assert name.encode() not in kept
        assert rig.key_of_person(hands, name).encode() not in kept
    said = "\n".join(record.getMessage() for record in caplog.records)
    assert not any(word in said for word in (*VOTES, *VOTES.values(), "vote?"))
    assert not re.search(rb"vote\?poll|vote%3Fpoll", kept)
    await rig.open()


async def test_no_order_and_no_time_stands_beside_a_choice(rig: Rig) -> None:
    """Ballots lie in the order of their seals, which is that of chance, and in no other; a change leaves no trace."""
    await vote(rig)
    async with rig.storage.reading() as tx:
        (poll,) = await tx.polls.all([PollState.OPEN])
        found = await tx.connection.exec_driver_sql("SELECT * FROM ballots")
        columns, rows = list(found.keys()), found.all()
        schema = await tx.connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'ballots'")
        made: str = schema.scalar_one()
    assert columns == ["poll_id", "voter", "choice_id", "sole"]
    assert [row.voter for row in rows] == sorted(row.voter for row in rows)
    assert "WITHOUT ROWID" in made
    assert len(rows) == 3
    assert all(re.fullmatch("[0-9a-f]{64}", row.voter) for row in rows)
    # Whoever has the key, and nobody else, can try every name; the ballot says so.
    people = [(hands.platform, rig.key_of_person(hands, name)) for hands in (rig.here, rig.there) for name in VOTES]
    seals = {KEY.press(f"{poll.id} account {platform} {key}") for platform, key in people}
    assert {row.voter for row in rows} <= seals


async def test_another_key_takes_no_votes_rather_than_second_ones(rig: Rig) -> None:
    """Nobody could be told from anybody; the old key put back, all is as it was."""
    await vote(rig)
    rig.seal = Seal("quite another key, of which nobody knows a thing")
    await rig.restart()
    refused = await rig.here.press("Grace Hopper", "Le Truc", on="london")
    assert refused.words.startswith("This poll is secret, and the key to its ballots is missing")
    rig.seal = KEY
    await rig.restart()
    assert (await rig.here.press("Grace Hopper", "Le Truc", on="london")).words.startswith("You chose Le Truc;")
    async with rig.storage.reading() as tx:
        (poll,) = await tx.polls.all([PollState.OPEN])
        assert (await tx.ballots.tallies([poll.id]))[poll.id].voted == 3
