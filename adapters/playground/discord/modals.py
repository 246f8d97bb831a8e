"""Forms (modals): what Discord refuses to open (D components/using-modal-components.mdx, components/reference.mdx)."""

from adapters.playground.discord import selects
from adapters.playground.discord.parts import Part
from adapters.playground.discord.refused import Json

ROW, TEXT_INPUT, TEXT, LABEL, FILE_UPLOAD, RADIO, CHECKBOXES, CHECKBOX = 1, 4, 10, 18, 19, 21, 22, 23
SELECTS = (3, 5, 6, 7, 8)
IN_A_LABEL = (TEXT_INPUT, *SELECTS, FILE_UPLOAD, RADIO, CHECKBOXES, CHECKBOX)
ON_TOP = (ROW, TEXT, LABEL)


def checked(body: Part) -> Json:
    """A modal with defaults filled in, as the person's client gets it; what is wrong is noted in `body`."""
    form = _Form()
    drawn: Json = {
        "custom_id": body.text("custom_id", least=1, most=100, required=True),
        "title": body.text("title", least=1, most=45, required=True),
    }
    items = [form.item(part) for part in body.each("components", least=1, most=5, required=True)]
    drawn["components"] = [one for one in items if one is not None]
    return drawn


class _Form:
    """One form while it is read: numbers its components and knows which custom ids are taken."""

    def __init__(self) -> None:
        self._numbered = 0
        self._custom_ids: set[str] = set()

    def item(self, part: Part) -> Json | None:
        if not part.is_object() or not _permitted(part, ON_TOP):
            return None
        drawn = self._begin(part)
        match part.value["type"]:
            case 18:
                return drawn | self._label(part)
            case 10:
                return drawn | {"content": part.text("content", least=1, most=4000, required=True)}
            case _:
                return drawn | self._row(part)

    def _begin(self, part: Part) -> Json:
        self._numbered += 1
        return {"type": part.value["type"], "id": part.whole("id", least=0, most=2**31 - 1) or self._numbered}

    def _label(self, part: Part) -> Json:
        drawn: Json = {"label": part.text("label", least=1, most=45, required=True)}
        if part.has("description"):
            drawn["description"] = part.text("description", least=1, most=100)
        if part.required("component"):
            inner = part.part("component")
            if inner.is_object() and _permitted(inner, IN_A_LABEL):
                if inner.has("label"):
                    words = "A text input in a Label cannot have a label of its own"
                    inner.part("label").bad("MODAL_LABEL_NOT_PERMITTED", words)
                drawn["component"] = self._field(inner)
        return drawn

    def _row(self, part: Part) -> Json:
        """An action row with a text input: "not recommended", still taken (D components/reference.mdx, "Label")."""
        found: list[Json] = []
        for one in part.each("components", least=1, most=1, required=True):
            if one.is_object() and _permitted(one, (TEXT_INPUT,)):
                found.append(self._field(one) | {"label": one.text("label", least=1, most=45, required=True)})
        return {"components": found}

    def _field(self, part: Part) -> Json:
        drawn = self._begin(part)
        drawn["custom_id"] = part.text("custom_id", least=1, most=100, required=True)
        if drawn["custom_id"] in self._custom_ids:
            part.part("custom_id").bad("COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")
        self._custom_ids.add(drawn["custom_id"] or "")
        kind = part.value["type"]
        if kind == CHECKBOX:
            if part.has("required"):
                part.part("required").bad("CHECKBOX_REQUIRED_NOT_PERMITTED", "A checkbox cannot be required")
            return drawn | {"default": part.flag("default")}
        drawn["required"] = part.flag("required", default=True)
        if kind == TEXT_INPUT:
            return drawn | _text_input(part)
        if kind in SELECTS:
            if part.flag("disabled"):
                part.part("disabled").bad("COMPONENT_DISABLED_NOT_PERMITTED", "A menu in a modal cannot be disabled")
            return _with_least(part, drawn | selects.checked(part))
        if kind == FILE_UPLOAD:
            return _with_least(part, drawn | _counted(part, 10, default=1) | _file_types(part))
        if kind == RADIO:
            return drawn | {"options": _choices(part, least=2, most_chosen=1)}
        return _checkboxes(part, drawn)


def _text_input(part: Part) -> Json:
    drawn: Json = {"style": part.one_of("style", (1, 2))}
    least = part.whole("min_length", least=0, most=4000)
    most = part.whole("max_length", least=1, most=4000)
    drawn |= {"min_length": least or 0, "max_length": most or 4000}
    if drawn["min_length"] > drawn["max_length"]:
        part.part("min_length").bad(
            "NUMBER_TYPE_MAX", f"int value should be less than or equal to {drawn['max_length']}."
        )
    if part.has("value"):
        drawn["value"] = part.text("value", most=drawn["max_length"])
    if part.has("placeholder"):
        drawn["placeholder"] = part.text("placeholder", most=100)
    return drawn


def _counted(part: Part, limit: int, default: int) -> Json:
    least = part.whole("min_values", least=0, most=limit)
    most = part.whole("max_values", least=1, most=limit)
    drawn: Json = {"min_values": 1 if least is None else least, "max_values": default if most is None else most}
    if drawn["min_values"] > drawn["max_values"]:
        part.part("min_values").bad(
            "NUMBER_TYPE_MAX", f"int value should be less than or equal to {drawn['max_values']}."
        )
    return drawn


def _with_least(part: Part, drawn: Json) -> Json:
    """`min_values` 0 needs `required: false` (D components/reference.mdx, notes under each structure)."""
    if part.has("min_values") and drawn["min_values"] == 0 and drawn["required"]:
        part.part("min_values").bad("COMPONENT_REQUIRED_MIN_VALUES", "min_values must be at least 1 when required")
    return drawn


def _file_types(part: Part) -> Json:
    if not part.has("file_types"):
        return {}
    return {"file_types": [one.value for one in part.each("file_types", most=10)]}


def _choices(part: Part, *, least: int, most_chosen: int) -> list[Json]:
    found = selects.options(part, least=least, most=10)
    if sum(1 for one in found if one.get("default")) > most_chosen:
        part.part("options").bad(
            "SELECT_COMPONENT_TOO_MANY_DEFAULTS", f"At most {most_chosen} may be selected by default"
        )
    return found


def _checkboxes(part: Part, drawn: Json) -> Json:
    count = len(part.value["options"]) if isinstance(part.value.get("options"), list) else 1
    drawn |= _counted(part, 10, default=max(1, min(count, 10)))
    drawn["options"] = _choices(part, least=1, most_chosen=drawn["max_values"])
    if drawn["max_values"] > max(count, 1):
        part.part("max_values").bad("NUMBER_TYPE_MAX", f"int value should be less than or equal to {count}.")
    return _with_least(part, drawn)


def _permitted(part: Part, kinds: tuple[int, ...]) -> bool:
    if part.value.get("type") in kinds and not isinstance(part.value.get("type"), bool):
        return True
    words = f'Value of field "type" must be one of ({", ".join(map(str, kinds))},).'
    part.part("type").bad("UNION_TYPE_CHOICES", words)
    return False
