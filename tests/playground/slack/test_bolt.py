"""A small bot as anybody would write it with slack-bolt: it runs unchanged against the stand-in."""

import asyncio
from collections.abc import AsyncIterator
from time import monotonic
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.playground.time import Stopwatch

FORM = {
    "type": "modal",
    "callback_id": "lunch",
    "title": {"type": "plain_text", "text": "Lunch"},
    "submit": {"type": "plain_text", "text": "Ask"},
    "blocks": [
        {
            "type": "input",
            "block_id": "place",
            "label": {"type": "plain_text", "text": "Where?"},
            "element": {"type": "plain_text_input", "action_id": "name"},
        }
    ],
}


def lunch_bot(client: AsyncWebClient) -> AsyncApp:
    """Asks where to have lunch, posts it, and counts who comes."""
    app = AsyncApp(client=client)
    coming: set[str] = set()

    @app.command("/lunch")
    async def ask(ack: Any, body: Any, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view={**FORM, "private_metadata": body["channel_id"]})

    @app.view("lunch")
    async def post(ack: Any, view: Any, body: Any, client: AsyncWebClient) -> None:
        where = view["state"]["values"]["place"]["name"]["value"]
        if where == "nowhere":
            await ack(response_action="errors", errors={"place": "Everybody must eat."})
            return
        await ack()
        await client.chat_postMessage(
            channel=view["private_metadata"],
            text=f"Lunch at {where}?",
            blocks=[
                {"type": "section", "text": {"type": "plain_text", "text": f"Lunch at {where}?"}},
                {
                    "type": "actions",
                    "elements": [
                        {"type": "button", "action_id": "come", "text": {"type": "plain_text", "text": "I'll come"}}
                    ],
                },
            ],
        )

    @app.action("come")
    async def come(ack: Any, body: Any, respond: Any, client: AsyncWebClient) -> None:
        await ack()
        coming.add(body["user"]["id"])
        await respond(text="You are coming.", replace_original=False)
        await client.chat_update(
            channel=body["channel"]["id"], ts=body["message"]["ts"], text=f"{len(coming)} coming", blocks=[]
        )

    @app.event("app_mention")
    async def greet(event: Any, say: Any) -> None:
        await say(text=f"Hello <@{event['user']}>", thread_ts=event["ts"])

    @app.event("message")
    async def listen() -> None:
        return

    return app


@pytest.fixture
def stopwatch() -> Stopwatch:
    return monotonic


@pytest.fixture
async def bot(town: Any) -> AsyncIterator[AsyncSocketModeHandler]:
    client = AsyncWebClient(token=town.slack.bot_token, base_url=town.slack.api_url)
    handler = AsyncSocketModeHandler(lunch_bot(client), town.slack.app_token)
    await handler.connect_async()
    await town.slack.workspace.sockets.connected()
    yield handler
    await handler.close_async()


async def shown(town: Any, prefix: str, count: int = 1) -> list[Any]:
    """The rows of this kind, once there are so many."""
    async with asyncio.timeout(5):
        with town.board.watch() as changes:
            async for _ in changes:
                rows = list(town.board.rows(prefix).values())
                if len(rows) >= count:
                    return rows
    raise AssertionError


async def test_a_bolt_bot_plays_a_whole_story(town: Any, bot: AsyncSocketModeHandler) -> None:
    """Command, form with an error, message, button, private receipt and edited message all work by the real library."""
    assert (await town.slack.slash(town["ada"], town["london"], "/lunch today")) == {"acked": True, "error": None}
    [form] = await shown(town, f"slack/view/{town['ada']}/")
    view = form["view"]["id"]
    wrong = await town.slack.submit(town["ada"], view, {"place": {"name": {"value": "nowhere"}}})
    assert wrong == {"acked": True, "error": None, "errors": {"place": "Everybody must eat."}}
    assert town.views()[0]["errors"] == {"place": "Everybody must eat."}
    done = await town.slack.submit(town["ada"], view, {"place": {"name": {"value": "Daisy's & co"}}})
    assert (done["acked"], town.views()) == (True, [])
    [message] = await shown(town, f"slack/message/{town['london']}/")
    assert message["text"] == "Lunch at Daisy's & co?"
    pressed = await town.slack.press(town["grace"], town["london"], message["ts"], "come")
    assert pressed == {"acked": True, "error": None}
    [receipt] = await shown(town, f"slack/ephemeral/{town['grace']}/")
    assert receipt["text"] == "You are coming."
    async with asyncio.timeout(5):
        with town.board.watch() as changes:
            async for name, row in changes:
                if name.endswith(message["ts"]) and row is not None and row["text"] == "1 coming":
                    break


async def test_a_bolt_bot_hears_that_it_is_mentioned(town: Any, bot: AsyncSocketModeHandler) -> None:
    """A mention reaches the app, whose answer lands in the thread and notifies the person."""
    said = await town.slack.say(town["ada"], town["london"], "@bot hello")
    assert said["acked"]
    rows = await shown(town, f"slack/message/{town['london']}/", 2)
    assert (rows[1]["text"], rows[1]["thread_ts"], rows[1]["_mentioned"]) == (
        f"Hello <@{town['ada']}>",
        said["ts"],
        [town["ada"]],
    )


async def test_the_sdk_raises_what_the_stand_in_refuses(town: Any) -> None:
    """A refusal arrives as the library's own error, with Slack's code."""
    client = AsyncWebClient(token=town.slack.bot_token, base_url=town.slack.api_url)
    with pytest.raises(SlackApiError) as raised:
        await client.chat_postMessage(channel="C404", text="Anybody there?")
    assert raised.value.response["error"] == "channel_not_found"


async def test_an_upload_by_the_sdk_takes_its_three_steps(town: Any) -> None:
    """files_upload_v2 asks for a URL, sends the content and completes; the picture can then be fetched."""
    client = AsyncWebClient(token=town.slack.bot_token, base_url=town.slack.api_url)
    await client.files_upload_v2(
        channel=town["london"], filename="chart.png", content=b"not really a picture", alt_txt="A chart", title="Chart"
    )
    [row] = town.board.rows(f"slack/message/{town['london']}/").values()
    [file] = row["files"]
    assert (file["title"], file["alt_txt"], file["size"]) == ("Chart", "A chart", 20)
    async with town.http.get(file["url_private"]) as response:
        assert await response.read() == b"not really a picture"


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
async def test_a_bolt_bot_comes_back_when_it_is_told_to_go(town: Any, bot: AsyncSocketModeHandler, reason: str) -> None:
    """The library asks for a new URL and hears the next command on its new socket."""
    before = hellos(town)
    await town.slack.act("sockets", {"what": reason})
    async with asyncio.timeout(10):
        with town.board.watch() as changes:
            async for _ in changes:
                if hellos(town) > before and town.slack.workspace.sockets.count == 1:
                    break
    assert (await town.slack.slash(town["ada"], town["london"], "/lunch"))["acked"]


def hellos(town: Any) -> int:
    return sum(one["what"] == "socket: hello" for one in town.board.rows("wire/").values())
