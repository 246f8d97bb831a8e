"""Files of write-ups: whatever people wrote, it stands in them as words."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as some
from markdown_it import MarkdownIt

from bot.domain.documents import Bar, Column, Document, Item, Picture, Section
from bot.features.writeups.markdown import escaped, markdown
from bot.features.writeups.webpage import webpage

EVENING = Document(
    "Stopping things",
    [("When", "Thursday 17 September 2026, 18:30 BST"), ("Who came", "23 people")],
    "It was warm.\n\nAnd late.",
    [
        Section("What we asked", [Item("poll 1", "Where?", ("The Crown wins.",), picture=Picture(b"PNG", "Bars"))]),
        Section("What we collected", [Item("round 1", "This year", ("no: x",), columns=(Column("no", ("x",)),))]),
        Section("What we take away", [Item("takeaway 1", "Stop early", ("2 others",), by="Ada", quoted=True)]),
    ],
    "Thank you all.",
    "Starting things, Thursday 15 October 2026",
)
NASTY = [
    "# heading",
    "1. one",
    "- [x] done",
    "![picture](https://evil.example/x.png)",
    "[link](javascript:alert(1))",
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "https://evil.example www.evil.example ada@evil.example",
    "> quoted\n> again",
    "a | b\n--|--\n1 | 2",
    "```\ncode\n```",
    "***\n===\n---",
    "&lt;b&gt; &#60;",
    "\\* \\\\",
    "[ref]: https://evil.example",
    "\u202eright to left",
]
WORDS = some.one_of(some.sampled_from(NASTY), some.text(min_size=1, max_size=60))


def written(text: str) -> Document:
    """A document in which somebody has written this everywhere."""
    item = Item("takeaway 1", text, (text,), by=text, quoted=True)
    asked = replace(item, key="poll 1", quoted=False, picture=Picture(b"", text), bars=(Bar(text, 2, 1), Bar(text, 0)))
    collected = replace(asked, key="round 1", columns=(Column(text, (text, text)),))
    sections = [Section("What we take away", [item, asked, collected])]
    return Document(text, [("Where", text)], text, sections, text, text)


class Tags(HTMLParser):
    """The tags of a page, and what is fetched or run by it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.given: list[tuple[str, str, str | None]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.given += [(tag, name, value) for name, value in attrs]


@given(text=WORDS)
def test_no_words_are_markup_in_markdown(text: str) -> None:
    """Read back by a parser of CommonMark with tables, links and all, it has the structure of harmless words."""
    reader = MarkdownIt("gfm-like", {"linkify": False})
    shape = [(token.type, token.tag) for token in reader.parse(markdown(written(text)).decode())]
    harmless = [(token.type, token.tag) for token in reader.parse(markdown(written("words")).decode())]
    paragraphs = {("paragraph_open", "p"), ("paragraph_close", "p"), ("inline", "")}
    blank = not " ".join(text.split())
    if not blank:
        assert [each for each in shape if each not in paragraphs] == [e for e in harmless if e not in paragraphs]
    inside = [
        child.type
        for token in reader.parse(markdown(written(text)).decode())
        for child in token.children or ()
        if child.type not in ("text", "strong_open", "strong_close", "em_open", "em_close", "text_special")
    ]
    assert inside == []


@given(text=WORDS)
def test_no_words_are_markup_on_the_web_page(text: str) -> None:
    """It has no tags but ours, fetches nothing and runs nothing."""
    page, harmless = Tags(webpage(written(text)).decode()), Tags(webpage(written("words")).decode())
    assert [name for name in page.names if name != "p"] == [name for name in harmless.names if name != "p"]
    assert {name for _tag, name, _value in page.given} == {name for _tag, name, _value in harmless.given}
    addresses = [value for _tag, name, value in page.given if name in ("src", "href")]
    assert all(value is not None and value.startswith("data:image/png;base64,") for value in addresses)


def test_no_address_is_made_into_a_link_by_whoever_shows_the_markdown() -> None:
    """Neither a page's nor a person's, though each can still be read."""
    told = escaped("See https://evil.example, www.evil.example, or write to ada@evil.example")
    assert not re.search(r"https?://|www\.|[\w.]@\w", told)
    assert told.replace("\u2060", "") == "See https://evil.example, www.evil.example, or write to ada@evil.example"


def test_everything_stands_in_both_files_in_its_order() -> None:
    """Facts, the organisers' words around what was recorded, pictures with words of their own, and what comes next."""
    told = ["Stopping things", "23 people", "It was warm", "Where?", "The Crown wins", "Bars", "This year", "no", "x"]
    told += ["Stop early", "— Ada · 2 others", "Thank you all", "Starting things"]
    for text in (markdown(EVENING).decode(), webpage(EVENING).decode()):
        places = [text.index(each, text.index("<body") if "<body" in text else 0) for each in told]
        assert places == sorted(places)


def test_a_picture_stands_for_the_lines_that_it_shows_and_bars_for_their_numbers() -> None:
    """On the web page, which has them; in Markdown both are told line by line."""
    poll = Item("poll 1", "Where?", ("A wins.", "A: 2"), picture=Picture(b"PNG", "Bars", ("A: 2",)))
    stance = Item("prompt 1", "Stop.", ("London agreed, 2 to 0.",), bars=(Bar("Agree", 2, 1), Bar("Disagree", 0, 1)))
    document = replace(EVENING, sections=[Section("What we asked", [poll, stance])])
    page, text = webpage(document).decode(), markdown(document).decode()
    assert ("A: 2" in page, "- A: 2" in text) == (False, True)
    assert '<i style="width: 100%"></i><i class="before" style="width: 50%"></i></td><td>2 (before: 1)</td>' in page
    assert "- Disagree: 0 \\(before: 1\\)" in text


@pytest.mark.parametrize("text", NASTY)
def test_what_looks_like_markup_can_still_be_read(text: str) -> None:
    """Shown by a reader of Markdown it says what was typed, but that an address is no link."""
    shown = MarkdownIt("commonmark").render(markdown(replace(EVENING, title=text, sections=[])).decode())
    words = Said(shown).text.replace("\u2060", "")
    assert " ".join(text.split()) in " ".join(words.split())


class Said(HTMLParser):
    """The words of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text = ""
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.text += data
