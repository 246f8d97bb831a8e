"""Files, history, threads and pins over raw HTTP."""

import io
import json
from collections.abc import Callable
from typing import Any

import aiohttp

from adapters.playground.discord import Discord
from adapters.playground.discord.permissions import Permission
from tests.playground.discord.raw import Raw

Do = Callable[..., Any]


async def test_files_are_attached_served_kept_and_removed(raw: Raw, session: Any, london: str) -> None:
    """payload_json with files; an edit keeps only the attachments that it names."""
    form = aiohttp.FormData()
    body = {"content": "Files", "attachments": [{"id": 0, "description": "Notes"}, {"id": "1", "filename": "b.txt"}]}
    form.add_field("payload_json", json.dumps(body))
    form.add_field("files[0]", b"A", filename="a.txt", content_type="text/plain")
    form.add_field("files[1]", b"B", filename="x.txt", content_type="text/plain")
    sent = (await raw("POST", f"/channels/{london}/messages", data=form)).json
    assert [(one["filename"], one.get("description")) for one in sent["attachments"]] == [
        ("a.txt", "Notes"),
        ("b.txt", None),
    ]
    async with session.get(sent["attachments"][1]["url"]) as response:
        assert await response.read() == b"B"
    path = f"/channels/{london}/messages/{sent['id']}"
    untouched = (await raw("PATCH", path, {"content": "Still"})).json
    assert len(untouched["attachments"]) == 2
    kept = (await raw("PATCH", path, {"attachments": [{"id": sent["attachments"][1]["id"]}]})).json
    assert [one["filename"] for one in kept["attachments"]] == ["b.txt"]


async def test_too_many_or_too_large_files_are_refused(raw: Raw, london: str) -> None:
    """30015 for eleven, 40005 above ten mebibytes."""
    many, large = aiohttp.FormData(), aiohttp.FormData()
    for n in range(11):
        many.add_field(f"files[{n}]", b"x", filename="a.txt")
    large.add_field("files[0]", io.BytesIO(b"x" * (10 * 1024 * 1024 + 1)), filename="a.txt")
    replies = [await raw("POST", f"/channels/{london}/messages", data=form) for form in (many, large)]
    assert [(one.status, one.code) for one in replies] == [(400, 30015), (413, 40005)]


async def test_history_is_paged_from_either_side(post: Do, raw: Raw, london: str) -> None:
    """Newest first, before, after and around a message, at most a hundred."""
    keys = [(await post({"content": str(n)})).json["id"] for n in range(5)]
    path = f"/channels/{london}/messages?limit=2"
    pages = [
        await raw("GET", path),
        await raw("GET", f"{path}&before={keys[3]}"),
        await raw("GET", f"{path}&after={keys[0]}"),
        await raw("GET", f"{path}&around={keys[2]}"),
    ]
    assert [[one["content"] for one in page.json] for page in pages] == [["4", "3"], ["2", "1"], ["2", "1"], ["2", "1"]]
    refused = await raw("GET", f"/channels/{london}/messages?limit=101")
    assert refused.problem("limit") == "NUMBER_TYPE_MAX"


async def test_a_thread_is_made_from_a_message_once(post: Do, raw: Raw, london: str) -> None:
    """Its id is the message's; the second time is refused with 160004; other archive times too."""
    key = (await post({"content": "Card"})).json["id"]
    path = f"/channels/{london}/messages/{key}/threads"
    wrong = await raw("POST", path, {"name": "Talk", "auto_archive_duration": 61})
    assert wrong.problem("auto_archive_duration") == "BASE_TYPE_CHOICES"
    assert (await raw("POST", path, {"name": "x" * 101})).problem("name") == "BASE_TYPE_BAD_LENGTH"
    made = await raw("POST", path, {"name": "Talk"})
    assert (made.status, made.json["id"], made.json["type"], made.json["parent_id"]) == (201, key, 11, london)
    again = await raw("POST", path, {"name": "Talk"})
    assert (again.status, again.code) == (400, 160004)
    inside = (await raw("POST", f"/channels/{key}/messages", {"content": "Hello"})).json["id"]
    assert (await raw("POST", f"/channels/{key}/messages/{inside}/threads", {"name": "Deeper"})).code == 50024


async def test_an_archived_thread_takes_no_edits_and_opens_with_a_message(post: Do, raw: Raw, london: str) -> None:
    """50083 for the edit; a new message unarchives it."""
    key = (await post({"content": "Card"})).json["id"]
    await raw("POST", f"/channels/{london}/messages/{key}/threads", {"name": "Talk"})
    inside = (await raw("POST", f"/channels/{key}/messages", {"content": "Hello"})).json["id"]
    await raw("PATCH", f"/channels/{key}", {"archived": True})
    assert (await raw("PATCH", f"/channels/{key}/messages/{inside}", {"content": "x"})).code == 50083
    await raw("POST", f"/channels/{key}/messages", {"content": "Awake"})
    assert (await raw("GET", f"/channels/{key}")).json["thread_metadata"]["archived"] is False


async def test_pinning_needs_its_own_permission(post: Do, raw: Raw, standin: Discord, london: str) -> None:
    """50013 without PIN_MESSAGES; with it the pin is announced."""
    key = (await post({"content": "Card"})).json["id"]
    path = f"/channels/{london}/messages/pins/{key}"
    standin.world.overwrite(london, standin.world.bot_key, deny=Permission.PIN_MESSAGES)
    assert (await raw("PUT", path)).code == 50013
    standin.world.overwrite(london, standin.world.bot_key)
    assert (await raw("PUT", path)).status == 204
    assert [row["type"] for row in standin.board.rows("discord/message/").values()] == [0, 6]
    assert [one["message"]["id"] for one in (await raw("GET", f"/channels/{london}/messages/pins")).json["items"]] == [
        key
    ]


async def test_what_others_wrote_is_hidden_without_the_content_intent(
    raw: Raw, standin: Discord, ada: str, london: str
) -> None:
    """Over REST it is the app's setting that counts; a mention of the bot is an exception."""
    for text in ("Secret", f"Hi <@{standin.world.bot_key}>"):
        await standin.act("say", {"user": ada, "channel": london, "text": text})
    path = f"/channels/{london}/messages"
    hidden = [one["content"] for one in (await raw("GET", path)).json]
    standin.sockets.door.privileged = 1 << 15
    shown = [one["content"] for one in (await raw("GET", path)).json]
    assert (hidden, shown) == ([shown[0], ""], [f"Hi <@{standin.world.bot_key}>", "Secret"])
