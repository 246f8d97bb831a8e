"""Changes: an event is edited, and those it concerns are told once, when the organiser has finished."""

from tests.scenarios.rig import Rig
from tests.scenarios.test_the_seam import publish

NEW_TIME = "Thursday 17 September 2026, 18:30 BST → Thursday 17 September 2026, 19:00 BST"


async def edit(rig: Rig, who: str = "Ada Lovelace", **answers: str) -> str:
    """Somebody changes the only event, by its form; what they are told."""
    form = await rig.here.slash(who, "event edit", event="Stopping things")
    assert form.questions["title"] == "What is it called?", form.words
    return (await rig.here.fill(who, **answers)).words


async def attend(rig: Rig) -> None:
    """Two go, one on each platform, one waits, one may come."""
    await publish(rig)
    await rig.here.press("Grace Hopper", "Going", on="london")
    await rig.there.press("Alan Turing", "Going", on="london")
    await rig.there.press("Mary Seacole", "Going", on="london")
    await rig.here.press("Ada Lovelace", "Maybe", on="london")
    await rig.settle()


async def test_a_change_is_told_once_to_everybody_going_or_waiting(rig: Rig) -> None:
    """The card changes at once; five minutes later three people hear what was and what is. No restart repeats it."""
    await attend(rig)
    assert await edit(rig, where="The Anchor") == (
        "Stopping things has been changed.\n"
        "3 people will be told in five minutes, together with whatever else you change until then."
    )
    await rig.settle()
    for hands in (rig.here, rig.there):
        (card,) = hands.channel("london")
        assert card.fact("Where") == "The Anchor"
    await rig.wait_until("2026-09-05 10:04")
    assert rig.told() == []
    await rig.restart()
    await rig.wait_until("2026-09-05 10:06")
    told = rig.told()
    assert sorted(who for who, _seen in told) == ["Alan Turing", "Grace Hopper", "Mary Seacole"]
    for _who, seen in told:
        assert seen.words.splitlines()[0] == "Stopping things has changed."
        assert seen.fact("Where") == "The Crown → The Anchor"
        assert seen.fact("When") is None
        assert seen.words.splitlines()[-1] == "Still coming?"
        assert list(seen.buttons) == ["Yes", "Can’t make it", "New calendar file"]
    await rig.restart()
    await rig.wait_until("2026-09-05 12:00")
    assert len(rig.told()) == 3


async def test_changes_within_a_few_minutes_are_gathered_into_one_notice(rig: Rig) -> None:
    """Each change gives the organiser five minutes more; what came back to what it was is not mentioned."""
    await attend(rig)
    await edit(rig, where="The Anchor")
    await rig.wait_until("2026-09-05 10:03")
    await edit(rig, starts="Thu 17 Sep 19:00", where="The Bell")
    await rig.wait_until("2026-09-05 10:06")
    await edit(rig, where="The Crown")
    await rig.wait_until("2026-09-05 10:10")
    assert rig.told() == []
    await rig.wait_until("2026-09-05 10:12")
    told = rig.told()
    assert len(told) == 3
    for _who, seen in told:
        assert seen.fact("When") == NEW_TIME
        assert seen.fact("Where") is None


async def test_whoever_cannot_come_any_more_says_so_in_the_notice(rig: Rig) -> None:
    """*Can't make it* frees the seat for whoever waits; *Yes* leaves everything as it is."""
    await attend(rig)
    await edit(rig, starts="Thu 17 Sep 19:00")
    await rig.wait_until("2026-09-05 10:06")
    where = {"slack": "direct", "discord": "thread"}
    grace, alan = where[rig.here.platform], where[rig.there.platform]
    assert "You are going to Stopping things" in (await rig.there.press("Alan Turing", "Yes", on=alan)).words
    assert "You are not coming" in (await rig.here.press("Grace Hopper", "Can’t make it", on=grace)).words
    await rig.settle()
    (card,) = rig.here.channel("london")
    assert card.fact("Going (2)") == "Alan Turing, Mary Seacole"


async def test_a_moved_event_rings_by_its_new_time(rig: Rig) -> None:
    """The reminders of the old hour are gone."""
    await attend(rig)
    await edit(rig, starts="Fri 18 Sep 18:30")
    await rig.wait_until("2026-09-05 10:06")
    assert len(rig.told()) == 3
    await rig.wait_until("2026-09-16 18:31")
    assert len(rig.told()) == 3
    await rig.wait_until("2026-09-17 18:31")
    reminders = [(who, seen.words) for who, seen in rig.told() if "starts on Friday 18 September" in seen.words]
    assert sorted(who for who, _words in reminders) == ["Alan Turing", "Grace Hopper"]


async def test_what_is_no_matter_for_its_people_disturbs_nobody(rig: Rig) -> None:
    """Only title, time and place are told; what it is about stands on the card."""
    await attend(rig)
    assert await edit(rig, about="Bring a friend") == "Stopping things has been changed."
    await rig.settle()
    (card,) = rig.there.channel("london")
    assert "Bring a friend" in card.words
    await rig.wait_until("2026-09-05 11:00")
    assert rig.told() == []


async def test_a_cancellation_says_all_that_was_still_to_be_told(rig: Rig) -> None:
    """Nobody hears that an evening was moved that will not happen."""
    await attend(rig)
    await edit(rig, where="The Anchor")
    await rig.here.slash("Ada Lovelace", "event cancel", event="Stopping things")
    await rig.here.press("Ada Lovelace", "Call it off")
    await rig.wait_until("2026-09-05 11:00")
    assert {seen.words for _who, seen in rig.told()} == {
        "Stopping things, planned for Thursday 17 September 2026, 18:30 BST, is cancelled."
    }
    assert len(rig.told()) == 3


async def test_whoever_saves_over_somebody_else_is_shown_what_changed(rig: Rig) -> None:
    """Two forms were open; nothing is lost that either typed, and sending again saves it."""
    await rig.here.slash("Ada Lovelace", "organiser add", member="Grace Hopper")
    await publish(rig)
    await rig.here.slash("Ada Lovelace", "event edit", event="Stopping things")
    await rig.here.slash("Grace Hopper", "event edit", event="Stopping things")
    assert "has been changed" in (await rig.here.fill("Grace Hopper", where="The Anchor", seats="40")).words
    shown = await rig.here.fill("Ada Lovelace", title="Stopping everything", seats="30")
    assert "Meanwhile changed from “The Crown” to “The Anchor”, which stands here now." in shown.words
    assert "Meanwhile changed to “40”. What stands here is yours, and would replace it." in shown.words
    form = await rig.here.again("Ada Lovelace")
    assert (form.typed["where"], form.typed["seats"]) == ("The Anchor", "30")
    assert "has been changed" in (await rig.here.fill("Ada Lovelace")).words
    await rig.settle()
    for hands in (rig.here, rig.there):
        (card,) = hands.channel("london")
        assert card.words.splitlines()[0] == "Stopping everything"
        assert card.fact("Where") == "The Anchor"
        assert card.fact("Seats") == "30, 30 left"


async def test_an_edit_that_cannot_be_used_comes_back_as_it_was_typed(rig: Rig) -> None:
    """The event stays as it is until every answer can be used."""
    await publish(rig)
    await rig.here.slash("Ada Lovelace", "event edit", event="Stopping things")
    refused = await rig.here.fill("Ada Lovelace", where="The Anchor", starts="yesterday 18:30")
    assert "is in the past" in refused.words
    form = await rig.here.again("Ada Lovelace")
    assert form.typed["starts"] == "yesterday 18:30"
    assert "has been changed" in (await rig.here.fill("Ada Lovelace", starts="Thu 17 Sep 19:00")).words
    await rig.settle()
    (card,) = rig.there.channel("london")
    assert (card.fact("When"), card.fact("Where")) == ("Thursday 17 September 2026, 19:00 BST", "The Anchor")


async def test_where_no_event_is_named_each_has_a_button(rig: Rig) -> None:
    """The form that it opens shows what the event says."""
    await publish(rig)
    listed = await rig.here.slash("Ada Lovelace", "event edit")
    assert listed.words == "Thu 17 Sep 18:30 London: Stopping things"
    form = await rig.here.press("Ada Lovelace", "Edit")
    assert {name: text for name, text in form.typed.items() if text} == {
        "title": "Stopping things",
        "starts": "Thu 17 Sep 2026 18:30",
        "where": "The Crown",
        "seats": "2",
    }


async def test_a_draft_is_changed_before_anybody_has_seen_it(rig: Rig) -> None:
    """The preview shows it anew, and nobody is told."""
    await rig.here.slash("Ada Lovelace", "event create")
    await rig.here.fill("Ada Lovelace", title="Stopping things", starts="Thu 17 Sep 18:30")
    await rig.here.press("Ada Lovelace", "Change")
    preview = await rig.here.fill("Ada Lovelace", where="The Bell")
    assert preview.fact("Where") == "The Bell"
    assert "is published in" in (await rig.here.press("Ada Lovelace", "Publish")).words
    await rig.wait_until("2026-09-05 11:00")
    assert rig.told() == []
