"""Forms over raw HTTP: what Discord refuses to open."""

from collections.abc import Callable
from typing import Any

import pytest

Do = Callable[..., Any]
LONG = "BASE_TYPE_MAX_LENGTH"
BAD = "BASE_TYPE_BAD_LENGTH"
REQUIRED = "BASE_TYPE_REQUIRED"
CUSTOM = "custom_id"


def label(component: Any, **more: Any) -> dict[str, Any]:
    return {"type": 18, "label": "Label", "component": component, **more}


def text(custom_id: str = "text", **more: Any) -> dict[str, Any]:
    return {"type": 4, "custom_id": custom_id, "style": 1, **more}


def group(kind: int, count: int, **more: Any) -> dict[str, Any]:
    return {
        "type": kind,
        "custom_id": "group",
        "options": [{"label": str(n), "value": str(n)} for n in range(count)],
        **more,
    }


IN = ("components", "0", "component")
FORMS: list[tuple[str, dict[str, Any], tuple[str, ...], str]] = [
    ("a title over 45", {"title": "x" * 46}, ("title",), BAD),
    ("no title", {"title": None}, ("title",), REQUIRED),
    ("a custom id over 100", {CUSTOM: "x" * 101}, (CUSTOM,), BAD),
    ("six items", {"components": [label(text(str(n))) for n in range(6)]}, ("components",), BAD),
    ("no items", {"components": []}, ("components",), BAD),
    ("a label over 45", {"components": [label(text(), label="x" * 46)]}, ("components", "0", "label"), BAD),
    (
        "a description over 100",
        {"components": [label(text(), description="x" * 101)]},
        ("components", "0", "description"),
        BAD,
    ),
    ("a label around nothing", {"components": [{"type": 18, "label": "x"}]}, IN, REQUIRED),
    (
        "a label around a button",
        {"components": [label({"type": 2, "style": 1, "label": "x", CUSTOM: "x"})]},
        (*IN, "type"),
        "UNION_TYPE_CHOICES",
    ),
    ("a bare input", {"components": [text()]}, ("components", "0", "type"), "UNION_TYPE_CHOICES"),
    (
        "a container",
        {"components": [{"type": 17, "components": []}]},
        ("components", "0", "type"),
        "UNION_TYPE_CHOICES",
    ),
    (
        "a menu in a row",
        {"components": [{"type": 1, "components": [group(3, 2)]}]},
        ("components", "0", "components", "0", "type"),
        "UNION_TYPE_CHOICES",
    ),
    (
        "a custom id twice",
        {"components": [label(text("a")), label(text("a"))]},
        ("components", "1", "component", CUSTOM),
        "COMPONENT_CUSTOM_ID_DUPLICATED",
    ),
    ("no style", {"components": [label({"type": 4, CUSTOM: "x"})]}, (*IN, "style"), REQUIRED),
    ("max_length over 4000", {"components": [label(text(max_length=4001))]}, (*IN, "max_length"), "NUMBER_TYPE_MAX"),
    (
        "min_length over max_length",
        {"components": [label(text(min_length=9, max_length=8))]},
        (*IN, "min_length"),
        "NUMBER_TYPE_MAX",
    ),
    ("a value over max_length", {"components": [label(text(value="x" * 9, max_length=8))]}, (*IN, "value"), LONG),
    ("a placeholder over 100", {"components": [label(text(placeholder="x" * 101))]}, (*IN, "placeholder"), LONG),
    (
        "a label of its own inside",
        {"components": [label(text(label="x"))]},
        (*IN, "label"),
        "MODAL_LABEL_NOT_PERMITTED",
    ),
    (
        "a disabled menu",
        {"components": [label(group(3, 2, disabled=True))]},
        (*IN, "disabled"),
        "COMPONENT_DISABLED_NOT_PERMITTED",
    ),
    (
        "required with none to pick",
        {"components": [label(group(3, 2, min_values=0))]},
        (*IN, "min_values"),
        "COMPONENT_REQUIRED_MIN_VALUES",
    ),
    ("a radio group of one", {"components": [label(group(21, 1))]}, (*IN, "options"), BAD),
    ("a radio group of eleven", {"components": [label(group(21, 11))]}, (*IN, "options"), BAD),
    ("a checkbox group of eleven", {"components": [label(group(22, 11))]}, (*IN, "options"), BAD),
    ("a checkbox group of none", {"components": [label(group(22, 0))]}, (*IN, "options"), BAD),
    (
        "more ticks than boxes",
        {"components": [label(group(22, 2, max_values=3))]},
        (*IN, "max_values"),
        "NUMBER_TYPE_MAX",
    ),
    ("a menu of 26", {"components": [label(group(3, 26))]}, (*IN, "options"), BAD),
    (
        "eleven files",
        {"components": [label({"type": 19, CUSTOM: "f", "max_values": 11})]},
        (*IN, "max_values"),
        "NUMBER_TYPE_MAX",
    ),
]


@pytest.mark.parametrize(("change", "path", "problem"), [one[1:] for one in FORMS], ids=[one[0] for one in FORMS])
async def test_forms_have_limits(go: Do, respond: Do, change: Any, path: tuple[str, ...], problem: str) -> None:
    """Each is refused with 50035 at its place, and the bot may answer again."""
    fine = {"custom_id": "form", "title": "Form", "components": [label(text())]}
    event = await go()
    reply = await respond(event, {"type": 9, "data": {**fine, **change}})
    assert (reply.status, reply.problem("data", *path)) == (400, problem)
    assert (await respond(event, {"type": 9, "data": fine})).status == 204


async def test_the_fullest_form_opens(go: Do, respond: Do, standin: Any, ada: str) -> None:
    """Five items with every text at its longest."""
    items = [
        label(text(max_length=4000, value="x" * 4000, placeholder="x" * 100), label="x" * 45, description="x" * 100),
        label(group(21, 10)),
        label({**group(22, 10), CUSTOM: "boxes"}),
        label({**group(3, 25), CUSTOM: "menu"}),
        label({"type": 23, CUSTOM: "tick"}),
    ]
    event = await go()
    form = {"custom_id": "x" * 100, "title": "x" * 45, "components": items}
    assert (await respond(event, {"type": 9, "data": form})).status == 204
    row = standin.board.get(f"discord/modal/{ada}/{event['id']}")
    assert [one["component"]["type"] for one in row["components"]] == [4, 21, 22, 3, 23]


async def test_an_old_fashioned_row_with_a_text_input_still_opens(go: Do, respond: Do) -> None:
    """Deprecated, and taken."""
    item = {"type": 1, "components": [text(label="Name")]}
    reply = await respond(await go(), {"type": 9, "data": {"custom_id": "f", "title": "Form", "components": [item]}})
    assert reply.status == 204
