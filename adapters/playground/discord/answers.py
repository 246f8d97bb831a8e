"""First responses to interactions, and what they make: messages, loading messages, forms, suggestions.

D interactions/receiving-and-responding.mdx, "Interaction Response Object".
"""

from collections.abc import Mapping

from adapters.playground.discord import commands, drafts, modals, objects
from adapters.playground.discord.drafts import EPHEMERAL
from adapters.playground.discord.files import Upload
from adapters.playground.discord.interactions import COMMAND, Interaction, Interactions
from adapters.playground.discord.mentions import IN_INTERACTIONS
from adapters.playground.discord.messages import Messages
from adapters.playground.discord.parts import Part
from adapters.playground.discord.refused import Json, Refused
from adapters.playground.discord.world import World

MESSAGE, THINKING, THINKING_QUIETLY, UPDATE, SUGGESTIONS, MODAL = 4, 5, 6, 7, 8, 9
FOLLOWING = {2: 23, 3: 23, 1: 20}
"""The type of a message that answers a command, by the command's type: CONTEXT_MENU_COMMAND or CHAT_INPUT_COMMAND."""
REPLY = 19


class Answers:
    """Carries out what a bot answers."""

    def __init__(self, world: World, messages: Messages, interactions: Interactions) -> None:
        self.world = world
        self.messages = messages
        self.interactions = interactions

    def first(self, interaction: Interaction, body: Json, uploads: Mapping[str, Upload]) -> Json:
        """The first response; returns the callback response of `with_response=true`. A refused one does not count."""
        part = drafts.whole(body)
        kind = part.one_of("type", permitted(interaction))
        part.problems.refuse()
        data = part.part("data") if part.has("data") else Part({}, part.problems, ("data",))
        if not data.is_object():
            part.problems.refuse()
        message: Json | None = None
        match kind:
            case 4:
                message = self._message(interaction, data, uploads)
            case 5:
                message = self._think(interaction, data)
            case 7:
                message = self._update(interaction, data, uploads)
            case 8:
                interaction.choices = commands.choices(data)
                part.problems.refuse()
            case 9:
                interaction.modal = modals.checked(data)
                part.problems.refuse()
            case _:
                if interaction.message is not None:
                    interaction.original = interaction.message["id"]
        interaction.answer = kind
        interaction.settle()
        return self._response(interaction, kind, message)

    def follow_up(self, interaction: Interaction, body: Json, uploads: Mapping[str, Upload]) -> Json:
        """A further message; directly after a defer it becomes the loading message, whose privacy stays.

        Ibid., "Create Followup Message".
        """
        part = drafts.whole(body)
        if interaction.loading and interaction.original is not None:
            message = self.original(interaction)
            paper, where, flags = self.messages.paper, message["channel_id"], drafts.IN_INTERACTIONS & ~EPHEMERAL
            draft = drafts.fresh(part, uploads, paper, where, flags=flags, default=IN_INTERACTIONS)
            interaction.loading = False
            return self.messages.edit(message, draft)
        draft = self._draft(interaction, part, uploads)
        message = self._post(interaction, draft)
        interaction.follow_ups.add(message["id"])
        return message

    def edit(self, interaction: Interaction, message: Json, body: Json, uploads: Mapping[str, Upload]) -> Json:
        """Edit `@original` or a follow-up."""
        draft = drafts.changed(drafts.whole(body), uploads, self.messages.paper, message, default=IN_INTERACTIONS)
        if message["id"] == interaction.original:
            interaction.loading = False
        return self.messages.edit(message, draft)

    def original(self, interaction: Interaction) -> Json:
        """The message that `@original` means: the response, or the message that a press updated."""
        return self.own(interaction, interaction.original or "")

    def own(self, interaction: Interaction, key: str) -> Json:
        """A message that this token may touch: its original and its follow-ups; 10008 for any other."""
        if key != interaction.original and key not in interaction.follow_ups:
            raise Refused(10008)
        private = self.messages.private(key)
        return private[1] if private else self.messages.find(interaction.channel["id"], key)

    def _message(self, interaction: Interaction, data: Part, uploads: Mapping[str, Upload]) -> Json:
        message = self._post(interaction, self._draft(interaction, data, uploads))
        interaction.original = message["id"]
        return message

    def _think(self, interaction: Interaction, data: Part) -> Json:
        flags = data.whole("flags", least=0, most=2**53) or 0
        if flags & ~EPHEMERAL:
            data.part("flags").bad("DEFERRED_FLAGS_NOT_PERMITTED", "Only EPHEMERAL can be set on a deferred response")
        data.problems.refuse()
        only_for = interaction.user if flags & EPHEMERAL else None
        kind, more = self._following(interaction)
        message = self.messages.think(interaction.channel, self.world.bot_key, more=more, kind=kind, only_for=only_for)
        interaction.original, interaction.loading = message["id"], True
        return message

    def _update(self, interaction: Interaction, data: Part, uploads: Mapping[str, Upload]) -> Json:
        assert interaction.message is not None
        message = interaction.message
        if self.messages.seen(interaction.user, message["channel_id"], message["id"]) is None:
            raise Refused(10008)
        draft = drafts.changed(data, uploads, self.messages.paper, message, default=IN_INTERACTIONS)
        interaction.original = message["id"]
        return self.messages.edit(message, draft)

    def _draft(self, interaction: Interaction, data: Part, uploads: Mapping[str, Upload]) -> drafts.Draft:
        paper, where, flags = self.messages.paper, interaction.channel["id"], drafts.IN_INTERACTIONS
        return drafts.fresh(data, uploads, paper, where, flags=flags, default=IN_INTERACTIONS)

    def _post(self, interaction: Interaction, draft: drafts.Draft) -> Json:
        only_for = interaction.user if draft.flags & EPHEMERAL else None
        kind, more = self._following(interaction)
        if self.world.channels.get(interaction.channel["id"]) is None:
            raise Refused(10003)
        return self.messages.post(
            interaction.channel, self.world.bot_key, draft, kind=kind, more=more, only_for=only_for
        )

    def _following(self, interaction: Interaction) -> tuple[int, Json]:
        """Type and fields of a message that answers: a command with its name, a press as a reply to what was pressed.

        Ibid., "Message Interaction Object".
        """
        more: Json = {
            "application_id": self.world.application,
            "webhook_id": self.world.application,
            "interaction_metadata": self.interactions.metadata(interaction),
        }
        if interaction.original is not None:
            more["message_reference"] = self._reference(interaction.channel, interaction.original)
            return REPLY, more
        root = interaction.root or interaction
        if root.kind == COMMAND and root.command is not None:
            user = self.world.user(interaction.user)
            more["interaction"] = {"id": interaction.key, "type": interaction.kind, "name": root.command, "user": user}
            return FOLLOWING.get(root.command_type or 1, 20), more
        if interaction.message is not None:
            more["message_reference"] = self._reference(interaction.channel, interaction.message["id"])
            return REPLY, more
        return 0, more

    def _reference(self, channel: Json, message: str) -> Json:
        about: Json = {"type": 0, "channel_id": channel["id"], "message_id": message}
        return {**about, "guild_id": channel["guild_id"]} if "guild_id" in channel else about

    def _response(self, interaction: Interaction, kind: int, message: Json | None) -> Json:
        about: Json = {"id": interaction.key, "type": interaction.kind, "channel_id": interaction.channel["id"]}
        if "guild_id" in interaction.channel:
            about["guild_id"] = interaction.channel["guild_id"]
        if message is None:
            return {"interaction": about}
        about |= {
            "response_message_id": message["id"],
            "response_message_loading": interaction.loading,
            "response_message_ephemeral": bool(message["flags"] & EPHEMERAL),
        }
        if kind not in (MESSAGE, UPDATE):
            return {"interaction": about}
        return {"interaction": about, "resource": {"type": kind, "message": objects.public(message)}}


def permitted(interaction: Interaction) -> tuple[int, ...]:
    """Which types may answer what (ibid., "Interaction Callback Type", notes).

    Updates need a message, autocomplete takes suggestions and nothing else, and a form never answers a form.
    """
    match interaction.kind:
        case 4:
            return (SUGGESTIONS,)
        case 5:
            updates = (THINKING_QUIETLY, UPDATE) if interaction.from_component else ()
            return (MESSAGE, THINKING, *updates)
        case 3:
            return (MESSAGE, THINKING, THINKING_QUIETLY, UPDATE, MODAL)
        case _:
            return (MESSAGE, THINKING, MODAL)
