"""The web page: a write-up as one file with everything in it, for any browser, in light and dark, and to be printed."""

import base64
from collections.abc import Iterator
from html import escape

from bot.domain.documents import Bar, Column, Document, Item, Picture, paragraphs

# Nothing is fetched and nothing runs, whatever somebody may have written.
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"

_STYLE = """
:root {
  color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --paper: #fff; --tint: #eef4fb; --line: #d0d7de;
  --mark: #0b5cad; --faint: #a9c6e6; --serif: Charter, "Bitstream Charter", Cambria, Georgia, serif
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e6edf3; --soft: #a0abb8; --paper: #12161b; --tint: #1a222c; --line: #39424d; --mark: #79b8ff;
    --faint: #35557a
  }
}
* { box-sizing: border-box }
body {
  margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.6 system-ui, sans-serif;
  overflow-wrap: anywhere; text-wrap: pretty; print-color-adjust: exact; -webkit-print-color-adjust: exact
}
header, main, footer { padding: 0 max(1.25rem, 50vw - 23rem) }
header { background: var(--tint); padding-block: 3rem 2rem; border-bottom: .25rem solid var(--mark) }
h1 { margin: 0 0 1.5rem; font: 700 clamp(1.9rem, 6vw, 2.9rem)/1.12 var(--serif); text-wrap: balance }
h2 {
  margin: 3.25rem 0 1rem; font-size: .9rem; letter-spacing: .06em; text-transform: uppercase; color: var(--mark)
}
h3 { margin: 0 0 .5rem; font: 600 1.35rem/1.3 var(--serif) }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1.25rem; margin: 0 }
dt { color: var(--soft) }
dd { margin: 0 }
main { padding-block: 1.5rem 1rem }
main > section:first-child > h2 { margin-top: 1rem }
article { margin: 0 0 2.5rem }
p { margin: .6rem 0 }
.by { color: var(--soft); font-size: .9375rem }
table { width: 100%; margin: .9rem 0; border-collapse: collapse; font-variant-numeric: tabular-nums }
th, td:last-child { width: 1%; white-space: nowrap; vertical-align: top }
th { padding: .3rem 1rem .3rem 0; text-align: start; font-weight: 400 }
td { padding: .3rem 0 }
i { display: block; height: .8rem; margin-top: .4rem; border-radius: .2rem; background: var(--mark) }
i.before { height: .4rem; margin-top: .2rem; background: var(--faint) }
td:last-child { padding-inline-start: 1rem }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: 1rem; margin: 1rem 0 }
.columns > div { padding: .9rem 1.1rem; border-radius: .6rem; background: var(--tint) }
h4 { margin: 0 0 .4rem; font-size: 1rem }
.columns ul { margin: 0; padding: 0; list-style: none }
.columns li + li { margin-top: .5rem; padding-top: .5rem; border-top: 1px solid var(--line) }
blockquote { margin: 0 0 1.75rem; padding: .1rem 0 .1rem 1.25rem; border-inline-start: .25rem solid var(--mark) }
blockquote p { margin: .3rem 0; font: 1.25rem/1.5 var(--serif) }
blockquote .by { font: .9375rem/1.6 system-ui, sans-serif }
figure { margin: 1rem 0 }
img { display: block; max-width: 100%; height: auto; border-radius: .15rem; background: #fff }
footer { padding-block: 1rem 4rem }
footer p { margin: 0; padding: 0 1.4rem 1rem; border-radius: 0 0 .6rem .6rem; background: var(--tint) }
footer p:first-child { padding-top: 1.1rem; border-radius: .6rem; font-size: 1.125rem }
footer p:not(:last-child) { padding-bottom: .3rem; border-radius: .6rem .6rem 0 0 }
footer b { display: block; font-size: .9rem; letter-spacing: .06em; text-transform: uppercase; color: var(--mark) }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr; gap: 0 } dt { margin-top: .5rem; font-size: .9rem } }
@media print {
  :root {
    --ink: #000; --soft: #444; --paper: #fff; --tint: #f3f6fa; --line: #bbb; --mark: #0b5cad; --faint: #a9c6e6
  }
  @page { margin: 1.6cm }
  body { font-size: 10.5pt }
  header, main, footer { padding-inline: 0 }
  header { padding: 1rem 1.25rem }
  h2, h3, h4 { break-after: avoid }
  figure, blockquote, table, .columns > div, footer { break-inside: avoid }
}
"""


def webpage(document: Document) -> bytes:
    """The whole page, in UTF-8."""
    return "\n".join(_lines(document)).encode()


def _lines(document: Document) -> Iterator[str]:
    title = escape(document.title)
    yield "<!doctype html>"
    yield f'<html lang="{escape(document.language)}">'
    yield '<head><meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title><style>{_STYLE}</style></head>"
    yield f'<body><header><h1 dir="auto">{title}</h1>'
    yield "<dl>"
    for label, value in document.facts:
        yield f'<dt>{escape(label)}</dt><dd dir="auto">{escape(value)}</dd>'
    yield "</dl></header><main>"
    yield from _paragraphs(document.opening)
    for section in document.sections:
        yield f"<section><h2>{escape(section.title)}</h2>"
        for item in section.items:
            yield from _quotation(item) if item.quoted else _item(item)
        yield "</section>"
    yield from _paragraphs(document.closing)
    yield "</main>"
    if document.next:
        yield f'<footer><p dir="auto"><b>Next</b> {escape(document.next)}</p>'
        if document.book:
            yield f'<p class="by" dir="auto">{escape(document.book)}</p>'
        yield "</footer>"
    yield "</body></html>"


def _quotation(item: Item) -> Iterator[str]:
    """Somebody's own words, with who said them and who would say the same."""
    yield "<blockquote>"
    yield from _paragraphs(item.text)
    if told := [f"— {item.by}"] * bool(item.by) + list(item.lines):
        yield f'<p class="by" dir="auto">{escape(" · ".join(told))}</p>'
    yield "</blockquote>"


def _item(item: Item) -> Iterator[str]:
    yield f'<article><h3 dir="auto">{escape(" ".join(item.text.split()))}</h3>'
    if item.by:
        yield f'<p class="by" dir="auto">{escape(item.by)}</p>'
    if item.columns:
        yield '<div class="columns">'
        yield from map(_column, item.columns)
        yield "</div>"
    else:
        seen = () if item.picture is None else item.picture.shows
        yield from (f'<p dir="auto">{escape(line)}</p>' for line in item.lines if line not in seen)
    if item.bars:
        yield "<table>"
        most = max(1, *(max(bar.count, bar.before or 0) for bar in item.bars))
        yield from (_bar(bar, most) for bar in item.bars)
        yield "</table>"
    if item.picture is not None:
        yield _figure(item.picture)
    yield "</article>"


def _column(column: Column) -> str:
    entries = "".join(f'<li dir="auto">{escape(each)}</li>' for each in column.entries)
    return f'<div><h4 dir="auto">{escape(column.title)}</h4><ul>{entries}</ul></div>'


def _bar(bar: Bar, most: int) -> str:
    """What was counted as a bar, above a fainter one for what it was before."""
    first, told = "", str(bar.count)
    if bar.before is not None:
        first = f'<i class="before" style="width: {100 * bar.before // most}%"></i>'
        told += f" (before: {bar.before})"
    now = f'<i style="width: {100 * bar.count // most}%"></i>'
    return f'<tr><th scope="row">{escape(bar.label)}</th><td aria-hidden="true">{now}{first}</td><td>{told}</td></tr>'


def _figure(picture: Picture) -> str:
    data = base64.b64encode(picture.png).decode()
    return f'<figure><img alt="{escape(picture.alt)}" src="data:image/png;base64,{data}"></figure>'


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in paragraphs(text):
        yield f'<p dir="auto">{escape(paragraph)}</p>'
