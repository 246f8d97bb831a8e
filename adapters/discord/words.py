"""Words of people as Discord shows them literally: they mark, mention, forge and reorder nothing.

A backslash before a mark is invisible on Discord and makes the mark literal, so all text stays readable. What could
mention somebody is made harmless a second time by the allowed mentions that go with every message.
"""

import re
from collections.abc import Callable
from unicodedata import bidirectional

_UNSEEN = re.compile(
    # Controls and halves of characters, which nobody typed on purpose; and what reorders the text after it: embeddings,
    # overrides, isolates.
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d+)?(?:[/?#][!#-;=?-\[\]^_a-{}~]*)?(?<![.,;:!?'\)\]])")
_MARK = re.compile(
    r"[\\*_~`|<>\[\]@]"  # emphasis, spoilers, code, quotes, masked links, mentions, timestamps, custom emoji
    r"|:(?=[A-Za-z0-9_+~-]+:)"  # emoji by name
    r"|:(?=//)"  # addresses other than of the web
)
_OPENING = re.compile(r"^([^\S\n]*\d*)([#+-]|(?<=\d)[.)])", re.MULTILINE)
_LEFTWARDS = {"R", "AL"}
_LOOKS = str.maketrans(
    {mark: chr(ord(mark) + 0xFEE0) for mark in "\\*_~`|<>[]@:#+-.)"}  # the full-width forms of ASCII
)


def literal(text: str) -> str:
    """The text as markdown that shows exactly it. Web addresses can be followed, and show where they lead."""
    return _isolated(_shown(text, lambda found: f"\\{found[0]}"))


def lookalike(text: str) -> str:
    """The same in as few characters as the text itself has: for long texts, where backslashes would not fit."""
    marked = _shown(text, lambda found: found[0].translate(_LOOKS))
    return _isolated(_OPENING.sub(lambda found: f"{found[1]}{found[2].translate(_LOOKS)}", marked))


def opened(markdown: str) -> str:
    """A paragraph none of whose lines begins a heading, small print or a list."""
    return _OPENING.sub(r"\1\\\2", markdown)


def plain(text: str) -> str:
    """The text without what cannot be seen: all that labels need, which know no markdown."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))


def unmarked(markdown: str) -> str:
    """The words of a line of ours without its markdown."""
    words = re.sub(r"\\(.)|^#+ |\*\*|<t:[^>]*>|[<>]", lambda found: found[1] or "", plain(markdown))
    return " ".join(words.split())


def _isolated(text: str) -> str:
    """Keep lines in a script that runs from right to left from pulling our own words around into their direction."""
    if not _LEFTWARDS & {bidirectional(character) for character in text}:
        return text
    return "\n".join(f"\u2068{line}\u2069" if line else line for line in text.split("\n"))


def _shown(text: str, harmless: Callable[[re.Match[str]], str]) -> str:
    shown: list[str] = []
    text = plain(text)
    end = 0
    for address in _ADDRESS.finditer(text):
        shown += [_MARK.sub(harmless, text[end : address.start()]), f"<{address[0]}>"]
        end = address.end()
    return "".join([*shown, _MARK.sub(harmless, text[end:])])
