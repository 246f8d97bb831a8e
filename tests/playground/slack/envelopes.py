"""Envelopes of Socket Mode, held against what Slack publishes and what was recorded there.

Events have schemas (the types that slackapi publishes); interactive payloads and commands have none, but whole ones
were recorded: nothing that stands in those may be absent here, and types agree.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from tests.schemas import Schema, document

Json = dict[str, Any]

EVENTS = {
    "message": "GenericMessageEvent",
    "message_changed": "MessageChangedEvent",
    "message_deleted": "MessageDeletedEvent",
    "app_mention": "AppMentionEvent",
    "reaction_added": "ReactionAddedEvent",
    "reaction_removed": "ReactionRemovedEvent",
    "app_home_opened": "AppHomeOpenedEvent",
    "member_joined_channel": "MemberJoinedChannelEvent",
    "member_left_channel": "MemberLeftChannelEvent",
    "user_change": "UserChangeEvent",
}
RECORDED = {
    # The place of one whole recorded payload of each kind in the folder's list.
    "block_actions": 4,
    "block_suggestion": 7,
    "message_action": 79,
    "shortcut": 86,
    "view_closed": 94,
    "view_submission": 97,
    "slash_commands": 93,
    "message": 69,
    "message_changed": 35,
    "message_deleted": 33,
    "member_joined_channel": 45,
}
ELSEWHERE = {"enterprise_id", "enterprise_name", "enterprise", "authed_users", "inviter"}
"""Fields of payloads that were recorded in Enterprise organisations, or long ago, or of people who were invited."""
MAY_BE_NULL = ("/view/submit", "/view/close")
"""A view without such a button says so; those that were recorded have both."""
OF_A_MESSAGE = {"container", "channel", "message", "response_url"}
"""Fields of a press that only one in a message has; those that were recorded are all of messages."""
UNDESCRIBED = {
    "hello": "neither schema nor recording; test_hello_says_how_many_sockets_there_are",
    "disconnect": "neither schema nor recording; test_a_disconnect_is_announced_ten_seconds_before",
    "upload": "no method: takes a file's bytes; test_an_upload_url_works_once_and_for_the_announced_length",
    "connect": "not an envelope: the wire's note of a socket URL that was refused",
    "acknowledgement": "the client's: the wire's note of a payload where none is taken",
    "unknown acknowledgement": "the client's: the wire's note of an envelope_id that nobody gave out",
}
"""What passes and nothing describes, and why that is all."""


class Envelopes:
    """Says what is wrong with what an app is told; an empty list if nothing is."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def problems(self, envelope: Json) -> list[str]:
        """What is wrong with an envelope, or with the payload of one that reached no socket."""
        payload: Json = envelope.get("payload", envelope)
        shape = self._shape(envelope) if "payload" in envelope else []
        if payload.get("type") == "event_callback":
            return [*shape, *self.problems_of_event(payload["event"])]
        return [*shape, *self.problems_of_payload(payload)]

    def problems_of_event(self, event: Json) -> list[str]:
        """Against the published types, in which nothing besides may stand."""
        name = EVENTS.get(event.get("subtype") or event["type"])
        if name is None:
            return [f"no schema describes {event['type']}"]
        own = dict(event)
        for part in {"message", "previous_message"} & event.keys():
            # The types describe an inner message like an event of its own; what was recorded lacks these three.
            own[part] = event[part] | {one: event[one] for one in ("channel", "channel_type", "event_ts")}
        return _event(self._folder, name).problems(own)

    def problems_of_payload(self, payload: Json) -> list[str]:
        """Against a whole one that was recorded."""
        kind = payload.get("type", "slash_commands")
        if kind not in RECORDED:
            return [f"no {kind} was recorded"]
        recorded = self.recorded(kind)
        if kind == "block_actions" and "view" in payload:
            view = self.recorded("block_suggestion")["view"]
            recorded = {name: one for name, one in recorded.items() if name not in OF_A_MESSAGE} | {"view": view}
        return list(missing(recorded, payload))

    def recorded(self, kind: str) -> Json:
        return _payloads(self._folder)[RECORDED[kind]]["payload"]

    def _shape(self, envelope: Json) -> Iterator[str]:
        """An envelope's own fields; a redelivery names its attempt in a command's and a press's too."""
        for one in _wrapped(self._folder):
            if one["type"] == envelope["type"]:
                yield from missing({name: value for name, value in one.items() if name != "payload"}, envelope)
                return
        yield f"no {envelope['type']} envelope was recorded"


def missing(recorded: Any, ours: Any, where: str = "") -> Iterator[str]:
    """Fields of a recorded payload that ours lacks, or has with another type."""
    if recorded is None or (ours is None and (isinstance(recorded, str) or where in MAY_BE_NULL)):
        return
    if type(recorded) is not type(ours):
        yield f"{where}: {type(ours).__name__} instead of {type(recorded).__name__}"
        return
    if not isinstance(recorded, dict) or not isinstance(ours, dict) or where.endswith(("/values", "/blocks")):
        return
    for name, value in recorded.items():
        if name in ELSEWHERE:
            continue
        if name in ours:
            yield from missing(value, ours[name], f"{where}/{name}")
        else:
            yield f"{where}/{name} is missing"


@cache
def _event(folder: Path, name: str) -> Schema:
    return Schema({**document(folder / "slack_Event.json"), "$ref": f"#/definitions/{name}"})


def _payloads(folder: Path) -> Any:
    return document(folder / "recorded" / "bolt_python_test_payloads.json")


def _wrapped(folder: Path) -> Any:
    return document(folder / "recorded" / "socket_mode_envelopes.json")["envelopes"]
