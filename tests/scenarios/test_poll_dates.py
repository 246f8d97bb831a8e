"""Dates: people say when they can, and an organiser makes an event of what comes out."""

from tests.scenarios.rig import Rig
from tests.scenarios.test_polls import ask, cards

DAYS = "Fri 18 Sep 19:00 | 17 Sep 18:30 | Sat 19 Sep"
THURSDAY, FRIDAY, SATURDAY = "Thu 17 Sep 2026 18:30", "Fri 18 Sep 2026 19:00", "Sat 19 Sep 2026"


async def test_people_say_when_they_can_and_an_event_is_made_of_the_best_date(rig: Rig) -> None:
    """Read as dates are, echoed, in order; yes, if need be or no to each; the event’s form is filled in."""
    said = await ask(rig, "When can you come?", DAYS, kind="dates")
    assert said.words.endswith(f"I understood: {THURSDAY}, {FRIDAY}, {SATURDAY}.")
    for card in await cards(rig):
        assert list(card.buttons)[:3] == [THURSDAY, FRIDAY, SATURDAY]
    first = await rig.here.press("Grace Hopper", THURSDAY, on="london")
    assert first.words.startswith(f"You said yes to {THURSDAY}; you can change it until it is closed.")
    await rig.here.press("Grace Hopper", "No to the rest")
    mine = await rig.here.slash("Grace Hopper", "poll mine")
    assert mine.words.splitlines()[1] == (f"When can you come? (open): yes to {THURSDAY}, no to {FRIDAY}, {SATURDAY}")
    paper = await rig.there.press("Alan Turing", "My ballot", on="london")
    assert paper.words.startswith("You have not voted;")
    assert list(paper.buttons)[-2:] == ["Yes to all", "No to all"]
    await rig.there.press("Alan Turing", THURSDAY, on="london")
    await rig.there.press("Mary Seacole", FRIDAY, on="london")
    await rig.there.press("Mary Seacole", "If need be")
    for card in await cards(rig):
        assert card.fact(THURSDAY) == "2 can ██████████"
        assert card.fact(FRIDAY) == "1 can, 1 cannot █████"
        assert card.fact(SATURDAY) == "0 can, 1 if need be, 1 cannot ▒▒▒▒▒"
    await rig.here.slash("Ada Lovelace", "poll close", poll="When can you come?")
    await rig.settle()
    result, _picture = rig.here.thread("london")
    assert f"{THURSDAY} suits most: 2 can." in result.words
    no = await rig.here.press("Grace Hopper", "Make an event", on="london")
    assert no.words.startswith("Only organisers can do that.")
    form = await rig.here.press("Ada Lovelace", "Make an event", on="london")
    assert (form.typed["title"], form.typed["starts"]) == ("When can you come", "Thu 17 Sep 2026 18:30")
    preview = await rig.here.fill("Ada Lovelace", title="Stopping things")
    assert "It starts on Thursday 17 September 2026, 18:30 BST" in preview.words


async def test_forty_dates_are_turned_like_pages(rig: Rig) -> None:
    """On the card they are menus; the ballot shows five at a time, and nothing is cut off."""
    days = " | ".join(f"2026-10-{day:02} {hour}:00" for day in range(1, 21) for hour in (18, 20))
    await ask(rig, "When?", days, kind="dates")
    for card in await cards(rig):
        assert len(card.options) == 40
    page = await rig.here.press("Grace Hopper", "Thu 1 Oct 2026 20:00", on="london")
    assert "Thu 1 Oct 2026 18:00" in page.words
    for _turn in range(7):
        page = await rig.here.press("Grace Hopper", "Later dates")
    assert "Tue 20 Oct 2026 20:00" in page.words
    assert "Later dates" not in page.buttons
    done = await rig.here.press("Grace Hopper", "Yes to the rest")
    assert "yes to 40 dates" in done.words
    for card in await cards(rig):
        assert "1 person has voted." in card.words
