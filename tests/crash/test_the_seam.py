"""The story of the seam, told with the installed command: it is stopped and started as time goes by."""

from tests.crash.rig import Rig

PLAN = {"title": "Stopping things", "starts": "Thu 17 Sep 18:30", "where": "The Crown", "seats": "2"}


async def publish(rig: Rig, **plan: str) -> None:
    """Ada plans an evening and publishes it."""
    await rig.here.slash("Ada Lovelace", "event create")
    await rig.here.fill("Ada Lovelace", **{**PLAN, **plan})
    await rig.offers("Publish")
    assert "is published in #london on" in (await rig.here.press("Ada Lovelace", "Publish")).words


async def test_an_evening_from_its_plan_to_its_end(rig: Rig) -> None:
    """Planned on one platform, answered on both, reminded of twice, over: with a bot that is restarted in between."""
    await rig.open()
    await publish(rig)
    await rig.shows(seats="2, 2 left")
    assert "You are going to" in (await rig.here.press("Grace Hopper", "Going", on="london")).words
    assert "You are going to" in (await rig.there.press("Alan Turing", "Going", on="london")).words
    assert "number 1 in line" in (await rig.there.press("Mary Seacole", "Going", on="london")).words
    assert "You may come to" in (await rig.here.press("Ada Lovelace", "Maybe", on="london")).words
    assert "You are not coming" in (await rig.there.press("Alan Turing", "Can’t make it", on="london")).words
    await rig.shows(seats="2, all taken", going_2="Grace Hopper, Mary Seacole", maybe_1="Ada Lovelace")
    await rig.counts(1)
    assert rig.told()[0][0] == "Mary Seacole"
    assert "A seat has come free" in rig.told()[0][1]
    await rig.stop()

    await rig.again(at="2026-09-16 18:29:58")
    await rig.counts(3)
    day_before = [(who, words) for who, words in rig.told() if "starts on Thursday 17 September 2026" in words]
    assert sorted(who for who, _words in day_before) == ["Grace Hopper", "Mary Seacole"]
    where = "direct" if rig.here.platform == "slack" else "thread"
    assert "You are not coming" in (await rig.here.press("Grace Hopper", "Can’t make it", on=where)).words
    await rig.shows(seats="2, 1 left", going_1="Mary Seacole")
    await rig.stop()

    await rig.again(at="2026-09-17 16:31")
    await rig.counts(4)
    assert sorted(who for who, _words in rig.told()) == ["Grace Hopper", *3 * ["Mary Seacole"]]
    await rig.stop()

    await rig.again(at="2026-09-17 21:31")
    for hands in (rig.here, rig.there):
        await rig.until(lambda hands=hands: None if rig.card(hands).buttons else True, "A card without buttons")
        assert rig.card(hands).words.endswith("This event is over.")
    await rig.counts(4)
    await rig.stop()
