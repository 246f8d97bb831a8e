"""What is said of earlier thoughts, and after an evening: once, and pinging nobody."""

from dataclasses import replace
from datetime import timedelta

from bot.calls import Door
from bot.domain.places import ChapterId
from tests.desk.visitors import DISCORD, LONDON, ON_DISCORD, call, words
from tests.features.community import Community
from tests.features.organiser import ada


def said(community: Community, what: str) -> list[tuple[str, str]]:
    """Whatever was posted that says this: (platform, words)."""
    boxes = (("slack", community.slack), ("discord", community.discord))
    return [(name, letter.words) for name, box in boxes for letter in box.inbox if what in letter.words]


async def test_a_topic_that_came_up_before_is_recalled_once_in_its_thread(community: Community) -> None:
    """On each platform, without the words, which their author may take back; something else recalls nothing."""
    learnt = {"text": "Give somebody the authority to stop a project"}
    await community.desk.answer(call("takeaway add", learnt, place=LONDON))
    await community.publish(about="Authority: who may stop projects?")
    recalled = said(community, "This came up before")
    assert [platform for platform, _words in recalled] == ["slack", "discord"]
    assert {text for _platform, text in recalled} == {"This came up before, in what somebody took away."}
    await community.publish(about="Pizza and talks", starts="Fri 18 Sep 18:30")
    await community.publish(about="", starts="Sat 19 Sep 18:30")
    assert len(said(community, "This came up before")) == 2


async def test_what_goes_on_or_is_to_come_did_not_come_up_before(community: Community) -> None:
    """A prompt recalls neither tonight's topic, what was learnt tonight, nor next month's evening: but the last one."""
    topic = "Who has the authority to stop a project?"
    tonight = await community.publish(title="PMO evening", about=topic)
    await community.publish(title="Next month", about=topic, starts="Thu 15 Oct 18:30")
    assert said(community, "This came up before") == []
    await ada(community, "prompt add", question="Who should have authority to stop a project?")
    await community.wait_until("2026-09-17T19:00")
    await ada(community, "takeaway add", text="Give somebody the authority to stop a project", event=str(tonight))
    await ada(community, "prompt post", prompt="1", event=str(tonight))
    await community.settle()
    assert said(community, "This came up before") == []
    await community.wait_until("2026-09-18T19:00")
    await ada(
        community, "prompt add", question="Authority: who stops projects?", anyway="Authority: who stops projects?"
    )
    await ada(community, "prompt post", prompt="2")
    await community.settle()
    assert len(said(community, "This came up before")) == 2


async def test_those_who_came_are_thanked_once_and_asked_what_they_learnt(community: Community) -> None:
    """In the thread on each platform, without a mention; where nobody was to come, nobody is thanked."""
    held = await community.publish()
    await community.publish(title="Nobody’s evening")
    await community.answer(held, "going", ("Grace", "slack"))
    for _twice in range(2):
        await community.wait_until("2026-09-17T22:00")
    thanked = said(community, "Thank you for coming to")
    assert [platform for platform, _words in thanked] == ["slack", "discord"]
    assert "Nobody’s" not in thanked[0][1]
    assert not [what for _who, what in community.told() if "Thank you" in what]


async def test_an_author_is_asked_directly_and_not_after_they_have_answered(community: Community) -> None:
    """What was withdrawn before it could be asked is not asked any more."""
    for author, message in (("Alan", "171.5"), ("Mary", "172.5")):
        given = {"text": "Coach first", "author": f"U-{author}", "message": message}
        await community.desk.answer(call("takeaway keep", given, place=LONDON))
    await community.desk.answer(call("takeaway withdraw", {"takeaway": "2"}, who="Mary"))
    await community.settle()
    asked = [(who, what.splitlines()[0]) for who, what in community.told()]
    assert asked == [("Alan", "Grace would like to keep what you wrote as a takeaway:")]
    assert words(await community.desk.answer(call("takeaway mine", who="Alan"))).count("has not agreed yet") == 1


async def test_what_is_kept_in_a_thread_belongs_to_the_event_at_which_that_was_asked(community: Community) -> None:
    """In the thread of a round, of a prompt that the rhythm posted, and of a write-up, once the evening is over."""
    event = await community.publish(title="Stopping")
    await ada(community, "prompt add", question="What is a PMO for?")
    await ada(community, "prompt schedule", rhythm="Thursdays at 19:00", skip_events="no")
    await community.wait_until("2026-09-10T18:59")
    async with community.storage.writing() as tx:
        deck = await tx.prompts.hold(ChapterId(1))
        await tx.prompts.keep(replace(deck, due=community.clock.now() + timedelta(days=7, minutes=1)))
    await community.wait_until("2026-09-17T19:01")
    await ada(community, "round start", title="Our year")
    await ada(community, "takeaway add", text="Stop early", event=str(event))
    await community.wait_until("2026-09-18T09:00")
    await ada(community, "writeup draft", event=str(event))
    await ada(community, "writeup publish", writeup="1")
    await community.settle()
    for number, card in enumerate(("What is a PMO for?", "Our year: no entries", "Write-up: Stopping")):
        (ref,) = [letter.ref for letter in community.slack.inbox if letter.words == card]
        given = {"text": f"Coach first {number}", "author": "U-Grace", "message": f"171.{number}"}
        made = call("takeaway keep", given, place=LONDON, at=community.clock.now(), door=Door.SHORTCUT)
        assert "It belongs to Stopping." in words(await community.desk.answer(replace(made, thread=ref)))


async def test_the_event_that_somebody_names_counts_whatever_thread_they_are_in(community: Community) -> None:
    """In the thread of a prompt that was posted at no event, and of one that was posted at another."""
    event, other = await community.publish(title="Stopping"), await community.publish(title="Starting")
    await ada(community, "prompt add", question="What is a PMO for?\nWho taught you most?")
    await ada(community, "prompt post", prompt="1")
    await ada(community, "prompt post", prompt="2", event=str(other))
    await community.settle()
    for number, card in enumerate(("What is a PMO for?", "Who taught you most?"), 1):
        (ref,) = [letter.ref for letter in community.discord.inbox if letter.words == card]
        given = {"text": f"Coach first, {number}", "event": str(event)}
        here = call("takeaway add", given, platform=DISCORD, place=ON_DISCORD)
        assert "It belongs to Stopping." in words(await community.desk.answer(replace(here, thread=ref)))
        listed = call("takeaway list", {"event": str(event)}, platform=DISCORD, place=ON_DISCORD)
        assert f"Coach first, {number}" in words(await community.desk.answer(replace(listed, thread=ref)))
        prompted = words(await community.desk.answer(replace(listed, given={}, thread=ref)))
        assert ("Coach first" in prompted) == (number == 1)
