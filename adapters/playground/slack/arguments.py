"""Arguments: a call's body in any of Slack's forms, fitted to what the method documents (docs: Web API basics)."""

import json
from typing import Any

from aiohttp import web

from adapters.playground.slack.methods import EVERYWHERE, JSON_ARGUMENTS, Method
from adapters.playground.slack.refused import Refused
from adapters.playground.slack.world import Json

NUMBERS = frozenset({"length", "limit"})
FLAGS = frozenset(
    [
        "as_user",
        "exclude_archived",
        "exclude_muted",
        "full",
        "include_all_metadata",
        "include_locale",
        "include_num_members",
        "inclusive",
        "link_names",
        "mrkdwn",
        "prevent_creation",
        "reply_broadcast",
        "return_im",
        "unfurl_links",
        "unfurl_media",
    ]
)
LISTS_AS_TEXT = frozenset({"channels", "types", "users"})
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


async def called(request: web.Request) -> tuple[str | None, Json]:
    """The token and the arguments: from the query, a form or a JSON object."""
    told: Json = dict(request.query)
    if request.method == "POST" and request.can_read_body:
        if request.content_type == "application/json":
            told |= await _json_body(request)
        elif request.content_type in FORMS:
            told |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
        else:
            raise Refused("invalid_post_type" if "Content-Type" in request.headers else "missing_post_type")
    token = told.pop("token", None)
    scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
    return (bearer.strip() if scheme == "Bearer" and bearer else token), told


async def _json_body(request: web.Request) -> Json:
    try:
        told = await request.json()
    except (json.JSONDecodeError, UnicodeDecodeError) as unreadable:
        raise Refused("invalid_json") from unreadable
    if not isinstance(told, dict):
        raise Refused("json_not_object")
    return {name: value for name, value in told.items() if value is not None}


def fitted(method: Method, told: Json) -> Json:
    """The arguments with their types; names that the method does not document are refused.

    Slack itself passes over most unknown names in silence, which hides misspellings: here they are an error.
    """
    unknown = sorted(told.keys() - method.arguments - EVERYWHERE)
    if unknown:
        raise Refused("invalid_arguments", [f"[ERROR] unknown argument: {name}" for name in unknown])
    args = {name: _value(method, name, value) for name, value in told.items()}
    missing = [name for name in method.required if args.get(name) in (None, "")]
    if missing:
        raise Refused("invalid_arguments", [f"[ERROR] missing required field: {name}" for name in missing])
    return args


def _value(method: Method, name: str, value: Any) -> Any:
    if name in JSON_ARGUMENTS:
        return _parsed(method, name, value) if isinstance(value, str) else value
    if name in FLAGS:
        return _flag(name, value)
    if name in NUMBERS:
        if isinstance(value, bool) or not str(value).isdigit():
            raise Refused("invalid_arguments", [f"[ERROR] must be an integer [json-pointer:/{name}]"])
        return int(value)
    if name in LISTS_AS_TEXT and isinstance(value, list):
        return ",".join(map(str, value))
    if isinstance(value, dict | list):
        raise Refused("invalid_array_arg")
    return value if isinstance(value, str) else str(value)


def _parsed(method: Method, name: str, value: str) -> Any:
    try:
        return json.loads(value)
    except json.JSONDecodeError as unreadable:
        own = {"blocks": "invalid_blocks_format", "metadata": "invalid_metadata_format"}.get(name)
        error = own if own in method.errors else "invalid_arguments"
        raise Refused(error, [f"[ERROR] must be valid json [json-pointer:/{name}]"]) from unreadable


def _flag(name: str, value: Any) -> bool:
    match value:
        case True | 1 | "1" | "true" | "True":
            return True
        case False | 0 | "0" | "false" | "False":
            return False
        case _:
            raise Refused("invalid_arguments", [f"[ERROR] must be a boolean [json-pointer:/{name}]"])
