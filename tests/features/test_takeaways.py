"""What is said of earlier thoughts, and after an evening: once, and pinging nobody."""

from tests.desk.visitors import LONDON, call, words
from tests.features.community import Community


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
