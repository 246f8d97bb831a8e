"""Mishaps: faults that change the world at once, and put it right again when they are switched off."""

from adapters.playground.slack.workspace import Workspace
from adapters.playground.slack.world import Json


def cause_in_world(w: Workspace) -> None:
    """Have the faults that concern a channel delete it, archive it, or remove the app from it; and one cut sockets."""
    world, bot_user = w.world, w.app.bot_user
    deleted: dict[str, Json] = {}

    def delete(on: bool, key: str | None) -> None:
        if on and key in world.channels:
            deleted[key] = world.drop_channel(key)
            w.events.tell_later({"type": "channel_deleted", "channel": key}, "channel_deleted")
        elif not on and key in deleted:
            world.add_channel(deleted.pop(key))

    def archive(on: bool, key: str | None) -> None:
        if key in world.channels:
            world.channels[key]["is_archived"] = on
            world.show_channel(key)

    def remove(on: bool, key: str | None) -> None:
        if key in world.channels:
            members = [one for one in world.channels[key]["members"] if one != bot_user]
            world.channels[key]["members"] = members if on else [*members, bot_user]
            world.show_channel(key)

    def cut(on: bool, key: str | None) -> None:
        w.sockets.cut()

    w.faults.cause("sockets_dropped", cut)
    w.faults.cause("channel_deleted", delete)
    w.faults.cause("channel_archived", archive)
    w.faults.cause("bot_removed", remove)
