"""Interactions of Discord, read into calls."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeAlias, cast

import discord

from adapters.discord import marks, sender
from adapters.discord.marks import Marks
from bot import codes
from bot.calls import Call, Door, Standing
from bot.domain.people import Caller, Person, Platform
from bot.domain.places import Place

PLATFORM = Platform("discord")

Json: TypeAlias = Mapping[str, Any]

_GROUPS = (1, 2)
"""Types of options that are subcommands, and groups of them."""

_LABEL, _ROW = 18, 1


@dataclass(frozen=True, slots=True)
class Typing:
    """Somebody is typing one parameter of a slash command."""

    call: Call
    parameter: str
    typed: str


def slash(interaction: discord.Interaction, standing: Standing, at: datetime) -> Call:
    """The call of a slash command; what was left out is not given."""
    command, options = _command(interaction)
    given = {option["name"]: str(option["value"]) for option in options}
    return _call(interaction, command, given, Door.SLASH, standing, at)


def shortcut(interaction: discord.Interaction, standing: Standing, at: datetime, shortcuts: Mapping[str, str]) -> Call:
    """What somebody chose to do with a message; what an app wrote has no author. `shortcuts` are commands by label."""
    data = _data(interaction)
    message: Json = data["resolved"]["messages"][data["target_id"]]
    author: Json = message["author"]
    person = "" if author.get("bot") or message.get("webhook_id") else author["id"]
    given = {"text": _words(message), "author": person, "message": message["id"]}
    call = _call(interaction, shortcuts.get(data["name"], data["name"]), given, Door.SHORTCUT, standing, at)
    return replace(call, names={**call.names, author["id"]: author.get("global_name") or author["username"]})


def typing(interaction: discord.Interaction, standing: Standing, at: datetime) -> Typing:
    """What was typed so far of the parameter that has the cursor; the other ones are given."""
    command, options = _command(interaction)
    focused = next(option for option in options if option.get("focused"))
    given = {option["name"]: str(option["value"]) for option in options if option is not focused}
    call = _call(interaction, command, given, Door.SLASH, standing, at)
    return Typing(call, focused["name"], str(focused["value"]))


def press(interaction: discord.Interaction, standing: Standing, at: datetime) -> tuple[Call, Marks]:
    """The call that is held by a button's code, or by what was picked from a menu; raises BadCode."""
    data = _data(interaction)
    command, given, found = _picked(data)
    return _call(interaction, command, given, Door.BUTTON, standing, at), found


def submission(interaction: discord.Interaction, standing: Standing, at: datetime) -> tuple[Call, Marks]:
    """The call of a form that was sent in, an answer left empty being given as ""; raises BadCode."""
    data = _data(interaction)
    command, fixed, found = marks.unpack(data["custom_id"])
    given = {**fixed, **dict(_typed(data["components"]))}
    return _call(interaction, command, given, Door.FORM, standing, at, found.kept), found


def _picked(data: Json) -> tuple[str, dict[str, str], Marks]:
    """What a button or an option holds; several options that were picked at once are one call."""
    values = data.get("values")
    if values is not None and len(values) > 1:
        command, given = codes.together(values)
        if any(name.startswith(marks.SIGN) for name in given):
            raise codes.BadCode(values[0])
        return command, given, Marks()
    return marks.unpack(data["custom_id"] if values is None else next(iter(values), ""))


def caller(interaction: discord.Interaction) -> Caller:
    """Who acts, under the name that they show in the server."""
    person = Person(PLATFORM, str(interaction.user.id))
    # Discord closes bots that open many direct messages: people are told things in threads unless they wish otherwise.
    return Caller(person, interaction.user.display_name, direct=False)


def _call(
    interaction: discord.Interaction,
    command: str,
    given: Mapping[str, str],
    door: Door,
    standing: Standing,
    at: datetime,
    kept: int | None = None,
) -> Call:
    return Call(
        command=command,
        given=given,
        caller=caller(interaction),
        standing=standing,
        at=at,
        door=door,
        key=str(interaction.id),
        place=_place(interaction),
        names=_names(_data(interaction).get("resolved", {})),
        kept=kept,
        thread=_thread(interaction),
    )


def _thread(interaction: discord.Interaction) -> str | None:
    """The message in whose thread this happens; a thread has the number of the message from which it hangs."""
    thread = interaction.channel
    return sender.ref(thread.parent_id, thread.id) if isinstance(thread, discord.Thread) else None


def _words(message: Json) -> str:
    """What a message says as its readers see it, with names in place of the codes of mentions."""
    words: str = message["content"]
    for user in message.get("mentions", ()):
        name = user.get("global_name") or user["username"]
        words = words.replace(f"<@{user['id']}>", f"@{name}").replace(f"<@!{user['id']}>", f"@{name}")
    return words


def _place(interaction: discord.Interaction) -> Place | None:
    """The channel, also of what happens in one of its threads; None in direct messages."""
    channel = interaction.channel
    if channel is None or interaction.guild_id is None:
        return None
    key = channel.parent_id if isinstance(channel, discord.Thread) else channel.id
    return Place(PLATFORM, str(key))


def _command(interaction: discord.Interaction) -> tuple[str, list[dict[str, Any]]]:
    data = _data(interaction)
    name, options = data["name"], data.get("options", [])
    while options and options[0]["type"] in _GROUPS:
        name, options = f"{name} {options[0]['name']}", options[0].get("options", [])
    return name, options


def _typed(components: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    for component in components:
        if component["type"] == _LABEL:
            yield from _typed([component["component"]])
        elif component["type"] == _ROW:
            yield from _typed(component["components"])
        elif "values" in component:
            yield component["custom_id"], next(iter(component["values"]), "")
        elif "custom_id" in component:
            yield component["custom_id"], (component.get("value") or "").replace("\r\n", "\n")


def _names(resolved: Json) -> dict[str, str]:
    members: Json = resolved.get("members", {})
    return {
        key: members.get(key, {}).get("nick") or user.get("global_name") or user["username"]
        for key, user in resolved.get("users", {}).items()
    }


def _data(interaction: discord.Interaction) -> dict[str, Any]:
    return cast("dict[str, Any]", interaction.data or {})
