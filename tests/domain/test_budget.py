"""Budget: what it says fits in a message, the platforms take; and texts that are too long end with an ellipsis."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord import render as discord_render
from adapters.slack.render import Render
from bot.budget import MESSAGE, Budget, fitting
from bot.domain.excerpts import in_a_line, shortened
from bot.messages import Facts, Heading, Message, Note, Paragraph, Part, Text, say

LETTERS = st.sampled_from(["a", " ", "*", "\n", "_", "<", "é", "漢", "🎉", "א", "1.", "https://example.org/", "@"])
TEXTS = st.builds(lambda letter, other, times: (letter * 9 + other) * times, LETTERS, LETTERS, st.integers(1, 150))


KINDS: dict[str, Callable[[Text], Part]] = {
    "heading": Heading,
    "paragraph": Paragraph,
    "note": Note,
    "facts": lambda text: Facts((("Label", text),)),
}


@given(st.lists(TEXTS, min_size=1, max_size=30), st.sampled_from(sorted(KINDS)))
def test_what_there_is_room_for_both_platforms_take(texts: list[str], kind: str) -> None:
    """Marks that need escapes, letters of many bytes, lines, and scripts that run from right to left."""
    told: list[Part] = []
    for text in texts:
        told.append(KINDS[kind](say("{text}", text=text)))
        if MESSAGE.beside(told).overdrawn:
            told.pop()
            break
    message = Message(tuple(told) or (Paragraph(say("Nothing")),), say("gist"))
    discord_render.message(message)
    Render().message(message)


def test_the_first_that_fit_are_taken() -> None:
    """Whatever comes after one that does not fit waits, however short it is."""
    assert fitting(["a" * 10, "b" * 10, "c" * 40, "d"], str, Budget(60, 1000)) == ["a" * 10, "b" * 10]


def test_bytes_run_out_before_letters_do() -> None:
    """As many Chinese letters as fit English ones are more than there is room for."""
    assert fitting(["a" * 100] * 5, str, Budget(1000, 600)) == ["a" * 100] * 5
    assert fitting(["漢" * 100] * 5, str, Budget(1000, 600)) == ["漢" * 100]


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Resource", "Resource"),
        ("Resource management", "Resource management"),
        ("Resource management, again", "Resource…"),
        ("Resource, management again", "Resource…"),
        ("Resource manager and more", "Resource manager…"),
        ("Resourcemanagementagain", "Resourcemanagement…"),
        ("A resourcemanagementagain", "A resourcemanageme…"),
    ],
)
def test_a_text_that_is_too_long_ends_after_a_whole_word(text: str, short: str) -> None:
    """Unless that would leave little of it."""
    assert shortened(text, 19) == short


@given(st.text(), st.integers(1, 50))
def test_no_excerpt_is_longer_than_it_may_be(text: str, most: int) -> None:
    """And what fits is whole."""
    assert len(in_a_line(text, most)) <= most
    assert shortened(text, most) == text or len(text) > most
