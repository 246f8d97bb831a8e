"""Messages: words of ours with values of other people's, which stay values."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import Link, Plain, Slash, Text, When, WhenForm, join, line, roll, say

MOMENT = datetime(2026, 9, 17, 17, 30, tzinfo=UTC)
NASTY = ["**bold**", "{title}", "{0}", "{{}}", "@everyone", "<!channel>", "*_~`", "<@U1>", "a\nb", "\u202egnp", "%s"]


@pytest.mark.parametrize("value", NASTY)
def test_a_value_is_shown_as_it_is(value: str) -> None:
    """Markup, braces and mentions in a value are its letters and nothing else."""
    assert say("**{title}** is full", title=value) == Text((Plain(value, bold=True), Plain(" is full")))


@given(st.text(min_size=1), st.text(min_size=1))
def test_no_value_reaches_beyond_its_place(title: str, venue: str) -> None:
    """Whatever people wrote, the runs of ours are the same, and theirs are whole."""
    text = say("**{title}** at {venue}.", title=title, venue=venue)
    assert text.runs == (Plain(title, bold=True), Plain(" at "), Plain(venue), Plain("."))


def test_bold_is_marked_by_the_template_alone() -> None:
    """Two stars begin it and two end it."""
    assert say("a **b** c **{d}**e", d="d").runs == (
        Plain("a "),
        Plain("b", bold=True),
        Plain(" c "),
        Plain("d", bold=True),
        Plain("e"),
    )


def test_an_empty_value_leaves_no_run() -> None:
    """There is nothing to dress."""
    assert say("{name}", name="") == Text(())


def test_a_moment_a_link_and_a_command_stay_what_they_are() -> None:
    """Each platform dresses them in its own way; read aloud they are words."""
    when = When(MOMENT, "17 September, 18:30", WhenForm.SHORT)
    link, slash = Link("map", "https://x"), Slash("help")
    text = say("**{starts}** {link} {slash} {seats}", starts=when, link=link, slash=slash, seats=2)
    assert text.runs == (
        When(MOMENT, "17 September, 18:30", WhenForm.SHORT, bold=True),
        Plain(" "),
        link,
        Plain(" "),
        slash,
        Plain(" "),
        Plain("2"),
    )
    assert str(text) == "17 September, 18:30 map /help 2"


def test_a_text_within_a_text_keeps_its_runs() -> None:
    """It was said once already and is not read as a template again."""
    inner = say("**{name}**", name="{Ada}")
    assert say("{who} is here", who=inner).runs == (Plain("{Ada}", bold=True), Plain(" is here"))


def test_a_missing_value_is_a_mistake() -> None:
    """It is found where the words are made, not by a reader."""
    with pytest.raises(KeyError, match="venue"):
        say("{title} at {venue}", title="Evening")


def test_texts_are_joined_by_words_of_ours() -> None:
    """What is joined stays as it was."""
    assert str(join(" · ", [say("{a}", a="x"), say("y"), say("")])) == "x · y · "


def test_a_line_is_its_own_gist() -> None:
    """A notification says what the message says."""
    message = line("**{title}** is full.", title="Evening")
    assert (str(message.gist), message.calls) == ("Evening is full.", ())


@pytest.mark.parametrize(
    ("names", "total", "words"),
    [
        ([], 0, ""),
        (["Ada"], 1, "Ada"),
        (["Ada", "Grace"], 2, "Ada, Grace"),
        (["Ada", "Grace"], 14, "Ada, Grace and 12 more"),
    ],
)
def test_a_roll_names_the_first_and_counts_the_rest(names: list[str], total: int, words: str) -> None:
    """Nobody is left out silently."""
    assert str(roll(names, total)) == words


@given(st.lists(st.text(min_size=1), max_size=30), st.integers(0, 400))
def test_no_name_on_a_roll_is_cut(names: list[str], more: int) -> None:
    """Each stands there in full, and the numbers add up."""
    text = str(roll(names, len(names) + more))
    assert text == ", ".join(names) + (f" and {more} more" if more else "")
