"""Texts in Slack's forms: rich text for people, plain text where there is nothing else, escaped text for notifications.

Never mrkdwn: it cannot escape `*`, `_` and `~`, so that somebody's words could forge markup in it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, assert_never

from bot.messages import Link, Plain, Run, Slash, Text, When, WhenForm

Json: TypeAlias = dict[str, Any]

FORMATS: Final = {
    WhenForm.FULL: "{date_long}, {time}",
    WhenForm.SHORT: "{date_short}, {time}",
    WhenForm.TIME: "{time}",
    # `{ago}` is documented for the past only; this says “today” and “tomorrow”, and the date when it is further off.
    WhenForm.RELATIVE: "{date_long_pretty}, {time}",
}

_UNSEEN: Final = dict.fromkeys(
    (
        *(code for code in range(0x20) if chr(code) not in "\n\t"),
        0x7F,
        # Marks that override the direction of what follows, our own words included. The gentle ones (U+200E, U+200F),
        # which right-to-left languages need, stay.
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    )
)


_CODE: Final = re.compile(r"<(?P<sign>[@#!]?)(?P<code>[^<>|]+)(?:\|(?P<label>[^<>]*))?>")


def clean(text: str) -> str:
    """Somebody's words without characters that nobody sees and that reorder the words around them."""
    return text.translate(_UNSEEN)


def one_line(text: str) -> str:
    return " ".join(clean(text).split())


def escaped(text: str) -> str:
    """Text for `text` arguments, in which nothing is a mention, a link or a date (docs: Formatting message text)."""
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def read(mrkdwn: str) -> str:
    """The words of a message as its readers see them: Slack sends mentions and links as codes, and `&<>` escaped."""
    words = _CODE.sub(lambda found: _shown(found["sign"], found["code"], found["label"]), mrkdwn)
    return words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _shown(sign: str, code: str, label: str | None) -> str:
    """A code as it is seen; whom a mention is of, only Slack's own app can tell."""
    match sign:
        case "@":
            return f"@{label or 'somebody'}"
        case "#":
            return f"#{label or 'channel'}"
        case "!":
            return label or f"@{code.partition('^')[0]}"
        case _:
            return f"{label} ({code})" if label and label != code else code


def plain_text(text: str) -> Json:
    """Literal text; `emoji` is off, so that “:tada:” stays what somebody wrote."""
    return {"type": "plain_text", "text": text, "emoji": False}


@dataclass(frozen=True, slots=True)
class Texts:
    """Puts texts into Slack's forms. `prefix` is what stands before this workspace's commands."""

    prefix: str = ""

    def words(self, text: Text) -> str:
        """The words alone."""
        return clean("".join(map(self._words, text.runs)))

    def elements(self, text: Text, bold: bool = False) -> list[Json]:
        """The elements of a rich-text section."""
        return [element for run in text.runs for element in self._element(run, bold)]

    def _words(self, run: Run) -> str:
        match run:
            case Plain(text):
                return text
            case When(fallback=fallback):
                return fallback
            case Link(words):
                return words
            case Slash(command):
                return f"/{self.prefix}{command}"
            case _:
                assert_never(run)

    def _element(self, run: Run, bold: bool) -> Iterable[Json]:
        match run:
            case Plain(text, strong):
                if words := clean(text):
                    yield _styled({"type": "text", "text": words}, strong or bold)
            case When(at, fallback, form, strong):
                date = {"type": "date", "timestamp": int(at.timestamp()), "format": FORMATS[form]}
                yield _styled({**date, "fallback": clean(fallback)}, strong or bold)
            case Link(words, url):
                yield _styled({"type": "link", "url": url, "text": clean(words)}, bold)
            case Slash():
                yield {"type": "text", "text": self._words(run), "style": {"code": True}}
            case _:
                assert_never(run)


def rich_text(elements: list[Json]) -> Json:
    """A block of one section."""
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}


def _styled(element: Json, bold: bool) -> Json:
    return {**element, "style": {"bold": True}} if bold else element
