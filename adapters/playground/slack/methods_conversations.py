"""conversations.*: channels and direct messages, and what was said in them (method reference: conversations.info …)."""

import re
from collections.abc import Callable
from copy import deepcopy

from adapters.playground.slack.methods_chat import inside, seen
from adapters.playground.slack.methods_people import page
from adapters.playground.slack.refused import Refused
from adapters.playground.slack.workspace import Workspace
from adapters.playground.slack.world import Json

TYPES = {"public_channel": "channels", "private_channel": "groups", "im": "im", "mpim": "mpim"}
MOST_HISTORY = 999
TS = re.compile(r"\d+(\.\d+)?")


async def list_all(w: Workspace, args: Json) -> Json:
    return _listed(w, args, lambda channel: inside(w, channel) or not channel.get("is_private"))


async def of_user(w: Workspace, args: Json) -> Json:
    """The channels that somebody is in; the app itself if nobody is named."""
    user = args.get("user", w.app.bot_user)
    return _listed(
        w, args, lambda channel: user in channel["members"] or (user == w.app.bot_user and "user" in channel)
    )


async def info(w: Workspace, args: Json) -> Json:
    channel = seen(w, args["channel"])
    _scoped(w, channel, "read")
    shown = conversation(w, channel)
    return {"channel": {**shown, "num_members": len(channel["members"])} if args.get("include_num_members") else shown}


async def members(w: Workspace, args: Json) -> Json:
    channel = seen(w, args["channel"])
    _scoped(w, channel, "read")
    shown, cursor = page([{"id": one} for one in channel["members"]], args)
    return {"members": [one["id"] for one in shown], "response_metadata": {"next_cursor": cursor}}


async def history(w: Workspace, args: Json) -> Json:
    """Messages, the newest first; replies are left to conversations.replies unless they were broadcast."""
    channel = seen(w, args["channel"])
    _scoped(w, channel, "history")
    if not inside(w, channel):
        raise Refused("not_in_channel")
    told = w.world.messages[channel["id"]].values()
    top = [
        one for one in told if one.get("thread_ts", one["ts"]) == one["ts"] or one.get("subtype") == "thread_broadcast"
    ]
    shown, cursor = page(_between(sorted(top, key=lambda one: one["ts"], reverse=True), args), _capped(args))
    return {
        "messages": [_shown(one, args) for one in shown],
        "has_more": bool(cursor),
        "pin_count": 0,
        "channel_actions_ts": None,
        "channel_actions_count": 0,
        **({"response_metadata": {"next_cursor": cursor}} if cursor else {}),
    }


async def replies(w: Workspace, args: Json) -> Json:
    """A thread: its first message, then its replies, the oldest first."""
    channel = seen(w, args["channel"])
    _scoped(w, channel, "history")
    told = w.world.messages[channel["id"]]
    if args["ts"] not in told:
        raise Refused("thread_not_found")
    thread = told[args["ts"]].get("thread_ts", args["ts"])
    found = sorted(
        (one for one in told.values() if thread in (one["ts"], one.get("thread_ts"))), key=lambda one: one["ts"]
    )
    shown, cursor = page(_between(found, args), _capped(args))
    return {
        "messages": [_shown(one, args) for one in shown],
        "has_more": bool(cursor),
        **({"response_metadata": {"next_cursor": cursor}} if cursor else {}),
    }


async def open_direct(w: Workspace, args: Json) -> Json:
    """Open the app's direct messages with one person."""
    if "channel" in args:
        channel = w.world.channels.get(args["channel"])
        if channel is None or not channel.get("is_im"):
            raise Refused("channel_not_found")
        known = True
    else:
        users = [one for one in str(args.get("users", "")).split(",") if one]
        if not users:
            raise Refused("users_list_not_supplied")
        if len(users) > 1:
            # Group direct messages are not played here.
            raise Refused("too_many_users")
        person = w.world.users.get(users[0])
        if person is None or person["deleted"] or person["id"] == w.app.bot_user:
            raise Refused("user_not_found")
        known = any(one.get("user") == users[0] for one in w.world.channels.values())
        if not known and args.get("prevent_creation"):
            raise Refused("channel_not_found")
        channel = w.world.direct(users[0])
    shown = conversation(w, channel) if args.get("return_im") else {"id": channel["id"]}
    return {**({"no_op": True, "already_open": True} if known else {}), "channel": shown}


async def join(w: Workspace, args: Json) -> Json:
    channel = seen(w, args["channel"])
    if channel.get("is_im") or channel.get("is_private"):
        raise Refused("method_not_supported_for_channel_type")
    if channel["is_archived"]:
        raise Refused("is_archived")
    if w.app.bot_user not in channel["members"]:
        channel["members"].append(w.app.bot_user)
        w.world.show_channel(channel["id"])
    return {"channel": conversation(w, channel)}


def conversation(w: Workspace, channel: Json) -> Json:
    """A conversation as the app sees it; its members are asked for separately."""
    shown = {name: deepcopy(value) for name, value in channel.items() if name != "members"}
    return shown if channel.get("is_im") else {**shown, "is_member": inside(w, channel)}


def _listed(w: Workspace, args: Json, wanted: Callable[[Json], bool]) -> Json:
    types = [one.strip() for one in args.get("types", "public_channel").split(",")]
    if not set(types) <= TYPES.keys():
        raise Refused("invalid_types")
    for one in types:
        _need(w, f"{TYPES[one]}:read")
    found = [
        conversation(w, channel)
        for channel in w.world.channels.values()
        if _type(channel) in types and wanted(channel) and not (args.get("exclude_archived") and channel["is_archived"])
    ]
    shown, cursor = page(found, args)
    return {"channels": shown, "response_metadata": {"next_cursor": cursor}}


def _type(channel: Json) -> str:
    return "im" if channel.get("is_im") else "private_channel" if channel.get("is_private") else "public_channel"


def _scoped(w: Workspace, channel: Json, what: str) -> None:
    """Each kind of conversation has scopes of its own (docs: Scopes)."""
    _need(w, f"{TYPES[_type(channel)]}:{what}")


def _need(w: Workspace, scope: str) -> None:
    if not w.app.may((scope,)):
        raise Refused("missing_scope", needed=scope, provided=",".join(sorted(w.app.scopes or ())))


def _between(told: list[Json], args: Json) -> list[Json]:
    """The messages between `oldest` and `latest`, both left out unless `inclusive`."""
    oldest, latest = str(args.get("oldest", "0")), str(args.get("latest", "99999999999"))
    if not TS.fullmatch(oldest):
        raise Refused("invalid_ts_oldest")
    if not TS.fullmatch(latest):
        raise Refused("invalid_ts_latest")
    low, high = float(oldest), float(latest)
    if args.get("inclusive"):
        return [one for one in told if low <= float(one["ts"]) <= high]
    return [one for one in told if low < float(one["ts"]) < high]


def _capped(args: Json) -> Json:
    return {**args, "limit": min(int(args.get("limit") or 100), MOST_HISTORY)}


def _shown(message: Json, args: Json) -> Json:
    message = deepcopy(message)
    if not args.get("include_all_metadata"):
        message.pop("metadata", None)
    return message
