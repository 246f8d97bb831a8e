"""The door list: an organiser gets everybody as a message and as two files, anybody else the counts."""

import csv
from io import BytesIO, StringIO
from zipfile import ZipFile

from tests.scenarios.rig import Rig
from tests.scenarios.test_changes import edit
from tests.scenarios.test_the_seam import publish

NAME = "attendees-stopping-things-2026-09-17"


async def test_an_organiser_gets_names_guests_and_answers_as_a_message_and_as_files(rig: Rig) -> None:
    """Privately, from both platforms together, and what looks like a formula is text."""
    await publish(rig)
    await edit(rig, guests="1", question="Anything about food or access?")
    await rig.here.press("Grace Hopper", "Going", on="london")
    await rig.here.press("Grace Hopper", "Bring guests, or answer")
    await rig.here.fill("Grace Hopper", guests="1", note="=1+1 nuts")
    await rig.there.press("Alan Turing", "Going", on="london")
    await rig.settle()
    listed = await rig.here.slash("Ada Lovelace", "event list-attendees", event="Stopping things")
    assert (listed.fact("Going"), listed.fact("Guests"), listed.fact("Waiting")) == ("1", "1", "1")
    assert listed.fact("Grace Hopper") == "going, 1 guest, “=1+1 nuts”"
    assert listed.fact("Alan Turing") == "waiting"
    files = await rig.here.files("Ada Lovelace", 2)
    (sheet, book) = (files[f"{NAME}.csv"], files[f"{NAME}.xlsx"])
    assert list(csv.reader(StringIO(sheet.decode("utf-8-sig"), newline=""))) == [
        ["Name", "Answer", "Guests", "Told the organisers", "Platform", "Came", "Guests who came"],
        ["Grace Hopper", "going", "1", "'=1+1 nuts", rig.here.platform, "", "0"],
        ["Alan Turing", "waiting", "0", "", rig.there.platform, "", "0"],
    ]
    with ZipFile(BytesIO(book)) as opened:
        assert "Grace Hopper" in opened.read("xl/sharedStrings.xml").decode()
    for hands in (rig.here, rig.there):
        (card,) = hands.channel("london")
        assert "nuts" not in card.words


async def test_anybody_else_sees_only_how_many(rig: Rig) -> None:
    """No name, no answer, no file."""
    await publish(rig)
    await rig.there.press("Alan Turing", "Going", on="london")
    listed = await rig.here.slash("Grace Hopper", "event list-attendees", event="Stopping things")
    assert listed.fact("Going") == "1"
    assert "Alan Turing" not in listed.words
    assert await rig.here.files("Grace Hopper", 0) == {}
    await rig.here.slash("Ada Lovelace", "event copy", event="Stopping things")
    guessed = [await rig.there.slash("Grace Hopper", "event list-attendees", event=event) for event in ("2", "3")]
    assert [seen.words for seen in guessed] == ["That event is not on record any more."] * 2


async def test_a_seat_near_the_start_is_offered_and_whoever_comes_is_ticked_off(rig: Rig) -> None:
    """The next in line says yes in time; at the door one tap is one person, and several are picked at once."""
    await publish(rig, seats="1")
    for hands, name in ((rig.here, "Grace Hopper"), (rig.here, "Katherine Johnson"), (rig.there, "Mary Seacole")):
        await hands.press(name, "Going", on="london")
    await rig.there.press("Edsger Dijkstra", "Maybe", on="london")
    await rig.wait_until("2026-09-17 17:00")
    await rig.here.press("Grace Hopper", "Can’t make it", on="london")
    await rig.settle()
    place = "direct" if rig.here.platform == "slack" else "thread"
    offered = (rig.here.direct("Katherine Johnson") if place == "direct" else rig.here.thread("london"))[-1]
    assert "Are you coming? It is yours until Thursday 17 September 2026, 17:30 BST" in offered.words
    yes = await rig.here.press("Katherine Johnson", "Yes, I’m coming", on=place)
    assert "You are going to Stopping things" in yes.words
    await rig.wait_until("2026-09-17 18:31")
    sheet = await rig.here.slash("Ada Lovelace", "event attendance")
    assert (sheet.fact("Here"), sheet.fact("Not here yet"), sheet.fact("Walk-ins")) == ("0", "1", "0")
    sheet = await rig.here.press("Ada Lovelace", "Katherine Johnson")
    assert sheet.fact("Ticked off") == "Katherine Johnson."
    sheet = await rig.here.pick("Ada Lovelace", "Mary Seacole (waiting)", "Edsger Dijkstra (maybe)")
    assert (sheet.fact("Here"), sheet.fact("Not here yet"), sheet.fact("Walk-ins")) == ("3", "0", "2")
    await rig.here.press("Ada Lovelace", "Add a walk-in")
    sheet = await rig.here.fill("Ada Lovelace", name="Kurt", guests="1")
    assert sheet.fact("Here") == "5, 1 of them a guest"
    listed = await rig.there.slash("Ada Lovelace", "event list-attendees", event="Stopping things")
    assert (listed.fact("Here"), listed.fact("Walk-ins")) == ("5, 1 of them a guest", "3")
