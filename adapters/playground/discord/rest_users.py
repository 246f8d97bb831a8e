"""Routes about the app, its user, other users and the gateway's address."""

from adapters.playground.discord import objects
from adapters.playground.discord.platform import Answered, Ask, Platform
from adapters.playground.discord.refused import Refused
from adapters.playground.discord.rest import Route


def gateway(platform: Platform, ask: Ask) -> Answered:
    """D events/gateway.mdx, "Get Gateway"."""
    return {"url": gateway_url(platform)}


def gateway_bot(platform: Platform, ask: Ask) -> Answered:
    """With the session start limit: 1000 IDENTIFYs a day (ibid., "Get Gateway Bot")."""
    left = platform.sockets.door.starts_left()
    limit = {"total": 1000, "remaining": max(0, left), "reset_after": 24 * 3600 * 1000, "max_concurrency": 1}
    return {"url": gateway_url(platform), "shards": platform.gateway.shards_needed, "session_start_limit": limit}


def gateway_url(platform: Platform) -> str:
    return platform.files.root.replace("http://", "ws://", 1) + "/gateway"


def application(platform: Platform, ask: Ask) -> Answered:
    world = platform.world
    owner = world.members.get(world.guild["owner_id"], world.bot)["user"]
    name, user = world.bot["user"]["username"], world.bot["user"]
    return objects.application(world.application, name, owner, user, platform.app_flags())


def me(platform: Platform, ask: Ask) -> Answered:
    return platform.bot_user()


def user(platform: Platform, ask: Ask) -> Answered:
    return platform.world.user(ask["user"])


def my_guilds(platform: Platform, ask: Ask) -> Answered:
    world = platform.world
    if world.kicked:
        return []
    guild = {name: world.guild[name] for name in ("id", "name", "icon", "banner", "features")}
    powers = str(int(world.may_in_server(world.bot_key)))
    return [{**guild, "owner": False, "permissions": powers}]


def open_direct(platform: Platform, ask: Ask) -> Answered:
    """Open direct messages; that somebody's are closed shows only when sending (50007)."""
    part = ask.part()
    recipient = part.snowflake("recipient_id", required=True)
    part.problems.refuse()
    world = platform.world
    if recipient not in world.members or recipient == world.bot_key:
        raise Refused(50033)
    return world.direct(recipient)


ROUTES = (
    Route("GET", "/gateway", gateway, by_token=True),
    Route("GET", "/gateway/bot", gateway_bot),
    Route("GET", "/applications/@me", application),
    Route("GET", "/oauth2/applications/@me", application),
    Route("GET", "/users/@me", me),
    Route("GET", "/users/@me/guilds", my_guilds),
    Route("POST", "/users/@me/channels", open_direct),
    Route("GET", "/users/{user}", user),
)
