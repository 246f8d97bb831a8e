"""Messages, modals and homes: what each takes as a whole, and how a refusal of blocks is told."""

from typing import Any

import pytest

from adapters.playground.slack.blocks import problems_of_blocks, problems_of_view

Json = dict[str, Any]


def plain(text: str = "x") -> Json:
    return {"type": "plain_text", "text": text}


def options(count: int) -> list[Json]:
    return [{"text": plain(), "value": str(n)} for n in range(count)]


def section(text: str = "x") -> Json:
    return {"type": "section", "text": plain(text)}


def asked(kind: str, **more: Any) -> Json:
    return {"type": "input", "label": plain(), "element": {"type": kind, **more}}


def said(problems: list[str]) -> list[str]:
    return [one.removeprefix("[ERROR] ") for one in problems]


async def refused(town: Any, blocks: list[Json]) -> str | None:
    """How Slack refuses a message of these."""
    return await town.error("chat.postMessage", {"channel": town["london"], "text": "x", "blocks": blocks})


async def test_messages_with_bad_blocks_are_refused_in_slacks_words(town: Any) -> None:
    """For messages the code is invalid_blocks; nothing is posted."""
    wanted = {"channel": town["london"], "text": "x", "blocks": [section("x" * 3001)]}
    words = "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    for method, more in (("chat.postMessage", {}), ("chat.postEphemeral", {"user": town["ada"]})):
        answer = await town.call(method, {**wanted, **more})
        assert (answer["error"], answer["errors"], answer["response_metadata"]) == (
            "invalid_blocks",
            [words],
            {"messages": [f"[ERROR] {words}"]},
        )
    ts = await town.post()
    assert await town.error("chat.update", {**wanted, "ts": ts}) == "invalid_blocks"
    assert town.message(ts)["text"] == "Hello"


async def test_a_message_holds_fifty_blocks(town: Any) -> None:
    """Fifty pass, fifty-one do not."""
    wanted = {"channel": town["london"], "text": "x"}
    assert await town.error("chat.postMessage", {**wanted, "blocks": [{"type": "divider"}] * 50}) is None
    answer = await town.call("chat.postMessage", {**wanted, "blocks": [{"type": "divider"}] * 51})
    assert answer["response_metadata"]["messages"] == ["[ERROR] no more than 50 items allowed [json-pointer:/blocks]"]


async def test_a_block_id_is_used_once_in_a_message(town: Any) -> None:
    """Twice is refused, at the second place."""
    twice = [{"type": "divider", "block_id": "a"}, {"type": "divider", "block_id": "a"}]
    assert said(problems_of_blocks(twice)) == ["`block_id` `a` already exists [json-pointer:/blocks/1/block_id]"]
    assert await refused(town, twice) == "invalid_blocks"


async def test_markdown_counts_together(town: Any) -> None:
    """Two Markdown blocks share one limit."""
    half = {"type": "markdown", "text": "x" * 6001}
    assert said(problems_of_blocks([half, half])) == [
        "markdown must be less than 12001 characters [json-pointer:/blocks]"
    ]
    assert await refused(town, [half, half]) == "invalid_blocks"


def modal(*blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": plain(), "submit": plain(), "blocks": list(blocks), **more}


VIEWS: list[tuple[str, Json, Json, str]] = [
    ("title 24", modal(title=plain("x" * 24)), modal(title=plain("x" * 25)), "less than 25|/view/title/text"),
    ("submit 24", modal(submit=plain("x" * 24)), modal(submit=plain("x" * 25)), "less than 25|/view/submit/text"),
    ("close 24", modal(close=plain("x" * 24)), modal(close=plain("x" * 25)), "less than 25|/view/close/text"),
    ("callback_id 255", modal(callback_id="x" * 255), modal(callback_id="x" * 256), "less than 256|/view/callback_id"),
    (
        "private_metadata 3000",
        modal(private_metadata="x" * 3000),
        modal(private_metadata="x" * 3001),
        "less than 3001|/view/private_metadata",
    ),
    (
        "100 blocks",
        modal(*[{"type": "divider"}] * 100),
        modal(*[{"type": "divider"}] * 101),
        "no more than 100 items|/view/blocks",
    ),
    (
        "a title",
        modal(),
        {"type": "modal", "blocks": []},
        "missing required field: title|/view",
    ),
    (
        "inputs need a submit button",
        modal(asked("datepicker")),
        {"type": "modal", "title": plain(), "blocks": [asked("datepicker")]},
        "missing required field: submit|/view",
    ),
    ("no other property", modal(), modal(submit_disabled=True), "invalid additional property: submit_disabled|/view"),
    (
        "one focus",
        modal(asked("datepicker", focus_on_load=True)),
        modal(*[asked("datepicker", focus_on_load=True)] * 2),
        "focus_on_load can only be set on one element|/view/blocks",
    ),
    (
        "files in modals",
        modal(asked("file_input", max_files=10)),
        modal(asked("file_input", max_files=11)),
        "between 1 and 10|",
    ),
    (
        "no Markdown in modals",
        modal(section()),
        modal({"type": "markdown", "text": "x"}),
        "unsupported type: markdown|/view/blocks/0/type",
    ),
    (
        "inner pointers",
        modal(asked("static_select", options=options(100))),
        modal(asked("static_select", options=options(101))),
        "no more than 100 items allowed|/view/blocks/0/element/options",
    ),
]


@pytest.mark.parametrize(("inside", "beyond", "words"), [one[1:] for one in VIEWS], ids=[one[0] for one in VIEWS])
async def test_a_view_is_refused_just_beyond_its_limits(town: Any, inside: Json, beyond: Json, words: str) -> None:
    """For views the code is invalid_arguments, with the same kind of sentence; the trigger is not used up by it."""
    sentence, _, place = words.partition("|")
    trigger = await town.trigger()
    answer = await town.call("views.open", {"trigger_id": trigger, "view": beyond})
    messages = answer["response_metadata"]["messages"]
    assert answer["error"] == "invalid_arguments"
    assert [one for one in messages if sentence in one and (not place or one.endswith(f"[json-pointer:{place}]"))], (
        messages
    )
    assert await town.error("views.open", {"trigger_id": trigger, "view": inside}) is None


async def test_files_are_asked_for_in_modals_only(town: Any) -> None:
    """A message and a home cannot ask for files."""
    wanted = asked("file_input")
    assert said(problems_of_blocks([wanted])) == ["unsupported type: file_input [json-pointer:/blocks/0/element]"]
    home = {"type": "home", "blocks": [wanted]}
    assert said(problems_of_view(home, "home")) == [
        "unsupported type: file_input [json-pointer:/view/blocks/0/element]"
    ]
    assert await refused(town, [wanted]) == "invalid_blocks"
    assert await town.error("views.publish", {"user_id": town["ada"], "view": home}) == "invalid_arguments"


async def test_a_home_holds_a_hundred_blocks(town: Any) -> None:
    """As a modal does; one more is refused."""
    homes = [{"type": "home", "blocks": [{"type": "divider"}] * count} for count in (100, 101)]
    answers = [await town.error("views.publish", {"user_id": town["ada"], "view": home}) for home in homes]
    assert answers == [None, "invalid_arguments"]


async def test_a_view_is_at_most_250_kilobytes(town: Any) -> None:
    """A view within all other limits can still be too large."""
    blocks = [section("x" * 3000) for _ in range(90)]
    answer = await town.error("views.open", {"trigger_id": await town.trigger(), "view": modal(*blocks)})
    assert answer == "view_too_large"
