"""Takeaways: what was learnt is kept with its author's leave, supported across platforms, recalled and withdrawn."""

from tests.scenarios.rig import Rig
from tests.scenarios.test_the_seam import publish

LEARNT = "Whoever starts a project should not be the one who decides when it stops"
SAID = "A steering board of *three* can stop more than one of thirty <!channel> @everyone"


async def test_what_was_said_is_kept_supported_recalled_and_withdrawn(rig: Rig) -> None:
    """From one evening to the next: in a form, at a message, in the thank-you, and found by whoever asks."""
    form = await rig.here.slash("Grace Hopper", "takeaway add")
    assert next(iter(form.questions)) == "text"
    kept = await rig.here.fill("Grace Hopper", text=LEARNT)
    assert kept.words.startswith(f"Kept: “{LEARNT}”")

    await publish(rig, about="Who stops a project, and who decides that it stops?")
    await rig.settle()
    for hands in (rig.here, rig.there):
        (recalled,) = hands.thread("london")
        assert recalled.words.startswith(
            "This came up before, in what somebody took away.\nTakeaway, London, 5 Sep 2026."
        )
        assert recalled.mentioned == []
    read = await rig.there.press("Mary Seacole", "Read it", on="thread")
    assert "Grace Hopper, London, 5 Sep 2026." in read.words
    supported = await rig.there.press("Mary Seacole", "I’d say the same")
    assert "You would say the same." in supported.words

    await rig.here.say("Alan Turing", SAID)
    asked = await rig.here.choose("Grace Hopper", "Keep as takeaway", "A steering board")
    assert asked.words == "Alan Turing is asked whether that may be kept; it is once they say yes."
    nothing = await rig.there.slash("Mary Seacole", "recall", words="steering board")
    assert nothing.words.startswith("Nothing was said about steering board yet")
    await rig.settle()
    agreed = await rig.here.press("Alan Turing", "Without my name", on="direct")
    assert agreed.words == "Thank you: it is kept, without a name."
    found = await rig.there.slash("Mary Seacole", "recall", words="steering boards")
    assert SAID in found.words
    assert "Alan" not in found.words
    assert found.mentioned == []

    await rig.here.press("Grace Hopper", "Going", on="london")
    await rig.wait_until("2026-09-17T22:00")
    form = await rig.here.press("Grace Hopper", "Takeaway", on="thread")
    assert list(form.questions) == ["text", "credit"]
    await rig.here.fill("Grace Hopper", text="Decide at the start how it may end")
    others = await rig.here.press("Mary Seacole", "What others learnt", on="thread")
    assert "Decide at the start" in others.words
    assert "No name given, Stopping things, London" in others.words

    await rig.here.slash("Alan Turing", "takeaway mine")
    withdrawn = await rig.here.press("Alan Turing", "Withdraw")
    assert withdrawn.words.startswith("It is withdrawn")
    assert "steering" not in (await rig.there.slash("Mary Seacole", "takeaway list", event="Stopping things")).words
