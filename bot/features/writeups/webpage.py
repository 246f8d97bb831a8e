"""The web page: a write-up as one file with everything in it, for any browser, in light and dark, and to be printed."""

import base64
from collections.abc import Iterator
from html import escape

from bot.domain.documents import Document, Item, Picture, paragraphs

# Nothing is fetched and nothing runs, whatever somebody may have written.
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"

_STYLE = """
:root { color-scheme: light dark; --ink: #1f2328; --soft: #59636e; --paper: #fff; --line: #d1d9e0; --mark: #0b5cad }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6edf3; --soft: #9aa7b4; --paper: #14181d; --line: #3d444d; --mark: #79b8ff }
}
* { box-sizing: border-box }
body {
  margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 44rem; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.6 system-ui, sans-serif; overflow-wrap: anywhere
}
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 1.25rem }
h2 { font-size: 1.3rem; margin: 2.5rem 0 .75rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line) }
h3 { font-size: 1.0625rem; margin: 1.75rem 0 .5rem }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: 0 0 1.5rem }
dt { color: var(--soft) }
dd { margin: 0 }
blockquote { margin: 1.25rem 0; padding: .1rem 0 .1rem 1rem; border-left: .25rem solid var(--mark) }
blockquote p { margin: .4rem 0 }
.by { color: var(--soft); font-size: .9375rem }
figure { margin: 1rem 0 }
img { max-width: 100%; height: auto; border-radius: .4rem; background: #fff }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 2px solid var(--mark); font-weight: 600 }
@media print { body { padding: 0; max-width: none } figure, blockquote { break-inside: avoid } }
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
    yield f'<body><main><h1 dir="auto">{title}</h1>'
    yield "<dl>"
    for label, value in document.facts:
        yield f'<dt>{escape(label)}</dt><dd dir="auto">{escape(value)}</dd>'
    yield "</dl>"
    yield from _paragraphs(document.opening)
    for section in document.sections:
        yield f"<section><h2>{escape(section.title)}</h2>"
        for item in section.items:
            yield from _item(item)
        yield "</section>"
    yield from _paragraphs(document.closing)
    yield "</main>"
    if document.next:
        yield f'<footer dir="auto">Next: {escape(document.next)}</footer>'
    yield "</body></html>"


def _item(item: Item) -> Iterator[str]:
    by = f'<p class="by" dir="auto">{"— " if item.quoted else ""}{escape(item.by)}</p>' if item.by else ""
    if item.quoted:
        yield "<blockquote>"
        yield from _paragraphs(item.text)
        yield f"{by}</blockquote>"
    else:
        yield f'<h3 dir="auto">{escape(" ".join(item.text.split()))}</h3>{by}'
    if item.lines:
        yield "<ul>" + "".join(f'<li dir="auto">{escape(line)}</li>' for line in item.lines) + "</ul>"
    if item.picture is not None:
        yield _figure(item.picture)


def _figure(picture: Picture) -> str:
    data = base64.b64encode(picture.png).decode()
    return f'<figure><img alt="{escape(picture.alt)}" src="data:image/png;base64,{data}"></figure>'


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in paragraphs(text):
        yield f'<p dir="auto">{escape(paragraph)}</p>'
