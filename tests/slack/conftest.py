"""The real adapter against the stand-in, through real sockets, in a workspace of each test's own."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from adapters.playground.board import Board
from adapters.playground.slack import SlackStandIn
from adapters.slack import Slack, manifest
from bot.clock import Clock
from tests.slack.specs import Specs
from tests.slack.stage import BRISK, COMMANDS, HASTY, Stage, Told, Watch


@pytest.fixture
def specs(platform_specs: Path) -> Specs:
    """What Slack publishes about its blocks, views and methods."""
    return Specs(platform_specs / "slack")


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """The adapter, connected to a workspace into which the app was installed from its manifest.

    Afterwards everything that the adapter asked of Slack is held against Slack's own specification.
    """
    board, clock, watch, desk = Board(), Clock(), Watch(), Told()
    world = SlackStandIn(board, clock, watch, manifest=manifest(COMMANDS), limits=False)
    ada = world.add_user("Ada Lovelace", "ada", is_admin=True)
    grace = world.add_user("Grace Hopper", "grace")
    london = world.add_channel("london")
    await world.start()
    slack = Slack(
        world.bot_token, world.app_token, COMMANDS, clock, api_url=world.api_url, deadlines=HASTY, pauses=BRISK
    )
    async with running(slack, desk):
        await slack.connected()
        stage = Stage(board, world, slack, desk, clock, watch, ada, grace, london)
        yield stage
    await world.stop()
    if folder := os.environ.get("PLATFORM_SPECS"):
        told, asked = Specs(Path(folder) / "slack"), stage.wire_in()
        assert [problem for row in asked for problem in told.problems_of_call(row["what"], row["json"])] == []


@asynccontextmanager
async def running(slack: Slack, desk: Told) -> AsyncIterator[None]:
    """Run the adapter beside a test, which fails if it ends by itself."""
    task = asyncio.create_task(slack.run(desk))
    try:
        yield
        assert not task.done()
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
