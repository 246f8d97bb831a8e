"""The stand-in beside Slack's published specification: arguments, errors, blocks, events, payloads.

These tests read the folder that PLATFORM_SPECS names; the stand-in itself works without it.
"""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from adapters.playground.slack.blocks import problems_of_blocks
from adapters.playground.slack.methods import COMMON, METHODS
from tests.playground.slack.envelopes import EVENTS, RECORDED, Envelopes, missing
from tests.schemas import Schema, document

Json = dict[str, Any]

UNLISTED = {
    # The reference lists errors incompletely: these belong to arguments that it does list.
    "chat.postMessage": {"msg_too_long", "invalid_attachments"},
    "chat.postEphemeral": {"invalid_metadata_format", "invalid_metadata_schema", "metadata_too_large"},
}


@pytest.fixture(scope="module")
def specs(platform_specs: Path) -> Path:
    """Slack's part of the platforms' specifications."""
    return platform_specs / "slack"


NO_PAGE = {"bots.info", "reactions.add", "reactions.get", "reactions.remove"}


@pytest.mark.parametrize("name", sorted(METHODS.keys() - NO_PAGE))
def test_arguments_and_errors_are_those_of_the_reference(specs: Path, name: str) -> None:
    """Names, required flags and error codes of our table are Slack's; a few methods have no page in the folder."""
    reference = json.loads((specs / "methods" / name.partition(".")[0] / f"{name}.json").read_text())
    arguments = reference.get("args", {})
    method = METHODS[name]
    assert method.arguments == arguments.keys()
    assert set(method.required) == {one for one, told in arguments.items() if told["required"]}
    assert method.errors - reference["errors"].keys() == UNLISTED.get(name, set())


def test_common_errors_are_known_to_the_reference(specs: Path) -> None:
    """Every code that any method may answer is documented for at least one method."""
    documented: set[str] = set()
    for page in (specs / "methods").rglob("*.json"):
        documented |= json.loads(page.read_text()).get("errors", {}).keys()
    assert COMMON - documented <= {"invalid_auth", "invalid_arguments", "invalid_json", "json_not_object"}


def examples() -> Iterator[Json]:
    """Blocks with everything that this bot, or another, is likely to send."""
    plain = {"type": "plain_text", "text": "x", "emoji": True}
    mrkdwn = {"type": "mrkdwn", "text": "x", "verbatim": True}
    option = {"text": plain, "value": "1", "description": plain}
    confirm = {"title": plain, "text": plain, "confirm": plain, "deny": plain, "style": "danger"}
    common = {"action_id": "a", "confirm": confirm, "focus_on_load": True}
    button = {"type": "button", "text": plain, "action_id": "b", "value": "v", "style": "primary", "confirm": confirm}
    image = {"type": "image", "image_url": "https://x", "alt_text": "x"}
    style = {"bold": True, "italic": True, "strike": True, "code": True}
    words = [
        {"type": "text", "text": "x", "style": style},
        {"type": "link", "url": "https://x", "text": "x", "style": style},
        {"type": "user", "user_id": "U1"},
        {"type": "channel", "channel_id": "C1"},
        {"type": "usergroup", "usergroup_id": "S1"},
        {"type": "broadcast", "range": "here"},
        {"type": "emoji", "name": "tada"},
        {"type": "date", "timestamp": 1789646400, "format": "{date_long} {time}", "fallback": "x", "url": "https://x"},
    ]
    paragraph = {"type": "rich_text_section", "elements": words}
    yield {"type": "section", "block_id": "s", "text": mrkdwn, "fields": [plain, mrkdwn], "accessory": image}
    yield {"type": "header", "text": plain}
    yield {"type": "divider"}
    yield {**image, "title": plain}
    yield {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "x"}
    yield {"type": "context", "elements": [image, plain, mrkdwn]}
    yield {"type": "markdown", "text": "# x"}
    yield {
        "type": "table",
        "rows": [[{"type": "raw_text", "text": "x"}, {"type": "rich_text", "elements": [paragraph]}]],
    }
    yield {
        "type": "rich_text",
        "elements": [
            paragraph,
            {"type": "rich_text_list", "style": "bullet", "indent": 1, "elements": [paragraph]},
            {"type": "rich_text_quote", "elements": words},
            {"type": "rich_text_preformatted", "elements": [words[0], words[1]]},
        ],
    }
    menus = [
        {"type": "static_select", "options": [option], "initial_option": option, "placeholder": plain, **common},
        {"type": "static_select", "option_groups": [{"label": plain, "options": [option]}]},
        {"type": "external_select", "min_query_length": 1, "initial_option": option, **common},
        {"type": "users_select", "initial_user": "U1", **common},
        {"type": "conversations_select", "default_to_current_conversation": True, "filter": {"include": ["public"]}},
        {"type": "channels_select", "initial_channel": "C1", "response_url_enabled": True},
        {"type": "multi_static_select", "options": [option], "initial_options": [option], "max_selected_items": 2},
        {"type": "multi_external_select", "max_selected_items": 2},
        {"type": "multi_users_select", "initial_users": ["U1"]},
        {"type": "multi_conversations_select", "initial_conversations": ["C1"]},
        {"type": "multi_channels_select", "initial_channels": ["C1"]},
        {"type": "radio_buttons", "options": [option], "initial_option": option, **common},
        {"type": "checkboxes", "options": [option], "initial_options": [option], **common},
        {"type": "datepicker", "initial_date": "2026-09-17", "placeholder": plain, **common},
        {"type": "timepicker", "initial_time": "18:30", "timezone": "Europe/London", "placeholder": plain, **common},
        {"type": "datetimepicker", "initial_date_time": 1789646400, **common},
    ]
    overflow = {"type": "overflow", "options": [{**option, "url": "https://x"}], "action_id": "o", "confirm": confirm}
    yield {"type": "actions", "elements": [button, overflow]}
    written = {"placeholder": plain, "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]}}
    inputs = [
        {
            "type": "plain_text_input",
            "multiline": True,
            "min_length": 1,
            "max_length": 9,
            "initial_value": "x",
            **written,
        },
        {"type": "email_text_input", **written},
        {"type": "url_text_input", **written},
        {"type": "number_input", "is_decimal_allowed": True, "min_value": "1", "max_value": "9", **written},
        {"type": "rich_text_input", **written},
    ]
    for menu in menus:
        yield {"type": "actions", "elements": [menu]}
    for element in [*menus, *inputs]:
        yield {
            "type": "input",
            "label": plain,
            "hint": plain,
            "optional": True,
            "dispatch_action": True,
            "element": element,
        }


def test_blocks_that_the_stand_in_takes_are_those_of_the_schema(specs: Path) -> None:
    """Both take the examples with everything in them, and both refuse each example with one strange property."""
    schema = Schema(document(specs / "slack_Blocks.json"))
    for block in examples():
        assert problems_of_blocks([block]) == [], block
        assert schema.problems({"blocks": [block]}) == [], block
        strange = {**block, "strange": 1}
        assert problems_of_blocks([strange]) != []
        assert schema.problems({"blocks": [strange]}) != []


CARD = [
    {
        "type": "actions",
        "block_id": "b",
        "elements": [{"type": "button", "action_id": "a", "value": "v", "text": {"type": "plain_text", "text": "Go"}}],
    }
]
FORM = {
    "type": "modal",
    "callback_id": "view-id",
    "notify_on_close": True,
    "title": {"type": "plain_text", "text": "My App"},
    "submit": {"type": "plain_text", "text": "Submit"},
    "close": {"type": "plain_text", "text": "Cancel"},
    "blocks": [
        {
            "type": "input",
            "block_id": "es_b",
            "optional": True,
            "label": {"type": "plain_text", "text": "Search"},
            "element": {"type": "external_select", "action_id": "es_a", "min_query_length": 1},
        }
    ],
}


async def played(town: Any) -> list[Json]:
    """Every kind of envelope, as the app hears them."""
    ears = await town.ears()
    slack, ada, london = town.slack, town["ada"], town["london"]
    heard: list[Json] = []

    async def do(act: Any, kind: str) -> Any:
        outcome, told = await ears.answer(act, kind)
        heard.append(told)
        return outcome

    await do(slack.slash(ada, london, "/test hello"), "slash_commands")
    said = await do(slack.say(ada, london, "Hi there!"), "message")
    await do(slack.say(ada, london, "In a thread", said["ts"]), "message")
    heard.append(await mention(ears, slack.say(ada, london, "@bot hello")))
    ts = await town.post("Card", blocks=CARD)
    posted = await ears.hear("message")
    await ears.ack(posted)
    heard.append(posted)
    await do(slack.press(ada, london, ts, "a"), "block_actions")
    await do(slack.shortcut(ada, "test-shortcut"), "shortcut")
    await do(slack.shortcut(ada, "test-shortcut", london, said["ts"]), "message_action")
    for ending in ("submit", "close"):
        view = await town.opened(FORM)
        if ending == "submit":
            await do(slack.options(ada, view["id"], "es_b", "es_a", "search word"), "block_suggestion")
            await do(slack.submit(ada, view["id"]), "view_submission")
        else:
            await do(slack.close(ada, view["id"]), "view_closed")
    for method, args in (("chat.update", {"text": "Changed", "blocks": CARD}), ("chat.delete", {})):
        await town.call(method, {"channel": london, "ts": ts, **args})
        told = await ears.hear("message")
        await ears.ack(told)
        heard.append(told)
    for on in (True, False):
        await do(slack.react(ada, london, said["ts"], "tada", on), "reaction_added" if on else "reaction_removed")
    said = await do(slack.say(ada, london, "Hi, all!"), "message")
    await do(slack.edit(ada, london, said["ts"], "Hi, everybody!"), "message")
    await do(slack.delete(ada, london, said["ts"]), "message")
    await do(slack.home(ada), "app_home_opened")
    await do(slack.leave(town["grace"], london), "member_left_channel")
    await do(slack.join(town["grace"], london), "member_joined_channel")
    await do(slack.change(town["grace"], is_admin=True), "user_change")
    return heard


async def mention(ears: Any, act: Any) -> Json:
    """The mention among the two events that a mention makes."""
    acting = asyncio.create_task(act)
    heard: list[Json] = [await ears.ws.receive_json(), await ears.ws.receive_json()]
    for one in heard:
        await ears.ack(one)
    await acting
    return next(one for one in heard if one["payload"]["event"]["type"] == "app_mention")


async def test_events_are_those_of_the_schema(specs: Path, town: Any) -> None:
    """Each event that the app hears validates, and would not with one strange field."""
    envelopes = Envelopes(specs)
    events = [one["payload"]["event"] for one in await played(town) if one["type"] == "events_api"]
    assert len(events) == 15
    assert {event.get("subtype") or event["type"] for event in events} == EVENTS.keys()
    for event in events:
        assert envelopes.problems_of_event(event) == [], event
        assert envelopes.problems_of_event({**event, "strange": 1}) != []


async def test_payloads_have_every_field_of_recorded_ones(specs: Path, town: Any) -> None:
    """Nothing that was recorded at Slack is absent here, and types agree."""
    envelopes = Envelopes(specs)
    ours: dict[str, Json] = {}
    for envelope in await played(town):
        assert envelopes.problems(envelope) == []
        payload = envelope["payload"]
        event = payload.get("event", {})
        kind = event.get("subtype") or event.get("type") or payload.get("type") or envelope["type"]
        ours.setdefault(kind, payload)
    absent = {kind: list(missing(envelopes.recorded(kind), ours[kind])) for kind in RECORDED}
    assert absent == {kind: [] for kind in RECORDED}


async def test_envelopes_have_every_field_of_recorded_ones(specs: Path, town: Any) -> None:
    """Slash commands, events and interactions are wrapped as they were recorded."""
    recorded = json.loads((specs / "recorded" / "socket_mode_envelopes.json").read_text())["envelopes"]
    ours = await played(town)
    for kind in ("slash_commands", "events_api", "interactive"):
        shapes = [{name: type(value) for name, value in one.items()} for one in recorded if one["type"] == kind]
        mine = [{name: type(value) for name, value in one.items()} for one in ours if one["type"] == kind]
        assert shapes[0] == mine[0]
        assert mine == [shapes[0]] * len(mine)
