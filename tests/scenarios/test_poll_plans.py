"""Plans: polls that are posted later, again and again, or not at all."""

from datetime import datetime

from tests.scenarios.rig import Rig
from tests.scenarios.test_polls import PUBS


async def test_a_poll_waits_for_its_time_and_can_be_called_off(rig: Rig) -> None:
    """Nothing is posted before; a restart forgets nothing; what is called off is a draft again."""
    asked = {"question": "Where next?", "choices": PUBS}
    said = await rig.here.slash("Ada Lovelace", "poll ask", **asked, opens="Mon 7 Sep 9:00", until="Mon 7 Sep 12:00")
    assert "Where next? will be posted in #london on " in said.words
    assert said.words.endswith("on Monday 7 September 2026, 09:00 BST.")
    await rig.here.slash("Ada Lovelace", "poll ask", question="Other?", choices="A | B", opens="Mon 7 Sep 9:00")
    listed = await rig.here.slash("Ada Lovelace", "poll drafts")
    assert "Where next?, posted on Monday 7 September 2026, 09:00 BST" in listed.words
    look = await rig.here.press("Ada Lovelace", "Look at it")
    assert look.words.startswith("Where next?")
    await rig.here.slash("Ada Lovelace", "poll drafts")
    early = await rig.here.forge("Grace Hopper", "vote?poll=1&choice=1&on=1")
    assert early.words == "Where next? is not posted yet."
    other = await rig.here.forge("Ada Lovelace", "poll%20call-off?poll=2")
    assert other.words == "Other? will not be posted; /poll drafts has it."
    await rig.wait_until("2026-09-07 08:59")
    assert rig.here.channel("general")[-1].words != "Where next?"
    assert rig.here.channel("london") == []
    await rig.restart()
    await rig.wait_until("2026-09-07 09:00")
    for hands in (rig.here, rig.there):
        assert [card.words.splitlines()[0] for card in hands.channel("london")] == ["Where next?"]
    await rig.wait_until("2026-09-07 12:00")
    for hands in (rig.here, rig.there):
        assert hands.channel("london")[0].words.endswith("This poll is closed.")


async def test_a_poll_whose_time_was_slept_through_is_told_and_kept(rig: Rig) -> None:
    """It would have closed before it opened; nobody finds a dead ballot."""
    asked = {"question": "Where next?", "choices": PUBS, "opens": "Mon 7 Sep 9:00", "until": "Mon 7 Sep 12:00"}
    await rig.here.slash("Ada Lovelace", "poll ask", **asked)
    await rig.close()
    rig.clock.move(datetime.fromisoformat("2026-09-08T10:00:00+01:00"))
    await rig.open()
    await rig.settle()
    (told,) = rig.here.direct("Ada Lovelace")
    assert told.words == (
        "Where next? was to be posted, and could not be. “Where next?” would close in the past. Change its settings "
        "first. It is kept: /poll drafts has it."
    )
    assert rig.here.channel("london") == []


async def test_a_poll_is_asked_again_by_its_rhythm(rig: Rig) -> None:
    """Each time with no ballot in it; without a deadline the last one ends when the next is asked."""
    asked = {"question": "Lunch?", "choices": "Yes | No", "every": "every Monday at 9:00"}
    said = await rig.here.slash("Ada Lovelace", "poll ask", **asked)
    assert said.words.endswith("on Monday 7 September 2026, 09:00 BST. It is asked again every Monday at 9:00.")
    await rig.wait_until("2026-09-07 09:00")
    (first,) = rig.there.channel("london")
    assert "Open until Monday 14 September 2026, 09:00 BST." in first.words
    await rig.here.press("Grace Hopper", "Yes", on="london")
    await rig.wait_until("2026-09-14 09:00")
    for hands in (rig.here, rig.there):
        before, now = hands.channel("london")
        assert before.words.endswith("This poll is closed.")
        assert "Nobody has voted." in now.words
    listed = await rig.here.slash("Ada Lovelace", "poll drafts")
    assert "Lunch?, posted on Monday 21 September 2026, 09:00 BST and every Monday at 9:00" in listed.words
    await rig.here.press("Ada Lovelace", "Look at it")
    await rig.here.press("Ada Lovelace", "Call it off")
    await rig.wait_until("2026-09-21 09:00")
    assert len(rig.here.channel("london")) == 2
