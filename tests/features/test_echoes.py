"""Echoes: an organiser is shown what was understood of the moments that they wrote, and what follows from it."""

from tests.desk.visitors import fits, plan, words
from tests.features.community import Community
from tests.features.editing import edit

NOBODY_TOLD = "Nobody is going or waiting yet, so nobody needs to be told."


async def test_a_change_of_moments_is_echoed_in_full(community: Community) -> None:
    """With the hours that were only hinted at; what was left alone is not repeated."""
    event = await community.publish()
    assert words(await edit(community, event, starts="Fri 18 Sep 7pm", answer_by="noon", ends="10pm")).splitlines() == [
        "Evening has been changed.",
        "It starts on Friday 18 September 2026, 19:00 BST, in 13 days.",
        "It ends on Friday 18 September 2026, 22:00 BST, in 13 days.",
        "Answers close on Friday 18 September 2026, 12:00 BST, in 13 days.",
        NOBODY_TOLD,
    ]
    assert words(await edit(community, event, about="More talks")) == "Evening has been changed."
    assert words(await edit(community, event, answer_by="Thu 17 Sep 18:00")).splitlines() == [
        "Evening has been changed.",
        "Answers close on Thursday 17 September 2026, 18:00 BST, in 12 days.",
    ]


async def test_what_goes_along_with_a_start_or_is_dropped_with_it_is_echoed(community: Community) -> None:
    """Nobody wrote it, so it is looked at all the more."""
    event = await community.publish()
    await edit(community, event, ends="22:00", answer_by="Wed 16 Sep 12:00")
    assert words(await edit(community, event, starts="Thu 24 Sep 18:30")).splitlines()[1:4] == [
        "It starts on Thursday 24 September 2026, 18:30 BST, in 19 days.",
        "It ends on Thursday 24 September 2026, 22:00 BST, in 19 days.",
        "Answers close on Wednesday 23 September 2026, 12:00 BST, in 18 days.",
    ]
    assert words(await edit(community, event, starts="TBA")).splitlines()[1:4] == [
        "Its date is still to be announced.",
        "No end of it is announced any more.",
        "Answers have no deadline any more.",
    ]


async def test_a_time_that_comes_twice_is_said_to_be_one(community: Community) -> None:
    """As the clocks go back: of start, end and deadline alike."""
    event = await community.publish(starts="Sat 24 Oct 23:30")
    typed = {"starts": "Sun 25 Oct 01:15", "ends": "Sun 25 Oct 01:45 GMT", "answer_by": "Sun 25 Oct 01:10"}
    said = words(await edit(community, event, **typed)).splitlines()
    comes = "the clocks go back that night: {} comes twice; this is the {}"
    assert said[1:4] == [
        f"It starts on Sunday 25 October 2026, 01:15 BST, in 50 days ({comes.format('01:15', 'first')}).",
        f"It ends on Sunday 25 October 2026, 01:45 GMT, in 50 days ({comes.format('01:45', 'second')}).",
        f"Answers close on Sunday 25 October 2026, 01:10 BST, in 50 days ({comes.format('01:10', 'first')}).",
    ]


async def test_a_preview_echoes_end_and_deadline(community: Community) -> None:
    """They are written when a draft is changed."""
    event = await plan(community.desk)
    preview = await edit(community, event, ends="10pm", answer_by="noon")
    *_card, echo, ends, closes, _buttons = words(preview).splitlines()
    assert "It starts on Thursday 17 September 2026, 18:30 BST, in 12 days, and it goes to" in echo
    assert ends == "It ends on Thursday 17 September 2026, 22:00 BST, in 12 days."
    assert closes == "Answers close on Thursday 17 September 2026, 12:00 BST, in 12 days."
    fits(preview)
