"""Messages: posting, editing, deleting and finding them, in channels and for one person's eyes only."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from adapters.playground.discord import objects
from adapters.playground.discord.drafts import EPHEMERAL, LOADING, Draft, Paper
from adapters.playground.discord.files import Files
from adapters.playground.discord.gateway import Gateway, Intent
from adapters.playground.discord.mentions import Mentioned, found
from adapters.playground.discord.refused import Json, Refused
from adapters.playground.discord.snowflakes import iso
from adapters.playground.discord.world import DIRECT, World
from adapters.playground.time import Stopwatch

NONCE_LIFE = 120.0
"""Seconds in which a nonce is known: "the past few minutes" (D resources/message.mdx:1092), taken short on purpose."""


class Messages:
    """All messages. What everybody in a channel sees is kept apart from what one person sees."""

    def __init__(self, world: World, gateway: Gateway, files: Files, stopwatch: Stopwatch) -> None:
        self.world = world
        self.files = files
        self.paper = Paper(files, world.mint.next, self._hours_on)
        self._gateway = gateway
        self._stopwatch = stopwatch
        self._posted: dict[str, dict[str, Json]] = {}
        self._private: dict[str, tuple[str, Json]] = {}
        self._nonces: dict[tuple[str, str], tuple[str, str, float]] = {}

    # Finding

    def find(self, channel: str, key: str) -> Json:
        """A message of a channel that everybody there can see; ephemeral ones are unknown here."""
        message = self._posted.get(channel, {}).get(key)
        if message is None:
            raise Refused(10008)
        return message

    def private(self, key: str) -> tuple[str, Json] | None:
        """An ephemeral message and the one who sees it."""
        return self._private.get(key)

    def seen(self, user: str, channel: str, key: str) -> Json | None:
        """A message as somebody sees it, ephemeral ones included."""
        own = self._private.get(key)
        if own is not None:
            return own[1] if own[0] == user and own[1]["channel_id"] == channel else None
        return self._posted.get(channel, {}).get(key)

    def of(self, channel: str) -> list[Json]:
        """Everything in a channel, oldest first."""
        return sorted(self._posted.get(channel, {}).values(), key=lambda one: int(one["id"]))

    def known_by_nonce(self, author: str, nonce: str) -> Json | None:
        """The message that this author posted with this nonce a short while ago."""
        kept = self._nonces.get((author, nonce))
        if kept is None or self._stopwatch() - kept[2] > NONCE_LIFE:
            return None
        return self._posted.get(kept[0], {}).get(kept[1])

    # Posting

    def post(
        self,
        channel: Json,
        author: str,
        draft: Draft,
        *,
        kind: int = 0,
        more: Json | None = None,
        replied_to: Json | None = None,
        only_for: str | None = None,
        key: str | None = None,
    ) -> Json:
        """Write a message, show it and tell the bot; `only_for` makes it ephemeral."""
        mentioned = found(self.world, channel, author, draft.text(), draft.allowed, replied_to)
        message = self._blank(channel, author, key or self.world.mint.next(), kind)
        message |= draft.fields() | mentioned.fields() | (more or {})
        message["_attachments"] = draft.attachments
        message["_mentioned"] = [one for one in mentioned.notified if only_for in (None, one)]
        return self._keep(channel, message, only_for)

    def think(self, channel: Json, author: str, *, more: Json, kind: int, only_for: str | None) -> Json:
        """The loading message of a deferred answer: "… is thinking"."""
        message = self._blank(channel, author, self.world.mint.next(), kind) | more
        message["flags"] = LOADING | (EPHEMERAL if only_for else 0)
        message |= Mentioned().fields() | {"_mentioned": [], "_attachments": []}
        return self._keep(channel, message, only_for)

    def remember_nonce(self, author: str, nonce: str, message: Json) -> None:
        self._nonces[author, nonce] = (message["channel_id"], message["id"], self._stopwatch())

    def system(self, channel: Json, author: str, kind: int, more: Json) -> Json:
        """A message that Discord writes by itself, such as "started a thread"."""
        message = self._blank(channel, author, self.world.mint.next(), kind)
        message |= Mentioned().fields() | {"_mentioned": [], "_attachments": []} | more
        return self._keep(channel, message, None)

    # Changing

    def edit(self, message: Json, draft: Draft, *, edited: bool = True) -> Json:
        """Rewrite a message; edits notify nobody, but the first text of a deferred answer does (U).

        D resources/message.mdx, "Edit Message".
        """
        channel = self.world.channel(message["channel_id"])
        mentioned = found(self.world, channel, message["author"]["id"], draft.text(), draft.allowed, None)
        private = self._private.get(message["id"])
        thinking = bool(message["flags"] & LOADING)
        message |= draft.fields() | mentioned.fields()
        message["_attachments"] = draft.attachments
        message["flags"] = draft.flags | (EPHEMERAL if private else 0) | (message["flags"] & 32)
        if thinking:
            message["_mentioned"] = [one for one in mentioned.notified if private is None or one == private[0]]
        if edited and not thinking:
            message["edited_timestamp"] = iso(self.world.clock.now())
        self.show(message)
        self._tell("MESSAGE_UPDATE", message)
        return message

    def mark(self, message: Json, **fields: Any) -> None:
        """Change fields that are no edit: a pin, a thread that was made from the message."""
        message |= fields
        self.show(message)
        self._tell("MESSAGE_UPDATE", message)

    def delete(self, message: Json) -> None:
        key, channel = message["id"], message["channel_id"]
        private = self._private.pop(key, None)
        if private is not None:
            self.world.board.drop(f"discord/ephemeral/{private[0]}/{channel}/{key}")
            return
        del self._posted[channel][key]
        self.world.board.drop(f"discord/message/{channel}/{key}")
        place = self.world.channels.get(channel)
        if place is not None and "message_count" in place:
            place["message_count"] = max(0, place["message_count"] - 1)
            self.world.show_channel(channel)
        gone: Json = {"id": key, "channel_id": channel}
        intent = self._intent(channel)
        direct = intent is Intent.DIRECT_MESSAGES
        self._gateway.tell("MESSAGE_DELETE", self._placed(gone), intent, channel=channel, direct=direct)

    def dismiss(self, user: str, message: Json) -> None:
        """Take an ephemeral message off its reader's screen for good; the bot never learns."""
        message["_dismissed"] = True
        self.world.board.drop(f"discord/ephemeral/{user}/{message['channel_id']}/{message['id']}")

    def forget(self, channel: str) -> None:
        """A channel is gone, and everything in it."""
        for key in self._posted.pop(channel, {}):
            self.world.board.drop(f"discord/message/{channel}/{key}")
        for key, (user, message) in list(self._private.items()):
            if message["channel_id"] == channel:
                del self._private[key]
                self.world.board.drop(f"discord/ephemeral/{user}/{channel}/{key}")

    def show(self, message: Json) -> None:
        """Put a message on the board, with `_mentioned`, whom it notified, and `_reacted`, who reacted with what."""
        if "_dismissed" in message:
            return
        private = self._private.get(message["id"])
        row = {name: value for name, value in message.items() if name != "_attachments"}
        if "_reacted" in row:
            row["_reacted"] = {emoji: list(people) for emoji, people in row["_reacted"].items()}
        where = f"{message['channel_id']}/{message['id']}"
        self.world.board.put(f"discord/ephemeral/{private[0]}/{where}" if private else f"discord/message/{where}", row)

    def read(self, message: Json, *, content_allowed: bool) -> Json:
        """A message as the bot reads it: without what others wrote, unless it may.

        D events/gateway.mdx, "Message Content Intent": its own messages, direct messages and those that mention it
        are excepted.
        """
        shown = objects.public(message)
        own = message["author"]["id"] == self.world.bot_key
        named = any(one["id"] == self.world.bot_key for one in message["mentions"])
        direct = self.world.channels.get(message["channel_id"], {}).get("type") == DIRECT
        if content_allowed or own or named or direct:
            return shown
        shown |= {"content": "", "embeds": [], "attachments": [], "components": []}
        shown.pop("poll", None)
        return shown

    def _blank(self, channel: Json, author: str, key: str, kind: int) -> Json:
        message: Json = {
            "id": key,
            "channel_id": channel["id"],
            "author": self.world.user(author),
            "type": kind,
            "timestamp": iso(self.world.clock.now()),
            "edited_timestamp": None,
            "tts": False,
            "pinned": False,
            "content": "",
            "embeds": [],
            "attachments": [],
            "components": [],
            "flags": 0,
        }
        if "message_count" in channel:
            message["position"] = channel["total_message_sent"]
        return message

    def _keep(self, channel: Json, message: Json, only_for: str | None) -> Json:
        if only_for is not None:
            message["flags"] |= EPHEMERAL
            self._private[message["id"]] = (only_for, message)
            self.show(message)
            return message
        self._posted.setdefault(channel["id"], {})[message["id"]] = message
        channel["last_message_id"] = message["id"]
        if "message_count" in channel:
            channel["message_count"] += 1
            channel["total_message_sent"] += 1
        self.show(message)
        self.world.show_channel(channel["id"])
        self._tell("MESSAGE_CREATE", message)
        return message

    def _tell(self, event: str, message: Json) -> None:
        if message["id"] in self._private:
            return
        author = self.world.members.get(message["author"]["id"])
        told = self._placed(objects.public(message))
        if author is not None and "guild_id" in told:
            told["member"] = objects.without_user(author)
        bare = self._placed(self.read(message, content_allowed=False)) | {"member": told.get("member")}
        if bare["member"] is None:
            del bare["member"]
        where = message["channel_id"]
        intent = self._intent(where)
        direct = intent is Intent.DIRECT_MESSAGES
        self._gateway.tell(event, told, intent, channel=where, without_content=bare, direct=direct)

    def _placed(self, about: Json) -> Json:
        channel = self.world.channels.get(about["channel_id"])
        if channel is None or "guild_id" not in channel:
            return about
        return {**about, "guild_id": channel["guild_id"]}

    def _intent(self, channel: str) -> Intent:
        place = self.world.channels.get(channel)
        return Intent.DIRECT_MESSAGES if place is not None and place["type"] == DIRECT else Intent.GUILD_MESSAGES

    def _hours_on(self, hours: int) -> str:
        return iso(self.world.clock.now() + timedelta(hours=hours))


def page(
    messages: Iterable[Json], *, limit: int, before: int | None, after: int | None, around: int | None
) -> list[Json]:
    """Part of a channel's history, newest first (D resources/channel.mdx, "Get Channel Messages")."""
    ordered = sorted(messages, key=lambda one: int(one["id"]))
    if after is not None:
        return [one for one in ordered if int(one["id"]) > after][:limit][::-1]
    if around is not None:
        earlier = [one for one in ordered if int(one["id"]) < around][-(limit // 2) :]
        later = [one for one in ordered if int(one["id"]) >= around][: limit - len(earlier)]
        return (earlier + later)[::-1]
    kept = [one for one in ordered if before is None or int(one["id"]) < before]
    return kept[-limit:][::-1]
