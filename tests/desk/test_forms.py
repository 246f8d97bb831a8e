"""Forms: what is missing is asked, what cannot be used comes back as it was typed."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from adapters.discord import limits as discord
from adapters.slack import limits as slack
from bot.calls import Call, Candidate, Door, Form, Kind
from bot.desk import Desk
from bot.domain.events import EventState
from bot.domain.places import Place
from bot.domain.rsvps import Answer
from bot.features import COMMANDS
from storage.database import Database
from tests.desk.visitors import LONDON, PLAN, SLACK, call, found, guests, plan, planned, publish, sent_in, words

EXAMPLE = "Write the day, month and hour, or for example “tomorrow 7pm” or “first Tuesday of next month 18:30”."


async def form(desk: Desk, command: str, given: dict[str, str] | None = None, door: Door = Door.SLASH) -> Form:
    """Ada's call of a command that leaves something open."""
    asked = await desk.answer(call(command, given, who="Ada", manages=True, door=door))
    assert isinstance(asked, Form), asked
    return asked


async def test_whatever_is_missing_is_asked(desk: Desk) -> None:
    """In the order in which the command declares it, with what was typed already filled in."""
    asked = await form(desk, "event create", {"title": "Evening"})
    assert (asked.command, asked.title, asked.submit) == ("event create", "Plan a new event", "Preview")
    assert [(each.name, each.kind, each.required) for each in asked.asks] == [
        ("title", Kind.LINE, True),
        ("starts", Kind.LINE, True),
        ("where", Kind.LINE, False),
        ("about", Kind.LINES, False),
        ("seats", Kind.NUMBER, False),
    ]
    assert (asked.typed, asked.errors, asked.kept) == ({"title": "Evening"}, {}, None)


async def test_what_a_call_itself_tells_is_not_asked(desk: Desk, storage: Database) -> None:
    """The chapter is the one at home where the call comes from; from elsewhere it is asked, when there are several."""
    leeds = await found(storage, "Leeds", Place(SLACK, "C-Leeds"))
    somewhere = await form(desk, "event create")
    assert [candidate.label for candidate in somewhere.asks[-1].candidates] == ["Leeds", "London"]
    at_home = await desk.answer(call("event create", who="Ada", manages=True, place=LONDON))
    assert isinstance(at_home, Form)
    assert "chapter" not in [asked.name for asked in at_home.asks]
    assert at_home.fixed["chapter"] != str(leeds)


async def test_what_a_button_holds_stays_as_it_is(desk: Desk) -> None:
    """Only the rest is asked."""
    event = await publish(desk)
    asked = await desk.answer(call("rsvp", {"event": str(event)}, door=Door.BUTTON))
    assert isinstance(asked, Form)
    assert asked.fixed == {"event": str(event)}
    assert [(each.name, each.kind) for each in asked.asks] == [("answer", Kind.PICK)]
    assert asked.asks[0].candidates == (
        Candidate("Going", "going"),
        Candidate("Maybe", "maybe"),
        Candidate("Can’t make it", "not going"),
    )


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("title", "", "Please answer this."),
        ("title", " \t\u202e\u0000 ", "Please answer this."),
        ("title", "x" * 81, "That is 81 characters long; there is room for 80."),
        ("starts", "yesterday 18:30", f"Friday 4 September 2026, 18:30 BST is in the past. {EXAMPLE}"),
        ("seats", "a few", "“a few” is not a whole number."),
        ("seats", "0", "An event has at least one seat; leave this empty for no limit."),
        ("seats", "-3", "An event has at least one seat; leave this empty for no limit."),
        ("where", "x" * 151, "That is 151 characters long; there is room for 150."),
        ("about", "x" * 1501, "That is 1501 characters long; there is room for 1500."),
    ],
)
async def test_an_answer_that_cannot_be_used_comes_back_with_a_sentence_beside_it(
    desk: Desk, storage: Database, name: str, typed: str, sentence: str
) -> None:
    """Everything that was typed is still there, and kept; nothing is planned."""
    asked = await form(desk, "event create")
    again = await desk.answer(sent_in(asked, {**PLAN, name: typed}, "Ada", manages=True))
    assert isinstance(again, Form)
    assert again.errors == {name: sentence}
    assert again.typed == {key: text for key, text in {**PLAN, name: typed}.items() if text}
    assert again.kept is not None
    assert await planned(storage, EventState.DRAFT) == []


async def test_a_form_that_was_mended_is_done_and_kept_no_more(desk: Desk, storage: Database) -> None:
    """Its row has served."""
    asked = await form(desk, "event create")
    again = await desk.answer(sent_in(asked, {**PLAN, "seats": "many"}, "Ada", manages=True))
    assert isinstance(again, Form)
    preview = await desk.answer(sent_in(again, {"seats": "7"}, "Ada", manages=True))
    assert words(preview).splitlines()[:4] == [
        "Evening",
        "When: Thursday 17 September 2026, 18:30 BST",
        "Where: The Crown",
        "Seats: 7, 7 left",
    ]
    assert await planned(storage, EventState.DRAFT) == ["Evening"]
    kept_no_more = await desk.answer(call("form", {"kept": str(again.kept)}, who="Ada", manages=True, door=Door.BUTTON))
    assert words(kept_no_more) == "That form is not kept any more. /help shows where to begin."


async def test_a_kept_form_is_opened_again_by_whoever_typed_it(desk: Desk) -> None:
    """With everything in it, and the sentence that sent it back."""
    first = await desk.answer(sent_in(await form(desk, "event create"), {**PLAN, "seats": "x"}, "Ada", manages=True))
    assert isinstance(first, Form)
    again = await desk.answer(call("form", {"kept": str(first.kept)}, who="Ada", manages=True, door=Door.BUTTON))
    assert again == first


async def test_nobody_else_opens_a_kept_form(desk: Desk) -> None:
    """Not even another organiser who knows its number."""
    first = await desk.answer(sent_in(await form(desk, "event create"), {**PLAN, "seats": "x"}, "Ada", manages=True))
    assert isinstance(first, Form)
    theirs = await desk.answer(call("form", {"kept": str(first.kept)}, who="Mallory", manages=True, door=Door.BUTTON))
    assert words(theirs) == "That form is not kept any more. /help shows where to begin."
    mine = replace(sent_in(first, {}, "Mallory", manages=True), given={"title": "Mine", "starts": "tomorrow 7pm"})
    assert words(await desk.answer(mine)).startswith("That form is not kept any more.")


async def test_two_forms_of_one_command_that_are_under_way_do_not_mix(desk: Desk, storage: Database) -> None:
    """Two events, begun one after the other, are ended one after the other, each as it was begun."""
    first, second = [
        await desk.keep(page({"title": title, "starts": PLAN["starts"], "about": about}))
        for title, about in (("Quiz", "Bring a friend."), ("Pub night", ""))
    ]
    assert isinstance(first, Form)
    assert isinstance(second, Form)
    assert first.kept != second.kept
    quiz = words(await desk.answer(page({"seats": "3"}, first.kept)))
    pub = words(await desk.answer(page({"seats": "5"}, second.kept)))
    assert ("Quiz" in quiz, "Bring a friend." in quiz, "Seats: 3" in quiz) == (True, True, True)
    assert ("Pub night" in pub, "Bring a friend." in pub, "Seats: 5" in pub) == (True, False, True)


async def test_a_kept_form_serves_no_other_command(desk: Desk) -> None:
    """A page that names one is sent back with what was typed on it, and the form is left as it was."""
    kept = await desk.keep(page({"title": "Quiz", "starts": PLAN["starts"]}))
    assert isinstance(kept, Form)
    other = replace(page({"question": "Which day?"}, kept.kept), command="poll ask")
    assert words(await desk.answer(other)).startswith("That form is not kept any more.")
    assert "Quiz" in words(await desk.answer(page({}, kept.kept)))


async def test_the_last_page_of_a_form_that_is_gone_is_not_taken_for_all_of_it(desk: Desk, storage: Database) -> None:
    """As when it is sent in a second time; what was typed on it is shown again."""
    kept = await desk.keep(page({"title": "Quiz"}))
    assert isinstance(kept, Form)
    last = page({"starts": PLAN["starts"], "where": "The Crown"}, kept.kept)
    assert "Quiz" in words(await desk.answer(last))
    again = words(await desk.answer(replace(last, key="another")))
    assert again.startswith("That form is not kept any more.")
    assert "The Crown" in again
    assert await planned(storage, EventState.DRAFT) == ["Quiz"]


def page(typed: Mapping[str, str], kept: int | None = None) -> Call:
    """A page of the form of a new event, as Ada sends it in."""
    return call("event create", typed, who="Ada", manages=True, door=Door.FORM, kept=kept)


@pytest.mark.parametrize("number", ["", "0", "-1", "x", "9" * 30, "٣"])
async def test_a_forged_number_opens_no_form(desk: Desk, number: str) -> None:
    """It is as if the form had never been kept."""
    answer = await desk.answer(call("form", {"kept": number}, who="Ada", manages=True, door=Door.BUTTON))
    assert words(answer) == "That form is not kept any more. /help shows where to begin."


async def test_the_pages_of_a_long_form_are_one_call_in_the_end(desk: Desk, storage: Database) -> None:
    """What the first page kept and what the last one gave; an answer given twice counts as given last."""
    page = call("event create", {"title": "Evenig", "starts": PLAN["starts"]}, who="Ada", manages=True, door=Door.FORM)
    kept = await desk.keep(page)
    assert isinstance(kept, Form)
    assert (kept.typed, kept.errors) == ({"title": "Evenig", "starts": PLAN["starts"]}, {})
    last = call(
        "event create", {"title": "Evening", "seats": "3"}, who="Ada", manages=True, door=Door.FORM, kept=kept.kept
    )
    assert "Seats: 3, 3 left" in words(await desk.answer(last))
    assert await planned(storage, EventState.DRAFT) == ["Evening"]


async def test_the_pages_of_an_answer_are_one_call_too(desk: Desk, storage: Database) -> None:
    """Also a command whose calls come in crowds knows what was kept."""
    event = await publish(desk)
    kept = await desk.keep(call("rsvp", {"event": str(event)}, door=Door.FORM))
    assert isinstance(kept, Form)
    answer = await desk.answer(call("rsvp", {"answer": "going"}, door=Door.FORM, kept=kept.kept))
    assert "You are going to Evening" in words(answer)
    assert await guests(storage, event, Answer.GOING) == ["Grace"]


async def test_an_answer_sent_in_without_its_event_is_asked_for_it(desk: Desk) -> None:
    """Nothing goes wrong on our side."""
    event = await publish(desk)
    asked = await desk.answer(call("rsvp", {"answer": "going"}, door=Door.FORM))
    assert isinstance(asked, Form)
    assert asked.errors == {"event": "Please answer this."}
    assert asked.typed == {"event": str(event), "answer": "going"}


@pytest.mark.parametrize("typed", ["Thu 17 Sep 18:30 London: Evening", "evening", "LONDON: EVE"])
async def test_a_label_may_be_typed_instead_of_picked(desk: Desk, storage: Database, typed: str) -> None:
    """In whole, or in part where only one is meant, however capitalised."""
    event = await publish(desk)
    await publish(desk, title="Matinee")
    answer = await desk.answer(call("rsvp", {"event": typed, "answer": "can’t make it"}))
    assert "You are not coming to Evening" in words(answer)
    assert await guests(storage, event, Answer.NOT_GOING) == ["Grace"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (
            "London",
            (
                "“London” could be “Thu 17 Sep 18:30 London: Evening” or “Thu 17 Sep 18:30 London: Matinee”; please "
                "pick one from the list."
            ),
        ),
        ("Breakfast", "Nothing here is called “Breakfast”; please pick one from the list."),
        ("rm -rf", "Nothing here is called “rm -rf”; please pick one from the list."),
    ],
)
async def test_a_label_that_may_mean_several_or_none_is_asked_again(desk: Desk, typed: str, sentence: str) -> None:
    """With the list to pick from."""
    await publish(desk)
    await publish(desk, title="Matinee")
    asked = await desk.answer(call("rsvp", {"event": typed, "answer": "going"}))
    assert isinstance(asked, Form)
    assert asked.errors == {"event": sentence}
    assert [candidate.label for candidate in asked.asks[0].candidates] == [
        "Thu 17 Sep 18:30 London: Evening",
        "Thu 17 Sep 18:30 London: Matinee",
    ]


async def test_a_word_that_is_no_choice_is_answered_with_the_choices(desk: Desk) -> None:
    """As people see them."""
    event = await publish(desk)
    asked = await desk.answer(call("rsvp", {"event": str(event), "answer": "dunno"}))
    assert isinstance(asked, Form)
    assert asked.errors == {"answer": "Choose one of: Going, Maybe, Can’t make it."}


async def test_where_there_is_nothing_to_pick_a_sentence_says_so(desk: Desk) -> None:
    """An empty list would be no answer."""
    assert words(await desk.answer(call("event show"))) == "Nothing is planned yet."
    assert words(await desk.answer(call("event publish", manages=True))) == "There is no draft to publish."


async def test_choices_narrow_as_somebody_types(desk: Desk) -> None:
    """By any part of the label, however capitalised."""
    await plan(desk)
    await plan(desk, title="Matinee", starts="Fri 18 Sep 15:00")
    asked = call("event publish", manages=True)
    assert [candidate.label for candidate in await desk.candidates(asked, "event", "MATI")] == [
        "Fri 18 Sep 15:00 London: Matinee"
    ]
    assert [candidate.label for candidate in await desk.candidates(asked, "event", " sep ")] == [
        "Thu 17 Sep 18:30 London: Evening",
        "Fri 18 Sep 15:00 London: Matinee",
    ]
    assert await desk.candidates(asked, "event", "breakfast") == []
    assert await desk.candidates(asked, "nonsense", "") == ()
    assert await desk.candidates(call("no such command"), "event", "") == ()


async def test_a_draft_is_changed_in_a_form_that_shows_what_it_says(desk: Desk, storage: Database) -> None:
    """Whoever changes one thing types one thing."""
    event = await plan(desk)
    asked = await form(desk, "event edit", {"event": str(event)}, door=Door.BUTTON)
    assert asked.typed == {**PLAN, "starts": "Thu 17 Sep 2026 18:30"}
    changed = await desk.answer(sent_in(asked, {"title": "Late evening", "seats": ""}, "Ada", manages=True))
    assert words(changed).splitlines()[0] == "Late evening"
    assert "Seats: No limit" in words(changed)
    assert await planned(storage, EventState.DRAFT) == ["Late evening"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Late\n  evening ", "Late evening"),
        ("\u202eEvening\u2066", "Evening"),
        ("Pizza\u0007 & talks", "Pizza & talks"),
        ("👩\u200d💻 evening", "👩\u200d💻 evening"),
        ("**{title}** @everyone <!channel>", "**{title}** @everyone <!channel>"),
    ],
)
async def test_what_nobody_types_on_purpose_is_left_out(desk: Desk, storage: Database, typed: str, kept: str) -> None:
    """Controls and outer space go; words, marks and joined emoji stay as they are."""
    await plan(desk, title=typed)
    assert await planned(storage, EventState.DRAFT) == [kept]


@pytest.mark.parametrize("door", [Door.SLASH, Door.FORM])
async def test_all_mistakes_are_named_at_once(desk: Desk, storage: Database, door: Door) -> None:
    """Those that no number can be read from, and those that the record tells; and nothing of it is kept."""
    wrong = {"title": "Evening", "starts": "never", "seats": "some", "chapter": "1"}
    asked = await form(desk, "event create", wrong, door)
    assert {name: sentence.partition(":")[0].split(".")[0] for name, sentence in asked.errors.items()} == {
        "starts": "“never” has words that I do not understand",
        "seats": "“some” is not a whole number",
    }
    few = await form(desk, "event create", {**wrong, "seats": "0"}, door)
    assert set(few.errors) == {"starts", "seats"}
    only = await form(desk, "event create", {**wrong, "starts": "Thu 17 Sep 18:30"}, door)
    assert set(only.errors) == {"seats"}
    assert await planned(storage, EventState.DRAFT) == []


async def test_all_mistakes_of_an_edit_are_named_at_once(desk: Desk) -> None:
    """Also where one is about the other page of Discord's form."""
    event = await plan(desk)
    asked = await form(desk, "event edit", {"event": str(event)})
    typed = {"seats": "0", "ends": "never", "answer_by": "Fri 18 Sep 12:00", "guests": "-1", "offered": "soon"}
    again = await desk.answer(sent_in(asked, typed, "Ada", manages=True))
    assert isinstance(again, Form)
    assert set(again.errors) == set(typed)


async def test_what_is_named_or_alone_is_picked_in_the_form(desk: Desk) -> None:
    """Whoever names an event in a line, or has only one to name, need not pick it once more."""
    event = await publish(desk)
    for given in ({}, {"event": "Evening"}):
        asked = await form(desk, "event add-person", given)
        assert asked.typed == {"event": str(event)}
    await publish(desk, title="Evening again")
    for given in ({}, {"event": "Evening"}):
        assert (await form(desk, "event add-person", given)).typed == given
    assert (await form(desk, "event add-person", {"event": "again"})).typed != {"event": "again"}


async def test_a_first_page_can_be_all_that_is_sent_in(desk: Desk, storage: Database) -> None:
    """What the further pages ask stays as it is; mistakes come back, and nobody else sends it in."""
    event = await plan(desk)
    asked = await form(desk, "event edit", {"event": str(event)})
    full = {"ends": "21:30", "question": "Food?", "guests": "2"}
    preview = words(await desk.answer(sent_in(asked, full, "Ada", manages=True)))
    assert "Whoever is going is asked: “Food?”\nThis is a preview" in preview
    asked = await form(desk, "event edit", {"event": str(event)})
    page = {**asked.fixed, "title": "Night", "starts": asked.typed["starts"], "where": "", "about": "", "seats": "some"}
    kept = await desk.keep(call("event revise", page, who="Ada", manages=True, door=Door.FORM))
    assert isinstance(kept, Form)
    send = {"kept": str(kept.kept), "send": "1"}
    wrong = await form(desk, "form", send, Door.BUTTON)
    assert (wrong.command, set(wrong.errors), wrong.typed["title"]) == ("event revise", {"seats"}, "Night")
    page = {**page, "seats": "7"}
    kept = await desk.keep(call("event revise", page, who="Ada", manages=True, door=Door.FORM, kept=wrong.kept))
    assert isinstance(kept, Form)
    send = {"kept": str(kept.kept), "send": "1"}
    theirs = await desk.answer(call("form", send, who="Mallory", manages=True, door=Door.BUTTON))
    assert "not kept any more" in words(theirs)
    for said in ("Night", "not kept any more"):
        assert said in words(await desk.answer(call("form", send, who="Ada", manages=True, door=Door.BUTTON)))
    async with storage.reading() as tx:
        saved = await tx.events.get(event)
    assert (saved.title, saved.venue, saved.seats, saved.guests, saved.question) == ("Night", "", 7, 2, "Food?")
    assert saved.finish is not None


def test_nothing_of_a_form_is_cut_off() -> None:
    """Its title has the room that Slack gives, its questions and hints that of Discord."""
    too_long: list[str] = []
    for command in COMMANDS:
        asked = [each.ask for each in command.parameters if not each.ask.hidden]
        texts = [(command.summary, slack.VIEW_TITLE)] if asked else []
        texts += [(ask.question, discord.LABEL) for ask in asked] + [(ask.hint, discord.HINT) for ask in asked]
        too_long += [f"/{command.name}: {text}" for text, room in texts if len(text) > room]
    assert too_long == []
