"""Commands are declared once; this is how Discord learns them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from adapters.discord import slash
from adapters.discord.limits import Unfit
from bot.calls import Candidate, Kind
from bot.commands import Ask, Declared, Parameter
from tests.discord.rig import COMMANDS, parameter


def only(*parameters: Parameter) -> list[dict[str, Any]]:
    """The options of one command."""
    [command] = slash.payload([Declared("try", "Try it", parameters)])
    return command["options"]


def test_commands_of_two_words_are_subcommands_and_hidden_ones_stay_hidden() -> None:
    """`event create` is typed as /event create; what only buttons reach is not offered."""
    registered = {command["name"]: command for command in slash.payload(COMMANDS)}
    assert list(registered) == ["event", "help", "rsvp"]
    event = registered["event"]
    assert (event["type"], event["description"]) == (1, "create, list")
    assert [(sub["type"], sub["name"], sub["description"]) for sub in event["options"]] == [
        (1, "create", "Plan a new event"),
        (1, "list", "See what is coming up"),
    ]


def test_no_option_is_required_as_a_form_asks_for_what_is_missing() -> None:
    """/event create alone opens the form."""
    [create, _] = slash.payload(COMMANDS)[0]["options"]
    assert [option["required"] for option in create["options"]] == [False] * 7


@pytest.mark.parametrize(
    ("kind", "option"),
    [
        (Kind.LINE, {"type": 3, "max_length": 80}),
        (Kind.LINES, {"type": 3, "max_length": 80}),
        (Kind.NUMBER, {"type": 4}),
        (Kind.PERSON, {"type": 6}),
        (Kind.PICK, {"type": 3, "autocomplete": True}),
    ],
)
def test_each_kind_of_parameter_has_its_type(kind: Kind, option: dict[str, Any]) -> None:
    """Numbers and people are checked by Discord; what is picked completes while somebody types."""
    [made] = only(parameter("what", "What?", kind, most=80))
    assert made == {"name": "what", "description": "What?", "required": False, **option}


def test_few_choices_are_listed_and_many_complete() -> None:
    """Discord lists 25; of more it suggests what matches."""
    few = tuple(Candidate(f"Choice {n}", str(n)) for n in range(25))
    many = (*few, Candidate("One more", "25"))
    [listed] = only(parameter("what", "What?", Kind.PICK, candidates=few))
    [completed] = only(parameter("what", "What?", Kind.PICK, candidates=many))
    assert listed["choices"][24] == {"name": "Choice 24", "value": "24"}
    assert (completed["autocomplete"], "choices" in completed) == (True, False)


def test_what_only_our_buttons_give_is_no_option() -> None:
    """A hidden question is nobody's to answer."""
    hidden = replace(parameter("event", "Which?"), ask=Ask("Which?", hidden=True))
    assert [option["name"] for option in only(hidden, parameter("title", "What?"))] == ["title"]


def test_long_descriptions_are_shortened() -> None:
    """By whole words, to a hundred characters."""
    [command] = slash.payload([Declared("try", "Words " * 30, ())])
    assert command["description"] == "Words " * 15 + "Words…"


@pytest.mark.parametrize(
    "commands",
    [
        [Declared("Event", "Capital", ())],
        [Declared("e" * 33, "Long", ())],
        [Declared("event", "Itself", ()), Declared("event list", "And below", ())],
        [Declared(f"command{n}", "Many", ()) for n in range(101)],
        [Declared(f"event sub{n}", "Many", ()) for n in range(26)],
        [Declared("try", "Many", tuple(parameter(f"p{n}", "?") for n in range(26)))],
        [Declared("try", "Spaced", (parameter("two words", "?"),))],
    ],
    ids=["capital", "long", "below itself", "commands", "subcommands", "options", "option"],
)
def test_what_discord_would_refuse_is_refused_when_built(commands: Sequence[Declared]) -> None:
    """A fault of ours is found at the start, not by the first who types it."""
    with pytest.raises(Unfit):
        slash.payload(commands)


def test_what_discord_adds_is_no_difference() -> None:
    """Ids, versions and defaults come back with what we registered; a word of ours that changed is a difference."""
    ours = slash.payload(COMMANDS)
    theirs = [_as_returned(command, n) for n, command in enumerate(reversed(ours))]
    assert slash.same(ours, theirs)
    theirs[0]["options"][0]["description"] = "Something else"
    assert not slash.same(ours, theirs)
    assert not slash.same(ours, theirs[1:])
    assert not slash.same(ours, [])


def test_the_specification_takes_every_command(valid: Callable[..., None]) -> None:
    """What is registered validates against Discord's own document."""
    for command in slash.payload(COMMANDS):
        valid("ApplicationCommandUpdateRequest", command)


def _as_returned(command: dict[str, Any], n: int) -> dict[str, Any]:
    returned = {
        "id": str(n), "application_id": "1", "version": "1", "default_member_permissions": None, "dm_permission": True,
        "nsfw": False, "guild_id": "1", "description": "", **command,
    }  # fmt: skip
    if not command.get("options"):
        returned.pop("options", None)
        return returned
    returned["options"] = [_option_as_returned(option) for option in command["options"]]
    return returned


def _option_as_returned(option: dict[str, Any]) -> dict[str, Any]:
    returned = {name: value for name, value in option.items() if value not in (False, [])}
    if "options" in returned:
        returned["options"] = [_option_as_returned(inner) for inner in returned["options"]]
    if "choices" in returned:
        returned["choices"] = [{**choice, "name_localizations": None} for choice in returned["choices"]]
    return returned
