"""To be announced: what is still open is said, and everybody concerned is told when it is not open any more."""

from tests.scenarios.rig import Rig
from tests.scenarios.test_changes import edit
from tests.scenarios.test_the_seam import publish


async def test_an_event_without_hour_venue_and_topic_says_so(rig: Rig) -> None:
    """The preview echoes what was understood; the card tells what is still to come."""
    await rig.here.slash("Ada Lovelace", "event create")
    preview = await rig.here.fill("Ada Lovelace", title="Stopping things", starts="Thu 17 Sep, time TBA", where="TBA")
    assert "It starts on Thursday 17 September 2026, time to be announced, in 12 days" in preview.words
    await rig.here.press("Ada Lovelace", "Publish")
    await rig.settle()
    for hands in (rig.here, rig.there):
        (card,) = hands.channel("london")
        assert card.fact("When") == "Thursday 17 September 2026, time to be announced"
        assert card.fact("Where") == "To be announced"
        assert "What it is about is still to be announced." in card.words


async def test_what_is_filled_in_is_told_once(rig: Rig) -> None:
    """Wholly open, then a day, then the hour and the place: each settled word once, old and new."""
    await publish(rig, starts="TBA", where="")
    receipt = await rig.here.press("Grace Hopper", "Going", on="london")
    assert receipt.words.startswith("You are going to Stopping things, date to be announced.")
    await rig.there.press("Alan Turing", "Going", on="london")
    await edit(rig, starts="Thu 17 Sep TBA")
    await rig.wait_until("2026-09-05 10:06")
    assert {seen.fact("When") for _who, seen in rig.told()} == {
        "date to be announced → Thursday 17 September 2026, time to be announced"
    }
    await edit(rig, starts="2026-09-17 18:30", where="The Crown")
    await rig.wait_until("2026-09-05 10:20")
    told = rig.told()
    assert sorted(who for who, _seen in told) == ["Alan Turing", "Alan Turing", "Grace Hopper", "Grace Hopper"]
    assert {seen.fact("Where") for _who, seen in told} == {None, "To be announced → The Crown"}
    await rig.wait_until("2026-09-16 18:31")
    assert len([seen for _who, seen in rig.told() if "starts on Thursday 17 September 2026, 18:30" in seen.words]) == 2


async def test_a_forgotten_hour_is_asked_for(rig: Rig) -> None:
    """Only who writes TBA means it."""
    await rig.here.slash("Ada Lovelace", "event create")
    refused = await rig.here.fill("Ada Lovelace", title="Stopping things", starts="Thu 17 Sep")
    assert "Add “TBA” if the hour is still to be announced." in refused.words


async def test_an_event_without_a_date_comes_last_and_can_be_called_off(rig: Rig) -> None:
    """It is upcoming until somebody says otherwise."""
    await publish(rig, title="Some day", starts="TBA")
    await publish(rig)
    await rig.here.press("Grace Hopper", "Going", on="london")
    listed = (await rig.here.slash("Mary Seacole", "event list")).words.splitlines()
    assert listed[1].startswith("Stopping things, London, Thursday 17 September")
    assert listed[2] == "Some day, London, date to be announced. Seats: 2, 2 left."
    await rig.here.slash("Ada Lovelace", "event cancel", event="Some day")
    assert "is cancelled" in (await rig.here.press("Ada Lovelace", "Call it off")).words


async def test_a_day_without_an_hour_is_over_when_the_day_is(rig: Rig) -> None:
    """Nobody is reminded of an hour that nobody knows."""
    await publish(rig, starts="Thu 17 Sep TBA")
    await rig.here.press("Grace Hopper", "Going", on="london")
    await rig.wait_until("2026-09-17 23:30")
    (card,) = rig.here.channel("london")
    assert list(card.buttons) == ["Going", "Maybe", "Can’t make it"]
    await rig.wait_until("2026-09-18 00:01")
    (card,) = rig.here.channel("london")
    assert card.words.endswith("This event is over.")
    assert rig.told() == []
