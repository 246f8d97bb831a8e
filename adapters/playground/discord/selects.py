"""Select menus, in messages and in forms (D components/reference.mdx, "String Select" to "Channel Select")."""

from adapters.playground.discord.parts import Part
from adapters.playground.discord.refused import Json

STRING, USER, ROLE, MENTIONABLE, CHANNEL = 3, 5, 6, 7, 8
ALL = (STRING, USER, ROLE, MENTIONABLE, CHANNEL)
DEFAULTS = {USER: ("user",), ROLE: ("role",), MENTIONABLE: ("user", "role"), CHANNEL: ("channel",)}


def checked(part: Part) -> Json:
    """What all menus have, and what this kind adds."""
    least = part.whole("min_values", least=0, most=25)
    most = part.whole("max_values", least=1, most=25)
    drawn: Json = {"min_values": 1 if least is None else least, "max_values": 1 if most is None else most}
    if drawn["min_values"] > drawn["max_values"]:
        part.part("min_values").bad(
            "NUMBER_TYPE_MAX", f"int value should be less than or equal to {drawn['max_values']}."
        )
    placeholder = part.text("placeholder", most=150)
    if placeholder:
        drawn["placeholder"] = placeholder
    if part.value["type"] == STRING:
        return drawn | _strings(part, drawn)
    return drawn | _defaults(part, drawn) | _channel_types(part)


def options(part: Part, *, least: int, most: int, described: bool = True) -> list[Json]:
    """The options of a menu, radio group or checkbox group: 1 to 100 characters each, no value twice."""
    found: list[Json] = []
    for one in part.each("options", least=least, most=most, required=True):
        if not one.is_object():
            continue
        value = one.text("value", least=1, most=100, required=True)
        option: Json = {"label": one.text("label", least=1, most=100, required=True) or "", "value": value or ""}
        if one.has("description"):
            option["description"] = one.text("description", most=100) or ""
        if one.has("emoji"):
            option["emoji"] = emoji(one.part("emoji"))
        if one.flag("default"):
            option["default"] = True
        if value is not None and value in [other["value"] for other in found]:
            one.part("value").bad(
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The specified option value is already used"
            )
        found.append(option)
    return found


def emoji(part: Part) -> Json:
    """A partial emoji: a unicode character by name, or a custom one by id."""
    if not part.is_object():
        return {}
    found: Json = {}
    if part.has("id"):
        found["id"] = part.snowflake("id")
    name = part.text("name", most=32, required=not part.has("id"))
    if name and not part.has("id") and name.isascii() and not name.isdigit() and name not in "#*":
        part.part("name").bad("BUTTON_COMPONENT_INVALID_EMOJI", "Invalid emoji")
    found["name"] = name or ""
    if part.flag("animated"):
        found["animated"] = True
    return found


def _strings(part: Part, drawn: Json) -> Json:
    found = options(part, least=1, most=25)
    chosen = sum(1 for one in found if one.get("default"))
    if chosen > drawn["max_values"]:
        words = f"More options are selected by default than max_values ({drawn['max_values']})"
        part.part("options").bad("SELECT_COMPONENT_TOO_MANY_DEFAULTS", words)
    if found and drawn["min_values"] > len(found):
        part.part("min_values").bad("NUMBER_TYPE_MAX", f"int value should be less than or equal to {len(found)}.")
    return {"options": found}


def _defaults(part: Part, drawn: Json) -> Json:
    if not part.has("default_values"):
        return {}
    found: list[Json] = []
    for one in part.each("default_values", most=25):
        if one.is_object():
            kind = one.one_of("type", DEFAULTS[part.value["type"]])
            found.append({"id": one.snowflake("id", required=True), "type": kind})
    if found and not drawn["min_values"] <= len(found) <= drawn["max_values"]:
        words = f"Must be between {drawn['min_values']} and {drawn['max_values']} in length."
        part.part("default_values").bad("BASE_TYPE_BAD_LENGTH", words)
    return {"default_values": found}


def _channel_types(part: Part) -> Json:
    if part.value["type"] != CHANNEL or not part.has("channel_types"):
        return {}
    kinds = [one.value for one in part.each("channel_types", most=25)]
    return {"channel_types": kinds}
