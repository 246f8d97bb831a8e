"""A small Discord for each test, with London, two people, and a stopwatch that only the test moves."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
import discord
import pytest
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from adapters.playground.board import Board
from adapters.playground.discord import Discord
from tests.playground.discord.raw import Line, Raw, Reply, Watch


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
async def standin(watch: Watch) -> AsyncIterator[Discord]:
    playing = Discord(Board(), watch, stopwatch=watch.stopwatch, identify_gap=0.0)
    await playing.start()
    yield playing
    await playing.stop()


@pytest.fixture
def ada(standin: Discord) -> str:
    return standin.add_user("Ada Lovelace", manager=True)


@pytest.fixture
def grace(standin: Discord) -> str:
    return standin.add_user("Grace Hopper")


@pytest.fixture
def london(standin: Discord) -> str:
    return standin.add_channel("london")


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture
def raw(standin: Discord, session: aiohttp.ClientSession) -> Raw:
    return Raw(standin, session)


@pytest.fixture
async def dial(standin: Discord, session: aiohttp.ClientSession) -> AsyncIterator[Callable[..., Any]]:
    """Opens raw gateway connections, and closes them in the end."""
    lines: list[Line] = []

    async def open_(path: str = "/gateway?v=10&encoding=json", *, hello: bool = True) -> Line:
        url = standin.gateway_url.removesuffix("/gateway") + path
        line = Line(await session.ws_connect(url, autoclose=False), standin.token)
        lines.append(line)
        if hello:
            assert (await line.next())["op"] == 10
        return line

    yield open_
    for line in lines:
        await line.ws.close()


@pytest.fixture
async def line(dial: Callable[..., Any]) -> Line:
    """A connection that has identified."""
    opened = await dial()
    await opened.identify()
    return opened


@pytest.fixture
async def running(standin: Discord, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Callable[[discord.Client], Any]]:
    """Runs discord.py clients against the stand-in until the test ends."""
    monkeypatch.setattr(Route, "BASE", standin.api_url)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(standin.gateway_url))
    clients: list[tuple[discord.Client, asyncio.Task[None]]] = []

    async def run(client: discord.Client) -> discord.Client:
        task = asyncio.create_task(client.start(standin.token))
        clients.append((client, task))
        ready = asyncio.create_task(client.wait_until_ready())
        await asyncio.wait([task, ready], timeout=10, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            task.result()
        assert client.is_ready()
        return client

    yield run
    for client, task in clients:
        await client.close()
        await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
def until(standin: Discord) -> Callable[[str, Callable[[Any], bool]], Any]:
    """Waits for the board to show a row of a kind that is as awaited, and returns it."""

    async def row(prefix: str, awaited: Callable[[Any], bool]) -> Any:
        async with asyncio.timeout(5):
            with standin.board.watch() as seen:
                async for name, found in seen:
                    if name.startswith(prefix) and found is not None and awaited(found):
                        return found
        raise AssertionError(f"The board was taken down before it showed such a row under {prefix}.")

    return row


@pytest.fixture
async def acting(standin: Discord) -> AsyncIterator[Callable[..., Any]]:
    """Has somebody act, and returns the interaction as a raw connection gets it; the act's result is awaited later."""
    tasks: list[asyncio.Task[Any]] = []

    async def act(line: Line, name: str, given: dict[str, Any]) -> dict[str, Any]:
        task = asyncio.create_task(standin.act(name, given))
        tasks.append(task)
        heard = asyncio.create_task(line.until("INTERACTION_CREATE"))
        await asyncio.wait([task, heard], return_when=asyncio.FIRST_COMPLETED)
        if not heard.done():
            heard.cancel()
            task.result()
        return await heard

    yield act
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


@pytest.fixture
async def go(
    standin: Discord, raw: Raw, line: Line, acting: Callable[..., Any], ada: str, london: str
) -> Callable[..., Any]:
    """Has Ada send `/go` in London, and returns the interaction as the bot gets it."""
    made = await raw("POST", f"/applications/{standin.application_id}/commands", {"name": "go", "description": "Go"})
    assert made.status == 201

    async def slash() -> dict[str, Any]:
        return await acting(line, "slash", {"user": ada, "channel": london, "command": "go"})

    return slash


@pytest.fixture
def respond(raw: Raw) -> Callable[..., Any]:
    """Answers an interaction over raw HTTP."""

    async def answer(event: dict[str, Any], body: Any, query: str = "") -> Reply:
        return await raw("POST", f"/interactions/{event['id']}/{event['token']}/callback{query}", body)

    return answer


@pytest.fixture
def hook(raw: Raw, standin: Discord) -> Callable[..., Any]:
    """Uses an interaction's token for follow-ups and for its original response."""

    async def call(event: dict[str, Any], method: str, path: str = "", body: Any = None) -> Reply:
        return await raw(method, f"/webhooks/{standin.application_id}/{event['token']}{path}", body)

    return call


@pytest.fixture
def post(raw: Raw, london: str) -> Callable[..., Any]:
    """Posts to London over raw HTTP."""

    async def send(body: Any) -> Reply:
        return await raw("POST", f"/channels/{london}/messages", body)

    return send
