"""Attending: who came is ticked off in a tap or two, by whoever stands at the door, and can always be mended."""

import csv
from dataclasses import replace
from datetime import timedelta
from io import StringIO

import pytest

from adapters.discord import render as discord
from adapters.slack.render import Render
from bot.calls import Door, Form, Reply
from bot.codes import together
from bot.domain.events import EventId
from bot.messages import Buttons, Menu, Message
from tests.desk.visitors import call, code, sent_in, words
from tests.features.community import Community


async def ask(community: Community, command: str, **given: str) -> Reply:
    """Ada, who organises, asks something now."""
    return await community.desk.answer(call(command, given, who="Ada", manages=True, at=community.clock.now()))


async def follow(community: Community, *codes: str) -> Reply:
    """Ada presses a button, or picks something from a menu."""
    command, given = together(codes)
    return await ask(community, command, **given)


async def fill(community: Community, form: Reply, **typed: str) -> Reply:
    assert isinstance(form, Form)
    sent = sent_in(form, typed, "Ada", manages=True)
    return await community.desk.answer(replace(sent, at=community.clock.now()))


def options(reply: Reply) -> dict[str, str]:
    """What can be picked from the menus of a message: the code by the label."""
    assert isinstance(reply, Message)
    return {each.label: each.code for part in reply.parts if isinstance(part, Menu) for each in part.options}


def heads(reply: Reply) -> list[str]:
    """How many are here, are not, and walked in."""
    lines = [line.partition(": ") for line in words(reply).splitlines()]
    return [value for label, _, value in lines if label in ("Here", "Came", "Not here yet", "No-shows", "Walk-ins")]


@pytest.fixture
async def doors(community: Community) -> EventId:
    """An evening to which Grace brings a guest, Alan comes, and Ida perhaps; people are at the door."""
    event = await community.publish(seats="", guests="2")
    form = await ask(community, "event edit", event=str(event))
    await fill(community, form, guests="2")
    await community.answer(event, "going", ("Grace", "slack"), ("Alan", "discord"))
    await community.answer(event, "maybe", ("Ida", "slack"))
    given = {"event": str(event), "guests": "1"}
    await community.desk.answer(call("bring", given, who="Grace", door=Door.FORM, at=community.clock.now()))
    await community.wait_until("2026-09-17 18:20")
    return event


async def test_one_tap_ticks_somebody_off_and_another_takes_it_back(community: Community, doors: EventId) -> None:
    """Twice is once; who is here comes with the guests whom they announced."""
    sheet = await ask(community, "event attendance")
    assert heads(sheet) == ["0", "2", "0"]
    tap = code(sheet, "Grace +1")
    sheet = await follow(community, tap)
    assert words(sheet).splitlines()[1] == "Ticked off: Grace."
    assert heads(sheet) == ["2, 1 of them a guest", "1", "0"]
    assert heads(await follow(community, tap)) == ["2, 1 of them a guest", "1", "0"]
    sheet = await follow(community, options(sheet)["Grace +1"])
    assert heads(sheet) == ["0", "2", "0"]
    assert "Not here after all: Grace." in words(sheet)


async def test_whoever_walks_in_is_added_with_or_without_an_account(community: Community, doors: EventId) -> None:
    """A maybe who came is a walk-in, too; a number of guests can be mended by saying it again."""
    sheet = await follow(community, options(await ask(community, "event attendance"))["Ida (maybe)"])
    assert heads(sheet) == ["1", "2", "1"]
    form = await ask(community, "event add-walk-in")
    sheet = await fill(community, form, name="Kurt")
    assert "Walked in: Kurt." in words(sheet)
    assert heads(sheet) == ["2", "2", "2"]
    again = await ask(community, "event add-walk-in", name="kurt")
    assert "Kurt is here already" in words(again)
    assert heads(await ask(community, "event add-walk-in", name="Kurt", guests="2")) == [
        "4, 2 of them guests",
        "2",
        "2",
    ]
    assert heads(await ask(community, "event add-walk-in", person="U-Emmy")) == ["5, 2 of them guests", "2", "3"]
    sheet = await ask(community, "event add-walk-in", person="U-Grace", guests="0")
    assert words(sheet).splitlines()[1] == "Ticked off: Grace."
    assert heads(sheet) == ["6, 2 of them guests", "1", "3"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"guests": "1"}, "Pick somebody above, or write what they are called."),
        ({"person": "U-Emmy", "name": "Emmy"}, "but not both"),
        ({"name": "Kurt", "guests": "-1"}, "from 0 to 99"),
        ({"name": "Kurt", "guests": "so"}, "not a whole number"),
        ({"name": "Kurt", "guests": "99999"}, "“99999” is too great a number; write 99 at most."),
        ({"name": "alan"}, "Somebody of that name is expected"),
    ],
)
async def test_what_cannot_be_is_said_beside_the_question(
    community: Community, doors: EventId, typed: dict[str, str], sentence: str
) -> None:
    """And what was typed comes back."""
    form = await fill(community, await ask(community, "event add-walk-in"), **typed)
    assert isinstance(form, Form)
    assert sentence in " ".join(form.errors.values())
    assert form.typed == typed


async def test_who_came_stands_in_the_door_list(community: Community, doors: EventId) -> None:
    """Nobody is a no-show before the end, and the counts of others stay what they were."""
    await follow(community, code(await ask(community, "event attendance"), "Grace +1"))
    await ask(community, "event add-walk-in", name="=Kurt", guests="1")
    assert [row[5] for row in await door_list(community, doors)] == ["came", "", "", "came"]
    await community.wait_until("2026-09-17 21:31")
    rows = await door_list(community, doors)
    assert [(row[0], row[1], row[5], row[6]) for row in rows] == [
        ("Grace", "going", "came", "1"),
        ("Alan", "going", "no-show", "0"),
        ("Ida", "maybe", "", "0"),
        ("'=Kurt", "walk-in", "came", "1"),
    ]
    shown = words(await ask(community, "event list-attendees", event=str(doors)))
    assert shown.splitlines()[-5:-1] == [
        "Grace: going, came, 1 guest",
        "Alan: going, no-show",
        "Ida: maybe",
        "=Kurt: walk-in, came, 1 guest",
    ]
    sheet = await ask(community, "event attendance")
    assert heads(sheet) == ["4, 2 of them guests", "1", "1"]
    assert "No-shows" in words(sheet)
    given = {"event": str(doors)}
    others = words(await community.desk.answer(call("event list-attendees", given, at=community.clock.now())))
    assert others.splitlines() == ["Evening", "Going: 2", "Guests: 1", "Waiting: 0", "Maybe: 1"]
    refused = words(await community.desk.answer(call("event attendance", given, at=community.clock.now())))
    assert refused.startswith("Only organisers can do that.")


async def door_list(community: Community, event: EventId) -> list[list[str]]:
    listed = await ask(community, "event list-attendees", event=str(event))
    assert isinstance(listed, Message)
    return list(csv.reader(StringIO(listed.files[0].content.decode("utf-8-sig"), newline="")))[1:]


async def test_hundreds_come_by_pages_of_menus_and_by_name(community: Community) -> None:
    """Several are ticked off at once, every page fits both platforms, and nobody is on two of them."""
    event = await community.publish(seats="")
    people = [(f"*_{'x' * 60}_* {number:03}", "slack") for number in range(230)]
    await community.answer(event, "going", *people, ("Zoë", "discord"))
    await community.wait_until("2026-09-17 18:20")
    seen: list[str] = []
    for page in ("1", "2", "3"):
        sheet = await ask(community, "event attendance", event=str(event), page=page)
        assert isinstance(sheet, Message)
        discord.message(sheet)
        Render().message(sheet)
        menus = [part for part in sheet.parts if isinstance(part, Menu)]
        seen += [option.code for menu in menus for option in menu.options]
    assert len(set(seen)) == len(seen) == 231
    sheet = await follow(community, *[each for each in seen if each.endswith("page=1")][:25])
    assert heads(sheet) == ["25", "206", "0"]
    form = await follow(community, code(sheet, "Find a name"))
    found = await fill(community, form, wanted="zOË")
    assert heads(await follow(community, code(found, "Zoë"))) == ["26", "205", "0"]
    nobody = await fill(community, form, wanted="Emmy")
    assert "Nobody else whose name holds “Emmy” is expected." in words(nobody)


async def test_before_the_doors_open_nobody_can_have_come(community: Community) -> None:
    """Nor to what is a draft, or was called off."""
    event = await community.publish()
    assert "Evening has not begun" in words(await ask(community, "event attendance", event=str(event)))
    assert "Evening has not begun" in words(await ask(community, "event tick", event=str(event), who="1"))
    assert words(await ask(community, "event attendance")).startswith("No event is about to begin: ")
    await community.call_off(event)
    assert "so nobody came" in words(await ask(community, "event attendance", event=str(event)))


async def test_two_at_two_doors_do_not_undo_each_other(community: Community, doors: EventId) -> None:
    """Old lists add what is ticked in them, and nothing else."""
    old = await ask(community, "event attendance")
    await follow(community, code(old, "Grace +1"))
    sheet = await follow(community, code(old, "Alan"))
    assert heads(sheet) == ["3, 1 of them a guest", "0", "0"]
    assert "Everybody who is going is here." in words(sheet)
    assert [part for part in sheet.parts if isinstance(part, Buttons)] == [sheet.parts[-1]]  # type: ignore[union-attr]


async def test_what_is_ticked_stays_changeable_after_the_end(community: Community, doors: EventId) -> None:
    """The day after, from what is over."""
    community.clock.move(community.clock.now() + timedelta(days=1))
    await community.timekeeper.tick(community.clock.now())
    sheet = await ask(community, "event attendance", event=str(doors))
    assert heads(await follow(community, code(sheet, "Alan"))) == ["1", "1", "0"]


async def test_whoever_was_here_on_the_old_day_is_not_here_on_the_new_one(community: Community, doors: EventId) -> None:
    """An evening is put off as people come in; half an hour later is the same evening."""
    sheet = await follow(community, code(await ask(community, "event attendance"), "Grace +1"))
    await ask(community, "event add-walk-in", name="Mary")
    form = await ask(community, "event edit", event=str(doors))
    assert "taken back" not in words(await fill(community, form, starts="Thu 17 Sep 19:00"))
    assert heads(await ask(community, "event attendance")) == ["3, 1 of them a guest", "1", "1"]
    form = await ask(community, "event edit", event=str(doors))
    said = words(await fill(community, form, starts="Thu 24 Sep 18:30"))
    assert "The ticks of 2 people who were here are taken back." in said
    assert "has not begun" in words(await follow(community, code(sheet, "Alan")))
    await community.wait_until("2026-09-24 18:00")
    assert heads(await ask(community, "event attendance")) == ["0", "2", "0"]


async def test_what_changes_nothing_at_the_door_is_no_act(community: Community, doors: EventId) -> None:
    """To tick off who is here, to take back who is gone, to look for the form, or to say again how many came."""
    sheet = await ask(community, "event attendance")
    tick = code(sheet, "Grace +1")
    back = options(await follow(community, tick))["Grace +1"]
    await ask(community, "event add-walk-in", name="Mary", guests="1")

    async def deeds() -> list[str]:
        shown = words(await ask(community, "audit")).splitlines()
        return [line.partition("Slack: ")[2].partition(":")[0] for line in shown if "Slack: " in line]

    noted = await deeds()
    assert noted[:2] == ["Add a walk-in", "Tick somebody off, Grace"]
    await follow(community, tick)
    await ask(community, "event add-walk-in", person="U-Grace")
    for guests in ("", "1"):
        await ask(community, "event add-walk-in", name="Mary", guests=guests)
    assert isinstance(await ask(community, "event add-walk-in"), Form)
    assert await deeds() == noted
    for _ in range(2):
        await follow(community, back)
    assert await deeds() == ["Take a tick back, Grace", *noted]
    taps = [code(await ask(community, "event attendance"), label) for label in ("Grace +1", "Alan")]
    await follow(community, *taps)
    assert sorted((await deeds())[:2]) == ["Tick somebody off, Alan", "Tick somebody off, Grace"]
