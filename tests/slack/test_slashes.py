"""Slash commands as people type them."""

from dataclasses import replace
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.slashes import Typed, typed
from tests.slack.stage import COMMANDS, help_

CASES = {
    "a command of two words": ("/event", "list", Typed("event list", {})),
    "in any case, with space to spare": ("/event", "  LIST ", Typed("event list", {})),
    "a command of one word": ("/help", "", Typed("help", {})),
    "through the command that reaches all": ("/flashmob", "event list", Typed("event list", {})),
    "pairs": (
        "/event",
        "create title: Pub night starts: Thu 17 Sep 18:30",
        Typed("event create", {"title": "Pub night", "starts": "Thu 17 Sep 18:30"}),
    ),
    "pairs in any case and spacing": (
        "/event",
        "create Title:Pub night STARTS :Thursday",
        Typed("event create", {"title": "Pub night", "starts": "Thursday"}),
    ),
    "quoted": (
        "/event",
        'create title: "Starts: now" starts: "Thu 17 Sep"',
        Typed("event create", {"title": "Starts: now", "starts": "Thu 17 Sep"}),
    ),
    "quoted by a telephone": (
        "/event",
        "create title: “Pub: night” starts: „Thursday“",
        Typed("event create", {"title": "Pub: night", "starts": "Thursday"}),
    ),
    "a quote inside": (
        "/event",
        'create title: The "great" night',
        Typed("event create", {"title": 'The "great" night'}),
    ),
    "a quote that is never closed": (
        "/event",
        'create title: "Pub night starts: Thursday',
        Typed("event create", {"title": '"Pub night', "starts": "Thursday"}),
    ),
    "without a name first": (
        "/event",
        "create Pub night starts: Thursday",
        Typed("event create", {"title": "Pub night", "starts": "Thursday"}),
    ),
    "without any name": ("/event", "create Pub night", Typed("event create", {"title": "Pub night"})),
    "without a name first, quoted": ("/event", 'create "Pub night"', Typed("event create", {"title": "Pub night"})),
    "what has no name goes to what is not given": (
        "/rsvp",
        "going event: 42",
        Typed("rsvp", {"event": "42", "answer": "going"}),
    ),
    "what only buttons give cannot be typed": (
        "/rsvp",
        "event: 42 answer: going note: mine",
        Typed("rsvp", {"event": "42", "answer": "going note: mine"}),
    ),
    "what a command does not take is left": ("/event", "list everything", Typed("event list", {})),
    "a colon that names nothing": (
        "/event",
        "create title: Nerds: the musical https://example.org",
        Typed("event create", {"title": "Nerds: the musical https://example.org"}),
    ),
    "somebody": (
        "/event",
        "create title: Talk host: <@U024BE7LH|ada>",
        Typed("event create", {"title": "Talk", "host": "U024BE7LH"}, {"U024BE7LH": "ada"}),
    ),
    "somebody without a name": (
        "/event",
        "create host: <@W024BE7LH>",
        Typed("event create", {"host": "W024BE7LH"}, {"W024BE7LH": "W024BE7LH"}),
    ),
    "somebody who was not mentioned must be asked for": (
        "/event",
        "create title: Talk host: ada",
        Typed("event create", {"title": "Talk"}),
    ),
    "references in words": (
        "/event",
        "create title: <@U1|ada> in <#C1|london> <!here> <!subteam^S1|@all> <https://e.org> <mailto:a@b|a@b> <#C1|>",
        Typed(
            "event create",
            {"title": "@ada in #london @here @all https://e.org a@b #C1"},
        ),
    ),
    "what Slack escaped": (
        "/event",
        "create title: Q&amp;A &lt;@U1&gt; &amp;lt;",
        Typed("event create", {"title": "Q&A <@U1> &lt;"}),
    ),
    "several lines": (
        "/event",
        "create title: Talk\nabout: One\nTwo",
        Typed("event create", {"title": "Talk", "about": "One\nTwo"}),
    ),
    "nothing after a family": ("/event", "", Typed("help", {"topic": "event"})),
    "no such command": ("/event", "frobnicate &lt;3", Typed("help", {"topic": "event frobnicate <3"})),
    "no word at all": ("/flashmob", "  ", Typed("help", {})),
    "a hidden command": ("/event", "seats event: 42", Typed("help", {"topic": "event seats event: 42"})),
    "a word that only begins like one": ("/event", "listing", Typed("help", {"topic": "event listing"})),
}


@pytest.mark.parametrize(("slash", "text", "wanted"), CASES.values(), ids=CASES)
def test_what_somebody_typed_is_understood(slash: str, text: str, wanted: Typed) -> None:
    """Each way of typing a command comes to the same call as the form would."""
    assert typed(slash, text, COMMANDS, "") == wanted


def test_a_prefix_belongs_to_the_slash_command_alone() -> None:
    """`/fm-event list` is “event list”, and `/flashmob` needs no prefix."""
    assert typed("/fm-event", "list", COMMANDS, "fm-") == Typed("event list", {})
    assert typed("/flashmob", "event list", COMMANDS, "fm-") == Typed("event list", {})


def test_help_that_takes_no_topic_is_asked_without_one() -> None:
    """A help command without that parameter is never given it."""
    assert typed("/event", "frobnicate", (replace(help_, parameters=()),), "") == Typed("help", {})
    assert typed("/event", "frobnicate", (help_,), "") == Typed("help", {"topic": "event frobnicate"})


@given(st.text(st.characters(exclude_characters='"“”„«»', exclude_categories=("Cs",)), max_size=80))
def test_a_quoted_answer_arrives_letter_for_letter(title: str) -> None:
    """Whatever stands between quotes is the answer, even if it looks like a name, a mention or a tag."""
    line = f'create starts: Thursday title: "{escape(title, quote=False)}"'
    assert typed("/event", line, COMMANDS, "").given == {"starts": "Thursday", "title": title.strip()}


@given(st.text(max_size=200))
def test_anything_can_be_typed(text: str) -> None:
    """No text is too odd to be read as some command."""
    assert typed("/event", text, COMMANDS, "").command in {"event create", "event list", "help"}


LISTS = {
    "straight quotes": ("/event", '"Pub night" "Thursday" "One" "Two"'),
    "curly quotes": ("/event", "“Pub night” “Thursday”  “One” „Two“"),
    "after the whole name": ("/event", 'create "Pub night" "Thursday" "One" "Two"'),
    "beside a name": ("/event", '"Pub night" "One" "Two" starts: Thursday'),
}


@pytest.mark.parametrize(("slash", "text"), LISTS.values(), ids=LISTS.keys())
def test_several_quoted_texts_go_to_one_parameter_each_and_the_rest_to_lines(slash: str, text: str) -> None:
    """As people type a poll, with the first word of the command alone where that one is meant."""
    create, *others = COMMANDS
    asked = tuple(parameter for parameter in create.parameters if parameter.name != "host")
    lists = [replace(create, bare=True, parameters=asked), *others]
    expected = {"title": "Pub night", "starts": "Thursday", "about": "One\nTwo"}
    assert typed(slash, text, lists, "") == Typed("event create", expected)


def test_a_word_alone_means_its_bare_command_unless_it_asks_for_help() -> None:
    """Whatever follows that is no other command of the family is given to it."""
    create, *others = COMMANDS
    commands = [replace(create, bare=True), *others]
    assert typed("/event", "", commands, "") == Typed("event create", {})
    assert typed("/event", "Pub night", commands, "") == Typed("event create", {"title": "Pub night"})
    assert typed("/event", "list", commands, "") == Typed("event list", {})
    assert typed("/event", "help", commands, "") == Typed("help", {"topic": "event help"})
