"""What people can do, what they cannot, and what the app is told of it."""

from typing import Any

import pytest

from adapters.playground.board import Board
from adapters.playground.impossible import Impossible
from adapters.playground.slack import SlackStandIn
from adapters.playground.time import WallClock

MANIFEST: dict[str, Any] = {
    "features": {
        "slash_commands": [
            {"command": "/event", "description": "Events", "usage_hint": "create | list", "should_escape": True},
            {"command": "/plain", "description": "Plain"},
        ],
        "shortcuts": [
            {"name": "Plan", "type": "global", "callback_id": "plan", "description": "Plan an event"},
            {"name": "Quote", "type": "message", "callback_id": "quote", "description": "Quote a message"},
        ],
    },
    "oauth_config": {"scopes": {"bot": ["commands", "chat:write"]}},
    "settings": {"interactivity": {"is_enabled": False}},
}
MENU = [
    {
        "type": "actions",
        "block_id": "b",
        "elements": [
            {
                "type": "static_select",
                "action_id": "pick",
                "options": [
                    {"text": {"type": "plain_text", "text": "One"}, "value": "1"},
                    {"text": {"type": "plain_text", "text": "Two"}, "value": "2"},
                ],
            },
            {"type": "button", "action_id": "go", "value": "42", "text": {"type": "plain_text", "text": "Go"}},
        ],
    }
]


@pytest.mark.parametrize("manifest", [MANIFEST])
async def test_commands_are_those_of_the_manifest(town: Any) -> None:
    """They are on the board with their hints; any other is not a valid command, and the app hears nothing."""
    assert town.board.rows("slack/command/") == {
        "slack/command/event": {"command": "/event", "description": "Events", "usage_hint": "create | list"},
        "slack/command/plain": {"command": "/plain", "description": "Plain", "usage_hint": ""},
    }
    outcome = await town.slack.slash(town["ada"], town["london"], "/evnt create")
    assert (outcome["acked"], outcome["error"]) == (False, "invalid_command")
    [told] = town.ephemerals()
    assert told["text"].startswith("`/evnt` is not a valid command.")


@pytest.mark.parametrize("manifest", [MANIFEST])
async def test_a_commands_text_is_escaped(town: Any) -> None:
    """Entities always; mentions become references only with should_escape; curly quotes stay as they were typed."""
    ears = await town.ears()
    text = "“Pub” <b> & @Grace Hopper #london @here"
    heard: dict[str, str] = {}
    for command in ("/event", "/plain"):
        _, told = await ears.answer(
            town.slack.slash(town["ada"], town["london"], f"{command} {text}"), "slash_commands"
        )
        heard[command] = told["payload"]["text"]
    assert heard == {
        "/event": f"“Pub” &lt;b&gt; &amp; <@{town['grace']}|grace> <#{town['london']}|london> @here",
        "/plain": "“Pub” &lt;b&gt; &amp; @Grace Hopper #london @here",
    }


async def test_commands_do_not_work_in_threads(town: Any) -> None:
    """Slack says so to the person, in the thread."""
    first = await town.post()
    outcome = await town.slack.slash(town["ada"], town["london"], "/event list", thread_ts=first)
    [told] = town.ephemerals()
    assert (outcome["acked"], told["text"], told["thread_ts"]) == (
        False,
        "`/event` is not supported in threads. Sorry!",
        first,
    )


async def test_a_command_can_be_answered_in_its_acknowledgement(town: Any) -> None:
    """Text is shown to the person, in_channel to everybody; bad blocks are an error that the person sees."""
    ears = await town.ears()
    act = town.slack.slash
    for payload in (
        {"text": "For you"},
        {"text": "For all", "response_type": "in_channel"},
        {"blocks": [{"type": "hologram"}]},
    ):
        outcome, _ = await ears.answer(act(town["ada"], town["london"], "/x"), "slash_commands", payload)
    assert [one["text"] for one in town.ephemerals()] == ["For you", '`/x` failed with the error "invalid_blocks"']
    assert [one["text"] for one in town.board.rows("slack/message/").values()] == ["For all"]
    assert outcome["error"] == "invalid_blocks"


@pytest.mark.parametrize("manifest", [MANIFEST])
async def test_shortcuts_are_those_of_the_manifest(town: Any) -> None:
    """A global one has no channel and no response URL; one on a message carries the message; both are on the board."""
    assert [one["callback_id"] for one in town.board.rows("slack/shortcut/").values()] == ["plan", "quote"]
    ears = await town.ears()
    _, told = await ears.answer(town.slack.shortcut(town["ada"], "plan"), "shortcut")
    assert (told["payload"]["callback_id"], "channel" in told["payload"], "response_url" in told["payload"]) == (
        "plan",
        False,
        False,
    )
    said = await town.slack.say(town["grace"], town["london"], "Well said")
    act = town.slack.shortcut(town["ada"], "quote", town["london"], said["ts"])
    _, told = await ears.answer(act, "message_action")
    assert (told["payload"]["message"]["text"], told["payload"]["message_ts"]) == ("Well said", said["ts"])
    with pytest.raises(Impossible, match="no global shortcut quote"):
        await town.slack.shortcut(town["ada"], "quote")


@pytest.mark.parametrize("manifest", [MANIFEST])
async def test_nothing_can_be_pressed_when_the_manifest_has_no_interactivity(town: Any) -> None:
    """Slack says that the app is not configured for it."""
    ts = await town.post(blocks=MENU)
    with pytest.raises(Impossible, match="not configured to handle interactive responses"):
        await town.slack.press(town["ada"], town["london"], ts, "go")


async def test_a_press_tells_what_was_pressed(town: Any) -> None:
    """A button has its value, a menu the whole option; buttons can be found by their value."""
    ears = await town.ears()
    ts = await town.post("Card", blocks=MENU)
    act = town.slack.press
    _, told = await ears.answer(act(town["ada"], town["london"], ts, value="42"), "block_actions")
    [pressed] = told["payload"]["actions"]
    assert (pressed["action_id"], pressed["block_id"], pressed["value"]) == ("go", "b", "42")
    _, told = await ears.answer(act(town["ada"], town["london"], ts, "pick", "b", selected="2"), "block_actions")
    payload = told["payload"]
    two = {"text": {"type": "plain_text", "text": "Two"}, "value": "2"}
    assert (payload["actions"][0]["selected_option"], payload["state"]["values"]["b"]["pick"]["selected_option"]) == (
        two,
        two,
    )
    assert payload["message"]["ts"] == payload["container"]["message_ts"] == ts


async def test_impossible_acts_say_why(town: Any) -> None:
    """Nobody presses what is gone, chooses what is not offered, or acts where they are not."""
    slack, ada, london = town.slack, town["ada"], town["london"]
    ts = await town.post(blocks=MENU)
    impossible: list[tuple[str, dict[str, Any], str]] = [
        ("press", {"user": ada, "channel": london, "ts": "1.0", "action_id": "go"}, "That message is gone."),
        ("press", {"user": ada, "channel": london, "ts": ts, "action_id": "stop"}, "There is no such button."),
        ("press", {"user": ada, "channel": london, "ts": ts, "action_id": "pick"}, "Nothing was chosen."),
        (
            "press",
            {"user": ada, "channel": london, "ts": ts, "action_id": "pick", "selected": "3"},
            "3 is not among the options.",
        ),
        ("press", {"user": ada, "view": "V404", "action_id": "go"}, "That form is no longer open."),
        ("slash", {"user": town["grace"], "channel": town["quiet"], "text": "/x"}, "Grace Hopper is not in #quiet."),
        ("slash", {"user": ada, "channel": london, "text": "hello"}, "A command starts with a slash and a name."),
        ("say", {"user": ada, "channel": london, "text": " "}, "An empty message cannot be sent."),
        ("say", {"user": "U404", "channel": london, "text": "x"}, "There is nobody U404 in this workspace."),
        ("say", {"user": ada, "channel": "C404", "text": "x"}, "There is no channel C404."),
        ("leave", {"user": ada, "channel": slack.direct(ada)}, "Nobody can leave a direct message."),
        ("fly", {}, "Nobody can fly here."),
        ("home", {"person": ada}, "That is not how to home: missing a required argument: 'user'."),
        ("sockets", {"what": "hug"}, "Sockets cannot be told hug."),
    ]
    for name, args, words in impossible:
        with pytest.raises(Impossible) as raised:
            await slack.act(name, args)
        assert str(raised.value) == words


@pytest.mark.parametrize(
    ("features", "words"),
    [
        ({"slash_commands": [{"command": "/remind", "description": "x"}]}, "/remind is one of Slack's own commands"),
        ({"slash_commands": [{"command": f"/c{n}", "description": "x"} for n in range(51)]}, "no more than 50 slash"),
        ({"slash_commands": [{"command": "/a", "description": "x"}] * 2}, "/a is there twice"),
        ({"slash_commands": [{"command": "/" + "x" * 32, "description": "x"}]}, "must be less than 33 characters"),
        ({"slash_commands": [{"command": "/Event", "description": "x"}]}, "does not match the expected format"),
        ({"shortcuts": [{"name": "x" * 25, "type": "global", "callback_id": "a", "description": "x"}]}, "less than 25"),
        ({"shortcuts": [{"name": "x", "type": "local", "callback_id": "a", "description": "x"}]}, "global or message"),
    ],
)
def test_a_manifest_that_slack_refuses_is_refused(features: dict[str, Any], words: str) -> None:
    """At once, when the stand-in is made."""
    with pytest.raises(ValueError, match="Slack would refuse this manifest") as raised:
        SlackStandIn(Board(), WallClock(), manifest={"features": features})
    assert words in str(raised.value)
