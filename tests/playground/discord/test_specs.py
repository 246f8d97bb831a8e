"""What the stand-in answers and tells is what Discord's specifications say; what they refuse, it refuses."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from adapters.playground.discord import Discord
from tests.playground.discord.raw import CONTENT, UNPRIVILEGED, Line, Raw
from tests.playground.discord.specs import Specs

V2 = 1 << 15
LAYOUT: list[dict[str, Any]] = [
    {
        "type": 17,
        "accent_color": 0x112233,
        "components": [
            {"type": 10, "content": "# An evening <@1>"},
            {
                "type": 9,
                "components": [{"type": 10, "content": "Where"}],
                "accessory": {"type": 11, "media": {"url": "https://example.org/a.png"}, "description": "A"},
            },
            {"type": 14},
            {"type": 12, "items": [{"media": {"url": "attachment://a.txt"}}]},
            {"type": 13, "file": {"url": "attachment://a.txt"}},
            {
                "type": 1,
                "components": [
                    {"type": 2, "style": 1, "label": "Going", "custom_id": "going"},
                    {"type": 2, "style": 5, "label": "Site", "url": "https://example.org"},
                ],
            },
        ],
    },
    {"type": 1, "components": [{"type": 3, "custom_id": "menu", "options": [{"label": "A", "value": "a"}]}]},
    {"type": 1, "components": [{"type": 5, "custom_id": "users"}]},
]
COMMAND: dict[str, Any] = {
    "name": "event",
    "description": "Events",
    "options": [
        {
            "type": 1,
            "name": "create",
            "description": "Plan",
            "options": [
                {"type": 3, "name": "title", "description": "Title", "required": True, "max_length": 80},
                {"type": 4, "name": "seats", "description": "Seats", "min_value": 1},
                {"type": 3, "name": "chapter", "description": "Chapter", "autocomplete": True},
                {"type": 6, "name": "host", "description": "Host"},
                {"type": 7, "name": "where", "description": "Where", "channel_types": [0]},
            ],
        }
    ],
}


@pytest.fixture(scope="module")
def loaded() -> dict[str, Specs]:
    return {}


@pytest.fixture
def specs(platform_specs: Path, loaded: dict[str, Specs]) -> Specs:
    return loaded.setdefault("discord", Specs(platform_specs / "discord"))


class Checked:
    """Raw calls whose answers are checked against the OpenAPI document."""

    def __init__(self, raw: Raw, specs: Specs) -> None:
        self._raw = raw
        self._specs = specs

    async def __call__(self, method: str, path: str, body: Any = None, *, data: Any = None, **names: str) -> Any:
        """Ask, check, and return the answer's JSON."""
        pure = path.partition("?")[0]
        reply = await self._raw(method, path.format_map(names), body, data=data)
        assert self._specs.answer(method, pure, reply.status, reply.json) == [], f"{method} {path}"
        return reply.json


@pytest.fixture
def checked(raw: Raw, specs: Specs) -> Checked:
    return Checked(raw, specs)


async def test_answers_about_people_channels_and_the_server_are_as_specified(
    checked: Checked, standin: Discord, ada: str, london: str
) -> None:
    """Every object that the API gives validates."""
    app, guild = standin.application_id, standin.guild_id
    standin.world.add_role("Speakers")
    standin.sockets.door.privileged = 1 << 1
    await checked("GET", "/gateway")
    await checked("GET", "/gateway/bot")
    await checked("GET", "/users/@me")
    await checked("GET", "/applications/@me")
    await checked("GET", "/oauth2/applications/@me")
    await checked("GET", "/users/{user_id}", user_id=ada)
    await checked("GET", "/users/@me/guilds")
    await checked("POST", "/users/@me/channels", {"recipient_id": ada})
    await checked("GET", "/guilds/{guild_id}?with_counts=true", guild_id=guild)
    await checked("GET", "/guilds/{guild_id}/channels", guild_id=guild)
    await checked("GET", "/guilds/{guild_id}/roles", guild_id=guild)
    await checked("GET", "/guilds/{guild_id}/members?limit=10", guild_id=guild)
    await checked("GET", "/guilds/{guild_id}/members/search?query=ada", guild_id=guild)
    await checked("GET", "/guilds/{guild_id}/members/{user_id}", guild_id=guild, user_id=ada)
    await checked("GET", "/channels/{channel_id}", channel_id=london)
    made = await checked("POST", "/applications/{application_id}/commands", COMMAND, application_id=app)
    await checked("GET", "/applications/{application_id}/commands", application_id=app)
    where = {"application_id": app, "command_id": made["id"]}
    await checked("GET", "/applications/{application_id}/commands/{command_id}", **where)
    await checked("PATCH", "/applications/{application_id}/commands/{command_id}", {"description": "New"}, **where)
    context = {"name": "Take note", "type": 3}
    await checked(
        "PUT",
        "/applications/{application_id}/guilds/{guild_id}/commands",
        [COMMAND, context],
        application_id=app,
        guild_id=guild,
    )
    event = {
        "name": "Evening",
        "privacy_level": 2,
        "entity_type": 3,
        "entity_metadata": {"location": "Hall"},
        "scheduled_start_time": "2026-10-01T18:00:00Z",
        "scheduled_end_time": "2026-10-01T20:00:00Z",
    }
    await checked("POST", "/guilds/{guild_id}/scheduled-events", event, guild_id=guild)
    await checked("GET", "/guilds/{guild_id}/scheduled-events", guild_id=guild)
    await checked("GET", "/guilds/{guild_id}/members/{user_id}", guild_id=guild, user_id="1")


async def test_answers_about_messages_and_threads_are_as_specified(checked: Checked, london: str, ada: str) -> None:
    """Plain messages, layouts with files, embeds, replies, pins, threads and refusals validate."""
    at = {"channel_id": london}
    plain = await checked("POST", "/channels/{channel_id}/messages", {"content": f"Hello <@{ada}>", "nonce": "a"}, **at)
    embed = {"title": "T", "fields": [{"name": "a", "value": "b"}], "image": {"url": "https://example.org/a.png"}}
    reply = {"embeds": [embed], "message_reference": {"message_id": plain["id"]}}
    await checked("POST", "/channels/{channel_id}/messages", reply, **at)
    form = aiohttp.FormData()
    form.add_field("payload_json", json.dumps({"flags": V2, "components": LAYOUT, "attachments": [{"id": 0}]}))
    form.add_field("files[0]", b"Notes", filename="a.txt", content_type="text/plain")
    layout = await checked("POST", "/channels/{channel_id}/messages", data=form, **at)
    one = {**at, "message_id": plain["id"]}
    await checked("PATCH", "/channels/{channel_id}/messages/{message_id}", {"content": "Changed"}, **one)
    await checked("GET", "/channels/{channel_id}/messages/{message_id}", **{**one, "message_id": layout["id"]})
    await checked("PUT", "/channels/{channel_id}/messages/pins/{message_id}", **one)
    await checked("GET", "/channels/{channel_id}/messages/pins", **at)
    await checked("POST", "/channels/{channel_id}/messages/{message_id}/threads", {"name": "Talk"}, **one)
    await checked("POST", "/channels/{channel_id}/messages/{message_id}/threads", {"name": "Talk"}, **one)
    thread = await checked("POST", "/channels/{channel_id}/threads", {"name": "Alone", "type": 11}, **at)
    inside = {"channel_id": thread["id"]}
    await checked("PUT", "/channels/{channel_id}/thread-members/{user_id}", **inside, user_id=ada)
    await checked("GET", "/channels/{channel_id}/thread-members/{user_id}", **inside, user_id=ada)
    await checked("PATCH", "/channels/{channel_id}", {"archived": True}, **inside)
    await checked("GET", "/channels/{channel_id}/messages", **at)
    await checked("POST", "/channels/{channel_id}/messages", {"content": "x" * 2001}, **at)
    await checked("DELETE", "/channels/{channel_id}/messages/{message_id}", **one)
    await checked("GET", "/channels/{channel_id}/messages/{message_id}", **one)


async def test_answers_to_interactions_are_as_specified(
    checked: Checked, standin: Discord, line: Line, acting: Callable[..., Any], london: str, ada: str
) -> None:
    """Callback responses, follow-ups and originals validate."""
    app = standin.application_id
    hook = "/webhooks/{webhook_id}/{webhook_token}"
    await checked("POST", "/applications/{application_id}/commands", COMMAND, application_id=app)
    filled = {"user": ada, "channel": london, "command": "event create", "options": {"title": "Evening"}}
    for body in ({"type": 4, "data": {"flags": V2, "components": LAYOUT[1:]}}, {"type": 5, "data": {"flags": 64}}):
        event = await acting(line, "slash", filled)
        where = {"interaction_id": event["id"], "interaction_token": event["token"]}
        path = "/interactions/{interaction_id}/{interaction_token}/callback"
        answer = await checked("POST", path + "?with_response=true", body, **where)
        assert answer["interaction"]["response_message_loading"] is (body["type"] == 5)
        token = {"webhook_id": app, "webhook_token": event["token"]}
        await checked("POST", hook, {"content": "Follow-up"}, **token)
        await checked("GET", hook + "/messages/@original", **token)
        if body["type"] == 5:
            await checked("PATCH", hook + "/messages/@original", {"content": "Changed"}, **token)
        await checked("DELETE", hook + "/messages/@original", **token)
        await checked("GET", hook + "/messages/@original", **token)


async def test_events_are_as_specified(
    specs: Specs,
    standin: Discord,
    dial: Callable[..., Any],
    acting: Callable[..., Any],
    raw: Raw,
    london: str,
    ada: str,
    grace: str,
) -> None:
    """READY, GUILD_CREATE, messages and every kind of interaction validate against the gateway's schemas."""
    standin.sockets.door.privileged = CONTENT
    line: Line = await dial()
    await line.send(2, {"token": standin.token, "intents": UNPRIVILEGED | CONTENT, "properties": {}})
    assert specs.event("READY", await line.until("READY")) == []
    assert specs.event("GUILD_CREATE", await line.until("GUILD_CREATE")) == []

    await standin.act("say", {"user": ada, "channel": london, "text": f"Hello <@{grace}>"})
    assert specs.event("MESSAGE_CREATE", await line.until("MESSAGE_CREATE")) == []
    layout = [LAYOUT[1], LAYOUT[2], LAYOUT[0]["components"][5]]
    sent = await raw("POST", f"/channels/{london}/messages", {"flags": V2, "components": layout})
    assert specs.event("MESSAGE_CREATE", await line.until("MESSAGE_CREATE")) == []
    await raw("PATCH", f"/channels/{london}/messages/{sent.json['id']}", {"components": layout})
    assert specs.event("MESSAGE_UPDATE", await line.until("MESSAGE_UPDATE")) == []

    await raw(
        "PUT",
        f"/applications/{standin.application_id}/commands",
        [COMMAND, {"name": "Wave", "type": 2}, {"name": "Note", "type": 3}],
    )
    create = {"user": ada, "channel": london, "command": "event create"}
    here = {"user": ada, "channel": london, "message": sent.json["id"]}
    events = [
        await acting(line, "slash", {**create, "options": {"title": "T", "seats": 3, "host": grace, "where": london}}),
        await acting(line, "complete", {**create, "options": {"chapter": "lo"}, "focused": "chapter"}),
        await acting(line, "menu", {"user": ada, "command": "Wave", "target": grace}),
        await acting(line, "menu", {"user": ada, "command": "Note", "target": sent.json["id"]}),
        await acting(line, "press", {**here, "custom_id": "menu", "values": ["a"]}),
        await acting(line, "press", {**here, "custom_id": "users", "values": [grace]}),
        await acting(line, "press", {**here, "custom_id": "going"}),
    ]
    modal = {
        "custom_id": "form",
        "title": "Form",
        "components": [
            {"type": 18, "label": "Text", "component": {"type": 4, "custom_id": "text", "style": 1}},
            {
                "type": 18,
                "label": "Mood",
                "component": {
                    "type": 21,
                    "custom_id": "mood",
                    "options": [{"label": "Good", "value": "good"}, {"label": "Bad", "value": "bad"}],
                },
            },
            {
                "type": 18,
                "label": "Extras",
                "component": {"type": 22, "custom_id": "extras", "options": [{"label": "Tea", "value": "tea"}]},
            },
            {"type": 18, "label": "Sure", "component": {"type": 23, "custom_id": "sure"}},
            {"type": 10, "content": "Words"},
        ],
    }
    pressed = events[-1]
    await raw("POST", f"/interactions/{pressed['id']}/{pressed['token']}/callback", {"type": 9, "data": modal})
    values = {"text": "T", "mood": "good", "extras": ["tea"], "sure": True}
    events.append(await acting(line, "submit", {"user": ada, "modal": pressed["id"], "values": values}))
    place = standin.direct_messages(ada)
    direct = await raw("POST", f"/channels/{place}/messages", {"flags": V2, "components": [layout[2]]})
    events.append(
        await acting(line, "press", {"user": ada, "channel": place, "message": direct.json["id"], "custom_id": "going"})
    )
    assert [specs.event("INTERACTION_CREATE", event) for event in events] == [[]] * 9
    assert sorted(events[-1]) == sorted({*events[-2], "user"} - {"member", "guild", "guild_id", "guild_locale"})
