"""Faults: each does what its row on the board says, and stops when it is switched off or used up."""

import asyncio
from collections.abc import Callable
from typing import Any

import aiohttp
import discord
import pytest

from adapters.playground.discord import Discord
from adapters.playground.impossible import Impossible
from tests.playground.discord.raw import Line, Raw

Do = Callable[..., Any]
POSTING = "POST /channels/{channel}/messages"


async def test_every_fault_is_a_row(standin: Discord) -> None:
    """With a sentence, off at first, counting down when it is on."""
    rows = standin.board.rows("fault/discord/")
    assert {row["on"] for row in rows.values()} == {False}
    assert len(rows) == 13
    standin.faults.switch("ratelimited", left=2)
    assert standin.board.get("fault/discord/ratelimited") == {
        "on": True,
        "title": "Calls are answered 429 with Retry-After",
        "left": 2,
        "takes": ["times", "call", "seconds"],
        "seconds": 5.0,
    }


async def test_an_unknown_fault_is_refused(standin: Discord) -> None:
    """With the names that there are."""
    with pytest.raises(KeyError, match="There is no fault gremlins"):
        standin.faults.switch("gremlins")


async def test_the_page_switches_faults_by_an_act(standin: Discord, ada: str, london: str) -> None:
    """What is unknown or has no place to befall is impossible."""
    await standin.act("fault", {"name": "bot_removed", "on": True, "channel": london})
    assert standin.world.sees(standin.world.bot_key, standin.world.channel(london)) is False
    await standin.act("fault", {"name": "bot_removed", "on": False, "channel": london})
    assert standin.world.sees(standin.world.bot_key, standin.world.channel(london)) is True
    direct = standin.direct_messages(ada)
    for given in (
        {"name": "gremlins"},
        {"name": "channel_deleted"},
        {"name": "channel_deleted", "channel": direct},
        {"name": "ratelimited", "route": "POST /shout"},
    ):
        with pytest.raises(Impossible):
            await standin.act("fault", given)


async def test_what_befell_a_channel_is_undone_there(post: Do, standin: Discord, london: str) -> None:
    """Whichever channel is open when the fault is switched off; and it counts nothing down."""
    other = standin.add_channel("birmingham")
    await standin.act("fault", {"name": "bot_removed", "channel": london, "left": 2})
    row = standin.board.get("fault/discord/bot_removed")
    assert row is not None
    assert (row["on"], row["left"], row["channel"]) == (True, None, london)
    await standin.act("fault", {"name": "bot_removed", "on": False, "channel": other})
    assert (await post({"content": "x"})).status == 200


async def test_a_route_can_be_named_as_the_wire_shows_it(post: Do, standin: Discord) -> None:
    """And what the fault refused is on the wire with its body."""
    await standin.act("fault", {"name": "error_before", "left": 1, "route": "POST /channels/{}/messages"})
    assert (await post({"content": "x"})).status == 500
    [row] = [row for row in standin.board.rows("wire/").values() if row["direction"] == "in"]
    assert (row["what"], row["json"], row["refused"]) == ("POST /channels/{}/messages", {"content": "x"}, 500)


async def test_calls_are_rate_limited_so_many_times(post: Do, standin: Discord) -> None:
    """Twice here, as a shared limit."""
    standin.faults.switch("ratelimited", left=2, route=POSTING, seconds=1.5)
    replies = [await post({"content": "x"}) for _ in range(3)]
    assert [one.status for one in replies] == [429, 429, 200]
    assert (replies[0].json["retry_after"], replies[0].headers["Retry-After"]) == (1.5, "2")
    assert replies[0].headers["X-RateLimit-Scope"] == "shared"


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@pytest.mark.parametrize(("fault", "carried_out"), [("error_before", 0), ("error_after", 1)])
async def test_calls_fail_before_or_after_being_carried_out(
    post: Do, standin: Discord, status: int, fault: str, carried_out: int
) -> None:
    """Both look the same to the bot."""
    standin.faults.switch(fault, left=1, route=POSTING, status=status)
    reply = await post({"content": "x"})
    assert (reply.status, len(standin.board.rows("discord/message/"))) == (status, carried_out)
    assert (await post({"content": "y"})).status == 200


async def test_a_connection_is_cut_after_a_call_was_carried_out(post: Do, standin: Discord) -> None:
    """The client sees a broken connection, and the message is there."""
    standin.faults.switch("cut_off", left=1, route=POSTING)
    with pytest.raises(aiohttp.ClientError):
        await post({"content": "x"})
    assert [row["content"] for row in standin.board.rows("discord/message/").values()] == ["x"]


async def test_answers_can_be_slow(post: Do, standin: Discord) -> None:
    """By so many seconds, only on the route that was named."""
    standin.faults.switch("slow_answers", left=1, route=POSTING, seconds=0.05)
    began = asyncio.get_running_loop().time()
    await post({"content": "x"})
    assert asyncio.get_running_loop().time() - began >= 0.05


async def test_interactions_can_come_twice(go: Do, line: Line, standin: Discord) -> None:
    """The same interaction, in two events."""
    standin.faults.switch("doubled", left=1)
    assert (await go())["id"] == (await line.until("INTERACTION_CREATE"))["id"]


async def test_the_gateway_can_refuse_to_connect(dial: Do, standin: Discord) -> None:
    """Once, and then it takes the connection."""
    standin.faults.switch("refused_connect", left=1)
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await dial()
    await dial()


async def test_the_resume_url_can_stay_dead(dial: Do, standin: Discord) -> None:
    """While the main URL works."""
    standin.faults.switch("resume_dead")
    for _ in range(2):
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await dial("/gateway/resume?v=10&encoding=json")
    await dial()


async def test_a_deleted_channel_is_gone_with_its_threads(
    post: Do, raw: Raw, line: Line, standin: Discord, london: str
) -> None:
    """The bot is told of both; afterwards 10003."""
    key = (await post({"content": "Card"})).json["id"]
    await raw("POST", f"/channels/{london}/messages/{key}/threads", {"name": "Talk"})
    standin.faults.switch("channel_deleted", channel=london)
    assert [(await line.until(event))["id"] for event in ("THREAD_DELETE", "CHANNEL_DELETE")] == [key, london]
    assert [(await raw("GET", f"/channels/{one}")).code for one in (london, key)] == [10003, 10003]
    assert standin.board.rows("discord/message/") == {}
    assert standin.board.rows("discord/channel/") == {}


async def test_the_bot_can_be_removed_from_a_channel_and_come_back(post: Do, standin: Discord, london: str) -> None:
    """50001 in between."""
    standin.faults.switch("bot_removed", channel=london)
    removed = await post({"content": "x"})
    standin.faults.switch("bot_removed", on=False)
    assert (removed.code, (await post({"content": "x"})).status) == (50001, 200)


async def test_the_bot_can_be_kicked_and_invited_again(raw: Raw, post: Do, line: Line, standin: Discord) -> None:
    """GUILD_DELETE, then 50001 and 10004; GUILD_CREATE when it is back."""
    standin.faults.switch("kicked")
    assert (await line.until("GUILD_DELETE")) == {"id": standin.guild_id}
    codes = [(await post({"content": "x"})).code, (await raw("GET", f"/guilds/{standin.guild_id}")).code]
    standin.faults.switch("kicked", on=False)
    assert (codes, (await line.until("GUILD_CREATE"))["id"]) == ([50001, 10004], standin.guild_id)


async def test_discord_py_resumes_after_its_socket_was_cut(
    standin: Discord, running: Do, until: Do, ada: str, london: str
) -> None:
    """What happened in between reaches it."""
    heard: asyncio.Queue[discord.Message] = asyncio.Queue()

    class Listener(discord.Client):
        async def on_message(self, message: discord.Message) -> None:
            heard.put_nowait(message)

    await running(Listener(intents=discord.Intents.default(), guild_ready_timeout=0.1))
    standin.faults.switch("sockets_dropped")
    said = await standin.act("say", {"user": ada, "channel": london, "text": "Missed"})
    message = await asyncio.wait_for(heard.get(), 10)
    assert (str(message.id), standin.board.get("fault/discord/sockets_dropped")) == (
        said["message"],
        {"on": False, "title": "The gateway's sockets are cut now", "left": None, "takes": []},
    )
