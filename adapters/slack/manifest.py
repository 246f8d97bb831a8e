"""The manifest: what Slack must know of the app before anybody can use it."""

from collections.abc import Sequence
from typing import Final

from adapters.slack.limits import COMMAND, COMMAND_DESCRIPTION, COMMAND_HINT, COMMANDS, OWN_COMMANDS, SHORTCUT, fitting
from adapters.slack.slashes import EVERYTHING
from adapters.slack.texts import Json
from bot.commands import Declared

SCOPES: Final = (
    "channels:history",  # to look whether a message that may have been lost did arrive
    "channels:join",  # chapters' home channels
    "channels:read",
    "chat:write",
    "commands",
    "files:write",  # lists for organisers
    "groups:history",
    "groups:read",
    "im:history",
    "im:write",  # reminders
    "users:read",  # names, and who manages the workspace
)

EVENTS: Final = ("team_join", "user_change")


def manifest(commands: Sequence[Declared], prefix: str = "") -> Json:
    """The app manifest; raises ValueError where Slack would refuse it."""
    return {
        "display_information": {
            "name": "Flashmob",
            "description": "Plans your community's events, on Slack and Discord at once",
            "background_color": "#4a154b",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": False,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Flashmob", "always_online": True},
            "shortcuts": shortcuts(commands),
            "slash_commands": slash_commands(commands, prefix),
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {"bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True},
            "org_deploy_enabled": False,
            "socket_mode_enabled": True,
            "token_rotation_enabled": False,
        },
    }


def slash_commands(commands: Sequence[Declared], prefix: str) -> list[Json]:
    """One slash command for each first word of our commands, and one that reaches them all."""
    words: dict[str, list[Declared]] = {}
    for command in commands:
        if not command.hidden:
            words.setdefault(command.name.split()[0], []).append(command)
    drawn = [_slash(f"{prefix}{word}", _description(meant), _hint(meant)) for word, meant in words.items()]
    drawn.append(_slash(EVERYTHING, f"Everything that Flashmob does: {', '.join(words)}", "command …"))
    fitting("The list of slash commands", drawn, COMMANDS)
    return drawn


def shortcuts(commands: Sequence[Declared]) -> list[Json]:
    """What can be chosen at a message."""
    drawn: list[Json] = []
    for command in commands:
        if command.shortcut:
            fitting("A shortcut's name", command.shortcut, SHORTCUT)
            shown = {"name": command.shortcut, "description": command.summary}
            drawn.append({**shown, "type": "message", "callback_id": command.name})
    return drawn


def _slash(name: str, description: str, hint: str) -> Json:
    fitting("A slash command", f"/{name}", COMMAND)
    fitting("A slash command's description", description, COMMAND_DESCRIPTION)
    fitting("A slash command's hint", hint, COMMAND_HINT)
    if name in OWN_COMMANDS:
        raise ValueError(f"/{name} is Slack's own; a command_prefix makes it ours.")
    slash: Json = {"command": f"/{name}", "description": description, "should_escape": True}
    return {**slash, "usage_hint": hint} if hint else slash


def _description(commands: Sequence[Declared]) -> str:
    return "; ".join(command.summary for command in commands)


def _hint(commands: Sequence[Declared]) -> str:
    """What can follow: `create | publish …` for a family of commands, `[event:] [answer:]` for a single one."""
    rests = [command.name.split(maxsplit=1)[1:] for command in commands]
    if all(rests):
        return " | ".join(rest for (rest,) in rests)
    asked = [parameter.name for parameter in commands[0].parameters if not parameter.ask.hidden]
    return " ".join(f"[{name}: …]" for name in asked)
