"""Acts: what a person's client lets them do, and what it forbids before the bot could ever hear of it."""

from collections.abc import Callable
from typing import Any

import pytest

from adapters.playground.discord import Discord
from adapters.playground.discord.permissions import Permission
from adapters.playground.impossible import Impossible
from tests.playground.discord.raw import Line, Raw

Do = Callable[..., Any]
OPTIONS: list[dict[str, Any]] = [
    {"type": 3, "name": "title", "description": "Title", "required": True, "min_length": 2, "max_length": 5},
    {"type": 4, "name": "seats", "description": "Seats", "min_value": 1, "max_value": 9},
    {"type": 5, "name": "loud", "description": "Loud"},
    {"type": 6, "name": "host", "description": "Host"},
    {"type": 8, "name": "team", "description": "Team"},
    {"type": 10, "name": "fee", "description": "Fee"},
    {"type": 3, "name": "kind", "description": "Kind", "choices": [{"name": "Talk", "value": "talk"}]},
]


@pytest.fixture
async def event(raw: Raw, standin: Discord) -> str:
    """Registers `/event create`, and says its name."""
    create = {"type": 1, "name": "create", "description": "Plan", "options": OPTIONS}
    command = {"name": "event", "description": "Events", "options": [create]}
    await raw("POST", f"/applications/{standin.application_id}/commands", command)
    return "event create"


@pytest.fixture
def sent(standin: Discord, line: Line, acting: Do, ada: str, london: str) -> Do:
    """Sends a command as Ada in London, and returns the interaction's data."""

    async def send(command: str, options: Any = None) -> Any:
        given = {"user": ada, "channel": london, "command": command, "options": options or {}}
        return (await acting(line, "slash", given))["data"]

    return send


async def test_options_reach_the_bot_inside_their_subcommand(sent: Do, event: str, grace: str) -> None:
    """With their types, and with the people behind the ids."""
    data = await sent(event, {"title": "Tea", "seats": "3", "host": grace, "fee": 2.5, "loud": True, "kind": "talk"})
    [create] = data["options"]
    assert (data["name"], create["name"], create["type"]) == ("event", "create", 1)
    assert [(one["name"], one["value"]) for one in create["options"]] == [
        ("title", "Tea"),
        ("seats", 3),
        ("host", grace),
        ("fee", 2.5),
        ("loud", True),
        ("kind", "talk"),
    ]
    assert data["resolved"]["users"][grace]["global_name"] == "Grace Hopper"
    assert "deaf" not in data["resolved"]["members"][grace]


FORBIDDEN: list[tuple[str, str, dict[str, Any], str]] = [
    ("a missing option", "event create", {}, "This option is required: title."),
    ("an unknown option", "event create", {"title": "Tea", "hat": 1}, "There is no option hat."),
    ("a text too short", "event create", {"title": "T"}, "title has the wrong length."),
    ("a text too long", "event create", {"title": "Teatime"}, "title has the wrong length."),
    ("a word for a number", "event create", {"title": "Tea", "seats": "many"}, "seats must be a whole number."),
    ("a number out of bounds", "event create", {"title": "Tea", "seats": 10}, "seats is out of bounds."),
    ("a word for a switch", "event create", {"title": "Tea", "loud": "yes"}, "loud is either true or false."),
    ("somebody unknown", "event create", {"title": "Tea", "host": "1"}, "There is nothing to pick with the id 1."),
    ("another choice", "event create", {"title": "Tea", "kind": "walk"}, "kind must be one of the choices."),
    ("an unknown command", "evnt create", {}, "There is no command /evnt create."),
    ("an unknown subcommand", "event crete", {}, "/event has no subcommand crete."),
    ("a command with subcommands", "event", {}, "/event has subcommands and cannot itself be called."),
]


@pytest.mark.parametrize(
    ("command", "options", "words"), [one[1:] for one in FORBIDDEN], ids=[one[0] for one in FORBIDDEN]
)
async def test_the_client_does_not_send_wrong_options(
    standin: Discord, event: str, ada: str, london: str, command: str, options: Any, words: str
) -> None:
    """A sentence for the person, and no interaction."""
    with pytest.raises(Impossible) as impossible:
        await standin.act("slash", {"user": ada, "channel": london, "command": command, "options": options})
    assert str(impossible.value) == words
    assert standin.board.rows("wire/").keys() <= {"wire/1"}


async def test_a_command_can_be_kept_for_those_with_a_permission(
    raw: Raw, standin: Discord, ada: str, grace: str, london: str
) -> None:
    """Ada manages the server, Grace does not; and nobody may where application commands are denied."""
    command = {"name": "plan", "description": "Plan", "default_member_permissions": str(int(Permission.MANAGE_GUILD))}
    await raw("POST", f"/applications/{standin.application_id}/commands", command)
    assert (await standin.act("slash", {"user": ada, "channel": london, "command": "plan"}))["acked"] is False
    with pytest.raises(Impossible, match="permission"):
        await standin.act("slash", {"user": grace, "channel": london, "command": "plan"})
    standin.world.overwrite(london, standin.guild_id, deny=Permission.USE_APPLICATION_COMMANDS)
    with pytest.raises(Impossible, match="permission"):
        await standin.act("slash", {"user": ada, "channel": london, "command": "plan"})


async def test_the_servers_commands_are_not_in_direct_messages(raw: Raw, standin: Discord, ada: str) -> None:
    """Nor are global ones whose contexts leave them out."""
    root = f"/applications/{standin.application_id}"
    await raw("POST", f"{root}/guilds/{standin.guild_id}/commands", {"name": "local", "description": "x"})
    await raw("POST", f"{root}/commands", {"name": "outside", "description": "x", "contexts": [0]})
    await raw("POST", f"{root}/commands", {"name": "anywhere", "description": "x"})
    place = standin.direct_messages(ada)
    for command in ("local", "outside"):
        with pytest.raises(Impossible):
            await standin.act("slash", {"user": ada, "channel": place, "command": command})
    assert (await standin.act("slash", {"user": ada, "channel": place, "command": "anywhere"}))["acked"] is False


ROWS: list[dict[str, Any]] = [
    {
        "type": 1,
        "components": [
            {"type": 2, "style": 1, "label": "Go", "custom_id": "go"},
            {"type": 2, "style": 1, "label": "No", "custom_id": "no", "disabled": True},
        ],
    },
    {
        "type": 1,
        "components": [
            {
                "type": 3,
                "custom_id": "menu",
                "min_values": 1,
                "max_values": 2,
                "options": [{"label": x, "value": x} for x in "abc"],
            }
        ],
    },
]
PRESSES: list[tuple[str, str, Any, str]] = [
    ("a disabled button", "no", None, "That is disabled."),
    ("a button that is not there", "gone", None, "The message has no gone to press."),
    ("nothing picked", "menu", [], "Pick 1 to 2."),
    ("too much picked", "menu", ["a", "b", "c"], "Pick 1 to 2."),
    ("the same twice", "menu", ["a", "a"], "The same thing cannot be picked twice."),
    ("something else", "menu", ["z"], "z is not offered."),
]


async def test_values_come_in_the_order_of_picking(acting: Do, line: Line, post: Do, ada: str, london: str) -> None:
    """Not in the order of the list, which is how people see them: a menu is no ranking."""
    options = [{"label": one, "value": one} for one in ("first", "second", "third")]
    menu = {"type": 3, "custom_id": "rank", "max_values": 3, "options": options}
    key = (await post({"content": "x", "components": [{"type": 1, "components": [menu]}]})).json["id"]
    picked = ["third", "first", "second"]
    pick = {"user": ada, "channel": london, "message": key, "custom_id": "rank", "values": picked}
    assert (await acting(line, "press", pick))["data"]["values"] == picked


@pytest.mark.parametrize(
    ("custom_id", "values", "words"), [one[1:] for one in PRESSES], ids=[one[0] for one in PRESSES]
)
async def test_the_client_does_not_send_wrong_presses(
    standin: Discord, post: Do, ada: str, london: str, custom_id: str, values: Any, words: str
) -> None:
    """A sentence for the person."""
    key = (await post({"content": "Card", "components": ROWS})).json["id"]
    with pytest.raises(Impossible) as impossible:
        await standin.act(
            "press", {"user": ada, "channel": london, "message": key, "custom_id": custom_id, "values": values}
        )
    assert str(impossible.value) == words


async def test_a_deleted_message_cannot_be_pressed(standin: Discord, raw: Raw, post: Do, ada: str, london: str) -> None:
    """It is gone for the person too."""
    key = (await post({"content": "Card", "components": ROWS})).json["id"]
    await raw("DELETE", f"/channels/{london}/messages/{key}")
    with pytest.raises(Impossible, match="no such message"):
        await standin.act("press", {"user": ada, "channel": london, "message": key, "custom_id": "go"})


async def test_a_private_message_is_pressed_and_dismissed_by_its_reader_alone(
    go: Do, respond: Do, hook: Do, acting: Do, line: Line, standin: Discord, ada: str, grace: str, london: str
) -> None:
    """Others do not see it, and what was dismissed does not come back when the bot changes it."""
    event = await go()
    answer = await respond(
        event, {"type": 4, "data": {"flags": 64, "content": "x", "components": ROWS}}, "?with_response=1"
    )
    key = answer.json["resource"]["message"]["id"]
    given = {"channel": london, "message": key}
    for name, more in (("press", {"custom_id": "go"}), ("dismiss", {})):
        with pytest.raises(Impossible):
            await standin.act(name, {"user": grace, **given, **more})
    pressed = await acting(line, "press", {"user": ada, **given, "custom_id": "go"})
    assert pressed["message"]["flags"] == 64
    await standin.act("dismiss", {"user": ada, **given})
    assert (await hook(event, "PATCH", "/messages/@original", {"content": "Changed"})).status == 200
    assert standin.board.rows("discord/ephemeral/") == {}


async def test_people_write_where_they_may(standin: Discord, ada: str, london: str) -> None:
    """1 to 2000 characters, with permission."""
    for text, words in (("", "1 to 2000"), ("x" * 2001, "1 to 2000")):
        with pytest.raises(Impossible, match=words):
            await standin.act("say", {"user": ada, "channel": london, "text": text})
    standin.world.overwrite(london, standin.guild_id, deny=Permission.SEND_MESSAGES)
    with pytest.raises(Impossible, match="permission to send"):
        await standin.act("say", {"user": ada, "channel": london, "text": "x"})


async def test_an_unknown_act_is_impossible(standin: Discord, ada: str) -> None:
    """And so is a known one with other values."""
    for name, given in (("dance", {}), ("say", {"user": ada})):
        with pytest.raises(Impossible):
            await standin.act(name, given)


async def test_the_wire_shows_both_directions_without_tokens(
    go: Do, respond: Do, standin: Discord, ada: str, london: str
) -> None:
    """Requests with their answers, events with their data, refusals with their codes."""
    event = await go()
    await respond(event, {"type": 99})
    await respond(event, {"type": 4, "data": {"content": "x"}})
    rows = list(standin.board.rows("wire/").values())
    told = [(row["direction"], row["what"], row["status"], row["refused"]) for row in rows]
    callback = "POST /interactions/{}/{}/callback"
    assert told[-4:] == [
        ("out", "gateway: INTERACTION_CREATE", None, None),
        ("in", callback, 400, 50035),
        ("in", callback, 204, None),
        ("out", "gateway: MESSAGE_CREATE", None, None),
    ]
    assert event["token"] not in str(rows)
    assert standin.token not in str(rows)
