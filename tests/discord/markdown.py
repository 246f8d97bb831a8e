"""Discord's markdown, as its client reads it: enough of it to tell what a reader sees and what was marked.

The rules are those of Discord's client as others wrote them down (brussell98/discord-markdown, MIT), with the newer
ones of D reference.mdx, "Message Formatting": small print, masked links, timestamps, mentions of commands and pages.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Piece:
    """A stretch of text as it is seen, and all that marks it."""

    text: str
    marks: frozenset[str] = frozenset()


_OPENING = [
    ("heading", re.compile(r" *#{1,3}\s+([^\n]+)")),
    ("small", re.compile(r" *-#\s+([^\n]+)")),
    ("quote", re.compile(r" *>>> ([\s\S]*)")),
    ("quote", re.compile(r" *> ([^\n]*)")),
    ("list", re.compile(r" *(?:[*+-]|\d+\.) +([^\n]*)")),
]
_INLINE = [
    ("escape", re.compile(r"\\([^0-9A-Za-z\s])")),
    ("code", re.compile(r"```([\s\S]+?)```|(`+)([\s\S]*?[^`])\2(?!`)")),
    ("time", re.compile(r"<t:(-?\d{1,17}(?::[RtTdDfFsS])?)>")),
    ("mention", re.compile(r"<(@!?\d+|@&\d+|#\d+|id:\w+|/[^:>]+:\d+)>|(@everyone|@here)")),
    ("emoji", re.compile(r"<(a?:\w+:\d+)>|:([A-Za-z0-9_+~-]+):")),
    ("link", re.compile(r"<([^: >]+:/[^ >]+)>")),
    ("masked", re.compile(r"\[((?:\\.|[^\[\]\\])+)\]\(\s*(?:<[^>]*>|[^()\s]+)\s*\)")),
    ("link", re.compile(r"((?:https?|steam|discord)://[^\s<]+[^<.,:;\"'\]\s])")),
    ("strong", re.compile(r"\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)")),
    ("underlined", re.compile(r"__((?:\\[\s\S]|[^\\])+?)__(?!_)")),
    (
        "emphasis",
        re.compile(r"_((?:__|\\[\s\S]|[^\\_])+?)_(?!\w)|\*(?=\S)((?:\*\*|\s+(?:[^*\s]|\*\*)|[^\s*])+?)\*(?!\*)"),
    ),
    ("struck", re.compile(r"~~([\s\S]+?)~~")),
    ("spoiler", re.compile(r"\|\|([\s\S]+?)\|\|")),
]
_FINAL = {"code", "time", "mention", "emoji", "link"}
"""What is shown as it is, without a look for more marks inside."""


def pieces(markdown: str, marks: frozenset[str] = frozenset(), opening: bool = True) -> Iterator[Piece]:
    """What a reader sees, stretch by stretch."""
    at = 0
    while at < len(markdown):
        if opening and (found := _first(_OPENING, markdown, at)) is not None:
            kind, match = found
            yield from pieces(match[1], marks | {kind}, opening=False)
            at, opening = match.end(), False
            continue
        if (found := _first(_INLINE, markdown, at)) is not None:
            kind, match = found
            inner = next((group for group in match.groups() if group is not None), "")
            if kind == "escape":
                yield Piece(inner, marks)
            elif kind in _FINAL:
                yield Piece(inner, marks | {kind})
            else:
                yield from pieces(inner, marks | {kind}, opening=False)
            at, opening = match.end(), False
            continue
        yield Piece(markdown[at], marks)
        opening = markdown[at] == "\n"
        at += 1


def seen(markdown: str) -> str:
    """All that a reader sees, without how."""
    return "".join(piece.text for piece in pieces(markdown))


def marked(markdown: str) -> dict[str, str]:
    """What a reader sees marked, by mark."""
    found: dict[str, str] = {}
    for piece in pieces(markdown):
        for mark in piece.marks:
            found[mark] = found.get(mark, "") + piece.text
    return found


def _first(rules: list[tuple[str, re.Pattern[str]]], text: str, at: int) -> tuple[str, re.Match[str]] | None:
    for kind, rule in rules:
        if (match := rule.match(text, at)) is not None:
            return kind, match
    return None
