"""What is mine: one member on two platforms, their events and calendar, and nothing left of whoever wishes so."""

from icalendar import Calendar

from tests.scenarios.rig import Rig
from tests.scenarios.test_the_seam import publish


async def link(rig: Rig, who: str) -> str:
    """Somebody gets a code here and enters it there; returns what they read once it is confirmed."""
    given = await rig.here.slash(who, "link account")
    code = given.fact("Your code")
    assert code is not None
    await rig.there.slash(who, "link account", code=code)
    return (await rig.there.press(who, "Join them")).words


async def test_two_accounts_are_one_member_with_one_seat_one_calendar_and_one_reminder(rig: Rig) -> None:
    """A wrong code joins nobody; the seat that comes free goes to the line; what is theirs is the same on both."""
    await publish(rig, seats="2")
    for hands, name in ((rig.here, "Grace Hopper"), (rig.there, "Grace Hopper"), (rig.there, "Alan Turing")):
        await hands.press(name, "Going", on="london")
    wrong = await rig.there.slash("Grace Hopper", "link account", code="AAAA-AAAA")
    assert "That code is not right, or was used already." in wrong.words
    assert "4 tries left within the hour." in wrong.words
    joined = await link(rig, "Grace Hopper")
    names = f"Grace Hopper on {rig.there.platform.title()} and Grace Hopper on {rig.here.platform.title()}"
    assert joined.splitlines()[0] == f"{names} are one member now, who counts once."
    assert "Next in line, and going now: 1." in joined
    await rig.settle()
    for hands in (rig.here, rig.there):
        (card,) = hands.channel("london")
        assert card.fact("Going (2)") == "Grace Hopper, Alan Turing"
        assert card.fact("Waiting (1)") is None
    told = [(who, seen.words.splitlines()[0]) for who, seen in rig.told()]
    assert [who for who, _ in told] == ["Grace Hopper", "Alan Turing"]
    assert told[0][1].startswith("Your account here is one member with Grace Hopper")

    mine = [await hands.slash("Grace Hopper", "my events") for hands in (rig.here, rig.there)]
    assert mine[0].words == mine[1].words
    assert "You are going." in mine[0].words
    filed = await rig.there.press("Grace Hopper", "Calendar file")
    assert filed.words.startswith("Stopping things for your calendar.")
    (content,) = (await rig.there.files("Grace Hopper", 1)).values()
    (entry,) = Calendar.from_ical(content).events
    assert (entry.start.isoformat(), entry.location) == ("2026-09-17T18:30:00+01:00", "The Crown")

    place = f"{rig.there.platform.title()}, by direct message"
    await rig.here.slash("Grace Hopper", "my reminders", before="3 hours")
    chosen = await rig.here.press("Grace Hopper", place)
    assert (chosen.fact("Where"), chosen.fact("When")) == (place, "3 hours before")
    before = len(rig.told())
    await rig.wait_until("2026-09-17 15:31")
    assert [who for who, _ in rig.told()[before:]].count("Grace Hopper") <= 1
    reminders = [seen.words for seen in rig.there.direct("Grace Hopper") if "starts" in seen.words]
    assert len(reminders) == 1
    assert not [seen for seen in rig.here.direct("Grace Hopper") if "starts" in seen.words]

    away = f"Grace Hopper on {rig.there.platform.title()}"
    await rig.here.slash("Grace Hopper", "link remove")
    parted = await rig.here.press("Grace Hopper", f"Part {away}")
    assert parted.words.startswith(f"{away} is a member of its own again.")
    mine = [(await hands.slash("Grace Hopper", "my events")).words for hands in (rig.here, rig.there)]
    assert ["You are going." in words for words in mine] == [True, False]

    await rig.here.slash("Ada Lovelace", "event cancel", event="Stopping things")
    await rig.here.press("Ada Lovelace", "Call it off")
    await rig.settle()
    await rig.there.press("Alan Turing", "Take it out of my calendar", on=told_on(rig))
    (content,) = (await rig.there.files("Alan Turing", 1)).values()
    (gone,) = Calendar.from_ical(content).events
    assert (gone["UID"], gone["STATUS"]) == (entry["UID"], "CANCELLED")
    assert int(str(gone["SEQUENCE"])) > int(str(entry["SEQUENCE"]))


def told_on(rig: Rig) -> str:
    """Where people on the other platform are told things, unless they wish otherwise."""
    return "direct" if rig.there.platform == "slack" else "thread"


async def test_whoever_wishes_to_be_forgotten_leaves_the_counts_right_and_no_name(rig: Rig) -> None:
    """They get everything as a file first, and are asked once more; the card bears their name no longer."""
    await publish(rig, seats="1")
    await rig.here.press("Grace Hopper", "Going", on="london")
    await rig.there.press("Alan Turing", "Going", on="london")
    await link(rig, "Grace Hopper")
    data = await rig.there.slash("Grace Hopper", "my data")
    assert "Everything I keep about you" in data.words
    assert "my-data.json" in await rig.there.files("Grace Hopper", 1)
    asked = await rig.here.slash("Grace Hopper", "my erase")
    assert "your seats go to whoever is next in line" in asked.words
    erased = await rig.here.press("Grace Hopper", "Erase everything")
    assert erased.words.startswith("Everything I kept about you is erased.")
    await rig.settle()
    for hands in (rig.here, rig.there):
        (card,) = hands.channel("london")
        assert card.fact("Going (1)") == "Alan Turing"
        assert "Grace" not in card.words
    assert (await rig.there.slash("Grace Hopper", "my data")).words == "I keep nothing about you."
