"""Socket Mode: tickets, hello, pings, disconnects, many sockets, acknowledgements."""

import asyncio
import re
from typing import Any

import aiohttp
import pytest

BUTTON = {"type": "button", "action_id": "a", "text": {"type": "plain_text", "text": "Go"}}


async def test_a_socket_url_works_once_and_for_a_short_while(town: Any) -> None:
    """A second connection, a late one, and a made-up ticket are refused."""
    once, late = [(await town.call("apps.connections.open", token=town.slack.app_token))["url"] for _ in range(2)]
    async with town.http.ws_connect(once) as first:
        assert (await first.receive_json())["type"] == "hello"
    town.stopwatch.seconds += 31
    for url in (once, late, once.partition("?")[0] + "?ticket=mine"):
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await town.http.ws_connect(url)
        assert refused.value.status == 403


async def test_hello_says_how_many_sockets_there_are(town: Any) -> None:
    """The first words on a socket are Slack's, field by field."""
    await town.socket()
    url = (await town.call("apps.connections.open", token=town.slack.app_token))["url"]
    async with town.http.ws_connect(url) as second:
        hello = await second.receive_json()
    assert hello == {
        "type": "hello",
        "num_connections": 2,
        "debug_info": {
            "host": "applink-2",
            "started": "2026-09-17 12:00:00.000",
            "build_number": 1,
            "approximate_connection_time": 18060,
        },
        "connection_info": {"app_id": town.slack.workspace.app.key},
    }


async def test_ten_sockets_are_the_most(town: Any) -> None:
    """The eleventh is told that there are too many, and closed."""
    for _ in range(10):
        await town.socket()
    url = (await town.call("apps.connections.open", token=town.slack.app_token))["url"]
    eleventh = await town.http.ws_connect(url)
    told = await eleventh.receive_json()
    assert (told["type"], told["reason"]) == ("disconnect", "too_many_websockets")
    assert (await eleventh.receive()).type is aiohttp.WSMsgType.CLOSE
    await eleventh.close()
    assert town.slack.workspace.sockets.count == 10


async def test_slack_pings(town: Any) -> None:
    """A ping names the host it comes from."""
    ws = await town.socket()
    await town.slack.workspace.sockets.ping()
    message = await ws.receive()
    assert (message.type, message.data) == (aiohttp.WSMsgType.PING, b"Ping from applink-1")


async def test_any_socket_may_get_an_envelope(town: Any) -> None:
    """With two sockets, two commands in a row reach both of them."""
    ears = [await town.ears(), await town.ears(another=True)]
    acting = [asyncio.create_task(town.slack.slash(town["ada"], town["london"], f"/x {n}")) for n in range(2)]
    heard = [await one.hear("slash_commands") for one in ears]
    for one, envelope in zip(ears, heard, strict=True):
        await one.ack(envelope)
    assert [(await one)["acked"] for one in acting] == [True, True]
    assert sorted(one["payload"]["text"] for one in heard) == ["0", "1"]


@pytest.mark.parametrize("reason", ["warning", "refresh_requested", "link_disabled"])
async def test_a_disconnect_is_announced_ten_seconds_before(town: Any, reason: str) -> None:
    """The note comes first; the socket is closed ten seconds later."""
    ws = await town.socket()
    await town.slack.act("sockets", {"what": reason})
    told = await ws.receive_json()
    assert told == {"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-1"}}
    town.stopwatch.seconds += 10.1
    async with asyncio.timeout(5):
        assert (await ws.receive()).type is aiohttp.WSMsgType.CLOSE


async def test_a_socket_that_is_to_refresh_gets_no_more_envelopes(town: Any) -> None:
    """After refresh_requested only the new socket hears."""
    await town.socket()
    await town.slack.act("sockets", {"what": "refresh_requested"})
    outcome = await town.slack.slash(town["ada"], town["london"], "/x")
    assert outcome["error"] == "dispatch_failed"
    fresh = await town.ears(another=True)
    outcome, _ = await fresh.answer(town.slack.slash(town["ada"], town["london"], "/x"), "slash_commands")
    assert outcome["acked"]


async def test_a_dropped_socket_ends_without_a_word(town: Any) -> None:
    """No closing handshake: the client sees the connection break."""
    ws = await town.socket()
    await town.slack.act("sockets", {"what": "drop"})
    async with asyncio.timeout(5):
        message = await ws.receive()
        await town.slack.workspace.sockets.disconnected()
    assert message.type in (aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR)
    assert ws.close_code == aiohttp.WSCloseCode.ABNORMAL_CLOSURE


async def test_a_command_unanswered_for_three_seconds_has_failed(town: Any) -> None:
    """The person reads Slack's words; an acknowledgement a moment too late changes nothing."""
    ears = await town.ears()
    acting = asyncio.create_task(town.slack.slash(town["ada"], town["london"], "/event create"))
    envelope = await ears.hear("slash_commands")
    town.stopwatch.seconds += 3.01
    await ears.ack(envelope)
    outcome = await acting
    words = "`/event` failed because the app did not respond. Please try again or contact the app developer."
    assert (outcome["acked"], outcome["error"], outcome["told"]) == (False, "operation_timeout", words)
    assert [(one["user"], one["text"]) for one in town.ephemerals()] == [("USLACKBOT", words)]


@pytest.mark.parametrize(
    ("what", "kind"),
    [
        ("press", "block_actions"),
        ("shortcut", "shortcut"),
        ("options", "block_suggestion"),
        ("message", "message_action"),
    ],
)
async def test_whatever_is_unanswered_for_three_seconds_has_failed(town: Any, what: str, kind: str) -> None:
    """Presses, shortcuts and menus that ask for their options too: an acknowledgement after that comes too late."""
    ears, slack, ada, london = await town.ears(), town.slack, town["ada"], town["london"]
    menu = {"type": "external_select", "action_id": "m", "min_query_length": 0}
    ts = await town.post(blocks=[{"type": "actions", "block_id": "b", "elements": [BUTTON, menu]}])
    await ears.ack(await ears.hear("message"))
    act = {
        "press": lambda: slack.press(ada, london, ts, "a"),
        "shortcut": lambda: slack.shortcut(ada, "new"),
        "message": lambda: slack.shortcut(ada, "new", london, ts),
        "options": lambda: slack.act(
            "options",
            {"user": ada, "channel": london, "ts": ts, "block_id": "b", "action_id": "m", "value": "x"},
        ),
    }[what]
    acting = asyncio.create_task(act())
    envelope = await ears.hear(kind)
    town.stopwatch.seconds += 3.01
    await ears.ack(envelope)
    outcome = await acting
    assert (outcome["acked"], outcome["error"]) == (False, "operation_timeout")


async def test_without_a_socket_a_command_fails_at_once(town: Any) -> None:
    """The app is not there: dispatch_failed."""
    outcome = await town.slack.slash(town["ada"], town["london"], "/event")
    assert (outcome["error"], outcome["told"]) == (
        "dispatch_failed",
        '`/event` failed with the error "dispatch_failed"',
    )


async def test_envelopes_say_whether_they_take_a_payload(town: Any) -> None:
    """A payload where none is accepted is passed over, and the wire shows it."""
    ears = await town.ears()
    ts = await town.post(
        blocks=[
            {
                "type": "actions",
                "elements": [{"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}],
            }
        ]
    )
    outcome, told = await ears.answer(
        town.slack.press(town["ada"], town["london"], ts, "go"), "block_actions", {"text": "Done"}
    )
    assert (outcome, told["type"], told["accepts_response_payload"]) == (
        {"acked": True, "error": None},
        "interactive",
        False,
    )
    refused = [one["refused"] for one in town.board.rows("wire/").values() if one["what"] == "socket: acknowledgement"]
    assert refused == ["payload not accepted"]
    assert town.ephemerals() == []


async def test_words_that_are_no_acknowledgement_are_shown_on_the_wire(town: Any) -> None:
    """Broken JSON and unknown envelopes disturb nobody."""
    ears = await town.ears()
    await ears.ws.send_str("{")
    await ears.ack({"envelope_id": "no-such"})
    await ears.ack({"envelope_id": ["no-such"]})
    outcome, _ = await ears.answer(town.slack.slash(town["ada"], town["london"], "/x"), "slash_commands")
    assert outcome["acked"]
    rows = [one for one in town.board.rows("wire/").values() if one["what"] == "socket: unknown acknowledgement"]
    assert [one["refused"] for one in rows] == ["unknown envelope_id"] * 3


async def test_trigger_ids_and_urls_are_fresh_for_every_act(town: Any) -> None:
    """Two commands share nothing, and have Slack's forms."""
    ears = await town.ears()
    heard: list[Any] = []
    for _ in range(2):
        _, told = await ears.answer(town.slack.slash(town["ada"], town["london"], "/x"), "slash_commands")
        heard.append(told["payload"])
    assert heard[0]["trigger_id"] != heard[1]["trigger_id"]
    assert heard[0]["response_url"] != heard[1]["response_url"]
    assert re.fullmatch(r"\d+\.\d+\.[0-9a-f]{32}", heard[0]["trigger_id"])
    assert heard[0]["response_url"].startswith(f"{town.slack.workspace.origin}/hooks/commands/{town.slack.team}/")
