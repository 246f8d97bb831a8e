"""/my: what somebody has answered, in their calendar and by their wishes."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from bot.calls import Door, Form
from bot.domain.events import EventId
from bot.domain.people import Platform
from bot.messages import Menu, Message, Option
from tests.desk.visitors import DISCORD, SLACK, call, code, plan, sent_in, words
from tests.features.community import Community
from tests.features.editing import form, save
from tests.features.test_linking import link


async def asked(community: Community, command: str, who: str = "Grace", platform: Platform = SLACK, **given: str):
    """What somebody is answered who types a command."""
    moment = community.clock.now()
    return await community.desk.answer(call(command, given, who=who, platform=platform, at=moment))


async def pressed(community: Community, held: str, who: str = "Grace", platform: Platform = SLACK):
    """What somebody is answered who presses a button that holds this code."""
    command, _, given = held.replace("%20", " ").partition("?")
    pairs = dict(each.split("=") for each in given.split("&")) if given else {}
    moment = community.clock.now()
    button = call(command, pairs, who=who, platform=platform, at=moment, door=Door.BUTTON)
    return await community.desk.answer(button)


async def entry(community: Community, event: EventId):
    """The one entry of an event's calendar file, read back."""
    reply = await pressed(community, f"calendar file?event={event}")
    assert isinstance(reply, Message)
    (file,) = reply.files
    assert file.name.endswith(".ics")
    (found,) = Calendar.from_ical(file.content).events
    assert found.errors == []
    return found, file.content


async def edited(community: Community, event: EventId, **typed: str) -> None:
    """Ada changes an event."""
    form = await community.desk.answer(call("event edit", {"event": str(event)}, who="Ada", manages=True))
    assert isinstance(form, Form)
    assert "has been changed" in words(await community.desk.answer(sent_in(form, typed, "Ada", manages=True)))


async def test_my_events_are_the_same_on_both_platforms(community: Community) -> None:
    """For whoever is linked; with buttons for what else could be said, and a page for every four."""
    events = [await community.publish(title=f"Evening {n}", starts=f"{n} Oct 18:30", seats="1") for n in range(1, 7)]
    await community.answer(events[0], "going", ("Grace", "slack"))
    await community.answer(events[1], "going", ("Alan", "slack"), ("grace_h", "discord"))
    await community.answer(events[2], "maybe", ("grace_h", "discord"))
    for event in events[3:5]:
        await community.answer(event, "not going", ("Grace", "slack"))
    assert "Evening 2" not in words(await asked(community, "my events"))
    await link(community, "Grace", "grace_h")
    first = await asked(community, "my events")
    assert words(first) == words(await asked(community, "my events", "grace_h", DISCORD))
    lines = words(first).splitlines()
    start = "Thursday 1 October 2026, 18:30 BST"
    assert lines[1] == f"Evening 1, London, {start}. Where: The Crown. You are going."
    assert lines[2] == "[Maybe] [Can’t make it] [Calendar file]"
    assert lines[3].endswith("You are number 1 in line.")
    assert lines[5].endswith("You may come.")
    assert lines[6] == "[Going] [Can’t make it] [Calendar file]"
    assert lines[-3:-1] == ["Page 1 of 2", "[Later]"]
    assert "Evening 5" in words(await pressed(community, code(first, "Later")))
    await pressed(community, code(first, "Maybe"))
    assert "You may come." in words(await asked(community, "my events")).splitlines()[1]


async def test_whoever_has_answered_nothing_is_told_so(community: Community) -> None:
    """Also somebody whom the bot never met."""
    await community.publish()
    for command in ("my events", "my calendar"):
        assert "/event list" in words(await asked(community, command, "Nobody"))


async def test_a_calendar_file_says_what_the_card_says(community: Community) -> None:
    """By the clock on the wall of the chapter, with the rules of its zone, and escaped by whom it concerns."""
    title, about = "Tea; biscuits, \\n & more", "First line\nBEGIN:VEVENT\nSUMMARY:Forged"
    event = await community.publish(title=title, about=about, where="The Crown, London; upstairs")
    found, content = await entry(community, event)
    assert (str(found["SUMMARY"]), str(found["DESCRIPTION"])) == (title, about)
    assert str(found["LOCATION"]) == "The Crown, London; upstairs"
    assert b"DTSTART;TZID=Europe/London:20260917T183000\r\n" in content
    assert found.start.isoformat() == "2026-09-17T18:30:00+01:00"
    assert found.end.isoformat() == "2026-09-17T21:30:00+01:00"
    assert str(found["STATUS"]) == "CONFIRMED"
    assert content.count(b"BEGIN:VTIMEZONE") == 1
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    (zone,) = Calendar.from_ical(content).timezones
    summer = zone.to_tz().utcoffset(datetime(2026, 9, 17, 18, 30))
    assert (str(zone["TZID"]), summer) == ("Europe/London", timedelta(hours=1))


async def test_a_file_takes_the_place_of_the_one_before(community: Community) -> None:
    """One name for ever, a greater number with every change, and word of the end."""
    event = await community.publish()
    other, _ = await entry(community, await community.publish(title="Another one"))
    before, _ = await entry(community, event)
    same, _ = await entry(community, event)
    assert (before.uid, before.sequence) == (same.uid, same.sequence)
    assert before.uid != other.uid
    await edited(community, event, starts="Fri 18 Sep 19:00")
    community.clock.move(community.clock.now() + timedelta(minutes=6))
    await community.timekeeper.tick(community.clock.now())
    moved, _ = await entry(community, event)
    assert moved.sequence > before.sequence
    assert moved.start.isoformat() == "2026-09-18T19:00:00+01:00"
    await community.call_off(event)
    over, _ = await entry(community, event)
    assert (str(over["STATUS"]), over.sequence > moved.sequence) == ("CANCELLED", True)
    assert over.uid == before.uid
    assert over.DTSTAMP.isoformat() == f"{community.clock.now():%Y-%m-%dT%H:%M:%S}+00:00"


async def test_a_day_without_an_hour_is_a_day_and_no_date_is_none(community: Community) -> None:
    """What is still open is not made up."""
    day = await community.publish(starts="Thu 17 Sep TBA")
    found, content = await entry(community, day)
    assert (found.start, str(found["STATUS"]), b"VTIMEZONE" in content) == (date(2026, 9, 17), "TENTATIVE", False)
    never = await community.publish(starts="TBA", title="Some day")
    assert words(await pressed(community, f"calendar file?event={never}")).startswith("Some day has no date yet")
    draft = await community.desk.answer(
        call("event create", {"title": "Secret", "starts": "1 Oct 18:00"}, manages=True)
    )
    assert isinstance(draft, Message)
    assert "not on record" in words(await pressed(community, f"calendar file?event={never + 1}"))


async def test_what_has_lost_its_date_goes_from_calendars(community: Community) -> None:
    """Also once it is called off; a new date brings it back, and a draft's dates are known to nobody."""
    event = await community.publish()
    await community.answer(event, "going", ("Grace", "slack"))
    before, _ = await entry(community, event)
    await edited(community, event, starts="TBA")
    community.forget()
    await community.wait_until("2026-09-05 10:10")
    assert "Take it out of my calendar" in community.slack.inbox[-1].said
    reply = await pressed(community, f"calendar file?event={event}")
    assert words(reply).startswith("Evening has no date any more; this file takes it out of your calendar.")
    without, _ = await entry(community, event)
    assert (str(without["STATUS"]), without.uid, without.start) == ("CANCELLED", before.uid, before.start)
    await edited(community, event, starts="Thu 24 Sep 18:30")
    again, _ = await entry(community, event)
    assert (str(again["STATUS"]), again.start.day) == ("CONFIRMED", 24)
    await edited(community, event, starts="TBA")
    await community.call_off(event)
    off, _ = await entry(community, event)
    assert (str(off["STATUS"]), off.start.day) == ("CANCELLED", 24)
    assert [each["SEQUENCE"] for each in (before, without, again, off)] == [1, 2, 3, 5]
    assert "[Take it out of my calendar]" in words(await asked(community, "my events"))
    whole = await asked(community, "my calendar")
    assert isinstance(whole, Message)
    assert b"STATUS:CANCELLED" in whole.files[0].content
    community.clock.move(datetime(2026, 9, 25, tzinfo=UTC))
    assert "Evening" not in words(await asked(community, "my events"))


async def test_a_date_of_a_draft_is_in_no_calendar(community: Community) -> None:
    """Nor is what was called off without any date among one's events for ever."""
    event = await plan(community.desk, title="Some day")
    await save(community, await form(community, event), starts="TBA")
    await community.desk.answer(call("event publish", {"event": str(event)}, who="Ada", manages=True))
    await community.answer(event, "going", ("Grace", "slack"))
    assert "calendar]" not in words(await asked(community, "my events"))
    await community.call_off(event)
    assert "has no date yet" in words(await pressed(community, f"calendar file?event={event}"))
    assert "Some day" not in words(await asked(community, "my events"))


async def test_all_my_events_are_one_file(community: Community) -> None:
    """Those to which somebody comes or may come, and what was called off among them."""
    events = [await community.publish(title=f"Evening {n}", starts=f"{n} Oct 18:30") for n in range(1, 5)]
    for event, wish in zip(events, ["going", "maybe", "not going", "going"], strict=True):
        await community.answer(event, wish, ("Grace", "slack"))
    await community.call_off(events[3])
    reply = await asked(community, "my calendar")
    assert isinstance(reply, Message)
    (file,) = reply.files
    found = Calendar.from_ical(file.content).events
    assert [str(each["SUMMARY"]) for each in found] == ["Evening 1", "Evening 2", "Evening 4"]
    assert [str(each["STATUS"]) for each in found] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert "Cancelled." in words(await asked(community, "my events"))


async def test_own_leads_take_the_place_of_the_chapters(community: Community) -> None:
    """Each is reminded when they wish, and once; whoever wishes for none is not."""
    await asked(community, "my reminders", "Alan", before="30 minutes and 3 days")
    event = await community.publish(seats="9")
    people = (("Grace", "slack"), ("Alan", "slack"), ("Mary", "slack"), ("Katherine", "discord"))
    await community.answer(event, "going", *people)
    await asked(community, "my reminders", "Mary", before="none")
    assert "1 week before" in words(await asked(community, "my reminders", "Katherine", DISCORD, before="1 week"))
    rung: list[tuple[str, list[str]]] = []
    for moment in ("10 18:31", "14 18:31", "16 18:31", "17 16:31", "17 18:01", "17 18:20"):
        community.forget()
        await community.wait_until(f"2026-09-{moment}")
        await community.wait_until(f"2026-09-{moment}")
        rung.append((moment, [who for who, _ in community.told()]))
    assert rung == [
        ("10 18:31", ["Katherine"]),
        ("14 18:31", ["Alan"]),
        ("16 18:31", ["Grace"]),
        ("17 16:31", ["Grace"]),
        ("17 18:01", ["Alan"]),
        ("17 18:20", []),
    ]


async def test_after_an_outage_each_is_told_their_last_reminder_alone(community: Community) -> None:
    """Though several are due at once."""
    await asked(community, "my reminders", "Alan", before="1 day, 1 hour")
    event = await community.publish(seats="9")
    await community.answer(event, "going", ("Grace", "slack"), ("Alan", "slack"))
    community.forget()
    await community.wait_until("2026-09-17 17:45")
    assert [who for who, _ in community.told()] == ["Alan", "Grace"]
    community.forget()
    await community.wait_until("2026-09-17 18:40")
    assert community.told() == []


async def test_own_leads_and_word_of_changes_outlive_a_change_of_the_chapter(community: Community) -> None:
    """What a chapter usually does changes for those alone who wish for nothing else."""
    await asked(community, "my reminders", "Alan", before="3 days")
    event = await community.publish()
    await community.answer(event, "going", ("Grace", "slack"), ("Alan", "slack"))
    await edited(community, event, where="The Anchor")
    form = await community.desk.answer(call("chapter edit", {"chapter": "1"}, who="Ada", manages=True))
    assert isinstance(form, Form)
    await community.desk.answer(sent_in(form, {"reminders": "2 days"}, "Ada", manages=True))
    told: list[list[str]] = []
    for moment in ("05 10:06", "14 18:31", "15 18:31", "16 18:31"):
        community.forget()
        await community.wait_until(f"2026-09-{moment}")
        told.append([who for who, _ in community.told()])
    assert told == [["Alan", "Grace"], ["Alan"], ["Grace"], []]


async def test_usual_is_as_the_chapter_does(community: Community) -> None:
    """A wish can be taken back."""
    await asked(community, "my reminders", before="none")
    assert "When: no reminders" in words(await asked(community, "my reminders"))
    shown = await asked(community, "my reminders", before="usual")
    assert "When: as the event’s chapter does" in words(shown)
    assert "When: 2 hours before" in words(await pressed(community, code(shown, "2 hours before")))


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("soon", "is not a length of time"),
        ("1 day, 2 days, 3 days, 4 days, 5 days", "choose up to 4"),
        ("9 weeks", "the earliest"),
        ("0 days", "is not a length of time"),
    ],
)
async def test_what_is_no_lead_comes_back_in_the_form(community: Community, written: str, why: str) -> None:
    """With a sentence beside it."""
    form = await asked(community, "my reminders", before=written)
    assert isinstance(form, Form)
    assert (form.typed["before"], why in form.errors["before"]) == (written, True)


async def test_a_linked_member_is_told_where_they_wish(community: Community) -> None:
    """Once, though it was on its way to the other platform already."""
    event = await community.publish()
    await community.answer(event, "going", ("Grace", "slack"))
    await link(community, "Grace", "grace_h")
    await community.settle()
    community.forget()
    community.clock.move(datetime(2026, 9, 16, 17, 31, tzinfo=UTC))
    await community.timekeeper.tick(community.clock.now())
    shown = await asked(community, "my reminders")
    assert "Where: with the account that answered" in words(shown)
    places = {option.label: option.code for part in _menus(shown) for option in part}
    await pressed(community, places["Discord, by direct message"])
    await community.settle()
    assert [(who, what.split(" starts")[0]) for who, what in community.told()] == [("grace_h", "Evening")]
    community.forget()
    await pressed(community, places["With the account that answered"])
    await pressed(community, places["Discord, in the event’s thread"])
    await pressed(community, places["Slack, by direct message"])
    await community.settle()
    assert community.told() == []
    await community.wait_until("2026-09-17 16:31")
    assert [who for who, _ in community.told()] == ["Grace"]
    forged = await pressed(community, places["Discord, by direct message"], "Mary")
    assert words(forged) == "That account is not linked with yours any more."


def _menus(reply: object) -> list[Sequence[Option]]:
    assert isinstance(reply, Message)
    return [part.options for part in reply.parts if isinstance(part, Menu)]


async def test_guests_and_the_answer_to_a_question_can_be_changed_from_there(community: Community) -> None:
    """Also where an organiser asked only later; whoever does not come brings nobody."""
    event = await community.publish(seats="9")
    await community.answer(event, "going", ("Grace", "slack"))
    await community.answer(event, "maybe", ("Mary", "slack"))
    await edited(community, event, guests="2", question="Food?")
    form = await pressed(community, code(await asked(community, "my events"), "Bring guests, or answer"))
    assert isinstance(form, Form)
    assert [each.question for each in form.asks] == ["How many guests do you bring?", "Food?"]
    assert "guests" not in words(await asked(community, "my events", "Mary"))


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Café & “Cake”!", "cafe-cake-2026-09-17.ics"),
        ("碁の会", "event-1-2026-09-17.ics"),
        ("../etc/passwd", "etc-passwd-2026-09-17.ics"),
        ("x" * 80, f"{'x' * 60}-2026-09-17.ics"),
    ],
)
async def test_a_file_is_called_as_its_event_is(community: Community, title: str, name: str) -> None:
    """As far as every system takes it, with the day of the event."""
    event = await community.publish(title=title)
    reply = await pressed(community, f"calendar file?event={event}")
    assert isinstance(reply, Message)
    assert [file.name for file in reply.files] == [name]
