"""Deliveries: an organiser hears of what was not delivered and why, reads how all stands, and mends it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot import codes
from bot.calls import Door
from bot.domain.events import EventId
from bot.domain.places import Thread
from bot.drawings import AnyDrawing
from bot.errands import Directly, Ending, Notice
from bot.features import DRAWINGS, complaints, notices, ringing
from bot.features.promised import Telling
from bot.features.tidying import tidy
from bot.messages import Message
from bot.ports import Gone, Refused, Transaction, Unknown
from bot.timekeeper import Timekeeper
from tests.desk.visitors import DISCORD, LONDON, ON_DISCORD, SLACK, call, code, person, pressed, words
from tests.features.community import Community
from tests.features.organiser import ada

THREAD = Thread(ON_DISCORD, "ref 0")
SEND, LEAVE = "Send again", "Leave it"


@pytest.fixture
async def evening(community: Community) -> EventId:
    """An evening to which two go, one on each platform; an organiser was appointed besides its planner."""
    event = await community.publish(seats="")
    await community.answer(event, "going", ("Grace", "slack"), ("Alan", "discord"))
    await community.answer(event, "maybe", ("Ida", "slack"))
    async with community.storage.writing() as tx:
        account = (await tx.members.known([person("Grace", SLACK)]))[person("Grace", SLACK)]
        await tx.organisers.add(account.member)
    await community.settle()
    community.forget()
    return event


async def remind(community: Community) -> None:
    """Ring the reminder of the day before; what one platform has trouble with is then told on the other."""
    await community.wait_until("2026-09-16 18:30")
    await community.settle()


async def listed(community: Community, event: EventId) -> Message:
    """What Ada is shown."""
    asked = call("event deliveries", {"event": str(event)}, who="Ada", manages=True, at=community.clock.now())
    shown = await community.desk.answer(asked)
    assert isinstance(shown, Message)
    return shown


async def complaint(community: Community, event: EventId, ending: Ending) -> Message:
    """The complaint that the planner got about what ended so."""
    async with community.storage.reading() as tx:
        (failed,) = [each for each in await tx.errands.promises(f"event={event}") if each.ending is ending]
        drawn = await complaints.undelivered.draw(tx, failed.id, ending)
    assert drawn is not None
    return drawn


async def test_a_message_that_a_platform_refuses_is_told_to_the_planner_as_a_fault_of_ours(
    community: Community, evening: EventId
) -> None:
    """Not as a channel that were gone."""
    community.discord.trouble(THREAD, Refused("invalid components"))
    await remind(community)
    told = dict(community.told())
    assert told["Ada"] == (
        "Discord did not take a reminder of Evening in the thread in #london on Discord: that is a fault of mine, and "
        "nothing that you did. It is kept, and can be sent again once I am mended; everything else goes on."
    )
    assert "Alan" not in told
    assert "What I was told: invalid components" in words(await complaint(community, evening, Ending.PARKED))


async def test_who_cannot_be_told_is_named_to_the_planner(community: Community, evening: EventId) -> None:
    """A crowd of them in one complaint, a minute later; as the planner cannot be told either, another organiser is."""
    async with community.storage.writing() as tx:
        told = [
            Notice(f"news to {name}", notices.missed.bind(evening, "1 day"), Directly(person(name, SLACK)))
            for name in ("Alan", "Ida", "Edsger")
        ]
        await tx.errands.note(told, community.clock.now())
    for name in ("Alan", "Ida", "Edsger"):
        community.slack.trouble(person(name, SLACK), Gone("user_disabled"))
    community.slack.trouble(person("Ada", SLACK), Gone("user_disabled"))
    await community.settle()
    (letter,) = community.slack.inbox[1:]
    assert letter.to == person("Grace", SLACK)
    assert letter.words == (
        "I could not tell Ida, somebody and 1 more directly on Slack: their direct messages are closed to me, or their "
        "account is gone. It was word of a reminder that was missed of Evening; please tell them some other way."
    )


async def test_what_may_have_arrived_is_asked_of_the_planner_who_sends_it_again(
    community: Community, evening: EventId
) -> None:
    """Never blindly: only when somebody has looked."""
    community.discord.trouble(THREAD, Unknown("reset"))
    community.discord.blinding = Gone("Missing Access")
    await remind(community)
    asked = dict(community.told())["Ada"]
    assert asked.startswith("The connection broke while I was sending a reminder of Evening in the thread in #london")
    shown = await complaint(community, evening, Ending.UNKNOWN)
    community.discord.blinding = None
    again = await community.desk.answer(pressed(shown, SEND, "Ada", manages=True, at=community.clock.now()))
    assert words(again).startswith("On its way again: a reminder.")
    await community.settle()
    assert "Alan" in dict(community.told())
    assert "sent" in words(await listed(community, evening))
    once_more = await community.desk.answer(pressed(shown, SEND, "Ada", manages=True))
    assert words(once_more).startswith("That was seen to already, or is from long ago.")


async def test_what_may_have_arrived_can_be_left(community: Community, evening: EventId) -> None:
    """Whoever looked has seen it there."""
    community.discord.trouble(THREAD, Unknown("reset"), arrives=True)
    community.discord.blinding = Refused("no history here")
    await remind(community)
    shown = await complaint(community, evening, Ending.UNKNOWN)
    left = await community.desk.answer(pressed(shown, LEAVE, "Ada", manages=True))
    assert words(left) == "Left as it is: a reminder. I do not send it again."
    await community.settle()
    assert [name for name, _words in community.told()].count("Alan") == 1
    assert "left as it was by an organiser" in words(await listed(community, evening))


async def test_only_organisers_and_only_what_is_named_can_be_sent_again(community: Community, evening: EventId) -> None:
    """A forged code names an errand of something else."""
    community.discord.trouble(THREAD, Refused("invalid components"))
    await remind(community)
    shown = await complaint(community, evening, Ending.PARKED)
    member = await community.desk.answer(pressed(shown, SEND, "Mallory"))
    assert words(member).startswith("Only organisers can do that.")
    errand = code(shown, SEND).partition("errand=")[2]
    for forged in ({"event": "99"}, {"poll": "1"}, {"event": str(evening), "poll": "1"}, {}):
        asked = call("deliveries again", {**forged, "errand": errand}, who="Ada", manages=True)
        assert not words(await community.desk.answer(asked)).startswith("On its way")


async def test_nobody_learns_through_a_complaint_who_suggested_or_wrote_something(
    community: Community, evening: EventId
) -> None:
    """Whoever gave no name, or is asked for leave, and cannot be reached is named to no organiser."""
    suggested = call("prompt suggest", {"question": "Why does my boss lie?"}, who="Mary", platform=DISCORD)
    await community.desk.answer(replace(suggested, place=ON_DISCORD))
    await community.settle()
    community.forget()
    community.discord.trouble(person("Mary", DISCORD), Gone("cannot send messages to this user"))
    await ada(community, "prompt approve", prompt="1")
    written = {"text": "I was drunk", "author": "U-Edsger", "message": "171.5"}
    kept = call("takeaway keep", written, who="Alan", place=LONDON, door=Door.SHORTCUT)
    await community.desk.answer(replace(kept, names={"U-Edsger": "Edsger"}))
    community.slack.trouble(person("Edsger", SLACK), Gone("user_not_found"))
    for _platform in range(2):  # what one platform could not deliver is complained of on the other
        await community.settle()
    assert (community.told(), any([*community.slack.troubles.values(), *community.discord.troubles.values()])) == (
        [],
        False,
    )


@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda drawing: drawing.name)
def test_whatever_is_sent_has_a_name_that_people_understand(drawing: AnyDrawing) -> None:
    """In complaints and in lists of deliveries."""
    telling = Telling(codes.pack(drawing.name, {}), LONDON, SLACK, thread=False)
    assert "“" not in telling.words


@pytest.mark.parametrize(
    ("asked", "title"), [("round start", "Our year"), ("breakout", "groups at Evening"), ("writeup draft", "Evening")]
)
async def test_what_cannot_be_posted_is_told_to_whoever_asked_for_it(
    community: Community, evening: EventId, asked: str, title: str
) -> None:
    """A round, groups and a write-up: each with a button that sends it again once the channel is open to the bot."""
    await community.wait_until("2026-09-17T19:00")
    community.forget()
    community.slack.trouble(LONDON, Gone("not_in_channel"))
    await ada(community, "takeaway add", text="Coach first", event=str(evening))
    given = {"round start": {"title": title}, "breakout": {"size": "2", "who": "here"}}.get(asked, {})
    await ada(community, asked, event=str(evening), **given)
    if asked == "writeup draft":
        await ada(community, "writeup publish", writeup="1")
    await community.settle()
    await community.settle()
    (said,) = [said for who, said in community.told() if who == "Ada"]
    assert said == (
        f"I cannot post {title} in #london on Slack: the channel is gone, or I am not in it. Let me into it, or name "
        "another one for London by /chapter edit; everything else goes on."
    )
    async with community.storage.reading() as tx:
        about = {"round start": "round=1", "breakout": "breakout=1"}.get(asked, "writeup=1")
        (failed,) = [each for each in await tx.errands.promises(about) if each.ending is Ending.GONE]
        drawn = await complaints.undelivered.draw(tx, failed.id, Ending.GONE)
    assert drawn is not None
    again = await community.desk.answer(pressed(drawn, SEND, "Ada", manages=True, at=community.clock.now()))
    assert words(again).startswith("On its way again: ")
    await community.settle()
    async with community.storage.reading() as tx:
        assert [each.ending for each in await tx.errands.promises(about)] == [Ending.SENT] * 2


async def test_an_organiser_reads_what_was_sent_where_and_what_failed(community: Community, evening: EventId) -> None:
    """What failed comes first, with its cause and what to do about it."""
    community.discord.trouble(THREAD, Gone("Missing Access."))
    await remind(community)
    title, failed, *rows = words(await listed(community, evening)).splitlines()
    assert title == "Deliveries of Evening"
    assert failed == (
        "A reminder in the thread in #london on Discord: not delivered, "
        "Wednesday 16 September 2026, 18:30 BST (Missing Access). "
        "The channel is gone, or I am not in it: let me in, then send it again."
    )
    assert sorted(rows[:3]) == [
        "A reminder directly on Slack: sent to 1 person, Wednesday 16 September 2026, 18:30 BST",
        "The card in #london on Discord: sent, Saturday 5 September 2026, 10:00 BST",
        "The card in #london on Slack: sent, Saturday 5 September 2026, 10:00 BST",
    ]
    members = await community.desk.answer(call("event deliveries", {"event": str(evening)}, who="Mallory"))
    assert words(members).startswith("Only organisers can do that.")


async def test_forms_and_attempts_are_forgotten_in_time(community: Community, evening: EventId) -> None:
    """As the architecture says: how the errands stand is still to be read."""
    async with community.storage.writing() as tx:
        form = await tx.forms.keep(person("Ada", SLACK), "event create", {}, {}, community.clock.now())
        await tidy(tx, community.clock.now() + timedelta(days=6))
        assert await tx.forms.get(form.id, form.person) == form
        assert await tx.errands.deliveries(1) != []
        await tidy(tx, community.clock.now() + timedelta(days=91))
        assert await tx.forms.get(form.id, form.person) is None
        assert await tx.errands.deliveries(1) == []
    assert "The card in #london on Slack: sent" in words(await listed(community, evening))


async def test_what_is_old_is_forgotten_every_hour(community: Community) -> None:
    """Without being rung for."""
    tidied: list[datetime] = []

    async def note(tx: Transaction, now: datetime) -> None:
        tidied.append(now)

    keeper = Timekeeper(community.storage, ringing.ring, lambda: None, community.clock, (), note)
    now = community.clock.now()
    for minutes in (0, 30, 59, 60, 61):
        await keeper.tidy(now + timedelta(minutes=minutes))
    assert tidied == [now, now + timedelta(hours=1)]
