"""Calls of the Web API: tokens, scopes, forms of a body, arguments."""

import json
from typing import Any

import pytest

SCOPED: dict[str, Any] = {
    "oauth_config": {"scopes": {"bot": ["chat:write", "channels:read"]}},
    "features": {"bot_user": {"display_name": "Small"}},
}


@pytest.mark.parametrize("method", ["chat.scheduleMessage", "pins.add", "no.such"])
async def test_a_method_that_is_not_played_is_unknown(town: Any, method: str) -> None:
    """Nothing is pretended: what is not played says so."""
    assert await town.call(method) == {"ok": False, "error": "unknown_method", "req_method": method}


async def test_a_call_needs_a_token_of_the_right_kind(town: Any) -> None:
    """No token, a wrong token, an app token for a bot's method and the other way round are refused."""
    slack = town.slack
    assert [
        await town.error("auth.test", token=""),
        await town.error("auth.test", token="xoxb-somebody-else"),
        await town.error("users.list", token=slack.app_token),
        await town.error("apps.connections.open", token=slack.bot_token),
    ] == ["not_authed", "invalid_auth", "not_allowed_token_type", "not_allowed_token_type"]


async def test_auth_test_says_who_the_app_is(town: Any) -> None:
    """The bot learns its own user, bot and team."""
    answer = await town.call("auth.test")
    bot = await town.call("bots.info", {"bot": answer["bot_id"]})
    team = await town.call("team.info")
    assert (answer["user_id"], bot["bot"]["user_id"], team["team"]["id"]) == (
        town.slack.bot_user,
        town.slack.bot_user,
        answer["team_id"],
    )


@pytest.mark.parametrize("manifest", [SCOPED])
@pytest.mark.parametrize(
    ("method", "args", "needed"),
    [
        ("users.info", {"user": "U1"}, "users:read"),
        ("conversations.list", {"types": "private_channel"}, "groups:read"),
        ("files.getUploadURLExternal", {"filename": "a", "length": 1}, "files:write"),
        ("conversations.open", {"users": "U1"}, "im:write,mpim:write,channels:manage,groups:write"),
    ],
)
async def test_a_scope_that_the_manifest_lacks_is_missed(
    town: Any, method: str, args: dict[str, Any], needed: str
) -> None:
    """The refusal names what is needed and what the token has."""
    assert await town.call(method, args) == {
        "ok": False,
        "error": "missing_scope",
        "needed": needed,
        "provided": "channels:read,chat:write",
    }


@pytest.mark.parametrize("manifest", [SCOPED])
async def test_another_name_needs_a_scope_of_its_own(town: Any) -> None:
    """chat:write alone does not let a bot pose as somebody else."""
    wanted = {"channel": town["london"], "text": "Hello", "username": "Ada Lovelace"}
    assert (await town.call("chat.postMessage", wanted))["needed"] == "chat:write.customize"


async def test_json_forms_and_queries_say_the_same(town: Any) -> None:
    """A call may come as JSON, as a form with JSON in it, or in the query; the token may be an argument."""
    blocks = [{"type": "divider"}]
    url, args = town.slack.api_url + "chat.postMessage", {"channel": town["london"], "text": "Hi"}
    form = {**args, "blocks": json.dumps(blocks), "token": town.slack.bot_token}
    answers = [await town.call("chat.postMessage", {**args, "blocks": blocks})]
    for sent in ({"data": form}, {"params": form}):
        async with town.http.post(url, **sent) as response:
            answers.append(await response.json())
    async with town.http.get(url, params=form) as response:
        answers.append(await response.json())
    assert [(one["ok"], one["message"]["blocks"][0]["type"]) for one in answers] == [(True, "divider")] * 4


async def test_unreadable_bodies_are_refused(town: Any) -> None:
    """Broken JSON, JSON that is no object, and other media types are refused by their own codes."""
    url, headers = town.slack.api_url + "auth.test", {"Authorization": f"Bearer {town.slack.bot_token}"}
    errors: list[str] = []
    for body, kind in (("{", "application/json"), ("[]", "application/json"), ("x", "text/yaml")):
        async with town.http.post(url, data=body, headers={**headers, "Content-Type": kind}) as response:
            assert response.status == 200
            errors.append((await response.json())["error"])
    assert errors == ["invalid_json", "json_not_object", "invalid_post_type"]


@pytest.mark.parametrize(
    ("method", "args", "words"),
    [
        ("chat.postMessage", {"text": "Hi"}, "missing required field: channel"),
        ("chat.update", {"channel": "C1", "text": "Hi"}, "missing required field: ts"),
        ("chat.postEphemeral", {"channel": "C1", "text": "Hi"}, "missing required field: user"),
        ("views.publish", {"view": {}}, "missing required field: user_id"),
        ("users.info", {}, "missing required field: user"),
        ("chat.postMessage", {"channel": "C1", "txt": "Hi"}, "unknown argument: txt"),
        ("chat.update", {"channel": "C1", "ts": "1", "thread_ts": "1"}, "unknown argument: thread_ts"),
        ("conversations.history", {"channel": "C1", "limit": "ten"}, "must be an integer [json-pointer:/limit]"),
        (
            "chat.postMessage",
            {"channel": "C1", "unfurl_links": "maybe"},
            "must be a boolean [json-pointer:/unfurl_links]",
        ),
        ("views.open", {"trigger_id": "1.2.a", "view": "{"}, "must be valid json [json-pointer:/view]"),
    ],
)
async def test_arguments_are_those_that_are_documented(
    town: Any, method: str, args: dict[str, Any], words: str
) -> None:
    """A forgotten, misspelt or malformed argument is `invalid_arguments`, with a sentence."""
    answer = await town.call(method, args)
    assert (answer["error"], answer["response_metadata"]["messages"]) == ("invalid_arguments", [f"[ERROR] {words}"])


async def test_lists_come_in_pages(town: Any) -> None:
    """A cursor leads through all people; a cursor that nobody gave out is refused."""
    names: list[str] = []
    cursor = ""
    for _ in range(2):
        answer = await town.call("users.list", {"limit": 2, "cursor": cursor})
        names += [one["name"] for one in answer["members"]]
        cursor = answer["response_metadata"]["next_cursor"]
    assert (names, cursor) == (["bot", "ada", "grace", "alan"], "")
    assert await town.error("users.list", {"cursor": "dXNlcjo"}) == "invalid_cursor"


async def test_people_and_channels_can_be_looked_up(town: Any) -> None:
    """Names, roles, zones and memberships are those of the world; strangers are not found."""
    ada = (await town.call("users.info", {"user": town["ada"], "include_locale": True}))["user"]
    assert (ada["real_name"], ada["is_admin"], ada["tz"], ada["locale"]) == (
        "Ada Lovelace",
        True,
        "Europe/London",
        "en-GB",
    )
    london = (await town.call("conversations.info", {"channel": town["london"], "include_num_members": True}))[
        "channel"
    ]
    assert (london["name"], london["is_member"], london["num_members"], "members" in london) == (
        "london",
        True,
        4,
        False,
    )
    members = await town.call("conversations.members", {"channel": town["quiet"]})
    assert members["members"] == [town["ada"]]
    listed = await town.call("conversations.list")
    mine = await town.call("users.conversations")
    assert [one["name"] for one in listed["channels"]] == ["london", "quiet"]
    assert [one["name"] for one in mine["channels"]] == ["london"]
    assert await town.error("users.info", {"user": "U404"}) == "user_not_found"
    assert await town.error("conversations.info", {"channel": "C404"}) == "channel_not_found"
    assert await town.error("conversations.list", {"types": "rooms"}) == "invalid_types"


async def test_every_call_is_on_the_wire_without_its_token(town: Any) -> None:
    """The wire shows request, answer and refusal; no token appears anywhere on the board."""
    await town.error("chat.postMessage", {"channel": "C404", "text": town.slack.bot_token})
    await town.socket()
    row = next(one for one in town.board.rows("wire/").values() if one["what"] == "chat.postMessage")
    assert (row["direction"], row["status"], row["refused"], row["answer"]) == (
        "in",
        200,
        "channel_not_found",
        {"ok": False, "error": "channel_not_found"},
    )
    shown = json.dumps(town.board.rows())
    assert town.slack.bot_token not in shown
    assert town.slack.app_token not in shown
