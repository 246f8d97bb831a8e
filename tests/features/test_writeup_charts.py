"""Charts of write-ups: what was asked stands as a picture in the thread of the write-up's card, on each platform."""

import pytest

from bot import codes
from bot.calls import Door
from bot.domain.places import Thread
from bot.messages import Menu, Message
from tests.desk.visitors import LONDON, call, code, words
from tests.features.community import Community
from tests.features.organiser import ada, press


async def ask(community: Community, question: str, poll: int) -> None:
    """A poll that is asked in the evening, and closed with a vote in it."""
    assert "Asked during" in words(await ada(community, "poll ask", question=question, choices="Le Truc | Crown"))
    vote = {"poll": str(poll), "choice": str(2 * poll), "on": "1"}
    await community.desk.answer(call("vote", vote, door=Door.BUTTON, at=community.clock.now(), place=LONDON))
    await ada(community, "poll close", poll=str(poll))


async def leave_out(community: Community, label: str, prompt: str = "Leave out") -> None:
    """Ada leaves something out of the write-up, or takes it in again."""
    arranged = await ada(community, "writeup arrange", writeup="1")
    assert isinstance(arranged, Message)
    menus = [part for part in arranged.parts if isinstance(part, Menu) and part.prompt == prompt]
    (option,) = [one for menu in menus for one in menu.options if one.label == label]
    command, given = codes.unpack(option.code)
    await ada(community, command, **given)


def charts(community: Community, platform: str) -> list[str]:
    """The pictures below the write-up's card, in their order."""
    box = {"slack": community.slack, "discord": community.discord}[platform]
    (card,) = [each for each in box.inbox if each.words.startswith("Write-up:")]
    below = [each.words for each in box.inbox if isinstance(each.to, Thread) and each.to.ref == card.ref]
    return [said for said in below if said.endswith("as a picture.")]


@pytest.mark.parametrize("platform", ["slack", "discord"])
async def test_a_published_write_up_has_each_chart_once_in_its_thread(community: Community, platform: str) -> None:
    """What is left out is not shown; what is counted anew is shown anew, and nothing while the poll is open again."""
    await community.publish()
    await community.wait_until("2026-09-17T19:00")
    for number, question in enumerate(("Which pub?", "Which game?"), start=1):
        await ask(community, question, number)
    await community.wait_until("2026-09-18T10:00")
    await ada(community, "writeup draft", event="1")
    await leave_out(community, "Which game?")
    draft = await ada(community, "writeup draft", event="1")
    await press(community, code(draft, "Publish"))
    await community.settle()
    assert charts(community, platform) == ["The result of Which pub? as a picture."]
    await leave_out(community, "Which game?", "Take in again")
    await community.settle()
    both = ["The result of Which pub? as a picture.", "The result of Which game? as a picture."]
    assert charts(community, platform) == both
    await ada(community, "poll reopen", poll="1")
    await community.settle()
    assert charts(community, platform) == both
    await ada(community, "poll close", poll="1")
    await community.settle()
    assert charts(community, platform) == [*both, both[0]]
