"""Response URLs: an answer to one thing that a person did, five times within thirty minutes.

Docs: Handling user interaction, "Message responses" (5 uses, 30 minutes, response_type, replace_original,
delete_original); they carry no timestamp back, only `ok`.
"""

from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Any, Literal, TypeAlias

from adapters.playground.slack.app import App
from adapters.playground.slack.mentions import mentioned
from adapters.playground.slack.posts import bot_message, content
from adapters.playground.slack.refused import Refused
from adapters.playground.slack.world import Json, World
from adapters.playground.time import Stopwatch

USES = 5
SECONDS = 30 * 60.0
KNOWN = frozenset(
    [
        "text",
        "blocks",
        "attachments",
        "response_type",
        "replace_original",
        "delete_original",
        "thread_ts",
        "metadata",
        "mrkdwn",
        "parse",
        "link_names",
        "unfurl_links",
        "unfurl_media",
    ]
)
Kind: TypeAlias = Literal["commands", "actions", "app"]


@dataclass(slots=True)
class Hook:
    """One response URL: for whom, where, and the message whose button was pressed if it was one."""

    user: str
    channel: str
    until: float
    message_ts: str | None = None
    ephemeral: bool = False
    left: int = USES


class Hooks:
    """All response URLs that were given out."""

    def __init__(self, world: World, app: App, stopwatch: Stopwatch) -> None:
        self._world, self._app, self._stopwatch = world, app, stopwatch
        self._hooks: dict[str, Hook] = {}
        self.origin = ""

    def url(self, kind: Kind, user: str, channel: str, **where: Any) -> str:
        """A new response URL; its time runs from now."""
        key = f"{kind}/{self._world.team['id']}/{len(self._hooks) + 1}/{token_urlsafe(18)}"
        self._hooks[key] = Hook(user, channel, self._stopwatch() + SECONDS, **where)
        return f"{self.origin}/hooks/{key}"

    def answer(self, key: str, told: Any) -> None:
        """Carry out what was posted to a response URL, or refuse it."""
        hook = self._hooks.get(key)
        if hook is None:
            raise Refused("no_service")
        if self._stopwatch() > hook.until:
            raise Refused("expired_url")
        if hook.left == 0:
            raise Refused("used_url")
        if not _readable(told):
            raise Refused("invalid_payload")
        if hook.channel not in self._world.channels:
            raise Refused("channel_not_found")
        self._carry_out(hook, told)
        hook.left -= 1

    def reply(self, user: str, channel: str, told: Json) -> None:
        """The payload with which a slash command was acknowledged: posted like an answer to its URL."""
        if not _readable(told):
            raise Refused("invalid_payload")
        self._post(Hook(user, channel, 0), told, content(told))

    def _carry_out(self, hook: Hook, told: Json) -> None:
        if told.get("delete_original"):
            if hook.message_ts is None or not self._there(hook):
                raise Refused("message_not_found")
            self._delete(hook)
            if not (told.get("text") or told.get("blocks")):
                return
        fresh = content(told)
        if told.get("response_type") not in (None, "in_channel", "ephemeral"):
            raise Refused("invalid_payload")
        if told.get("replace_original", False) and not told.get("delete_original"):
            self._replace(hook, fresh)
        else:
            self._post(hook, told, fresh)

    def _there(self, hook: Hook) -> bool:
        if hook.ephemeral:
            return (hook.channel, hook.message_ts) in self._world.ephemerals.get(hook.user, {})
        return hook.message_ts in self._world.messages[hook.channel]

    def _delete(self, hook: Hook) -> None:
        assert hook.message_ts is not None
        if hook.ephemeral:
            self._world.drop_ephemeral(hook.user, hook.channel, hook.message_ts)
        else:
            self._world.drop_message(hook.channel, hook.message_ts)

    def _replace(self, hook: Hook, fresh: Json) -> None:
        """Replace the message whose button was pressed; after a command there is none, and it is posted instead."""
        if hook.message_ts is None:
            self._post(hook, {}, fresh)
        elif not self._there(hook):
            raise Refused("message_not_found")
        elif hook.ephemeral:
            message = self._world.ephemerals[hook.user][hook.channel, hook.message_ts]
            replaced(message, fresh)
            self._world.show_ephemeral(hook.user, hook.channel, hook.message_ts)
        else:
            message = self._world.messages[hook.channel][hook.message_ts]
            replaced(message, fresh)
            message["edited"] = {"user": self._app.bot_key, "ts": self._world.ts()}
            self._world.show_message(hook.channel, hook.message_ts)

    def _post(self, hook: Hook, told: Json, fresh: Json) -> None:
        # An answer goes to the channel, to a press in a thread too, unless it names the thread itself.
        thread = told.get("thread_ts")
        message = bot_message(
            self._world, self._app, fresh, channel=hook.channel, ts=self._world.ts(), thread_ts=thread
        )
        if told.get("response_type") == "in_channel":
            message["subtype"] = "bot_message"
            members = self._world.channels[hook.channel]["members"]
            people = mentioned(fresh["text"], fresh.get("blocks", ()), members, author=self._app.bot_user)
            self._world.add_message(hook.channel, message, people)
        else:
            self._world.add_ephemeral(
                hook.user, hook.channel, {**message, "is_ephemeral": True, "channel": hook.channel}
            )


def _readable(told: Any) -> bool:
    """Whether what was posted has only known fields, and text where text belongs."""
    if not isinstance(told, dict) or set(told) - KNOWN:
        return False
    words = [told.get(name) for name in ("text", "thread_ts", "response_type")]
    return all(one is None or isinstance(one, str) for one in words)


def replaced(message: Json, fresh: Json) -> None:
    """Put new content in the place of the old; blocks that are not told are gone."""
    for name in ("blocks", "attachments"):
        message.pop(name, None)
    message.update(fresh)
