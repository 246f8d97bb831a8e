"""Permissions: who may do what where (D topics/permissions.mdx)."""

from collections.abc import Iterable, Mapping
from enum import IntFlag
from typing import Any


class Permission(IntFlag):
    """The permissions that the stand-in checks, and those that its default roles hold."""

    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    SEND_TTS_MESSAGES = 1 << 12
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_EXTERNAL_EMOJIS = 1 << 18
    CHANGE_NICKNAME = 1 << 26
    MANAGE_ROLES = 1 << 28
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_EVENTS = 1 << 33
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    SEND_MESSAGES_IN_THREADS = 1 << 38
    CREATE_EVENTS = 1 << 44
    PIN_MESSAGES = 1 << 51


ALL = Permission((1 << 53) - 1)
EVERYDAY = (
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.ADD_REACTIONS
    | Permission.USE_EXTERNAL_EMOJIS
    | Permission.CHANGE_NICKNAME
    | Permission.USE_APPLICATION_COMMANDS
    | Permission.CREATE_PUBLIC_THREADS
    | Permission.CREATE_PRIVATE_THREADS
    | Permission.SEND_MESSAGES_IN_THREADS
)
"""What @everyone holds in a new server, without what concerns voice; everybody's @everyone pings are left out (U)."""

IN_DIRECT_MESSAGES = (
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.ADD_REACTIONS
    | Permission.USE_EXTERNAL_EMOJIS
    | Permission.MENTION_EVERYONE
    | Permission.PIN_MESSAGES
)

NEEDS_SENDING = (
    Permission.MENTION_EVERYONE | Permission.SEND_TTS_MESSAGES | Permission.ATTACH_FILES | Permission.EMBED_LINKS
)
THREADS = (11, 12, 10)


def held(member: Mapping[str, Any], guild: Mapping[str, Any]) -> Permission:
    """What a member may do in the server as a whole: everyone's role and their own, or everything for the owner."""
    if member["user"]["id"] == guild["owner_id"]:
        return ALL
    together = Permission(0)
    for role in guild["roles"]:
        if role["id"] == guild["id"] or role["id"] in member["roles"]:
            together |= Permission(int(role["permissions"]))
    return ALL if Permission.ADMINISTRATOR in together else together


def held_in(member: Mapping[str, Any], guild: Mapping[str, Any], channel: Mapping[str, Any]) -> Permission:
    """What a member may do in a channel; hand in a thread with its parent's overwrites (D topics/threads.mdx)."""
    together = held(member, guild)
    if together == ALL:
        return ALL
    overwrites = {one["id"]: one for one in channel.get("permission_overwrites", ())}
    together = _overwritten(together, [overwrites[guild["id"]]] if guild["id"] in overwrites else [])
    together = _overwritten(together, [overwrites[role] for role in member["roles"] if role in overwrites])
    own = overwrites.get(member["user"]["id"])
    together = _overwritten(together, [own] if own else [])
    thread = channel.get("type") in THREADS
    return _implied(together, Permission.SEND_MESSAGES_IN_THREADS if thread else Permission.SEND_MESSAGES)


def _overwritten(together: Permission, overwrites: Iterable[Mapping[str, Any]]) -> Permission:
    """Denials first, then allowances, each taken together for all roles (D topics/permissions.mdx, "Hierarchy")."""
    overwrites = list(overwrites)
    for one in overwrites:
        together &= ~Permission(int(one["deny"]))
    for one in overwrites:
        together |= Permission(int(one["allow"]))
    return together


def _implied(together: Permission, sending: Permission) -> Permission:
    """Who cannot see a channel can do nothing there (D topics/permissions.mdx, "Implicit Permissions")."""
    if Permission.VIEW_CHANNEL not in together:
        return Permission(0)
    return together if sending in together else together & ~NEEDS_SENDING
