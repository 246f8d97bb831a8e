"""Routes about reactions (D resources/message.mdx, "Create Reaction" and its neighbours)."""

from adapters.playground.discord import reactions
from adapters.playground.discord.permissions import Permission
from adapters.playground.discord.platform import Answered, Ask, Platform
from adapters.playground.discord.refused import Json
from adapters.playground.discord.rest import Route


def add(platform: Platform, ask: Ask) -> Answered:
    message = _message(platform, ask, Permission.READ_MESSAGE_HISTORY)
    reactions.add(platform, message, platform.world.bot_key, ask["emoji"])
    return None


def remove_own(platform: Platform, ask: Ask) -> Answered:
    reactions.remove(platform, _message(platform, ask), platform.world.bot_key, ask["emoji"])
    return None


def remove(platform: Platform, ask: Ask) -> Answered:
    """Somebody else's reaction, with MANAGE_MESSAGES."""
    needed = () if ask["user"] == platform.world.bot_key else (Permission.MANAGE_MESSAGES,)
    reactions.remove(platform, _message(platform, ask, *needed), platform.world.user(ask["user"])["id"], ask["emoji"])
    return None


def people(platform: Platform, ask: Ask) -> Answered:
    """Who reacted with an emoji, in pages."""
    message = _message(platform, ask, Permission.READ_MESSAGE_HISTORY)
    reactions.known(ask["emoji"])
    limit, after = ask.number("limit", least=1, most=100, default=25), ask.key("after") or 0
    keys = [one for one in reactions.users(message, ask["emoji"]) if int(one) > after]
    return [platform.world.user(one) for one in keys[:limit]]


def clear(platform: Platform, ask: Ask) -> Answered:
    reactions.clear(platform, _message(platform, ask, Permission.MANAGE_MESSAGES))
    return None


def clear_emoji(platform: Platform, ask: Ask) -> Answered:
    reactions.clear(platform, _message(platform, ask, Permission.MANAGE_MESSAGES), ask["emoji"])
    return None


def _message(platform: Platform, ask: Ask, *permissions: Permission) -> Json:
    channel = platform.world.channel(ask["channel"])
    platform.world.need(channel, *permissions)
    return platform.messages.find(channel["id"], ask["message"])


PATH = "/channels/{channel}/messages/{message}/reactions"
ROUTES = (
    Route("PUT", PATH + "/{emoji}/@me", add),
    Route("DELETE", PATH + "/{emoji}/@me", remove_own),
    Route("DELETE", PATH + "/{emoji}/{user}", remove),
    Route("GET", PATH + "/{emoji}", people),
    Route("DELETE", PATH, clear),
    Route("DELETE", PATH + "/{emoji}", clear_emoji),
)
