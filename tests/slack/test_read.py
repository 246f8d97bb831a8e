"""Slack's payloads, as they were recorded."""

import json
from pathlib import Path
from typing import Any

import pytest

from adapters.slack import read
from adapters.slack.read import Heard, View, Visit
from adapters.slack.views import Carried
from bot.calls import Door
from bot.codes import BadCode
from tests.slack.stage import COMMANDS


@pytest.fixture
def recorded(platform_specs: Path) -> dict[str, dict[str, Any]]:
    """The payloads of recorded Socket Mode envelopes, by their type."""
    told = json.loads((platform_specs / "slack/recorded/socket_mode_envelopes.json").read_text())
    payloads = [envelope["payload"] for envelope in told["envelopes"]]
    return {payload.get("type", "slash_commands"): payload for payload in payloads}


def test_a_slash_command_says_who_where_and_how_to_answer(recorded: dict[str, dict[str, Any]]) -> None:
    """An unknown command asks for help; who typed it is answered through its response URL."""
    visit = Visit(
        "U111",
        "testxyz",
        "111.222.xxx",
        url="https://hooks.slack.com/commands/T111/111/xxx",
        channel="C111",
    )
    wanted = Heard(visit, "help", {"topic": "hello-socket-mode"}, Door.SLASH, "111.222.xxx")
    assert read.slash(recorded["slash_commands"], COMMANDS, "") == wanted


def test_a_button_in_a_modal_says_which_modal(recorded: dict[str, dict[str, Any]]) -> None:
    """A press in a modal is answered in that modal, and belongs to the place that the modal carries."""
    body = recorded["block_actions"]
    body["actions"][0]["value"] = "rsvp?event=42&answer=going"
    body["view"] |= {"private_metadata": Carried(place="C111").packed()}
    heard = read.press(body)
    assert (heard.command, heard.given, heard.door) == ("rsvp", {"event": "42", "answer": "going"}, Door.BUTTON)
    title = body["view"]["title"]["text"]
    assert heard.visit == Visit(
        "U12345678", "testxyz", body["trigger_id"], channel="C111", view=View("V1234567890", title)
    )


@pytest.mark.parametrize("value", ["", "rsvp?event=42&answer", "rsvp?event=42&event=43", "%zz"])
def test_a_forged_or_damaged_code_is_no_call(recorded: dict[str, dict[str, Any]], value: str) -> None:
    """What no release of ours made is not guessed at."""
    body = recorded["block_actions"]
    body["actions"][0]["value"] = value
    body["view"] |= {"private_metadata": ""}
    with pytest.raises(BadCode):
        read.press(body)


def test_a_press_below_a_threads_first_message_is_answered_in_the_channel() -> None:
    """The card stands in the channel though a thread hangs from it; a press in the thread is answered there."""

    def thread(container: dict[str, str]) -> str | None:
        body = {
            "user": {"id": "U1", "username": "ada"},
            "trigger_id": "1.2.3",
            "channel": {"id": "C1"},
            "container": container,
            "actions": [{"value": "help"}],
        }
        return read.press(body).visit.thread

    assert thread({"message_ts": "1.0"}) is None
    assert thread({"message_ts": "1.0", "thread_ts": "1.0"}) is None
    assert thread({"message_ts": "2.0", "thread_ts": "1.0"}) == "1.0"


def test_a_direct_message_is_no_place() -> None:
    """What happens in direct messages belongs to no channel."""
    assert Visit("U1", "ada", "1.2.3", channel="D1").place is None
    assert Visit("U1", "ada", "1.2.3", channel="C1").place == "C1"
    assert Visit("U1", "ada", "1.2.3", channel="G1").place == "G1"
