"""Forms in a person's hands: their client does not send what is missing or too long.

D components/using-modal-components.mdx; what a submission looks like: interactions/receiving-and-responding.mdx.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from adapters.playground.discord.menus import SELECTS, picked
from adapters.playground.discord.refused import Json
from adapters.playground.discord.resolved import Resolved
from adapters.playground.impossible import Impossible

ROW, TEXT_INPUT, TEXT, LABEL, FILE_UPLOAD, RADIO, CHECKBOXES, CHECKBOX = 1, 4, 10, 18, 19, 21, 22, 23


def submitted(modal: Json, values: Mapping[str, Any], resolved: Resolved) -> list[Json]:
    """The submission's components, in the form's own shape: Labels around fields, text displays with their number."""
    known = {field["custom_id"] for field in fields(modal)}
    for custom_id in values:
        if custom_id not in known:
            raise Impossible(f"The form has no field {custom_id}.")
    found: list[Json] = []
    for item in modal["components"]:
        shell: Json = {"type": item["type"], "id": item["id"]}
        if item["type"] == LABEL:
            shell["component"] = _field(item["component"], item["label"], values, resolved)
        elif item["type"] == ROW:
            inner = item["components"][0]
            shell["components"] = [_field(inner, inner["label"], values, resolved)]
        found.append(shell)
    return found


def fields(modal: Json) -> Iterator[Json]:
    """Every field of a form."""
    for item in modal["components"]:
        if item["type"] == LABEL:
            yield item["component"]
        elif item["type"] == ROW:
            yield from item["components"]


def _field(field: Json, label: str, values: Mapping[str, Any], resolved: Resolved) -> Json:
    """One field: what was entered, or what the form had in it already."""
    kind, custom_id = field["type"], field["custom_id"]
    shell: Json = {"type": kind, "id": field["id"], "custom_id": custom_id}
    entered = values.get(custom_id)
    if kind == TEXT_INPUT:
        return {**shell, "value": _text(field, label, field.get("value", "") if entered is None else entered)}
    if kind == CHECKBOX:
        ticked = field["default"] if entered is None else entered
        if not isinstance(ticked, bool):
            raise Impossible(f"{label}: is either ticked or not.")
        return {**shell, "value": ticked}
    chosen = _defaults(field) if entered is None else entered
    if kind == RADIO:
        return {**shell, "value": _radio(field, label, chosen)}
    chosen = [chosen] if isinstance(chosen, str | Mapping) else list(chosen)
    if field["required"] and not chosen:
        raise Impossible(f"{label}: this is required.")
    if kind in SELECTS:
        return {**shell, "values": picked(field, chosen, resolved, empty=not field["required"])}
    if not field["required"] and not chosen:
        return {**shell, "values": []}
    if not field["min_values"] <= len(chosen) <= field["max_values"]:
        raise Impossible(f"{label}: choose {field['min_values']} to {field['max_values']}.")
    if kind == FILE_UPLOAD:
        return {**shell, "values": [resolved.upload(one) for one in chosen]}
    return {**shell, "values": [_offered(field, label, one) for one in chosen]}


def _text(field: Json, label: str, entered: Any) -> str:
    if not isinstance(entered, str):
        raise Impossible(f"{label}: takes text.")
    if field["required"] and not entered.strip():
        raise Impossible(f"{label}: this is required.")
    if entered and len(entered) < field["min_length"]:
        raise Impossible(f"{label}: at least {field['min_length']} characters.")
    if len(entered) > field["max_length"]:
        raise Impossible(f"{label}: at most {field['max_length']} characters.")
    if field["style"] == 1 and "\n" in entered:
        raise Impossible(f"{label}: takes one line.")
    return entered


def _radio(field: Json, label: str, chosen: Any) -> str | None:
    value = (chosen[0] if chosen else None) if isinstance(chosen, list) else chosen
    if value is None:
        if field["required"]:
            raise Impossible(f"{label}: this is required.")
        return None
    return _offered(field, label, value)


def _offered(field: Json, label: str, value: Any) -> str:
    if value not in [one["value"] for one in field["options"]]:
        raise Impossible(f"{label}: {value} is not offered.")
    return str(value)


def _defaults(field: Json) -> list[Any]:
    """What a menu or group has chosen before anybody touches it."""
    if "options" in field:
        return [one["value"] for one in field["options"] if one.get("default")]
    return [one["id"] for one in field.get("default_values", ())]
