"""Secret polls: what somebody finds who has all that the bot keeps, but not its key."""

import logging
import re
from uuid import uuid4

import asyncpg
import pytest

from bot.domain.polls import PollState
from storage.seal import Seal
from tests.scenarios.hands import Hands
from tests.scenarios.rig import KEY, Rig
from tests.scenarios.seen import discord_message, slack_message
from tests.scenarios.test_polls import ask

VOTES = ["The Crown", "Le Truc", "Somewhere new"]


async def kept(rig: Rig) -> tuple[bytes, bytes]:
    """What the database keeps, as it lies on the disk: pages with what was deleted, and the log of what was written.

    A PostgreSQL server may write for other tests into the same log.
    """
    if rig.url.startswith("sqlite"):
        return b"".join(path.read_bytes() for path in sorted(rig.folder.glob("*.sqlite3*"))), b""
    connection = await asyncpg.connect(rig.url)
    try:
        await connection.execute("CHECKPOINT")
        pages = await connection.fetch(
            "SELECT pg_read_binary_file(pg_relation_filepath(oid), true) AS read FROM pg_class "
            "WHERE pg_relation_filepath(oid) IS NOT NULL"
        )
        log = await connection.fetch(
            "SELECT pg_read_binary_file('pg_wal/' || name, true) AS read FROM pg_ls_waldir() "
            "ORDER BY modification DESC LIMIT 2"
        )
    finally:
        await connection.close()
    return _joined(pages), _joined(log)


def _joined(rows: list[asyncpg.Record]) -> bytes:
    return b"".join(row["read"] or b"" for row in rows)


class Stranger:
    """Somebody whom the bot has never met, with a name that nobody else has."""

    def __init__(self, rig: Rig, hands: Hands) -> None:
        self.rig, self.hands = rig, hands
        self.name, self.joined = f"Stranger {uuid4().hex}", False
        self.key = (rig.slack if hands.platform == "slack" else rig.discord).add_user(self.name)

    async def vote(self, label: str) -> None:
        """Press a choice on the card, and have a receipt for it."""
        rig, channel = self.rig, self.rig.key_of_channel(self.hands, "london")
        (row,) = rig.board.rows(f"{self.hands.platform}/message/{channel}/").values()
        if self.hands.platform == "slack":
            if not self.joined:
                await rig.slack.join(self.key, channel)
            self.joined = True
            block, button = slack_message(dict(row)).buttons[label]
            pressed = rig.slack.press(self.key, channel, row["ts"], button["action_id"], block, value=button["value"])
        else:
            pressed = rig.discord.press(self.key, channel, row["id"], discord_message(dict(row)).buttons[label])
        assert (await pressed)["error"] is None
        await rig.settle()


async def vote(rig: Rig) -> list[Stranger]:
    """Three people vote whom the bot has never met, and one changes her mind."""
    await rig.close()
    strangers = [Stranger(rig, hands) for hands in (rig.there, rig.here, rig.here)]
    await rig.open()
    await ask(rig, ballots="secret")
    await strangers[0].vote("The Crown")
    for stranger, label in zip(strangers, VOTES[1:] + VOTES[:1], strict=True):
        await stranger.vote(label)
    return strangers


@pytest.mark.untouched
async def test_voting_in_secret_puts_nobody_on_record(rig: Rig, caplog: pytest.LogCaptureFixture) -> None:
    """No account, no name, no key of theirs, no choice of theirs: not in a row, the log, the outbox or a freed page."""
    for logger in ("bot", "adapters", "storage"):
        caplog.set_level(logging.INFO, logger)
    strangers = await vote(rig)
    pages, log = await kept(rig)
    await rig.close()
    after = await kept(rig)
    pages, log = pages + after[0], log + after[1]
    assert b"Where next?" in pages
    for stranger in strangers:
        assert stranger.name.encode() not in pages + log
        assert stranger.key.encode() not in pages
    said = "\n".join(record.getMessage() for record in caplog.records)
    assert not any(word in said for word in ("Stranger", *VOTES, "vote?"))
    assert not re.search(rb"vote\?poll|vote%3Fpoll", pages)
    await rig.open()


async def test_no_order_and_no_time_stands_beside_a_choice(rig: Rig) -> None:
    """Ballots are read in the order of their seals, which is that of chance; on SQLite they lie in no other."""
    strangers = await vote(rig)
    async with rig.storage.reading() as tx:
        (poll,) = await tx.polls.all([PollState.OPEN])
        found = await tx.connection.exec_driver_sql("SELECT * FROM ballots")
        columns, rows = list(found.keys()), found.all()
        times = await tx.connection.exec_driver_sql(
            "SELECT sql LIKE '%WITHOUT ROWID%' FROM sqlite_master WHERE name = 'ballots'"
            if rig.url.startswith("sqlite")
            else "SELECT current_setting('track_commit_timestamp') = 'off'"
        )
        untimed = bool(times.scalar_one())
        cast = await tx.ballots.all(poll.id)
    assert columns == ["poll_id", "voter", "choice_id", "sole", "voice"]
    assert untimed
    voters = [ballot.voter for ballot in cast]
    assert voters == sorted(voters)
    assert sorted(row.voter for row in rows) == voters
    if rig.url.startswith("sqlite"):
        assert [row.voter for row in rows] == voters
    assert len(rows) == 3
    assert all(re.fullmatch("[0-9a-f]{64}", row.voter) for row in rows)
    # Whoever has the key, and nobody else, can try every name; the ballot says so.
    seals = {KEY.press(f"{poll.id} account {each.hands.platform} {each.key}") for each in strangers}
    assert {row.voter for row in rows} == seals


async def test_another_key_takes_no_votes_rather_than_second_ones(rig: Rig) -> None:
    """Nobody could be told from anybody; the old key put back, all is as it was."""
    await ask(rig, ballots="secret")
    await rig.here.press("Grace Hopper", "The Crown", on="london")
    rig.seal = Seal("quite another key, of which nobody knows a thing")
    await rig.restart()
    refused = await rig.here.press("Grace Hopper", "Le Truc", on="london")
    assert refused.words.startswith("This poll is secret, and the key to its ballots is missing")
    rig.seal = KEY
    await rig.restart()
    assert (await rig.here.press("Grace Hopper", "Le Truc", on="london")).words.startswith("You chose Le Truc;")
    async with rig.storage.reading() as tx:
        (poll,) = await tx.polls.all([PollState.OPEN])
        assert (await tx.ballots.tallies([poll.id]))[poll.id].voted == 1
