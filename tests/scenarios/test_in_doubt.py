"""In doubt: whether a message arrived cannot be found out, so that an organiser is asked, and decides."""

import pytest

from tests.scenarios.hands import Hands
from tests.scenarios.rig import Rig
from tests.scenarios.seen import Seen
from tests.scenarios.test_the_seam import publish

BEFORE = "2026-09-16 18:31"
"""Just after the reminder of a day before has rung."""


def reminders(hands: Hands) -> list[Seen]:
    """How often Grace was reminded: by direct message on Slack, in the thread on Discord."""
    told = hands.direct("Grace Hopper") if hands.platform == "slack" else hands.thread("london")
    return [seen for seen in told if "Stopping things starts" in seen.words]


async def deliveries(rig: Rig) -> Seen:
    return await rig.here.slash("Ada Lovelace", "event deliveries", event="Stopping things")


@pytest.mark.parametrize(
    ("fault", "arrived", "decision", "answered"),
    [("cut_off", 1, "Leave it", "Left as it is: a reminder."), ("error_before", 0, "Send again", "On its way again: ")],
    ids=["it-had-arrived", "it-was-lost"],
)
async def test_what_may_have_arrived_is_an_organisers_to_decide(
    rig: Rig, fault: str, arrived: int, decision: str, answered: str
) -> None:
    """A reminder's answer is lost, and nobody can look: asked by message and in the list, an organiser says what to do.

    Nobody is told twice, whatever they find there, and the other button does nothing any more.
    """
    await publish(rig)
    await rig.here.press("Grace Hopper", "Going", on="london")
    await rig.settle()
    rig.fault(rig.here, fault, left=1, method="chat.postMessage")
    rig.fault(rig.here, "ratelimited", method="conversations.history", seconds=900.0)
    await rig.wait_until(BEFORE)
    assert len(reminders(rig.here)) == arrived
    (asked,) = [seen for seen in rig.here.direct("Ada Lovelace") if "cannot find out whether it arrived" in seen.words]
    assert list(asked.buttons) == ["Send again", "Leave it"]
    listed = await deliveries(rig)
    reminder = f"a reminder ({rig.here.platform.title()})"
    assert "may have arrived" in listed.words
    assert list(listed.buttons) == [f"Send again: {reminder}", f"Leave it: {reminder}"]

    rig.fault(rig.here, "ratelimited", on=False, method="conversations.history")
    assert (await rig.here.press("Ada Lovelace", f"{decision}: {reminder}")).words.startswith(answered)
    await rig.settle()
    assert len(reminders(rig.here)) == 1
    listed = await deliveries(rig)
    assert "may have arrived" not in listed.words
    assert ("left as it was by an organiser" in listed.words) == (decision == "Leave it")
    assert list(listed.buttons) == []
    late = await rig.here.press("Ada Lovelace", "Send again", on="direct")
    assert late.words.startswith("That was seen to already")
    await rig.settle()
    assert len(reminders(rig.here)) == 1
