"""Blocks: what Slack accepts in a message, a modal and App Home (docs: Blocks, Views, and each block's page).

Kinds of block that are not listed here (`file`, which only Slack makes, and those of 2026 such as `data_table`, `card`
or `alert`) are refused as unsupported.
"""

from collections.abc import Iterator
from typing import Any, Literal, TypeAlias

from adapters.playground.slack.checks import (
    Check,
    Problems,
    both,
    choice,
    exactly_one,
    flag,
    items,
    kinds,
    say,
    shape,
    string,
    whole,
)
from adapters.playground.slack.elements import IMAGE, IN_ACTIONS, IN_INPUT, IN_SECTION, PICTURE, URL, plain, text
from adapters.playground.slack.rich_text import RICH_TEXT

Surface: TypeAlias = Literal["message", "modal", "home"]

ID = {"block_id": string(255)}
MOST_BLOCKS: dict[Surface, int] = {"message": 50, "modal": 100, "home": 100}
MARKDOWN_MOST = 12_000


def _section_says_something(value: Any, pointer: str, problems: Problems) -> None:
    if isinstance(value, dict) and "text" not in value and "fields" not in value:
        say(problems, pointer, "must provide text or fields")


def _no_wider_than_twenty(value: Any, pointer: str, problems: Problems) -> None:
    cell = kinds(
        {
            "raw_text": shape({"text": string(least=1)}, {}, "raw_text"),
            "raw_number": shape({"text": string(), "value": whole()}, {}, "raw_number"),
            "rich_text": RICH_TEXT,
        }
    )
    items(items(cell, 20, 1), 100, 1)(value, pointer, problems)


EVERYWHERE: dict[str, Check] = {
    "section": both(
        shape(
            {},
            {
                **ID,
                "text": text(3000),
                "fields": items(text(2000), 10, 1),
                "accessory": kinds(IN_SECTION),
                "expand": flag,
            },
            "section",
        ),
        _section_says_something,
    ),
    "divider": shape({}, ID, "divider"),
    "header": shape({"text": plain(150)}, {**ID, "level": whole(1, 4)}, "header"),
    "image": both(
        shape({"alt_text": string(2000)}, {**ID, **PICTURE, "title": plain(2000)}, "image"),
        exactly_one("image_url", "slack_file"),
    ),
    "context": shape(
        {
            "elements": items(
                kinds(
                    {
                        "image": IMAGE,
                        "plain_text": plain(3000),
                        "mrkdwn": shape({"text": string(3000, 1)}, {"verbatim": flag}, "mrkdwn"),
                    }
                ),
                10,
                1,
            )
        },
        ID,
        "context",
    ),
    "actions": shape({"elements": items(kinds(IN_ACTIONS), 25, 1)}, ID, "actions"),
    "input": shape(
        {"label": plain(2000), "element": kinds(IN_INPUT)},
        {**ID, "hint": plain(2000), "optional": flag, "dispatch_action": flag},
        "input",
    ),
    "rich_text": RICH_TEXT,
    "video": shape(
        {"alt_text": string(2000), "title": plain(199), "thumbnail_url": URL, "video_url": URL},
        {
            **ID,
            "author_name": string(49),
            "description": plain(199),
            "provider_icon_url": URL,
            "provider_name": string(),
            "title_url": URL,
        },
        "video",
    ),
}

IN_MESSAGES: dict[str, Check] = {
    **EVERYWHERE,
    "markdown": shape({"text": string(MARKDOWN_MOST, 1)}, ID, "markdown"),
    "table": shape(
        {"rows": _no_wider_than_twenty},
        {
            **ID,
            "column_settings": items(shape({}, {"align": choice("left", "center", "right"), "is_wrapped": flag}), 20),
        },
        "table",
    ),
}

BLOCKS: dict[Surface, Check] = {"message": kinds(IN_MESSAGES), "modal": kinds(EVERYWHERE), "home": kinds(EVERYWHERE)}

VIEW = {
    "callback_id": string(255),
    "private_metadata": string(3000),
    "external_id": string(255),
}
MODAL = shape(
    {"type": choice("modal"), "title": plain(24), "blocks": items(BLOCKS["modal"], 100)},
    {**VIEW, "submit": plain(24), "close": plain(24), "clear_on_close": flag, "notify_on_close": flag},
)
HOME = shape({"type": choice("home"), "blocks": items(BLOCKS["home"], 100)}, VIEW)


def problems_of_blocks(blocks: Any, surface: Surface = "message", pointer: str = "/blocks") -> Problems:
    """Everything that Slack would refuse about a message's blocks."""
    problems: Problems = []
    items(BLOCKS[surface], MOST_BLOCKS[surface])(blocks, pointer, problems)
    if isinstance(blocks, list):
        _unique(blocks, pointer, problems)
        _in_its_place(blocks, surface, pointer, problems)
    return problems


def problems_of_view(view: Any, surface: Surface) -> Problems:
    """Everything that Slack would refuse about a modal or an App Home view."""
    problems: Problems = []
    (MODAL if surface == "modal" else HOME)(view, "/view", problems)
    if not isinstance(view, dict) or not isinstance(view.get("blocks"), list):
        return problems
    blocks = view["blocks"]
    _unique(blocks, "/view/blocks", problems)
    _in_its_place(blocks, surface, "/view/blocks", problems)
    asks = any(isinstance(one, dict) and one.get("type") == "input" for one in blocks)
    if surface == "modal" and asks and "submit" not in view:
        say(problems, "/view", "missing required field: submit")
    if sum(bool(element.get("focus_on_load")) for _, element in elements_of(blocks)) > 1:
        say(problems, "/view/blocks", "focus_on_load can only be set on one element")
    return problems


def elements_of(blocks: Any) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Every interactive element with the block it is in."""
    for block in blocks if isinstance(blocks, list) else []:
        if not isinstance(block, dict):
            continue
        match block.get("type"):
            case "actions":
                found = block.get("elements")
            case "input":
                found = [block.get("element")]
            case "section":
                found = [block.get("accessory")]
            case _:
                found = []
        for element in found if isinstance(found, list) else []:
            if isinstance(element, dict) and element.get("type") != "image":
                yield block, element


def _unique(blocks: list[Any], pointer: str, problems: Problems) -> None:
    """A block_id is used once in a message or view, an action_id once in a block (docs: Blocks)."""
    seen: set[str] = set()
    for n, block in enumerate(blocks):
        key = block.get("block_id") if isinstance(block, dict) else None
        if not isinstance(key, str) or not key:
            continue
        if key in seen:
            say(problems, f"{pointer}/{n}/block_id", f"`block_id` `{key}` already exists")
        seen.add(key)
    for n, block in enumerate(blocks):
        keys = [element.get("action_id") for _, element in elements_of([block])]
        for key in {one for one in keys if isinstance(one, str) and one and keys.count(one) > 1}:
            say(problems, f"{pointer}/{n}", f"`action_id` `{key}` already exists in this block")


def _in_its_place(blocks: list[Any], surface: Surface, pointer: str, problems: Problems) -> None:
    """Files are asked for in modals only; Markdown of a message counts together (docs: File input, Markdown block)."""
    for block, element in elements_of(blocks):
        if element.get("type") == "file_input" and surface != "modal":
            say(problems, f"{pointer}/{blocks.index(block)}/element", "unsupported type: file_input")
    written = [
        one["text"] for one in blocks if isinstance(one, dict) and one.get("type") == "markdown" and "text" in one
    ]
    if len(written) > 1 and sum(map(len, map(str, written))) > MARKDOWN_MOST:
        say(problems, pointer, f"markdown must be less than {MARKDOWN_MOST + 1} characters")
