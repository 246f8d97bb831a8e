"""All that we use of discord.py beyond its documented interface, and why."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any, cast

import discord
from discord.abc import Snowflake
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL


def point(api_url: str, gateway_url: str) -> None:
    """Make every client of this process talk to a stand-in.

    discord.py has no setting for its addresses: they are attributes of two classes, shared by the whole process, which
    is why one process can talk to one Discord only.
    """
    Route.BASE = api_url.rstrip("/")
    DiscordWebSocket.DEFAULT_GATEWAY = URL(gateway_url)


def quieten() -> None:
    """Keep discord.py's log to what concerns us.

    Its debug lines hold the tokens with which interactions are answered, and all that people write. Clients also warn
    that they cannot speak; nobody here wants to, and there is no public way to stop it.
    """
    logger = logging.getLogger("discord")
    logger.setLevel(max(logger.level, logging.INFO))
    discord.VoiceClient.warn_nacl = False
    discord.VoiceClient.warn_dave = False


def snowflake(key: str) -> Snowflake:
    """Somebody by their id as the text that Discord's specification asks for; discord.py's objects send a number."""
    return cast("Snowflake", SimpleNamespace(id=key))


async def registered(client: discord.Client, server: int) -> Sequence[Mapping[str, Any]]:
    """The slash commands of ours that the server knows, as Discord has them.

    The public way, CommandTree, wants a Python function with annotated parameters for each command, and then takes the
    interactions for itself; our commands are declared elsewhere.
    """
    commands = await client.http.get_guild_commands(_application(client), server)
    return cast("Sequence[Mapping[str, Any]]", commands)


async def register(client: discord.Client, server: int, commands: Sequence[Mapping[str, Any]]) -> None:
    """Make these the slash commands that the server knows of ours; not through CommandTree, as above."""
    await client.http.bulk_upsert_guild_commands(_application(client), server, cast("Any", list(commands)))


async def close(client: discord.Client, within: float) -> None:
    """Close a client in bounded time: it waits up to 30 s for Discord's goodbye before it lets go of its sockets."""
    try:
        async with asyncio.timeout(within):
            await client.close()
    except TimeoutError:
        await client.http.close()


def _application(client: discord.Client) -> int:
    if client.application_id is None:
        raise RuntimeError("A client has no application before it is logged in.")
    return client.application_id
