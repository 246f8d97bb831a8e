"""The greeting: what a client is told about the world when it has identified, or asks for members."""

from adapters.playground.discord import objects
from adapters.playground.discord.gateway import Intent, Session
from adapters.playground.discord.permissions import THREADS
from adapters.playground.discord.platform import Platform
from adapters.playground.discord.refused import Json
from adapters.playground.discord.world import DIRECT


def ready(platform: Platform, session: Session) -> tuple[Json, list[tuple[str, Json]]]:
    """READY with the server unavailable at first, then GUILD_CREATE (D events/gateway-events.mdx, "Ready")."""
    world = platform.world
    guilds = [] if world.kicked else [{"id": world.guild["id"], "unavailable": True}]
    flags = platform.app_flags()
    application = {"id": world.application, "flags": flags, "flags_new": str(flags)}
    ready = {
        "v": 10,
        "user": platform.bot_user(),
        "guilds": guilds,
        "application": application,
        "private_channels": [],
    }
    home = session.shard[0] == platform.gateway.home(session.shard[1], direct=False)
    if world.kicked or not home or not session.intents & Intent.GUILDS:
        return ready, []
    return ready, [("GUILD_CREATE", guild_create(platform, everybody=bool(session.intents & Intent.GUILD_MEMBERS)))]


def guild_create(platform: Platform, *, everybody: bool) -> Json:
    """The server with everything that the bot sees; of its members only the bot without the members intent."""
    world = platform.world
    seen = [one for one in world.channels.values() if one["type"] != DIRECT and world.sees(world.bot_key, one)]
    channels = [dict(one) for one in seen if one["type"] not in THREADS]
    threads = [platform.shown(one) for one in seen if one["type"] in THREADS]
    people = [one for one in world.people() if everybody or one["user"]["id"] == world.bot_key]
    joined = world.bot["joined_at"]
    events = list(world.events.values())
    return objects.guild_create(world.guild, joined, people, channels, threads, events, len(world.members))


def members(platform: Platform, asked: Json) -> Json:
    """The answer to Request Guild Members (ibid., "Guild Members Chunk")."""
    people = list(platform.world.people())
    wanted = asked.get("user_ids")
    if wanted is not None:
        keys = [str(one) for one in (wanted if isinstance(wanted, list) else [wanted])]
        people = [one for one in people if one["user"]["id"] in keys]
    start = str(asked.get("query") or "").lower()
    people = [one for one in people if one["user"]["username"].lower().startswith(start)]
    people = people[: int(asked.get("limit") or 0) or None]
    chunk: Json = {
        "guild_id": platform.world.guild["id"],
        "members": people,
        "chunk_index": 0,
        "chunk_count": 1,
        "not_found": [],
    }
    return {**chunk, "nonce": asked["nonce"]} if "nonce" in asked else chunk
