"""Forms as modals."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.playground.slack.blocks import problems_of_view
from adapters.slack import views
from adapters.slack.render import Render
from adapters.slack.views import Carried
from bot.calls import Asked, Candidate, Form, Kind
from bot.messages import line
from tests.slack.specs import Json, Specs
from tests.slack.stage import card, words

TITLE = Asked("title", "What is it called?", "", Kind.LINE, 80, True)
ABOUT = Asked("about", "What is it about?", "Links are welcome", Kind.LINES, 1500, False)
SEATS = Asked("seats", "How many seats?", "", Kind.NUMBER, 9, False)
HOST = Asked("host", "Who hosts it?", "", Kind.PERSON, 150, False)
FEW = tuple(Candidate(f"Chapter {number}", str(number)) for number in range(5))
CHAPTER = Asked("chapter", "Which chapter?", "", Kind.PICK, 150, True, FEW)
MANY = tuple(Candidate(f"Event {number}", str(number)) for number in range(101))


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": False}


def element(asked: Asked, typed: str = "") -> Json:
    """The input for one question, as it is drawn in a form."""
    drawn = views.form(Form("x", "X", "Send", (asked,), typed={asked.name: typed} if typed else {}), None)
    assert drawn["blocks"][0]["block_id"] == asked.name
    found = dict(drawn["blocks"][0]["element"])
    assert found.pop("action_id") == asked.name
    return found


INPUTS: dict[str, tuple[Asked, str, Json]] = {
    "a line": (TITLE, "", {"type": "plain_text_input", "max_length": 80}),
    "a line, prefilled": (
        TITLE,
        "Pub *night* <@U1>",
        {"type": "plain_text_input", "max_length": 80, "initial_value": "Pub *night* <@U1>"},
    ),
    "a line, prefilled with too much": (
        TITLE,
        "x" * 90,
        {"type": "plain_text_input", "max_length": 90, "initial_value": "x" * 90},
    ),
    "a line with more room than Slack has": (
        replace(TITLE, most=4000),
        "",
        {"type": "plain_text_input", "max_length": 3000},
    ),
    "lines": (
        ABOUT,
        "One\nTwo",
        {"type": "plain_text_input", "max_length": 1500, "initial_value": "One\nTwo", "multiline": True},
    ),
    "a number": (SEATS, "", {"type": "number_input", "is_decimal_allowed": False}),
    "a number, prefilled": (SEATS, "20", {"type": "number_input", "is_decimal_allowed": False, "initial_value": "20"}),
    "a number, prefilled with something else": (
        SEATS,
        "many",
        {"type": "plain_text_input", "max_length": 9, "initial_value": "many"},
    ),
    "a number in other digits": (
        SEATS,
        "٢٠",
        {"type": "plain_text_input", "max_length": 9, "initial_value": "٢٠"},
    ),
    "somebody": (HOST, "", {"type": "users_select"}),
    "somebody, prefilled": (HOST, "U024BE7LH", {"type": "users_select", "initial_user": "U024BE7LH"}),
    "somebody who cannot be": (HOST, "@ada", {"type": "users_select"}),
    "a few choices": (
        CHAPTER,
        "",
        {
            "type": "radio_buttons",
            "options": [{"text": plain(f"Chapter {number}"), "value": str(number)} for number in range(5)],
        },
    ),
    "a few candidates, one of them chosen": (
        CHAPTER,
        "2",
        {
            "type": "radio_buttons",
            "options": [{"text": plain(f"Chapter {number}"), "value": str(number)} for number in range(5)],
            "initial_option": {"text": plain("Chapter 2"), "value": "2"},
        },
    ),
    "a few candidates of which none is needed": (
        replace(CHAPTER, required=False),
        "",
        {
            "type": "static_select",
            "options": [{"text": plain(f"Chapter {number}"), "value": str(number)} for number in range(5)],
        },
    ),
    "a candidate that is no longer there": (
        replace(CHAPTER, candidates=FEW[:1]),
        "9",
        {"type": "radio_buttons", "options": [{"text": plain("Chapter 0"), "value": "0"}]},
    ),
    "a hundred choices": (
        replace(CHAPTER, candidates=MANY[:100]),
        "",
        {
            "type": "static_select",
            "options": [{"text": plain(f"Event {number}"), "value": str(number)} for number in range(100)],
        },
    ),
    "more candidates than Slack takes": (
        replace(CHAPTER, candidates=MANY),
        "100",
        {
            "type": "external_select",
            "min_query_length": 0,
            "initial_option": {"text": plain("Event 100"), "value": "100"},
        },
    ),
    "a candidate with a long label": (
        replace(CHAPTER, candidates=(Candidate("The *evening* on which " + "we sang " * 20, "1"),)),
        "",
        {
            "type": "radio_buttons",
            "options": [
                {
                    "text": plain("The *evening* on which we sang we sang we sang we sang we sang we sang we…"),
                    "value": "1",
                }
            ],
        },
    ),
    "nothing to choose from": (
        replace(CHAPTER, candidates=()),
        "",
        {"type": "plain_text_input", "max_length": 150},
    ),
}


@pytest.mark.parametrize(("asked", "typed", "wanted"), INPUTS.values(), ids=INPUTS)
def test_each_question_becomes_its_input(asked: Asked, typed: str, wanted: Json) -> None:
    """Every kind of question has its input, prefilled with what was typed before, even where that was wrong."""
    assert element(asked, typed) == wanted


@pytest.mark.parametrize(("asked", "typed"), [case[:2] for case in INPUTS.values()], ids=INPUTS)
def test_slack_accepts_each_input(asked: Asked, typed: str, specs: Specs) -> None:
    """Every kind of input obeys Slack's schemas and limits."""
    form = Form("x", "X", "Send", (asked,), typed={asked.name: typed} if typed else {})
    assert specs.problems_of_view(views.form(form, None)) == []


def test_a_form_asks_its_questions_in_order() -> None:
    """A modal has the form's title and button, each question with its hint, and carries what was fixed."""
    form = Form("event create", "Plan a new event", "Next", (TITLE, ABOUT), {"chapter": "3"}, kept=7)
    view = views.form(form, "C024BE91L")
    assert view["title"] == plain("Plan a new event")
    assert view["submit"] == plain("Next")
    assert [(block["label"], block.get("hint"), block["optional"]) for block in view["blocks"]] == [
        (plain("What is it called?"), None, False),
        (plain("What is it about?"), plain("Links are welcome"), True),
    ]
    assert Carried.unpacked(view["private_metadata"]) == Carried("event create", {"chapter": "3"}, 7, "C024BE91L")
    assert views.inputs(view) == {"title", "about"}


def test_problems_stand_where_they_belong() -> None:
    """A problem with an answer is shown below its input, any other one on top."""
    errors = {"title": "Please answer this.", "chapter": "That chapter is gone."}
    form = Form("event create", "Plan a new event", "Next", (TITLE, ABOUT), errors=errors)
    assert words(views.form(form, None)["blocks"]) == (
        "⚠ That chapter is gone.\nWhat is it called? ____\n⚠ Please answer this.\nWhat is it about? ____"
    )


def test_a_long_title_is_told_in_full_below() -> None:
    """Slack gives a modal's title 24 characters; the whole sentence follows."""
    form = Form("event cancel", "Call off an event that was announced", "Call it off, everybody told", (TITLE,))
    view = views.form(form, None)
    assert view["title"] == plain("Call off an event that…")
    assert view["submit"] == plain("Call it off, everybody…")
    assert words(view["blocks"]) == "Call off an event that was announced\nWhat is it called? ____"


def test_slack_accepts_the_largest_form_there_can_be(specs: Specs) -> None:
    """Many questions with long words, all prefilled, all wrong, still make a modal."""
    asks = tuple(
        Asked(f"question_{number}", "W" * 150, "W" * 150, Kind.LINES, 3000, True) for number in range(40)
    )  # fmt: skip
    names = [asked.name for asked in asks]
    form = Form(
        "c" * 100,
        "W" * 100,
        "W" * 100,
        asks,
        {"about": "“" * 2500},
        dict.fromkeys(names, "W" * 3000),
        dict.fromkeys(names, "W" * 150),
    )
    assert specs.problems_of_view(views.form(form, "C024BE91L")) == []


def test_a_form_that_carries_too_much_fails_when_it_is_drawn() -> None:
    """Slack gives what a modal carries 3,000 characters."""
    with pytest.raises(ValueError, match="What a form carries"):
        views.form(Form("x", "X", "Send", (TITLE,), {"about": "x" * 3000}), None)


def test_a_message_can_stand_where_a_form_was(specs: Specs) -> None:
    """It is the same message as elsewhere, buttons and all, with nothing to send in."""
    view = views.message("Plan a new event", card(), "C024BE91L", Render())
    assert specs.problems_of_view(view) == []
    assert "submit" not in view
    assert words(view["blocks"]) == "Pub night\n[Going] [Maybe]"
    assert Carried.unpacked(view["private_metadata"]).place == "C024BE91L"


def test_a_modal_to_wait_in_says_so(specs: Specs) -> None:
    """Somebody who waits sees words, not an empty frame."""
    view = views.waiting("Plan a new event", "Saving…", None)
    assert specs.problems_of_view(view) == []
    assert words(view["blocks"]) == "Saving…"


def test_a_message_of_nothing_is_no_modal_of_nothing(specs: Specs) -> None:
    """A message without any words still makes a modal that Slack accepts."""
    assert specs.problems_of_view(views.message("Done", line("{nothing}", nothing=""), None, Render())) == []


@given(st.sampled_from([TITLE, ABOUT, SEATS, HOST, CHAPTER]), st.text(max_size=200), st.text(min_size=1, max_size=200))
def test_whatever_was_typed_before_makes_a_form_that_slack_accepts(asked: Asked, typed: str, error: str) -> None:
    """A form comes back with anybody's words in it, however wrong they were."""
    form = Form("x", "X", "Send", (asked,), typed={asked.name: typed}, errors={asked.name: error, "other": error})
    assert problems_of_view(views.form(form, None), "modal") == []
