"""Gateway events: what Discord's specifications say of each, and which they say nothing of.

The gateway's own schemas describe five events. The others carry objects that the API answers too, so they are held
against the OpenAPI document, with the differences that the documentation of the events names
(D events/gateway-events.mdx); nothing besides may be in them.
"""

from typing import Any

OPENAPI = "urn:openapi"

FILES = {
    "READY": "Ready",
    "GUILD_CREATE": "GuildCreate",
    "MESSAGE_CREATE": "MessageCreate",
    "MESSAGE_UPDATE": "MessageUpdate",
    "INTERACTION_CREATE": "InteractionCreate",
}
"""Events with a schema of their own: `discord_<name>.json`."""


def _ref(component: str) -> dict[str, Any]:
    return {"$ref": f"{OPENAPI}#/components/schemas/{component}"}


def _of(component: str, *required: str, **more: Any) -> dict[str, Any]:
    """An object of the API, with fields that only the event has."""
    return {
        "allOf": [_ref(component)],
        "properties": more,
        "required": [*required, *(name for name in more if name != "newly_created")],
        "unevaluatedProperties": False,
    }


def _fields(required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    """Just these fields."""
    properties = required | (optional or {})
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


def _many(item: Any) -> dict[str, Any]:
    return {"type": "array", "items": item}


KEY = _ref("SnowflakeType")
IN_GUILD = {"guild_id": KEY}
MEMBER = _ref("GuildMemberResponse")
EMOJI = _ref("MessageReactionEmojiResponse")
AT = {"channel_id": KEY, "message_id": KEY}
REACTION = {"user_id": KEY, **AT, "emoji": EMOJI, "burst": {"type": "boolean"}, "type": {"enum": [0, 1]}}
SCHEDULED = {
    "oneOf": [
        _ref(f"{where}ScheduledEventResponse")
        # By their kinds of place; exactly one of them fits.
        for where in ("External", "Stage", "Voice")
    ],
    "unevaluatedProperties": False,
}

SCHEMAS: dict[str, Any] = {
    "CHANNEL_CREATE": _of("GuildChannelResponse"),
    "CHANNEL_UPDATE": _of("GuildChannelResponse"),
    "CHANNEL_DELETE": _of("GuildChannelResponse"),
    # A thread that was made just now says so; one that the bot was added to does not.
    "THREAD_CREATE": _of("ThreadResponse", newly_created={"type": "boolean"}),
    "THREAD_UPDATE": _of("ThreadResponse"),
    # "Contains a subset of the channel object".
    "THREAD_DELETE": _fields(
        {name: _ref(f"ThreadResponse/properties/{name}") for name in ("id", "guild_id", "parent_id", "type")}
    ),
    "THREAD_MEMBERS_UPDATE": _fields(
        {"id": KEY, **IN_GUILD, "member_count": {"type": "integer", "minimum": 0, "maximum": 50}},
        # "The thread member objects will also include the guild member and nullable presence objects for each added
        # thread member": as long as nobody has a presence here, it is left out.
        {"added_members": _many(_ref("ThreadMemberResponse")), "removed_member_ids": _many(KEY)},
    ),
    # "The inner payload is a guild member object with an extra guild_id key".
    "GUILD_MEMBER_ADD": _of("GuildMemberResponse", **IN_GUILD),
    "GUILD_MEMBER_UPDATE": _of("GuildMemberResponse", **IN_GUILD),
    "GUILD_MEMBERS_CHUNK": _fields(
        {
            **IN_GUILD,
            "members": _many(MEMBER),
            "chunk_index": {"type": "integer"},
            "chunk_count": {"type": "integer"},
        },
        {"not_found": _many({}), "nonce": {"type": "string"}},
    ),
    "GUILD_ROLE_CREATE": _fields({**IN_GUILD, "role": _ref("GuildRoleResponse")}),
    # "An unavailable guild object": without `unavailable` the bot was removed.
    "GUILD_DELETE": _fields({"id": KEY}, {"unavailable": {"type": "boolean"}}),
    "GUILD_SCHEDULED_EVENT_CREATE": SCHEDULED,
    "GUILD_SCHEDULED_EVENT_UPDATE": SCHEDULED,
    "GUILD_SCHEDULED_EVENT_DELETE": SCHEDULED,
    "MESSAGE_DELETE": _fields({"id": KEY, "channel_id": KEY}, IN_GUILD),
    "MESSAGE_REACTION_ADD": _fields(REACTION, {**IN_GUILD, "member": MEMBER, "message_author_id": KEY}),
    "MESSAGE_REACTION_REMOVE": _fields(REACTION, IN_GUILD),
    "MESSAGE_REACTION_REMOVE_ALL": _fields(AT, IN_GUILD),
    "MESSAGE_REACTION_REMOVE_EMOJI": _fields({**AT, "emoji": EMOJI}, IN_GUILD),
    "CHANNEL_PINS_UPDATE": _fields(
        {"channel_id": KEY},
        {**IN_GUILD, "last_pin_timestamp": _ref("GuildChannelResponse/properties/last_pin_timestamp")},
    ),
}
"""Events that are objects of the OpenAPI document, or are made of its parts."""

SENT = ("HEARTBEAT", "IDENTIFY", "RESUME", "PRESENCE_UPDATE", "REQUEST_GUILD_MEMBERS", "VOICE_STATE_UPDATE")
"""Frames of the client; `discord_Send.json` describes them all."""

UNDESCRIBED = {
    "HELLO": "no schema: documented in words, `heartbeat_interval` alone; test_the_greeting_and_the_first_events",
    "HEARTBEAT": "no schema: a request for one carries nothing",
    "RECONNECT": "no schema: carries nothing",
    "INVALID_SESSION": "no schema: a yes or no; test_reconnect_and_invalid_session_on_demand",
    "RESUMED": "no schema: carries nothing",
    "connect": "not a frame: the wire's note of a connection that was refused",
    "close": "not a frame: the wire's note of a close code",
}
"""What the stand-in tells and no specification describes, and why that is all."""
