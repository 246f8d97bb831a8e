"""Components of messages: what Discord refuses, and how it writes back what it takes (D components/reference.mdx)."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from adapters.playground.discord import media, selects
from adapters.playground.discord.parts import Part
from adapters.playground.discord.refused import Json

Attachments: TypeAlias = Mapping[str, Json]
"""The files of a message by name, for `attachment://` references."""

ROW, BUTTON = 1, 2
SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER = 9, 10, 11, 12, 13, 14, 17
IN_A_ROW = (BUTTON, *selects.ALL)
IN_A_CONTAINER = (ROW, SECTION, TEXT, GALLERY, FILE, SEPARATOR)
ON_TOP = (*IN_A_CONTAINER, CONTAINER)

MOST_ROWS = 5
MOST_COMPONENTS = 40
MOST_TEXT = 4000
MOST_BUTTONS = 5


def checked(body: Part, *, version_2: bool, attachments: Attachments, mint: Callable[[], str]) -> list[Json]:
    """A message's components as Discord would give them back; what is wrong with them is noted in `body`."""
    layout = Layout(attachments, mint)
    if version_2:
        found = [layout.one(part, ON_TOP) for part in body.each("components", least=1, most=MOST_COMPONENTS)]
    else:
        found = [layout.one(part, (ROW,)) for part in body.each("components", most=MOST_ROWS)]
    layout.close(body.part("components"))
    return [one for one in found if one is not None]


class Layout:
    """One message's components while they are read: how many, how much text, and which custom ids are taken."""

    def __init__(self, attachments: Attachments, mint: Callable[[], str]) -> None:
        self.attachments = attachments
        self.mint = mint
        self._count = 0
        self._text = 0
        self._custom_ids: set[str] = set()
        self._ids: set[int] = set()
        self._drawn: list[Json] = []
        self._kinds: dict[int, Callable[[Part], Json]] = {
            ROW: self._row,
            BUTTON: self._button,
            SECTION: self._section,
            TEXT: self._written,
            THUMBNAIL: self._thumbnail,
            GALLERY: self._gallery,
            FILE: self._file,
            SEPARATOR: _separator,
            CONTAINER: self._container,
            **dict.fromkeys(selects.ALL, self._select),
        }

    def one(self, part: Part, permitted: tuple[int, ...]) -> Json | None:
        """A component of one of the permitted kinds, written back with its defaults."""
        if not part.is_object():
            return None
        kind = part.value.get("type")
        if kind not in permitted or isinstance(kind, bool):
            words = f'Value of field "type" must be one of ({", ".join(map(str, permitted))},).'
            part.part("type").bad("UNION_TYPE_CHOICES", words)
            return None
        self._count += 1
        number = part.whole("id", least=0, most=2**31 - 1)
        drawn: Json = {"type": kind, "id": number or 0}
        if number:
            if number in self._ids:
                part.part("id").bad("COMPONENT_ID_DUPLICATED", "Component id cannot be duplicated")
            self._ids.add(number)
        self._drawn.append(drawn)
        drawn |= self._kinds[kind](part)
        return drawn

    def close(self, part: Part) -> None:
        """Check what holds for all together, and number the components that came without a number.

        D components/reference.mdx: "The id field is optional… if omitted, generated sequentially"; at most 40
        components and 4000 characters of text in all (facts: D components/overview.mdx; the codes U).
        """
        if self._count > MOST_COMPONENTS:
            words = f"The total number of components cannot exceed {MOST_COMPONENTS}"
            part.bad("COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", words)
        if self._text > MOST_TEXT:
            words = f"Total displayable text size exceeds maximum of {MOST_TEXT}"
            part.bad("COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", words)
        number = 0
        for drawn in self._drawn:
            if drawn["id"] == 0:
                number += 1
                while number in self._ids:
                    number += 1
                drawn["id"] = number

    def custom_id(self, part: Part) -> str | None:
        """1 to 100 characters, used once in a message."""
        found = part.text("custom_id", least=1, most=100, required=True)
        if found is not None and found in self._custom_ids:
            part.part("custom_id").bad("COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")
        elif found is not None:
            self._custom_ids.add(found)
        return found

    def _row(self, part: Part) -> Json:
        found = [self.one(one, IN_A_ROW) for one in part.each("components", least=1, most=MOST_BUTTONS, required=True)]
        kinds = [one["type"] for one in found if one is not None]
        if len(kinds) > 1 and any(kind != BUTTON for kind in kinds):
            words = "The specified component exceeds the maximum width"
            part.part("components").bad("COMPONENT_LAYOUT_WIDTH_EXCEEDED", words)
        return {"components": [one for one in found if one is not None]}

    def _button(self, part: Part) -> Json:
        style = part.one_of("style", (1, 2, 3, 4, 5, 6))
        drawn: Json = {"style": style or 2}
        label = part.text("label", most=80)
        if label:
            drawn["label"] = label
        if part.has("emoji"):
            drawn["emoji"] = selects.emoji(part.part("emoji"))
        elif not part.has("label") and style != 6:
            part.bad("BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", "A button needs a label or an emoji")
        if style == 5:
            drawn |= _only(part, "url", part.text("url", least=1, most=512, required=True), "custom_id", "sku_id")
        elif style == 6:
            drawn |= _only(
                part, "sku_id", part.snowflake("sku_id", required=True), "custom_id", "url", "label", "emoji"
            )
        else:
            drawn |= _only(part, "custom_id", self.custom_id(part), "url", "sku_id")
        if part.flag("disabled"):
            drawn["disabled"] = True
        return drawn

    def _select(self, part: Part) -> Json:
        drawn: Json = {"custom_id": self.custom_id(part)}
        if part.flag("disabled"):
            drawn["disabled"] = True
        return drawn | selects.checked(part)

    def _section(self, part: Part) -> Json:
        texts = [self.one(one, (TEXT,)) for one in part.each("components", least=1, most=3, required=True)]
        drawn: Json = {"components": [one for one in texts if one is not None]}
        if part.required("accessory"):
            accessory = self.one(part.part("accessory"), (BUTTON, THUMBNAIL))
            if accessory is not None:
                drawn["accessory"] = accessory
        return drawn

    def _written(self, part: Part) -> Json:
        content = part.text("content", least=1, most=MOST_TEXT, required=True) or ""
        self._text += len(content)
        return {"content": content}

    def _thumbnail(self, part: Part) -> Json:
        return media.described(part, "media", self.attachments, self.mint)

    def _gallery(self, part: Part) -> Json:
        items = part.each("items", least=1, most=10, required=True)
        return {
            "items": [media.described(one, "media", self.attachments, self.mint) for one in items if one.is_object()]
        }

    def _file(self, part: Part) -> Json:
        drawn: Json = {"spoiler": part.flag("spoiler"), "name": None, "size": None}
        item = media.item(part, "file", self.attachments, self.mint, only_attachments=True)
        if item is not None:
            drawn["file"] = item
            attachment = self.attachments.get(part.value["file"]["url"].removeprefix("attachment://"))
            if attachment is not None:
                drawn |= {"name": attachment["filename"], "size": attachment["size"]}
        return drawn

    def _container(self, part: Part) -> Json:
        inside = part.each("components", least=1, most=MOST_COMPONENTS, required=True)
        found = [self.one(one, IN_A_CONTAINER) for one in inside]
        return {
            "components": [one for one in found if one is not None],
            "accent_color": part.whole("accent_color", least=0, most=0xFFFFFF),
            "spoiler": part.flag("spoiler"),
        }


def _separator(part: Part) -> Json:
    spacing = part.one_of("spacing", (1, 2), required=False)
    return {"divider": part.flag("divider", default=True), "spacing": spacing or 1}


def _only(part: Part, name: str, value: Any, *others: str) -> Json:
    """The one field that a button of this style acts by; the others' fields are refused beside it."""
    for other in others:
        if part.has(other):
            words = f"A button of this style cannot have a {other}"
            part.part(other).bad("BUTTON_COMPONENT_FIELD_NOT_PERMITTED", words)
    return {name: value}
