"""Deadlines: when answers close, the cards are drawn anew, and whoever moves the moment moves that along."""

from dataclasses import replace

from bot.calls import Form
from bot.domain.events import EventId
from bot.domain.reminders import Reminder, ReminderKind
from tests.desk.visitors import call, sent_in, words
from tests.features.community import Community


async def close(community: Community, event: EventId, answer_by: str) -> None:
    """Ada sets the moment until which people may answer."""
    at = community.clock.now()
    form = await community.desk.answer(call("event edit", {"event": str(event)}, who="Ada", manages=True, at=at))
    assert isinstance(form, Form)
    sent = replace(sent_in(form, {"answer_by": answer_by}, "Ada", manages=True), at=at)
    assert "has been changed" in words(await community.desk.answer(sent))


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
    at = community.clock.now()
    for starts, closes in (("Thu 24 Sep 19:30", "23 Sep 11:00"), ("Thu 29 Oct 20:00", "28 Oct 12:00")):
        form = await community.desk.answer(call("event edit", {"event": str(event)}, who="Ada", manages=True, at=at))
        assert isinstance(form, Form)
        await community.desk.answer(replace(sent_in(form, {"starts": starts}, "Ada", manages=True), at=at))
        assert await closing(community, event) == [closes]
