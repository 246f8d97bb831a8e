"""chat.*: the app posts, edits and deletes its messages (method reference: chat.postMessage and its neighbours)."""

from copy import deepcopy

from adapters.playground.slack.events import channel_type, heard, hidden, message_subscription
from adapters.playground.slack.hooks import replaced
from adapters.playground.slack.mentions import mentioned
from adapters.playground.slack.posts import bot_message, content
from adapters.playground.slack.refused import Refused
from adapters.playground.slack.workspace import Workspace
from adapters.playground.slack.world import Json


async def post_message(w: Workspace, args: Json) -> Json:
    """Post a message; a person's id stands for the app's direct messages with them."""
    channel = _postable(w, args["channel"])
    fresh = _content(w, args)
    _customised(w, args)
    thread = _thread(w, channel, args.get("thread_ts"))
    message = bot_message(w.world, w.app, fresh, channel=channel["id"], ts=w.world.ts(), thread_ts=thread)
    message |= {name: args[name] for name in ("username", "icon_emoji", "icon_url") if name in args}
    broadcast = bool(args.get("reply_broadcast")) and thread is not None
    if broadcast:
        message["subtype"] = "thread_broadcast"
    people = mentioned(
        fresh["text"],
        fresh.get("blocks", ()),
        channel["members"],
        author=w.app.bot_user,
        links_names=bool(args.get("link_names")) or args.get("parse") == "full",
    )
    w.world.add_message(channel["id"], message, people)
    tell_of_message(w, channel, message)
    return {"channel": channel["id"], "ts": message["ts"], "message": deepcopy(message)}


async def update(w: Workspace, args: Json) -> Json:
    """Replace one of the app's own messages; whoever is mentioned anew is not notified."""
    channel = seen(w, args["channel"])
    message = w.world.messages[channel["id"]].get(args["ts"])
    if message is None:
        raise Refused("message_not_found")
    if message.get("bot_id") != w.app.bot_key:
        raise Refused("cant_update_message")
    if channel["is_archived"]:
        raise Refused("is_inactive")
    before = deepcopy(message)
    replaced(message, _content(w, args, kept=message))
    message["edited"] = {"user": w.app.bot_key, "ts": w.world.ts()}
    w.world.show_message(channel["id"], args["ts"])
    changed = {"message": heard(message), "previous_message": heard(before)}
    _tell_hidden(w, channel, "message_changed", changed)
    return {"channel": channel["id"], "ts": args["ts"], "text": message["text"], "message": deepcopy(message)}


async def delete(w: Workspace, args: Json) -> Json:
    """Delete one of the app's own messages."""
    channel = seen(w, args["channel"])
    message = w.world.messages[channel["id"]].get(args["ts"])
    if message is None:
        raise Refused("message_not_found")
    if message.get("bot_id") != w.app.bot_key:
        raise Refused("cant_delete_message")
    gone = w.world.drop_message(channel["id"], args["ts"])
    _tell_hidden(w, channel, "message_deleted", {"deleted_ts": args["ts"], "previous_message": heard(gone)})
    return {"channel": channel["id"], "ts": args["ts"]}


async def post_ephemeral(w: Workspace, args: Json) -> Json:
    """Show a message to one person only; it cannot be edited later and is not in the history."""
    channel = _postable(w, args["channel"])
    if args["user"] not in channel["members"]:
        raise Refused("user_not_in_channel")
    fresh = _content(w, args)
    _customised(w, args)
    thread = _thread(w, channel, args.get("thread_ts"))
    message = bot_message(w.world, w.app, fresh, channel=channel["id"], ts=w.world.ts(), thread_ts=thread)
    w.world.add_ephemeral(args["user"], channel["id"], {**message, "is_ephemeral": True, "channel": channel["id"]})
    return {"message_ts": message["ts"]}


async def get_permalink(w: Workspace, args: Json) -> Json:
    channel = seen(w, args["channel"])
    ts = args["message_ts"]
    message = w.world.messages[channel["id"]].get(ts)
    if message is None:
        raise Refused("message_not_found")
    link = f"{w.world.team['url']}archives/{channel['id']}/p{ts.replace('.', '')}"
    thread = message.get("thread_ts", ts)
    return {"channel": channel["id"], "permalink": link if thread == ts else f"{link}?thread_ts={thread}"}


# --- where the app may speak ----------------------------------------------------------------------------------------


def seen(w: Workspace, key: str) -> Json:
    """The channel that the app can see: public ones, and those it is in."""
    channel = w.world.channels.get(key)
    if channel is None or (not inside(w, channel) and channel.get("is_private")):
        raise Refused("channel_not_found")
    return channel


def inside(w: Workspace, channel: Json) -> bool:
    return bool(channel.get("is_im")) or w.app.bot_user in channel["members"]


def _postable(w: Workspace, key: str) -> Json:
    """Where the app may post: an id, a public channel's name, or a person's id."""
    if key in w.world.users and key != w.app.bot_user:
        person = w.world.users[key]
        if person["is_bot"] or person["deleted"]:
            raise Refused("channel_not_found")
        _messages_tab(w)
        return w.world.direct(key)
    named = w.world.named(key) if key.startswith("#") else None
    channel = seen(w, named["id"] if named else key)
    if channel.get("is_im"):
        _messages_tab(w)
    if channel["is_archived"]:
        raise Refused("is_archived")
    public = not channel.get("is_private") and w.app.scopes is not None and "chat:write.public" in w.app.scopes
    if not inside(w, channel) and not public:
        raise Refused("not_in_channel")
    return channel


def _content(w: Workspace, args: Json, kept: Json | None = None) -> Json:
    """What a call says, with pictures that Slack has."""
    fresh = content(args, kept=kept)
    problems = w.files.problems_in(fresh.get("blocks", []))
    if problems:
        raise Refused("invalid_blocks", problems)
    return fresh


def _messages_tab(w: Workspace) -> None:
    """Direct messages of an app need its messages tab (docs: App Home)."""
    if not w.app.messages_tab or w.faults.strikes("closed_direct_messages"):
        raise Refused("messages_tab_disabled")


def _customised(w: Workspace, args: Json) -> None:
    """Another name or picture needs a scope of its own (docs: chat:write.customize)."""
    if any(name in args for name in ("username", "icon_emoji", "icon_url")) and not w.app.may(
        ("chat:write.customize",)
    ):
        raise Refused("missing_scope", needed="chat:write.customize", provided=",".join(sorted(w.app.scopes or ())))


def _thread(w: Workspace, channel: Json, ts: str | None) -> str | None:
    """The first message of the thread that is meant; replies to a reply go to its thread."""
    if ts is None:
        return None
    parent = w.world.messages[channel["id"]].get(ts)
    if parent is None:
        raise Refused("cannot_reply_to_message")
    return parent.get("thread_ts", ts)


# --- what the app's own doings look like to it ----------------------------------------------------------------------


def tell_of_message(w: Workspace, channel: Json, message: Json) -> None:
    """The app hears its own messages too (docs: message event); libraries are to ignore them."""
    event = {
        **heard(message),
        "channel": channel["id"],
        "event_ts": message["ts"],
        "channel_type": channel_type(channel),
    }
    w.events.tell_later(event, message_subscription(channel))


def _tell_hidden(w: Workspace, channel: Json, subtype: str, told: Json) -> None:
    w.events.tell_later(hidden(w.world, channel, subtype, told), message_subscription(channel))
