"""views.*: the app opens, changes and stacks modals, and fills App Home (method reference: views.open and others)."""

from copy import deepcopy

from adapters.playground.slack.refused import Refused
from adapters.playground.slack.triggers import Trigger
from adapters.playground.slack.views import checked
from adapters.playground.slack.workspace import Workspace
from adapters.playground.slack.world import Json


async def open_view(w: Workspace, args: Json) -> Json:
    checked(args["view"], "modal")
    trigger = _exchanged(w, args)
    return {"view": deepcopy(w.views.open(trigger.user, args["view"]))}


async def push(w: Workspace, args: Json) -> Json:
    """Only what was done in an open modal can lay another on it."""
    checked(args["view"], "modal")
    trigger = _exchanged(w, args)
    if trigger.view is None or w.views.depth(trigger.user) == 0:
        raise Refused("not_found")
    return {"view": deepcopy(w.views.push(trigger.user, args["view"]))}


async def update(w: Workspace, args: Json) -> Json:
    if ("view_id" in args) == ("external_id" in args):
        raise Refused("invalid_arguments", ["[ERROR] exactly one of view_id and external_id must be given"])
    view = w.views.update(args.get("view_id"), args.get("external_id"), args["view"], args.get("hash"))
    return {"view": deepcopy(view)}


async def publish(w: Workspace, args: Json) -> Json:
    if not w.app.home_tab:
        raise Refused("not_enabled")
    person = w.world.users.get(args["user_id"])
    if person is None or person["is_bot"] or person["deleted"]:
        raise Refused("invalid_arguments", ["[ERROR] invalid `user_id` [json-pointer:/user_id]"])
    return {"view": deepcopy(w.views.publish(args["user_id"], args["view"], args.get("hash")))}


def _exchanged(w: Workspace, args: Json) -> Trigger:
    key = args.get("trigger_id", args.get("interactivity_pointer"))
    if key is None:
        raise Refused("invalid_arguments", ["[ERROR] missing required field: trigger_id"])
    return w.triggers.exchange(key)
