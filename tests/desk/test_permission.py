"""Permission: who may do what, asked anew at every door."""

from dataclasses import replace

import pytest

from bot.calls import Door, Form
from bot.desk import Desk
from bot.domain.events import EventState
from bot.domain.people import Role
from bot.features import COMMANDS
from storage.database import Database
from tests.desk.visitors import LONDON, PLAN, call, plan, planned, press, publish, words

QUESTION = {"question": "Where next?", "choices": "Le Truc | The Crown"}
NO = "Only organisers can do that. /organiser list shows who they are."


@pytest.mark.parametrize("door", Door)
async def test_a_member_plans_nothing_through_any_door(desk: Desk, storage: Database, door: Door) -> None:
    """Neither by typing, nor by a button, nor by a form that somebody else was shown, which comes back as typed."""
    no, *typed = words(await desk.answer(call("event create", PLAN, door=door))).splitlines()
    assert no == NO
    assert bool(typed) == (door is Door.FORM)
    assert await planned(storage, EventState.DRAFT) == []


@pytest.mark.parametrize(
    "command",
    ["event publish", "event cancel", "event call-off", "event edit", "event revise", "event drafts", "organiser add"],
)
async def test_a_member_is_refused_every_organisers_command(desk: Desk, storage: Database, command: str) -> None:
    """Also those that only buttons reach, and also with something left to ask."""
    event = await plan(desk)
    assert words(await desk.answer(call(command))) == NO
    assert words(await desk.answer(call(command, {"event": str(event), "member": "U1"}, door=Door.BUTTON))) == NO
    assert await planned(storage, EventState.DRAFT) == ["Evening"]


async def test_whoever_manages_the_space_is_an_organiser(desk: Desk, storage: Database) -> None:
    """By the platform's own word."""
    await desk.answer(call("event create", PLAN, manages=True))
    assert await planned(storage, EventState.DRAFT) == ["Evening"]


async def test_whoever_is_appointed_may_plan_until_dismissed(desk: Desk) -> None:
    """From the next call on, either way."""
    grace = {"member": "U-Grace"}
    assert words(await desk.answer(call("event drafts"))) == NO
    assert (
        words(await desk.answer(call("organiser add", grace, who="Ada", manages=True)))
        == "U-Grace is an organiser now."
    )
    assert words(await desk.answer(call("event drafts"))) == "There are no drafts. /event create begins one."
    await desk.answer(call("organiser remove", grace, who="Ada", manages=True))
    assert words(await desk.answer(call("event drafts"))) == NO


async def test_the_platform_is_not_asked_about_what_everybody_may_do(desk: Desk) -> None:
    """A press costs no question."""
    event = await publish(desk)

    async def standing() -> bool:
        raise AssertionError("the platform was asked")

    pressing = replace(press(event, "going", "Grace"), standing=standing)
    assert "You are going to Evening" in words(await desk.answer(pressing))


async def test_a_kept_form_is_not_shown_to_somebody_dismissed_meanwhile(desk: Desk) -> None:
    """What can be picked in it is for organisers."""
    appoint = {"member": "U-Grace"}
    await desk.answer(call("organiser add", appoint, who="Ada", manages=True))
    form = await desk.answer(call("event create", {**PLAN, "starts": "never"}, door=Door.FORM))
    assert isinstance(form, Form)
    again = call("form", {"kept": str(form.kept)}, door=Door.BUTTON)
    assert isinstance(await desk.answer(again), Form)
    await desk.answer(call("organiser remove", appoint, who="Ada", manages=True))
    assert words(await desk.answer(again)) == NO


async def test_a_page_of_a_form_is_not_kept_for_a_member(desk: Desk) -> None:
    """The next page would show what only organisers see."""
    assert words(await desk.keep(call("event publish", door=Door.FORM))) == NO


async def test_what_can_be_picked_is_hidden_from_whoever_may_not_pick(desk: Desk) -> None:
    """Completion tells a member nothing of the drafts."""
    await plan(desk)
    asked = call("event publish")
    offered = await desk.candidates(call("event publish", manages=True), "event", "")
    assert [candidate.label for candidate in offered] == ["Thu 17 Sep 18:30 London: Evening"]
    assert await desk.candidates(asked, "event", "") == ()


async def test_a_long_list_of_organisers_is_counted_in_the_end(desk: Desk, storage: Database) -> None:
    """It stays one message, however many were appointed."""
    async with storage.writing() as tx:
        for number in range(60):
            who = call("help", who=f"Organiser {number:02}").caller
            await tx.organisers.add((await tx.members.recognise([who]))[who.person].member)
    listed = words(await desk.answer(call("organiser list")))
    named = listed.count("Organiser ")
    assert 20 < named < 60
    assert f"Organiser {named - 1:02} and {60 - named} more." in listed


GIVEN = {
    "answer": "going",
    "text": "Charts mislead.",
    "takeaway": "1",
    "on": "1",
    "skip": "0",
    "question": "What?",
    "choices": "Yes\nNo",
    "poll": "1",
}
"""What a member says besides the event, so that nothing but the event is in question."""


@pytest.mark.parametrize("discarded", [False, True])
async def test_no_member_is_offered_or_told_a_drafts_title(desk: Desk, discarded: bool) -> None:
    """By no command that a member can give, or could forge, and also once the draft was discarded."""
    draft = await plan(desk, title="Surprise")
    if discarded:
        said = await desk.answer(call("event call-off", {"event": str(draft)}, manages=True, door=Door.BUTTON))
        assert words(said) == "The draft of Surprise is discarded."
    await publish(desk)
    await desk.answer(call("poll allow", {"members": "1"}, manages=True, place=LONDON))
    assert "What?" in words(await desk.answer(call("poll ask", GIVEN, place=LONDON, door=Door.FORM)))
    written = {"text": "Charts mislead."}
    assert "Kept" in words(await desk.answer(call("takeaway add", written, who="Mary", place=LONDON)))
    for command in (each for each in COMMANDS if each.needs is Role.MEMBER or each.unless is not None):
        for parameter in command.parameters:
            offered = await desk.candidates(call(command.name), parameter.name, "")
            assert [candidate.label for candidate in offered if "Surprise" in candidate.label] == [], command.name
        if command.parameter("event") is None:
            continue
        given = {name: text for name, text in GIVEN.items() if command.parameter(name) is not None}
        for door in Door:
            said = await desk.answer(call(command.name, {**given, "event": str(draft)}, place=LONDON, door=door))
            assert "Surprise" not in str(said), (command.name, door)


async def test_nobody_asks_or_writes_about_a_draft(desk: Desk) -> None:
    """Nor about a number that is no event: the form comes back with what was typed."""
    draft = await plan(desk, title="Surprise")
    for event in (str(draft), "999"):
        for command, given in (("poll ask", GIVEN), ("takeaway add", GIVEN), ("takeaway list", {})):
            typed = {name: text for name, text in given.items() if name in ("question", "choices", "text")}
            said = await desk.answer(call(command, {**typed, "event": event}, manages=True, place=LONDON))
            assert isinstance(said, Form), (command, words(said))
            assert said.errors == {"event": "There is no such event; pick one from the list."}, command


async def test_nobody_gets_at_somebody_elses_by_a_name_that_reads_like_its_number(desk: Desk) -> None:
    """Neither at a poll nor at a takeaway, whatever they call their own."""
    await desk.answer(call("poll ask", {**QUESTION, "question": "Ada asks?"}, who="Ada", manages=True, place=LONDON))
    await desk.answer(call("poll allow", {"members": "1", "chapter": "1"}, who="Ada", manages=True))
    for name in ("1", "+1"):
        await desk.answer(call("poll ask", {**QUESTION, "question": name}, who="Mallory", place=LONDON))
        assert words(await desk.answer(call("poll close", {"poll": name}, who="Mallory", place=LONDON))) == NO
    await desk.answer(call("takeaway add", {"text": "Coach first"}, place=LONDON))
    for name in ("1", "+1"):
        await desk.answer(call("takeaway add", {"text": name}, who="Mallory", place=LONDON))
        assert words(await desk.answer(call("takeaway withdraw", {"takeaway": name}, who="Mallory"))) == NO
    assert "Coach first" in words(await desk.answer(call("takeaway list")))


async def test_of_two_polls_of_one_name_only_ones_own_is_ones_own(desk: Desk) -> None:
    """Ada's is open, and Mallory's, which is called the same, is closed: to close by name would mean Ada's."""
    await desk.answer(call("poll allow", {"members": "1", "chapter": "1"}, who="Ada", manages=True))
    await desk.answer(call("poll ask", QUESTION, who="Mallory", place=LONDON))
    closed = words(await desk.answer(call("poll close", {"poll": "Where next?"}, who="Mallory", place=LONDON)))
    assert closed.startswith("Where next?"), closed
    await desk.answer(call("poll ask", QUESTION, who="Ada", manages=True, place=LONDON))
    assert words(await desk.answer(call("poll close", {"poll": "Where next?"}, who="Mallory", place=LONDON))) == NO


async def test_the_oldest_of_very_many_takeaways_is_still_its_authors(desk: Desk) -> None:
    """Though no list goes back so far."""
    for number in range(101):
        await desk.answer(call("takeaway add", {"text": f"Lesson {number}"}, place=LONDON))
    assert words(await desk.answer(call("takeaway withdraw", {"takeaway": "1"}))).startswith("It is withdrawn")
