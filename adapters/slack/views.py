"""Views: forms as modals, and messages shown where a form was."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, assert_never
from zlib import crc32

from adapters.slack.limits import (
    HINT,
    INPUT,
    LABEL,
    OPTION_TEXT,
    OPTION_VALUE,
    PRIVATE_METADATA,
    SELECT_OPTIONS,
    VIEW_BLOCKS,
    VIEW_TITLE,
    fitting,
    short,
)
from adapters.slack.render import Render
from adapters.slack.texts import Json, clean, one_line, plain_text, rich_text
from bot.calls import Asked, Candidate, Form, Kind
from bot.messages import Message

FORM: Final = "form"
MESSAGE: Final = "message"
WAITING: Final = "waiting"

_PERSON: Final = re.compile(r"[UW][A-Z0-9]+")

FEW: Final = 5
"""So many candidates are seen at a glance as radio buttons; more are a menu."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What a view carries for us in its `private_metadata`, and gives back with every press and submission in it."""

    command: str = ""
    fixed: Mapping[str, str] = field(default_factory=dict[str, str])
    kept: int | None = None
    place: str | None = None

    def packed(self) -> str:
        packed = json.dumps(
            {"command": self.command, "fixed": self.fixed, "kept": self.kept, "place": self.place},
            ensure_ascii=False,
            separators=(",", ":"),
        )
        fitting("What a form carries", packed, PRIVATE_METADATA)
        return packed

    @staticmethod
    def unpacked(text: str) -> "Carried":
        """What a view of ours carries; one of an older release may carry nothing."""
        return Carried(**json.loads(text)) if text else Carried()


def form(form: Form, place: str | None) -> Json:
    """The modal that asks a form's questions; raises ValueError for a form that Slack would refuse."""
    names = {asked.name for asked in form.asks}
    blocks = _whole_title(form.title)
    blocks.extend(_problem(text) for name, text in form.errors.items() if name not in names)
    for asked in form.asks:
        blocks.append(_input(asked, form.typed.get(asked.name, ""), asked.name in form.renewed))
        if asked.name in form.errors:
            blocks.append(_problem(form.errors[asked.name]))
    carried = Carried(form.command, form.fixed, form.kept, place)
    return {**_modal(FORM, form.title, blocks, "Cancel", carried), "submit": _short(form.submit)}


def message(title: str, message: Message, place: str | None, render: Render) -> Json:
    """A modal that shows a message and whose buttons work like those of the message."""
    return _modal(MESSAGE, title, render.blocks(message), "Close", Carried(place=place))


def waiting(title: str, words: str, place: str | None) -> Json:
    """A modal to look at until there is an answer."""
    return _modal(WAITING, title, [rich_text([{"type": "text", "text": words}])], "Close", Carried(place=place))


def option(candidate: Candidate) -> Json:
    """One thing to pick."""
    fitting("A candidate's value", candidate.value, OPTION_VALUE)
    label = short(one_line(candidate.label) or candidate.value, OPTION_TEXT)
    return {"text": plain_text(label), "value": candidate.value}


def inputs(view: Mapping[str, Any]) -> set[str]:
    """The names of the questions that a view asks."""
    return {block["block_id"] for block in view["blocks"] if block["type"] == "input"}


def title(view: Mapping[str, Any]) -> str:
    """A view's title, in which Slack has escaped what it escapes everywhere."""
    text: str = view["title"]["text"]
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _modal(kind: str, title: str, blocks: list[Json], close: str, carried: Carried) -> Json:
    fitting("A view's list of blocks", blocks, VIEW_BLOCKS)
    return {
        "type": "modal",
        "callback_id": kind,
        "title": _short(title),
        "close": _short(close),
        "private_metadata": carried.packed(),
        "blocks": blocks,
    }


def _short(text: str) -> Json:
    return plain_text(short(one_line(text), VIEW_TITLE))


def _whole_title(title: str) -> list[Json]:
    """A title that is longer than a modal's title is told in full below it."""
    fits = len(one_line(title)) <= VIEW_TITLE
    return [] if fits else [rich_text([{"type": "text", "text": one_line(title), "style": {"bold": True}}])]


def _problem(text: str) -> Json:
    return rich_text([{"type": "text", "text": f"⚠ {clean(text)}", "style": {"bold": True}}])


def _input(asked: Asked, typed: str, renewed: bool) -> Json:
    fitting("A question", asked.question, LABEL)
    # An input that keeps its ids keeps what was typed into it, whatever we say of its value.
    id_ = f"{asked.name} {crc32(typed.encode())}" if renewed else asked.name
    block: Json = {
        "type": "input",
        "block_id": asked.name,
        "label": plain_text(asked.question),
        "element": {**_element(asked, typed), "action_id": id_},
        "optional": not asked.required,
    }
    return {**block, "hint": plain_text(short(asked.hint, HINT))} if asked.hint else block


def _element(asked: Asked, typed: str) -> Json:
    match asked.kind:
        case Kind.LINE:
            return _text(asked, typed)
        case Kind.LINES:
            return {**_text(asked, typed), "multiline": True}
        case Kind.NUMBER:
            return _number(asked, typed)
        case Kind.PICK:
            return _candidate(asked, typed)
        case Kind.PERSON:
            return {"type": "users_select", **({"initial_user": typed} if _PERSON.fullmatch(typed) else {})}
        case _:
            assert_never(asked.kind)


def _text(asked: Asked, typed: str) -> Json:
    most = min(asked.most, INPUT)
    # What was typed somewhere else may be longer than is asked for: then it is shown, with the problem beside it.
    words = clean(typed)[:INPUT]
    first = {"initial_value": words} if words else {}
    return {"type": "plain_text_input", "max_length": max(most, len(words)), **first}


def _number(asked: Asked, typed: str) -> Json:
    """A number; what was typed and is none stays in sight, in an input that can hold it."""
    if typed and not re.fullmatch("[0-9]+", typed):
        return _text(asked, typed)
    return {"type": "number_input", "is_decimal_allowed": False, **({"initial_value": typed} if typed else {})}


def _candidate(asked: Asked, typed: str) -> Json:
    """Radio buttons for a few candidates, a menu for up to a hundred, and a menu that asks us while people type beyond.

    Radio buttons cannot be let go of again, so they are for required answers only.
    """
    if not asked.candidates:
        return _text(asked, typed)
    chosen = next((option(candidate) for candidate in asked.candidates if candidate.value == typed), None)
    first = {"initial_option": chosen} if chosen else {}
    if len(asked.candidates) > SELECT_OPTIONS:
        return {"type": "external_select", "min_query_length": 0, **first}
    few = asked.required and len(asked.candidates) <= FEW
    options = [option(candidate) for candidate in asked.candidates]
    return {"type": "radio_buttons" if few else "static_select", "options": options, **first}


def options(offered: Sequence[Candidate]) -> Json:
    """The answer to what somebody typed into a menu that asks us."""
    return {"options": [option(candidate) for candidate in offered[:SELECT_OPTIONS]]}
