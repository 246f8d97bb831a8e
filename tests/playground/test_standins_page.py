"""docs/standins.md: its examples run as they stand there, against `flashmob standin`, and its tables are complete."""

import asyncio
import json
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from adapters.playground.discord.faults import FAULTS as DISCORD_FAULTS
from adapters.playground.slack.faults import FAULTS as SLACK_FAULTS
from tests.playground.command import ANYWHERE, flashmob
from tests.playground.people import People

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "standins.md").read_text(encoding="utf-8")
INTENTS = ("--discord-intent", "message_content")


def example(heading: str) -> str:
    """The Python under a heading."""
    section = re.split(rf"^##+ {re.escape(heading)}$", PAGE, flags=re.MULTILINE)[1]
    return re.findall(r"```python\n(.*?)```", re.split(r"^##", section, flags=re.MULTILINE)[0], re.DOTALL)[0]


@asynccontextmanager
async def running(code: str, environment: dict[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run an example in a process of its own, which is gone in the end."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        code,
        cwd=ROOT,
        env={**os.environ, **environment, "PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def output(code: str, environment: dict[str, str]) -> list[str]:
    """What an example prints, once it has ended well."""
    async with running(code, environment) as process:
        said, _ = await process.communicate()
        assert process.returncode == 0
        return said.decode().splitlines()


@pytest.fixture
async def people() -> AsyncIterator[People]:
    """People on stand-ins that somebody started for a bot of their own."""
    async with (
        flashmob("standin", "--page-port", "0", "--fast", *INTENTS, *ANYWHERE) as standins,
        aiohttp.ClientSession() as session,
    ):
        yield People(session, standins.page, standins.environment)


async def test_a_bolt_bot_greets(people: People) -> None:
    """It hears a message by Socket Mode and answers by the Web API."""
    async with running(example("slack-bolt"), people.environment):
        await people.until("wire/", "socket: hello")
        ada, london = await people.slack("Ada Lovelace"), await people.channel("slack", "london")
        assert (await people.act("slack", "say", user=ada, channel=london, text="hello"))["acked"]
        await people.until("slack/message/", f"Hi there <@{ada}>!")


async def test_an_asynchronous_bolt_bot_answers_a_command(people: People) -> None:
    """Only the person who asked reads it."""
    async with running(example("slack-bolt with asyncio"), people.environment):
        await people.until("wire/", "socket: hello")
        ada, london = await people.slack("Ada Lovelace"), await people.channel("slack", "london")
        assert (await people.act("slack", "slash", user=ada, channel=london, text="/hello"))["acked"]
        await people.until(f"slack/ephemeral/{ada}/", f"Hi there <@{ada}>!")


async def test_the_sdk_posts_and_hears_a_refusal(people: People) -> None:
    """A permalink, and what is wrong with the blocks."""
    link, refused = await output(example("slack-sdk"), people.environment)
    assert re.fullmatch(r"https://flashmob\.slack\.com/archives/C\w+/p\d+", link)
    assert refused.startswith("invalid_blocks ['[ERROR]")


async def test_a_discord_py_bot_hears_its_prefix(people: People) -> None:
    """With the content of messages, which is a privileged intent."""
    async with running(example("discord.py"), people.environment):
        await people.until("wire/", "gateway: GUILD_CREATE")
        ada, london = await people.discord("Ada Lovelace"), await people.channel("discord", "london")
        await people.act("discord", "say", user=ada, channel=london, text="!hello")
        await people.until("discord/message/", f"Hi there <@{ada}>!")


async def test_a_script_is_a_person(people: People) -> None:
    """It says something, reads what people see, and switches a fault on."""
    said, fault = await output(example("Be a person"), {**people.environment, "PAGE_URL": people.url})
    assert said == "['Is anybody here?']"
    assert "'on': True" in fault
    assert "'method': 'chat.postMessage'" in fault


async def test_the_ground_serves_a_test() -> None:
    """Without a process of its own."""
    assert await output(example("Inside your tests"), {}) == []


def test_every_example_is_run() -> None:
    """A new one needs a test here."""
    assert PAGE.count("```python") == 6


def test_every_fault_is_told() -> None:
    """The table names those of both platforms."""
    table = PAGE.partition("## Faults")[2].partition("## What is enforced")[0]
    assert {name for name in (*SLACK_FAULTS, *DISCORD_FAULTS) if f"`{name}`" not in table} == set()


def test_the_printed_lines_are_those_of_the_page() -> None:
    """Whoever pastes from the page has the right tokens and ids."""
    from adapters.playground.ground import Ground
    from adapters.playground.time import WallClock

    ground = Ground(WallClock())
    ground.discord.platform.files.root = "http://127.0.0.1:4002"
    ground.slack.api_url = "http://127.0.0.1:4001/api/"
    assert ground.connect() in PAGE


def test_both_spaces_are_one_community() -> None:
    """They are called the same."""
    from adapters.playground.ground import Ground
    from adapters.playground.time import WallClock

    rows = Ground(WallClock()).board.rows()
    assert (rows["slack/team"]["name"], rows["discord/guild"]["name"]) == ("Flashmob", "Flashmob")


async def test_ids_and_tokens_are_those_that_were_asked_for(tmp_path: Path) -> None:
    """And the app is that of the manifest."""
    manifest: dict[str, Any] = {"features": {"slash_commands": [{"command": "/tea", "description": "Tea"}]}}
    (tmp_path / "app.json").write_text(json.dumps(manifest), encoding="utf-8")
    told = ("--slack-bot-token", "xoxb-mine", "--discord-token", "mine", "--discord-server", "1234567890123456789")
    with_manifest = ("--slack-manifest", str(tmp_path / "app.json"))
    async with (
        flashmob("standin", "--page-port", "0", *ANYWHERE, *told, *with_manifest) as standins,
        aiohttp.ClientSession() as session,
    ):
        given = standins.environment
        assert (given["SLACK_BOT_TOKEN"], given["DISCORD_TOKEN"]) == ("xoxb-mine", "mine")
        assert given["DISCORD_GUILD_ID"] == "1234567890123456789"
        async with session.get(f"{given['DISCORD_API_URL']}/users/@me", headers={"Authorization": "Bot mine"}) as me:
            assert (await me.json())["id"] == given["DISCORD_APPLICATION_ID"]
        people = People(session, standins.page, given)
        assert list(await people.rows("slack/command/")) == ["slack/command/tea"]


async def test_a_port_that_is_taken_is_said_in_a_sentence() -> None:
    """Instead of a stack trace."""
    async with flashmob("standin", "--page-port", "0", *ANYWHERE) as standins:
        port = standins.environment["SLACK_API_URL"].split(":")[2].partition("/")[0]
        second = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "standin", "--slack-port", port, cwd=ROOT, stderr=asyncio.subprocess.PIPE
        )
        _, said = await second.communicate()
    assert second.returncode == 1
    assert said.decode().startswith("Error: ")
    assert "address already in use. Name another port; 0 takes a free one." in said.decode()
