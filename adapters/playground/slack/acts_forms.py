"""Acts in messages and forms: press, choose, submit, close (docs: Interaction payloads, Modals)."""

from base64 import b64decode
from binascii import Error as BinasciiError
from dataclasses import dataclass
from typing import Any

from adapters.playground.impossible import Impossible
from adapters.playground.slack import payloads
from adapters.playground.slack.acts import outcome
from adapters.playground.slack.blocks import elements_of
from adapters.playground.slack.checks import exactly_one, items, shape
from adapters.playground.slack.elements import GROUP, OPTION, STATEFUL
from adapters.playground.slack.refused import Refused
from adapters.playground.slack.sockets import Ack
from adapters.playground.slack.state import Values, chosen, refusal, states, typed_into
from adapters.playground.slack.views import TROUBLE
from adapters.playground.slack.workspace import Workspace
from adapters.playground.slack.world import Json

ANSWERS: dict[str, set[str]] = {
    # docs: Modals, "Updating and pushing via response_action"
    "clear": {"response_action"},
    "update": {"response_action", "view"},
    "push": {"response_action", "view"},
    "errors": {"response_action", "errors"},
}


@dataclass(frozen=True, slots=True)
class Pressed:
    """What was pressed, by its ids or its value; what was chosen there; and what else is typed in the view."""

    action_id: str | None
    block_id: str | None
    value: str | None
    selected: Any
    values: Values


async def press_in_message(w: Workspace, user: str, channel: str, ts: str, pressed: Pressed) -> Json:
    """Press a button or choose from a menu in a message, which may be one that only this person sees."""
    _able(w, user)
    place = w.world.place(user, channel)
    message = w.world.ephemerals.get(user, {}).get((channel, ts)) or w.world.messages[channel].get(ts)
    if message is None:
        raise Impossible("That message is gone.")
    block, element = _found(message.get("blocks", []), pressed)
    state = states(message["blocks"], {})
    action = _action(w, block, element, pressed.selected)
    if element["type"] in STATEFUL:
        state[block["block_id"]][element["action_id"]] = chosen(element, pressed.selected)
    payload = payloads.block_actions_in_message(w, user, place, message, action, state)
    return outcome(await w.sockets.send("interactive", payload))


async def press_in_view(w: Workspace, user: str, view: str, pressed: Pressed) -> Json:
    """Press a button or choose from a menu in a form or in App Home; what is typed so far goes along."""
    _able(w, user)
    form = w.views.on_top(user, view)
    if w.views.waiting(user, view):
        raise Impossible("That form is being submitted.")
    block, element = _found(form["blocks"], pressed)
    if block["type"] == "input" and not block.get("dispatch_action"):
        raise Impossible("That input tells the app nothing before the form is submitted.")
    action = _action(w, block, element, pressed.selected)
    typed = pressed.values
    if element["type"] in STATEFUL:
        own = {**typed.get(block["block_id"], {}), element["action_id"]: pressed.selected}
        typed = {**typed, block["block_id"]: own}
    form["state"]["values"] = typed_into(form["blocks"], form["state"]["values"], typed)
    w.views.show(view)
    return outcome(await w.sockets.send("interactive", payloads.block_actions_in_view(w, user, form, action)))


async def submit(w: Workspace, user: str, view: str, values: Values | None = None) -> Json:
    """Submit the form in front; what the client would refuse is not sent."""
    form = w.views.on_top(user, view)
    if w.views.waiting(user, view):
        raise Impossible("That form is being submitted.")
    if form.get("submit") is None:
        raise Impossible("That form has no submit button.")
    typed = _with_files(w, user, values or {})
    form["state"]["values"] = typed_into(form["blocks"], form["state"]["values"], typed)
    errors = _client_errors(form)
    if errors:
        w.views.show(view, errors=errors)
        return {"acked": False, "error": "not_submitted", "errors": errors}
    w.views.show(view, state="waiting")
    ack = await w.sockets.send("interactive", payloads.view_submission(w, user, form))
    try:
        form = w.views.found(user, view)
    except Impossible:
        # The app replaced the whole stack, or the person closed it, while Slack waited for the answer.
        return {**outcome(ack), "errors": {}}
    return _after_submission(w, user, form, ack)


async def close(w: Workspace, user: str, view: str) -> Json:
    """Close the form in front; with clear_on_close the whole stack goes (docs: View object)."""
    form = w.views.on_top(user, view)
    if form["type"] != "modal":
        raise Impossible("A home cannot be closed.")
    if form["clear_on_close"]:
        gone = w.views.clear(user)[::-1]
    else:
        w.views.close(user, view)
        gone = [form]
    ack: Ack | None = None
    for one in gone:
        if one["notify_on_close"]:
            payload = payloads.view_closed(w, user, one, is_cleared=form["clear_on_close"])
            ack = await w.sockets.send("interactive", payload)
    return outcome(ack)


async def options(
    w: Workspace,
    user: str,
    view: str | None = None,
    block_id: str | None = None,
    action_id: str | None = None,
    value: str = "",
    *,
    channel: str | None = None,
    ts: str | None = None,
) -> Json:
    """Type into a menu whose options the app gives; at most a hundred come back (docs: External select)."""
    if view is not None:
        form = w.views.on_top(user, view)
        blocks, where = form["blocks"], {"container": {"type": "view", "view_id": view}, "view": form}
    else:
        message = w.world.messages.get(channel or "", {}).get(ts or "")
        if message is None or channel is None:
            raise Impossible("That message is gone.")
        blocks = message.get("blocks", [])
        container = {"type": "message", "message_ts": ts, "channel_id": channel, "is_ephemeral": False}
        place = w.world.place(user, channel)
        where = {
            "container": container,
            "channel": {"id": channel, "name": payloads.channel_name(place)},
            "message": message,
        }
    block, element = _found(blocks, Pressed(action_id, block_id, None, None, {}))
    if "external" not in element["type"]:
        raise Impossible("The options of that menu are fixed.")
    if len(value) < element.get("min_query_length", 3):
        return {"acked": False, "error": None, "options": []}
    payload = payloads.block_suggestion(w, user, where, block["block_id"], element["action_id"], value)
    ack = await w.sockets.send("interactive", payload)
    return {**outcome(ack), **_offered(ack.payload)}


# --- pressing -------------------------------------------------------------------------------------------------------


def _able(w: Workspace, user: str) -> None:
    w.world.person(user)
    if not w.app.interactive:
        raise Impossible("This app is not configured to handle interactive responses.")


def _found(blocks: list[Json], wanted: Pressed) -> tuple[Json, Json]:
    """The one element that is meant by its ids, or by its value."""
    for block, element in elements_of(blocks):
        fits = wanted.action_id in (None, element["action_id"]) and wanted.block_id in (None, block["block_id"])
        named = (wanted.action_id, wanted.value) != (None, None)
        if named and fits and wanted.value in (None, element.get("value")):
            return block, element
    raise Impossible("There is no such button.")


def _action(w: Workspace, block: Json, element: Json, selected: Any) -> Json:
    """What was done, as the app is told (docs: block_actions payload)."""
    action: Json = {"type": element["type"], "action_id": element["action_id"], "block_id": block["block_id"]}
    if element["type"] == "button":
        action |= {name: element[name] for name in ("text", "value", "style", "url") if name in element}
        action["text"] = {"emoji": True, **action["text"]}
    elif selected is None:
        raise Impossible("Nothing was chosen.")
    else:
        action |= chosen(element, selected)
        action |= {name: element[name] for name in ("placeholder",) if name in element}
    return {**action, "action_ts": w.world.ts()}


# --- submitting -----------------------------------------------------------------------------------------------------


def _with_files(w: Workspace, user: str, values: Values) -> Values:
    """The values with files in the place of what a person picked: `{"name": …, "content": base64}`."""
    return {
        block_id: {action_id: _stored(w, user, state) for action_id, state in actions.items()}
        for block_id, actions in values.items()
    }


def _stored(w: Workspace, user: str, state: Any) -> Any:
    picked = state.get("files") if isinstance(state, dict) else None
    if not isinstance(picked, list):
        return state
    try:
        files = [
            w.files.of_person(user, one["name"], b64decode(one["content"], validate=True)) if "content" in one else one
            for one in picked
        ]
    except BinasciiError as unreadable:
        raise Impossible("That file cannot be read.") from unreadable
    return {**state, "files": files}


def _client_errors(form: Json) -> dict[str, str]:
    """What Slack's client finds wrong before it sends anything."""
    errors: dict[str, str] = {}
    for block, element in elements_of(form["blocks"]):
        if block["type"] != "input":
            continue
        words = refusal(block, element, form["state"]["values"][block["block_id"]][element["action_id"]])
        if words is not None:
            errors[block["block_id"]] = words
    return errors


def _after_submission(w: Workspace, user: str, form: Json, ack: Ack) -> Json:
    """Do what the acknowledgement says; one that makes no sense leaves the form open, with Slack's apology."""
    answer = ack.payload or {}
    action = answer.get("response_action") if isinstance(answer, dict) else "nonsense"
    try:
        if not ack.acked:
            raise Refused(ack.error or "operation_timeout")
        if answer and (action not in ANSWERS or set(answer) != ANSWERS[action]):
            raise Refused("invalid_response_action")
        match action:
            case "clear":
                w.views.clear(user)
            case "update":
                w.views.replace(form, answer["view"])
            case "push":
                w.views.show(form["id"])
                w.views.push(user, answer["view"])
            case "errors":
                return _with_errors(w, form, answer["errors"])
            case _:
                w.views.close(user, form["id"])
    except Refused as refused:
        w.views.show(form["id"], trouble=TROUBLE)
        n = w.wire.record(
            "slack", "out", "view: trouble", {"view_id": form["id"], "told": TROUBLE}, refused=refused.error
        )
        w.wire.answered(n, answer=answer, refused=refused.error)
        return {"acked": ack.acked, "error": refused.error, "errors": {}, "told": TROUBLE, "problems": refused.messages}
    return {"acked": True, "error": None, "errors": {}}


def _with_errors(w: Workspace, form: Json, errors: Any) -> Json:
    """Errors are sentences by the block_id of an input (docs: Modals, "Displaying errors")."""
    inputs = {block["block_id"] for block in form["blocks"] if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not errors.keys() <= inputs:
        raise Refused("invalid_response_action", ["errors must name input blocks of the view"])
    if not all(isinstance(one, str) and one for one in errors.values()):
        raise Refused("invalid_response_action", ["errors must be sentences"])
    w.views.show(form["id"], errors=errors)
    return {"acked": True, "error": None, "errors": errors}


def _offered(answer: Any) -> Json:
    """The options that the app gave; more than a hundred, or shapes that are not options, are shown as no options."""
    problems: list[str] = []
    known = {"options": items(OPTION, 100), "option_groups": items(GROUP, 100)}
    shape({}, known)(answer or {}, "", problems)
    exactly_one("options", "option_groups")(answer or {}, "", problems)
    if problems:
        return {"options": [], "problems": problems}
    return {"options": answer.get("options", []), "option_groups": answer.get("option_groups", [])}
