"""Organisers of one chapter: they plan for it and for nothing else, whatever code they send."""

import pytest

from bot import codes
from bot.calls import Call, Door, Form
from bot.desk import Desk
from bot.domain.events import EventId, EventState
from bot.domain.places import ChapterId, Place
from storage.database import Database
from tests.desk.visitors import LONDON, PLAN, SLACK, call, code, found, plan, planned, publish, sent_in, words

LEEDS_HOME = Place(SLACK, "C-Leeds")
NO = "That belongs to London, and you plan for Leeds. /organiser list shows who plans for London."
NOT_ALL = "Only organisers of the whole community can do that; you plan for Leeds. /organiser list shows who is."


@pytest.fixture
async def leeds(desk: Desk, storage: Database) -> ChapterId:
    """A second chapter, which Grace organises."""
    chapter = await found(storage, "Leeds", LEEDS_HOME)
    given = {"member": "U-Grace", "chapter": str(chapter)}
    appointed = await desk.answer(call("organiser add", given, who="Ada", manages=True))
    assert words(appointed) == "U-Grace is an organiser of Leeds now."
    return chapter


async def _publish(desk: Desk, storage: Database, chapter: str = "London") -> EventId:
    async with storage.reading() as tx:
        number = next(each.id for each in await tx.chapters.all() if each.name == chapter)
    return await publish(desk, chapter=str(number), title=f"{chapter} evening")


async def test_a_chapters_organiser_plans_for_it_from_first_word_to_last(
    desk: Desk, storage: Database, leeds: ChapterId
) -> None:
    """Create, publish, edit, fill the list, call off: all of it, without naming their only chapter."""
    preview = await desk.answer(call("event create", PLAN))
    assert "#leeds on Slack" in words(preview)
    published = await desk.answer(_pressed(code(preview, "Publish")))
    assert words(published) == "Evening is published in #leeds on Slack."
    form = await desk.answer(call("event edit", {"event": "Evening"}))
    assert isinstance(form, Form)
    assert words(await desk.answer(sent_in(form, {"where": "The Anchor"}, "Grace"))).startswith(
        "Evening has been changed."
    )
    added = await desk.answer(call("event add-person", {"event": "Evening", "person": "U-Mary"}))
    assert "Evening: U-Mary is now going" in words(added)
    asked = await desk.answer(call("event cancel", {"event": "Evening"}))
    assert "Evening is cancelled" in words(await desk.answer(_pressed(code(asked, "Call it off"))))


@pytest.mark.parametrize("door", Door)
@pytest.mark.parametrize(
    ("command", "given"),
    [
        ("event publish", {}),
        ("event edit", {}),
        ("event revise", {"version": "1", "title": "Mine", "starts": "TBA"}),
        ("event revise", {}),
        ("event cancel", {}),
        ("event call-off", {}),
        ("event copy", {}),
        ("event add-person", {"person": "U-Mary"}),
        ("event move-person", {"person": "U-Mary", "answer": "going"}),
        ("event remove-person", {"person": "U-Mary"}),
    ],
)
async def test_a_forged_code_reaches_no_other_chapters_event(
    desk: Desk, storage: Database, leeds: ChapterId, command: str, given: dict[str, str], door: Door
) -> None:
    """By number, through every door; nothing of it is changed, and nothing shown."""
    event = await _publish(desk, storage)
    no, *typed = words(await desk.answer(call(command, {"event": str(event), **given}, door=door))).splitlines()
    assert no == NO
    assert "The Crown" not in str(typed)
    async with storage.reading() as tx:
        untouched = await tx.events.get(event)
    assert (untouched.state, untouched.version, untouched.title) == (EventState.PUBLISHED, 1, "London evening")


async def test_other_chapters_plans_are_offered_to_nobody_who_may_not_touch_them(
    desk: Desk, storage: Database, leeds: ChapterId
) -> None:
    """Neither by completion nor by name; drafts of others are not listed."""
    await plan(desk, chapter="London", title="Secret")
    for name in ("event publish", "event cancel", "event edit", "event copy", "event add-person"):
        assert await desk.candidates(call(name), "event", "") == []
    assert [each.label for each in await desk.candidates(call("event create"), "chapter", "")] == ["Leeds"]
    assert words(await desk.answer(call("event drafts"))) == "There are no drafts. /event create begins one."
    by_name = await desk.answer(call("event cancel", {"event": "Secret"}, door=Door.BUTTON))
    assert words(by_name) == "There is no event to call off."
    assert await planned(storage, EventState.DRAFT) == ["Secret"]


async def test_other_chapters_prompts_are_offered_to_nobody_who_may_not_touch_them(
    desk: Desk, leeds: ChapterId
) -> None:
    """Neither suggestions nor the deck nor what asks for stances, not even in a channel of theirs: one’s own are."""
    london = {"chapter": "London"}
    await desk.answer(call("prompt suggest", {"question": "Why does my boss lie?", **london}, who="Alan"))
    for question in ("A PMO should coach.", "What is a PMO for?"):
        await desk.answer(
            call("prompt add", {"question": question, "stance": "yes", **london}, who="Ada", manages=True)
        )
    await desk.answer(call("prompt post", {"prompt": "2"}, who="Ada", manages=True))
    await desk.answer(call("prompt suggest", {"question": "Shall we walk?", "chapter": "Leeds"}, who="Alan"))
    offers = {
        ("prompt approve", "prompt"): ["Shall we walk?"],
        ("prompt remove", "prompt"): ["Shall we walk?"],
        ("prompt post", "prompt"): [],
        ("prompt close", "posting"): [],
    }
    for (command, parameter), offered in offers.items():
        for place in (LONDON, None):
            candidates = await desk.candidates(call(command, place=place), parameter, "")
            assert [candidate.label for candidate in candidates] == offered, command


async def test_what_a_page_or_a_draft_of_a_form_holds_is_judged_as_well(
    desk: Desk, storage: Database, leeds: ChapterId
) -> None:
    """A forged number on a first page does not become good on the second, and no kept form outlives a dismissal."""
    event = await _publish(desk, storage)
    forged = {"event": str(event), "version": "1", "title": "Mine"}
    assert words(await desk.keep(call("event revise", forged, door=Door.FORM))).startswith(NO)
    own = await _publish(desk, storage, "Leeds")
    kept = await desk.keep(call("event revise", {"event": str(own), "version": "1"}, door=Door.FORM))
    assert isinstance(kept, Form)
    second = call("event revise", {**forged, "starts": "TBA"}, door=Door.FORM, kept=kept.kept)
    assert words(await desk.answer(second)).startswith(NO)
    given = {"member": "U-Grace", "chapter": str(leeds)}
    dismissed = await desk.answer(call("organiser remove", given, who="Ada", manages=True))
    assert words(dismissed) == "U-Grace is no longer an organiser of Leeds."
    again = await desk.answer(call("form", {"kept": str(kept.kept)}, door=Door.BUTTON))
    assert words(again) == "Only organisers can do that. /organiser list shows who they are."


async def test_another_chapter_is_none_to_plan_for_however_it_is_named(
    desk: Desk, storage: Database, leeds: ChapterId
) -> None:
    """By number, by name, or by the channel in which it is said, which says so before anything is typed."""
    async with storage.reading() as tx:
        london = next(each for each in await tx.chapters.all() if each.name == "London")
    assert words(await desk.answer(call("event create", {**PLAN, "chapter": str(london.id)}))) == NO
    by_name = await desk.answer(call("event create", {**PLAN, "chapter": "London"}))
    assert isinstance(by_name, Form)
    assert "chapter" in by_name.errors
    there = london.homes[0].place
    assert words(await desk.answer(call("event create", PLAN, place=there))) == NO
    assert words(await desk.answer(call("event create", place=there))) == NO
    assert await planned(storage, EventState.DRAFT) == []


async def test_polls_of_other_chapters_are_out_of_reach_but_ones_own(
    desk: Desk, storage: Database, leeds: ChapterId
) -> None:
    """Whoever asked a poll keeps it, wherever that was."""
    asked = {"question": "Pizza?", "choices": "Thai | Pizza", "chapter": "London"}
    await desk.answer(call("poll ask", asked, who="Ada", manages=True))
    for name in ("poll close", "poll nudge", "poll edit", "poll clone", "poll redraft", "poll settings", "poll post"):
        assert words(await desk.answer(call(name, {"poll": "1"}, door=Door.BUTTON))) == NO, name
    decided = call("poll decide", {"poll": "1", "choice": "1", "on": "1"}, door=Door.BUTTON)
    assert words(await desk.answer(decided)) == NO
    allowed = call("poll allow", {"members": "1", "chapter": "1"}, door=Door.BUTTON)
    assert words(await desk.answer(allowed)) == NO
    async with storage.writing() as tx:
        await tx.polls.allow(ChapterId(1), members=True)
    await desk.answer(call("poll ask", {"question": "Pie?", "choices": "Apple | Plum", "chapter": "1"}))
    assert words(await desk.answer(call("poll close", {"poll": "2"}))) == "Pie? is closed, and its result is posted."


async def test_another_chapters_home_is_no_place_to_post_in(desk: Desk, storage: Database, leeds: ChapterId) -> None:
    """Not even for what is said to be of one's own chapter."""
    async with storage.reading() as tx:
        there = next(each for each in await tx.chapters.all() if each.name == "London").homes[0].place
    own = {"chapter": str(leeds)}
    asked = {"question": "Pie?", "choices": "Apple | Plum", "voters": "here", **own}
    remind = {"what": "Book the room", "when": "in 2 hours", "to": "here", **own}
    for name, given in (("poll ask", asked), ("reminder add", remind)):
        refused = await desk.answer(call(name, given, place=there))
        assert words(refused).splitlines()[0] == "This is the home of London, for which you do not plan.", name


async def test_a_poll_of_ones_own_is_cloned_only_where_one_may_ask(
    desk: Desk, storage: Database, leeds: ChapterId
) -> None:
    """A member's own poll opens no other chapter's home to them, nor its own once members may not ask there."""
    async with storage.writing() as tx:
        chapters = {each.name: each for each in await tx.chapters.all()}
        await tx.polls.allow(chapters["London"].id, members=True)
    london, away = chapters["London"].homes[0].place, chapters["Leeds"].homes[0].place
    asked = {"question": "Pie?", "choices": "Apple | Plum"}
    elsewhere = "This is the home of Leeds, for which you do not plan."
    assert "is posted" in words(await desk.answer(call("poll ask", asked, who="Mary", place=london)))
    for name, given in (("poll clone", {"poll": "1"}), ("poll ask", {**asked, "chapter": str(chapters["London"].id)})):
        refused = words(await desk.answer(call(name, given, who="Mary", place=away)))
        assert refused.splitlines()[0] == elsewhere, name
    own = {"poll": "1"}
    assert "This is a preview" in words(await desk.answer(call("poll clone", own, who="Mary", place=london)))
    async with storage.writing() as tx:
        await tx.polls.allow(chapters["London"].id, members=False)
    no_more = words(await desk.answer(call("poll clone", own, who="Mary", place=london)))
    assert no_more == "In London only organisers ask. /organiser list shows who they are."
    assert "This is a preview" in words(await desk.answer(call("poll clone", own, who="Ada", manages=True, place=away)))


async def test_what_is_for_the_whole_community_is_not_for_one_chapters_organiser(desk: Desk, leeds: ChapterId) -> None:
    """They appoint for their own chapter, and for no other and not for all."""
    assert words(await desk.answer(call("organiser add", {"member": "U-Mary"}))) == NOT_ALL
    assert words(await desk.answer(call("organiser add", {"member": "U-Mary", "chapter": "1"}))) == NO
    own = {"member": "U-Mary", "chapter": str(leeds)}
    assert words(await desk.answer(call("organiser add", own))) == "U-Mary is an organiser of Leeds now."
    assert words(await desk.answer(call("organiser add", own))) == "U-Mary is an organiser of Leeds already."
    listed = words(await desk.answer(call("organiser list")))
    assert "Leeds: Grace, U-Mary" in listed.splitlines()


async def test_a_forged_number_of_nothing_is_nothing(desk: Desk, leeds: ChapterId) -> None:
    """Whoever guesses numbers learns nothing."""
    gone = await desk.answer(call("event publish", {"event": "777"}, door=Door.BUTTON))
    assert words(gone) == "That is not on record any more. /help shows where to begin."


def _pressed(pressed: str) -> Call:
    name, given = codes.unpack(pressed)
    return call(name, given, door=Door.BUTTON)
