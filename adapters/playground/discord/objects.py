"""Discord's objects as its API gives them: users, members, roles, servers, channels and threads.

Field by field as in D resources/user.mdx, resources/guild.mdx, resources/channel.mdx and topics/permissions.mdx; what
the OpenAPI specification requires is always there, so that answers validate against it.
"""

from typing import Any

from adapters.playground.discord.permissions import Permission
from adapters.playground.discord.refused import Json

LOCALE = "en-GB"
UPLOAD_LIMIT = 10 * 1024 * 1024
"""Bytes of one attachment in a server without boosts (D reference.mdx, "Uploading Files")."""


def user(key: str, name: str, *, bot: bool = False) -> Json:
    """A person's handle is lower-case; a bot keeps its name as it was registered, with a discriminator."""
    handle = "".join(letter for letter in name.lower().replace(" ", ".") if letter.isalnum() or letter in "._")
    return {
        "id": key,
        "username": name if bot else handle,
        "discriminator": f"{int(key) % 9999 + 1:04}" if bot else "0",
        "global_name": None if bot else name,
        "avatar": None,
        "bot": bot,
        "system": False,
        "banner": None,
        "accent_color": None,
        "public_flags": 0,
        "flags": 0,
        "avatar_decoration_data": None,
        "collectibles": None,
        "primary_guild": None,
    }


def member(who: Json, joined: str) -> Json:
    return {
        "user": who,
        "nick": None,
        "avatar": None,
        "banner": None,
        "roles": [],
        "joined_at": joined,
        "premium_since": None,
        "deaf": False,
        "mute": False,
        "flags": 0,
        "pending": False,
        "communication_disabled_until": None,
        "avatar_decoration_data": None,
        "collectibles": None,
    }


def role(key: str, name: str, permissions: Permission, position: int) -> Json:
    return {
        "id": key,
        "name": name,
        "description": None,
        "permissions": str(int(permissions)),
        "position": position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": False,
        "mentionable": False,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }


def guild(key: str, name: str, roles: list[Json], *, owner: str) -> Json:
    return {
        "id": key,
        "name": name,
        "icon": None,
        "description": None,
        "home_header": None,
        "splash": None,
        "discovery_splash": None,
        "features": [],
        "banner": None,
        "owner_id": owner,
        "application_id": None,
        "region": "deprecated",
        "afk_channel_id": None,
        "afk_timeout": 300,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "widget_enabled": False,
        "widget_channel_id": None,
        "verification_level": 0,
        "roles": roles,
        "default_message_notifications": 0,
        "mfa_level": 0,
        "explicit_content_filter": 0,
        "max_presences": None,
        "max_members": 500000,
        "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25,
        "vanity_url_code": None,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "preferred_locale": LOCALE,
        "rules_channel_id": None,
        "safety_alerts_channel_id": None,
        "public_updates_channel_id": None,
        "premium_progress_bar_enabled": False,
        "nsfw": False,
        "nsfw_level": 0,
        "hub_type": None,
        "emojis": [],
        "stickers": [],
        "incidents_data": None,
    }


def guild_create(
    world_guild: Json,
    joined: str,
    members: list[Json],
    channels: list[Json],
    threads: list[Json],
    events: list[Json],
    count: int,
) -> Json:
    """The server as GUILD_CREATE tells it, with the fields that only this event has (D events/gateway-events.mdx)."""
    return {
        **world_guild,
        "joined_at": joined,
        "large": False,
        "unavailable": False,
        "member_count": count,
        "voice_states": [],
        "members": members,
        "channels": channels,
        "threads": threads,
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": events,
        "soundboard_sounds": [],
    }


def text_channel(key: str, server: str, name: str, topic: str | None, position: int) -> Json:
    return {
        "id": key,
        "type": 0,
        "guild_id": server,
        "name": name,
        "topic": topic,
        "position": position,
        "parent_id": None,
        "permission_overwrites": [],
        "nsfw": False,
        "rate_limit_per_user": 0,
        "last_message_id": None,
        "flags": 0,
    }


def direct_channel(key: str, with_whom: Json) -> Json:
    return {"id": key, "type": 1, "flags": 0, "last_message_id": None, "recipients": [with_whom]}


def thread(key: str, parent: Json, name: str, owner: str, at: str, *, kind: int, archive_after: int) -> Json:
    return {
        "id": key,
        "type": kind,
        "guild_id": parent["guild_id"],
        "parent_id": parent["id"],
        "owner_id": owner,
        "name": name,
        "last_message_id": None,
        "message_count": 0,
        "total_message_sent": 0,
        "member_count": 0,
        "rate_limit_per_user": 0,
        "flags": 0,
        "thread_metadata": {
            "archived": False,
            "archive_timestamp": at,
            "auto_archive_duration": archive_after,
            "locked": False,
            "create_timestamp": at,
        },
    }


def without_user(one: Json) -> Json:
    """A member as an event next to a user has it."""
    return {name: value for name, value in one.items() if name != "user"}


def public(message: Json) -> Json:
    """A row without what only the board shows (names that start with an underscore)."""
    return {name: value for name, value in message.items() if not name.startswith("_")}


def application(key: str, name: str, owner: Json, bot: Json, flags: int) -> dict[str, Any]:
    """The app as it sees itself (D resources/application.mdx)."""
    return {
        "id": key,
        "name": name,
        "icon": None,
        "description": "",
        "type": None,
        "bot": bot,
        "bot_public": False,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": flags,
        "flags_new": str(flags),
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "owner": owner,
        "approximate_guild_count": 1,
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "team": None,
        "eligible_oauth2_scopes": [],
    }
