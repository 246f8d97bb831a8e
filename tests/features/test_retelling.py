"""Retelling: what has changed or was taken back is drawn anew wherever it stands, and nothing old is posted anew."""

import pytest

from bot.calls import Door, Form
from bot.domain.events import EventId
from bot.domain.places import Home, Place
from bot.features.retelling import INVITING
from bot.ports import Gone
from tests.desk.visitors import LONDON, SLACK, call, publish, sent_in, words
from tests.features.community import Community
from tests.features.organiser import ada

MOVED = Place(SLACK, "C-Moved")
LEARNT = "Whoever starts a project should not decide when it stops"
QUESTION = "Who may stop a project?"


async def ask(community: Community, command: str, who: str = "Ada", door: Door = Door.SLASH, **given: str) -> str:
    """Somebody asks for something; Ada manages the space."""
    at = community.clock.now()
    asked = call(command, given, who=who, manages=who == "Ada", place=LONDON, at=at, door=door)
    said = words(await community.desk.answer(asked))
    await community.settle()
    return said


async def stance(community: Community, who: str, asking: str = "first") -> None:
    given = {"posting": "1", "asking": asking, "stance": "agree", "on": "1"}
    await ask(community, "stance", who, Door.BUTTON, **given)


@pytest.fixture
async def evening(community: Community) -> EventId:
    """An evening that is over, with a question of Mary's, who is named, and its write-up, which is published."""
    event = await community.publish(title="Stopping")
    await ask(community, "prompt suggest", "Mary", question=QUESTION, credit="yes")
    await ask(community, "prompt approve", prompt="1")
    form = await ada(community, "prompt change", prompt="1")
    assert isinstance(form, Form)
    await community.desk.answer(sent_in(form, {"stance": "yes"}, "Ada", manages=True))
    await community.wait_until("2026-09-17T19:00")
    await ask(community, "prompt post", prompt="1", event=str(event))
    await ask(community, "takeaway add", "Grace", text=LEARNT, event=str(event))
    await community.wait_until("2026-09-18T09:00")
    await write_up(community, event)
    return event


async def write_up(community: Community, event: EventId, number: int = 1) -> None:
    await ask(community, "writeup draft", event=str(event))
    assert "is published in" in await ask(community, "writeup publish", door=Door.BUTTON, writeup=str(number))


def standing(community: Community, mark: str, place: Place = LONDON) -> list[str]:
    """All that stands in a place and says this, in full."""
    return [letter.said for letter in community.slack.inbox if letter.to == place and mark in letter.said]


def written(community: Community) -> str:
    """The write-up as it stands."""
    (only,) = standing(community, "[Read it all]")
    return only


async def move(community: Community) -> None:
    """London leaves its channel for another one."""
    async with community.storage.writing() as tx:
        (london,) = await tx.chapters.all()
        await tx.chapters.settle(london.id, Home(MOVED, "moved"))


async def test_what_stands_in_a_former_home_follows_and_nothing_old_is_posted_in_the_new_one(
    community: Community, evening: EventId
) -> None:
    """A takeaway is withdrawn, a stance taken, and a round written in and closed after their chapter has moved."""
    await ask(community, "round start", title="Our year", event=str(evening))
    await move(community)
    await ask(community, "takeaway withdraw", "Grace", takeaway="1")
    await stance(community, "Grace")
    await ask(community, "round add", "Grace", Door.FORM, round="1", column="0", text="Weekly reports")
    await ask(community, "prompt again", door=Door.BUTTON, posting="1")
    assert LEARNT not in written(community)
    assert "“Weekly reports”" in written(community)
    (card,) = standing(community, "Suggested by Mary. Talk")
    assert "Agree: 0 (before: 1)" in card
    assert any("Weekly reports" in said for said in standing(community, "Our year"))
    assert standing(community, "", MOVED) == []
    thread = [letter.said for letter in community.slack.inbox if "You have talked about it." in letter.said]
    assert len(thread) == 1
    await ask(community, "writeup take-back", door=Door.BUTTON, writeup="1")
    await write_up(community, evening)
    assert ["[Read it all]" in said for said in standing(community, "", MOVED)] == [True]


async def test_whoever_is_erased_is_named_in_no_write_up(community: Community, evening: EventId) -> None:
    """Mary has suggested what was talked about."""
    assert "Suggested by Mary" in written(community)
    await ask(community, "my erase-now", "Mary", Door.BUTTON)
    assert (standing(community, "Mary"), QUESTION in written(community)) == ([], True)


async def test_a_published_write_up_shows_at_once_what_comes_later(community: Community, evening: EventId) -> None:
    """A takeaway, stances at both askings and what came of them, who came, another prompt; each in one edit."""
    await ask(community, "takeaway add", "Alan", text="Write down why", event=str(evening))
    assert "“Write down why” — Alan" in written(community)
    await stance(community, "Grace")
    assert "London agreed, 1 to 0" in written(community)
    await ask(community, "prompt again", door=Door.BUTTON, posting="1")
    edits = len(community.slack.times("edit", LONDON))
    for who in ("Grace", "Alan"):
        await stance(community, who, "again")
    assert len(community.slack.times("edit", LONDON)) == edits + 4  # the prompt's card and the write-up's, twice
    assert "London agreed, 2 to 0" in written(community)
    await ask(community, "event add-walk-in", event=str(evening), name="Dorothy")
    assert "Who came: 1 person" in written(community)
    await ask(community, "prompt add", question="What is a PMO for?")
    await ask(community, "prompt post", prompt="2", event=str(evening))
    assert "What is a PMO for?" in written(community)


async def test_the_latest_write_ups_invite_to_what_is_next_and_to_nothing_that_is_off(
    community: Community, evening: EventId
) -> None:
    """The next event is published later than the write-up, renamed, called off, planned anew and over."""
    assert "[Book now]" not in written(community)
    coming = await publish(community.desk, title="Starting", starts="Thu 15 Oct 18:30")
    await community.settle()
    assert "Next: Starting, " in written(community)
    await community.call_off(coming)
    await community.settle()
    assert "[Book now]" not in written(community)
    for number in range(INVITING):
        day = ("20 Oct", "17 Nov", "15 Dec")[number]
        event = await publish(community.desk, title=f"Evening {number}", starts=f"Tue {day} 18:30")
        await community.settle()
        assert f"Next: Evening {number}, " in standing(community, "[Read it all]")[-1]
        await community.wait_until(f"2026-{10 + number}-25T09:00")
        assert not any("[Book now]" in said for said in standing(community, "[Read it all]"))
        await ask(community, "takeaway add", text=f"Lesson {number}", event=str(event))
        await write_up(community, event, number + 2)
    await publish(community.desk, title="Next year", starts="Tue 12 Jan 18:30")
    await community.settle()
    assert ["[Book now]" in said for said in standing(community, "[Read it all]")] == [False] + [True] * INVITING


async def test_nobody_is_asked_to_mend_a_channel_that_a_chapter_has_left(
    community: Community, evening: EventId
) -> None:
    """It was archived once everybody had moved: what stands there can be drawn anew no more, and that is all."""
    await move(community)
    community.forget()
    for _attempt in range(4):  # an edit, and then a post in its place, for each of two cards
        community.slack.trouble(LONDON, Gone("is_archived"))
    await stance(community, "Grace")
    assert (community.told(), list(community.slack.troubles[LONDON])) == ([], [])


async def test_a_poll_goes_on_where_it_was_asked_though_its_chapter_has_moved(community: Community) -> None:
    """Votes are counted on the card that people see, and the result is told below it."""
    await ask(community, "poll ask", question="Where next?", choices="Le Truc | The Crown")
    await move(community)
    await ask(community, "vote", "Grace", Door.BUTTON, poll="1", choice="2", on="1")
    (card,) = standing(community, "Where next?")
    assert "The Crown" in card
    await ask(community, "poll close", poll="1")
    assert [letter.words for letter in community.slack.inbox if "is closed" in letter.words] != []
    assert standing(community, "Where next?", MOVED) == []
