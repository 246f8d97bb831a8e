"""Nonsense in every place of every body is refused or taken, and never breaks the stand-in."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from adapters.playground.discord import Discord
from tests.playground.discord.raw import Raw
from tests.playground.discord.test_specs import COMMAND, LAYOUT

Do = Callable[..., Any]
NONSENSE: list[Any] = [None, True, "x", [1], [{}], {"type": 99}, 2**70]
MESSAGE: dict[str, Any] = {
    "content": "x",
    "nonce": "n",
    "enforce_nonce": True,
    "tts": False,
    "embeds": [{"title": "T", "fields": [{"name": "a", "value": "b"}], "footer": {"text": "f"}, "image": {"url": "u"}}],
    "allowed_mentions": {"parse": ["users"], "roles": ["1"], "replied_user": True},
    "message_reference": {"message_id": "1", "fail_if_not_exists": False},
    "attachments": [{"id": 0}],
    "components": [LAYOUT[1], LAYOUT[2], LAYOUT[0]["components"][5]],
    "poll": {"question": {"text": "?"}, "answers": [{"poll_media": {"text": "a"}}], "duration": 1},
}
FORM: dict[str, Any] = {
    "custom_id": "f",
    "title": "Form",
    "components": [
        {"type": 18, "label": "A", "component": {"type": 4, "custom_id": "a", "style": 1, "value": "x"}},
        {
            "type": 18,
            "label": "B",
            "component": {"type": 22, "custom_id": "b", "options": [{"label": "x", "value": "x"}]},
        },
        {"type": 18, "label": "C", "component": {"type": 19, "custom_id": "c", "file_types": ["image"]}},
        {
            "type": 18,
            "label": "D",
            "component": {"type": 8, "custom_id": "d", "default_values": [], "channel_types": [0]},
        },
        {"type": 1, "components": [{"type": 4, "custom_id": "e", "style": 1, "label": "E"}]},
    ],
}
EVENT: dict[str, Any] = {
    "name": "Evening",
    "privacy_level": 2,
    "entity_type": 3,
    "entity_metadata": {"location": "Hall"},
    "scheduled_start_time": "2026-10-01T18:00:00Z",
    "scheduled_end_time": "2026-10-01T20:00:00Z",
}


def spoiled(body: Any) -> Iterator[Any]:
    """The body with one value after another replaced by nonsense."""
    yield from NONSENSE
    if isinstance(body, dict):
        for name, value in body.items():
            for worse in spoiled(value):
                yield {**body, name: worse}
    elif isinstance(body, list):
        for n, value in enumerate(body):
            for worse in spoiled(value):
                yield [*body[:n], worse, *body[n + 1 :]]


@pytest.fixture(autouse=True)
def unhurried(standin: Discord) -> None:
    standin.limits.enforced = False


@pytest.mark.parametrize("body", [MESSAGE, {"flags": 1 << 15, "components": LAYOUT}], ids=["plain", "layout"])
async def test_nonsense_in_a_message(post: Do, raw: Raw, london: str, body: Any) -> None:
    """Posting and editing answer 200 or a refusal."""
    key = (await post({"content": "x"})).json["id"]
    path = f"/channels/{london}/messages/{key}"
    statuses = {(await raw(*ask)).status for worse in spoiled(body)
                for ask in (("POST", f"/channels/{london}/messages", worse), ("PATCH", path, worse))}  # fmt: skip
    assert statuses == {200, 400}


async def test_nonsense_in_a_response(go: Do, respond: Do) -> None:
    """Every callback answers 204 or a refusal."""
    bodies = [{"type": 9, "data": worse} for worse in spoiled(FORM)] + [{"type": 4, "data": one} for one in NONSENSE]
    event = await go()
    statuses: set[int] = set()
    for body in [*NONSENSE, *({"type": one} for one in NONSENSE), *bodies]:
        reply = await respond(event, body)
        statuses.add(reply.status)
        if reply.status == 204:
            event = await go()
    assert statuses == {204, 400}


async def test_nonsense_in_commands(raw: Raw, standin: Discord) -> None:
    """Alone and in a bulk overwrite."""
    path = f"/applications/{standin.application_id}/commands"
    statuses = {(await raw(method, path, body)).status for worse in spoiled(COMMAND)
                for method, body in (("POST", worse), ("PUT", [worse]), ("PUT", worse))}  # fmt: skip
    assert statuses == {200, 201, 400}


async def test_nonsense_in_threads_events_and_channels(
    post: Do, raw: Raw, standin: Discord, ada: str, london: str
) -> None:
    """Threads, channels, direct messages and scheduled events."""
    key = (await post({"content": "x"})).json["id"]
    thread = {"name": "x", "type": 11, "auto_archive_duration": 60, "invitable": True}
    made = (await raw("POST", f"/channels/{london}/threads", thread)).json["id"]
    asks: list[tuple[str, str, Any]] = [
        ("POST", f"/channels/{london}/threads", thread),
        ("POST", f"/channels/{london}/messages/{key}/threads", {"name": "x" * 101, "auto_archive_duration": 60}),
        ("PATCH", f"/channels/{made}", {"name": "x", "archived": False, "locked": False, "auto_archive_duration": 60}),
        ("POST", "/users/@me/channels", {"recipient_id": ada}),
        ("POST", f"/guilds/{standin.guild_id}/scheduled-events", EVENT),
    ]
    statuses = {(await raw(method, path, worse)).status for method, path, body in asks for worse in spoiled(body)}
    assert statuses <= {200, 201, 400, 403}


async def test_nonsense_in_paths_and_queries(raw: Raw, standin: Discord, london: str) -> None:
    """Ids that are none are unknown; numbers that are none are refused."""
    replies = [await raw("GET", f"/channels/{london}/messages?{name}={value}")
               for name in ("limit", "before", "after", "around") for value in ("x", "-1", "", "1.5")]  # fmt: skip
    assert {one.status for one in replies} <= {200, 400}
    for path in ("/channels/x", f"/channels/{london}/messages/x", "/users/x", "/guilds/x", "/webhooks/x/y/messages/z"):
        assert (await raw("GET", path)).status in (401, 404)
