"""Forms in a person's hands: what their client refuses to send, and what it sends."""

import base64
from collections.abc import Callable
from typing import Any

import pytest

from adapters.playground.discord import Discord
from adapters.playground.impossible import Impossible
from tests.playground.discord.raw import Line

Do = Callable[..., Any]


def field(kind: int, **more: Any) -> dict[str, Any]:
    return {"type": 18, "label": "Field", "component": {"type": kind, "custom_id": "field", **more}}


CHOICES = [{"label": x, "value": x} for x in "abc"]
FIELDS: list[tuple[str, dict[str, Any], Any, str]] = [
    ("nothing in a required text", field(4, style=1), "", "Field: this is required."),
    ("a text too short", field(4, style=1, min_length=3), "ab", "Field: at least 3 characters."),
    ("a text too long", field(4, style=1, max_length=3), "abcd", "Field: at most 3 characters."),
    ("two lines in one", field(4, style=1), "a\nb", "Field: takes one line."),
    ("a number for a text", field(4, style=1), 3, "Field: takes text."),
    ("nothing picked", field(3, options=CHOICES), [], "Field: this is required."),
    ("too much picked", field(3, options=CHOICES), ["a", "b"], "Pick 1."),
    ("something else picked", field(3, options=CHOICES), ["z"], "z is not offered."),
    ("nobody", field(5), ["1"], "There is nothing to pick with the id 1."),
    ("no radio button", field(21, options=CHOICES), None, "Field: this is required."),
    ("another radio button", field(21, options=CHOICES), "z", "Field: z is not offered."),
    ("no box ticked", field(22, options=CHOICES), [], "Field: this is required."),
    ("too many boxes", field(22, options=CHOICES, max_values=1), ["a", "b"], "Field: choose 1 to 1."),
    ("a word for a tick", field(23), "yes", "Field: is either ticked or not."),
    ("no file", field(19), [], "Field: this is required."),
    ("a file that is none", field(19), ["a"], "A file needs a filename and its content."),
]


@pytest.mark.parametrize(("item", "value", "words"), [one[1:] for one in FIELDS], ids=[one[0] for one in FIELDS])
async def test_the_client_does_not_send_a_wrong_form(
    go: Do, respond: Do, standin: Discord, ada: str, item: Any, value: Any, words: str
) -> None:
    """A sentence for the person, and the form stays open."""
    event = await go()
    await respond(event, {"type": 9, "data": {"custom_id": "f", "title": "Form", "components": [item]}})
    with pytest.raises(Impossible) as impossible:
        await standin.act("submit", {"user": ada, "modal": event["id"], "values": {"field": value}})
    assert str(impossible.value) == words
    assert list(standin.board.rows("discord/modal/")) == [f"discord/modal/{ada}/{event['id']}"]


async def test_what_a_form_had_in_it_is_sent_unless_it_is_changed(
    go: Do, respond: Do, acting: Do, line: Line, ada: str
) -> None:
    """Values and defaults go back; optional fields may stay empty."""
    event = await go()
    items = [
        {"type": 18, "label": "A", "component": {"type": 4, "custom_id": "a", "style": 2, "value": "Before"}},
        {
            "type": 18,
            "label": "B",
            "component": {"type": 3, "custom_id": "b", "options": [{**CHOICES[0], "default": True}]},
        },
        {"type": 18, "label": "C", "component": {"type": 21, "custom_id": "c", "options": CHOICES, "required": False}},
        {"type": 18, "label": "D", "component": {"type": 23, "custom_id": "d", "default": True}},
        {"type": 18, "label": "E", "component": {"type": 19, "custom_id": "e", "required": False}},
    ]
    await respond(event, {"type": 9, "data": {"custom_id": "f", "title": "Form", "components": items}})
    sent = await acting(line, "submit", {"user": ada, "modal": event["id"]})
    inside = [one["component"] for one in sent["data"]["components"]]
    assert [one.get("value", one.get("values")) for one in inside] == ["Before", ["a"], None, True, []]


async def test_a_file_in_a_form_is_resolved_and_can_be_fetched(
    go: Do, respond: Do, acting: Do, line: Line, session: Any, ada: str
) -> None:
    """As an attachment with a URL."""
    event = await go()
    await respond(event, {"type": 9, "data": {"custom_id": "f", "title": "Form", "components": [field(19)]}})
    file = {"filename": "a.txt", "content": base64.b64encode(b"Notes").decode(), "content_type": "text/plain"}
    sent = await acting(line, "submit", {"user": ada, "modal": event["id"], "values": {"field": [file]}})
    [key] = sent["data"]["components"][0]["component"]["values"]
    attachment = sent["data"]["resolved"]["attachments"][key]
    async with session.get(attachment["url"]) as response:
        assert (await response.read(), attachment["size"]) == (b"Notes", 5)


async def test_a_form_stays_open_when_the_bot_is_silent(go: Do, respond: Do, standin: Discord, ada: str) -> None:
    """With an error; closing it is the person's affair, and nobody else's."""
    event = await go()
    await respond(event, {"type": 9, "data": {"custom_id": "f", "title": "Form", "components": [field(23)]}})
    standin.platform.interactions.patience = 0.02
    result = await standin.act("submit", {"user": ada, "modal": event["id"]})
    row = standin.board.get(f"discord/modal/{ada}/{event['id']}")
    assert row is not None
    assert (result["acked"], row["errors"]) == (False, "Something went wrong. Try again.")
    with pytest.raises(Impossible, match="not open"):
        await standin.act("close", {"user": "1", "modal": event["id"]})
    await standin.act("close", {"user": ada, "modal": event["id"]})
    assert standin.board.rows("discord/modal/") == {}
