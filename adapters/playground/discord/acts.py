"""Acts: what a person does in their Discord client, and what their client forbids."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from adapters.playground.discord import forms, menus, reactions, slash
from adapters.playground.discord.drafts import MOST_CONTENT, Draft
from adapters.playground.discord.interactions import AUTOCOMPLETE, COMMAND, COMPONENT, SILENCE, SUBMISSION, Interaction
from adapters.playground.discord.mentions import Allowed
from adapters.playground.discord.objects import public
from adapters.playground.discord.permissions import THREADS, Permission
from adapters.playground.discord.platform import Platform
from adapters.playground.discord.refused import Json, Refused
from adapters.playground.discord.resolved import Resolved
from adapters.playground.discord.world import DIRECT
from adapters.playground.impossible import Impossible

BUTTON, LINK = 2, 5
EPHEMERAL = 1 << 6
UNSENT = "Something went wrong. Try again."


class Acts:
    """Every act takes and returns plain JSON. Those that reach the bot return once it has answered, or has not."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._world = platform.world
        self._modals: dict[str, Interaction] = {}

    async def slash(self, user: str, channel: str, command: str, options: Mapping[str, Any] | None = None) -> Json:
        """Send a slash command with its options filled in."""
        place = self._place(user, channel)
        found, leaf, trail = self._command(user, place, command)
        resolved = self._resolved(user, place)
        inside = slash.nested(trail, slash.filled(leaf, options or {}, resolved))
        data = _command_data(found) | ({"options": inside} if inside else {}) | resolved.fields()
        name = " ".join([found["name"], *(step["name"] for step in trail)])
        return await self._send(COMMAND, user, place, data, command=name, command_type=1)

    async def complete(
        self, user: str, channel: str, command: str, options: Mapping[str, Any] | None = None, focused: str = ""
    ) -> Json:
        """Type into an option that completes itself; returns the choices that the bot suggests."""
        place = self._place(user, channel)
        found, leaf, trail = self._command(user, place, command)
        inside = slash.nested(trail, slash.partly_filled(leaf, options or {}, focused))
        data = _command_data(found) | {"options": inside}
        interaction = self._platform.interactions.begin(AUTOCOMPLETE, user, place, data)
        error = await self._deliver(interaction)
        return {"acked": error is None, "error": error, "choices": interaction.choices}

    async def press(
        self, user: str, channel: str, message: str, custom_id: str, values: Sequence[Any] | str | None = None
    ) -> Json:
        """Press a button, or pick from a menu."""
        place = self._place(user, channel)
        seen = self._platform.messages.seen(user, channel, message)
        if seen is None:
            raise Impossible("There is no such message.")
        component = next((one for one in _components(seen["components"]) if one.get("custom_id") == custom_id), None)
        if component is None:
            raise Impossible(f"The message has no {custom_id} to press.")
        if component.get("disabled"):
            raise Impossible("That is disabled.")
        data: Json = {"custom_id": custom_id, "component_type": component["type"], "id": component["id"]}
        if component["type"] in menus.SELECTS:
            resolved = self._resolved(user, place)
            data |= {"values": menus.picked(component, values, resolved)} | resolved.fields()
        return await self._send(COMPONENT, user, place, data, message=seen)

    async def submit(self, user: str, modal: str, values: Mapping[str, Any] | None = None) -> Json:
        """Send a form; what the client would not send is impossible, and the form stays open if the bot is silent."""
        opened = self._open_modal(user, modal)
        assert opened.modal is not None
        resolved = self._resolved(user, opened.channel)
        components = forms.submitted(opened.modal, values or {}, resolved)
        data = {"custom_id": opened.modal["custom_id"], "components": components} | resolved.fields()
        more = {
            "message": opened.message,
            "root": opened,
            "command": opened.command,
            "command_type": opened.command_type,
        }
        result = await self._send(SUBMISSION, user, opened.channel, data, **more)
        if result["error"] is None:
            await self.close(user, modal)
        else:
            self._show_modal(opened, UNSENT)
        return result

    async def close(self, user: str, modal: str) -> Json:
        """Close a form without sending it; the bot never learns."""
        self._open_modal(user, modal)
        del self._modals[modal]
        self._world.board.drop(f"discord/modal/{user}/{modal}")
        return {}

    async def menu(self, user: str, command: str, target: str, channel: str | None = None) -> Json:
        """Use a command from the context menu of a person or a message."""
        message = next((one for one in self._messages() if one["id"] == target), None)
        where = channel or (message["channel_id"] if message else self._first_visible(user))
        place = self._place(user, where)
        kind = 2 if target in self._world.members else 3
        guild = None if place["type"] == DIRECT else self._world.guild["id"]
        found = self._platform.register.named(command, kind, guild)
        if found is None or (kind == 3 and (message is None or message["channel_id"] != where)):
            raise Impossible(f"There is no {command} to use on that.")
        self._may_use(user, place, found)
        resolved = self._resolved(user, place)
        if message is not None and kind == 3:
            resolved.message(public(message))
        else:
            resolved.pick(target, "users")
        data = _command_data(found) | {"target_id": target} | resolved.fields()
        return await self._send(COMMAND, user, place, data, command=found["name"], command_type=kind)

    async def dismiss(self, user: str, channel: str, message: str) -> Json:
        """Dismiss a message that only you see; the bot never learns."""
        row = f"discord/ephemeral/{user}/{channel}/{message}"
        if self._world.board.get(row) is None:
            raise Impossible("There is nothing to dismiss.")
        private = self._platform.messages.private(message)
        if private is None:
            self._world.board.drop(row)
        else:
            self._platform.messages.dismiss(user, private[1])
        return {}

    async def say(self, user: str, channel: str, text: str) -> Json:
        """Write a message."""
        place = self._place(user, channel)
        powers = self._world.may(user, place)
        sending = Permission.SEND_MESSAGES_IN_THREADS if place["type"] in THREADS else Permission.SEND_MESSAGES
        if sending not in powers:
            raise Impossible("You do not have permission to send messages in this channel.")
        _speakable(text)
        everything = Allowed(frozenset({"users", "roles", "everyone"}))
        message = self._platform.messages.post(place, user, Draft(text.strip(), [], [], [], 0, everything))
        return {"message": message["id"]}

    async def edit(self, user: str, channel: str, message: str, text: str) -> Json:
        """Rewrite a message of one's own."""
        own = self._own(user, channel, message)
        _speakable(text)
        everything = Allowed(frozenset({"users", "roles", "everyone"}))
        self._platform.messages.edit(own, Draft(text.strip(), [], [], [], own["flags"], everything))
        return {}

    async def delete(self, user: str, channel: str, message: str) -> Json:
        """Delete a message of one's own."""
        self._platform.messages.delete(self._own(user, channel, message))
        return {}

    async def react(self, user: str, channel: str, message: str, emoji: str, on: bool = True) -> Json:
        """Put an emoji under a message, or take one's own away."""
        place = self._place(user, channel)
        try:
            found = self._platform.messages.find(place["id"], message)
            (reactions.add if on else reactions.remove)(self._platform, found, user, emoji)
        except Refused as refused:
            raise Impossible(f"Discord would not let you: {refused.sentence}.") from refused
        return {}

    async def direct(self, user: str) -> Json:
        """Open one's direct messages with the bot."""
        return {"channel": self._world.direct(user)["id"]}

    async def _send(self, kind: int, user: str, place: Json, data: Json, **more: object) -> Json:
        interaction = self._platform.interactions.begin(kind, user, place, data, **more)
        error = await self._deliver(interaction)
        if error is not None and kind == COMMAND:
            self._show_failure(interaction)
        if interaction.modal is not None:
            self._modals[interaction.key] = interaction
            self._show_modal(interaction, None)
        return {"acked": error is None, "error": error, "interaction": interaction.key, "message": interaction.original}

    async def _deliver(self, interaction: Interaction) -> str | None:
        doubled = self._platform.faults.strikes("doubled") is not None
        return await self._platform.interactions.deliver(interaction, times=2 if doubled else 1)

    def _place(self, user: str, channel: str) -> Json:
        place = self._world.channels.get(channel)
        if user not in self._world.members:
            raise Impossible("There is no such person.")
        if place is None or not self._world.sees(user, place):
            raise Impossible("You cannot see that channel.")
        return place

    def _own(self, user: str, channel: str, message: str) -> Json:
        seen = self._platform.messages.seen(user, self._place(user, channel)["id"], message)
        if seen is None or seen["author"]["id"] != user:
            raise Impossible("That is no message of yours.")
        return seen

    def _command(self, user: str, place: Json, command: str) -> tuple[Json, Json, list[Json]]:
        words = command.removeprefix("/").split()
        guild = None if place["type"] == DIRECT else self._world.guild["id"]
        found = self._platform.register.named(words[0], 1, guild) if words else None
        if found is None or self._world.kicked:
            raise Impossible(f"There is no command /{' '.join(words)}.")
        self._may_use(user, place, found)
        leaf, trail = slash.descend(found, words[1:])
        return found, leaf, trail

    def _may_use(self, user: str, place: Json, command: Json) -> None:
        """By the command's contexts and its default permissions; overrides in the server's settings are not played.

        D interactions/application-commands.mdx, "Permissions".
        """
        contexts = command.get("contexts")
        direct = place["type"] == DIRECT
        if direct and (command.get("dm_permission") is False if contexts is None else 1 not in contexts):
            raise Impossible("This command is not available in direct messages.")
        if not direct and contexts is not None and 0 not in contexts:
            raise Impossible("This command is available in direct messages only.")
        if direct:
            return
        powers = self._world.may(user, place)
        needed = command["default_member_permissions"]
        administrator = Permission.ADMINISTRATOR in powers
        lacking = needed is not None and not administrator and (int(needed) == 0 or int(needed) & ~int(powers))
        if Permission.USE_APPLICATION_COMMANDS not in powers or lacking:
            raise Impossible("You do not have permission to use this command.")

    def _open_modal(self, user: str, modal: str) -> Interaction:
        opened = self._modals.get(modal)
        if opened is None or opened.user != user:
            raise Impossible("That form is not open.")
        return opened

    def _show_modal(self, opened: Interaction, errors: str | None) -> None:
        assert opened.modal is not None
        row = {**opened.modal, "errors": errors, "channel_id": opened.channel["id"]}
        self._world.board.put(f"discord/modal/{opened.user}/{opened.key}", row)

    def _show_failure(self, interaction: Interaction) -> None:
        """What the client writes by itself when the bot is silent; the API knows nothing of it."""
        key = self._world.mint.next()
        channel = interaction.channel["id"]
        row = {
            "id": key,
            "channel_id": channel,
            "author": self._world.user(self._world.bot_key),
            "content": SILENCE,
            "type": 20,
            "flags": EPHEMERAL,
            "timestamp": self._world.clock.now().isoformat(),
            "components": [],
            "embeds": [],
            "attachments": [],
            "edited_timestamp": None,
            "interaction": {"id": interaction.key, "type": COMMAND, "name": interaction.command},
        }
        self._world.board.put(f"discord/ephemeral/{interaction.user}/{channel}/{key}", row)

    def _resolved(self, user: str, place: Json) -> Resolved:
        return Resolved(self._world, self._platform.files, place, user)

    def _messages(self) -> Iterator[Json]:
        for channel in list(self._world.channels):
            yield from self._platform.messages.of(channel)

    def _first_visible(self, user: str) -> str:
        for key, channel in self._world.channels.items():
            if channel["type"] != DIRECT and self._world.sees(user, channel):
                return key
        raise Impossible("There is no channel to do that in.")


def _speakable(text: str) -> None:
    if not text.strip() or len(text) > MOST_CONTENT:
        raise Impossible(f"A message has 1 to {MOST_CONTENT} characters.")


def _command_data(command: Json) -> Json:
    data: Json = {name: command[name] for name in ("id", "name", "type")}
    return {**data, "guild_id": command["guild_id"]} if "guild_id" in command else data


def _components(value: Any) -> Iterator[Json]:
    """Every component, however deep."""
    if isinstance(value, list):
        for one in value:
            yield from _components(one)
    elif isinstance(value, dict):
        yield value
        yield from _components(value.get("components"))
        yield from _components(value.get("accessory"))
