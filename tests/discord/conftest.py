"""The real adapter against the stand-in, on a socket of their own for each test."""

import os
import re
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from adapters.discord import Discord
from adapters.discord.exchange import Deadlines
from adapters.playground.board import Board
from adapters.playground.discord import Discord as StandIn
from bot.clock import Clock
from bot.ports import Adapter
from tests.discord.rig import COMMANDS, Front, Someone, connected, running
from tests.schemas import Schema
from tests.schemas import document as read

QUICK = Deadlines(answer=0.2, candidates=0.2, gateway=5.0, pause=0.05, pauses=0.2, wrong_token=0.05)

Valid: TypeAlias = Callable[[str, Any], None]
"""Fails unless some JSON is what a schema of Discord's OpenAPI document names."""


@pytest.fixture
def valid(platform_specs: Path) -> Valid:
    document = read(platform_specs / "discord" / "openapi.json")

    def check(schema: str, value: Any) -> None:
        whole = {"$ref": f"#/components/schemas/{schema}", "components": document["components"]}
        assert Schema(whole).problems(value) == []

    return check


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def standin(clock: Clock) -> AsyncIterator[StandIn]:
    """A small Discord; in the end, whatever it was asked is held against Discord's specification."""
    playing = StandIn(Board(), clock, identify_gap=0.0)
    await playing.start()
    yield playing
    await playing.stop()
    if specs := os.environ.get("PLATFORM_SPECS"):
        document = read(Path(specs) / "discord" / "openapi.json")
        heard = [row for row in playing.board.rows("wire/").values() if row["direction"] == "in"]
        asked = [row for row in heard if not row["what"].startswith("gateway: ")]
        assert [wrong for row in asked for wrong in _wrong(document, row["what"], row["json"])] == []


def _wrong(document: Any, what: str, body: Any) -> list[str]:
    """What is wrong with the body of a request, or that there is no such request at all."""
    method, _, path = what.partition(" ")
    known = {re.sub(r"{[^}]*}", "{}", template): operations for template, operations in document["paths"].items()}
    operation = known.get(path, {}).get(method.lower())
    if operation is None:
        return [f"{what}: there is no such request"]
    if "requestBody" not in operation:
        return [f"{what}: takes no body, but got {body}"] if body else []
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    whole = Schema({**schema, "components": document["components"]})
    return [f"{what}: {problem}" for problem in whole.problems(body)]


@pytest.fixture
def ada(standin: StandIn) -> Someone:
    """She manages the server."""
    return Someone(standin, standin.add_user("Ada Lovelace", manager=True))


@pytest.fixture
def grace(standin: StandIn) -> Someone:
    return Someone(standin, standin.add_user("Grace Hopper"))


@pytest.fixture
def london(standin: StandIn) -> str:
    return standin.add_channel("london")


@pytest.fixture
def front() -> Front:
    return Front()


@pytest.fixture
def addresses() -> Iterator[None]:
    """Give discord.py its addresses back, as they are the whole process's."""
    api, gateway = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    yield
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = api, gateway


@pytest.fixture
def adapter(standin: StandIn, clock: Clock, addresses: None) -> Discord:
    return Discord(
        standin.token, standin.guild_id, COMMANDS, clock, standin.api_url, standin.gateway_url, deadlines=QUICK
    )


@pytest.fixture
async def bot(adapter: Discord, front: Front, ada: Someone, grace: Someone, london: str) -> AsyncIterator[Discord]:
    """The adapter, connected; it is what the core asks of one."""
    _: Adapter = adapter
    async with running(adapter, front):
        await connected(adapter)
        yield adapter
