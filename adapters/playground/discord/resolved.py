"""What people pick: users, roles, channels and files, resolved as an interaction carries them.

D interactions/receiving-and-responding.mdx, "Resolved Data Structure".
"""

import base64
import binascii
from collections.abc import Mapping
from typing import Any

from adapters.playground.discord.files import Files, Upload
from adapters.playground.discord.objects import without_user
from adapters.playground.discord.refused import Json
from adapters.playground.discord.world import World
from adapters.playground.impossible import Impossible

PARTIAL_CHANNEL = (
    "id",
    "name",
    "type",
    "last_message_id",
    "nsfw",
    "parent_id",
    "guild_id",
    "flags",
    "rate_limit_per_user",
    "topic",
    "position",
    "thread_metadata",
)
USERS, ROLES, CHANNELS = "users", "roles", "channels"


class Resolved:
    """Gathers the objects behind the ids that somebody picked."""

    def __init__(self, world: World, files: Files, channel: Json, user: str) -> None:
        self._world = world
        self._files = files
        self._channel = channel
        self._user = user
        self._found: dict[str, dict[str, Json]] = {}

    def json(self) -> Json | None:
        return dict(self._found) or None

    def fields(self) -> Json:
        return {"resolved": self._found} if self._found else {}

    def pick(self, picked: Any, *kinds: str) -> str:
        """An id of one of these kinds; somebody who is not there cannot be picked."""
        key = str(picked)
        if USERS in kinds and key in self._world.members:
            member = self._world.member(key)
            self._keep(USERS, key, member["user"])
            if self._channel["type"] != 1:
                powers = str(int(self._world.may(key, self._channel)))
                self._keep("members", key, {**self._partial(member), "permissions": powers})
            return key
        role = next((one for one in self._world.guild["roles"] if one["id"] == key), None)
        if ROLES in kinds and role is not None:
            self._keep(ROLES, key, role)
            return key
        place = self._world.channels.get(key)
        if CHANNELS in kinds and place is not None and self._world.sees(self._user, place):
            partial = {name: place[name] for name in PARTIAL_CHANNEL if name in place}
            self._keep(CHANNELS, key, {**partial, "permissions": str(int(self._world.may(self._user, place)))})
            return key
        raise Impossible(f"There is nothing to pick with the id {key}.")

    def message(self, message: Json) -> None:
        self._keep("messages", message["id"], message)

    def upload(self, file: Any) -> str:
        """A file as `{"filename", "content" (base64), "content_type"}`."""
        if not isinstance(file, Mapping) or not isinstance(file.get("filename"), str):
            raise Impossible("A file needs a filename and its content.")
        try:
            content = base64.b64decode(str(file.get("content", "")), validate=True)
        except binascii.Error as error:
            raise Impossible("A file's content is written in base64.") from error
        kind = file.get("content_type")
        upload = Upload(file["filename"], content, str(kind) if kind is not None else None)
        attachment = self._files.keep(upload, self._channel["id"]) | {"ephemeral": True}
        key = str(attachment["id"])
        self._keep("attachments", key, attachment)
        return key

    def _partial(self, member: Json) -> Json:
        return {name: value for name, value in without_user(member).items() if name not in ("deaf", "mute")}

    def _keep(self, kind: str, key: str, value: Json) -> None:
        self._found.setdefault(kind, {})[key] = value
