"""What faults do to the world at the moment of switching."""

from functools import partial

from adapters.playground.discord import greeting, rest_channels
from adapters.playground.discord.gateway import Intent
from adapters.playground.discord.platform import Platform
from adapters.playground.discord.world import DIRECT
from adapters.playground.faults import Fault


def connect(platform: Platform) -> None:
    """Let the faults that change the world do so."""
    table = {
        "sockets_dropped": _drop_sockets,
        "closed_direct_messages": _close_direct_messages,
        "channel_deleted": _delete_channel,
        "bot_removed": _remove_bot,
        "kicked": _kick,
    }
    for name, effect in table.items():
        platform.faults.cause(name, partial(effect, platform))


def _drop_sockets(platform: Platform, fault: Fault) -> None:
    if fault.on:
        platform.sockets.drop()


def _close_direct_messages(platform: Platform, fault: Fault) -> None:
    """For one person, or for everybody when nobody is named."""
    people = [fault.user] if fault.user is not None else list(platform.world.members)
    for user in people:
        (platform.world.closed.add if fault.on else platform.world.closed.discard)(user)


def _delete_channel(platform: Platform, fault: Fault) -> None:
    if fault.on:
        rest_channels.remove(platform, _in_server(platform, fault.channel))


def _remove_bot(platform: Platform, fault: Fault) -> None:
    """From one channel, or from all; CHANNEL_UPDATE is only told to who can see (U)."""
    world = platform.world
    everywhere = [key for key, one in world.channels.items() if one["type"] != DIRECT]
    for key in everywhere if fault.channel is None else [_in_server(platform, fault.channel)]:
        world.remove_bot(key, fault.on)
        platform.tell("CHANNEL_UPDATE", dict(world.channel(key)), Intent.GUILDS, key)


def _in_server(platform: Platform, channel: str | None) -> str:
    """A channel that the fault can befall: one of the server's."""
    place = platform.world.channels.get(channel or "")
    if place is None or place["type"] == DIRECT:
        raise ValueError("Say which channel of the server it befalls.")
    return place["id"]


def _kick(platform: Platform, fault: Fault) -> None:
    world = platform.world
    if fault.on == world.kicked:
        return
    world.kicked = fault.on
    if fault.on:
        platform.tell("GUILD_DELETE", {"id": world.guild["id"]}, Intent.GUILDS)
    else:
        platform.tell("GUILD_CREATE", greeting.guild_create(platform, everybody=False), Intent.GUILDS)
