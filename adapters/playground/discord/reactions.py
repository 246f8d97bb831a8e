"""Reactions: who put which emoji under which message (D resources/message.mdx, "Reaction Object")."""

import re

from adapters.playground.discord.gateway import Intent
from adapters.playground.discord.permissions import Permission
from adapters.playground.discord.platform import Platform
from adapters.playground.discord.refused import Json, Refused
from adapters.playground.discord.world import DIRECT

MOST = 20
PICTURE = (
    "[\U0001f000-\U0001faff\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u27bf\u2900-\u297f\u2b00-\u2bff"
    "\u3030\u303d\u3297\u3299©®]"
)
SHADE = "[\U0001f3fb-\U0001f3ff]?"
TAGS = "[\U000e0020-\U000e007f]*"
ONE = f"{PICTURE}\ufe0f?{SHADE}{TAGS}"
EMOJI = re.compile(f"[\U0001f1e6-\U0001f1ff]{{2}}|[0-9#*]\ufe0f?\u20e3|{ONE}(?:\u200d{ONE})*")
"""One emoji: a flag, a keycap, or pictures that are joined. The server has none of its own."""


def users(message: Json, emoji: str) -> list[str]:
    """Who reacted with this emoji, in the order of their keys."""
    return sorted(message.get("_reacted", {}).get(emoji, []), key=int)


def add(platform: Platform, message: Json, user: str, emoji: str) -> None:
    """Put an emoji under a message; the same once more changes nothing."""
    known(emoji)
    channel = platform.world.channel(message["channel_id"])
    reacted: dict[str, list[str]] = message.setdefault("_reacted", {})
    if user in reacted.get(emoji, []):
        return
    if emoji not in reacted:
        if Permission.ADD_REACTIONS not in platform.world.may(user, channel):
            raise Refused(50013)
        if len(reacted) >= MOST:
            raise Refused(30010)
    reacted.setdefault(emoji, []).append(user)
    _show(platform, message)
    about: Json = {"user_id": user, **_about(platform, message, emoji), "message_author_id": message["author"]["id"]}
    if channel["type"] != DIRECT:
        about["member"] = dict(platform.world.member(user))
    _tell(platform, "MESSAGE_REACTION_ADD", message, about)


def remove(platform: Platform, message: Json, user: str, emoji: str) -> None:
    """Take somebody's emoji away; what is not there is no error."""
    known(emoji)
    reacted: dict[str, list[str]] = message.get("_reacted", {})
    if user not in reacted.get(emoji, []):
        return
    reacted[emoji] = [one for one in reacted[emoji] if one != user]
    if not reacted[emoji]:
        del reacted[emoji]
    _show(platform, message)
    about = {"user_id": user, **_about(platform, message, emoji)}
    _tell(platform, "MESSAGE_REACTION_REMOVE", message, about)


def clear(platform: Platform, message: Json, emoji: str | None = None) -> None:
    """Take away everybody's reactions, or those of one emoji."""
    reacted: dict[str, list[str]] = message.get("_reacted", {})
    if emoji is not None:
        known(emoji)
        gone = reacted.pop(emoji, None) is not None
        event, about = "MESSAGE_REACTION_REMOVE_EMOJI", {"emoji": _drawn(emoji)}
    else:
        gone = bool(reacted)
        reacted.clear()
        event, about = "MESSAGE_REACTION_REMOVE_ALL", {}
    if gone:
        _show(platform, message)
        _tell(platform, event, message, {**_where(platform, message), **about})


def known(emoji: str) -> None:
    if not EMOJI.fullmatch(emoji):
        raise Refused(10014)


def _show(platform: Platform, message: Json) -> None:
    """The counts as the bot sees them: `me` is the bot."""
    rows = [
        {
            "emoji": _drawn(emoji),
            "count": len(people),
            "count_details": {"burst": 0, "normal": len(people)},
            "burst_colors": [],
            "me_burst": False,
            "me": platform.world.bot_key in people,
        }
        for emoji, people in message.get("_reacted", {}).items()
    ]
    message.pop("reactions", None)
    if rows:
        message["reactions"] = rows
    platform.messages.show(message)


def _drawn(emoji: str) -> Json:
    return {"id": None, "name": emoji}


def _about(platform: Platform, message: Json, emoji: str) -> Json:
    return {**_where(platform, message), "emoji": _drawn(emoji), "burst": False, "type": 0}


def _where(platform: Platform, message: Json) -> Json:
    where = {"channel_id": message["channel_id"], "message_id": message["id"]}
    channel = platform.world.channel(message["channel_id"])
    return {**where, "guild_id": channel["guild_id"]} if "guild_id" in channel else where


def _tell(platform: Platform, event: str, message: Json, about: Json) -> None:
    direct = platform.world.channel(message["channel_id"])["type"] == DIRECT
    intent = Intent.DIRECT_MESSAGE_REACTIONS if direct else Intent.GUILD_MESSAGE_REACTIONS
    platform.gateway.tell(event, about, intent, channel=message["channel_id"], direct=direct)
