"""Acts: what people type and choose outside of messages and forms (docs: Slash commands, Shortcuts, App Home)."""

from typing import Any

from adapters.playground.impossible import Impossible
from adapters.playground.slack import payloads, reactions
from adapters.playground.slack.events import channel_type, heard, hidden, message_subscription
from adapters.playground.slack.mentions import mentioned, typed
from adapters.playground.slack.posts import user_message
from adapters.playground.slack.refused import Refused
from adapters.playground.slack.sockets import Ack
from adapters.playground.slack.workspace import Workspace
from adapters.playground.slack.world import Json

NOT_A_COMMAND = (
    '`{command}` is not a valid command. In Slack, all messages that start with the "/" character are interpreted as '
    'commands.\n\nIf you are trying to send a message and not run a command, try preceding the "/" with an empty space.'
)
NOT_IN_THREADS = "`{command}` is not supported in threads. Sorry!"
NO_ANSWER = "`{command}` failed because the app did not respond. Please try again or contact the app developer."
NOT_SENT = '`{command}` failed with the error "{error}"'


async def slash(w: Workspace, user: str, channel: str, text: str, thread_ts: str | None = None) -> Json:
    """Type a slash command; what Slack says about it comes from Slackbot, for this person only."""
    w.world.person(user)
    place = w.world.place(user, channel)
    command, _, rest = text.strip().partition(" ")
    if not command.startswith("/") or command == "/":
        raise Impossible("A command starts with a slash and a name.")
    if thread_ts is not None:
        return _told(w, user, channel, NOT_IN_THREADS.format(command=command), "not_supported_in_threads", thread_ts)
    known = w.app.commands
    if not w.app.may(("commands",)) or (known is not None and command not in known):
        return _told(w, user, channel, NOT_A_COMMAND.format(command=command), "invalid_command")
    names = known is not None and bool(known[command].get("should_escape"))
    words = typed(
        rest.strip(),
        w.world.users.values() if names else (),
        w.world.channels.values() if names else (),
        with_names=True,
    )
    ack = await w.sockets.send("slash_commands", payloads.slash_command(w, user, place, command, words))
    if not ack.acked:
        words = NO_ANSWER if ack.error == "operation_timeout" else NOT_SENT
        return _told(w, user, channel, words.format(command=command, error=ack.error), ack.error)
    if ack.payload:
        try:
            w.hooks.reply(user, channel, ack.payload if isinstance(ack.payload, dict) else {"text": str(ack.payload)})
        except Refused as refused:
            return _told(
                w, user, channel, NOT_SENT.format(command=command, error=refused.error), refused.error, acked=True
            )
    return outcome(ack)


async def say(w: Workspace, user: str, channel: str, text: str, thread_ts: str | None = None) -> Json:
    """Write a message, in a channel, a thread or the app's direct messages."""
    w.world.person(user)
    place = w.world.place(user, channel)
    if place["is_archived"]:
        raise Impossible("That channel is archived.")
    if not text.strip():
        raise Impossible("An empty message cannot be sent.")
    if place.get("is_im") and not w.app.messages_tab:
        raise Impossible("Sending messages to this app has been turned off.")
    told = w.world.messages[channel]
    if thread_ts is not None and thread_ts not in told:
        raise Impossible("The message that started that thread is gone.")
    thread = told[thread_ts].get("thread_ts", thread_ts) if thread_ts is not None else None
    words = typed(text, w.world.users.values(), w.world.channels.values(), with_names=False)
    message = user_message(w.world, user, words, channel=channel, ts=w.world.ts(), thread_ts=thread)
    people = mentioned(words, message["blocks"], place["members"], author=user)
    w.world.add_message(channel, message, people)
    return {**outcome(await _tell_of_words(w, place, message, people)), "channel": channel, "ts": message["ts"]}


async def edit(w: Workspace, user: str, channel: str, ts: str, text: str) -> Json:
    """Rewrite a message of one's own."""
    place, message = _own_message(w, user, channel, ts)
    if not text.strip():
        raise Impossible("An empty message cannot be sent.")
    before = heard(message)
    words = typed(text, w.world.users.values(), w.world.channels.values(), with_names=False)
    fresh = user_message(w.world, user, words, channel=channel, ts=ts)
    message |= {"text": fresh["text"], "blocks": fresh["blocks"], "edited": {"user": user, "ts": w.world.ts()}}
    w.world.show_message(channel, ts)
    told = {"message": heard(message), "previous_message": before}
    return outcome(await _tell_of_change(w, place, hidden(w.world, place, "message_changed", told)))


async def delete(w: Workspace, user: str, channel: str, ts: str) -> Json:
    """Delete a message of one's own."""
    place, message = _own_message(w, user, channel, ts)
    w.world.drop_message(channel, ts)
    told = {"deleted_ts": ts, "previous_message": heard(message)}
    return outcome(await _tell_of_change(w, place, hidden(w.world, place, "message_deleted", told)))


async def react(w: Workspace, user: str, channel: str, ts: str, name: str, on: bool = True) -> Json:
    """Put an emoji under a message, or take one's own away."""
    w.world.person(user)
    place = w.world.place(user, channel)
    try:
        event = (reactions.add if on else reactions.remove)(w, place, ts, user, name)
    except Refused as refused:
        raise Impossible(f"Slack would not let you: {refused.error}.") from refused
    if w.app.bot_user not in place["members"] and not place.get("is_im"):
        return outcome(None)
    return outcome(await w.events.tell(event, event["type"]))


async def home(w: Workspace, user: str) -> Json:
    """Open the app's home."""
    w.world.person(user)
    if not w.app.home_tab:
        raise Impossible("This app has no home.")
    view = w.views.home(user)
    event: Json = {
        "type": "app_home_opened",
        "user": user,
        "channel": w.world.direct(user)["id"],
        "tab": "home",
        "event_ts": w.world.ts(),
    }
    if view is not None:
        event["view"] = view
    return outcome(await w.events.tell(event, "app_home_opened"))


async def shortcut(
    w: Workspace, user: str, callback_id: str, channel: str | None = None, ts: str | None = None
) -> Json:
    """Choose a shortcut, of the whole workspace or of one message."""
    w.world.person(user)
    kind = "message" if ts is not None else "global"
    if w.app.shortcuts is not None and (kind, callback_id) not in w.app.shortcuts:
        raise Impossible(f"There is no {kind} shortcut {callback_id}.")
    if channel is None or ts is None:
        payload = payloads.shortcut(w, user, callback_id)
    else:
        place = w.world.place(user, channel)
        message = w.world.messages[channel].get(ts)
        if message is None:
            raise Impossible("That message is gone.")
        payload = payloads.message_action(w, user, place, message, callback_id)
    return outcome(await w.sockets.send("interactive", payload))


async def join(w: Workspace, user: str, channel: str) -> Json:
    """Somebody joins a channel."""
    place = _public(w, channel)
    w.world.person(user)
    if user in place["members"]:
        raise Impossible("They are in that channel already.")
    place["members"].append(user)
    w.world.show_channel(channel)
    return outcome(await _tell_of_member(w, place, user, "member_joined_channel"))


async def leave(w: Workspace, user: str, channel: str) -> Json:
    """Somebody leaves a channel."""
    place = w.world.place(user, channel)
    if place.get("is_im"):
        raise Impossible("Nobody can leave a direct message.")
    place["members"].remove(user)
    w.world.show_channel(channel)
    return outcome(await _tell_of_member(w, place, user, "member_left_channel"))


async def change(w: Workspace, user: str, **fields: Any) -> Json:
    """Somebody's profile or role changes: `real_name`, `display_name`, `tz`, `is_admin`, `deleted` …"""
    person = w.world.users.get(user)
    if person is None:
        raise Impossible(f"There is nobody {user} in this workspace.")
    display = fields.pop("display_name", None)
    if "real_name" in fields:
        person["profile"]["real_name"] = fields["real_name"]
    if display is not None:
        person["profile"]["display_name"] = display
    unknown = fields.keys() - person.keys()
    if unknown:
        raise Impossible(f"A person has no {', '.join(sorted(unknown))}.")
    person.update(fields)
    person["updated"] = w.world.seconds()
    w.world.show_user(user)
    event = {"type": "user_change", "user": person, "cache_ts": w.world.seconds(), "event_ts": w.world.ts()}
    return outcome(await w.events.tell(event, "user_change"))


def _own_message(w: Workspace, user: str, channel: str, ts: str) -> tuple[Json, Json]:
    w.world.person(user)
    place = w.world.place(user, channel)
    message = w.world.messages[channel].get(ts)
    if message is None:
        raise Impossible("That message is gone.")
    if message["user"] != user:
        raise Impossible("That is somebody else's message.")
    return place, message


async def _tell_of_change(w: Workspace, place: Json, event: Json) -> Ack | None:
    if w.app.bot_user not in place["members"] and not place.get("is_im"):
        return None
    return await w.events.tell(event, message_subscription(place))


def outcome(ack: Ack | None) -> Json:
    """How an act ended; what the app did not want to hear is neither acknowledged nor an error."""
    return {"acked": ack is not None and ack.acked, "error": ack.error if ack is not None else None}


async def _tell_of_words(w: Workspace, place: Json, message: Json, people: set[str]) -> Ack | None:
    """Messages reach the app where it is; a mention of it is one event more (docs: app_mention)."""
    if w.app.bot_user not in place["members"] and not place.get("is_im"):
        return None
    event = {
        **message,
        "channel": place["id"],
        "event_ts": message["ts"],
        "channel_type": channel_type(place),
    }
    if w.app.bot_user in people and not place.get("is_im"):
        mention = {name: value for name, value in event.items() if name not in ("channel_type", "parent_user_id")}
        w.events.tell_later({**mention, "type": "app_mention"}, "app_mention")
    return await w.events.tell(event, message_subscription(place))


async def _tell_of_member(w: Workspace, place: Json, user: str, kind: str) -> Ack | None:
    if w.app.bot_user not in place["members"] and user != w.app.bot_user:
        return None
    event = {
        "type": kind,
        "user": user,
        "channel": place["id"],
        "channel_type": "G" if place.get("is_private") else "C",
        "team": w.world.team["id"],
        "event_ts": w.world.ts(),
    }
    return await w.events.tell(event, kind)


def _public(w: Workspace, channel: str) -> Json:
    place = w.world.channels.get(channel)
    if place is None or place.get("is_im") or place.get("is_private") or place["is_archived"]:
        raise Impossible("Nobody can join that.")
    return place


def _told(
    w: Workspace,
    user: str,
    channel: str,
    words: str,
    error: str | None,
    thread_ts: str | None = None,
    acked: bool = False,
) -> Json:
    ts = w.world.slackbot(user, channel, words, thread_ts)
    return {"acked": acked, "error": error, "told": words, "ephemeral": f"slack/ephemeral/{user}/{channel}/{ts}"}
