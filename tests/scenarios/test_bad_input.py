"""Bad input: each gets a clear answer to the person concerned, keeps what was typed, and leaves the rest running."""

import pytest

from adapters.playground.impossible import Impossible
from tests.scenarios.rig import Rig
from tests.scenarios.test_the_seam import PLAN, publish


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"starts": "yesterday 18:30"}, "Friday 4 September 2026, 18:30 BST is in the past."),
        ({"starts": "when it suits"}, "“when it suits” has words that I do not understand: “it suits”."),
        ({"starts": "Fri 17 Sep 18:30"}, "17 September 2026 is a Thursday, but “Fri 17 Sep 18:30” says Friday."),
        (
            {"starts": "Thu 17 Sep at 7"},
            "may mean Thursday 17 September 2026, 07:00 BST or Thursday 17 September 2026, 19:00 BST.",
        ),
        ({"seats": "0"}, "An event has at least one seat; leave this empty for no limit."),
        ({"seats": "-3"}, "An event has at least one seat; leave this empty for no limit."),
    ],
    ids=lambda value: next(iter(value.values())) if isinstance(value, dict) else "",
)
async def test_a_form_that_cannot_be_used_comes_back_as_it_was_typed(
    rig: Rig, wrong: dict[str, str], sentence: str
) -> None:
    """The sentence stands beside the question, every other answer is still there, and mending the one is enough."""
    await rig.here.slash("Ada Lovelace", "event create")
    refused = await rig.here.fill("Ada Lovelace", **{**PLAN, **wrong})
    assert sentence in refused.words
    form = await rig.here.again("Ada Lovelace")
    assert {name: text for name, text in form.typed.items() if text} == {**PLAN, **wrong}
    (question,) = wrong
    preview = await rig.here.fill("Ada Lovelace", **{question: PLAN[question]})
    assert "nothing is posted yet" in preview.words
    assert rig.here.channel("london") == rig.there.channel("london") == []


async def test_all_that_is_wrong_is_said_at_once(rig: Rig) -> None:
    """A time that has two meanings and seats that are none; and the preview warns of an hour that comes twice."""
    await rig.here.slash("Ada Lovelace", "event create")
    refused = await rig.here.fill("Ada Lovelace", title="Owls", starts="next Sunday 3pm", seats="0")
    assert "may mean Sunday 6 September 2026, 15:00 BST or Sunday 13 September 2026, 15:00 BST." in refused.words
    assert "An event has at least one seat" in refused.words
    form = await rig.here.again("Ada Lovelace")
    assert {name: text for name, text in form.typed.items() if text} == {
        "title": "Owls",
        "starts": "next Sunday 3pm",
        "seats": "0",
    }
    preview = await rig.here.fill("Ada Lovelace", starts="Sun 25 Oct 01:30", seats="4")
    assert "Sunday 25 October 2026, 01:30 BST, in 50 days" in preview.words
    assert "01:30 comes twice; this is the first" in preview.words


async def test_a_title_that_is_too_long_is_refused_with_the_room_there_is(rig: Rig) -> None:
    """Discord does not even send it; on Slack, whoever types a command is told, beside what they typed."""
    if rig.here.platform == "discord":
        with pytest.raises(Impossible, match="title has the wrong length"):
            await rig.here.slash("Ada Lovelace", "event create", title="x" * 81, starts="Thu 17 Sep 18:30")
        return
    typed = await rig.here.slash("Ada Lovelace", "event create", title="x" * 81, starts="Thu 17 Sep 18:30")
    assert "That is 81 characters long; there is room for 80." in typed.words


async def test_a_member_cannot_use_what_is_for_organisers(rig: Rig) -> None:
    """Neither by command nor by a button that somebody else was given; an appointment opens the door, and shuts it."""
    no = "Only organisers can do that. /organiser list shows who they are."
    assert (await rig.here.slash("Grace Hopper", "event create")).words == no
    added = await rig.here.slash("Ada Lovelace", "organiser add", member="Grace Hopper")
    assert added.words == "Grace Hopper is an organiser now."
    assert "title" in (await rig.here.slash("Grace Hopper", "event create")).questions
    preview = await rig.here.fill("Grace Hopper", **PLAN)
    assert "nothing is posted yet" in preview.words
    await rig.here.slash("Ada Lovelace", "organiser remove", member="Grace Hopper")
    assert (await rig.here.press("Grace Hopper", "Publish")).words == no
    await rig.settle()
    assert rig.here.channel("london") == []


async def test_a_forged_or_truncated_code_is_answered_and_changes_nothing(rig: Rig) -> None:
    """Buttons are drawn by whoever sends the press: what the code says is checked anew."""
    await publish(rig)
    for code in ("rsvp?event=1&answer=waiting", "rsvp?event=999&answer=going", "rsvp?event=1", "rsvp?ev", "nonsense"):
        seen = await rig.here.forge("Grace Hopper", code)
        assert seen.words or seen.questions
    await rig.settle()
    (card,) = rig.here.channel("london")
    assert card.fact("Seats") == "2, 2 left"
    assert card.fact("Going (1)") is None


async def test_an_old_button_of_a_cancelled_event_is_told_so(rig: Rig) -> None:
    """The card on one platform may be older than the press: the answer is what counts."""
    await publish(rig)
    await rig.here.slash("Ada Lovelace", "event cancel", event="Stopping things")
    await rig.here.press("Ada Lovelace", "Call it off")
    seen = await rig.there.forge("Grace Hopper", "rsvp?event=1&answer=going")
    assert seen.words == "Stopping things was cancelled, so there is nothing to answer any more."


async def test_the_same_press_delivered_twice_counts_once(rig: Rig) -> None:
    """A platform that doubles its events neither doubles a guest nor an event."""
    rig.doubled()
    await publish(rig)
    await rig.here.press("Grace Hopper", "Going", on="london")
    await rig.settle()
    for hands in (rig.here, rig.there):
        (card,) = hands.channel("london")
        assert card.fact("Going (1)") == "Grace Hopper"
        assert card.fact("Seats") == "2, 1 left"
    listed = await rig.here.slash("Ada Lovelace", "event drafts")
    assert listed.words.startswith("There are no drafts.")


HOSTILE = "@everyone <!channel> *_~ <@U1> `x` ||y|| [z](http://z.example) \u202eesrever\u2066"


async def test_text_from_people_pings_nobody_and_forges_nothing(rig: Rig) -> None:
    """It stands on both cards as it was typed, but for marks that would turn other words around."""
    await publish(rig, title=HOSTILE, where=HOSTILE, about=f"# {HOSTILE}\n> {HOSTILE}")
    await rig.here.press("Grace Hopper", "Going", on="london")
    await rig.wait_until("2026-09-16 18:31")
    shown = "@everyone <!channel> *_~ <@U1> `x` ||y|| [z](http://z.example) esrever"
    for hands in (rig.here, rig.there):
        (card,) = hands.channel("london")
        assert card.words.splitlines()[0] == shown
        assert card.fact("Where") == shown
        assert hands.mentioned(card) == []
    ((who, told),) = rig.told()
    assert who == "Grace Hopper"
    assert shown in told.words


async def test_four_hundred_names_do_not_break_the_card(rig: Rig) -> None:
    """A long list is shortened, and says by how many; whoever comes next still gets in."""
    await publish(rig, seats="")
    await rig.guests(400)
    await rig.here.press("Grace Hopper", "Going", on="london")
    await rig.settle()
    for hands in (rig.here, rig.there):
        (card,) = hands.channel("london")
        names = card.fact("Going (401)")
        assert names is not None
        assert names.startswith("Guest 0, Guest 1, ")
        assert names.endswith(" and 376 more")
