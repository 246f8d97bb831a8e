"""The manifest that is pasted into Slack."""

from dataclasses import replace

import pytest

from adapters.playground.slack.app import problems_of
from adapters.slack.manifest import manifest
from bot.commands import Declared
from tests.slack.stage import COMMANDS, help_, rsvp


def commands_of(commands: tuple[Declared, ...], prefix: str = "") -> list[dict[str, object]]:
    return manifest(commands, prefix)["features"]["slash_commands"]


def test_there_is_one_slash_command_for_each_first_word() -> None:
    """Families share one, hidden commands have none, and one reaches everything."""
    assert commands_of(tuple(COMMANDS)) == [
        {
            "command": "/event",
            "description": "Plan a new event; What is coming up",
            "should_escape": True,
            "usage_hint": "create | list",
        },
        {
            "command": "/help",
            "description": "What there is",
            "should_escape": True,
            "usage_hint": "[topic: …]",
        },
        {
            "command": "/rsvp",
            "description": "Answer an invitation",
            "should_escape": True,
            "usage_hint": "[event: …] [answer: …]",
        },
        {
            "command": "/flashmob",
            "description": "Everything that Flashmob does: event, help, rsvp",
            "should_escape": True,
            "usage_hint": "command …",
        },
    ]


def test_a_prefix_stands_before_all_but_the_one_that_reaches_everything() -> None:
    """Where a short name is taken, `/fm-event` serves."""
    names = [command["command"] for command in commands_of(tuple(COMMANDS), "fm-")]
    assert names == ["/fm-event", "/fm-help", "/fm-rsvp", "/flashmob"]


def test_slack_accepts_the_manifest() -> None:
    """It obeys every rule that Slack has for commands, with a prefix and without."""
    assert problems_of(manifest(COMMANDS)) == []
    assert problems_of(manifest(COMMANDS, "fm-")) == []


def test_a_name_of_slacks_own_is_refused_unless_it_has_a_prefix() -> None:
    """`/remind` will never reach us; `/fm-remind` does."""
    remind = (replace(rsvp, name="remind"),)
    with pytest.raises(ValueError, match="/remind is Slack's own; a command_prefix makes it ours"):
        manifest(remind)
    assert commands_of(remind, "fm-")[0]["command"] == "/fm-remind"


def test_more_commands_than_slack_takes_are_refused() -> None:
    """Fifty is the most, the one that reaches everything included."""
    many = tuple(replace(help_, name=f"word{number}") for number in range(50))
    assert len(commands_of(many[:49])) == 50
    with pytest.raises(ValueError, match="Slack takes at most 50"):
        manifest(many)
