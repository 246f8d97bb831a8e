"""Routes about channels and threads (D resources/channel.mdx, topics/threads.mdx)."""

from adapters.playground.discord import objects
from adapters.playground.discord.gateway import Intent
from adapters.playground.discord.parts import Part
from adapters.playground.discord.permissions import THREADS, Permission
from adapters.playground.discord.platform import Answered, Ask, Created, Platform
from adapters.playground.discord.refused import Json, Refused
from adapters.playground.discord.rest import Route
from adapters.playground.discord.snowflakes import iso
from adapters.playground.discord.world import DIRECT, PRIVATE_THREAD, PUBLIC_THREAD, TEXT

ARCHIVE_AFTER = (60, 1440, 4320, 10080)
MOST_IN_THREAD = 1000
STARTED, STARTER = 18, 21
HAS_THREAD = 1 << 5


def one(platform: Platform, ask: Ask) -> Answered:
    channel = platform.world.channel(ask["channel"])
    platform.world.need(channel)
    return platform.shown(channel)


def change(platform: Platform, ask: Ask) -> Answered:
    """A channel's name or topic with MANAGE_CHANNELS; a thread's by its creator or with MANAGE_THREADS."""
    channel, world = platform.world.channel(ask["channel"]), platform.world
    world.need(channel)
    if channel["type"] == DIRECT:
        raise Refused(50003)
    part = ask.part()
    name = part.text("name", least=1, most=100)
    if channel["type"] in THREADS:
        _change_thread(platform, channel, part)
    else:
        world.need(channel, Permission.MANAGE_CHANNELS)
        topic = part.text("topic", most=1024)
        part.problems.refuse()
        if "topic" in part.value:
            channel["topic"] = topic
    if name is not None:
        channel["name"] = name
    world.show_channel(channel["id"])
    event = "THREAD_UPDATE" if channel["type"] in THREADS else "CHANNEL_UPDATE"
    platform.tell(event, platform.shown(channel), Intent.GUILDS, channel["id"])
    return platform.shown(channel)


def delete(platform: Platform, ask: Ask) -> Answered:
    """MANAGE_THREADS for a thread, MANAGE_CHANNELS for a channel; direct messages are only closed."""
    channel, world = platform.world.channel(ask["channel"]), platform.world
    world.need(channel)
    if channel["type"] == DIRECT:
        return platform.shown(channel)
    world.need(channel, Permission.MANAGE_THREADS if channel["type"] in THREADS else Permission.MANAGE_CHANNELS)
    gone = platform.shown(channel)
    remove(platform, channel["id"])
    return gone


def remove(platform: Platform, key: str) -> None:
    """Delete a channel with its threads and messages, and tell the bot."""
    world = platform.world
    for thread in [one for one in world.channels.values() if one.get("parent_id") == key]:
        remove(platform, thread["id"])
    channel = world.channel(key)
    if channel["type"] in THREADS:
        about = {name: channel[name] for name in ("id", "guild_id", "parent_id", "type")}
        platform.tell("THREAD_DELETE", about, Intent.GUILDS, key)
    else:
        platform.tell("CHANNEL_DELETE", platform.shown(channel), Intent.GUILDS, key)
    platform.messages.forget(key)
    world.drop_channel(key)


def thread_from_message(platform: Platform, ask: Ask) -> Answered:
    """A public thread whose id is the message's; 160004 when the message has one already."""
    parent, world = platform.world.channel(ask["channel"]), platform.world
    world.need(parent, Permission.CREATE_PUBLIC_THREADS)
    if parent["type"] != TEXT:
        raise Refused(50024)
    message = platform.messages.find(parent["id"], ask["message"])
    if message["id"] in world.channels or message["flags"] & HAS_THREAD:
        raise Refused(160004)
    part = ask.part()
    thread = _drawn(platform, parent, part, message["id"], PUBLIC_THREAD)
    world.add_thread(thread)
    platform.messages.mark(message, flags=message["flags"] | HAS_THREAD, thread=dict(thread))
    _begin(platform, thread)
    reference = {"type": 0, "channel_id": parent["id"], "message_id": message["id"], "guild_id": parent["guild_id"]}
    platform.messages.system(thread, message["author"]["id"], STARTER, {"message_reference": reference})
    return Created(platform.shown(thread))


def thread_alone(platform: Platform, ask: Ask) -> Answered:
    """A thread without a message; private unless it says otherwise.

    D resources/channel.mdx, "Start Thread without Message".
    """
    parent, world = platform.world.channel(ask["channel"]), platform.world
    world.need(parent)
    if parent["type"] != TEXT:
        raise Refused(50024)
    part = ask.part()
    kind = part.one_of("type", (PUBLIC_THREAD, PRIVATE_THREAD), required=False) or PRIVATE_THREAD
    public = kind == PUBLIC_THREAD
    world.need(parent, Permission.CREATE_PUBLIC_THREADS if public else Permission.CREATE_PRIVATE_THREADS)
    thread = _drawn(platform, parent, part, world.mint.next(), kind)
    if not public:
        thread["thread_metadata"]["invitable"] = part.flag("invitable", default=True)
    world.add_thread(thread)
    _begin(platform, thread)
    if public:
        reference = {"type": 0, "channel_id": thread["id"], "guild_id": parent["guild_id"]}
        more = {"content": thread["name"], "message_reference": reference}
        platform.messages.system(parent, world.bot_key, STARTED, more)
    return Created(platform.shown(thread))


def thread_members(platform: Platform, ask: Ask) -> Answered:
    """Needs the members intent, enabled for the app (ibid., "List Thread Members")."""
    thread = _thread(platform, ask)
    if not platform.sockets.door.privileged & Intent.GUILD_MEMBERS:
        raise Refused(50001)
    return list(platform.world.thread_members[thread["id"]].values())


def thread_member(platform: Platform, ask: Ask) -> Answered:
    found = platform.world.thread_members[_thread(platform, ask)["id"]].get(_whom(platform, ask))
    if found is None:
        raise Refused(10007)
    return found


def join(platform: Platform, ask: Ask) -> Answered:
    """Oneself, or somebody who can see the channel; not into an archived thread."""
    thread, whom = _thread(platform, ask), _whom(platform, ask)
    if whom not in platform.world.members:
        raise Refused(10013)
    if thread["thread_metadata"]["archived"]:
        raise Refused(50083)
    if whom != platform.world.bot_key:
        platform.world.need(thread, Permission.SEND_MESSAGES_IN_THREADS)
        parent = platform.world.channels[thread["parent_id"]]
        if not platform.world.sees(whom, parent):
            raise Refused(50001)
    if platform.world.join_thread(thread["id"], whom):
        _members_changed(platform, thread, added=whom)
    return None


def leave(platform: Platform, ask: Ask) -> Answered:
    """Oneself, or somebody else with MANAGE_THREADS."""
    thread, whom = _thread(platform, ask), _whom(platform, ask)
    if whom != platform.world.bot_key:
        platform.world.need(thread, Permission.MANAGE_THREADS)
    if platform.world.leave_thread(thread["id"], whom):
        _members_changed(platform, thread, removed=whom)
    return None


def _thread(platform: Platform, ask: Ask) -> Json:
    thread = platform.world.channel(ask["channel"])
    if thread["type"] not in THREADS:
        raise Refused(50024)
    platform.world.need(thread)
    return thread


def _whom(platform: Platform, ask: Ask) -> str:
    return ask.path.get("user", platform.world.bot_key)


def _drawn(platform: Platform, parent: Json, part: Part, key: str, kind: int) -> Json:
    name = part.text("name", least=1, most=100, required=True)
    after = part.one_of("auto_archive_duration", ARCHIVE_AFTER, required=False)
    part.problems.refuse()
    world = platform.world
    now, archive_after = iso(world.clock.now()), after or 1440
    return objects.thread(key, parent, name or "", world.bot_key, now, kind=kind, archive_after=archive_after)


def _begin(platform: Platform, thread: Json) -> None:
    """The creator is a member from the start; the bot learns of the thread and of its membership."""
    world = platform.world
    world.join_thread(thread["id"], world.bot_key)
    platform.tell("THREAD_CREATE", {**platform.shown(thread), "newly_created": True}, Intent.GUILDS, thread["id"])
    _members_changed(platform, thread, added=world.bot_key)


def _members_changed(platform: Platform, thread: Json, *, added: str | None = None, removed: str | None = None) -> None:
    """THREAD_MEMBERS_UPDATE: about the bot always, about others only with the members intent (D topics/threads.mdx)."""
    world = platform.world
    about: Json = {"id": thread["id"], "guild_id": thread["guild_id"], "member_count": thread["member_count"]}
    if added is not None:
        about["added_members"] = [world.thread_members[thread["id"]][added]]
    if removed is not None:
        about["removed_member_ids"] = [removed]
    own = world.bot_key in (added, removed)
    platform.tell("THREAD_MEMBERS_UPDATE", about, Intent.GUILDS if own else Intent.GUILD_MEMBERS, thread["id"])


def _change_thread(platform: Platform, thread: Json, part: Part) -> None:
    """Name, archiving and its delay by the creator; locking with MANAGE_THREADS (D topics/threads.mdx)."""
    world, metadata = platform.world, thread["thread_metadata"]
    may_manage = Permission.MANAGE_THREADS in world.may(world.bot_key, thread)
    if not may_manage and (thread["owner_id"] != world.bot_key or part.has("locked")):
        raise Refused(50013)
    if metadata["archived"] and part.value.get("archived") is not False:
        raise Refused(50083)
    after = part.one_of("auto_archive_duration", ARCHIVE_AFTER, required=False)
    archived, locked = part.flag("archived", metadata["archived"]), part.flag("locked", metadata["locked"])
    part.problems.refuse()
    if archived != metadata["archived"]:
        metadata["archive_timestamp"] = iso(world.clock.now())
    metadata |= {"archived": archived, "locked": locked}
    metadata["auto_archive_duration"] = after or metadata["auto_archive_duration"]


MEMBERS = "/channels/{channel}/thread-members"
ROUTES = (
    Route("GET", "/channels/{channel}", one),
    Route("PATCH", "/channels/{channel}", change),
    Route("DELETE", "/channels/{channel}", delete),
    Route("POST", "/channels/{channel}/messages/{message}/threads", thread_from_message),
    Route("POST", "/channels/{channel}/threads", thread_alone),
    Route("GET", MEMBERS, thread_members),
    Route("PUT", MEMBERS + "/@me", join),
    Route("DELETE", MEMBERS + "/@me", leave),
    Route("GET", MEMBERS + "/{user}", thread_member),
    Route("PUT", MEMBERS + "/{user}", join),
    Route("DELETE", MEMBERS + "/{user}", leave),
)
