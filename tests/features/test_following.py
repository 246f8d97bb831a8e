"""Following: what is on its way to a member of two accounts reaches them once, wherever they turn meanwhile."""

from datetime import datetime, timedelta

import pytest

from bot.calls import Door
from bot.domain.events import EventId
from bot.domain.people import Platform
from bot.ports import Gone
from tests.desk.visitors import DISCORD, SLACK, call, person
from tests.features.community import Community
from tests.features.organiser import ada, edit, press, remind
from tests.features.test_linking import link

OPENINGS = {
    "reminder": "Evening starts on Thursday 17 September",
    "change": "Evening has changed. Where: The Crown → The Anchor",
    "cancellation": "Evening, planned for Thursday 17 September",
    "memo": "Reminder: Bring a laptop",
    "nudge": "Your vote is missing in Which snacks?",
}


async def evening(community: Community) -> EventId:
    """Grace, who has an account on either platform, is going by that on Slack."""
    event = await community.publish(seats="9")
    await community.answer(event, "going", ("Grace", "slack"))
    await link(community, "Grace", "grace_h")
    await community.settle()
    return event


async def set_out(community: Community, event: EventId, word: str) -> None:
    """Have something to be told, and deliver nothing of it yet."""
    match word:
        case "reminder":
            community.clock.move(datetime.fromisoformat("2026-09-16 18:31+01:00"))
        case "change":
            await edit(community, event, where="The Anchor")
            community.clock.move(community.clock.now() + timedelta(minutes=6))
        case "cancellation":
            await community.call_off(event)
        case "memo":
            await remind(community, what="Bring a laptop", when="in 1 hour", to="going", event=str(event))
            community.clock.move(community.clock.now() + timedelta(hours=1, minutes=1))
        case _:
            await ada(community, "poll ask", question="Which snacks?", choices="crisps, nuts", event=str(event))
            await community.settle()
            community.forget()
            assert await press(community, "poll%20nudge?poll=1") == "Reminded of Which snacks?: 1."
    await community.timekeeper.tick(community.clock.now())


async def turn(community: Community, name: str, platform: Platform) -> None:
    """Grace wishes to be told things through this account."""
    async with community.storage.reading() as tx:
        account = await tx.members.find(person(name, platform))
    assert account is not None
    at = community.clock.now()
    given = {"account": str(account.id), "direct": "1"}
    await community.desk.answer(call("my place", given, who="Grace", door=Door.BUTTON, at=at))


@pytest.mark.parametrize("word", OPENINGS)
async def test_what_is_on_its_way_follows_who_wishes_to_be_told_elsewhere(community: Community, word: str) -> None:
    """Whatever it is, and also if they come back before it was delivered."""
    event = await evening(community)
    community.forget()
    await set_out(community, event, word)
    await turn(community, "grace_h", DISCORD)
    await turn(community, "Grace", SLACK)
    await turn(community, "grace_h", DISCORD)
    await community.settle()
    ((who, what),) = community.told()
    assert (who, what[: len(OPENINGS[word])]) == ("grace_h", OPENINGS[word])


@pytest.mark.parametrize("word", [word for word in OPENINGS if word != "cancellation"])
async def test_what_is_on_its_way_follows_who_answers_again_elsewhere(community: Community, word: str) -> None:
    """They are told things where they answered last, so it drops out where it would have gone."""
    event = await evening(community)
    community.forget()
    await set_out(community, event, word)
    await community.answer(event, "going", ("grace_h", "discord"))
    await community.settle()
    ((who, what),) = community.told()
    assert (who, what[: len(OPENINGS[word])]) == ("grace_h", OPENINGS[word])


async def test_what_was_given_up_where_somebody_was_reaches_them_when_they_come_back(community: Community) -> None:
    """Slack delivers nothing to whoever has turned to Discord, which is out of reach until they have turned back."""
    event = await evening(community)
    community.forget()
    await set_out(community, event, "cancellation")
    await turn(community, "grace_h", DISCORD)
    while await community.postmen[0].round(community.clock.now()):
        community.clock.move(community.clock.now() + timedelta(seconds=1))
    assert community.told() == []
    await turn(community, "Grace", SLACK)
    await community.settle()
    assert [who for who, _ in community.told()] == ["Grace"]


async def test_who_takes_no_direct_messages_is_followed_from_the_thread(community: Community) -> None:
    """It was to be told in the thread instead, and goes where they have turned to."""
    event = await evening(community)
    community.forget()
    community.slack.trouble(person("Grace"), Gone("closed"))
    await set_out(community, event, "cancellation")
    await community.postmen[0].round(community.clock.now())
    await turn(community, "grace_h", DISCORD)
    await community.settle()
    assert [who for who, _ in community.told()] == ["grace_h"]


async def test_what_was_put_off_follows_its_member(community: Community) -> None:
    """It comes where they have turned to meanwhile, and can be put off from there, once a message."""
    event = await evening(community)
    number = await remind(community, what="Bring a laptop", when="in 1 hour", to="going", event=str(event))
    await community.wait_until("2026-09-05 11:02")
    community.forget()
    first, again = (f"snooze?memo={number}&ring=1&step={step}&nap=hour" for step in (0, 1))
    assert (await press(community, first, "Grace")).startswith("I’ll say it again")
    await turn(community, "grace_h", DISCORD)
    assert (await press(community, first, "grace_h", DISCORD)).startswith("That is put off already")
    await community.wait_until("2026-09-05 12:30")
    assert community.told() == [("grace_h", "Reminder: Bring a laptop")]
    assert (await press(community, again, "grace_h", DISCORD)).startswith("I’ll say it again")
    await turn(community, "Grace", SLACK)
    assert (await press(community, again, "Grace")).startswith("That is put off already")
    community.forget()
    await community.wait_until("2026-09-05 13:31")
    assert community.told() == [("Grace", "Reminder: Bring a laptop")]
