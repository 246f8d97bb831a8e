"""Components over raw HTTP: every limit is broken once, and the refusal read."""

from collections.abc import Callable
from typing import Any

import pytest

from adapters.playground.discord import Discord

Do = Callable[..., Any]
V2 = 1 << 15
LONG = "BASE_TYPE_MAX_LENGTH"
BAD = "BASE_TYPE_BAD_LENGTH"
TYPE = "UNION_TYPE_CHOICES"
REQUIRED = "BASE_TYPE_REQUIRED"


def row(*inside: Any) -> dict[str, Any]:
    return {"type": 1, "components": list(inside)}


def button(custom_id: str = "go", **more: Any) -> dict[str, Any]:
    return {"type": 2, "style": 1, "label": "Go", "custom_id": custom_id, **more}


def menu(**more: Any) -> dict[str, Any]:
    return {
        "type": 3,
        "custom_id": "menu",
        "options": [{"label": "A", "value": "a"}, {"label": "B", "value": "b"}],
        **more,
    }


def text(content: str = "Hello") -> dict[str, Any]:
    return {"type": 10, "content": content}


def options(count: int, **more: Any) -> list[dict[str, Any]]:
    return [{"label": str(n), "value": str(n), **more} for n in range(count)]


ROWS: list[tuple[str, Any, tuple[str, ...], str]] = [
    ("more than five rows", [row(button(str(n))) for n in range(6)], (), LONG),
    ("more than five buttons in a row", [row(*(button(str(n)) for n in range(6)))], ("0", "components"), BAD),
    ("an empty row", [row()], ("0", "components"), BAD),
    ("a menu beside a button", [row(button(), menu())], ("0", "components"), "COMPONENT_LAYOUT_WIDTH_EXCEEDED"),
    (
        "a custom id twice",
        [row(button("a")), row(button("a"))],
        ("1", "components", "0", "custom_id"),
        "COMPONENT_CUSTOM_ID_DUPLICATED",
    ),
    ("a custom id over 100", [row(button("x" * 101))], ("0", "components", "0", "custom_id"), BAD),
    ("no custom id", [row({"type": 2, "style": 1, "label": "x"})], ("0", "components", "0", "custom_id"), REQUIRED),
    ("a label over 80", [row(button(label="x" * 81))], ("0", "components", "0", "label"), LONG),
    (
        "neither label nor emoji",
        [row({"type": 2, "style": 1, "custom_id": "x"})],
        ("0", "components", "0"),
        "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED",
    ),
    ("an unknown style", [row(button(style=7))], ("0", "components", "0", "style"), "BASE_TYPE_CHOICES"),
    (
        "a link with a custom id",
        [row(button(style=5, url="https://example.org"))],
        ("0", "components", "0", "custom_id"),
        "BUTTON_COMPONENT_FIELD_NOT_PERMITTED",
    ),
    (
        "a button with a URL",
        [row(button(url="https://example.org"))],
        ("0", "components", "0", "url"),
        "BUTTON_COMPONENT_FIELD_NOT_PERMITTED",
    ),
    ("a link without URL", [row({"type": 2, "style": 5, "label": "x"})], ("0", "components", "0", "url"), REQUIRED),
    (
        "a URL over 512",
        [row({"type": 2, "style": 5, "label": "x", "url": "https://" + "x" * 512})],
        ("0", "components", "0", "url"),
        BAD,
    ),
    (
        "an emoji that is a word",
        [row(button(emoji={"name": "smile"}))],
        ("0", "components", "0", "emoji", "name"),
        "BUTTON_COMPONENT_INVALID_EMOJI",
    ),
    ("over 25 options", [row(menu(options=options(26)))], ("0", "components", "0", "options"), BAD),
    ("no options", [row(menu(options=[]))], ("0", "components", "0", "options"), BAD),
    (
        "an option's label over 100",
        [row(menu(options=[{"label": "x" * 101, "value": "a"}]))],
        ("0", "components", "0", "options", "0", "label"),
        BAD,
    ),
    (
        "an option's value over 100",
        [row(menu(options=[{"label": "x", "value": "a" * 101}]))],
        ("0", "components", "0", "options", "0", "value"),
        BAD,
    ),
    (
        "an option's description over 100",
        [row(menu(options=options(1, description="x" * 101)))],
        ("0", "components", "0", "options", "0", "description"),
        LONG,
    ),
    (
        "a value twice",
        [row(menu(options=options(1) * 2))],
        ("0", "components", "0", "options", "1", "value"),
        "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
    ),
    ("a placeholder over 150", [row(menu(placeholder="x" * 151))], ("0", "components", "0", "placeholder"), LONG),
    ("max_values over 25", [row(menu(max_values=26))], ("0", "components", "0", "max_values"), "NUMBER_TYPE_MAX"),
    (
        "min_values over max_values",
        [row(menu(min_values=2))],
        ("0", "components", "0", "min_values"),
        "NUMBER_TYPE_MAX",
    ),
    (
        "two defaults of one",
        [row(menu(options=options(2, default=True)))],
        ("0", "components", "0", "options"),
        "SELECT_COMPONENT_TOO_MANY_DEFAULTS",
    ),
    (
        "a text input in a message",
        [row({"type": 4, "custom_id": "x", "style": 1})],
        ("0", "components", "0", "type"),
        TYPE,
    ),
    ("a bare button", [button()], ("0", "type"), TYPE),
    ("a layout without the flag", [text()], ("0", "type"), TYPE),
    ("a container without the flag", [{"type": 17, "components": [text()]}], ("0", "type"), TYPE),
    (
        "a number twice",
        [row(button("a", id=3), button("b", id=3))],
        ("0", "components", "1", "id"),
        "COMPONENT_ID_DUPLICATED",
    ),
]


@pytest.mark.parametrize(("components", "path", "problem"), [one[1:] for one in ROWS], ids=[one[0] for one in ROWS])
async def test_rows_have_limits(
    post: Do, standin: Discord, components: Any, path: tuple[str, ...], problem: str
) -> None:
    """Each is refused with 50035 at its place, and nothing is posted."""
    reply = await post({"content": "x", "components": components})
    assert (reply.status, reply.code, reply.problem("components", *path)) == (400, 50035, problem)
    assert standin.board.rows("discord/message/") == {}


PICTURE = {"url": "https://example.org/a.png"}
LAYOUTS: list[tuple[str, Any, tuple[str, ...], str]] = [
    (
        "over 40 components in all",
        [{"type": 17, "components": [text() for _ in range(40)]}],
        (),
        "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
    ),
    (
        "over 4000 characters in all",
        [text("x" * 2000), text("x" * 2000), text("x")],
        (),
        "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
    ),
    ("an empty text", [text("")], ("0", "content"), REQUIRED),
    (
        "a container in a container",
        [{"type": 17, "components": [{"type": 17, "components": [text()]}]}],
        ("0", "components", "0", "type"),
        TYPE,
    ),
    ("an empty container", [{"type": 17, "components": []}], ("0", "components"), BAD),
    (
        "a colour too large",
        [{"type": 17, "accent_color": 1 << 24, "components": [text()]}],
        ("0", "accent_color"),
        "NUMBER_TYPE_MAX",
    ),
    ("a section without accessory", [{"type": 9, "components": [text()]}], ("0", "accessory"), REQUIRED),
    (
        "a section of four texts",
        [{"type": 9, "components": [text()] * 4, "accessory": button()}],
        ("0", "components"),
        BAD,
    ),
    (
        "a section with a menu",
        [{"type": 9, "components": [text()], "accessory": menu()}],
        ("0", "accessory", "type"),
        TYPE,
    ),
    (
        "a section with a button as text",
        [{"type": 9, "components": [button()], "accessory": button("b")}],
        ("0", "components", "0", "type"),
        TYPE,
    ),
    (
        "alt text over 1024",
        [{"type": 12, "items": [{"media": PICTURE, "description": "x" * 1025}]}],
        ("0", "items", "0", "description"),
        BAD,
    ),
    (
        "a thumbnail's alt text over 1024",
        [{"type": 9, "components": [text()], "accessory": {"type": 11, "media": PICTURE, "description": "x" * 1025}}],
        ("0", "accessory", "description"),
        BAD,
    ),
    ("eleven pictures", [{"type": 12, "items": [{"media": PICTURE}] * 11}], ("0", "items"), BAD),
    ("no pictures", [{"type": 12, "items": []}], ("0", "items"), BAD),
    (
        "a picture that is not attached",
        [{"type": 12, "items": [{"media": {"url": "attachment://a.png"}}]}],
        ("0", "items", "0", "media", "url"),
        "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
    ),
    (
        "a picture from nowhere",
        [{"type": 12, "items": [{"media": {"url": "ftp://example.org/a"}}]}],
        ("0", "items", "0", "media", "url"),
        "URL_TYPE_INVALID_SCHEME",
    ),
    ("a file by URL", [{"type": 13, "file": PICTURE}], ("0", "file", "url"), "UNFURLED_MEDIA_ITEM_ATTACHMENT_REQUIRED"),
    ("a spacing of three", [text(), {"type": 14, "spacing": 3}], ("1", "spacing"), "BASE_TYPE_CHOICES"),
    ("a thumbnail on top", [{"type": 11, "media": PICTURE}], ("0", "type"), TYPE),
    ("a label in a message", [{"type": 18, "label": "x", "component": menu()}], ("0", "type"), TYPE),
    (
        "a custom id twice, far apart",
        [row(button("a")), {"type": 9, "components": [text()], "accessory": button("a")}],
        ("1", "accessory", "custom_id"),
        "COMPONENT_CUSTOM_ID_DUPLICATED",
    ),
]


@pytest.mark.parametrize(
    ("components", "path", "problem"), [one[1:] for one in LAYOUTS], ids=[one[0] for one in LAYOUTS]
)
async def test_layouts_have_limits(
    post: Do, standin: Discord, components: Any, path: tuple[str, ...], problem: str
) -> None:
    """Each is refused with 50035 at its place, and nothing is posted."""
    reply = await post({"flags": V2, "components": components})
    assert (reply.status, reply.code, reply.problem("components", *path)) == (400, 50035, problem)
    assert standin.board.rows("discord/message/") == {}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("content", "x"),
        ("embeds", [{"title": "x"}]),
        ("sticker_ids", ["1"]),
        ("poll", {"question": {"text": "?"}, "answers": [{"poll_media": {"text": "a"}}]}),
    ],
)
async def test_a_layout_stands_alone(post: Do, field: str, value: Any) -> None:
    """With IS_COMPONENTS_V2 no content, embeds, stickers or poll."""
    reply = await post({"flags": V2, "components": [text()], field: value})
    assert reply.problem(field) == "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"


async def test_the_largest_permitted_layout_is_taken(post: Do) -> None:
    """Forty components and four thousand characters."""
    inside = [text("x" * 100) for _ in range(39)]
    inside[0]["content"] = "x" * 200
    reply = await post({"flags": V2, "components": [{"type": 17, "components": inside}]})
    assert reply.status == 200


async def test_five_full_rows_are_taken(post: Do) -> None:
    """Twenty-five buttons with labels of eighty characters."""
    rows = [row(*(button(f"{r}-{n}", label="x" * 80) for n in range(5))) for r in range(5)]
    assert (await post({"components": rows})).status == 200


async def test_components_come_back_with_numbers_and_defaults(post: Do) -> None:
    """Numbers are given in order and never collide with those that the bot chose; menus say how many can be picked."""
    sent = {
        "flags": V2,
        "components": [row(button("a", id=2), button("b")), row({"type": 5, "custom_id": "c"}), {"type": 14}],
    }
    first, second, third = (await post(sent)).json["components"]
    numbers = [first["id"], *(one["id"] for one in first["components"]), second["id"], second["components"][0]["id"]]
    assert numbers == [1, 2, 3, 4, 5]
    assert second["components"][0] == {"type": 5, "id": 5, "custom_id": "c", "min_values": 1, "max_values": 1}
    assert third == {"type": 14, "id": 6, "divider": True, "spacing": 1}


async def test_everything_wrong_is_told_at_once(post: Do) -> None:
    """Nested errors name each field."""
    reply = await post({"content": "x" * 2001, "components": [row(button(label="x" * 81))]})
    assert list(reply.json["errors"]) == ["content", "components"]
    assert reply.json["message"] == "Invalid Form Body"


async def test_a_layout_cannot_become_a_plain_message_again(post: Do, raw: Do, london: str) -> None:
    """IS_COMPONENTS_V2 stays when an edit leaves it out, and content is refused."""
    path = f"/channels/{london}/messages/" + (await post({"flags": V2, "components": [text()]})).json["id"]
    assert (await raw("PATCH", path, {"flags": 0, "components": [text("New")]})).json["flags"] == V2
    refused = await raw("PATCH", path, {"content": "Plain"})
    assert refused.problem("content") == "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"


async def test_a_plain_message_becomes_a_layout_when_its_content_goes(post: Do, raw: Do, london: str) -> None:
    """The old content must be reset in the same request."""
    path = f"/channels/{london}/messages/" + (await post({"content": "Plain"})).json["id"]
    body = {"flags": V2, "components": [text()]}
    assert (await raw("PATCH", path, body)).problem("content") == "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
    assert (await raw("PATCH", path, {**body, "content": None})).json["flags"] == V2
