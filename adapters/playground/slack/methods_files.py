"""files.*: the first and last step of an upload (method reference: files.getUploadURLExternal and its neighbours)."""

from copy import deepcopy

from adapters.playground.slack.blocks import problems_of_blocks
from adapters.playground.slack.methods_chat import inside, seen, tell_of_message
from adapters.playground.slack.posts import bot_message
from adapters.playground.slack.refused import Refused
from adapters.playground.slack.workspace import Workspace
from adapters.playground.slack.world import Json


async def get_upload_url(w: Workspace, args: Json) -> Json:
    if args["length"] < 1 or not args["filename"]:
        raise Refused("missing_argument")
    url, key = w.files.announce(args["filename"], args["length"], args.get("alt_txt", ""), w.app.bot_user)
    return {"upload_url": url, "file_id": key}


async def complete_upload(w: Workspace, args: Json) -> Json:
    """Make the uploaded files visible, and share them if a channel is named; no message's timestamp comes back."""
    if "channel_id" in args and "channels" in args:
        raise Refused("invalid_arguments", ["[ERROR] channel_id and channels cannot both be given"])
    places = (
        [args["channel_id"]] if "channel_id" in args else [one for one in args.get("channels", "").split(",") if one]
    )
    if len(places) > 100:
        raise Refused("channels_limit_exceeded")
    channels = [seen(w, place) for place in places]
    if not all(inside(w, channel) for channel in channels):
        raise Refused("not_in_channel")
    problems = problems_of_blocks(args.get("blocks", []))
    if problems:
        raise Refused("invalid_blocks", problems)
    told = args["files"]
    if not isinstance(told, list) or not told or not all(isinstance(one, dict) and "id" in one for one in told):
        raise Refused("invalid_arguments", ["[ERROR] missing required field: id [json-pointer:/files/0]"])
    files = [w.files.complete(one["id"], one.get("title")) for one in told]
    for channel in channels:
        _share(w, channel, files, args)
    return {"files": [deepcopy(one) for one in files]}


def _share(w: Workspace, channel: Json, files: list[Json], args: Json) -> None:
    ts = w.world.ts()
    for file in files:
        w.files.shared(file["id"], channel["id"], ts, public=not channel.get("is_private") and not channel.get("is_im"))
    told: Json = {"text": args.get("initial_comment", ""), "files": deepcopy(files), "upload": True}
    if "blocks" in args:
        told["blocks"] = args["blocks"]
    message = bot_message(w.world, w.app, told, channel=channel["id"], ts=ts, thread_ts=args.get("thread_ts"))
    w.world.add_message(channel["id"], message, ())
    tell_of_message(w, channel, {**message, "subtype": "file_share"})


async def info(w: Workspace, args: Json) -> Json:
    return {"file": deepcopy(w.files.found(args["file"])), "comments": [], "response_metadata": {"next_cursor": ""}}
