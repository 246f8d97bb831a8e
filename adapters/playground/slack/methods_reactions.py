"""reactions.*: the app reacts to messages (method reference: reactions.add and its neighbours)."""

from copy import deepcopy

from adapters.playground.slack import reactions
from adapters.playground.slack.methods_chat import inside, seen
from adapters.playground.slack.refused import Refused
from adapters.playground.slack.workspace import Workspace
from adapters.playground.slack.world import Json


async def add(w: Workspace, args: Json) -> Json:
    channel = seen(w, args["channel"])
    event = reactions.add(w, channel, args["timestamp"], w.app.bot_user, args["name"])
    _tell(w, channel, event)
    return {}


async def remove(w: Workspace, args: Json) -> Json:
    channel = _item(w, args)
    event = reactions.remove(w, channel, args["timestamp"], w.app.bot_user, args["name"])
    _tell(w, channel, event)
    return {}


async def get(w: Workspace, args: Json) -> Json:
    """The message with its reactions."""
    channel = _item(w, args)
    message = w.world.messages[channel["id"]].get(args["timestamp"])
    if message is None:
        raise Refused("message_not_found")
    return {"type": "message", "channel": channel["id"], "message": deepcopy(message)}


def _item(w: Workspace, args: Json) -> Json:
    """The channel of the message that is meant; files have had no reactions of their own since 2018."""
    if "file" in args or "file_comment" in args:
        raise Refused("file_not_found")
    if "channel" not in args or "timestamp" not in args:
        raise Refused("no_item_specified")
    return seen(w, args["channel"])


def _tell(w: Workspace, channel: Json, event: Json) -> None:
    if inside(w, channel):
        w.events.tell_later(event, event["type"])
