"""Permissions over raw HTTP: what the bot may not do is refused with the code that Discord gives."""

from collections.abc import Callable
from typing import Any

import pytest

from adapters.playground.discord import Discord
from adapters.playground.discord.permissions import Permission
from adapters.playground.impossible import Impossible
from tests.playground.discord.raw import Raw

Do = Callable[..., Any]
EMBED = {"embeds": [{"title": "x"}]}


@pytest.mark.parametrize("token", ["wrong", "playground.discord.tokem"])
async def test_a_wrong_token_is_refused(raw: Raw, token: str) -> None:
    """401 in Discord's words."""
    reply = await raw("GET", "/users/@me", token=token)
    assert (reply.status, reply.json) == (401, {"message": "401: Unauthorized", "code": 0})


async def test_what_is_not_there_is_not_found(raw: Raw) -> None:
    """404 in Discord's words."""
    reply = await raw("GET", "/lobbies/1")
    assert (reply.status, reply.json) == (404, {"message": "404: Not Found", "code": 0})


@pytest.mark.parametrize(
    ("denied", "body", "code"),
    [
        (Permission.VIEW_CHANNEL, {"content": "x"}, 50001),
        (Permission.SEND_MESSAGES, {"content": "x"}, 50013),
        (Permission.EMBED_LINKS, EMBED, 50013),
        (Permission.EMBED_LINKS, {"content": "x"}, None),
        (Permission.READ_MESSAGE_HISTORY, {"content": "x", "message_reference": {"message_id": "1"}}, 160002),
    ],
)
async def test_posting_needs_permissions(
    post: Do, standin: Discord, london: str, denied: Permission, body: Any, code: int | None
) -> None:
    """50001 where the bot cannot look, 50013 for what it may not do."""
    standin.world.overwrite(london, standin.world.bot_key, deny=denied)
    assert (await post(body)).json.get("code") == code


async def test_history_without_its_permission_is_empty(post: Do, raw: Raw, standin: Discord, london: str) -> None:
    """No messages are returned, and a single one is refused."""
    key = (await post({"content": "x"})).json["id"]
    standin.world.overwrite(london, standin.world.bot_key, deny=Permission.READ_MESSAGE_HISTORY)
    assert (await raw("GET", f"/channels/{london}/messages")).json == []
    assert (await raw("GET", f"/channels/{london}/messages/{key}")).code == 50013


async def test_threads_have_permissions_of_their_own(post: Do, raw: Raw, standin: Discord, london: str) -> None:
    """CREATE_PUBLIC_THREADS to make one, SEND_MESSAGES_IN_THREADS to write in it, SEND_MESSAGES does not matter."""
    bot = standin.world.bot_key
    key = (await post({"content": "x"})).json["id"]
    path = f"/channels/{london}/messages/{key}/threads"
    standin.world.overwrite(london, bot, deny=Permission.CREATE_PUBLIC_THREADS)
    assert (await raw("POST", path, {"name": "Talk"})).code == 50013
    standin.world.overwrite(london, bot)
    await raw("POST", path, {"name": "Talk"})
    codes: list[Any] = []
    for denied in (Permission.SEND_MESSAGES_IN_THREADS, Permission.SEND_MESSAGES):
        standin.world.overwrite(london, bot, deny=denied)
        codes.append((await raw("POST", f"/channels/{key}/messages", {"content": "x"})).json.get("code"))
    assert codes == [50013, None]


async def test_a_role_allows_what_everyone_is_denied(post: Do, standin: Discord, london: str) -> None:
    """Overwrites of everyone, then of roles, then of the member."""
    world = standin.world
    world.overwrite(london, standin.guild_id, deny=Permission.SEND_MESSAGES)
    assert (await post({"content": "x"})).code == 50013
    world.overwrite(london, world.bot_role, allow=Permission.SEND_MESSAGES)
    assert (await post({"content": "x"})).status == 200
    world.overwrite(london, world.bot_key, deny=Permission.SEND_MESSAGES)
    assert (await post({"content": "x"})).code == 50013


async def test_a_person_cannot_act_where_they_cannot_look(post: Do, standin: Discord, ada: str, london: str) -> None:
    """No press, no command, no message."""
    row = {"type": 1, "components": [{"type": 2, "style": 1, "label": "Go", "custom_id": "go"}]}
    key = (await post({"content": "x", "components": [row]})).json["id"]
    standin.world.overwrite(london, ada, deny=Permission.VIEW_CHANNEL)
    standin.world.overwrite(london, standin.guild_id, deny=Permission.VIEW_CHANNEL)
    for name, given in (
        ("press", {"message": key, "custom_id": "go"}),
        ("say", {"text": "x"}),
        ("slash", {"command": "go"}),
    ):
        with pytest.raises(Impossible, match="You cannot see that channel"):
            await standin.act(name, {"user": ada, "channel": london, **given})


async def test_scheduled_events_need_their_permission_a_place_and_an_end(raw: Raw, standin: Discord) -> None:
    """CREATE_EVENTS; an external event has a location and an end; none begins in the past."""
    path = f"/guilds/{standin.guild_id}/scheduled-events"
    body: dict[str, Any] = {
        "name": "Evening",
        "privacy_level": 2,
        "entity_type": 3,
        "entity_metadata": {"location": "Hall"},
        "scheduled_start_time": "2026-10-01T18:00:00Z",
        "scheduled_end_time": "2026-10-01T20:00:00Z",
    }
    without = [
        await raw("POST", path, {k: v for k, v in body.items() if k != name})
        for name in ("scheduled_end_time", "entity_metadata")
    ]
    assert [list(one.json["errors"]) for one in without] == [["scheduled_end_time"], ["entity_metadata"]]
    past = await raw("POST", path, {**body, "scheduled_start_time": "2026-09-01T18:00:00Z"})
    assert past.problem("scheduled_start_time") == "GUILD_SCHEDULED_EVENT_SCHEDULE_PAST"
    made = await raw("POST", path, body)
    assert made.status == 200
    changed = await raw("PATCH", f"{path}/{made.json['id']}", {"name": "Night"})
    assert (changed.json["name"], changed.json["scheduled_end_time"]) == ("Night", body["scheduled_end_time"])
    role = standin.world.role(standin.world.bot_role)
    role["permissions"] = str(int(role["permissions"]) & ~Permission.CREATE_EVENTS)
    assert (await raw("POST", path, body)).code == 50013
    assert (await raw("GET", f"{path}/1")).code == 10070


async def test_a_hundred_scheduled_events_are_the_most(raw: Raw, standin: Discord) -> None:
    """30038 for the next one; when one is gone there is room again."""
    standin.limits.enforced = False
    path = f"/guilds/{standin.guild_id}/scheduled-events"
    body: dict[str, Any] = {
        "name": "Evening",
        "privacy_level": 2,
        "entity_type": 3,
        "entity_metadata": {"location": "Hall"},
        "scheduled_start_time": "2026-10-01T18:00:00Z",
        "scheduled_end_time": "2026-10-01T20:00:00Z",
    }
    made = [await raw("POST", path, body) for _ in range(100)]
    refused = await raw("POST", path, body)
    assert (refused.status, refused.code) == (400, 30038)
    await raw("DELETE", f"{path}/{made[0].json['id']}")
    assert (await raw("POST", path, body)).status == 200


async def test_member_lists_need_the_members_intent(raw: Raw, standin: Discord, ada: str) -> None:
    """50001 without it, while a single member can always be fetched."""
    path = f"/guilds/{standin.guild_id}/members"
    assert (await raw("GET", path)).code == 50001
    assert (await raw("GET", f"{path}/{ada}")).json["user"]["id"] == ada
    assert (await raw("GET", f"{path}/1")).code == 10007
