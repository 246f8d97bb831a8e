"""Payloads: what a person's doings look like to the app (docs: Interaction payloads; recorded envelopes)."""

from copy import deepcopy

from adapters.playground.slack.events import TOKEN
from adapters.playground.slack.workspace import Workspace
from adapters.playground.slack.world import Json


def slash_command(w: Workspace, user: str, channel: Json, command: str, text: str) -> Json:
    """Commands know nothing of threads, and what was typed is one string."""
    return {
        "token": TOKEN,
        "team_id": w.world.team["id"],
        "team_domain": w.world.team["domain"],
        "channel_id": channel["id"],
        "channel_name": channel_name(channel),
        "user_id": user,
        "user_name": w.world.users[user]["name"],
        "command": command,
        "text": text,
        "api_app_id": w.app.key,
        "is_enterprise_install": "false",
        "response_url": w.hooks.url("commands", user, channel["id"]),
        "trigger_id": w.triggers.send(user),
    }


def block_actions_in_message(w: Workspace, user: str, channel: Json, message: Json, action: Json, state: Json) -> Json:
    """A press on a message; of an ephemeral one the app gets no copy."""
    ephemeral = bool(message.get("is_ephemeral"))
    ts, thread = message["ts"], message.get("thread_ts")
    container: Json = {"type": "message", "message_ts": ts, "channel_id": channel["id"], "is_ephemeral": ephemeral}
    if thread and thread != ts:
        container["thread_ts"] = thread
    url = w.hooks.url("actions", user, channel["id"], message_ts=ts, ephemeral=ephemeral)
    return {
        "type": "block_actions",
        **_who(w, user),
        "container": container,
        "trigger_id": w.triggers.send(user),
        **_where(w),
        "channel": {"id": channel["id"], "name": channel_name(channel)},
        **({} if ephemeral else {"message": deepcopy(message)}),
        "state": {"values": state},
        "response_url": url,
        "actions": [action],
    }


def block_actions_in_view(w: Workspace, user: str, view: Json, action: Json) -> Json:
    """A press in a modal or in App Home carries the view with everything typed in it so far."""
    return {
        "type": "block_actions",
        **_who(w, user),
        "container": {"type": "view", "view_id": view["id"]},
        "trigger_id": w.triggers.send(user, view["id"] if view["type"] == "modal" else None),
        **_where(w),
        "view": deepcopy(view),
        "actions": [action],
    }


def view_submission(w: Workspace, user: str, view: Json) -> Json:
    return {
        "type": "view_submission",
        "team": _team(w),
        **_who(w, user),
        "trigger_id": w.triggers.send(user, view["id"]),
        "view": deepcopy(view),
        "response_urls": _response_urls(w, user, view),
        "is_enterprise_install": False,
        "enterprise": None,
    }


def view_closed(w: Workspace, user: str, view: Json, *, is_cleared: bool) -> Json:
    return {
        "type": "view_closed",
        "team": _team(w),
        **_who(w, user),
        "view": deepcopy(view),
        "is_cleared": is_cleared,
        "response_urls": [],
        "is_enterprise_install": False,
        "enterprise": None,
    }


def block_suggestion(w: Workspace, user: str, where: Json, block_id: str, action_id: str, value: str) -> Json:
    """What somebody typed into a menu whose options the app gives; `where` tells the container and what is in it."""
    return {
        "type": "block_suggestion",
        **_who(w, user),
        **where,
        "action_id": action_id,
        "block_id": block_id,
        "value": value,
        **_where(w),
    }


def shortcut(w: Workspace, user: str, callback_id: str) -> Json:
    """A shortcut of the whole workspace has no channel, and so no response URL."""
    who = _who(w, user)["user"]
    return {
        "type": "shortcut",
        "token": TOKEN,
        "action_ts": w.world.ts(),
        "team": _team(w),
        "user": {name: who[name] for name in ("id", "username", "team_id")},
        **{name: value for name, value in _where(w).items() if name != "team"},
        "callback_id": callback_id,
        "trigger_id": w.triggers.send(user),
    }


def message_action(w: Workspace, user: str, channel: Json, message: Json, callback_id: str) -> Json:
    """A shortcut on a message carries the message."""
    return {
        "type": "message_action",
        "token": TOKEN,
        "action_ts": w.world.ts(),
        "team": _team(w),
        "user": _who(w, user)["user"],
        "channel": {"id": channel["id"], "name": channel_name(channel)},
        **{name: value for name, value in _where(w).items() if name != "team"},
        "callback_id": callback_id,
        "trigger_id": w.triggers.send(user),
        "response_url": w.hooks.url("app", user, channel["id"], message_ts=None),
        "message_ts": message["ts"],
        "message": deepcopy(message),
    }


def channel_name(channel: Json) -> str:
    return "directmessage" if channel.get("is_im") else channel["name"]


def _who(w: Workspace, user: str) -> Json:
    name = w.world.users[user]["name"]
    team = w.world.team["id"]
    return {
        "user": {"id": user, "username": name, "name": name, "team_id": team},
        "api_app_id": w.app.key,
        "token": TOKEN,
    }


def _team(w: Workspace) -> Json:
    return {"id": w.world.team["id"], "domain": w.world.team["domain"]}


def _where(w: Workspace) -> Json:
    return {"team": _team(w), "enterprise": None, "is_enterprise_install": False}


def _response_urls(w: Workspace, user: str, view: Json) -> list[Json]:
    """A URL for each conversation chosen in a menu with response_url_enabled (docs: Conversations select)."""
    urls: list[Json] = []
    for block in view["blocks"]:
        element = block.get("element", {})
        state = view["state"]["values"].get(block.get("block_id"), {}).get(element.get("action_id"), {})
        channel = state.get("selected_conversation") or state.get("selected_channel")
        if element.get("response_url_enabled") and channel:
            url = w.hooks.url("app", user, channel)
            urls.append(
                {
                    "block_id": block["block_id"],
                    "action_id": element["action_id"],
                    "channel_id": channel,
                    "response_url": url,
                }
            )
    return urls
