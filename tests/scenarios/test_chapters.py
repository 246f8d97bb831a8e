"""Chapters: made in chat with an organiser of their own, joined by whoever answers, and every act on record."""

import csv
from io import StringIO

from tests.scenarios.rig import Rig
from tests.scenarios.test_the_seam import publish

MADE = {
    "name": "Birmingham",
    "zone": "Europe/London",
    "slack": "#birmingham",
    "discord": "birmingham",
    "organiser": "Grace Hopper",
}


async def test_a_chapter_lives_by_its_own_organiser_and_keeps_to_itself(rig: Rig) -> None:
    """Made with a mended form, planned for, joined, edited, restarted; out of reach stays so; all is noted."""
    lost = {rig.here.platform: "#nowhere"}
    form = await rig.here.slash("Ada Lovelace", "chapter add", **{**MADE, **lost})
    title = rig.here.platform.title()
    assert f"{title} has no channel “#nowhere” that I can post in. Make it, or let me into it" in form.words
    await rig.here.again("Ada Lovelace")
    made = await rig.here.fill("Ada Lovelace", **{rig.here.platform: "#birmingham"})
    assert made.words.splitlines()[:2] == ["Birmingham is made.", "Grace Hopper organises it."]

    await publish(rig)
    given = {"title": "Canals", "starts": "Thu 24 Sep 18:30", "where": "Gas Street"}
    preview = await rig.here.slash("Grace Hopper", "event create", channel="general", **given)
    assert "#birmingham on Discord and #birmingham on Slack" in preview.words
    await rig.here.press("Grace Hopper", "Publish")
    await rig.settle()
    for hands in (rig.here, rig.there):
        (card,) = hands.channel("birmingham")
        assert card.words.startswith("Canals")
    refused = await rig.here.forge("Grace Hopper", "event%20call-off?event=1")
    no = "That belongs to London, and you plan for Birmingham. /organiser list shows who plans for London."
    assert refused.words == no

    await rig.there.press("Mary Seacole", "Going", on="birmingham")
    shown = await rig.there.slash("Mary Seacole", "chapter show", channel="birmingham")
    assert (shown.fact("Members"), shown.fact("You")) == ("1", "a member")
    assert (shown.fact("Organisers"), shown.fact("Time zone")) == ("Grace Hopper", "Europe/London, 10:00 there")
    listed = [
        line for line in (await rig.there.slash("Mary Seacole", "event list")).words.splitlines() if "Seats" in line
    ]
    assert [line.split(",")[0] for line in listed] == ["Canals", "Stopping things"]
    only = await rig.there.slash("Mary Seacole", "event list", chapter="London")
    assert "Stopping things" in only.words
    assert "Canals" not in only.words

    await rig.here.slash("Grace Hopper", "chapter edit", channel="birmingham")
    changed = await rig.here.fill("Grace Hopper", name="Brum", reminders="3 hours", **{rig.there.platform: ""})
    assert "Brum has been changed: at home in #birmingham on" in changed.words
    assert "reminders 3 hours before" in changed.words
    await rig.settle()
    await rig.restart()
    shown = await rig.there.slash("Mary Seacole", "chapter show", chapter="Brum")
    assert shown.fact("Home") == f"#birmingham on {title}"
    left = await rig.there.press("Mary Seacole", "Leave")
    assert left.words.startswith("You are no longer a member of Brum.")
    joined = await rig.there.slash("Mary Seacole", "chapter join", chapter="Brum")
    assert joined.words == "You are a member of Brum now. /event list shows its events first."

    trail = await rig.here.slash("Ada Lovelace", "audit")
    on = f"on {title}: "
    assert [line.partition(on)[2].partition(":")[0] for line in trail.words.splitlines() if on in line] == [
        "Change a chapter",
        "Publish a draft",
        "Plan a new event",
        "Publish a draft",
        "Plan a new event",
        "Appoint an organiser, Grace Hopper",
        "Make a new chapter",
    ]
    assert "name: Birmingham → Brum" in trail.words
    await rig.here.press("Ada Lovelace", "As files")
    files = await rig.here.files("Ada Lovelace", 2)
    rows = list(csv.reader(StringIO(files["audit.csv"].decode("utf-8-sig"), newline="")))
    assert [row[1] for row in rows[1:]] == ["Grace Hopper"] * 3 + ["Ada Lovelace"] * 4
    own = await rig.here.slash("Grace Hopper", "audit")
    assert "Canals" in own.words
    assert "Stopping things" not in own.words
    none = await rig.here.slash("Mary Seacole", "audit")
    assert none.words == "Only organisers can do that. /organiser list shows who they are."
