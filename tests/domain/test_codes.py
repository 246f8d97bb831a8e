"""Codes: what a button carries is exactly the call that was put in, or refused."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.codes import MOST, BadCode, pack, together, unpack

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
CODE = "rsvp?event=42&answer=not%20going"


@given(words.filter(bool), st.dictionaries(words.filter(bool), words, max_size=3))
def test_what_is_packed_comes_out_again(command: str, given_: dict[str, str]) -> None:
    """Any command, any names, any values, as long as they fit a button."""
    try:
        code = pack(command, given_)
    except ValueError:
        return
    assert code.isascii()
    assert len(code) <= MOST
    assert unpack(code) == (command, given_)


def test_a_code_reads_like_an_address() -> None:
    """It can be understood in a log, and on the wire."""
    assert pack("rsvp", {"event": "42", "answer": "not going"}) == CODE


def test_what_does_not_fit_a_button_is_not_packed() -> None:
    """It fails where it is made, not on the platform."""
    assert len(pack("x" * MOST, {})) == MOST
    with pytest.raises(ValueError, match=f"has {MOST + 1} characters; a button carries at most {MOST}"):
        pack("x" * (MOST + 1), {})


@pytest.mark.parametrize(
    "code",
    [
        "",
        "?",
        "?event=42",
        "rsvp?",
        "rsvp?event",
        "rsvp?event=42&",
        "rsvp?event=42&event=43",
        "rsvp?event=42&answer=not going",
        "rsvp?event=42&answer=not+going",
        "rsvp?event=42;answer=going",
        "rsvp?event=%ff",
        "rsvp?event=%4",
        "rsvp?event=%34%32",
        "event create",
        "%72svp?event=42",
        "rsvp#event=42",
        "rsvp?event=42#x",
        "rsvp?event=4\u0662",
        "rsvp?event=\ud800",
        "x" * (MOST + 1),
    ],
)
def test_what_pack_cannot_have_made_is_refused(code: str) -> None:
    """Forged or damaged, it never becomes a call."""
    with pytest.raises(BadCode):
        unpack(code)


@given(st.text(max_size=MOST + 10))
@example("%")
@example("a?b=%C3")
def test_no_text_whatever_does_anything_but_unpack_or_be_refused(code: str) -> None:
    """There is one code for each call, and no other way to write it."""
    try:
        command, given_ = unpack(code)
    except BadCode:
        return
    assert pack(command, given_) == code


@pytest.mark.parametrize("length", range(1, len(CODE)))
def test_a_truncated_code_is_refused_or_lacks_what_was_cut(length: int) -> None:
    """It never becomes a call with answers that nobody gave in full to another command."""
    try:
        command, given_ = unpack(CODE[:length])
    except BadCode:
        return
    assert "rsvp".startswith(command)
    assert all(value in ("", "4", "42") or "not going".startswith(value) for value in given_.values())


def test_calls_that_differ_in_one_answer_are_one_call_together() -> None:
    """As they are picked from a menu; what is picked twice counts once."""
    codes = [pack("event tick", {"event": "7", "who": who}) for who in ("12", "5", "12")]
    assert together(codes) == ("event tick", {"event": "7", "who": "12 5"})
    assert together(codes[:1]) == unpack(codes[0])


@pytest.mark.parametrize(
    "codes",
    [
        [],
        ["rsvp?event=1", "vote?event=2"],
        ["rsvp?event=1", "rsvp?answer=going"],
        ["rsvp?event=1&answer=going", "rsvp?event=2&answer=maybe"],
        ["rsvp?event=1", "not a code&"],
    ],
)
def test_calls_that_no_menu_offers_together_are_refused(codes: list[str]) -> None:
    """Two commands, two answers that differ, and what is no code at all."""
    with pytest.raises(BadCode):
        together(codes)
