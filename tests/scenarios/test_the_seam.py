"""The story: one event, two platforms, one guest list, and a reminder that rings."""

from tests.scenarios.rig import Rig

PLAN = {"title": "Stopping things", "starts": "Thu 17 Sep 18:30", "where": "The Crown", "seats": "2"}


async def publish(rig: Rig, **plan: str) -> None:
    """Ada plans an evening and publishes it."""
    form = await rig.here.slash("Ada Lovelace", "event create")
    assert form.questions["title"] == "What is it called?"
    preview = await rig.here.fill("Ada Lovelace", **{**PLAN, **plan})
    assert "nothing is posted yet" in preview.words, preview.words
    published = await rig.here.press("Ada Lovelace", "Publish")
    assert "is published in #london on" in published.words
    await rig.settle()


async def test_an_evening_planned_on_one_platform_is_announced_on_both(rig: Rig) -> None:
    """A form, a preview, a press, and the same card stands in both channels."""
    await publish(rig)
    for hands in (rig.here, rig.there):
        (card,) = hands.channel("london")
        assert card.words.splitlines()[0] == "Stopping things"
        assert card.fact("When") == "Thursday 17 September 2026, 18:30 BST"
        assert card.fact("Where") == "The Crown"
        assert card.fact("Seats") == "2, 2 left"
        assert list(card.buttons) == ["Going", "Maybe", "Can’t make it"]


async def test_two_platforms_share_one_guest_list(rig: Rig) -> None:
    """Whoever presses where, both cards show the same people, the same seats, and the same line."""
    await publish(rig)
    assert "You are going to" in (await rig.here.press("Grace Hopper", "Going", on="london")).words
    assert "You are going to" in (await rig.there.press("Alan Turing", "Going", on="london")).words
    waiting = await rig.there.press("Mary Seacole", "Going", on="london")
    assert "You are number 1 in line" in waiting.words
    assert "You may come to" in (await rig.here.press("Ada Lovelace", "Maybe", on="london")).words
    await rig.settle()
    for hands in (rig.here, rig.there):
        (card,) = hands.channel("london")
        assert card.fact("Seats") == "2, all taken"
        assert card.fact("Going (2)") == "Grace Hopper, Alan Turing"
        assert card.fact("Maybe (1)") == "Ada Lovelace"
        assert card.fact("Waiting (1)") == "Mary Seacole"


async def test_whoever_waits_longest_moves_up_and_is_told_once(rig: Rig) -> None:
    """A seat comes free on one platform; the first in line, on the other, gets it and hears of it there."""
    await publish(rig, seats="1")
    await rig.here.press("Grace Hopper", "Going", on="london")
    await rig.there.press("Alan Turing", "Going", on="london")
    await rig.here.press("Mary Seacole", "Going", on="london")
    assert "You are not coming" in (await rig.here.press("Grace Hopper", "Can’t make it", on="london")).words
    await rig.settle()
    (card,) = rig.here.channel("london")
    assert card.fact("Going (1)") == "Alan Turing"
    assert card.fact("Waiting (1)") == "Mary Seacole"
    told = rig.told()
    assert [(who, seen.words) for who, seen in told] == [
        (
            "Alan Turing",
            "A seat has come free: you are going to Stopping things, Thursday 17 September 2026, 18:30 BST, The Crown.",
        )
    ]
    assert list(told[0][1].buttons) == ["Can’t make it"]


async def test_reminders_ring_a_day_and_two_hours_before_and_only_once(rig: Rig) -> None:
    """Those going are reminded where they answered; whoever backs out in the reminder is not reminded again."""
    await publish(rig)
    await rig.here.press("Grace Hopper", "Going", on="london")
    await rig.there.press("Alan Turing", "Going", on="london")
    await rig.here.press("Mary Seacole", "Maybe", on="london")
    await rig.wait_until("2026-09-16 18:29")
    assert rig.told() == []
    await rig.wait_until("2026-09-16 18:31")
    assert sorted(who for who, _seen in rig.told()) == ["Alan Turing", "Grace Hopper"]
    for _who, seen in rig.told():
        assert "Stopping things starts on Thursday 17 September 2026, 18:30 BST. Where: The Crown." in seen.words
        assert list(seen.buttons) == ["Can’t make it"]
    await rig.restart()
    await rig.settle()
    assert len(rig.told()) == 2
    where = "direct" if rig.here.platform == "slack" else "thread"
    assert "You are not coming" in (await rig.here.press("Grace Hopper", "Can’t make it", on=where)).words
    await rig.wait_until("2026-09-17 16:31")
    assert [who for who, _seen in rig.told()][2:] == ["Alan Turing"]
    await rig.wait_until("2026-09-17 21:31")
    assert len(rig.told()) == 3
    for hands in (rig.here, rig.there):
        (card,) = hands.channel("london")
        assert card.buttons == {}
        assert card.words.endswith("This event is over.")


async def test_a_cancelled_event_says_so_tells_its_people_and_takes_no_answers(rig: Rig) -> None:
    """Going and waiting are told once; the cards lose their buttons, and an old one is answered with a clear no."""
    await publish(rig, seats="1")
    await rig.here.press("Grace Hopper", "Going", on="london")
    await rig.there.press("Alan Turing", "Going", on="london")
    await rig.there.press("Mary Seacole", "Can’t make it", on="london")
    await rig.settle()
    asked = await rig.here.slash("Ada Lovelace", "event cancel", event="Stopping things")
    assert asked.words == "Call off Stopping things? 2 people will be told."
    assert (await rig.here.press("Ada Lovelace", "Call it off")).words == (
        "Stopping things is cancelled. 2 people will be told."
    )
    await rig.settle()
    assert sorted(who for who, _seen in rig.told()) == ["Alan Turing", "Grace Hopper"]
    assert {seen.words for _who, seen in rig.told()} == {
        "Stopping things, planned for Thursday 17 September 2026, 18:30 BST, is cancelled."
    }
    for hands in (rig.here, rig.there):
        (card,) = hands.channel("london")
        assert card.buttons == {}
        assert "This event is cancelled." in card.words
    await rig.wait_until("2026-09-18 12:00")
    assert len(rig.told()) == 2
