"""Drafts: what an organiser has begun is there until it is published or discarded, also when its date has passed."""

from datetime import datetime

from bot.calls import Reply
from bot.domain.events import EventId
from tests.desk.visitors import call, code, fits, plan, words
from tests.features.community import Community
from tests.features.editing import edit
from tests.features.organiser import press


async def ask(community: Community, command: str, **given: str) -> Reply:
    """Ada types a command."""
    return await community.desk.answer(call(command, given, who="Ada", manages=True, at=community.clock.now()))


async def passed(community: Community) -> EventId:
    """A draft of an evening that would have been yesterday, and another one that is to come."""
    event = await plan(community.desk)
    await plan(community.desk, title="Quiz", starts="Thu 24 Sep 18:30")
    community.clock.move(datetime.fromisoformat("2026-09-18 10:00+01:00"))
    return event


async def test_a_draft_whose_date_has_passed_can_be_mended(community: Community) -> None:
    """It is told what is wrong, keeps everything else, and is published on another day."""
    event = await passed(community)
    refused = words(await ask(community, "event publish", event=str(event)))
    assert refused == (
        "Evening would start in the past, on Thursday 17 September 2026, 18:30 BST. Change its time first."
    )
    preview = await edit(community, event, about="More talks")
    assert "It was to start on Thursday 17 September 2026, 18:30 BST, yesterday" in words(preview)
    assert "It starts on Thursday 24 September 2026, 18:30 BST, in 6 days" in words(
        await edit(community, event, starts="Thu 24 Sep 18:30")
    )
    assert "is published in" in words(await ask(community, "event publish", event=str(event)))


async def test_drafts_are_listed_and_offered_whatever_their_date(community: Community) -> None:
    """What is to come comes first."""
    event = await passed(community)
    listed = await ask(community, "event drafts")
    assert words(listed).splitlines() == [
        "Drafts",
        "Quiz, Thursday 24 September 2026, 18:30 BST",
        "[Publish] [Change] [Discard]",
        "Evening, Thursday 17 September 2026, 18:30 BST, which has passed: change its date to publish it",
        "[Publish] [Change] [Discard]",
    ]
    fits(listed)
    asked = call("event edit", who="Ada", manages=True, at=community.clock.now())
    offered = await community.desk.candidates(asked, "event", "")
    assert [choice.label for choice in offered] == ["Thu 24 Sep 18:30 London: Quiz", "Thu 17 Sep 18:30 London: Evening"]
    assert offered[1].value == str(event)


async def test_a_draft_whose_date_has_passed_can_be_discarded(community: Community) -> None:
    """Nothing was announced, so nobody is told."""
    event = await passed(community)
    asked = await ask(community, "event cancel", event=str(event))
    assert await press(community, code(asked, "Call it off")) == "The draft of Evening is discarded."
    assert "Evening" not in words(await ask(community, "event drafts"))
    assert words(await ask(community, "event edit", event=str(event))) == "Evening is discarded already."
