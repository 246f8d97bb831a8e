"""Acting for others, and planning another evening like the last."""

from tests.scenarios.rig import Rig
from tests.scenarios.test_the_seam import publish

ONE = {"event": "Stopping things"}


async def test_an_organiser_answers_for_somebody_who_is_told(rig: Rig) -> None:
    """Added, moved and removed by the rules of the list: whoever comes when it is full waits."""
    await publish(rig, seats="1")
    added = await rig.here.slash("Ada Lovelace", "event add-person", **ONE, person="Grace Hopper")
    assert added.words == "Stopping things: Grace Hopper is now going and will be told."
    waiting = await rig.here.slash("Ada Lovelace", "event add-person", **ONE, person="Mary Seacole")
    assert waiting.words == "Stopping things: Mary Seacole is now waiting for a seat and will be told."
    await rig.settle()
    (card,) = rig.there.channel("london")
    assert (card.fact("Going (1)"), card.fact("Waiting (1)")) == ("Grace Hopper", "Mary Seacole")
    removed = await rig.here.slash("Ada Lovelace", "event remove-person", **ONE, person="Grace Hopper")
    assert removed.words == "Stopping things: Grace Hopper is now not coming and will be told."
    await rig.settle()
    (card,) = rig.there.channel("london")
    assert card.fact("Going (1)") == "Mary Seacole"
    starts = "Thursday 17 September 2026, 18:30 BST"
    assert sorted((who, seen.words) for who, seen in rig.told()) == [
        ("Grace Hopper", f"An organiser has put you down for Stopping things, {starts}: going."),
        ("Grace Hopper", f"An organiser has put you down for Stopping things, {starts}: not coming."),
        ("Mary Seacole", f"A seat has come free: you are going to Stopping things, {starts}, The Crown."),
        ("Mary Seacole", f"An organiser has put you down for Stopping things, {starts}: waiting for a seat."),
    ]


async def test_somebody_is_moved_and_nobody_twice(rig: Rig) -> None:
    """The same answer again changes nothing, and only an organiser may give it."""
    await publish(rig)
    given = {**ONE, "person": "Grace Hopper", "answer": "maybe"}
    assert "is now a maybe" in (await rig.here.slash("Ada Lovelace", "event move-person", **given)).words
    again = await rig.here.slash("Ada Lovelace", "event move-person", **given)
    assert again.words == "Grace Hopper has answered that to Stopping things already."
    refused = await rig.here.slash("Mary Seacole", "event move-person", **given)
    assert refused.words == "Only organisers can do that. /organiser list shows who they are."
    await rig.settle()
    (card,) = rig.there.channel("london")
    assert card.fact("Maybe (1)") == "Grace Hopper"


async def test_a_copy_has_no_date_and_no_answers(rig: Rig) -> None:
    """All else is as it was; the date is filled in before it is published."""
    await publish(rig, about="Talks and pizza")
    await rig.here.press("Grace Hopper", "Going", on="london")
    preview = await rig.here.slash("Ada Lovelace", "event copy", **ONE)
    assert (preview.fact("When"), preview.fact("Where")) == ("To be announced", "The Crown")
    assert (preview.fact("Seats"), preview.fact("Going (1)")) == ("2, 2 left", None)
    assert "Talks and pizza" in preview.words
    await rig.here.press("Ada Lovelace", "Change")
    changed = await rig.here.fill("Ada Lovelace", starts="Thu 15 Oct 18:30")
    assert changed.fact("When") == "Thursday 15 October 2026, 18:30 BST"
    await rig.here.press("Ada Lovelace", "Publish")
    await rig.settle()
    first, second = rig.there.channel("london")
    assert first.fact("Going (1)") == "Grace Hopper"
    assert second.fact("When") == "Thursday 15 October 2026, 18:30 BST"


async def test_an_evening_that_is_over_can_be_copied(rig: Rig) -> None:
    """It is offered after what is planned."""
    await publish(rig)
    await rig.wait_until("2026-09-18 12:00")
    preview = await rig.here.slash("Ada Lovelace", "event copy", event="Stopping things")
    assert preview.fact("When") == "To be announced"
