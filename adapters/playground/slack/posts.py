"""Posts: what a message's text, blocks and metadata must be, and how Slack stores them."""

import json
import re
from collections.abc import Mapping
from copy import deepcopy
from secrets import token_hex, token_urlsafe
from typing import Any

from adapters.playground.slack.app import App
from adapters.playground.slack.blocks import elements_of, problems_of_blocks
from adapters.playground.slack.refused import Refused
from adapters.playground.slack.world import Json, World

LONGEST_TEXT = 40_000
LONGEST_MARKDOWN = 12_000
MOST_ATTACHMENTS = 100
LARGEST_METADATA = 16_384


def content(args: Mapping[str, Any], *, kept: Mapping[str, Any] | None = None) -> Json:
    """The checked `text`, `blocks`, `attachments` and `metadata` of a call (method reference: chat.postMessage)."""
    text, markdown = args.get("text"), args.get("markdown_text")
    blocks, attachments = args.get("blocks"), args.get("attachments")
    if markdown is not None and (text or blocks):
        raise Refused("markdown_text_conflict")
    if blocks is not None and not isinstance(blocks, list):
        raise Refused("invalid_blocks_format")
    problems = problems_of_blocks(blocks) if blocks else []
    if problems:
        raise Refused("invalid_blocks", problems, errors=[one.removeprefix("[ERROR] ") for one in problems])
    if attachments is not None and not _attachments(attachments):
        raise Refused("invalid_attachments")
    if not text and not markdown and not blocks and not attachments:
        raise Refused("no_text")
    if len(text or "") > LONGEST_TEXT or len(markdown or "") > LONGEST_MARKDOWN:
        raise Refused("msg_too_long")
    if markdown is not None:
        text, blocks = markdown, [{"type": "markdown", "text": markdown}]
    told: Json = {"text": text or ""}
    if blocks:
        told["blocks"] = identified(blocks)
    if attachments:
        told["attachments"] = [{"id": n, "fallback": "", **one} for n, one in enumerate(attachments, 1)]
    metadata = args.get("metadata", (kept or {}).get("metadata"))
    if metadata is not None:
        told["metadata"] = checked_metadata(metadata)
    return told


def _attachments(attachments: Any) -> bool:
    """Attachments are a list of objects; blocks in them obey the same limits as elsewhere."""
    if not isinstance(attachments, list) or not all(isinstance(one, dict) for one in attachments):
        return False
    if len(attachments) > MOST_ATTACHMENTS:
        raise Refused("too_many_attachments")
    for n, one in enumerate(attachments):
        problems = problems_of_blocks(one.get("blocks", []), pointer=f"/attachments/{n}/blocks")
        if problems:
            raise Refused("invalid_blocks", problems)
    return True


def checked_metadata(metadata: Any) -> Json:
    """Metadata is an event type and a flat object (docs: Message metadata)."""
    if not isinstance(metadata, dict) or set(metadata) - {"event_type", "event_payload"}:
        raise Refused("invalid_metadata_format")
    kind, payload = metadata.get("event_type"), metadata.get("event_payload")
    if not isinstance(kind, str) or not re.fullmatch(r"[A-Za-z0-9_.-]{1,255}", kind) or not isinstance(payload, dict):
        raise Refused("invalid_metadata_format")
    if any(isinstance(one, dict | list) for one in payload.values()):
        raise Refused("invalid_metadata_schema")
    if len(json.dumps(metadata)) > LARGEST_METADATA:
        raise Refused("metadata_too_large")
    return deepcopy(metadata)


def identified(blocks: list[Json]) -> list[Json]:
    """The blocks with the ids that Slack gives to those that came without."""
    blocks = deepcopy(blocks)
    for block in blocks:
        if not block.get("block_id"):
            block["block_id"] = token_urlsafe(4)[:5]
    for _, element in elements_of(blocks):
        if not element.get("action_id"):
            element["action_id"] = token_urlsafe(4)[:5]
    return blocks


def bot_message(world: World, app: App, told: Json, *, channel: str, ts: str, thread_ts: str | None = None) -> Json:
    """A message of the app, as conversations.history gives it."""
    message: Json = {
        "user": app.bot_user,
        "type": "message",
        "ts": ts,
        "bot_id": app.bot_key,
        "app_id": app.key,
        "team": world.team["id"],
        "bot_profile": {
            "id": app.bot_key,
            "app_id": app.key,
            "name": app.name,
            "icons": {},
            "deleted": False,
            "updated": world.seconds(),
            "team_id": world.team["id"],
        },
        **told,
    }
    if thread_ts:
        message |= _in_thread(world, channel, thread_ts)
    return message


def _in_thread(world: World, channel: str, thread_ts: str) -> Json:
    """The fields of a reply; a thread whose first message is gone has no author to name."""
    parent = world.messages.get(channel, {}).get(thread_ts)
    return {"thread_ts": thread_ts} if parent is None else {"thread_ts": thread_ts, "parent_user_id": parent["user"]}


def user_message(world: World, user: str, text: str, *, channel: str, ts: str, thread_ts: str | None = None) -> Json:
    """A message that a person typed; Slack's client sends it as rich text."""
    message: Json = {
        "user": user,
        "type": "message",
        "ts": ts,
        "client_msg_id": f"{token_hex(4)}-{token_hex(2)}-4{token_hex(1)}0-a000-{token_hex(6)}",
        "text": text,
        "team": world.team["id"],
        "blocks": identified([{"type": "rich_text", "elements": [_rich_section(text)]}]),
    }
    if thread_ts:
        message |= _in_thread(world, channel, thread_ts)
    return message


REFERENCE = re.compile(r"<(@[UW][A-Z0-9]+|#C[A-Z0-9]+(?:\|[^>]*)?|!(?:here|channel|everyone))>")


def _rich_section(text: str) -> Json:
    elements: list[Json] = []
    for n, part in enumerate(REFERENCE.split(text)):
        if n % 2 == 0:
            words = part.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
            elements.extend([{"type": "text", "text": words}] if words else [])
        elif part.startswith("@"):
            elements.append({"type": "user", "user_id": part[1:]})
        elif part.startswith("#"):
            elements.append({"type": "channel", "channel_id": part[1:].split("|")[0]})
        else:
            elements.append({"type": "broadcast", "range": part[1:]})
    return {"type": "rich_text_section", "elements": elements}
