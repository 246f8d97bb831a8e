"""Chapters in chat: made, changed, joined and left; whatever cannot stand is refused with what mends it."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.calls import Door, Form
from bot.desk import Desk, Finder
from bot.domain.people import Platform
from bot.domain.places import Chapter, Home, Place
from bot.errands import Announcement, Card, Ending, InThread
from bot.features import COMMANDS
from storage.database import Database
from tests.desk.visitors import DISCORD, NOW, PLAN, SLACK, call, found, press, publish, sent_in, words

CHANNELS = {SLACK: ("london", "leeds", "pubs"), DISCORD: ("london", "leeds")}
LEEDS = {
    "name": "Leeds",
    "zone": "Europe/London",
    "slack": "#leeds",
    "discord": "leeds",
    "reminders": "1 week, 2 hours",
}
WHO = {"who": "Ada", "manages": True}


def finder(platform: Platform) -> Finder:
    """Finds one of a platform's few channels."""

    async def find(name: str) -> Home | None:
        name = name.removeprefix("#")
        return Home(Place(platform, f"C-{name}"), name) if name in CHANNELS[platform] else None

    return find


@pytest.fixture
async def desk(storage: Database) -> AsyncIterator[Desk]:
    """A community with one chapter, on two platforms."""
    await found(storage, "London", Place(SLACK, "C-london"), Place(DISCORD, "C-london"))
    homes = {platform: finder(platform) for platform in (SLACK, DISCORD)}
    async with Desk(storage, COMMANDS, lambda: None, homes=homes) as opened:
        yield opened


async def chapter(storage: Database, name: str) -> Chapter:
    async with storage.reading() as tx:
        return next(each for each in await tx.chapters.all() if each.name == name)


async def edited(desk: Desk, name: str, **typed: str) -> str:
    """Ada changes a chapter by its form."""
    form = await desk.answer(call("chapter edit", {"chapter": name}, who="Ada", manages=True))
    assert isinstance(form, Form)
    answer = await desk.answer(sent_in(form, typed, "Ada", manages=True))
    return str(answer.errors) if isinstance(answer, Form) else words(answer)


async def test_a_chapter_is_made_in_one_line_and_plans_at_once(desk: Desk) -> None:
    """With its homes, its zone, its reminders and somebody who organises it."""
    made = await desk.answer(call("chapter add", {**LEEDS, "organiser": "U-Grace"}, who="Ada", manages=True))
    assert words(made).splitlines() == [
        "Leeds is made.",
        "U-Grace organises it.",
        (
            "It is at home in #leeds on Discord and #leeds on Slack; time zone Europe/London; "
            "reminders 1 week, 2 hours before."
        ),
    ]
    assert "#leeds on Slack" in words(await desk.answer(call("event create", PLAN)))


async def test_a_chapter_asked_for_twice_is_made_once(desk: Desk) -> None:
    """Whether the platform delivers it twice, or somebody has the same idea."""
    first, again = [
        words(await desk.answer(call("chapter add", LEEDS, who="Ada", manages=True, key="once"))) for _ in range(2)
    ]
    assert (first.splitlines()[0], again) == ("Leeds is made.", "Leeds is made already.")
    same = await desk.answer(call("chapter add", {**LEEDS, "name": "leeds"}, who="Ada", manages=True))
    assert isinstance(same, Form)
    assert same.errors == {"name": "There is a chapter called leeds already."}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"zone": "Europe/Londno"}, "“Europe/Londno” is not a time zone: did you mean Europe/London?"),
        ({"zone": "nowhere at all"}, "“nowhere at all” is not a time zone: write one such as Europe/London."),
        (
            {"reminders": "soon"},
            "“soon” is not a length of time: write for example “1 day”, “2 hours” or “30 minutes”.",
        ),
        (
            {"slack": "#parks"},
            "Slack has no channel “#parks” that I can post in. Make it, or let me into it, and send this again.",
        ),
        (
            {"discord": "pubs"},
            "Discord has no channel “pubs” that I can post in. Make it, or let me into it, and send this again.",
        ),
    ],
)
async def test_what_cannot_stand_comes_back_with_what_mends_it(
    desk: Desk, storage: Database, typed: dict[str, str], sentence: str
) -> None:
    """And with everything else as it was typed; nothing is made."""
    form = await desk.answer(call("chapter add", {**LEEDS, **typed}, who="Ada", manages=True))
    assert isinstance(form, Form)
    assert form.errors == {next(iter(typed)): sentence}
    assert form.typed["name"] == "Leeds"
    async with storage.reading() as tx:
        assert [each.name for each in await tx.chapters.all()] == ["London"]


@pytest.mark.parametrize(
    ("typed", "zone"), [("berlin", "Europe/Berlin"), ("new york", "America/New_York"), ("utc", "UTC")]
)
async def test_a_zone_is_known_by_its_city(desk: Desk, storage: Database, typed: str, zone: str) -> None:
    """And offered while somebody types."""
    await desk.answer(call("chapter add", {"name": "There", "zone": typed}, who="Ada", manages=True))
    assert (await chapter(storage, "There")).zone.key == zone
    offered = await desk.candidates(call("chapter add", who="Ada", manages=True), "zone", typed)
    assert zone in [choice.value for choice in offered]


async def test_a_platform_that_the_bot_is_not_on_has_no_homes(storage: Database) -> None:
    """Said as such."""
    async with Desk(storage, COMMANDS, lambda: None) as desk:
        form = await desk.answer(call("chapter add", LEEDS, who="Ada", manages=True))
    assert isinstance(form, Form)
    assert form.errors == {
        "slack": "I am not on Slack here; leave this empty.",
        "discord": "I am not on Discord here; leave this empty.",
    }


async def test_nobody_who_may_not_make_a_chapter_has_channels_looked_for(storage: Database) -> None:
    """To look for one may be to enter it."""

    async def find(name: str) -> Home | None:
        raise AssertionError(name)

    async with Desk(storage, COMMANDS, lambda: None, homes={SLACK: find}) as desk:
        for door in Door:
            no = words(await desk.answer(call("chapter add", LEEDS, door=door)))
            assert no.startswith("Only organisers can do that.")


async def test_an_edit_moves_everything_that_is_still_to_come(desk: Desk, storage: Database) -> None:
    """The event is announced in the new home and the old card says where; its reminders ring by the new leads."""
    event = await publish(desk)
    async with storage.writing() as tx:
        for errand in await tx.errands.claim(SLACK, NOW, timedelta(minutes=1), 9, 9, []):
            assert isinstance(errand.to, Card)
            await tx.errands.posted(Announcement(errand.to, "ref"))
            await tx.errands.done(errand, Ending.SENT, NOW)
    said = await edited(desk, "London", slack="#pubs", reminders="3 hours", zone="Europe/Paris")
    assert said.splitlines() == [
        (
            "London has been changed: at home in #london on Discord and #pubs on Slack; time zone Europe/Paris; "
            "reminders 3 hours before."
        ),
        "Events that are planned keep their moment, which has another hour in the new zone.",
        "Announced anew: Evening.",
    ]
    async with storage.writing() as tx:
        errands = await tx.errands.claim(SLACK, NOW, timedelta(minutes=1), 9, 9, [])
        told = [errand.to.card.place.key for errand in errands if isinstance(errand.to, InThread)]
        assert told == ["C-london"]
        assert [errand.to.place.key for errand in errands if isinstance(errand.to, Card)] == ["C-pubs"]
        planned = await tx.events.get(event)
        assert planned.starts is not None
        due = await tx.reminders.due(planned.starts, 9)
        assert [(each.lead, planned.starts - each.due) for each in due] == [("3 hours", timedelta(hours=3))]


async def test_a_day_without_an_hour_stays_that_day_in_a_new_zone(desk: Desk) -> None:
    """It began at midnight, which is another moment there."""
    await publish(desk, starts="Thu 17 Sep TBA")
    await edited(desk, "London", zone="Asia/Tokyo")
    shown = words(await desk.answer(call("event show", {"event": "Evening"})))
    assert "Thursday 17 September 2026, time to be announced" in shown


async def test_two_who_edit_a_chapter_do_not_undo_each_other(desk: Desk, storage: Database) -> None:
    """Whoever saves later is shown what changed, and may still insist."""
    forms = [await desk.answer(call("chapter edit", {"chapter": "London"}, who="Ada", manages=True)) for _ in range(2)]
    first, second = [form for form in forms if isinstance(form, Form)]
    await desk.answer(sent_in(first, {"reminders": "3 hours"}, "Ada", manages=True))
    again = await desk.answer(sent_in(second, {"zone": "Europe/Paris"}, "Bea", manages=True))
    assert isinstance(again, Form)
    assert again.errors["reminders"].startswith("Changed by somebody else meanwhile: it is “3 hours” now.")
    await desk.answer(sent_in(again, {"reminders": "3 hours"}, "Bea", manages=True))
    changed = await chapter(storage, "London")
    assert (changed.zone.key, [str(lead) for lead in changed.leads]) == ("Europe/Paris", ["3 hours"])
    assert await edited(desk, "London") == "London says that already."


async def test_organisers_are_appointed_and_dismissed_in_the_same_form(desk: Desk) -> None:
    """Also by the chapter's own organisers; and nobody is dismissed who never was one."""
    assert "U-Grace organises it now." in await edited(desk, "London", organiser="U-Grace")
    form = await desk.answer(call("chapter edit", {"chapter": "London"}))
    assert isinstance(form, Form)
    assert words(await desk.answer(sent_in(form, {"organiser": "U-Mary"}, "Grace"))) == "U-Mary organises it now."
    assert "Organisers: Grace, U-Mary" in words(await desk.answer(call("chapter show")))
    assert "U-Bob was not appointed for this chapter." in await edited(desk, "London", dismiss="U-Bob")
    assert "Grace no longer organises it." in await edited(desk, "London", dismiss="U-Grace")


async def test_a_chapters_organiser_moves_into_no_home_of_others(desk: Desk, storage: Database) -> None:
    """On no platform; a channel that is nobody's will do, and the community's organisers may share one."""
    await desk.answer(call("chapter add", {**LEEDS, "organiser": "U-Grace"}, **WHO))
    form = await desk.answer(call("chapter edit", {"chapter": "Leeds"}))
    assert isinstance(form, Form)
    for platform in ("slack", "discord"):
        refused = await desk.answer(sent_in(form, {platform: "#london"}, "Grace"))
        assert isinstance(refused, Form)
        assert refused.errors == {platform: "#london is where London is at home, for which you do not plan."}
    assert "#pubs on Slack" in words(await desk.answer(sent_in(form, {"slack": "#pubs"}, "Grace")))
    assert "#london on Slack" in await edited(desk, "Leeds", slack="#london")
    assert [home.name for home in (await chapter(storage, "Leeds")).homes] == ["leeds", "london"]


async def test_a_home_can_be_given_up(desk: Desk, storage: Database) -> None:
    """By emptying its line."""
    assert "at home in #london on Discord;" in await edited(desk, "London", slack="")
    left = await chapter(storage, "London")
    assert ([home.place.platform for home in left.homes], left.without) == ([DISCORD], {SLACK})


async def test_whoever_answers_an_event_joins_its_chapter(desk: Desk) -> None:
    """Whoever leaves stays out when they can't make it, and is back when they come."""
    event = await publish(desk)
    for who, wish in (("Mary", "going"), ("Ida", "not going")):
        await desk.answer(press(event, wish, who))
    assert "Members: 2\nYou: a member" in words(await desk.answer(call("chapter show", who="Mary")))
    left = words(await desk.answer(call("chapter leave", {"chapter": "London"}, who="Mary")))
    assert left == "You are no longer a member of London. Your answers to its events stay as they are."
    again = words(await desk.answer(call("chapter leave", {"chapter": "1"}, who="Mary")))
    assert again == "You are not a member of London."
    await desk.answer(press(event, "not going", "Mary"))
    assert "Members: 1\nYou: not a member yet" in words(await desk.answer(call("chapter show", who="Mary")))
    await desk.answer(press(event, "maybe", "Mary"))
    assert "Members: 2\nYou: a member" in words(await desk.answer(call("chapter show", who="Mary")))


async def test_whoever_joins_sees_that_chapter_first(desk: Desk) -> None:
    """In the list of chapters."""
    await desk.answer(call("chapter add", {"name": "Aberdeen", "zone": "Europe/London"}, who="Ada", manages=True))
    joined = words(await desk.answer(call("chapter join", {"chapter": "London"})))
    assert joined == "You are a member of London now. /event list shows its events first."
    assert words(await desk.answer(call("chapter join", {"chapter": "London"}))).endswith("already.")
    assert words(await desk.answer(call("chapter list"))).splitlines()[1:3] == [
        "London, yours: #london on Discord and #london on Slack. 1 member.",
        "Aberdeen: no channel yet. 0 members.",
    ]


@pytest.mark.parametrize("number", ["0", "777", "-1", "9" * 19, "9" * 60])
@pytest.mark.parametrize("name", ["chapter show", "chapter join", "chapter leave", "chapter edit", "chapter revise"])
async def test_a_forged_number_reaches_no_chapter(desk: Desk, name: str, number: str) -> None:
    """Nothing of ours breaks."""
    given = {"chapter": number, "seen": "x", "name": "A", "zone": "UTC"}
    for door in (Door.BUTTON, Door.FORM):
        answer = await desk.answer(call(name, given, manages=True, door=door))
        assert "Something went wrong" not in str(answer)


async def test_only_the_communitys_organisers_make_chapters(desk: Desk, storage: Database) -> None:
    """A chapter's own change that one alone, whatever number they send."""
    await desk.answer(call("chapter add", {**LEEDS, "organiser": "U-Grace"}, who="Ada", manages=True))
    no = words(await desk.answer(call("chapter add", {**LEEDS, "name": "York"})))
    assert no.startswith("Only organisers of the whole community can do that; you plan for Leeds.")
    london = str((await chapter(storage, "London")).id)
    form = await desk.answer(call("chapter edit", {"chapter": "Leeds"}))
    assert isinstance(form, Form)
    for door in Door:
        no = words(await desk.answer(call("chapter edit", {"chapter": london}, door=door)))
        assert no.startswith("That belongs to London")
    forged = call("chapter revise", {**form.fixed, **form.typed, "chapter": london}, door=Door.FORM)
    assert words(await desk.answer(forged)).startswith("That belongs to London, and you plan for Leeds.")
    assert (await chapter(storage, "London")).name == "London"
