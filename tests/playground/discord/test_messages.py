"""Messages over raw HTTP: limits, nonces, edits, who is notified, history, threads and pins."""

import json
from collections.abc import Callable
from typing import Any

import aiohttp
import pytest

from adapters.playground.discord import Discord
from adapters.playground.discord.permissions import Permission
from tests.playground.discord.raw import Raw, Watch

Do = Callable[..., Any]
FIELD = {"name": "n", "value": "v"}
LIMITS: list[tuple[str, dict[str, Any], tuple[str, ...], str]] = [
    ("content over 2000", {"content": "x" * 2001}, ("content",), "BASE_TYPE_MAX_LENGTH"),
    ("content that is no text", {"content": 1}, ("content",), "BASE_TYPE_BAD_STRING"),
    ("eleven embeds", {"embeds": [{"title": "x"}] * 11}, ("embeds",), "BASE_TYPE_MAX_LENGTH"),
    (
        "embeds over 6000 together",
        {"embeds": [{"description": "x" * 4000}, {"description": "x" * 2001}]},
        ("embeds",),
        "MAX_EMBED_SIZE_EXCEEDED",
    ),
    ("a title over 256", {"embeds": [{"title": "x" * 257}]}, ("embeds", "0", "title"), "BASE_TYPE_MAX_LENGTH"),
    (
        "a description over 4096",
        {"embeds": [{"description": "x" * 4097}]},
        ("embeds", "0", "description"),
        "BASE_TYPE_MAX_LENGTH",
    ),
    ("26 fields", {"embeds": [{"fields": [FIELD] * 26}]}, ("embeds", "0", "fields"), "BASE_TYPE_MAX_LENGTH"),
    (
        "a field's value over 1024",
        {"embeds": [{"fields": [{**FIELD, "value": "x" * 1025}]}]},
        ("embeds", "0", "fields", "0", "value"),
        "BASE_TYPE_BAD_LENGTH",
    ),
    (
        "a field without a name",
        {"embeds": [{"fields": [{"value": "v"}]}]},
        ("embeds", "0", "fields", "0", "name"),
        "BASE_TYPE_REQUIRED",
    ),
    (
        "a footer over 2048",
        {"embeds": [{"footer": {"text": "x" * 2049}}]},
        ("embeds", "0", "footer", "text"),
        "BASE_TYPE_BAD_LENGTH",
    ),
    ("a nonce over 25", {"content": "x", "nonce": "x" * 26}, ("nonce",), "NONCE_TYPE_TOO_LONG"),
    (
        "both kinds of allowed mentions",
        {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
        ("allowed_mentions",),
        "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
    ),
    (
        "an unknown kind of mention",
        {"content": "x", "allowed_mentions": {"parse": ["cats"]}},
        ("allowed_mentions", "parse", "0"),
        "BASE_TYPE_CHOICES",
    ),
    (
        "101 allowed users",
        {"content": "x", "allowed_mentions": {"users": ["1"] * 101}},
        ("allowed_mentions", "users"),
        "BASE_TYPE_MAX_LENGTH",
    ),
    (
        "a reply to nothing",
        {"content": "x", "message_reference": {"message_id": "1"}},
        ("message_reference",),
        "MESSAGE_REFERENCE_UNKNOWN_MESSAGE",
    ),
    (
        "a poll of eleven answers",
        {"poll": {"question": {"text": "?"}, "answers": [{"poll_media": {"text": "a"}}] * 11}},
        ("poll", "answers"),
        "BASE_TYPE_BAD_LENGTH",
    ),
    (
        "a poll's answer over 55",
        {"poll": {"question": {"text": "?"}, "answers": [{"poll_media": {"text": "a" * 56}}]}},
        ("poll", "answers", "0", "poll_media", "text"),
        "BASE_TYPE_BAD_LENGTH",
    ),
    (
        "a poll of more than 32 days",
        {"poll": {"question": {"text": "?"}, "answers": [{"poll_media": {"text": "a"}}], "duration": 32 * 24 + 1}},
        ("poll", "duration"),
        "NUMBER_TYPE_MAX",
    ),
    (
        "an attachment that is not there",
        {"content": "x", "attachments": [{"id": 0}]},
        ("attachments", "0"),
        "ATTACHMENT_NOT_FOUND",
    ),
]


@pytest.mark.parametrize(("body", "path", "problem"), [one[1:] for one in LIMITS], ids=[one[0] for one in LIMITS])
async def test_messages_have_limits(post: Do, standin: Discord, body: Any, path: tuple[str, ...], problem: str) -> None:
    """Each is refused with 50035 at its place, and nothing is posted."""
    reply = await post(body)
    assert (reply.status, reply.code, reply.problem(*path)) == (400, 50035, problem)
    assert standin.board.rows("discord/message/") == {}


@pytest.mark.parametrize("body", [{}, {"content": ""}, {"content": " \n "}, {"embeds": [{}]}, {"components": []}, None])
async def test_an_empty_message_is_refused(post: Do, body: Any) -> None:
    """50006, also for nothing but spaces."""
    reply = await post(body)
    assert (reply.status, reply.code) == (400, 50006)


async def test_an_edit_cannot_empty_a_message(post: Do, raw: Raw, london: str) -> None:
    """50006 when nothing is left."""
    key = (await post({"content": "x"})).json["id"]
    assert (await raw("PATCH", f"/channels/{london}/messages/{key}", {"content": ""})).code == 50006


async def test_the_longest_content_is_taken(post: Do) -> None:
    """Two thousand characters."""
    assert (await post({"content": "x" * 2000})).status == 200


async def test_answers_are_exactly_json(post: Do, raw: Raw, london: str) -> None:
    """Clients read a body only under `application/json` without a charset; whatever the answer is."""
    replies = [
        await post({"content": "x"}),
        await post({}),
        await raw("GET", "/channels/1"),
        await raw("GET", "/nowhere"),
        await raw("GET", "/users/@me", token="wrong"),
        await raw("GET", f"/channels/{london}"),
    ]
    assert [one.status for one in replies] == [200, 400, 404, 404, 401, 200]
    assert {one.headers["Content-Type"] for one in replies} == {"application/json"}


async def test_a_body_that_is_no_json_is_refused(raw: Raw, london: str) -> None:
    """50109 for broken JSON, 50035 for another content type."""
    broken = await raw(
        "POST", f"/channels/{london}/messages", data=aiohttp.BytesPayload(b"{", content_type="application/json")
    )
    other = await raw(
        "POST", f"/channels/{london}/messages", data=aiohttp.BytesPayload(b"{}", content_type="text/plain")
    )
    assert (broken.code, other.code) == (50109, 50035)


async def test_a_nonce_returns_the_earlier_message_for_a_while(post: Do, standin: Discord, watch: Watch) -> None:
    """Within two minutes the same message, afterwards another; without enforce_nonce always another."""
    body = {"content": "Once", "nonce": "card-42", "enforce_nonce": True}
    first = (await post(body)).json["id"]
    watch.pass_(119)
    assert (await post({**body, "content": "Twice"})).json["id"] == first
    assert (await post({**body, "enforce_nonce": False})).json["id"] != first
    watch.pass_(121)
    assert (await post(body)).json["id"] != first
    assert len(standin.board.rows("discord/message/")) == 3


async def test_a_nonce_does_not_hold_back_answers_and_follow_ups(
    go: Do, respond: Do, hook: Do, standin: Discord
) -> None:
    """Interactions' messages know none: the same one twice is two messages."""
    body = {"content": "Once", "nonce": "card-42", "enforce_nonce": True}
    event = await go()
    await respond(event, {"type": 4, "data": body})
    keys = {(await hook(event, "POST", "", body)).json["id"] for _ in range(2)}
    assert (len(keys), len(standin.board.rows("discord/message/"))) == (2, 3)


async def test_a_nonce_is_in_the_answer(post: Do) -> None:
    """As text or number, as it was sent."""
    assert [(await post({"content": "x", "nonce": nonce})).json["nonce"] for nonce in ("a", 7)] == ["a", 7]


async def test_somebody_elses_message_cannot_be_edited(raw: Raw, standin: Discord, ada: str, london: str) -> None:
    """50005; deleting it needs MANAGE_MESSAGES (50013)."""
    said = (await standin.act("say", {"user": ada, "channel": london, "text": "Mine"}))["message"]
    path = f"/channels/{london}/messages/{said}"
    assert [(await raw("PATCH", path, {"content": "x"})).code, (await raw("DELETE", path)).code] == [50005, 50013]
    standin.world.overwrite(london, standin.world.bot_key, allow=Permission.MANAGE_MESSAGES)
    assert (await raw("DELETE", path)).status == 204


async def test_unknown_channels_and_messages(raw: Raw, london: str) -> None:
    """10003 and 10008 with status 404."""
    replies = [
        await raw("GET", "/channels/1"),
        await raw("POST", "/channels/1/messages", {"content": "x"}),
        await raw("GET", f"/channels/{london}/messages/1"),
        await raw("DELETE", f"/channels/{london}/messages/1"),
    ]
    assert [(one.status, one.code) for one in replies] == [(404, 10003)] * 2 + [(404, 10008)] * 2


async def test_an_old_message_is_edited_only_three_times_in_six_seconds(
    post: Do, raw: Raw, watch: Watch, london: str
) -> None:
    """30046 with status 429 for messages over an hour old, per channel; young ones are not counted."""
    old = (await post({"content": "Old"})).json["id"]
    watch.pass_(3601)
    young = (await post({"content": "Young"})).json["id"]
    path = f"/channels/{london}/messages/"
    edits = [await raw("PATCH", path + old, {"content": str(n)}) for n in range(4)]
    assert [one.status for one in edits] == [200, 200, 200, 429]
    assert (edits[3].code, edits[3].json["retry_after"], edits[3].headers["Via"]) == (30046, 6.0, "1.1 google")
    assert (await raw("PATCH", path + young, {"content": "x"})).status == 200
    watch.pass_(6)
    assert (await raw("PATCH", path + old, {"content": "Again"})).status == 200


async def test_direct_messages_can_be_closed(raw: Raw, standin: Discord, ada: str, grace: str) -> None:
    """50007 for the one who closed them; opening the channel still works, and others are reached."""
    standin.faults.switch("closed_direct_messages", user=ada)
    codes: list[Any] = []
    for who in (ada, grace):
        place = (await raw("POST", "/users/@me/channels", {"recipient_id": who})).json["id"]
        reply = await raw("POST", f"/channels/{place}/messages", {"content": "Psst"})
        codes.append((reply.status, reply.json.get("code")))
    assert codes == [(403, 50007), (200, None)]


async def test_direct_messages_cannot_be_opened_with_nobody(raw: Raw, standin: Discord) -> None:
    """50033 for an unknown person and for the bot itself."""
    codes = [
        (await raw("POST", "/users/@me/channels", {"recipient_id": who})).code for who in ("1", standin.world.bot_key)
    ]
    assert codes == [50033, 50033]


MENTIONS: list[tuple[str, dict[str, Any], str]] = [
    ("a user, by default", {}, "ag"),
    ("nobody", {"parse": []}, ""),
    ("one of two", {"users": ["GRACE"]}, "g"),
    ("users only", {"parse": ["users"]}, "ag"),
    ("somebody not in the text", {"users": ["1"]}, ""),
]


@pytest.mark.parametrize(("allowed", "expected"), [one[1:] for one in MENTIONS], ids=[one[0] for one in MENTIONS])
async def test_mentions_count_as_far_as_they_are_allowed(
    post: Do, standin: Discord, ada: str, grace: str, allowed: Any, expected: str
) -> None:
    """The message's own mentions and whom it notifies agree."""
    names = {ada: "a", grace: "g"}
    body: dict[str, Any] = {"content": f"<@{ada}> and <@!{grace}>"}
    if allowed:
        body["allowed_mentions"] = json.loads(json.dumps(allowed).replace("GRACE", grace))
    sent = (await post(body)).json
    row = next(iter(standin.board.rows("discord/message/").values()))
    assert "".join(names[key] for key in row["_mentioned"]) == expected
    assert "".join(names[one["id"]] for one in sent["mentions"]) == expected
    assert "_mentioned" not in sent


async def test_everyone_and_roles_are_notified_only_with_permission(
    post: Do, standin: Discord, ada: str, grace: str, london: str
) -> None:
    """Without MENTION_EVERYONE neither @everyone nor a role that is not mentionable reaches anybody."""
    role = standin.world.add_role("Speakers")
    standin.world.give_role(grace, role)
    body = {"content": f"@everyone <@&{role}>"}
    loud = (await post(body)).json
    standin.world.overwrite(london, standin.world.bot_key, deny=Permission.MENTION_EVERYONE)
    quiet = (await post(body)).json
    standin.world.role(role)["mentionable"] = True
    by_role = (await post(body)).json
    rows = {row["id"]: row["_mentioned"] for row in standin.board.rows("discord/message/").values()}
    assert [(one["mention_everyone"], one["mention_roles"]) for one in (loud, quiet, by_role)] == [
        (True, [role]),
        (False, []),
        (False, [role]),
    ]
    assert [rows[one["id"]] for one in (loud, quiet, by_role)] == [[ada, grace], [], [grace]]


async def test_mentions_in_a_layout_count_and_edits_notify_nobody(
    post: Do, raw: Raw, standin: Discord, ada: str, grace: str, london: str
) -> None:
    """Text displays are read; an edit changes the mentions and not who was notified."""
    layout = {"flags": 1 << 15, "components": [{"type": 17, "components": [{"type": 10, "content": f"<@{ada}>"}]}]}
    key = (await post(layout)).json["id"]
    edited = await raw(
        "PATCH", f"/channels/{london}/messages/{key}", {"components": [{"type": 10, "content": f"<@{grace}>"}]}
    )
    row = standin.board.get(f"discord/message/{london}/{key}")
    assert row is not None
    assert (row["_mentioned"], [one["id"] for one in edited.json["mentions"]]) == ([ada], [grace])


async def test_somebody_who_cannot_see_the_channel_is_not_notified(
    post: Do, standin: Discord, ada: str, london: str
) -> None:
    """A mention stays, a notification does not happen."""
    standin.world.overwrite(london, ada, deny=Permission.VIEW_CHANNEL)
    sent = (await post({"content": f"<@{ada}>"})).json
    row = standin.board.get(f"discord/message/{london}/{sent['id']}")
    assert row is not None
    assert (row["_mentioned"], [one["id"] for one in sent["mentions"]]) == ([], [ada])


async def test_interactions_mention_users_only_by_default(
    go: Do, respond: Do, standin: Discord, ada: str, grace: str
) -> None:
    """@everyone in an answer reaches nobody unless it is allowed."""
    event = await go()
    await respond(event, {"type": 4, "data": {"content": f"@everyone <@{grace}>"}})
    [row] = standin.board.rows("discord/message/").values()
    assert (row["_mentioned"], row["mention_everyone"]) == ([grace], False)
