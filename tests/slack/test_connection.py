"""Connected to Slack, whatever happens."""

import asyncio
import logging

import pytest

from adapters.playground.board import Board
from adapters.playground.slack import SlackStandIn
from adapters.slack import Slack, manifest
from bot.clock import Clock
from bot.domain.people import Platform
from bot.domain.places import Place
from bot.ports import Busy
from tests.slack.conftest import running
from tests.slack.stage import BRISK, COMMANDS, HASTY, Stage, Told, card


def another(stage: Stage, bot_token: str = "", app_token: str = "") -> Slack:
    """One more adapter for the same workspace, which is not connected yet."""
    bot, app = bot_token or stage.standin.bot_token, app_token or stage.standin.app_token
    url = stage.standin.api_url
    return Slack(bot, app, COMMANDS, stage.clock, api_url=url, deadlines=HASTY, pauses=BRISK)


async def served(stage: Stage, who: str) -> None:
    """Somebody is answered."""
    stage.desk.reached.clear()
    assert await stage.standin.slash(who, stage.london, "/help") == {"acked": True, "error": None}
    await stage.desk.reached.wait()


async def test_there_are_two_connections(stage: Stage) -> None:
    """So nothing is missed while one of them is renewed."""
    await stage.standin.workspace.sockets.connected(2)
    await served(stage, stage.ada)


async def test_dropped_connections_are_made_anew(stage: Stage) -> None:
    """When the network breaks, the next thing that somebody does is answered again."""
    await stage.standin.workspace.sockets.connected(2)
    await stage.standin.sockets("drop")
    await stage.standin.workspace.sockets.disconnected()
    await stage.standin.workspace.sockets.connected(2)
    await served(stage, stage.ada)


async def test_a_connection_that_slack_asks_to_renew_is_renewed(stage: Stage) -> None:
    """Slack renews every connection every few hours."""
    await stage.standin.workspace.sockets.connected(2)
    before = len(stage.wire("socket: hello"))
    await stage.standin.sockets("refresh_requested")
    await stage.standin.workspace.sockets.connected(2)
    assert len(stage.wire("socket: hello")) > before
    await served(stage, stage.ada)


async def test_a_refused_socket_url_is_not_tried_for_ever(stage: Stage) -> None:
    """A fresh URL that is refused once is good for nothing: another one is asked for."""
    await stage.standin.workspace.sockets.connected(2)
    await stage.standin.fault("refused_socket", left=2)
    await stage.standin.sockets("drop")
    await stage.standin.workspace.sockets.disconnected()
    await stage.standin.workspace.sockets.connected(2)
    await served(stage, stage.ada)
    assert [row["status"] for row in stage.wire("socket: connect")] == [403, 403]


async def test_a_socket_url_that_is_not_given_out_is_asked_for_again(stage: Stage) -> None:
    """The Web API may be in trouble while the network comes back."""
    await stage.standin.workspace.sockets.connected(2)
    await stage.standin.fault("refused_open", left=2)
    await stage.standin.sockets("drop")
    await stage.standin.workspace.sockets.disconnected()
    await stage.standin.workspace.sockets.connected(2)
    await served(stage, stage.ada)


def world() -> tuple[SlackStandIn, str, str]:
    """A workspace to which nothing is connected, with Ada and a channel."""
    standin = SlackStandIn(Board(), Clock(), manifest=manifest(COMMANDS), limits=False)
    return standin, standin.add_user("Ada Lovelace", "ada"), standin.add_channel("london")


def adapter(standin: SlackStandIn) -> Slack:
    return Slack(
        standin.bot_token,
        standin.app_token,
        COMMANDS,
        Clock(),
        api_url=standin.api_url,
        deadlines=HASTY,
        pauses=BRISK,
    )


async def test_a_first_connect_that_fails_is_made_again() -> None:
    """The bot may start before Slack can be reached; it connects once it can."""
    standin, ada, london = world()
    await standin.start()
    port = int(standin.api_url.split(":")[2].split("/")[0])
    await standin.stop()
    slack, desk = adapter(standin), Told()
    async with running(slack, desk):
        with pytest.raises(Busy, match="Slack is not connected yet"):
            await slack.post(Place(Platform("slack"), london), card(), "card 1")
        with pytest.raises(Busy, match="Slack is not connected yet"):
            await slack.home("london")
        await standin.start(port=port)
        await slack.connected()
        assert (await standin.slash(ada, london, "/help"))["acked"] is True
        assert [call.command for call in desk.calls] == ["help"]
    await standin.stop()


async def test_stopping_lets_those_who_are_in_finish() -> None:
    """What was begun is answered and acknowledged before the adapter lets go of its connections."""
    standin, ada, london = world()
    await standin.start()
    slack, desk = adapter(standin), Told()
    running_slack = asyncio.create_task(slack.run(desk))
    await slack.connected()
    desk.open.clear()
    acting = asyncio.create_task(standin.slash(ada, london, "/help"))
    await desk.reached.wait()
    running_slack.cancel()
    await asyncio.wait({running_slack}, timeout=0)
    assert not running_slack.done()
    desk.open.set()
    assert await acting == {"acked": True, "error": None}
    await asyncio.wait({running_slack})
    assert running_slack.cancelled()
    told = standin.workspace.world.ephemerals[ada].values()
    assert [message["text"] for message in told] == ["Done."]
    await standin.workspace.sockets.disconnected()
    assert (await standin.slash(ada, london, "/help"))["acked"] is False
    await standin.stop()


async def test_stopping_leaves_no_answer_owed() -> None:
    """Whoever was acknowledged before the desk was done is still answered."""
    standin, ada, london = world()
    await standin.start()
    slack, desk = adapter(standin), Told()
    running_slack = asyncio.create_task(slack.run(desk))
    await slack.connected()
    desk.open.clear()
    assert await standin.slash(ada, london, "/help") == {"acked": True, "error": None}
    running_slack.cancel()
    await asyncio.wait({running_slack}, timeout=HASTY.leave / 2)
    assert not running_slack.done()
    desk.open.set()
    await asyncio.wait({running_slack})
    told = standin.workspace.world.ephemerals[ada].values()
    assert [message["text"] for message in told] == ["Done."]
    await standin.stop()


async def test_stopping_does_not_wait_for_ever() -> None:
    """Somebody whom the desk does not get to answer does not hold up the rest."""
    standin, ada, london = world()
    await standin.start()
    slack, desk = adapter(standin), Told()
    desk.open.clear()
    async with running(slack, desk):
        await slack.connected()
        acting = asyncio.create_task(standin.slash(ada, london, "/help"))
        await desk.reached.wait()
    # Whether it was acknowledged before the end is a matter of moments; that it ends is what counts.
    assert (await acting)["error"] in (None, "operation_timeout")
    await standin.stop()


@pytest.mark.parametrize("setting", ["bot_token", "app_token"])
async def test_a_wrong_token_is_told_once_and_never_shown(
    stage: Stage, caplog: pytest.LogCaptureFixture, setting: str
) -> None:
    """The log names the setting to mend, once however often it is tried, and holds no token."""
    wrong = {"bot_token": "xoxb-wrong-token", "app_token": "xapp-1-wrong-token"}[setting]
    slack = another(stage, **{setting: wrong})
    method = {"bot_token": "auth.test", "app_token": "apps.connections.open"}[setting]
    caplog.set_level(logging.DEBUG)
    refused = asyncio.Event()

    async def count() -> None:
        seen = 0
        with stage.board.watch() as changes:
            async for name, row in changes:
                if name.startswith("wire/") and row is not None and row["what"] == method and row["refused"]:
                    seen += 1
                    if seen == 6:
                        refused.set()

    counting = asyncio.create_task(count())
    async with running(slack, Told()):
        await refused.wait()
    counting.cancel()
    errors = [record.getMessage() for record in caplog.records if record.name.startswith("adapters.slack")]
    (told,) = [error for error in errors if "Slack does not accept the token" in error]
    assert told.startswith(f"Slack does not accept the token in [slack] {setting} (invalid_auth). ")
    everything = caplog.text
    assert "auth.test" in everything or "apps.connections.open" in everything
    for token in (wrong, stage.standin.bot_token, stage.standin.app_token):
        assert token not in everything
