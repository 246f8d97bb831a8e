"""Rendering: messages in Slack's blocks."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Final, assert_never

from adapters.slack.limits import (
    BUTTON_TEXT,
    BUTTON_VALUE,
    BUTTONS,
    HEADER,
    ID,
    MESSAGE_BLOCKS,
    OPTION_TEXT,
    OPTION_VALUE,
    PLACEHOLDER,
    PLAIN_TEXT,
    SELECT_OPTIONS,
    TEXT,
    fitting,
    short,
)
from adapters.slack.texts import Json, Texts, escaped, one_line, plain_text, rich_text
from bot.domain.people import Person, Platform
from bot.messages import (
    Attachment,
    Button,
    Buttons,
    Divider,
    Facts,
    Heading,
    Menu,
    Message,
    Note,
    Option,
    Paragraph,
    Part,
    Picture,
    Plain,
    Text,
    Tone,
    say,
)

SLACK: Final = Platform("slack")

_STYLES: Final = {Tone.PLAIN: None, Tone.GOOD: "primary", Tone.BAD: "danger"}


@dataclass(frozen=True, slots=True)
class Render:
    """Draws messages. `prefix` is what stands before this workspace's commands.

    `held` are the ids of the pictures that Slack has been given, by name; one that it has not is left out.
    """

    prefix: str = ""
    held: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def texts(self) -> Texts:
        return Texts(self.prefix)

    def message(self, message: Message) -> Json:
        """The `text` and `blocks` of a message; raises ValueError for one that Slack would refuse."""
        blocks = self.blocks(message)
        fitting("A message's list of blocks", blocks, MESSAGE_BLOCKS)
        return {"text": self.gist(message), "blocks": blocks}

    def gist(self, message: Message) -> str:
        """What notifications and screen readers say; it mentions nobody."""
        gist = escaped(one_line(self.texts.words(message.gist)))
        fitting("A message's gist", gist, TEXT)
        return gist

    def blocks(self, message: Message) -> list[Json]:
        """The parts of a message, below a line that mentions whom it is for."""
        numbers = count()
        blocks = [_mentions(message.calls)] if message.calls else []
        for part in message.parts:
            blocks.extend(self._part(part, numbers))
        if message.files:
            names = " and ".join(file.name for file in message.files)
            blocks.extend(self._note(say("{names}: sent to you directly.", names=names)))
        return blocks

    def _part(self, part: Part, numbers: "count[int]") -> Sequence[Json]:
        match part:
            case Heading(text):
                return self._heading(text)
            case Paragraph(text):
                return self._paragraph(text)
            case Note(text):
                return self._note(text)
            case Facts(rows):
                return self._facts(rows)
            case Buttons(buttons):
                return self._buttons(buttons, numbers)
            case Menu():
                return self._menu(part, numbers)
            case Divider():
                return [{"type": "divider"}]
            case Picture(file):
                return self._picture(file)
            case _:
                assert_never(part)

    def _picture(self, file: Attachment) -> Sequence[Json]:
        key = self.held.get(file.name)
        return [{"type": "image", "slack_file": {"id": key}, "alt_text": file.alt}] if key else []

    def _heading(self, text: Text) -> Sequence[Json]:
        """A header, which is plain and short; what it cannot hold is a bold paragraph instead of being cut."""
        words = one_line(self.texts.words(text))
        if 0 < len(words) <= HEADER and all(isinstance(run, Plain) for run in text.runs):
            return [{"type": "header", "text": plain_text(words)}]
        return self._paragraph(text, bold=True)

    def _paragraph(self, text: Text, bold: bool = False) -> Sequence[Json]:
        elements = self.texts.elements(text, bold)
        return [rich_text(elements)] if elements else []

    def _note(self, text: Text) -> Sequence[Json]:
        """Small print, which is plain; where there are dates or links in it, they are worth more than smallness."""
        words = self.texts.words(text).strip()
        if not words:
            return []
        if len(words) <= PLAIN_TEXT and all(isinstance(run, Plain) for run in text.runs):
            return [{"type": "context", "elements": [plain_text(words)]}]
        return self._paragraph(text)

    def _facts(self, rows: Sequence[tuple[str, Text]]) -> Sequence[Json]:
        elements: list[Json] = []
        for number, (label, text) in enumerate(rows):
            elements.append({"type": "text", "text": ("\n" if number else "") + f"{label}: ", "style": {"bold": True}})
            elements.extend(self.texts.elements(text))
        return [rich_text(elements)] if elements else []

    def _buttons(self, buttons: Sequence[Button], numbers: "count[int]") -> Sequence[Json]:
        fitting("A row of buttons", buttons, BUTTONS)
        return [{"type": "actions", "elements": [_button(button, next(numbers)) for button in buttons]}]

    def _menu(self, menu: Menu, numbers: "count[int]") -> Sequence[Json]:
        """Menus, as many as it takes, which say which part of the whole they hold."""
        pages = [menu.options[start : start + SELECT_OPTIONS] for start in range(0, len(menu.options), SELECT_OPTIONS)]
        prompts = [menu.prompt]
        if len(pages) > 1:
            prompts = [
                f"{menu.prompt} ({SELECT_OPTIONS * n + 1}–{SELECT_OPTIONS * n + len(page)})"
                for n, page in enumerate(pages)
            ]
        shown = [_select(prompt, page, next(numbers)) for prompt, page in zip(prompts, pages, strict=True)]
        if menu.several:
            # Slack has no such menu in a row of buttons, only beside a text.
            several = [_several(select) for select in shown]
            return [
                {"type": "section", "text": plain_text(prompt), "accessory": select}
                for prompt, select in zip(prompts, several, strict=True)
            ]
        return [{"type": "actions", "elements": [select]} for select in shown]


def _select(prompt: str, options: Sequence[Option], number: int) -> Json:
    """A menu whose options' values are their codes."""
    for option in options:
        fitting("An option's code", option.code, OPTION_VALUE)
    return {
        "type": "static_select",
        "placeholder": plain_text(short(prompt, PLACEHOLDER)),
        "action_id": f"{number} menu",
        "options": [
            {"text": plain_text(short(one_line(option.label), OPTION_TEXT) or "…"), "value": option.code}
            for option in options
        ],
    }


def _several(select: Json) -> Json:
    """The same menu for several options at once.

    Slack keeps what is picked in a menu of the same id, though its options are others by now.
    """
    held = zlib.crc32(" ".join(option["value"] for option in select["options"]).encode())
    shown = {"placeholder": plain_text("Pick one or more"), "action_id": f"{select['action_id']} {held:x}"}
    return {**select, "type": "multi_static_select", **shown}


def _button(button: Button, number: int) -> Json:
    """A button; its code is its value, and part of its id, which must be unique in the message."""
    fitting("A button's code", button.code, BUTTON_VALUE)
    drawn: Json = {
        "type": "button",
        "text": plain_text(short(one_line(button.label), BUTTON_TEXT) or "…"),
        "action_id": f"{number} {button.code}"[:ID],
        "value": button.code,
    }
    style = _STYLES[button.tone]
    return {**drawn, "style": style} if style else drawn


def _mentions(people: Sequence[Person]) -> Json:
    elements: list[Json] = []
    for number, person in enumerate(people):
        if person.platform != SLACK:
            raise ValueError(f"{person} cannot be mentioned on Slack.")
        elements.extend([{"type": "text", "text": " "}] if number else [])
        elements.append({"type": "user", "user_id": person.key})
    return rich_text(elements)
