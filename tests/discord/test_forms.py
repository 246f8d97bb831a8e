"""Forms become modals of five inputs at most, and nothing that was typed is lost on the way."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from adapters.discord import forms, limits, marks, render
from adapters.discord.forms import Page
from adapters.discord.marks import Marks
from bot.calls import Asked, Candidate, Form, Kind
from bot.codes import BadCode
from bot.messages import Buttons, Facts
from tests.discord.rig import PLANNING, labels, planning, words


def candidates(number: int) -> tuple[Candidate, ...]:
    return tuple(Candidate(f"Event {n}", str(n)) for n in range(number))


def asking(kind: Kind, *, required: bool = True, typed: str = "", most: int = 150, **more: Any) -> dict[str, Any]:
    """The one label of a form that asks one thing."""
    asked = Asked("what", "Which one?", "A hint", kind, most, required, more.get("candidates", ()))
    form = Form("rsvp", "Answer", "Send", (asked,), typed={"what": typed} if typed else {})
    [label] = forms.modal(form, forms.page(form, None)).to_dict()["components"]
    return label


@pytest.mark.parametrize(
    ("kind", "number", "component"),
    [
        (Kind.LINE, 0, {"type": 4, "style": 1}),
        (Kind.LINES, 0, {"type": 4, "style": 2}),
        (Kind.NUMBER, 0, {"type": 4, "style": 1}),
        (Kind.PICK, 0, {"type": 4, "style": 1}),
        (Kind.PICK, 1, {"type": 3}),
        (Kind.PICK, 2, {"type": 21}),
        (Kind.PICK, 10, {"type": 21}),
        (Kind.PICK, 11, {"type": 3}),
        (Kind.PICK, 40, {"type": 3}),
        (Kind.PERSON, 0, {"type": 5}),
    ],
)
async def test_each_kind_of_question_has_its_input(
    kind: Kind, number: int, component: dict[str, Any], valid: Callable[..., None]
) -> None:
    """Few candidates are radio buttons, more a menu; Discord's own specification takes each, required or not."""
    for required in (True, False):
        label = asking(kind, required=required, candidates=candidates(number))
        made = label["component"]
        assert {name: made[name] for name in component} == component
        assert (label["type"], label["label"], made["custom_id"], made["required"]) == (
            18,
            "Which one?",
            "what",
            required,
        )
        valid("LabelComponentForModalRequest", label)


async def test_what_was_typed_is_in_the_form_again(valid: Callable[..., None]) -> None:
    """Whatever kind of input it was."""
    assert asking(Kind.LINE, typed="The Crown")["component"]["value"] == "The Crown"
    assert asking(Kind.LINES, typed="a\nb")["component"]["value"] == "a\nb"
    assert asking(Kind.NUMBER, typed="many")["component"]["value"] == "many"
    radios = asking(Kind.PICK, typed="1", candidates=candidates(3))["component"]["options"]
    assert [radio.get("default", False) for radio in radios] == [False, True, False]
    options = asking(Kind.PICK, typed="11", candidates=candidates(12))["component"]["options"]
    assert [option["value"] for option in options if option["default"]] == ["11"]
    valid("LabelComponentForModalRequest", asking(Kind.PERSON, typed="42"))
    assert asking(Kind.PERSON, typed="42")["component"]["default_values"] == [{"id": "42", "type": "user"}]
    assert asking(Kind.PERSON, typed="Grace?")["component"].get("default_values", []) == []


async def test_what_is_too_long_comes_back_whole() -> None:
    """A slash command's option can hold more than the form asks for; it can be shortened there, not typed anew."""
    made = asking(Kind.LINE, typed="x" * 200, most=80)["component"]
    assert (made["max_length"], made["value"]) == (200, "x" * 200)
    assert asking(Kind.LINES, most=9000)["component"]["max_length"] == limits.INPUT


async def test_a_menu_says_what_it_leaves_out_and_keeps_what_was_chosen() -> None:
    """Of more than twenty-five, the one chosen before is among those shown."""
    label = asking(Kind.PICK, typed="30", candidates=candidates(40))
    assert label["description"] == "… and 15 more: type part of the name in /rsvp what:"
    values = [option["value"] for option in label["component"]["options"]]
    assert (len(values), values[0], values[1]) == (25, "30", "0")


async def test_long_words_are_shortened_to_the_room_there_is(valid: Callable[..., None]) -> None:
    """Questions, hints, titles and candidates; each by whole words."""
    asked = Asked("what", "Which of all " * 10, "Hint " * 40, Kind.PICK, 150, True, (Candidate("L " * 90, "1"),) * 2)
    form = Form("rsvp", "Answer an invitation " * 5, "Send", (asked,))
    modal = forms.modal(form, forms.page(form, None)).to_dict()
    valid("ModalInteractionCallbackRequestData", modal)
    assert modal["title"] == "Answer an invitation Answer an invitation…"
    assert modal["components"][0]["label"] == "Which of all Which of all Which of all Which…"


async def test_a_long_form_is_shown_in_pages(valid: Callable[..., None]) -> None:
    """Five questions, then the rest; a page that is followed by another says so in what it sends."""
    form = planning(fixed={"series": "7"})
    first = forms.modal(form, forms.page(form, None)).to_dict()
    assert first["title"] == "Plan a new event (1 of 2)"
    assert [label["component"]["custom_id"] for label in first["components"]] == [
        "title",
        "starts",
        "where",
        "about",
        "seats",
    ]
    assert marks.unpack(first["custom_id"]) == ("event create", {"series": "7"}, Marks(following="host"))
    kept = replace(form, kept=4)
    second = forms.modal(kept, forms.page(kept, "host")).to_dict()
    assert second["title"] == "Plan a new event (2 of 2)"
    assert [label["component"]["custom_id"] for label in second["components"]] == ["host", "chapter"]
    assert marks.unpack(second["custom_id"]) == ("event create", {"series": "7"}, Marks(kept=4))
    valid("ModalInteractionCallbackRequestData", first)
    valid("ModalInteractionCallbackRequestData", second)


def test_a_short_form_is_one_page() -> None:
    """Also where it has errors, and where a page is asked for that it does not have."""
    form = planning(asks=PLANNING[:5], errors={"title": "No."})
    assert forms.page(form, None) == forms.page(form, "gone") == Page(PLANNING[:5])


def test_a_correction_of_a_long_form_asks_only_what_was_wrong() -> None:
    """Everything else is kept already."""
    form = planning(kept=3, errors={"starts": "That has passed.", "chapter": "Pick one."})
    page = forms.page(form, None)
    assert ([asked.name for asked in page.asks], page.following) == (["starts", "chapter"], None)
    assert [asked.name for asked in forms.page(form, "host").asks] == ["host", "chapter"]


def test_what_cannot_be_carried_is_left_to_the_kept_row() -> None:
    """A modal's id has a hundred characters; more is kept in a row."""
    small, big = planning(fixed={"event": "42"}), planning(fixed={"title": "Rust & Tell " * 6})
    assert (forms.fits(small), forms.fits(big)) == (True, False)
    kept = replace(big, kept=9)
    assert (forms.carried(kept).fixed, forms.carried(small)) == ({}, small)
    assert forms.code(forms.carried(kept), "host") == "event%20create?_kept=9&_next=host"


async def test_what_is_said_around_forms() -> None:
    """How many questions are left; what was wrong, beside its question; and a button that opens the form again."""
    form = planning(kept=7)
    assert str(forms.continuing(form, "host").gist) == "Nearly there: 2 more questions."
    answered = replace(form, asks=PLANNING[:6], typed={"title": "Rust", "starts": "tomorrow 7pm"})
    enough = forms.continuing(answered, "host")
    assert str(enough.gist) == "Not done yet: 1 more question, if you like."
    assert [(each.label, each.code) for part in enough.parts if isinstance(part, Buttons) for each in part.buttons] == [
        ("Continue", "form?kept=7&_page=host"),
        ("Preview", "form?kept=7&send=1"),
    ]
    assert forms.reopening(form, "host") == "form?kept=7&_page=host"
    wrong = {
        "components": render.message(forms.correcting(planning(kept=7, errors={"starts": "*Past*."}))).to_components()
    }
    assert words(wrong) == "Not quite yet; everything you typed is kept.\n**When does it start?** \\*Past\\*."
    assert labels(wrong) == ["Correct it"]
    several = forms.correcting(planning(kept=7, errors={"seats": "Too many.", "starts": "Past.", "title": "Too long."}))
    facts = next(part for part in several.parts if isinstance(part, Facts))
    assert [question for question, _error in facts.rows] == [
        "What is it called?",
        "When does it start?",
        "How many seats?",
    ]


@pytest.mark.parametrize("marked", [Marks(), Marks(kept=1), Marks(page="host"), Marks(kept=12, following="host")])
def test_marks_come_back_from_a_code_and_are_not_given(marked: Marks) -> None:
    """What this adapter adds to find its way is its own."""
    code = marks.pack("event create", {"title": "a & b"}, marked)
    assert marks.unpack(code) == ("event create", {"title": "a & b"}, marked)


@pytest.mark.parametrize(
    "code",
    [
        "rsvp?_kept=x",
        "rsvp?_page=",
        "rsvp?_kept=-1",
        "rsvp?_evil=1",
        "rsvp?_kept=9999999999999999999",
        "rsvp?a=1&a=2",
    ],
)
def test_forged_marks_are_bad_codes(code: str) -> None:
    """Nothing that we cannot have made is taken."""
    with pytest.raises(BadCode):
        marks.unpack(code)
