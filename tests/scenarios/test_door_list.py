"""The door list: an organiser gets everybody as a message and as two files, anybody else the counts."""

import csv
from io import BytesIO, StringIO
from zipfile import ZipFile

from tests.scenarios.rig import Rig
from tests.scenarios.test_changes import edit
from tests.scenarios.test_the_seam import publish


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
    (sheet, book) = (files["attendees-1.csv"], files["attendees-1.xlsx"])
    assert list(csv.reader(StringIO(sheet.decode("utf-8-sig"), newline=""))) == [
        ["Name", "Answer", "Guests", "Told the organisers", "Platform"],
        ["Grace Hopper", "going", "1", "'=1+1 nuts", rig.here.platform],
        ["Alan Turing", "waiting", "0", "", rig.there.platform],
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
