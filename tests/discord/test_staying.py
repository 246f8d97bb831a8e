"""Whatever happens to the connection, the adapter comes back by itself, and says what only a person can mend."""

import asyncio
import logging
from dataclasses import replace
from typing import Any

import pytest

from adapters.discord import Discord
from adapters.playground.discord import Discord as StandIn
from adapters.playground.discord.gateway import Intent
from bot.clock import Clock
from bot.messages import Button, Buttons, Message, Paragraph, line, say
from tests.discord.conftest import QUICK
from tests.discord.rig import COMMANDS, Ear, Front, Someone, connected, place, planning, posted, running, until, words


def requests(standin: StandIn, what: str) -> list[Any]:
    """What the bot asked of this kind, in order."""
    return [row for row in standin.board.rows("wire/").values() if row["what"].startswith(what)]


def logins(standin: StandIn) -> list[Any]:
    """What a client asks first of all: one for the sender, and one for each life of the listener."""
    return requests(standin, "GET /users/@me")


def asking() -> Message:
    """A message with a button."""
    text = say("Well?")
    return Message((Paragraph(text), Buttons((Button("Going", "rsvp?event=4"),))), text)


async def answered(someone: Someone, channel: str) -> bool:
    """Whether the bot hears somebody and answers them."""
    before = len(someone.private)
    sent = await someone.slash(channel, "help")
    return bool(sent["acked"]) and len(someone.private) == before + 1


async def test_commands_are_registered_once(adapter: Discord, front: Front, standin: StandIn, clock: Clock) -> None:
    """A second start finds them as they should be and changes nothing; a changed declaration does."""
    changed = (replace(COMMANDS[0], summary="Plan something new"), *COMMANDS[1:])
    registered: list[int] = []
    # Four starts in a second are nobody's business but ours.
    standin.limits.rates = {}
    for commands in (COMMANDS, COMMANDS, changed, changed):
        bot = Discord(standin.token, standin.guild_id, commands, clock, standin.api_url, deadlines=QUICK)
        async with running(bot, front):
            await connected(bot)
        registered.append(len(requests(standin, "PUT /applications/{}/guilds/{}/commands")))
    assert registered == [1, 1, 2, 2]


async def test_commands_that_cannot_be_registered_are_tried_again(
    adapter: Discord, front: Front, standin: StandIn, grace: Someone, london: str
) -> None:
    """Buttons work meanwhile, so nobody waits for it."""
    standin.faults.switch("error_before", left=1, route="PUT /applications/{application}/guilds/{guild}/commands")
    async with running(adapter, front):
        await connected(adapter)
        await until(standin.board, lambda: list(standin.board.rows("discord/command/")))
        assert await answered(grace, london)


async def test_a_dropped_gateway_heals(bot: Discord, standin: StandIn, grace: Someone, london: str) -> None:
    """The session is resumed, and what people did meanwhile is heard."""
    standin.sockets.drop()
    assert await answered(grace, london)
    assert len(standin.sockets.door.starts) == 1


async def test_discord_asks_for_a_new_connection(bot: Discord, standin: StandIn, grace: Someone, london: str) -> None:
    """As it does every few hours."""
    standin.sockets.reconnect()
    assert await answered(grace, london)
    assert len(standin.sockets.door.starts) == 1


async def test_a_refused_first_connection_heals(
    adapter: Discord, front: Front, standin: StandIn, grace: Someone, london: str
) -> None:
    """It kills discord.py's client; another one takes its place."""
    standin.faults.switch("refused_connect", left=1)
    async with running(adapter, front):
        await connected(adapter)
        assert await answered(grace, london)


async def test_a_failing_login_heals(
    adapter: Discord, front: Front, standin: StandIn, grace: Someone, london: str
) -> None:
    """The bot may start before Discord, or the network, is there."""
    standin.faults.switch("error_before", left=2, route="GET /users/@me")
    async with running(adapter, front):
        await connected(adapter)
        assert await answered(grace, london)


async def test_a_dead_resume_address_heals(
    front: Front, standin: StandIn, clock: Clock, addresses: None, grace: Someone, london: str
) -> None:
    """discord.py would try it for ever; after a while of silence we begin anew."""
    soon = replace(QUICK, gateway=0.3)
    watchful = Discord(standin.token, standin.guild_id, COMMANDS, clock, standin.api_url, deadlines=soon)
    async with running(watchful, front):
        await connected(watchful)
        standin.faults.switch("resume_dead")
        standin.sockets.drop()
        await until(standin.board, lambda: logins(standin), 3)
        await connected(watchful)
        assert len(standin.sockets.door.starts) == 2
        assert await answered(grace, london)


@pytest.mark.parametrize("code", [4004, 4010, 4014])
async def test_a_session_that_is_closed_for_good_heals(
    bot: Discord, standin: StandIn, grace: Someone, london: str, code: int
) -> None:
    """discord.py gives up; whatever it was may be mended by now."""
    standin.sockets.close(code)
    await until(standin.board, lambda: logins(standin), 3)
    await connected(bot)
    assert await answered(grace, london)


async def test_an_event_that_cannot_be_read_heals(bot: Discord, standin: StandIn, grace: Someone, london: str) -> None:
    """It kills discord.py's client, but not us."""
    standin.gateway.tell("CHANNEL_UPDATE", {"id": "not a number"}, Intent.GUILDS)
    await until(standin.board, lambda: logins(standin), 3)
    await connected(bot)
    assert await answered(grace, london)


async def test_messages_go_out_while_the_gateway_is_down(bot: Discord, standin: StandIn, london: str) -> None:
    """Posting needs no session."""
    standin.faults.switch("refused_connect")
    standin.faults.switch("resume_dead")
    standin.sockets.drop()
    ref = await bot.post(place(london), line("Still here."), "key")
    assert words(posted(standin, ref)) == "Still here."


async def test_a_wrong_token_is_named_and_never_told(
    standin: StandIn, front: Front, clock: Clock, addresses: None, caplog: pytest.LogCaptureFixture
) -> None:
    """Only a person can mend it; meanwhile it is tried again, slowly."""
    caplog.set_level(logging.DEBUG)
    wrong = Discord("Secret.Wrong.Token", standin.guild_id, COMMANDS, clock, standin.api_url, deadlines=QUICK)
    async with running(wrong, front):
        await until(standin.board, lambda: logins(standin), 3)
    told = {record.getMessage().partition(". ")[0] for record in caplog.records if record.levelname == "ERROR"}
    assert told == {"Discord does not accept [discord] token (or the environment variable DISCORD_TOKEN)"}
    assert "Secret.Wrong.Token" not in caplog.text


async def test_no_token_reaches_the_log(
    bot: Discord, standin: StandIn, grace: Someone, london: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither the bot's, nor those with which interactions are answered, however much is logged."""
    caplog.set_level(logging.DEBUG)
    standin.sockets.reconnect()
    assert await answered(grace, london)
    [interaction] = standin.platform.interactions._by_key.values()
    assert [secret for secret in (interaction.token, standin.token) if secret in caplog.text] == []


async def test_a_server_that_is_not_ours_is_not_served(
    standin: StandIn, front: Front, clock: Clock, addresses: None, grace: Someone, london: str
) -> None:
    """Its people get a polite private no, and the log tells how to invite the bot to the right one."""
    elsewhere = Discord(standin.token, "123456", COMMANDS, clock, standin.api_url, deadlines=QUICK)
    async with Ear("The bot is not in the Discord server 123456") as ear, running(elsewhere, front):
        await asyncio.wait_for(ear.heard.wait(), 10)
        ref = await elsewhere.post(place(london), asking(), "key")
        await grace.press(posted(standin, ref), "Going")
        assert [words(one) for one in grace.private] == ["I look after another server only, sorry."]
        assert front.heard == []


async def test_a_bot_that_is_let_in_again_goes_on(bot: Discord, standin: StandIn, grace: Someone, london: str) -> None:
    """Kicked by mistake, it needs no restart."""
    standin.faults.switch("kicked")
    standin.faults.switch("kicked", on=False)
    await connected(bot)
    assert await answered(grace, london)


async def test_stopping_finishes_what_was_begun(
    adapter: Discord, front: Front, standin: StandIn, grace: Someone, london: str
) -> None:
    """Whoever pressed just before still gets an answer; then nothing is left open."""
    async with running(adapter, front) as task:
        await connected(adapter)
        front.open.clear()
        front.asked.clear()
        pressed = asyncio.create_task(grace.slash(london, "help"))
        await front.asked.wait()
        task.cancel()
        front.open.set()
        await pressed
        await asyncio.wait({task}, timeout=5)
        assert task.cancelled()
    assert [words(one) for one in grace.private] == ["Done."]
    assert standin.sockets.count == 0


async def test_nothing_that_is_sent_is_kept(bot: Discord, front: Front, grace: Someone, london: str) -> None:
    """discord.py keeps every view that waits for a press, 2.5 KiB each, unless it is stopped before."""
    front.says["help"] = lambda _: asking()
    for _ in range(3):
        await grace.slash(london, "help")
        await grace.press(grace.private[-1], "Going")
    front.says["event create"] = lambda _: planning()
    await grace.slash(london, "event create")
    listener = bot._listener
    assert listener is not None
    kept = listener._connection._view_store
    assert (kept._views, kept._modals, kept._synced_message_views) == ({}, {}, {})
