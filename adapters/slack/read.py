"""Reading: what Slack's payloads say, before anybody was asked who the person is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from adapters.slack import slashes, texts, views
from adapters.slack.texts import Json
from adapters.slack.views import Carried
from bot import codes
from bot.calls import Door
from bot.codes import BadCode
from bot.commands import Declared


@dataclass(frozen=True, slots=True)
class View:
    """The modal in which somebody did something."""

    key: str
    title: str
    inputs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody at the door: who, where, and how they can be answered.

    `trigger` is good for opening one modal within three seconds, and is never the same twice; `url` takes five answers
    within thirty minutes. `place` is the channel, unless it is a direct message; `private` is whether they acted on a
    message that nobody else sees.
    """

    user: str
    handle: str
    trigger: str
    url: str | None = None
    channel: str | None = None
    thread: str | None = None
    private: bool = False
    view: View | None = None

    @property
    def place(self) -> str | None:
        return None if self.channel is None or self.channel.startswith("D") else self.channel


@dataclass(frozen=True, slots=True)
class Heard:
    """What somebody asks for. `names` is what came along of the names of people who are given."""

    visit: Visit
    command: str
    given: Mapping[str, str]
    door: Door
    key: str
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    kept: int | None = None


def slash(body: Json, commands: Sequence[Declared], prefix: str) -> Heard:
    """A slash command."""
    visit = Visit(
        body["user_id"],
        body.get("user_name", ""),
        body["trigger_id"],
        url=body["response_url"],
        channel=body["channel_id"],
    )
    typed = slashes.typed(body["command"], body.get("text", ""), commands, prefix)
    return Heard(visit, typed.command, typed.given, Door.SLASH, visit.trigger, typed.names)


def shortcut(body: Json) -> Heard:
    """What somebody chose to do with a message; what an app wrote has no author."""
    user, message = body["user"], body["message"]
    thread = message.get("thread_ts")
    visit = Visit(
        user["id"],
        user.get("username") or user.get("name", ""),
        body["trigger_id"],
        url=body["response_url"],
        channel=body["channel"]["id"],
        thread=thread if thread != message["ts"] else None,
    )
    author = "" if "bot_id" in message else message.get("user", "")
    given = {"text": texts.read(message.get("text", "")), "author": author, "message": message["ts"]}
    return Heard(visit, body["callback_id"], given, Door.SHORTCUT, visit.trigger)


def presser(body: Json) -> Visit:
    """Whoever pressed a button, in a message or in a modal."""
    user, container = body["user"], body["container"]
    view = body.get("view")
    channel, thread = body.get("channel", {}).get("id"), container.get("thread_ts")
    if view is not None:
        channel = Carried.unpacked(view["private_metadata"]).place
    return Visit(
        user["id"],
        user.get("username") or user.get("name", ""),
        body["trigger_id"],
        url=body.get("response_url"),
        channel=channel,
        # The first message of a thread stands in the channel, where the answer must be seen.
        private=container.get("is_ephemeral", False),
        thread=thread if thread != container.get("message_ts") else None,
        view=None if view is None else View(view["id"], views.title(view)),
    )


def emptied(body: Json) -> bool:
    """Whether somebody took back the last thing that they had picked from a menu: that asks for nothing."""
    return body["actions"][0].get("selected_options") == []


def press(body: Json) -> Heard:
    """A pressed button, or what was picked from a menu; raises BadCode for one that no release of ours made."""
    visit = presser(body)
    action = body["actions"][0]
    command, given = codes.together(_picked(action))
    return Heard(visit, command, given, Door.BUTTON, visit.trigger)


def _picked(action: Json) -> list[str]:
    """The codes of what was pressed or picked; several at once from a menu that lets people."""
    match action:
        case {"value": str(code)}:
            return [code]
        case {"selected_option": {"value": str(code)}}:
            return [code]
        case {"selected_options": [*options]}:
            return [option["value"] for option in options]
        case _:
            raise BadCode("A button without a code.")


def submission(body: Json) -> Heard:
    """A form that was sent in: what it carried and what was typed, empty answers included."""
    view, user = body["view"], body["user"]
    carried = Carried.unpacked(view["private_metadata"])
    visit = Visit(
        user["id"],
        user.get("username") or user.get("name", ""),
        # Typing into a menu that asks us opens nothing, and has no trigger.
        body.get("trigger_id", ""),
        channel=carried.place,
        view=View(view["id"], views.title(view), frozenset(views.inputs(view))),
    )
    states = view["state"]["values"].values()
    given = {name: _answer(state) for typed in states for name, state in typed.items()}
    # The hash is new whenever the form was replaced, and the same when this very form is sent in again.
    key = f"{view['id']} {view['hash']}"
    return Heard(visit, carried.command, {**carried.fixed, **given}, Door.FORM, key, kept=carried.kept)


def suggestion(body: Json) -> tuple[Heard, str, str]:
    """Somebody typing into a menu that asks us: the call so far, the parameter, and what was typed."""
    return submission(body), body["action_id"], body["value"]


def _answer(state: Mapping[str, Any]) -> str:
    match state:
        case {"selected_option": {"value": str(value)}} | {"selected_user": str(value)} | {"value": str(value)}:
            return value
        case _:
            return ""
