"""Rhythms of prompts: posted on time by the chapter's clock, passing over its own days, and never into silence."""

from dataclasses import replace

import pytest

from bot.calls import Form
from bot.domain.prompts import PromptState
from tests.desk.visitors import sent_in, words
from tests.features.community import Community
from tests.features.test_prompts import kept, organiser, refused

FIVE = "What is a PMO for?\nWho taught you most?\nWhat is next for you?\nWhich book helped?\nWhere do we meet?"


async def asked(community: Community) -> list[tuple[str, str]]:
    """What was posted, and when, by London's clocks."""
    async with community.storage.reading() as tx:
        (london,) = await tx.chapters.all()
        postings = reversed(await tx.postings.of(london.id))
    return [(f"{each.posted.astimezone(london.zone):%d %b %H:%M}", each.text) for each in postings]


async def test_a_rhythm_posts_one_prompt_after_the_other(community: Community) -> None:
    """At its time and not before, on both platforms, and not on days of the chapter's own events."""
    await organiser(community, "prompt add", question=FIVE)
    scheduled = words(await organiser(community, "prompt schedule", rhythm="Tuesdays at 9:00"))
    assert scheduled.splitlines()[:4] == [
        "Prompts are posted in London every Tuesday at 9:00, by the clocks of London.",
        (
            "Next: Tuesday 8 September 2026, 09:00 BST; Tuesday 15 September 2026, 09:00 BST; "
            "Tuesday 22 September 2026, 09:00 BST."
        ),
        (
            "Days of own events are skipped. Used up, the deck waits until there is more. "
            "Where people stand is asked once more after 2 days."
        ),
        "5 prompts are left in the deck. Organisers are told before it runs dry; the channel is not.",
    ]
    await community.publish(starts="Tue 15 Sep 18:30")
    await community.wait_until("2026-09-08 08:59")
    assert await asked(community) == []
    for day in ("08", "15", "22"):
        await community.wait_until(f"2026-09-{day} 09:00")
    assert await asked(community) == [("08 Sep 09:00", "What is a PMO for?"), ("22 Sep 09:00", "Who taught you most?")]
    for mailbox in (community.slack, community.discord):
        cards = [letter.words for letter in mailbox.inbox if letter.words in FIVE.splitlines()]
        assert cards == ["What is a PMO for?", "Who taught you most?"]


async def test_organisers_hear_once_that_the_deck_runs_dry_and_the_channel_never(community: Community) -> None:
    """In good time, with the day of the last; filled and dried again, they hear of it again."""
    await organiser(community, "prompt add", question=FIVE)
    await organiser(community, "prompt schedule", rhythm="Tuesdays at 9:00")
    for day in ("09-08", "09-15", "09-22"):
        await community.wait_until(f"2026-{day} 09:00")
    # One more does not fill it, so the same drying is not told of again.
    await organiser(community, "prompt add", question="When did you last laugh at work?")
    for day in ("09-29", "10-06", "10-13", "10-20"):
        await community.wait_until(f"2026-{day} 09:00")
    dry = [said for who, said in community.told() if "left in the deck" in said]
    assert dry == [
        (
            "3 prompts are left in the deck of London, the last for Tuesday 6 October. "
            "Then nothing is posted until there is more; the channel is not told."
        )
    ]
    assert len(await asked(community)) == 6
    public = [letter.words for letter in community.slack.inbox if "deck" in letter.words]
    assert len(public) == 1  # to Ada, directly
    await organiser(community, "prompt starter", audience="everybody")
    async with community.storage.reading() as tx:
        (london,) = await tx.chapters.all()
        assert (await tx.prompts.deck(london.id)).warned is False


async def test_nothing_is_posted_twice_or_late_after_an_outage(community: Community) -> None:
    """What is hours late waits for the next time, and organisers hear of it once."""
    await organiser(community, "prompt add", question=FIVE)
    await organiser(community, "prompt schedule", rhythm="every day at 9:00", skip_events="no")
    await community.wait_until("2026-09-06 11:30")
    await community.wait_until("2026-09-09 20:00")
    await community.wait_until("2026-09-10 09:00")
    assert [at for at, _text in await asked(community)] == ["06 Sep 11:30", "10 Sep 09:00"]
    missed = [said for _who, said in community.told() if said.startswith("No prompt was posted in London on Monday 7")]
    assert len(missed) == 1


async def test_a_deck_that_renews_itself_begins_again_with_the_oldest(community: Community) -> None:
    """The rhythm goes on, and nothing comes twice before all the others."""
    await organiser(community, "prompt add", question="What is a PMO for?\nWho taught you most?")
    await organiser(community, "prompt schedule", rhythm="every day at 9:00", used_up="renew", cap="1")
    for day in range(6, 11):
        await community.wait_until(f"2026-09-{day:02} 09:00")
    texts = [text for _at, text in await asked(community)]
    assert texts == ["What is a PMO for?", "Who taught you most?"] * 2 + ["What is a PMO for?"]


@pytest.mark.parametrize(
    ("given", "parameter", "sentence"),
    [
        ({"rhythm": "when the moon is full"}, "rhythm", "when the moon is full"),
        ({"rhythm": "Tuesdays at 9:00", "ask_again": "99"}, "ask_again", "Write a number of days up to 30"),
        ({"rhythm": "Tuesdays at 9:00", "cap": "0"}, "cap", "Write a number from 1 to 100."),
    ],
)
async def test_a_rhythm_that_is_none_is_asked_about(
    community: Community, given: dict[str, str], parameter: str, sentence: str
) -> None:
    """What was typed comes back, with a sentence beside it."""
    assert sentence in refused(await organiser(community, "prompt schedule", **given), parameter)


async def test_a_rhythm_is_stopped(community: Community) -> None:
    """Nothing comes by itself any more, and nothing of the deck is lost."""
    await organiser(community, "prompt add", question=FIVE)
    await organiser(community, "prompt schedule", rhythm="every day at 9:00")
    stopped = words(await organiser(community, "prompt schedule", rhythm="off"))
    assert stopped == "Prompts are posted in London only by hand from now on."
    await community.wait_until("2026-09-07 09:00")
    assert await asked(community) == []
    assert len(await kept(community, PromptState.READY)) == 5


async def rezoned(community: Community, zone: str) -> str:
    """Ada moves London's clocks; what she is told."""
    form = await organiser(community, "chapter edit", chapter="1")
    assert isinstance(form, Form)
    changed = sent_in(form, {"zone": zone}, "Ada", manages=True)
    return words(await community.desk.answer(replace(changed, at=community.clock.now())))


async def test_a_rhythm_goes_by_its_chapters_new_clock_and_comes_once_on_that_day(community: Community) -> None:
    """Nine stays nine on the wall; one that goes by another city's clock stays there, and says so."""
    await organiser(community, "prompt add", question=FIVE)
    await organiser(community, "prompt schedule", rhythm="Tuesdays at 9:00")
    await community.wait_until("2026-09-08 09:00")
    told = await rezoned(community, "America/New_York")
    coming = "next Tuesday 15 September 2026, 09:00 EDT."
    assert f"Prompts are posted every Tuesday at 9:00 by the new clock, {coming}" in told
    listed = words(await organiser(community, "prompt list", show="next"))
    assert f"Every Tuesday at 9:00, {coming}" in listed
    for hour in ("08 14:00", "15 09:00", "15 14:00"):
        await community.wait_until(f"2026-09-{hour}")
    assert [at for at, _text in await asked(community)] == ["08 Sep 04:00", "15 Sep 09:00"]
    await organiser(community, "prompt schedule", rhythm="Tuesdays at 9:00 in Paris")
    assert "Prompts are posted" not in await rezoned(community, "Asia/Tokyo")
    listed = words(await organiser(community, "prompt list", show="next"))
    assert "Every Tuesday at 9:00 in Paris, next Tuesday 22 September 2026, 16:00 JST." in listed


async def test_organisers_hear_once_that_a_rhythm_has_no_channel_to_post_in(community: Community) -> None:
    """Nothing of the deck is lost by it: it goes on where there is a channel again."""
    await organiser(community, "prompt add", question=FIVE)
    await organiser(community, "prompt schedule", rhythm="every day at 9:00", skip_events="no")
    async with community.storage.writing() as tx:
        (london,) = await tx.chapters.all()
        for home in london.homes:
            await tx.chapters.unsettle(london.id, home.place.platform)
    for day in ("06", "07"):
        await community.wait_until(f"2026-09-{day} 09:00")
    told = [(who, what) for who, what in community.told() if "no channel" in what]
    sentence = (
        "The next prompt of London was to be posted, and London has no channel to post in. /chapter edit names one; "
        "until then its rhythm posts nothing, and none is lost."
    )
    assert told == [("Ada", sentence)]
    async with community.storage.writing() as tx:
        await tx.chapters.settle(london.id, london.homes[0])
    await community.wait_until("2026-09-08 09:00")
    assert await asked(community) == [("08 Sep 09:00", "What is a PMO for?")]
