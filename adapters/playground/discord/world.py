"""The world: one server with its people, roles, channels and threads, and everybody's direct messages."""

from collections.abc import Iterator, Mapping
from typing import Any

from adapters.playground.board import Board
from adapters.playground.discord import objects
from adapters.playground.discord.permissions import EVERYDAY, IN_DIRECT_MESSAGES, THREADS, Permission, held_in
from adapters.playground.discord.refused import Json, Refused
from adapters.playground.discord.snowflakes import Snowflakes, iso
from adapters.playground.time import Clock

NOTHING = Permission(0)
TEXT, DIRECT, PUBLIC_THREAD, PRIVATE_THREAD = 0, 1, 11, 12


class World:
    """What exists. Every change is shown on the board; telling the bot is the gateway's affair, not this one's."""

    def __init__(
        self,
        board: Board,
        clock: Clock,
        *,
        server: str,
        bot: str,
        may: Permission,
        guild_key: str | None = None,
        bot_key: str | None = None,
    ) -> None:
        self.board = board
        self.clock = clock
        self.mint = Snowflakes(clock)
        self.members: dict[str, Json] = {}
        self.channels: dict[str, Json] = {}
        self.thread_members: dict[str, dict[str, Json]] = {}
        self.events: dict[str, Json] = {}
        self.locales: dict[str, str] = {}
        self.closed: set[str] = set()
        """People who take no direct messages from apps in this server."""
        self.kicked = False
        self._removed: set[str] = set()
        key = guild_key or self.mint.next()
        everyone = objects.role(key, "@everyone", EVERYDAY, 0)
        self.guild = objects.guild(key, server, [everyone], owner="0")
        self.bot = self.add_user(bot, key=bot_key, bot=True)
        self.bot_key: str = self.bot["user"]["id"]
        self.application = self.bot_key
        self.bot_role = self.add_role(bot, may, managed=True)
        self.give_role(self.bot_key, self.bot_role)
        board.put(f"discord/role/{key}", everyone)
        self.show_guild()

    # What is there

    def channel(self, key: str) -> Json:
        found = self.channels.get(key)
        if found is None:
            raise Refused(10003)
        return found

    def member(self, key: str) -> Json:
        found = self.members.get(key)
        if found is None:
            raise Refused(10007)
        return found

    def user(self, key: str) -> Json:
        found = self.members.get(key)
        if found is None:
            raise Refused(10013)
        return found["user"]

    def role(self, key: str) -> Json:
        for role in self.guild["roles"]:
            if role["id"] == key:
                return role
        raise Refused(10011)

    def people(self) -> Iterator[Json]:
        yield from self.members.values()

    def may(self, user: str, channel: Mapping[str, Any]) -> Permission:
        """What somebody may do in a channel, thread or direct message."""
        if channel["type"] == DIRECT:
            taking_part = user == self.bot_key or any(one["id"] == user for one in channel["recipients"])
            return IN_DIRECT_MESSAGES if taking_part else Permission(0)
        if user == self.bot_key and (self.kicked or (channel.get("parent_id") or channel["id"]) in self._removed):
            return Permission(0)
        parent = self.channels.get(channel["parent_id"]) if channel["type"] in THREADS else None
        judged = channel if parent is None else {**channel, "permission_overwrites": parent["permission_overwrites"]}
        allowed = held_in(self.member(user), self.guild, judged)
        private = channel["type"] == PRIVATE_THREAD and Permission.MANAGE_THREADS not in allowed
        if private and user not in self.thread_members.get(channel["id"], {}):
            return Permission(0)
        return allowed

    def sees(self, user: str, channel: Mapping[str, Any]) -> bool:
        return Permission.VIEW_CHANNEL in self.may(user, channel)

    def need(self, channel: Mapping[str, Any], *permissions: Permission) -> None:
        """Refuse the bot what it may not do: 50001 where it cannot look, 50013 for anything else (U)."""
        allowed = self.may(self.bot_key, channel)
        if Permission.VIEW_CHANNEL not in allowed:
            raise Refused(50001)
        if any(one not in allowed for one in permissions):
            raise Refused(50013)

    def may_in_server(self, user: str) -> Permission:
        from_everywhere = {"type": TEXT, "id": "", "permission_overwrites": []}
        return self.may(user, from_everywhere)

    # What the composition root and tests build

    def add_user(self, name: str, *, key: str | None = None, bot: bool = False, locale: str = "en-GB") -> Json:
        key = key or self.mint.next()
        member = objects.member(objects.user(key, name, bot=bot), iso(self.clock.now()))
        self.members[key] = member
        self.locales[key] = locale
        self.guild["approximate_member_count"] = len(self.members)
        self.show_member(key)
        return member

    def add_role(
        self, name: str, permissions: Permission = NOTHING, *, mentionable: bool = False, managed: bool = False
    ) -> str:
        role = objects.role(self.mint.next(), name, permissions, len(self.guild["roles"]))
        role |= {"mentionable": mentionable, "managed": managed}
        if managed:
            role["tags"] = {"bot_id": self.bot_key}
        self.guild["roles"].append(role)
        self.board.put(f"discord/role/{role['id']}", dict(role))
        self.show_guild()
        return role["id"]

    def give_role(self, user: str, role: str) -> None:
        member = self.member(user)
        member["roles"] = [*member["roles"], role]
        self.show_member(user)

    def own(self, user: str) -> None:
        """Make somebody the server's owner."""
        self.guild["owner_id"] = user
        self.show_guild()

    def add_channel(self, name: str, *, key: str | None = None, topic: str | None = None) -> Json:
        key = key or self.mint.next()
        channel = objects.text_channel(key, self.guild["id"], name, topic, len(self.channels))
        self.channels[key] = channel
        self.show_channel(key)
        return channel

    def overwrite(self, channel: str, target: str, *, allow: Permission = NOTHING, deny: Permission = NOTHING) -> None:
        """Set what a role or a person may do in one channel."""
        kind = 1 if target in self.members else 0
        fresh = {"id": target, "type": kind, "allow": str(int(allow)), "deny": str(int(deny))}
        place = self.channel(channel)
        kept = [one for one in place["permission_overwrites"] if one["id"] != target]
        place["permission_overwrites"] = [*kept, fresh]
        self.show_channel(channel)

    def direct(self, user: str) -> Json:
        """The direct messages between the bot and somebody, opened if need be."""
        for channel in self.channels.values():
            if channel["type"] == DIRECT and channel["recipients"][0]["id"] == user:
                return channel
        channel = objects.direct_channel(self.mint.next(), self.user(user))
        self.channels[channel["id"]] = channel
        self.show_channel(channel["id"])
        return channel

    def add_thread(self, thread: Json) -> None:
        self.channels[thread["id"]] = thread
        self.thread_members[thread["id"]] = {}
        self.show_channel(thread["id"])

    def join_thread(self, thread: str, user: str) -> bool:
        """Add somebody to a thread; False if they were there."""
        inside = self.thread_members[thread]
        if user in inside:
            return False
        inside[user] = {"id": thread, "user_id": user, "join_timestamp": iso(self.clock.now()), "flags": 1}
        self.channels[thread]["member_count"] = min(len(inside), 50)
        self.show_channel(thread)
        return True

    def leave_thread(self, thread: str, user: str) -> bool:
        inside = self.thread_members[thread]
        if inside.pop(user, None) is None:
            return False
        self.channels[thread]["member_count"] = min(len(inside), 50)
        self.show_channel(thread)
        return True

    def drop_channel(self, key: str) -> Json:
        gone = self.channels.pop(key)
        self.thread_members.pop(key, None)
        self.board.drop(f"discord/channel/{key}")
        return gone

    def remove_bot(self, channel: str, removed: bool) -> None:
        """Take the bot's sight of a channel away whatever its roles say, or give it back."""
        place = self.channels[channel].get("parent_id") or channel
        (self._removed.add if removed else self._removed.discard)(place)

    # The board

    def show_guild(self) -> None:
        self.board.put("discord/guild", {**self.guild, "roles": [dict(role) for role in self.guild["roles"]]})

    def show_member(self, key: str) -> None:
        self.board.put(f"discord/user/{key}", dict(self.members[key]))

    def show_channel(self, key: str) -> None:
        self.board.put(f"discord/channel/{key}", dict(self.channels[key]))
