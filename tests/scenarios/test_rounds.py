"""Rounds and breakouts: a room answers in columns from both platforms, and talks on with people it has not met."""

from tests.scenarios.rig import Rig
from tests.scenarios.test_the_seam import publish

RUDE = "Reports *nobody* reads <!channel> @everyone"


async def test_a_room_collects_in_columns_and_is_split_into_groups(rig: Rig) -> None:
    """On one card for both platforms; nobody is pinged, named against their wish, or in two groups."""
    await publish(rig, seats="9")
    for hands, who in ((rig.here, "Grace Hopper"), (rig.there, "Mary Seacole"), (rig.here, "Alan Turing")):
        await hands.press(who, "Going", on="london")
    await rig.wait_until("2026-09-17T18:40")
    started = await rig.here.slash("Ada Lovelace", "round start", title="What we stopped", columns="stopped | started")
    assert started.words.startswith("What we stopped is posted in #london")
    await rig.settle()
    form = await rig.here.press("Grace Hopper", "Add to stopped", on="london")
    assert list(form.questions) == ["text"]
    written = await rig.here.fill("Grace Hopper", text=RUDE)
    assert written.words.startswith(f"“{RUDE}” stands in stopped.")
    await rig.settle()
    await rig.there.press("Mary Seacole", "Support", on="london")
    supported = await rig.there.press("Mary Seacole", "Support")
    assert "stopped, 1 supports it" in supported.words
    await rig.settle()
    for hands in (rig.here, rig.there):
        card = hands.channel("london")[-1]
        assert f"{RUDE} — 1 supports it" in card.words
        assert "Grace" not in card.words
        assert card.mentioned == []

    shown = await rig.here.slash("Ada Lovelace", "breakout", size="2", questions="What was in the way?")
    assert all(name in shown.words for name in ("Grace Hopper", "Mary Seacole", "Alan Turing"))
    posted = await rig.here.press("Ada Lovelace", "Post")
    assert posted.words.startswith("The groups are posted in #london")
    await rig.settle()
    card = rig.there.channel("london")[-1]
    assert "What was in the way?" in card.words
    assert "Mary Seacole" in card.words
    assert card.mentioned == []
    form = await rig.there.press("Mary Seacole", "Group 1: write down", on="london")
    assert list(form.questions) == ["text", "credit"]
    kept = await rig.there.fill("Mary Seacole", text="Nobody had the authority to stop it")
    assert kept.words.startswith("Kept: ")
    own = await rig.here.press("Grace Hopper", "My group", on="london")
    assert own.words.startswith("You are in group 1")

    closed = await rig.here.slash("Ada Lovelace", "round close", round="What we stopped")
    assert closed.words.startswith("What we stopped is closed")
    await rig.settle()
    assert all("This round is closed" in hands.channel("london")[-2].words for hands in (rig.here, rig.there))
