"""Memos: an organiser is reminded, reminds others, and lets everybody know what is on."""

from tests.scenarios.rig import Rig
from tests.scenarios.test_the_seam import publish


async def test_an_organiser_reminds_herself_and_puts_it_off(rig: Rig) -> None:
    """Through a form with a preview; told directly, once, across a restart; put off from the message, once."""
    form = await rig.here.slash("Ada Lovelace", "reminder add")
    assert list(form.questions) == ["what", "when", "to", "event"]
    refused = await rig.here.fill("Ada Lovelace", what="Book the back room", when="whenever")
    assert "I do not understand: “whenever”" in refused.words
    again = await rig.here.again("Ada Lovelace")
    assert again.typed["what"] == "Book the back room"
    preview = await rig.here.fill("Ada Lovelace", when="every first Tuesday at 9:00 in London")
    assert preview.fact("When") == "every first Tuesday at 9:00"
    assert preview.fact("And then") == "Tuesday 1 December 2026, 09:00 GMT"
    form = await rig.here.press("Ada Lovelace", "Change")
    assert form.typed["when"] == "every first Tuesday at 9:00"
    preview = await rig.here.fill("Ada Lovelace", when="in 2 hours")
    assert preview.fact("When") == "Saturday 5 September 2026, 12:00 BST, today"
    said = await rig.here.press("Ada Lovelace", "Set it")
    assert said.words.startswith("Book the back room is set for you alone: Saturday 5 September 2026, 12:00 BST.")
    await rig.wait_until("2026-09-05 12:00")
    await rig.restart()
    await rig.settle()
    (told,) = rig.here.direct("Ada Lovelace")
    assert told.words == "Reminder: Book the back room"
    put_off = await rig.here.press("Ada Lovelace", "In 10 minutes", on="direct")
    assert put_off.words == "I’ll say it again on Saturday 5 September 2026, 12:10 BST."
    twice = await rig.here.press("Ada Lovelace", "In 1 hour", on="direct")
    assert twice.words == "That is put off already, until Saturday 5 September 2026, 12:10 BST."
    await rig.wait_until("2026-09-05 12:11")
    await rig.wait_until("2026-09-06 12:11")
    assert [seen.words for seen in rig.here.direct("Ada Lovelace")] == ["Reminder: Book the back room"] * 2


async def test_those_going_and_the_channel_are_reminded(rig: Rig) -> None:
    """Each is told once on their platform; the channel without a ping, whatever is written; a pause keeps it silent."""
    await publish(rig)
    await rig.here.press("Grace Hopper", "Going", on="london")
    await rig.there.press("Alan Turing", "Going", on="london")
    await rig.settle()
    what, when = "Bring a <!channel> laptop, @everyone", "daily at 9:00"
    await rig.here.slash("Ada Lovelace", "reminder add", what=what, when=when, event="Stopping things")
    await rig.here.press("Ada Lovelace", "Set it")
    await rig.here.slash("Ada Lovelace", "reminder add", what="tomorrow 08:55: Doors @here open", to="here")
    await rig.here.press("Ada Lovelace", "Set it")
    listed = await rig.here.slash("Ada Lovelace", "reminder list")
    assert "for those going to Stopping things" in listed.words
    assert "for #london on " in listed.words
    await rig.wait_until("2026-09-06 09:00")
    assert sorted((who, seen.words.splitlines()[0]) for who, seen in rig.told()) == [
        ("Alan Turing", f"Reminder: {what}"),
        ("Grace Hopper", f"Reminder: {what}"),
    ]
    doors = rig.here.channel("london")[-1]
    assert doors.words.splitlines() == ["Reminder: Doors @here open", "Set by Ada Lovelace."]
    assert rig.here.mentioned(doors) == []
    refused = await rig.here.press("Grace Hopper", "Snooze", on="london")
    assert "Only organisers can do that" in refused.words
    await rig.here.press("Ada Lovelace", "Snooze", on="london")
    assert (await rig.here.fill("Ada Lovelace", nap="In 1 hour")).words.startswith("I’ll say it again")
    await rig.wait_until("2026-09-06 10:02")
    assert "Put off until Sunday 6 September 2026, 10:00 BST." in rig.here.channel("london")[-2].words
    assert rig.here.channel("london")[-1].words.startswith("Reminder: Doors @here open")
    paused = await rig.here.slash("Ada Lovelace", "reminder pause", reminder=what)
    assert paused.words.endswith("Whatever it would have said meanwhile is skipped.")
    await rig.wait_until("2026-09-07 09:01")
    assert len(rig.told()) == 2
    resumed = await rig.here.slash("Ada Lovelace", "reminder resume", reminder=what)
    assert resumed.words.endswith("rings again, next Tuesday 8 September 2026, 09:00 BST.")
    await rig.wait_until("2026-09-08 09:00")
    assert len(rig.told()) == 4
    cancelled = await rig.there.slash("Ada Lovelace", "reminder cancel", reminder=what)
    assert cancelled.words.endswith("is cancelled.")
    await rig.wait_until("2026-09-09 09:01")
    assert len(rig.told()) == 4


async def test_what_is_on_is_posted_by_a_rhythm(rig: Rig) -> None:
    """One card in every home, drawn as it is sent, that pings nobody and from which one can answer."""
    await rig.here.slash("Ada Lovelace", "digest schedule", when="every Monday at 9:00")
    said = await rig.here.press("Ada Lovelace", "Set it")
    assert "every Monday at 9:00" in said.words
    await rig.wait_until("2026-09-07 09:01")
    assert (rig.here.channel("london"), rig.there.channel("london")) == ([], [])
    await publish(rig)
    await rig.here.press("Grace Hopper", "Going", on="london")
    await rig.wait_until("2026-09-14 09:01")
    for hands in (rig.here, rig.there):
        card = hands.channel("london")[-1]
        assert card.words.splitlines() == [
            "What’s on in London",
            "Stopping things, Thursday 17 September 2026, 18:30 BST. Where: The Crown. Seats: 2, 1 left.",
        ]
        assert hands.mentioned(card) == []
    await rig.there.press("Alan Turing", "Stopping things", on="london")
    assert "You are going to Stopping things" in (await rig.there.fill("Alan Turing", answer="Going")).words
