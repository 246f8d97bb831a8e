"""Blocks: every limit, one step inside it and one step beyond, as Slack's answer tells it."""

from typing import Any

import pytest

from adapters.playground.slack.blocks import problems_of_blocks

Json = dict[str, Any]


def plain(text: str = "x") -> Json:
    return {"type": "plain_text", "text": text}


def option(n: int = 0, text: str = "x", value: str | None = None) -> Json:
    return {"text": plain(text), "value": str(n) if value is None else value}


def options(count: int) -> list[Json]:
    return [option(n) for n in range(count)]


def button(**more: Any) -> Json:
    return {"type": "button", "text": plain(), **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def section(**more: Any) -> Json:
    return {"type": "section", **({"text": plain()} if not more.keys() & {"text", "fields"} else {}), **more}


def asked(kind: str, **more: Any) -> Json:
    return {"type": "input", "label": plain(), "element": {"type": kind, **more}}


def inline(*elements: Json) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}


def table(rows: int, columns: int) -> Json:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * columns] * rows}


def date(form: str) -> Json:
    return inline({"type": "date", "timestamp": 1_789_646_400, "format": form})


GROUPS = [{"label": plain(), "options": options(1)}]

LIMITS: list[tuple[str, Json, Json, str]] = [
    # what is limited; just inside; just beyond; what Slack says, and where
    (
        "section text 3000",
        section(text=plain("x" * 3000)),
        section(text=plain("x" * 3001)),
        "less than 3001|/text/text",
    ),
    ("section text 1", section(text=plain("x")), section(text=plain("")), "more than 0|/text/text"),
    ("section says something", section(), {"type": "section"}, "must provide text or fields|"),
    ("fields 10", section(fields=[plain()] * 10), section(fields=[plain()] * 11), "no more than 10 items|/fields"),
    (
        "field 2000",
        section(fields=[plain("x" * 2000)]),
        section(fields=[plain("x" * 2001)]),
        "less than 2001|/fields/0/text",
    ),
    (
        "header 150",
        {"type": "header", "text": plain("x" * 150)},
        {"type": "header", "text": plain("x" * 151)},
        "less than 151|/text/text",
    ),
    (
        "header is plain",
        {"type": "header", "text": plain()},
        {"type": "header", "text": {"type": "mrkdwn", "text": "x"}},
        "must be one of: plain_text|/text/type",
    ),
    (
        "context 10",
        {"type": "context", "elements": [plain()] * 10},
        {"type": "context", "elements": [plain()] * 11},
        "no more than 10 items|/elements",
    ),
    ("actions 25", actions(*[button()] * 25), actions(*[button()] * 26), "no more than 25 items|/elements"),
    ("actions 1", actions(button()), actions(), "no fewer than 1 items|/elements"),
    (
        "button text 75",
        actions(button(text=plain("x" * 75))),
        actions(button(text=plain("x" * 76))),
        "less than 76|/elements/0/text/text",
    ),
    (
        "button value 2000",
        actions(button(value="x" * 2000)),
        actions(button(value="x" * 2001)),
        "less than 2001|/elements/0/value",
    ),
    (
        "button style",
        actions(button(style="danger")),
        actions(button(style="green")),
        "must be one of: primary, danger|/elements/0/style",
    ),
    (
        "no other property",
        actions(button()),
        actions(button(disabled=True)),
        "invalid additional property: disabled|/elements/0",
    ),
    (
        "action_id 255",
        actions(button(action_id="x" * 255)),
        actions(button(action_id="x" * 256)),
        "less than 256|/elements/0/action_id",
    ),
    (
        "block_id 255",
        {"type": "divider", "block_id": "x" * 255},
        {"type": "divider", "block_id": "x" * 256},
        "less than 256|/block_id",
    ),
    (
        "action_id once in a block",
        actions(button(action_id="a"), button(action_id="b")),
        actions(button(action_id="a"), button(action_id="a")),
        "`action_id` `a` already exists in this block|",
    ),
    (
        "confirm title 100",
        actions(button(confirm={"text": plain(), "title": plain("x" * 100)})),
        actions(button(confirm={"text": plain(), "title": plain("x" * 101)})),
        "less than 101|/elements/0/confirm/title/text",
    ),
    (
        "static select 100",
        actions({"type": "static_select", "options": options(100)}),
        actions({"type": "static_select", "options": options(101)}),
        "no more than 100 items|/elements/0/options",
    ),
    (
        "options or groups",
        actions({"type": "static_select", "option_groups": GROUPS}),
        actions({"type": "static_select", "option_groups": GROUPS, "options": options(1)}),
        "must provide exactly one of: options, option_groups|/elements/0",
    ),
    (
        "option text 75",
        actions({"type": "static_select", "options": [option(text="x" * 75)]}),
        actions({"type": "static_select", "options": [option(text="x" * 76)]}),
        "less than 76|/elements/0/options/0/text/text",
    ),
    (
        "option value 150",
        actions({"type": "static_select", "options": [option(value="x" * 150)]}),
        actions({"type": "static_select", "options": [option(value="x" * 151)]}),
        "less than 151|/elements/0/options/0/value",
    ),
    (
        "chosen at first is an option",
        actions({"type": "static_select", "options": options(2), "initial_option": option(1)}),
        actions({"type": "static_select", "options": options(2), "initial_option": option(2)}),
        "initial_option must match one of the options|/elements/0/initial_option",
    ),
    (
        "placeholder 150",
        actions({"type": "users_select", "placeholder": plain("x" * 150)}),
        actions({"type": "users_select", "placeholder": plain("x" * 151)}),
        "less than 151|/elements/0/placeholder/text",
    ),
    (
        "checkboxes 10",
        actions({"type": "checkboxes", "options": options(10)}),
        actions({"type": "checkboxes", "options": options(11)}),
        "no more than 10 items|/elements/0/options",
    ),
    (
        "radio 10",
        asked("radio_buttons", options=options(10)),
        asked("radio_buttons", options=options(11)),
        "no more than 10 items|/element/options",
    ),
    (
        "overflow 5",
        section(accessory={"type": "overflow", "options": options(5)}),
        section(accessory={"type": "overflow", "options": options(6)}),
        "no more than 5 items|/accessory/options",
    ),
    (
        "alt text 2000",
        {"type": "image", "image_url": "https://x", "alt_text": "x" * 2000},
        {"type": "image", "image_url": "https://x", "alt_text": "x" * 2001},
        "less than 2001|/alt_text",
    ),
    (
        "one picture",
        {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "x"},
        {"type": "image", "slack_file": {"id": "F1"}, "image_url": "https://x", "alt_text": "x"},
        "must provide exactly one of: image_url, slack_file|",
    ),
    (
        "alt text is required",
        section(accessory={"type": "image", "image_url": "https://x", "alt_text": ""}),
        section(accessory={"type": "image", "image_url": "https://x"}),
        "missing required field: alt_text|/accessory",
    ),
    (
        "markdown 12000",
        {"type": "markdown", "text": "x" * 12_000},
        {"type": "markdown", "text": "x" * 12_001},
        "less than 12001|/text",
    ),
    ("table 100 rows", table(100, 1), table(101, 1), "no more than 100 items|/rows"),
    ("table 20 columns", table(1, 20), table(1, 21), "no more than 20 items|/rows/0"),
    ("known blocks", {"type": "divider"}, {"type": "hologram"}, "unsupported type: hologram|/type"),
    ("no file blocks", {"type": "divider"}, {"type": "file", "external_id": "x"}, "unsupported type: file|/type"),
    (
        "inputs are not pressed",
        asked("plain_text_input"),
        actions({"type": "plain_text_input"}),
        "unsupported type: plain_text_input|/elements/0/type",
    ),
    (
        "buttons are not asked",
        asked("datepicker"),
        asked("button", text=plain()),
        "unsupported type: button|/element/type",
    ),
    (
        "label 2000",
        asked("datepicker"),
        {**asked("datepicker"), "label": plain("x" * 2001)},
        "less than 2001|/label/text",
    ),
    (
        "text input 3000",
        asked("plain_text_input", max_length=3000),
        asked("plain_text_input", max_length=3001),
        "between 1 and 3000|/element/max_length",
    ),
    (
        "least before most",
        asked("plain_text_input", min_length=2, max_length=2),
        asked("plain_text_input", min_length=3, max_length=2),
        "min_length must not be greater than max_length|/element",
    ),
    (
        "a date",
        asked("datepicker", initial_date="2026-09-17"),
        asked("datepicker", initial_date="17.9.2026"),
        "does not match the expected format|/element/initial_date",
    ),
    (
        "a time",
        asked("timepicker", initial_time="18:30"),
        asked("timepicker", initial_time="6pm"),
        "does not match the expected format|/element/initial_time",
    ),
    (
        "a zone",
        asked("timepicker", timezone="Europe/London"),
        asked("timepicker", timezone="London"),
        "invalid timezone|/element/timezone",
    ),
    (
        "no zone on a datetimepicker",
        asked("datetimepicker", initial_date_time=1_789_646_400),
        asked("datetimepicker", timezone="Europe/London"),
        "invalid additional property: timezone|/element",
    ),
    (
        "numbers say if they have decimals",
        asked("number_input", is_decimal_allowed=False),
        asked("number_input"),
        "missing required field: is_decimal_allowed|/element",
    ),
    (
        "rich text is not empty",
        inline({"type": "text", "text": "x"}),
        inline({"type": "text", "text": ""}),
        "more than 0|/elements/0/elements/0/text",
    ),
    (
        "rich text styles",
        inline({"type": "text", "text": "x", "style": {"bold": True, "code": True}}),
        inline({"type": "text", "text": "x", "style": {"blink": True}}),
        "invalid additional property: blink|/elements/0/elements/0/style",
    ),
    (
        "rich text elements",
        inline(
            {"type": "emoji", "name": "tada"}, {"type": "link", "url": "https://x"}, {"type": "user", "user_id": "U1"}
        ),
        inline({"type": "mention", "user_id": "U1"}),
        "unsupported type: mention|/elements/0/elements/0/type",
    ),
    ("dates have tokens", date("{date_long} at {time}"), date("soon"), "does not match|/elements/0/elements/0/format"),
    (
        "dates have known tokens",
        date("{date_short_pretty}"),
        date("{moon}"),
        "does not match|/elements/0/elements/0/format",
    ),
]


@pytest.mark.parametrize(("inside", "beyond", "words"), [one[1:] for one in LIMITS], ids=[one[0] for one in LIMITS])
def test_a_limit_holds_just_beyond_and_not_just_inside(inside: Json, beyond: Json, words: str) -> None:
    """What is just inside passes; what is just beyond is named with its place."""
    sentence, _, place = words.partition("|")
    assert problems_of_blocks([inside]) == []
    problems = problems_of_blocks([beyond])
    assert [one for one in problems if sentence in one and one.endswith(f"[json-pointer:/blocks/0{place}]")], problems


async def test_every_limit_is_refused_over_http(town: Any) -> None:
    """In messages by `invalid_blocks`, with the sentence and the place; nothing is posted."""
    town.slack.workspace.pace.on = False
    for name, _, beyond, words in LIMITS:
        sentence, _, place = words.partition("|")
        wanted = {"channel": town["london"], "text": "x", "blocks": [beyond]}
        answer = await town.call("chat.postMessage", wanted)
        told = answer["response_metadata"]["messages"]
        assert answer["error"] == "invalid_blocks", name
        assert [one for one in told if sentence in one and one.endswith(f"[json-pointer:/blocks/0{place}]")], name
    assert town.board.rows("slack/message/") == {}
