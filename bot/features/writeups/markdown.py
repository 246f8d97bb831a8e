"""Markdown: a write-up as a text file. People's words can mark, link and forge nothing in it."""

import re
from collections.abc import Iterator

from bot.domain.documents import Bar, Document, Item, paragraphs

# Every mark of ASCII may be escaped, and none but these means anything inside a line (CommonMark 0.31, 2.4 and 6).
_MARKS = re.compile(r"([\\`*_{}\[\]()<>#+!|~&-])")
_MAIL = re.compile(r"(?<=[\w.+-])@(?=\w)")
_NUMBERED = re.compile(r"^(\d+)([.)])")


def markdown(document: Document) -> bytes:
    """The whole of it, in UTF-8."""
    return ("\n".join(_lines(document)).rstrip() + "\n").encode()


def escaped(text: str) -> str:
    """Somebody's words as one line in which nothing is markup, at whatever place of a line they stand."""
    line = " ".join(text.split())
    # An address is made into a link by many readers, so its colon, dot or “at” stands apart from what makes it one.
    line = line.replace("://", ":\u2060//").replace("www.", "www\u2060.")
    line = _MAIL.sub("@\u2060", line)
    return _NUMBERED.sub(r"\1\\\2", _MARKS.sub(r"\\\1", line)).replace("=", "\\=")


def _lines(document: Document) -> Iterator[str]:
    yield f"# {escaped(document.title)}"
    yield ""
    for label, value in document.facts:
        yield f"- **{escaped(label)}:** {escaped(value)}"
    yield ""
    for paragraph in paragraphs(document.opening):
        yield from (escaped(paragraph), "")
    for section in document.sections:
        yield from (f"## {escaped(section.title)}", "")
        for item in section.items:
            yield from _item(item)
    for paragraph in paragraphs(document.closing):
        yield from (escaped(paragraph), "")
    if document.next:
        yield from ("---", "", f"**Next:** {escaped(document.next)}", "", escaped(document.book))


def _item(item: Item) -> Iterator[str]:
    if item.quoted:
        for number, paragraph in enumerate(paragraphs(item.text)):
            yield from ([">"] if number else [])
            yield f"> {escaped(paragraph)}"
        if told := [f"— {item.by}"] * bool(item.by) + list(item.lines):
            yield from (">", f"> {escaped(' · '.join(told))}")
        yield ""
        return
    yield f"### {escaped(item.text)}"
    if item.by:
        yield from ("", f"*{escaped(item.by)}*")
    yield ""
    for column in item.columns:
        yield from (f"**{escaped(column.title)}**", "", *(f"- {escaped(each)}" for each in column.entries), "")
    if item.lines and not item.columns:
        yield from (*(f"- {escaped(line)}" for line in item.lines), *map(_bar, item.bars), "")
    if item.picture is not None and not item.picture.shows:
        yield from (f"*In the web page, as a picture: {escaped(item.picture.alt)}*", "")


def _bar(bar: Bar) -> str:
    before = "" if bar.before is None else f" (before: {bar.before})"
    return f"- {escaped(f'{bar.label}: {bar.count}{before}')}"
