"""Faults: each can be switched on, shows on the board, and does what it says."""

import asyncio
from typing import Any

import aiohttp
import pytest

from adapters.playground.impossible import Impossible


async def status(town: Any, method: str, args: dict[str, Any]) -> tuple[int, str | None]:
    """The status of a call, and its Retry-After."""
    headers = {"Authorization": f"Bearer {town.slack.bot_token}"}
    async with town.http.post(town.slack.api_url + method, json=args, headers=headers) as response:
        return response.status, response.headers.get("Retry-After")


async def test_faults_are_rows_on_the_board(town: Any) -> None:
    """Each says what it does and how often it still will; an unknown fault is impossible."""
    name = "fault/slack/ratelimited"
    takes = ["times", "call", "seconds"]
    off = {"on": False, "title": "Calls are answered 429 with Retry-After", "left": None, "takes": takes}
    assert town.board.get(name) == off
    await town.slack.act("fault", {"name": "ratelimited", "left": 2, "method": "chat.update"})
    assert town.board.get(name) == {**off, "on": True, "left": 2, "method": "chat.update", "seconds": 5.0}
    await town.slack.act("fault", {"name": "ratelimited", "on": False})
    assert town.board.get(name) == off
    with pytest.raises(Impossible, match="Say which channel"):
        await town.slack.act("fault", {"name": "channel_deleted"})
    with pytest.raises(Impossible, match="There is no fault gremlins"):
        await town.slack.act("fault", {"name": "gremlins"})
    with pytest.raises(Impossible, match="There is no method chat"):
        await town.slack.act("fault", {"name": "ratelimited", "method": "chat.shout"})


async def test_what_a_fault_refused_is_on_the_wire_with_its_arguments(town: Any) -> None:
    """So that one sees what the bot will have to say again."""
    town.slack.faults.switch("ratelimited", left=1)
    wanted = {"channel": town["london"], "text": "Hi"}
    await town.call("chat.postMessage", wanted)
    [row] = town.board.rows("wire/").values()
    assert (row["json"], row["status"], row["refused"]) == (wanted, 429, "ratelimited")


async def test_response_urls_can_fail_too(town: Any) -> None:
    """By the name that the page gives them; what was carried out before the error stays done."""
    _, envelope = await (await town.ears()).answer(
        town.slack.slash(town["ada"], town["london"], "/x"), "slash_commands"
    )
    url = envelope["payload"]["response_url"]
    statuses: list[int] = []
    for fault in ("ratelimited", "error_before", "error_after"):
        await town.slack.act("fault", {"name": fault, "left": 1, "method": "response_url"})
        async with town.http.post(url, json={"text": fault}) as response:
            statuses.append(response.status)
    assert (statuses, [one["text"] for one in town.ephemerals()]) == ([429, 500, 500], ["error_after"])


async def test_calls_can_be_answered_429(town: Any) -> None:
    """For this method only and so many times, with the seconds to wait."""
    town.slack.faults.switch("ratelimited", left=1, method="chat.postMessage", seconds=7)
    wanted = {"channel": town["london"], "text": "Hi"}
    assert await status(town, "auth.test", {}) == (200, None)
    assert await status(town, "chat.postMessage", wanted) == (429, "7")
    assert await status(town, "chat.postMessage", wanted) == (200, None)


async def test_a_server_error_may_come_before_or_after_the_work(town: Any) -> None:
    """Both answer 500; only one of them posted."""
    wanted = {"channel": town["london"], "text": "Hi"}
    town.slack.faults.switch("error_before", left=1)
    assert await status(town, "chat.postMessage", wanted) == (500, None)
    assert town.board.rows("slack/message/") == {}
    town.slack.faults.switch("error_after", left=1)
    assert await status(town, "chat.postMessage", wanted) == (500, None)
    assert [one["text"] for one in town.board.rows("slack/message/").values()] == ["Hi"]


async def test_an_answer_can_be_cut_off_after_the_work(town: Any) -> None:
    """The connection breaks without an answer, and yet the message is there."""
    town.slack.faults.switch("cut_off", left=1, method="chat.postMessage")
    with pytest.raises(aiohttp.ClientError):
        await town.post("Posted")
    assert [one["text"] for one in town.board.rows("slack/message/").values()] == ["Posted"]


async def test_an_answer_can_be_late(town: Any) -> None:
    """The work is done at once, the answer comes after these seconds."""
    town.slack.faults.switch("slow_answers", left=1, seconds=20)
    posting = asyncio.create_task(town.post("Slow"))
    async with asyncio.timeout(5):
        with town.board.watch() as changes:
            async for name, _ in changes:
                if name.startswith("slack/message/"):
                    break
        assert not posting.done()
        town.stopwatch.seconds += 20
        assert town.message(await posting)["text"] == "Slow"


async def test_a_connection_can_be_refused_at_both_steps(town: Any) -> None:
    """No URL is given out; or one is, and then refused: each time once."""
    town.slack.faults.switch("refused_open", left=1)
    assert await town.error("apps.connections.open", token=town.slack.app_token) == "internal_error"
    town.slack.faults.switch("refused_socket", left=1)
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await town.socket()
    assert not (await town.socket()).closed


async def test_sockets_can_be_cut_by_a_switch(town: Any) -> None:
    """It happens once, at the moment of switching; the switch is off again at once."""
    ws = await town.socket()
    await town.slack.act("fault", {"name": "sockets_dropped"})
    assert (await ws.receive()).type in (aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR)
    row = town.board.get("fault/slack/sockets_dropped")
    assert row == {"on": False, "title": "The app's sockets are cut now", "left": None, "takes": []}


@pytest.mark.parametrize("fault", ["channel_deleted", "channel_archived", "bot_removed"])
async def test_what_befell_a_channel_is_undone_there(town: Any, fault: str) -> None:
    """Whichever channel is open when the fault is switched off; and only one channel suffers at a time."""
    other = town.slack.add_channel("birmingham")
    wanted = [{"channel": one, "text": "Hi"} for one in (town["london"], other)]
    for channel in (town["london"], other):
        await town.slack.act("fault", {"name": fault, "channel": channel, "left": 3})
    assert town.board.get(f"fault/slack/{fault}")["left"] is None
    assert [await town.error("chat.postMessage", one) is None for one in wanted] == [True, False]
    await town.slack.act("fault", {"name": fault, "on": False, "channel": town["london"]})
    assert [await town.error("chat.postMessage", one) is None for one in wanted] == [True, True]


async def test_an_acknowledged_event_can_come_again(town: Any) -> None:
    """Same event_id, retry_attempt 1."""
    town.slack.faults.switch("redelivered", left=1)
    ears = await town.ears()
    outcome, first = await ears.answer(town.slack.say(town["ada"], town["london"], "Hello"), "message")
    again = await ears.hear("message")
    await ears.ack(again)
    assert outcome["acked"]
    assert (again["retry_attempt"], again["payload"]) == (1, first["payload"])


async def test_an_envelope_can_come_twice(town: Any) -> None:
    """The same payload in two envelopes; the second one may take a while to be acknowledged."""
    town.slack.faults.switch("doubled", left=1)
    ears = await town.ears()
    acting = asyncio.create_task(town.slack.slash(town["ada"], town["london"], "/x"))
    first, second = await ears.hear("slash_commands"), await ears.hear("slash_commands")
    for one in (second, first):
        await ears.ack(one)
    assert (await acting)["acked"]
    assert (first["payload"], first["envelope_id"] == second["envelope_id"]) == (second["payload"], False)


@pytest.mark.parametrize(
    ("fault", "where", "error"),
    [
        ("closed_direct_messages", "ada", "messages_tab_disabled"),
        ("token_revoked", "london", "token_revoked"),
        ("channel_deleted", "london", "channel_not_found"),
        ("channel_archived", "london", "is_archived"),
        ("bot_removed", "london", "not_in_channel"),
    ],
)
async def test_the_world_can_turn_against_the_app(town: Any, fault: str, where: str, error: str) -> None:
    """Posting fails by its own code while the fault is on, and works again afterwards."""
    wanted = {"channel": town[where], "text": "Hi"}
    town.slack.faults.switch(fault, channel=town["london"])
    assert await town.error("chat.postMessage", wanted) == error
    town.slack.faults.switch(fault, False)
    assert await town.error("chat.postMessage", wanted) is None


async def test_an_archived_channels_messages_cannot_be_changed(town: Any) -> None:
    """The message is there, the channel is closed."""
    ts = await town.post()
    town.slack.faults.switch("channel_archived", channel=town["london"])
    assert await town.error("chat.update", {"channel": town["london"], "ts": ts, "text": "x"}) == "is_inactive"


@pytest.mark.parametrize("fault", ["closed_direct_messages", "token_revoked"])
async def test_refusals_can_be_counted(town: Any, fault: str) -> None:
    """Once, and then all is well."""
    town.slack.faults.switch(fault, left=1)
    wanted = {"channel": town["ada"], "text": "Hi"}
    assert [await town.error("chat.postMessage", wanted) is None for _ in range(2)] == [False, True]
