"""Bots of the libraries' own kind, unchanged, in processes of their own: only tokens and addresses are given."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from tests.playground.command import ANYWHERE, flashmob
from tests.playground.people import People

HERE = Path(__file__).parent
INTENTS = ("--discord-intent", "message_content", "--discord-intent", "members")
# discord.py has no setting for its address: two attributes, set before the bot's own file is run.
POINTED = """
import os, runpy, sys, discord, yarl
discord.http.Route.BASE = os.environ["DISCORD_API_URL"]
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["DISCORD_GATEWAY_URL"])
runpy.run_path(sys.argv[1], run_name="__main__")
"""


@asynccontextmanager
async def running(environment: dict[str, str], *told: str) -> AsyncIterator[None]:
    """Run a bot until the block ends."""
    process = await asyncio.create_subprocess_exec(sys.executable, *told, env={**os.environ, **environment})
    try:
        yield
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


@pytest.fixture
async def people() -> AsyncIterator[People]:
    """People on stand-ins that somebody started for a bot of their own."""
    async with (
        flashmob("standin", "--page-port", "0", "--fast", *INTENTS, *ANYWHERE) as standins,
        aiohttp.ClientSession() as session,
    ):
        yield People(session, standins.page, standins.environment)


async def test_a_bolt_bot_runs_unchanged(people: People) -> None:
    """Messages, buttons, reactions, edits, home, shortcuts, menus, forms, lazy commands and files."""
    async with running(people.environment, str(HERE / "slack_bot.py")):
        await people.until("wire/", "socket: hello")
        ada, london = await people.slack("Ada Lovelace"), await people.channel("slack", "london")
        there = {"user": ada, "channel": london}
        said = await people.act("slack", "say", **there, text="hello bot")
        card = await people.until("slack/message/", f"Hey there <@{ada}>, you said hello", "Click me")
        assert (await people.act("slack", "press", **there, ts=card["ts"], action_id="clicked"))["acked"]
        await people.until(f"slack/ephemeral/{ada}/", f"<@{ada}> clicked")
        await people.until("slack/message/", '"reactions": [{"name": "tada"')
        await people.act("slack", "react", **there, ts=said["ts"], name="wave")
        await people.until("slack/message/", "Ada Lovelace likes it", said["ts"])
        await people.act("slack", "edit", **there, ts=said["ts"], text="goodbye")
        await people.until("slack/message/", "It was: hello bot")
        await people.act("slack", "home", user=ada)
        await people.until(f"slack/home/{ada}", "Welcome home")
        await people.act("slack", "shortcut", **there, callback_id="quote", ts=card["ts"])
        await people.until("slack/message/", "“Hey there")
        await order(people, ada)
        await people.act("slack", "slash", **there, text="/report")
        await people.until(f"slack/ephemeral/{ada}/", "Working on it …")
        await people.until("slack/file/", "report.txt", '"title": "Report"', london)


async def order(people: People, ada: str) -> None:
    """A global shortcut, a form with a menu that the bot fills, an error, and a direct message."""
    await people.act("slack", "shortcut", user=ada, callback_id="order")
    view = (await people.until(f"slack/view/{ada}/", "How many?"))["view"]["id"]
    typed = await people.act("slack", "options", user=ada, view=view, block_id="drink", action_id="pick", value="t")
    [tea] = typed["options"]
    values = {"drink": {"pick": {"selected_option": tea}}, "cups": {"number": {"value": "10"}}}
    wrong = await people.act("slack", "submit", user=ada, view=view, values=values)
    assert wrong["errors"] == {"cups": "Too many cups."}
    await people.act("slack", "submit", user=ada, view=view, values={**values, "cups": {"number": {"value": "2"}}})
    await people.until("slack/message/D", "Ordered: tea")


async def test_a_discord_py_bot_runs_unchanged(people: People) -> None:
    """Prefix and hybrid commands in a cog, converters, reactions, a persistent view, a form, a menu and a task."""
    async with running(people.environment, "-c", POINTED, str(HERE / "discord_bot.py")):
        await people.until("discord/message/", "Good morning!")
        ada, london = await people.discord("Ada Lovelace"), await people.channel("discord", "london")
        there = {"user": ada, "channel": london}
        for text, answer in (("!add 1 2", '"content": "3"'), ("!add one 2", "Those are no numbers.")):
            await people.act("discord", "say", **there, text=text)
            await people.until("discord/message/", answer)
        await people.act("discord", "say", **there, text="!joined Grace Hopper")
        await people.until("discord/message/", '"title": "Grace Hopper"')
        await people.act("discord", "say", **there, text="!vote")
        vote = await people.until("discord/message/", "Yes or no?", "👎")
        await people.act("discord", "react", **there, message=vote["id"], emoji="👍")
        await people.until("discord/message/", "Ada Lovelace has voted 👍")
        await people.act("discord", "join", name="Hedy Lamarr")
        await people.until("discord/message/", f"Welcome <@{await people.discord('Hedy Lamarr')}>")
        await people.act("discord", "slash", **there, command="panel")
        panel = await people.until("discord/message/", "Choose.", "panel:green")
        pressed = {**there, "message": panel["id"]}
        form = await people.act("discord", "press", **pressed, custom_id="panel:feedback")
        sent = await people.act("discord", "submit", user=ada, modal=form["interaction"], values={"name": "Ada"})
        assert sent["acked"]
        await people.until(f"discord/ephemeral/{ada}/", "Thanks, Ada!")
        await people.act("discord", "press", **pressed, custom_id="panel:green")
        await people.until("discord/message/", "This is green.")
        await people.act("discord", "menu", **there, command="Repeat", target=panel["id"])
        await people.until(f"discord/ephemeral/{ada}/", "> This is green.")
