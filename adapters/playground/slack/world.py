"""The workspace: people, channels and messages as Slack's API gives them, shown on the board as they change."""

import re
from collections.abc import Iterable
from copy import deepcopy
from typing import Any, TypeAlias

from adapters.playground.board import Board
from adapters.playground.impossible import Impossible
from adapters.playground.time import Clock

Json: TypeAlias = dict[str, Any]
CONVERSATION = re.compile(r"[CDG][A-Z0-9]+")
SLACKBOT = "USLACKBOT"


class World:
    """One workspace with one app; every change of a row goes through here, so that the board never lags."""

    def __init__(self, board: Board, clock: Clock, name: str) -> None:
        self.board = board
        self.clock = clock
        self.users: dict[str, Json] = {}
        self.channels: dict[str, Json] = {}
        self.messages: dict[str, dict[str, Json]] = {}
        self.ephemerals: dict[str, dict[tuple[str, str], Json]] = {}
        self._last_key = 0
        self._last_ts = 0
        domain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "workspace"
        self.team: Json = {
            "id": self.key("T"),
            "name": name,
            "domain": domain,
            "email_domain": "",
            "url": f"https://{domain}.slack.com/",
            "icon": {"image_default": True},
        }
        board.put("slack/team", deepcopy(self.team))

    # --- keys and timestamps ---------------------------------------------------------------------------------------

    def key(self, prefix: str) -> str:
        """A new id of Slack's form, such as `C00000007A`; never the same twice."""
        self._last_key += 1
        return f"{prefix}{self._last_key:08X}A"

    def ts(self) -> str:
        """A message's timestamp, its key in its channel: strictly increasing, even if the clock is not."""
        now = int(self.clock.now().timestamp() * 1_000_000)
        self._last_ts = max(now, self._last_ts + 1)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def seconds(self) -> int:
        return int(self.clock.now().timestamp())

    # --- people ----------------------------------------------------------------------------------------------------

    def add_user(self, user: Json) -> None:
        self.users[user["id"]] = user
        self.show_user(user["id"])

    def show_user(self, key: str) -> None:
        self.board.put(f"slack/user/{key}", deepcopy(self.users[key]))

    def person(self, key: str) -> Json:
        """Somebody who can act; bots and people who left cannot."""
        user = self.users.get(key)
        if user is None or user["is_bot"] or user["deleted"]:
            raise Impossible(f"There is nobody {key} in this workspace.")
        return user

    # --- channels --------------------------------------------------------------------------------------------------

    def add_channel(self, channel: Json) -> None:
        self.channels[channel["id"]] = channel
        self.messages.setdefault(channel["id"], {})
        self.show_channel(channel["id"])

    def show_channel(self, key: str) -> None:
        self.board.put(f"slack/channel/{key}", deepcopy(self.channels[key]))

    def drop_channel(self, key: str) -> Json:
        """Delete a channel with all that was said in it."""
        for ts in list(self.messages.pop(key, {})):
            self.board.drop(f"slack/message/{key}/{ts}")
        self.board.drop(f"slack/channel/{key}")
        return self.channels.pop(key)

    def direct(self, user: str) -> Json:
        """The app's direct messages with somebody, opened when they are first needed."""
        for channel in self.channels.values():
            if channel.get("is_im") and channel["user"] == user:
                return channel
        channel: Json = {
            "id": self.key("D"),
            "created": self.seconds(),
            "is_im": True,
            "is_org_shared": False,
            "is_archived": False,
            "context_team_id": self.team["id"],
            "updated": self.seconds() * 1000,
            "user": user,
            "is_user_deleted": False,
            "is_open": True,
            "priority": 0,
            "members": [user],
        }
        self.add_channel(channel)
        return channel

    def named(self, name: str) -> Json | None:
        """The public or private channel of this name, with or without `#`."""
        plain = name.removeprefix("#")
        return next((one for one in self.channels.values() if one.get("name") == plain), None)

    def place(self, user: str, key: str) -> Json:
        """The channel in which somebody acts; they must be in it."""
        channel = self.channels.get(key)
        if channel is None:
            raise Impossible(f"There is no channel {key}.")
        if user not in channel["members"]:
            raise Impossible(f"{self.person(user)['real_name']} is not in {shown_name(channel)}.")
        return channel

    # --- messages --------------------------------------------------------------------------------------------------

    def add_message(self, channel: str, message: Json, mentioned: Iterable[str]) -> None:
        self.messages[channel][message["ts"]] = message
        self._count_replies(channel, message)
        self.show_message(channel, message["ts"], mentioned)

    def show_message(self, channel: str, ts: str, mentioned: Iterable[str] | None = None) -> None:
        """Show a message; whom it notified was settled when it was posted, edits notify nobody."""
        name = f"slack/message/{channel}/{ts}"
        if mentioned is None:
            before = self.board.get(name)
            mentioned = [] if before is None else before["_mentioned"]
        people = sorted(mentioned or ())
        self.board.put(name, {**deepcopy(self.messages[channel][ts]), "_mentioned": people})

    def drop_message(self, channel: str, ts: str) -> Json:
        message = self.messages[channel].pop(ts)
        self.board.drop(f"slack/message/{channel}/{ts}")
        self._count_replies(channel, message)
        return message

    def add_ephemeral(self, user: str, channel: str, message: Json) -> None:
        self.ephemerals.setdefault(user, {})[channel, message["ts"]] = message
        self.show_ephemeral(user, channel, message["ts"])

    def show_ephemeral(self, user: str, channel: str, ts: str) -> None:
        self.board.put(f"slack/ephemeral/{user}/{channel}/{ts}", deepcopy(self.ephemerals[user][channel, ts]))

    def drop_ephemeral(self, user: str, channel: str, ts: str) -> None:
        self.ephemerals.get(user, {}).pop((channel, ts), None)
        self.board.drop(f"slack/ephemeral/{user}/{channel}/{ts}")

    def slackbot(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> str:
        """Slackbot tells one person something that nobody else sees."""
        ts = self.ts()
        message = {"type": "message", "user": SLACKBOT, "username": "Slackbot", "text": text, "ts": ts}
        if thread_ts:
            message["thread_ts"] = thread_ts
        self.add_ephemeral(user, channel, {**message, "is_ephemeral": True, "channel": channel})
        return ts

    def _count_replies(self, channel: str, message: Json) -> None:
        """Keep the counts that Slack shows under a thread's first message (docs: Retrieving messages, threads)."""
        thread = message.get("thread_ts")
        parent = self.messages[channel].get(thread) if thread and thread != message["ts"] else None
        if parent is None:
            return
        replies = [
            one for one in self.messages[channel].values() if one.get("thread_ts") == thread and one is not parent
        ]
        parent["thread_ts"] = thread
        parent["reply_count"] = len(replies)
        parent["reply_users"] = list(dict.fromkeys(one["user"] for one in replies))
        parent["reply_users_count"] = len(parent["reply_users"])
        parent["latest_reply"] = max((one["ts"] for one in replies), default=thread)
        self.show_message(channel, parent["ts"])


def shown_name(channel: Json) -> str:
    """How Slack writes a channel's name for people."""
    return "a direct message" if channel.get("is_im") else f"#{channel['name']}"
