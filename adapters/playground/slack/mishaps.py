"""Mishaps: faults that change the world at once, and put it right again when they are switched off."""

from adapters.playground.faults import Fault
from adapters.playground.slack.workspace import Workspace
from adapters.playground.slack.world import Json


def cause_in_world(w: Workspace) -> None:
    """Have the faults that concern a channel delete it, archive it, or remove the app from it; and one cut sockets."""
    world, bot_user = w.world, w.app.bot_user
    deleted: dict[str, Json] = {}

    def delete(fault: Fault) -> None:
        key = fault.channel
        if fault.on and key in world.channels:
            deleted[key] = world.drop_channel(key)
            w.events.tell_later({"type": "channel_deleted", "channel": key}, "channel_deleted")
        elif not fault.on and key in deleted:
            world.add_channel(deleted.pop(key))

    def archive(fault: Fault) -> None:
        if (key := fault.channel) in world.channels:
            world.channels[key]["is_archived"] = fault.on
            world.show_channel(key)

    def remove(fault: Fault) -> None:
        if (key := fault.channel) in world.channels:
            members = [one for one in world.channels[key]["members"] if one != bot_user]
            world.channels[key]["members"] = members if fault.on else [*members, bot_user]
            world.show_channel(key)

    def cut(_: Fault) -> None:
        w.sockets.cut()

    w.faults.cause("sockets_dropped", cut)
    w.faults.cause("channel_deleted", delete)
    w.faults.cause("channel_archived", archive)
    w.faults.cause("bot_removed", remove)
