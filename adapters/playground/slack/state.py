"""The state of inputs: what people have chosen or typed, in the form in which Slack reports it."""

import re
from collections.abc import Mapping
from typing import Any, TypeAlias

from adapters.playground.impossible import Impossible
from adapters.playground.slack.blocks import elements_of
from adapters.playground.slack.elements import STATEFUL
from adapters.playground.slack.world import Json

Values: TypeAlias = Mapping[str, Mapping[str, Any]]
"""By block_id, then action_id: the state of each element."""

FIELDS: dict[str, tuple[str, str]] = {
    # By type of element: the field of its state, and the field of the element that fills it at first.
    # Docs: View submission payload, and the page of each block element.
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "overflow": ("selected_option", ""),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "file_input": ("files", ""),
}

PATTERNS = {
    "email_text_input": re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+"),
    "url_text_input": re.compile(r"https?://\S+"),
    "number_input": re.compile(r"-?\d+(\.\d+)?"),
    "datepicker": re.compile(r"\d{4}-\d\d-\d\d"),
    "timepicker": re.compile(r"([01]\d|2[0-3]):[0-5]\d"),
}


def states(blocks: list[Json], typed: Values) -> dict[str, Json]:
    """The state of every input in these blocks: as typed, or else as it was filled at first."""
    values: dict[str, Json] = {}
    for block, element in elements_of(blocks):
        if element["type"] not in STATEFUL:
            continue
        own = typed.get(block["block_id"], {})
        given = own[element["action_id"]] if element["action_id"] in own else _at_first(element)
        values.setdefault(block["block_id"], {})[element["action_id"]] = chosen(element, given)
    return values


def kept(before: Values, old: list[Json], new: list[Json]) -> dict[str, Json]:
    """The state after a view was replaced: an input with the same ids and type keeps what was typed."""
    types = {(block["block_id"], one["action_id"]): one["type"] for block, one in elements_of(old)}
    typed: dict[str, Json] = {}
    for block, element in elements_of(new):
        key = (block["block_id"], element["action_id"])
        state = before.get(key[0], {}).get(key[1])
        if state is not None and types.get(key) == element["type"]:
            typed.setdefault(key[0], {})[key[1]] = state
    return states(new, typed)


def typed_into(blocks: list[Json], before: Values, typed: Values) -> dict[str, Json]:
    """The state after a person typed these values; values for inputs that are not there are impossible."""
    inputs = {(block["block_id"], one["action_id"]) for block, one in elements_of(blocks) if one["type"] in STATEFUL}
    for block_id, actions in typed.items():
        for action_id in actions:
            if (block_id, action_id) not in inputs:
                raise Impossible(f"There is no input {action_id} in {block_id} of this form.")
    keys = {*before, *typed}
    return states(blocks, {key: {**before.get(key, {}), **typed.get(key, {})} for key in keys})


def chosen(element: Json, given: Any) -> Json:
    """An element's state from what was given: its whole state, or only its value (an option's value, a key, a text)."""
    field = FIELDS[element["type"]][0]
    value = given.get(field) if isinstance(given, dict) and (field in given or "type" in given) else given
    match field:
        case "selected_option":
            value = None if value is None else _option(element, value)
        case "selected_options":
            value = [_option(element, one) for one in value or []]
        case "files" | "selected_users" | "selected_conversations" | "selected_channels":
            value = list(value or [])
        case _:
            value = None if value == "" else value
    state = {"type": element["type"], field: value}
    return {**state, "timezone": element["timezone"]} if "timezone" in element else state


def refusal(block: Json, element: Json, state: Json) -> str | None:
    """What Slack's client says about a value before it submits a form, or nothing."""
    field = FIELDS[element["type"]][0]
    value = state[field]
    if value in (None, "", []):
        return None if block.get("optional") else "Please complete this required field."
    if isinstance(value, str) and element["type"] in PATTERNS and not PATTERNS[element["type"]].fullmatch(value):
        return "Please enter a valid value."
    if element["type"] == "number_input":
        return _number_refusal(element, value)
    if element["type"] == "plain_text_input":
        least, most = element.get("min_length", 0), element.get("max_length", 3000)
        if not least <= len(value) <= most:
            return f"Please enter between {least} and {most} characters."
    if isinstance(value, list):
        most = element.get("max_selected_items", element.get("max_files", len(value)))
        return f"Please choose no more than {most}." if len(value) > most else None
    return None


def _number_refusal(element: Json, value: str) -> str | None:
    if "." in value and not element["is_decimal_allowed"]:
        return "Please enter a whole number."
    if "min_value" in element and float(value) < float(element["min_value"]):
        return f"Please enter a number of at least {element['min_value']}."
    if "max_value" in element and float(value) > float(element["max_value"]):
        return f"Please enter a number of at most {element['max_value']}."
    return None


def _at_first(element: Json) -> Any:
    return element.get(FIELDS[element["type"]][1])


def _option(element: Json, given: Any) -> Json:
    """The option meant by an option or its value; menus with fixed options hold no others."""
    if "external" in element["type"]:
        return given
    wanted = given["value"] if isinstance(given, dict) else given
    groups = element.get("option_groups") or [{"options": element.get("options", [])}]
    for group in groups:
        for option in group["options"]:
            if option["value"] == wanted:
                return option
    raise Impossible(f"{wanted} is not among the options.")
