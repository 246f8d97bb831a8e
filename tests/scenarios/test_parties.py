"""Parties: guests take seats and overtake nobody, answers are the organisers' alone, and there may be a deadline."""

from tests.scenarios.rig import Rig
from tests.scenarios.test_changes import edit
from tests.scenarios.test_the_seam import publish

QUESTION = "Anything about food or access?"


async def test_guests_are_counted_into_seats_and_overtake_nobody(rig: Rig) -> None:
    """Who brings more than there is room for is told how many fit; who waits with guests waits for all their seats."""
    await publish(rig, seats="4")
    await edit(rig, guests="3")
    await rig.settle()
    await rig.here.press("Grace Hopper", "Going", on="london")
    form = await rig.here.press("Grace Hopper", "Bring guests")
    assert form.questions == {"guests": "How many guests do you bring?"}
    assert (await rig.here.fill("Grace Hopper", guests="2")).words == "Noted for Stopping things: you bring 2 guests."
    await rig.there.press("Alan Turing", "Going", on="london")
    await rig.there.press("Alan Turing", "Bring guests")
    crowded = await rig.there.fill("Alan Turing", guests="1")
    assert "There is no room for more: each guest takes a seat, and nobody overtakes." in crowded.words
    await rig.here.press("Mary Seacole", "Going", on="london")
    await rig.here.press("Mary Seacole", "Bring guests")
    assert "you bring one guest" in (await rig.here.fill("Mary Seacole", guests="1")).words
    await rig.settle()
    (card,) = rig.there.channel("london")
    assert card.fact("Seats") == "4, all taken"
    assert card.fact("Guests") == "Up to 3 with each"
    assert card.fact("Going (2 and 2 guests)") == "Grace Hopper, Alan Turing"
    await rig.there.press("Alan Turing", "Can’t make it", on="london")
    await rig.there.press("Ada Lovelace", "Going", on="london")
    await rig.settle()
    (card,) = rig.there.channel("london")
    assert card.fact("Waiting (2)") == "Mary Seacole, Ada Lovelace"
    await rig.here.press("Grace Hopper", "Can’t make it", on="london")
    await rig.settle()
    (card,) = rig.there.channel("london")
    assert card.fact("Going (2 and 1 guest)") == "Mary Seacole, Ada Lovelace"


async def test_what_is_asked_is_answered_to_the_organisers_alone(rig: Rig) -> None:
    """The receipt asks; the answer stands on no card, and is there to be changed."""
    await publish(rig)
    await edit(rig, question=QUESTION)
    receipt = await rig.here.press("Grace Hopper", "Going", on="london")
    assert QUESTION in receipt.words
    form = await rig.here.press("Grace Hopper", "Answer the question")
    assert form.questions == {"note": QUESTION}
    noted = await rig.here.fill("Grace Hopper", note="No nuts, please")
    assert noted.words == "Noted for Stopping things: you come alone. Only the organisers see your answer."
    await rig.settle()
    for hands in (rig.here, rig.there):
        (card,) = hands.channel("london")
        assert "nuts" not in card.words
        assert card.fact("Going (1)") == "Grace Hopper"


async def test_after_the_deadline_people_can_only_leave(rig: Rig) -> None:
    """Cards ask no more, old buttons say why, and an organiser can still let somebody in."""
    await publish(rig)
    await edit(rig, answer_by="Wed 16 Sep 12:00")
    await rig.settle()
    (card,) = rig.there.channel("london")
    assert card.fact("Answer by") == "Wednesday 16 September 2026, 12:00 BST"
    await rig.here.press("Grace Hopper", "Going", on="london")
    await rig.wait_until("2026-09-16 12:01")
    for hands in (rig.here, rig.there):
        (card,) = hands.channel("london")
        assert list(card.buttons) == ["Can’t make it"]
        assert card.words.endswith("Answers are closed. Whoever is going and cannot come can still say so.")
    going = "rsvp?event=1&answer=going"
    late = await rig.there.forge("Alan Turing", going)
    assert late.words == (
        "Answers to Stopping things closed on Wednesday 16 September 2026, 12:00 BST. "
        "You can still say that you can’t make it."
    )
    assert "You are going to" in (await rig.here.forge("Grace Hopper", going)).words
    assert "You are not coming" in (await rig.here.press("Grace Hopper", "Can’t make it", on="london")).words
    added = await rig.here.slash("Ada Lovelace", "event add-person", event="Stopping things", person="Mary Seacole")
    assert "Mary Seacole is now going" in added.words


async def test_an_end_is_shown_and_told_and_ends_the_evening(rig: Rig) -> None:
    """An hour is one of the evening's own; it moves along with its start."""
    await publish(rig)
    await rig.here.press("Grace Hopper", "Going", on="london")
    await edit(rig, ends="20:00")
    await rig.wait_until("2026-09-05 10:06")
    ((_who, told),) = rig.told()
    assert told.fact("When") is not None
    await edit(rig, starts="Fri 18 Sep 18:30")
    await rig.wait_until("2026-09-18 19:59")
    (card,) = rig.there.channel("london")
    assert list(card.buttons) == ["Going", "Maybe", "Can’t make it"]
    await rig.wait_until("2026-09-18 20:01")
    (card,) = rig.there.channel("london")
    assert card.words.endswith("This event is over.")


async def test_seats_raised_let_the_line_move_up_and_lowered_remove_nobody(rig: Rig) -> None:
    """Each who moves up is told; the organiser is told of what does not fit."""
    await publish(rig, seats="1")
    await rig.here.press("Grace Hopper", "Going", on="london")
    await rig.there.press("Alan Turing", "Going", on="london")
    await rig.there.press("Mary Seacole", "Going", on="london")
    assert await edit(rig, seats="2") == "Stopping things has been changed.\nOne person moved up from the line."
    await rig.settle()
    assert [(who, seen.words.split(":")[0]) for who, seen in rig.told()] == [("Alan Turing", "A seat has come free")]
    assert await edit(rig, seats="1") == (
        "Stopping things has been changed.\n2 seats are taken, but there is only one now. Nobody is removed; nobody "
        "moves up until there is room."
    )
    await rig.settle()
    (card,) = rig.there.channel("london")
    assert card.fact("Going (2)") == "Grace Hopper, Alan Turing"
    assert card.fact("Waiting (1)") == "Mary Seacole"
