"""People's words come out on Discord exactly as they were typed, and mean nothing to it."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from adapters.discord import words
from tests.discord.markdown import marked, seen

HOSTILE = [
    "@everyone @here <@1> <@!1> <@&1> <#1> <!channel> </help:1> <id:guide>",
    "*_~ ||x|| # h <@1>",
    "**bold** *em* _em_ __under__ ~~struck~~ ||spoiler|| `code` ```\nblock\n```",
    "# heading\n## heading\n-# small\n> quote\n>>> quotes\n- list\n* list\n+ list\n1. list\n  - nested",
    "[masked](steam://evil) [nested [brackets]](<steam://evil>)",
    ":smile: <:name:123> <a:name:123> a:b:c :+1::skin-tone-2:",
    "<t:1700000000:R> <t:1700000000>",
    "steam://run/1 discord://-/channels javascript:alert(1) mailto:a@b.example",
    "\\ \\\\ \\* ends with a backslash\\",
    "¯\\_(ツ)_/¯ snake_case_name 2*3*4 a|b||c",
    "18:30:00 - 20:00 (doors 18:00)",
    "",
    "   ",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_it_is(text: str) -> None:
    """Not a mark of it is taken for markdown, and not a character is lost."""
    assert seen(words.opened(words.literal(text))) == text
    assert marked(words.opened(words.literal(text))) == {}


@pytest.mark.parametrize("text", HOSTILE)
def test_long_hostile_text_needs_no_more_room_than_it_has(text: str) -> None:
    """Look-alikes are harmless too and cost no characters."""
    shown = words.lookalike(text)
    assert marked(shown) == {}
    assert (len(shown), words.opened(shown)) == (len(text), shown)


ANYTHING = st.text(st.sampled_from("\\*_~`|<>[]()@:#+-.!&/ \n12ta é😀") | st.characters(), max_size=40)


@given(ANYTHING)
@example("1.\n2) x")
@example("#\n\n# #")
def test_no_text_at_all_marks_anything(text: str) -> None:
    """Whatever is typed, a reader sees exactly that; only web addresses can be followed."""
    if "http" in text:
        return
    shown = words.opened(words.literal(text))
    assert words.plain(seen(shown)) == words.plain(text)
    assert marked(shown) == {}
    assert marked(words.opened(words.lookalike(text))) == {}


@given(ANYTHING, ANYTHING)
def test_words_inside_our_bold_stay_inside_it(title: str, rest: str) -> None:
    """No title ends our own emphasis early, and none lets it run on."""
    title, rest = words.plain(title).strip(), words.plain(rest)
    if not title or "http" in title + rest:
        return
    found = marked(f"**{words.literal(title)}** {words.literal(rest)}")
    assert {mark: words.plain(text) for mark, text in found.items()} == {"strong": title}


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("See https://example.org/a_b*c?d=e&f=g#h.", "https://example.org/a_b*c?d=e&f=g#h"),
        ("(https://meet.example/abc-def)", "https://meet.example/abc-def"),
        ("https://user@evil.example", "https://user"),
        ("http://a.example:8080/x http://b.example", "http://a.example:8080/xhttp://b.example"),
        ("[safe](https://evil.example)", "https://evil.example"),
        ("[safe](<https://evil.example>)", "https://evil.example"),
        ("https://evil.example/<@1>", "https://evil.example/"),
        ("https://evil.example/>@everyone", "https://evil.example/"),
    ],
)
def test_web_addresses_can_be_followed_and_show_where_they_lead(text: str, links: str) -> None:
    """A link is its own words, so that it cannot pretend to lead elsewhere."""
    shown = words.literal(text)
    assert seen(shown) == text
    assert marked(shown) == {"link": links}


def test_marks_that_reorder_text_are_dropped() -> None:
    """Nobody can make our own words read backwards; letters of any script stay."""
    assert (
        words.plain("a\u202eb\u2066c\u2069\u202dd \u05e9\u05dc\u05d5\u05dd \u0000\u0007e\tf\r\ng\ud83d")
        == "abcd שלום e f\ng"
    )
    assert words.literal("\u202egoing\u202c") == "going"


def test_a_script_from_right_to_left_stays_within_its_own_words() -> None:
    """A Hebrew title must not pull our own words around into its direction; each line is set apart."""
    shalom = "\u05e9\u05dc\u05d5\u05dd"
    assert words.literal(f"{shalom} *3*\n\nplain") == f"\u2068{shalom} \\*3\\*\u2069\n\n\u2068plain\u2069"
    assert words.literal("plain *3*") == "plain \\*3\\*"
    assert words.unmarked("## " + words.literal(shalom)) == shalom


@given(ANYTHING)
def test_a_heading_gives_its_words_back(text: str) -> None:
    """A thread is named by what its card's heading shows."""
    title = " ".join(words.plain(text).split())
    if "http" not in title:
        assert words.unmarked(f"## **{words.literal(title)}**") == title
