"""Interactions over raw HTTP: suggestions, where they happen, and whether anybody listens."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from adapters.playground.discord import Discord
from tests.playground.discord.raw import Line, Raw

Do = Callable[..., Any]
MESSAGE: dict[str, Any] = {"type": 4, "data": {"content": "Hello"}}
BUTTON: dict[str, Any] = {"type": 1, "components": [{"type": 2, "style": 1, "label": "Go", "custom_id": "go"}]}


@pytest.mark.parametrize(
    ("choices", "path", "problem"),
    [
        ([{"name": str(n), "value": str(n)} for n in range(26)], ("choices",), "BASE_TYPE_MAX_LENGTH"),
        ([{"name": "n" * 101, "value": "v"}], ("choices", "0", "name"), "BASE_TYPE_BAD_LENGTH"),
        ([{"name": "n", "value": "v" * 101}], ("choices", "0", "value"), "BASE_TYPE_BAD_LENGTH"),
        ([{"name": "n"}], ("choices", "0", "value"), "BASE_TYPE_REQUIRED"),
    ],
)
async def test_suggestions_have_limits(
    standin: Discord,
    raw: Raw,
    line: Line,
    acting: Do,
    respond: Do,
    ada: str,
    london: str,
    choices: Any,
    path: tuple[str, ...],
    problem: str,
) -> None:
    """At most 25 choices of at most 100 characters; 25 are fine."""
    option = {"type": 3, "name": "where", "description": "Where", "autocomplete": True}
    command = {"name": "find", "description": "Find", "options": [option]}
    await raw("POST", f"/applications/{standin.application_id}/commands", command)
    typed = {"user": ada, "channel": london, "command": "find", "options": {"where": "lo"}, "focused": "where"}
    event = await acting(line, "complete", typed)
    assert event["data"]["options"] == [{"name": "where", "type": 3, "value": "lo", "focused": True}]
    assert (await respond(event, {"type": 8, "data": {"choices": choices}})).problem("data", *path) == problem
    assert (await respond(event, MESSAGE)).problem("type") == "BASE_TYPE_CHOICES"
    fine = [{"name": str(n), "value": str(n)} for n in range(25)]
    assert (await respond(event, {"type": 8, "data": {"choices": fine}})).status == 204


async def test_a_press_in_a_direct_message_has_a_user_and_neither_member_nor_guild(
    raw: Raw, line: Line, acting: Do, standin: Discord, ada: str
) -> None:
    """Its context is the bot's direct messages, and the owner of the installation is "0"."""
    place = standin.direct_messages(ada)
    message = (await raw("POST", f"/channels/{place}/messages", {"content": "Coming?", "components": [BUTTON]})).json
    event = await acting(line, "press", {"user": ada, "channel": place, "message": message["id"], "custom_id": "go"})
    assert not {"member", "guild", "guild_id", "guild_locale"} & event.keys()
    assert (event["user"]["id"], event["context"], event["authorizing_integration_owners"]) == (ada, 1, {"0": "0"})


async def test_an_interaction_in_the_server_says_where_and_what_is_allowed(go: Do, standin: Discord, ada: str) -> None:
    """Member with permissions, locales, the app's permissions, the upload limit and the context."""
    event = await go()
    assert (event["context"], event["locale"], event["guild_locale"]) == (0, "en-GB", "en-GB")
    assert (event["member"]["user"]["id"], int(event["member"]["permissions"]) >> 5 & 1) == (ada, 1)
    assert int(event["app_permissions"]) >> 17 & 1 == 1
    assert (event["attachment_size_limit"], event["entitlements"]) == (10 * 1024 * 1024, [])
    assert event["authorizing_integration_owners"] == {"0": standin.guild_id}


async def test_without_a_connected_bot_an_act_fails_at_once(
    standin: Discord, raw: Raw, post: Do, ada: str, london: str
) -> None:
    """Nobody is there to answer."""
    message = (await post({"content": "Card", "components": [BUTTON]})).json
    press = {"user": ada, "channel": london, "message": message["id"], "custom_id": "go"}
    async with asyncio.timeout(1):
        act = await standin.act("press", press)
    assert act == {
        "acked": False,
        "error": "The application did not respond",
        "interaction": act["interaction"],
        "message": None,
    }
