"""Routes about the messages of a channel (D resources/message.mdx)."""

from datetime import timedelta

from adapters.playground.discord import drafts
from adapters.playground.discord.gateway import Intent
from adapters.playground.discord.mentions import IN_MESSAGES
from adapters.playground.discord.messages import page
from adapters.playground.discord.objects import public
from adapters.playground.discord.parts import Part
from adapters.playground.discord.permissions import THREADS, Permission
from adapters.playground.discord.platform import Answered, Ask, Platform
from adapters.playground.discord.refused import Json, Refused
from adapters.playground.discord.rest import Route
from adapters.playground.discord.snowflakes import iso, moment
from adapters.playground.discord.world import DIRECT, TEXT

OLD = timedelta(hours=1)
MOST_PINS = 250
REPLY, PINNED = 19, 6
DELETABLE_NEVER = (1, 2, 3, 4, 5, 21)
"""System messages that cannot be deleted (ibid., "Message Types")."""


def history(platform: Platform, ask: Ask) -> Answered:
    """Newest first; without READ_MESSAGE_HISTORY nothing is returned (D resources/channel.mdx)."""
    channel = _visible(platform, ask)
    limit = ask.number("limit", least=1, most=100, default=50)
    if Permission.READ_MESSAGE_HISTORY not in platform.world.may(platform.world.bot_key, channel):
        return []
    everything = platform.messages.of(channel["id"])
    found = page(everything, limit=limit, before=ask.key("before"), after=ask.key("after"), around=ask.key("around"))
    return [platform.read(one) for one in found]


def one(platform: Platform, ask: Ask) -> Answered:
    channel = _visible(platform, ask)
    platform.world.need(channel, Permission.READ_MESSAGE_HISTORY)
    return platform.read(platform.messages.find(channel["id"], ask["message"]))


def create(platform: Platform, ask: Ask) -> Answered:
    """Post a message; a nonce with `enforce_nonce` returns the earlier message instead (ibid., "Create Message")."""
    channel, world = platform.world.channel(ask["channel"]), platform.world
    _may_post(platform, channel)
    part = ask.part()
    nonce = _nonce(part)
    enforced = part.flag("enforce_nonce")
    replied_to = _replied_to(platform, channel, part)
    paper, flags = platform.messages.paper, drafts.IN_CHANNELS
    draft = drafts.fresh(part, ask.uploads, paper, channel["id"], flags=flags, default=IN_MESSAGES)
    if channel["type"] != DIRECT:
        _may_contain(platform, channel, draft)
    known = platform.messages.known_by_nonce(world.bot_key, nonce) if nonce is not None and enforced else None
    if known is not None:
        return public(known)
    if channel["type"] in THREADS:
        channel["thread_metadata"]["archived"] = False
    more: Json = {"tts": part.flag("tts")}
    if nonce is not None:
        more["nonce"] = part.value["nonce"]
    if replied_to is not None:
        reference = {"type": 0, "channel_id": channel["id"], "message_id": replied_to["id"]}
        more["message_reference"] = _in_guild(reference, channel)
        more["referenced_message"] = public(replied_to)
    kind = 0 if replied_to is None else REPLY
    message = platform.messages.post(channel, world.bot_key, draft, kind=kind, more=more, replied_to=replied_to)
    if nonce is not None:
        platform.messages.remember_nonce(world.bot_key, nonce, message)
    return public(message)


def edit(platform: Platform, ask: Ask) -> Answered:
    """Edit one's own message; old ones only so often (30046)."""
    channel, world = _visible(platform, ask), platform.world
    message = platform.messages.find(channel["id"], ask["message"])
    if message["author"]["id"] != world.bot_key:
        raise Refused(50005)
    _not_archived(channel)
    draft = drafts.changed(ask.part(), ask.uploads, platform.messages.paper, message, default=IN_MESSAGES)
    if world.clock.now() - moment(message["id"]) > OLD:
        platform.limits.old_edit(channel["id"])
    return public(platform.messages.edit(message, draft))


def delete(platform: Platform, ask: Ask) -> Answered:
    """One's own message, or anybody's with MANAGE_MESSAGES; nobody else's in direct messages."""
    channel, world = _visible(platform, ask), platform.world
    message = platform.messages.find(channel["id"], ask["message"])
    if message["type"] in DELETABLE_NEVER:
        raise Refused(50021)
    if message["author"]["id"] != world.bot_key:
        if channel["type"] == DIRECT:
            raise Refused(50003)
        world.need(channel, Permission.MANAGE_MESSAGES)
    platform.messages.delete(message)
    return None


def typing(platform: Platform, ask: Ask) -> Answered:
    channel = _visible(platform, ask)
    _may_post(platform, channel)
    return None


def pins(platform: Platform, ask: Ask) -> Answered:
    """Pinned messages with their moments, newest pin first (ibid., "Get Channel Pins")."""
    pinned = _pinned(platform, _visible(platform, ask)["id"])
    items = [{"pinned_at": one["_pinned_at"], "message": platform.read(one)} for one in pinned]
    return {"items": items, "has_more": False}


def old_pins(platform: Platform, ask: Ask) -> Answered:
    return [platform.read(one) for one in _pinned(platform, _visible(platform, ask)["id"])]


def pin(platform: Platform, ask: Ask) -> Answered:
    """Pin a message, which Discord announces with a system message; needs PIN_MESSAGES since 2026-02-23."""
    channel, message = _to_pin(platform, ask)
    if message["pinned"]:
        return None
    if len(_pinned(platform, channel["id"])) >= MOST_PINS:
        raise Refused(30003)
    platform.messages.mark(message, pinned=True, _pinned_at=iso(platform.world.clock.now()))
    reference = _in_guild({"type": 0, "channel_id": channel["id"], "message_id": message["id"]}, channel)
    platform.messages.system(channel, platform.world.bot_key, PINNED, {"message_reference": reference})
    return None


def unpin(platform: Platform, ask: Ask) -> Answered:
    _, message = _to_pin(platform, ask)
    if message["pinned"]:
        platform.messages.mark(message, pinned=False)
    return None


def _to_pin(platform: Platform, ask: Ask) -> tuple[Json, Json]:
    channel = _visible(platform, ask)
    platform.world.need(channel, Permission.PIN_MESSAGES)
    message = platform.messages.find(channel["id"], ask["message"])
    platform.tell(
        "CHANNEL_PINS_UPDATE",
        _in_guild({"channel_id": channel["id"], "last_pin_timestamp": None}, channel),
        Intent.GUILDS,
        channel["id"],
    )
    return channel, message


def _visible(platform: Platform, ask: Ask) -> Json:
    channel = platform.world.channel(ask["channel"])
    platform.world.need(channel)
    return channel


def _may_post(platform: Platform, channel: Json) -> None:
    """50007 when direct messages are closed; 50001 and 50013 by permission; 50008 where nobody writes."""
    world = platform.world
    if channel["type"] == DIRECT:
        whom = channel["recipients"][0]["id"]
        if whom in world.closed or world.kicked:
            raise Refused(50007)
        return
    thread = channel["type"] in THREADS
    if not thread and channel["type"] != TEXT:
        raise Refused(50008)
    world.need(channel, Permission.SEND_MESSAGES_IN_THREADS if thread else Permission.SEND_MESSAGES)
    locked = thread and channel["thread_metadata"]["locked"]
    if locked and Permission.MANAGE_THREADS not in world.may(world.bot_key, channel):
        raise Refused(160005)


def _may_contain(platform: Platform, channel: Json, draft: drafts.Draft) -> None:
    if draft.embeds:
        platform.world.need(channel, Permission.EMBED_LINKS)
    if draft.attachments:
        platform.world.need(channel, Permission.ATTACH_FILES)


def _nonce(part: Part) -> str | None:
    """At most 25 characters, or a whole number."""
    nonce = part.value.get("nonce")
    if nonce is None:
        return None
    if isinstance(nonce, bool) or not isinstance(nonce, str | int):
        part.part("nonce").bad("NONCE_TYPE_INVALID", "Must be a string or an integer.")
    elif len(str(nonce)) > 25:
        part.part("nonce").bad("NONCE_TYPE_TOO_LONG", "Nonce must be 25 or fewer in length.")
    return str(nonce)


def _replied_to(platform: Platform, channel: Json, part: Part) -> Json | None:
    """The message that this one replies to; forwarding is not played."""
    if not part.has("message_reference") or not part.part("message_reference").is_object():
        return None
    reference = part.part("message_reference")
    if reference.value.get("type", 0) != 0:
        reference.part("type").bad("BASE_TYPE_CHOICES", "Value must be one of {0}.")
        return None
    key = reference.snowflake("message_id", required=True)
    if Permission.READ_MESSAGE_HISTORY not in platform.world.may(platform.world.bot_key, channel):
        raise Refused(160002)
    found = next((one for one in platform.messages.of(channel["id"]) if one["id"] == key), None)
    if found is None and reference.flag("fail_if_not_exists", default=True):
        reference.bad("MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message")
    if found is not None and found["type"] not in (0, REPLY, 20, 23):
        reference.bad("REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE", "Cannot reply to a system message")
    return found


def _not_archived(channel: Json) -> None:
    if channel["type"] in THREADS and channel["thread_metadata"]["archived"]:
        raise Refused(50083)


def _pinned(platform: Platform, channel: str) -> list[Json]:
    pinned = [one for one in platform.messages.of(channel) if one["pinned"]]
    return sorted(pinned, key=lambda one: one["_pinned_at"], reverse=True)


def _in_guild(about: Json, channel: Json) -> Json:
    return {**about, "guild_id": channel["guild_id"]} if "guild_id" in channel else about


PATH = "/channels/{channel}/messages"
ROUTES = (
    Route("GET", PATH, history),
    Route("POST", PATH, create),
    Route("GET", PATH + "/pins", pins),
    Route("PUT", PATH + "/pins/{message}", pin),
    Route("DELETE", PATH + "/pins/{message}", unpin),
    Route("GET", "/channels/{channel}/pins", old_pins),
    Route("PUT", "/channels/{channel}/pins/{message}", pin),
    Route("DELETE", "/channels/{channel}/pins/{message}", unpin),
    Route("GET", PATH + "/{message}", one),
    Route("PATCH", PATH + "/{message}", edit),
    Route("DELETE", PATH + "/{message}", delete),
    Route("POST", "/channels/{channel}/typing", typing),
)
