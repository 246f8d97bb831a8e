"""Deadlines: when answers close, the cards are drawn anew, and whoever moves the moment moves that along."""

from datetime import timedelta

from bot.calls import Form
from bot.domain.events import EventId
from bot.domain.reminders import Reminder, ReminderKind
from tests.desk.visitors import NOW, call, plan, words
from tests.features.community import Community
from tests.features.editing import edit, form


async def close(community: Community, event: EventId, answer_by: str) -> None:
    """Ada sets the moment until which people may answer."""
    assert "has been changed" in words(await edit(community, event, answer_by=answer_by))


async def refused(community: Community, event: EventId, **typed: str) -> dict[str, str]:
    """What the form says to what Ada types."""
    shown = await edit(community, event, **typed)
    assert isinstance(shown, Form), words(shown)
    return dict(shown.errors)


async def closing(community: Community, event: EventId) -> list[str]:
    """The moments at which the cards are to be drawn anew."""
    async with community.storage.writing() as tx:
        far = community.clock.now().replace(year=2030)
        due: list[Reminder] = list(await tx.reminders.due(far, 99))
    return [f"{each.due:%d %b %H:%M}" for each in due if each.kind is ReminderKind.ANSWERS_CLOSE]


async def test_a_deadline_that_moves_rings_once_when_it_has_come(community: Community) -> None:
    """At its last moment, however often it was moved, there and back; the event itself has not changed for anybody."""
    event = await community.publish()
    await community.answer(event, "going", ("Grace", "slack"))
    for answer_by in ("Tue 15 Sep 12:00", "Wed 16 Sep 12:00", "Tue 15 Sep 12:00"):
        await close(community, event, answer_by)
    assert await closing(community, event) == ["15 Sep 11:00"]
    await community.settle()
    community.forget()
    assert await community.wait_until("2026-09-15 11:59") == 0
    assert await community.wait_until("2026-09-15 12:00") == 1
    assert community.told() == []
    await close(community, event, "Wed 16 Sep 12:00")
    assert await closing(community, event) == ["16 Sep 11:00"]
    await close(community, event, "")
    assert await closing(community, event) == []


async def test_an_event_that_moves_takes_its_deadline_along(community: Community) -> None:
    """By as many days, across the change of clocks too; noon the day before is noon, whatever hour it begins at."""
    event = await community.publish()
    await close(community, event, "Wed 16 Sep 12:00")
    for starts, closes in (("Thu 24 Sep 19:30", "23 Sep 11:00"), ("Thu 29 Oct 20:00", "28 Oct 12:00")):
        await edit(community, event, starts=starts)
        assert await closing(community, event) == [closes]


async def test_an_hour_that_is_announced_leaves_the_deadline_where_it_is(community: Community) -> None:
    """On the day before, or at noon of the day itself; taken back and put on another day, it goes along by days."""
    for answer_by, due in (("Wed 16 Sep 12:00", "16 Sep 11:00"), ("Thu 17 Sep 12:00", "17 Sep 11:00")):
        event = await community.publish(starts="Thu 17 Sep, time TBA")
        await close(community, event, answer_by)
        await edit(community, event, starts="Thu 17 Sep 18:30")
        assert await closing(community, event) == [due]
        await edit(community, event, starts="Fri 18 Sep, time TBA")
        assert await closing(community, event) == [due.replace("17", "18").replace("16", "17")]
        await close(community, event, "")


async def test_a_deadline_that_would_move_into_the_past_is_told(community: Community) -> None:
    """Or else nobody could answer, and nobody knew; what is written for it, or nothing, is taken."""
    event = await community.publish()
    await close(community, event, "Sun 13 Sep 12:00")
    assert await refused(community, event, starts="Tue 8 Sep 18:30") == {
        "answer_by": "It would move along, to Friday 4 September 2026, 12:00 BST, which is past. "
        "Write another time; or nothing, for up to the end."
    }
    assert "has been changed" in words(await edit(community, event, starts="Tue 8 Sep 18:30", answer_by=""))
    assert "You are going" in (await community.answer(event, "going", ("Grace", "slack")))[0]


async def test_answers_that_are_closed_stay_so_when_an_event_begins_a_little_later(community: Community) -> None:
    """That is no news to anybody."""
    event = await community.publish()
    await close(community, event, "Wed 16 Sep 12:00")
    await community.wait_until("2026-09-16 14:00")
    assert "has been changed" in words(await edit(community, event, starts="Thu 17 Sep 19:00"))
    assert "closed" in (await community.answer(event, "going", ("Grace", "slack")))[0]


async def test_an_event_that_loses_its_date_loses_its_deadline(community: Community) -> None:
    """So that the new date does not begin with answers closed; one that was set in between is told when it is past."""
    event = await community.publish()
    await close(community, event, "Wed 16 Sep 12:00")
    await edit(community, event, starts="TBA")
    assert (await form(community, event)).typed.get("answer_by") is None
    await close(community, event, "Sun 20 Sep 12:00")
    community.clock.move(NOW + timedelta(days=20))
    assert await refused(community, event, starts="Thu 15 Oct 18:30") == {
        "answer_by": "It is Sunday 20 September 2026, 12:00 BST, which is past. "
        "Write another time; or nothing, for up to the end."
    }


async def test_a_draft_whose_deadline_has_passed_is_not_published(community: Community) -> None:
    """Nobody could answer it."""
    event = await plan(community.desk)
    await edit(community, event, answer_by="Sun 6 Sep 12:00")
    community.clock.move(NOW + timedelta(days=5))
    given, at = {"event": str(event)}, community.clock.now()
    said = await community.desk.answer(call("event publish", given, who="Ada", manages=True, at=at))
    assert words(said) == (
        "Evening would take no answers: they closed on Sunday 6 September 2026, 12:00 BST. "
        "Change that first, by /event edit."
    )
