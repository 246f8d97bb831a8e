"""Crowds at the ballot box: hundreds press at once, through real sockets, and every vote counts once."""

import asyncio
from collections import Counter
from pathlib import Path

import pytest

from tests.scenarios.rig import Rig
from tests.scenarios.seen import discord_message, slack_message
from tests.scenarios.test_polls import PUBS, ask, cards

VOTERS = 500
EDITS = 12
"""Edits of one card that are few for so many votes; one each would be 500."""


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'flashmob.sqlite3'}"


def edits(rig: Rig) -> int:
    """How often the card on this platform was edited."""
    wanted = {"slack": "chat.update", "discord": "PATCH /channels/{}/messages/{}"}[rig.here.platform]
    return sum(row["what"] == wanted for row in rig.traffic.values())


async def test_five_hundred_votes_at_once_are_all_kept_and_receipted(rig: Rig) -> None:
    """Nobody is told of an error, everybody has a receipt in time, and the card is right with few edits."""
    channel = rig.key_of_channel(rig.here, "london")
    await rig.close()
    users = [await _join(rig, channel, f"Voter {number}") for number in range(VOTERS)]
    await rig.open()
    await ask(rig)
    labels = PUBS.split(" | ")
    before = edits(rig)
    pressed = await asyncio.gather(
        *(_press(rig, channel, user, labels[number % 3]) for number, user in enumerate(users))
    )
    assert Counter(each["error"] for each in pressed) == {None: VOTERS}
    await rig.settle()
    for card in await cards(rig):
        assert f"{VOTERS} people have voted." in card.words
        assert [(card.fact(label) or "").split(" ")[0] for label in labels] == ["167", "167", "166"]
    receipts = [rig.board.rows(f"{rig.here.platform}/ephemeral/{user}/").values() for user in users]
    assert [len(each) for each in receipts] == [1] * VOTERS
    assert edits(rig) - before <= EDITS


async def _join(rig: Rig, channel: str, name: str) -> str:
    if rig.here.platform == "discord":
        return rig.discord.add_user(name)
    user = rig.slack.add_user(name)
    await rig.slack.join(user, channel)
    return user


async def _press(rig: Rig, channel: str, user: str, label: str) -> dict[str, object]:
    (row,) = rig.board.rows(f"{rig.here.platform}/message/{channel}/").values()
    if rig.here.platform == "slack":
        block, button = slack_message(dict(row)).buttons[label]
        return await rig.slack.press(user, channel, row["ts"], button["action_id"], block, value=button["value"])
    return await rig.discord.press(user, channel, row["id"], discord_message(dict(row)).buttons[label])
