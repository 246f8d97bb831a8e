"""Application commands over raw HTTP: names, options, sizes, numbers, and the bulk overwrite."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from adapters.playground.discord import Discord
from tests.playground.discord.raw import Raw, Reply, Watch

Do = Callable[..., Any]
BASE: dict[str, Any] = {"name": "event", "description": "Events"}
BAD = "BASE_TYPE_BAD_LENGTH"
LONG = "BASE_TYPE_MAX_LENGTH"


def option(**more: Any) -> dict[str, Any]:
    return {"type": 3, "name": "title", "description": "Title", **more}


def sub(name: str = "create", *options: Any, kind: int = 1) -> dict[str, Any]:
    return {"type": kind, "name": name, "description": "Do", "options": list(options)}


COMMANDS: list[tuple[str, dict[str, Any], tuple[str, ...], str]] = [
    ("upper case", {"name": "Event"}, ("name",), "APPLICATION_COMMAND_INVALID_NAME"),
    ("a space in the name", {"name": "event create"}, ("name",), "APPLICATION_COMMAND_INVALID_NAME"),
    ("a full stop in the name", {"name": "event.create"}, ("name",), "APPLICATION_COMMAND_INVALID_NAME"),
    ("a name over 32", {"name": "x" * 33}, ("name",), BAD),
    ("no name", {"name": ""}, ("name",), "BASE_TYPE_REQUIRED"),
    ("no description", {"description": ""}, ("description",), "BASE_TYPE_REQUIRED"),
    ("a description over 100", {"description": "x" * 101}, ("description",), BAD),
    ("26 options", {"options": [option(name=f"o{n}") for n in range(26)]}, ("options",), LONG),
    (
        "an option twice",
        {"options": [option(), option()]},
        ("options", "1", "name"),
        "APPLICATION_COMMAND_OPTIONS_DUPLICATE_NAME",
    ),
    (
        "an upper-case option",
        {"options": [option(name="Title")]},
        ("options", "0", "name"),
        "APPLICATION_COMMAND_INVALID_NAME",
    ),
    (
        "an option's description over 100",
        {"options": [option(description="x" * 101)]},
        ("options", "0", "description"),
        BAD,
    ),
    (
        "required after optional",
        {"options": [option(name="a"), option(name="b", required=True)]},
        ("options", "1"),
        "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
    ),
    (
        "26 choices",
        {"options": [option(choices=[{"name": str(n), "value": str(n)} for n in range(26)])]},
        ("options", "0", "choices"),
        LONG,
    ),
    (
        "a choice's name over 100",
        {"options": [option(choices=[{"name": "x" * 101, "value": "a"}])]},
        ("options", "0", "choices", "0", "name"),
        BAD,
    ),
    (
        "a choice's value over 100",
        {"options": [option(choices=[{"name": "x", "value": "a" * 101}])]},
        ("options", "0", "choices", "0", "value"),
        BAD,
    ),
    (
        "a number among texts",
        {"options": [option(choices=[{"name": "x", "value": 1}])]},
        ("options", "0", "choices", "0", "value"),
        "APPLICATION_COMMAND_OPTIONS_CHOICE_TYPE_INVALID",
    ),
    (
        "choices and autocomplete",
        {"options": [option(autocomplete=True, choices=[{"name": "x", "value": "a"}])]},
        ("options", "0", "autocomplete"),
        "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID",
    ),
    (
        "autocomplete of a user",
        {"options": [option(type=6, autocomplete=True)]},
        ("options", "0", "autocomplete"),
        "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID",
    ),
    (
        "bounds of a text",
        {"options": [option(min_value=1)]},
        ("options", "0", "min_value"),
        "APPLICATION_COMMAND_OPTIONS_BOUNDS_INVALID",
    ),
    ("a length over 6000", {"options": [option(max_length=6001)]}, ("options", "0", "max_length"), "NUMBER_TYPE_MAX"),
    ("an unknown type", {"options": [option(type=12)]}, ("options", "0", "type"), "BASE_TYPE_CHOICES"),
    (
        "a subcommand beside an option",
        {"options": [sub(), option()]},
        ("options",),
        "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
    ),
    (
        "a subcommand in a subcommand",
        {"options": [sub("a", sub("b"))]},
        ("options", "0", "options", "0", "type"),
        "BASE_TYPE_CHOICES",
    ),
    (
        "a group in a group",
        {"options": [sub("a", sub("b", kind=2), kind=2)]},
        ("options", "0", "options", "0", "type"),
        "BASE_TYPE_CHOICES",
    ),
    (
        "an option in a group",
        {"options": [sub("a", option(), kind=2)]},
        ("options", "0", "options", "0", "type"),
        "BASE_TYPE_CHOICES",
    ),
    (
        "over 8000 characters",
        {
            "options": [
                option(
                    name=f"o{n}",
                    description="x" * 100,
                    choices=[{"name": "y" * 50 + str(m), "value": "z" * 50} for m in range(25)],
                )
                for n in range(4)
            ]
        },
        (),
        "APPLICATION_COMMAND_TOO_LARGE",
    ),
    (
        "a described context menu",
        {"type": 2},
        ("description",),
        "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_NOT_ALLOWED",
    ),
    (
        "a context menu with options",
        {"type": 3, "description": "", "options": [option()]},
        ("options",),
        "APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS_NOT_ALLOWED",
    ),
]


@pytest.fixture
def register(raw: Raw, standin: Discord) -> Do:
    async def put(commands: Any, *, guild: bool = False, method: str = "PUT") -> Reply:
        scope = f"/guilds/{standin.guild_id}" if guild else ""
        return await raw(method, f"/applications/{standin.application_id}{scope}/commands", commands)

    return put


@pytest.mark.parametrize(("change", "path", "problem"), [one[1:] for one in COMMANDS], ids=[one[0] for one in COMMANDS])
async def test_commands_have_limits(
    register: Do, standin: Discord, change: Any, path: tuple[str, ...], problem: str
) -> None:
    """Each is refused alone and in a bulk overwrite, at its place in the list, and nothing is registered."""
    alone = await register({**BASE, **change}, method="POST")
    bulk = await register([{"name": "fine", "description": "Fine"}, {**BASE, **change}])
    assert (alone.status, alone.problem(*path), bulk.problem("1", *path)) == (400, problem, problem)
    assert standin.board.rows("discord/command/") == {}


@pytest.mark.parametrize("name", ["rsvp", "fm-event", "été", "日本", "o'clock", "हिन्दी", "42"])
async def test_permitted_names_are_taken(register: Do, name: str) -> None:
    """Letters of any script, digits, hyphen, underscore and apostrophe."""
    assert (await register({**BASE, "name": name}, method="POST")).status == 201


async def test_a_hundred_commands_are_the_most(register: Do, standin: Discord) -> None:
    """30032 for the hundred and first, and for the sixteenth context menu."""
    standin.limits.enforced = False
    hundred = [{**BASE, "name": f"c{n}"} for n in range(100)]
    assert len((await register(hundred)).json) == 100
    menus = [{"name": f"Menu {n}", "type": 3} for n in range(16)]
    refused = [
        await register([*hundred, {**BASE, "name": "c100"}]),
        await register({**BASE, "name": "c100"}, method="POST"),
        await register(menus),
    ]
    assert [(one.status, one.code) for one in refused] == [(400, 30032)] * 3


async def test_two_hundred_creates_a_day_are_the_most(register: Do, standin: Discord, watch: Watch) -> None:
    """30034 afterwards, until a day has passed; what stays is not created again, and the server counts by itself."""
    standin.limits.enforced = False
    first, second = ([{**BASE, "name": f"{letter}{n}"} for n in range(100)] for letter in "ab")
    await register(first)
    await register(first)
    await register(second)
    refused = await register([{**BASE, "name": "one-more"}])
    assert (refused.status, refused.code) == (400, 30034)
    assert (await register([{**BASE, "name": "one-more"}], guild=True)).status == 200
    watch.wall += timedelta(days=1)
    assert (await register([{**BASE, "name": "one-more"}])).status == 200


async def test_a_name_is_used_once_in_each_type(register: Do) -> None:
    """Twice in one overwrite is refused; another type may have it."""
    twice = await register([BASE, BASE])
    assert twice.problem("1", "name") == "APPLICATION_COMMANDS_DUPLICATE_NAME"
    assert (await register([BASE, {"name": "event", "type": 2}])).status == 200


async def test_an_overwrite_keeps_the_ids_of_what_stays(register: Do, standin: Discord) -> None:
    """Commands that are left out are gone."""
    before = (await register([BASE, {**BASE, "name": "other"}])).json
    after = (await register([{**BASE, "description": "Changed"}])).json
    assert [(one["id"], one["description"]) for one in after] == [(before[0]["id"], "Changed")]
    assert list(standin.board.rows("discord/command/")) == [f"discord/command/{before[0]['id']}"]


async def test_creating_the_same_name_again_replaces_it(register: Do) -> None:
    """201 the first time, 200 afterwards, with the same id."""
    first = await register(BASE, method="POST")
    again = await register({**BASE, "description": "Changed"}, method="POST")
    assert (first.status, again.status, first.json["id"] == again.json["id"]) == (201, 200, True)


async def test_unknown_commands_apps_and_servers(raw: Raw, standin: Discord) -> None:
    """10063, 20012 for another app's commands, 50001 for another server's."""
    app = standin.application_id
    replies = [
        await raw("GET", f"/applications/{app}/commands/1"),
        await raw("DELETE", f"/applications/{app}/commands/1"),
        await raw("GET", "/applications/1/commands"),
        await raw("GET", f"/applications/{app}/guilds/1/commands"),
    ]
    assert [one.code for one in replies] == [10063, 10063, 20012, 50001]
