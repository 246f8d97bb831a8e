"""Nonsense: whatever JSON comes, the answer is a refusal in Slack's form, never an accident of ours."""

from copy import deepcopy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from adapters.playground.slack.blocks import problems_of_blocks, problems_of_view
from adapters.playground.slack.methods import METHODS

PLAIN = {"type": "plain_text", "text": "x"}
OPTION = {"text": PLAIN, "value": "1"}
BLOCKS: list[Any] = [
    {
        "type": "section",
        "block_id": "a",
        "text": PLAIN,
        "fields": [PLAIN],
        "accessory": {
            "type": "static_select",
            "action_id": "b",
            "option_groups": [{"label": PLAIN, "options": [OPTION]}],
            "initial_option": OPTION,
        },
    },
    {"type": "actions", "elements": [{"type": "button", "text": PLAIN, "confirm": {"text": PLAIN}}]},
    {"type": "input", "label": PLAIN, "element": {"type": "plain_text_input", "min_length": 1, "max_length": 2}},
    {"type": "input", "label": PLAIN, "element": {"type": "timepicker", "timezone": "Europe/London"}},
    {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": [{"type": "date", "timestamp": 1, "format": "{date}"}]}],
    },
    {"type": "image", "alt_text": "x", "slack_file": {"id": "F1"}},
    {"type": "context", "elements": [PLAIN]},
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["type", "text", "options"]), inner, max_size=3)
    ),
    max_leaves=6,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of everything inside this JSON."""
    inner = (
        list(value.items()) if isinstance(value, dict) else list(enumerate(value)) if isinstance(value, list) else []
    )
    return [path, *(one for key, child in inner for one in places(child, (*path, key)))]


PLACES = [path for path in places(BLOCKS) if path]


def changed(path: tuple[Any, ...], to: Any) -> Any:
    """The blocks with something else in one place."""
    blocks = deepcopy(BLOCKS)
    target: Any = blocks
    for key in path[:-1]:
        target = target[key]
    target[path[-1]] = to
    return blocks


def test_the_blocks_are_well_as_they_are() -> None:
    """Otherwise the next test would show nothing."""
    assert problems_of_blocks(BLOCKS) == []


@given(st.sampled_from(PLACES), JSON)
def test_any_nonsense_anywhere_is_told_and_not_raised(path: tuple[Any, ...], to: Any) -> None:
    """Every problem is a sentence with a place; a view with the same blocks is judged as well."""
    blocks = changed(path, to)
    view = {"type": "modal", "title": PLAIN, "submit": PLAIN, "blocks": blocks}
    for problems in (problems_of_blocks(blocks), problems_of_view(view, "modal")):
        assert all(one.startswith("[ERROR] ") and "[json-pointer:/" in one for one in problems)


@given(JSON)
def test_blocks_and_views_of_any_kind_are_judged(told: Any) -> None:
    """Only an empty list is no problem for blocks; nothing so small is a view."""
    assert (problems_of_blocks(told) == []) is (told == [])
    assert problems_of_view(told, "modal") != []


async def test_nonsense_in_any_argument_is_refused_and_the_server_lives(town: Any) -> None:
    """Every method answers 200 with ok:false, or takes it, whatever its arguments hold."""
    town.slack.workspace.pace.on = False
    headers = {"Authorization": f"Bearer {town.slack.bot_token}"}
    for name, method in METHODS.items():
        for odd in ([], {}, [{}], {"id": []}, "", 0, -1, True, "\ud83d", "x" * 5000):
            args = dict.fromkeys(method.arguments, odd)
            async with town.http.post(town.slack.api_url + name, json=args, headers=headers) as response:
                assert (name, odd, response.status) == (name, odd, 200)
        for one in method.arguments:
            args = {
                "channel": town["london"],
                "user": town["ada"],
                "text": "x",
                "ts": "1.0",
                "view": {},
                "files": [],
                one: [{}],
            }
            fitting = {key: value for key, value in args.items() if key in method.arguments}
            async with town.http.post(town.slack.api_url + name, json=fitting, headers=headers) as response:
                assert (name, one, response.status) == (name, one, 200)
