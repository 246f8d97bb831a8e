"""Interactions over raw HTTP: what may answer what, how soon, how often and for how long."""

from collections.abc import Callable
from typing import Any

import pytest

from adapters.playground.discord import Discord
from tests.playground.discord.raw import Line, Raw, Watch

Do = Callable[..., Any]
MESSAGE: dict[str, Any] = {"type": 4, "data": {"content": "Hello"}}
PRIVATE: dict[str, Any] = {"type": 4, "data": {"content": "Hello", "flags": 64}}
V2 = 1 << 15
FORM: dict[str, Any] = {
    "type": 9,
    "data": {
        "custom_id": "form",
        "title": "Form",
        "components": [{"type": 18, "label": "Name", "component": {"type": 4, "custom_id": "name", "style": 1}}],
    },
}
BUTTON: dict[str, Any] = {"type": 1, "components": [{"type": 2, "style": 1, "label": "Go", "custom_id": "go"}]}


async def test_a_first_response_in_time_is_taken_without_a_body(
    go: Do, respond: Do, standin: Discord, london: str
) -> None:
    """204, and the message is there as the answer to a command."""
    event = await go()
    assert (await respond(event, MESSAGE)).status == 204
    [row] = standin.board.rows(f"discord/message/{london}/").values()
    assert (row["content"], row["type"], row["interaction_metadata"]["id"]) == ("Hello", 20, event["id"])


async def test_a_first_response_after_three_seconds_is_refused(
    go: Do, respond: Do, watch: Watch, standin: Discord
) -> None:
    """10062 with status 404, and nothing is posted."""
    event = await go()
    watch.pass_(3.1)
    reply = await respond(event, MESSAGE)
    assert (reply.status, reply.code) == (404, 10062)
    assert standin.board.rows("discord/message/") == {}


async def test_a_silent_bot_is_reported_to_the_person(
    standin: Discord, raw: Raw, line: Line, ada: str, london: str
) -> None:
    """The person reads that the application did not respond, privately."""
    await raw("POST", f"/applications/{standin.application_id}/commands", {"name": "go", "description": "Go"})
    standin.platform.interactions.patience = 0.02
    act = await standin.act("slash", {"user": ada, "channel": london, "command": "go"})
    [row] = standin.board.rows(f"discord/ephemeral/{ada}/{london}/").values()
    assert (act["acked"], act["error"], row["content"]) == (False, act["error"], "The application did not respond")
    assert act["error"] == "The application did not respond"


async def test_a_second_response_is_refused(go: Do, respond: Do) -> None:
    """40060 with status 400, also after the three seconds."""
    event = await go()
    await respond(event, MESSAGE)
    reply = await respond(event, MESSAGE)
    assert (reply.status, reply.code) == (400, 40060)


async def test_no_form_opens_after_a_deferral(go: Do, respond: Do, standin: Discord) -> None:
    """The deferral was the first response: 40060, and nobody sees a form."""
    event = await go()
    assert (await respond(event, {"type": 5})).status == 204
    reply = await respond(event, FORM)
    assert (reply.status, reply.code) == (400, 40060)
    assert standin.board.rows("discord/modal/") == {}


async def test_a_refused_response_does_not_count(go: Do, respond: Do) -> None:
    """After an invalid body the bot may still answer."""
    event = await go()
    assert (await respond(event, {"type": 4, "data": {"content": "x" * 2001}})).problem("data", "content") == (
        "BASE_TYPE_MAX_LENGTH"
    )
    assert (await respond(event, MESSAGE)).status == 204


async def test_an_unknown_interaction_or_token_is_refused(go: Do, respond: Do) -> None:
    """10062 for both."""
    event = await go()
    codes = [
        (await respond({**event, "id": "1"}, MESSAGE)).code,
        (await respond({**event, "token": "wrong"}, MESSAGE)).code,
    ]
    assert codes == [10062, 10062]


@pytest.mark.parametrize("kind", [1, 6, 7, 8, 12, 99])
async def test_a_command_cannot_be_answered_as_something_else(go: Do, respond: Do, kind: int) -> None:
    """Updates are for components, suggestions for autocomplete."""
    reply = await respond(await go(), {"type": kind, "data": {"content": "x"}})
    assert (reply.status, reply.code, reply.problem("type")) == (400, 50035, "BASE_TYPE_CHOICES")


async def test_a_form_cannot_answer_a_form(
    go: Do, respond: Do, acting: Do, line: Line, standin: Discord, ada: str
) -> None:
    """Nor can a form that a command opened update a message; a message may answer it."""
    opened = await go()
    assert (await respond(opened, FORM)).status == 204
    sent = await acting(line, "submit", {"user": ada, "modal": opened["id"], "values": {"name": "Ada"}})
    refused = [(await respond(sent, body)).problem("type") for body in (FORM, {"type": 7, "data": {}}, {"type": 6})]
    assert refused == ["BASE_TYPE_CHOICES"] * 3
    assert (await respond(sent, PRIVATE)).status == 204
    assert standin.board.rows("discord/modal/").keys() <= {f"discord/modal/{ada}/{opened['id']}"}


async def test_a_form_opened_by_a_press_may_update_the_message(
    respond: Do, acting: Do, line: Line, post: Do, standin: Discord, ada: str, london: str
) -> None:
    """Type 7 answers the submission and changes the message that was pressed."""
    message = (await post({"content": "Before", "components": [BUTTON]})).json
    press = {"user": ada, "channel": london, "message": message["id"], "custom_id": "go"}
    opened = await acting(line, "press", press)
    await respond(opened, FORM)
    sent = await acting(line, "submit", {"user": ada, "modal": opened["id"], "values": {"name": "Ada"}})
    assert sent["message"]["id"] == message["id"]
    assert (await respond(sent, {"type": 7, "data": {"content": "After"}})).status == 204
    row = standin.board.get(f"discord/message/{london}/{message['id']}")
    assert row is not None
    assert (row["content"], row["components"]) == ("After", message["components"])


async def test_a_callback_tells_about_its_message_when_asked(go: Do, respond: Do) -> None:
    """`with_response` returns the interaction and the message; a deferral has no resource."""
    answer = (await respond(await go(), PRIVATE, "?with_response=1")).json
    assert answer["resource"]["message"]["flags"] == 64
    assert answer["interaction"]["response_message_ephemeral"] is True
    thinking = (await respond(await go(), {"type": 5}, "?with_response=true")).json
    assert ("resource" in thinking, thinking["interaction"]["response_message_loading"]) == (False, True)


async def test_a_deferred_response_can_only_be_ephemeral(go: Do, respond: Do, standin: Discord, ada: str) -> None:
    """Components V2 cannot be deferred; the loading message carries the loading flag."""
    event = await go()
    reply = await respond(event, {"type": 5, "data": {"flags": V2 | 64}})
    assert reply.problem("data", "flags") == "DEFERRED_FLAGS_NOT_PERMITTED"
    await respond(event, {"type": 5, "data": {"flags": 64}})
    [row] = standin.board.rows(f"discord/ephemeral/{ada}/").values()
    assert row["flags"] == 64 | 128


async def test_the_first_follow_up_after_a_deferral_becomes_the_loading_message(
    go: Do, respond: Do, hook: Do, standin: Discord, ada: str, london: str
) -> None:
    """Its own privacy is ignored; the second follow-up is a message of its own."""
    event = await go()
    loading = (await respond(event, {"type": 5, "data": {"flags": 64}}, "?with_response=1")).json
    first = (await hook(event, "POST", "", {"content": "Thought"})).json
    second = (await hook(event, "POST", "", {"content": "More"})).json
    assert (first["id"], first["flags"]) == (loading["interaction"]["response_message_id"], 64)
    assert [row["content"] for row in standin.board.rows(f"discord/ephemeral/{ada}/").values()] == ["Thought"]
    assert [row["content"] for row in standin.board.rows(f"discord/message/{london}/").values()] == ["More"]
    assert second["message_reference"]["message_id"] == first["id"]


async def test_a_loading_message_takes_a_layout_by_an_edit(go: Do, respond: Do, hook: Do) -> None:
    """Components V2 is set by editing the original."""
    event = await go()
    await respond(event, {"type": 5})
    edited = await hook(
        event, "PATCH", "/messages/@original", {"flags": V2, "components": [{"type": 10, "content": "Hi"}]}
    )
    assert (edited.status, edited.json["flags"], edited.json["edited_timestamp"]) == (200, V2, None)


async def test_a_follow_up_before_the_first_response_is_refused(go: Do, hook: Do) -> None:
    """10015: to Discord that webhook does not exist yet."""
    reply = await hook(await go(), "POST", "", {"content": "Too early"})
    assert (reply.status, reply.code) == (404, 10015)


async def test_a_token_dies_after_fifteen_minutes(go: Do, respond: Do, hook: Do, watch: Watch) -> None:
    """50027 for follow-ups and for the original, and it worked until then."""
    event = await go()
    await respond(event, MESSAGE)
    watch.pass_(14 * 60 + 59)
    assert (await hook(event, "POST", "", {"content": "Just in time"})).status == 200
    watch.pass_(2)
    late = [await hook(event, "POST", "", {"content": "x"}), await hook(event, "GET", "/messages/@original")]
    assert [(one.status, one.code) for one in late] == [(401, 50027)] * 2


async def test_a_token_touches_only_its_own_messages(go: Do, respond: Do, hook: Do, post: Do) -> None:
    """Another message of the channel is unknown to it."""
    event = await go()
    await respond(event, MESSAGE)
    other = (await post({"content": "Other"})).json["id"]
    codes = [
        (await hook(event, method, f"/messages/{other}", body)).code
        for method, body in (("GET", None), ("PATCH", {"content": "x"}), ("DELETE", None))
    ]
    assert codes == [10008] * 3


async def test_originals_and_follow_ups_can_be_read_changed_and_deleted(go: Do, respond: Do, hook: Do) -> None:
    """An ephemeral response too."""
    event = await go()
    await respond(event, PRIVATE)
    follow = (await hook(event, "POST", "", {"content": "More", "flags": 64})).json["id"]
    assert (await hook(event, "PATCH", f"/messages/{follow}", {"content": "Less"})).json["content"] == "Less"
    assert (await hook(event, "GET", "/messages/@original")).json["content"] == "Hello"
    assert (await hook(event, "DELETE", "/messages/@original")).status == 204
    assert (await hook(event, "GET", "/messages/@original")).code == 10008


async def test_ephemeral_messages_are_unknown_to_the_channel(
    go: Do, respond: Do, hook: Do, raw: Raw, london: str
) -> None:
    """They cannot be fetched or edited as messages of the channel."""
    event = await go()
    await respond(event, PRIVATE)
    key = (await hook(event, "GET", "/messages/@original")).json["id"]
    reply = await raw("PATCH", f"/channels/{london}/messages/{key}", {"content": "x"})
    assert (reply.status, reply.code) == (404, 10008)


async def test_a_press_can_be_acknowledged_quietly_and_its_message_edited_later(
    acting: Do, line: Line, respond: Do, hook: Do, post: Do, ada: str, london: str
) -> None:
    """After type 6 `@original` is the message that was pressed."""
    message = (await post({"content": "Before", "components": [BUTTON]})).json
    event = await acting(line, "press", {"user": ada, "channel": london, "message": message["id"], "custom_id": "go"})
    assert (await respond(event, {"type": 6})).status == 204
    edited = (await hook(event, "PATCH", "/messages/@original", {"content": "After"})).json
    assert (edited["id"], edited["content"]) == (message["id"], "After")


async def test_a_press_answered_with_a_message_refers_to_what_was_pressed(
    acting: Do, line: Line, respond: Do, post: Do, standin: Discord, ada: str, london: str
) -> None:
    """The answer is a reply to it, without the name of a command."""
    message = (await post({"content": "Card", "components": [BUTTON]})).json
    event = await acting(line, "press", {"user": ada, "channel": london, "message": message["id"], "custom_id": "go"})
    answer = (await respond(event, PRIVATE, "?with_response=1")).json["resource"]["message"]
    assert (answer["type"], answer["message_reference"]["message_id"]) == (19, message["id"])
    assert answer["interaction_metadata"]["interacted_message_id"] == message["id"]
