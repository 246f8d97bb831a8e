"""Zones: a chapter that goes by other clocks moves none of its events, and tells nobody that they have moved."""

from bot.calls import Form
from bot.domain.events import EventId
from tests.desk.visitors import LONDON, call, words
from tests.features.community import Community
from tests.features.editing import edit, form, save


async def go_by(community: Community, zone: str) -> None:
    """Ada gives the chapter another zone."""
    at = community.clock.now()
    shown = await community.desk.answer(call("chapter edit", who="Ada", manages=True, place=LONDON, at=at))
    assert isinstance(shown, Form), words(shown)
    assert words(await save(community, shown, zone=zone)).startswith("London has been changed")


async def starts(community: Community, event: EventId) -> str:
    """When an event starts, in universal time."""
    async with community.storage.reading() as tx:
        return str((await tx.events.get(event)).starts)


async def test_a_form_that_was_open_moves_no_event_into_the_new_zone(community: Community) -> None:
    """Times that were left alone stay the same moments, of an event whose hour is open the same day."""
    event = await community.publish()
    await edit(community, event, ends="22:00", answer_by="Wed 16 Sep 12:00")
    day = await community.publish(title="Day out", starts="Sat 19 Sep, time TBA")
    opened, day_opened = await form(community, event), await form(community, day)
    await go_by(community, "America/New_York")
    assert words(await save(community, opened, about="More talks")) == "Evening has been changed."
    assert words(await save(community, day_opened, about="A walk")) == "Day out has been changed."
    now = await form(community, event)
    assert {name: now.typed[name] for name in ("starts", "ends", "answer_by")} == {
        "starts": "Thu 17 Sep 2026 13:30",
        "ends": "Thu 17 Sep 2026 17:00",
        "answer_by": "Wed 16 Sep 2026 07:00",
    }
    assert await starts(community, event) == "2026-09-17 17:30:00+00:00"
    assert (await form(community, day)).typed["starts"] == "Sat 19 Sep 2026, time TBA"


async def test_what_was_typed_by_the_old_clocks_is_asked_about(community: Community) -> None:
    """Nobody can know which clocks were meant: sent once more, it is read by the new ones."""
    event = await community.publish()
    await edit(community, event, ends="22:00")
    opened = await form(community, event)
    await go_by(community, "America/New_York")
    asked = await save(community, opened, starts="Thu 17 Sep 19:00")
    assert isinstance(asked, Form)
    assert asked.errors == {
        "starts": "The clocks of London are those of America/New York now, and what stands here is read by them."
    }
    assert (asked.typed["starts"], asked.typed["ends"]) == ("Thu 17 Sep 19:00", "Thu 17 Sep 2026 17:00")
    assert await starts(community, event) == "2026-09-17 17:30:00+00:00"
    assert "It starts on Thursday 17 September 2026, 15:00 EDT" in words(
        await save(community, asked, starts="Thu 17 Sep 15:00")
    )
    assert await starts(community, event) == "2026-09-17 19:00:00+00:00"


async def test_a_new_zone_is_told_to_nobody_as_another_day(community: Community) -> None:
    """Of an event whose hour is open, and whose venue was changed a minute before."""
    event = await community.publish(starts="Thu 17 Sep, time TBA", seats="9")
    await community.answer(event, "going", ("Grace", "slack"))
    await community.settle()
    community.forget()
    await edit(community, event, where="The Anchor")
    await go_by(community, "America/New_York")
    await community.wait_until("2026-09-05 10:10")
    ((who, told),) = community.told()
    assert (who, "Where: The Crown → The Anchor" in told, "When:" in told) == ("Grace", True, False)
    community.forget()
    await edit(community, event, starts="Fri 18 Sep, time TBA")
    await community.wait_until("2026-09-05 10:20")
    ((_who, told),) = community.told()
    assert "When: Thursday 17 September 2026, time to be announced → Friday 18 September" in told
