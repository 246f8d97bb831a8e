"""Faults of the platforms: whoever is concerned hears of it, nothing is lost or doubled, and the rest goes on."""

import pytest

from bot import config
from tests.scenarios.rig import Rig
from tests.scenarios.test_the_seam import PLAN, publish


@pytest.mark.parametrize("fault", ["channel_deleted", "bot_removed"])
async def test_a_lost_channel_is_told_to_the_planner_once_and_the_other_goes_on(rig: Rig, fault: str) -> None:
    """The card cannot be shown there any more; the guest list and the other platform do not mind."""
    rig.fault(rig.there, fault, channel=rig.key_of_channel(rig.there, "london"))
    await publish(rig)
    await rig.here.press("Grace Hopper", "Going", on="london")
    await rig.settle()
    await rig.here.press("Alan Turing", "Maybe", on="london")
    await rig.settle()
    (card,) = rig.here.channel("london")
    assert card.fact("Going (1)") == "Grace Hopper"
    assert card.fact("Maybe (1)") == "Alan Turing"
    (told,) = rig.here.direct("Ada Lovelace")
    assert told.words.startswith(
        f"I cannot post Stopping things in #london on {rig.there.platform.title()}: the channel is gone, or I am not "
        "in it. Let me into it, or name another one for London by /chapter edit; "
        "everything else goes on."
    )
    listed = await rig.here.slash("Ada Lovelace", "event deliveries", event="Stopping things")
    assert f"The card in #london on {rig.there.platform.title()}" in listed.words
    assert "not delivered" in listed.words
    assert list(listed.buttons) == [f"Send again: the card ({rig.there.platform.title()})"]


async def test_closed_direct_messages_are_made_up_for_in_the_thread(rig: Rig) -> None:
    """Whoever cannot be told directly is mentioned in the event's thread instead, and only there."""
    await publish(rig)
    await rig.here.press("Grace Hopper", "Going", on="london")
    if rig.here.platform == "discord":
        wished = await rig.here.press("Grace Hopper", "Remind me by direct message")
        assert wished.words == "From now on I tell you things by direct message."
    rig.fault(rig.here, "closed_direct_messages")
    await rig.wait_until("2026-09-16 18:31")
    assert rig.here.direct("Grace Hopper") == []
    (reminder,) = rig.here.thread("london")
    assert rig.here.mentioned(reminder) == ["Grace Hopper"]
    assert "Stopping things starts on Thursday 17 September 2026, 18:30 BST." in reminder.words


async def test_whoever_asks_for_it_is_told_by_direct_message(rig: Rig) -> None:
    """On Slack that is the rule, on Discord a wish; nobody is told twice."""
    await publish(rig)
    seen = await rig.here.press("Grace Hopper", "Going", on="london")
    wish = "Remind me by direct message"
    assert (wish in seen.buttons) == (rig.here.platform == "discord")
    if wish in seen.buttons:
        await rig.here.press("Grace Hopper", "Remind me by direct message")
    await rig.wait_until("2026-09-16 18:31")
    assert len(rig.here.direct("Grace Hopper")) == 1
    assert rig.here.thread("london") == []


async def test_a_chapter_without_a_home_keeps_the_draft_and_names_what_mends_it(rig: Rig) -> None:
    """There is nowhere to announce: the organiser is told which setting to write."""
    rig.chapters = (config.Chapter("Leeds"),)
    await rig.restart()
    await rig.here.slash("Ada Lovelace", "event create", channel="general")
    await rig.here.fill("Ada Lovelace", **PLAN, chapter="Leeds")
    refused = await rig.here.press("Ada Lovelace", "Publish")
    assert refused.words == (
        "Leeds has no channel to announce events in. Name one by /chapter edit; the draft is kept."
    )
    await rig.here.dismiss("Ada Lovelace")
    assert (await rig.here.press("Ada Lovelace", "Publish")).words == refused.words, "the preview is still there"
    drafts = await rig.here.slash("Ada Lovelace", "event drafts")
    assert "Stopping things" in drafts.words


@pytest.mark.parametrize("fault", ["ratelimited", "error_before", "error_after", "cut_off"])
@pytest.mark.parametrize("method", ["chat.postMessage", "chat.update"])
async def test_whatever_befalls_a_request_there_is_one_card_and_it_is_right(rig: Rig, fault: str, method: str) -> None:
    """Asked to wait, answered with an error before or after the deed, or cut off: tried again, and never doubled."""
    rig.fault(rig.here, fault, left=1, method=method)
    await publish(rig)
    await rig.there.press("Grace Hopper", "Going", on="london")
    await rig.settle()
    for hands in (rig.here, rig.there):
        (card,) = hands.channel("london")
        assert card.fact("Going (1)") == "Grace Hopper"
