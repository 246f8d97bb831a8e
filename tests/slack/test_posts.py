"""What the staff posts, edits and looks for in Slack."""

from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.playground.impossible import Impossible
from bot.domain.people import Person, Platform
from bot.domain.places import Destination, Home, Place, Thread
from bot.messages import Divider, Message, line, say
from bot.ports import Busy, Gone, Pace, Refused, Unknown
from tests.slack.stage import Stage, card, words

SLACK = Platform("slack")
HOSTILE = "@everyone <!channel> <@U00000005A> @Grace Hopper #london *bold* https://example.org"


def place(stage: Stage) -> Place:
    return Place(SLACK, stage.london)


def test_the_adapter_says_what_slack_is(stage: Stage) -> None:
    """One message a second in a channel, and fewer edits than Slack allows in a minute."""
    assert (stage.slack.platform, stage.slack.title, stage.slack.pace) == (SLACK, "Slack", Pace(1.0, 45))


async def test_a_message_is_posted_into_a_channel(stage: Stage) -> None:
    """Its ref tells channel and timestamp; it carries the errand's key, and previews no links."""
    ref = await stage.slack.post(place(stage), card("Pub night https://example.org"), "card 1")
    message = stage.message(ref)
    assert ref == f"{stage.london}:{message['ts']}"
    assert words(message["blocks"]) == "Pub night https://example.org\n[Going] [Maybe]"
    assert message["metadata"] == {"event_type": "flashmob_errand", "event_payload": {"key": "card 1"}}
    (row,) = stage.wire("chat.postMessage")
    switches = ("mrkdwn", "parse", "link_names", "unfurl_links", "unfurl_media")
    assert [row["json"][name] for name in switches] == [False, "none", False, False, False]


async def test_a_message_notifies_whom_it_is_for_and_nobody_else(stage: Stage) -> None:
    """Somebody's words notify nobody; the people at the head of a message are notified."""
    ref = await stage.slack.post(place(stage), line("{words}", words=HOSTILE), "card 1")
    assert stage.message(ref)["_mentioned"] == []
    told = Message(line("{words}", words=HOSTILE).parts, say("A seat is free."), (Person(SLACK, stage.grace),))
    ref = await stage.slack.post(place(stage), told, "notice 1")
    assert stage.message(ref)["_mentioned"] == [stage.grace]


async def test_a_message_is_posted_into_the_thread_of_another(stage: Stage) -> None:
    """A thread hangs from a message by its ref."""
    top = await stage.slack.post(place(stage), card(), "card 1")
    ref = await stage.slack.post(Thread(place(stage), top), line("A seat is free."), "notice 1")
    assert f"{stage.london}:{stage.message(ref)['thread_ts']}" == top
    assert stage.message(top)["reply_count"] == 1


async def test_a_message_is_sent_to_somebody_directly_and_can_be_edited(stage: Stage) -> None:
    """Its ref tells the channel of the direct messages, which editing needs."""
    ref = await stage.slack.post(Person(SLACK, stage.grace), line("Tomorrow."), "notice 1")
    assert ref.startswith(stage.standin.direct(stage.grace) + ":")
    await stage.slack.edit(place(stage), ref, line("Today."))
    assert words(stage.message(ref)["blocks"]) == "Today."


async def test_a_message_is_edited_and_keeps_its_key(stage: Stage) -> None:
    """An edit replaces what a message says, notifies nobody, and leaves it to be found."""
    began = stage.clock.now()
    ref = await stage.slack.post(place(stage), card(), "card 1")
    await stage.slack.edit(place(stage), ref, card(HOSTILE))
    message = stage.message(ref)
    assert words(message["blocks"]) == f"{HOSTILE}\n[Going] [Maybe]"
    assert message["_mentioned"] == []
    assert await stage.slack.find(place(stage), "card 1", began) == ref


@pytest.mark.parametrize("where", ["channel", "thread", "person"])
async def test_a_message_that_may_have_been_lost_is_found_by_its_key(stage: Stage, where: str) -> None:
    """The connection broke after the message arrived: it is Unknown, and then found; what never arrived is not."""
    top = await stage.slack.post(place(stage), card(), "card 1")
    to: Destination = {
        "channel": place(stage),
        "thread": Thread(place(stage), top),
        "person": Person(SLACK, stage.grace),
    }[where]
    began = stage.clock.now()
    await stage.standin.fault("cut_off", left=1, method="chat.postMessage")
    with pytest.raises(Unknown):
        await stage.slack.post(to, line("Tomorrow."), "notice 1")
    assert len(stage.wire("chat.postMessage")) == 2
    ref = await stage.slack.find(to, "notice 1", began)
    assert ref is not None
    assert words(stage.message(ref)["blocks"]) == "Tomorrow."
    assert await stage.slack.find(to, "notice 2", began) is None


async def test_where_we_may_not_look_nobody_knows_whether_a_message_arrived(stage: Stage) -> None:
    """The token may post and not read: that is no reason to believe that nothing is there."""
    began = stage.clock.now()
    stage.standin.workspace.app = replace(stage.standin.workspace.app, scopes=frozenset({"chat:write"}))
    with pytest.raises(Unknown, match="lacks the permission"):
        await stage.slack.find(place(stage), "card 1", began)


async def test_where_our_messages_are_shown_without_their_keys_nobody_knows_whether_one_arrived(stage: Stage) -> None:
    """Any of them might be the one."""
    began = stage.clock.now()
    ref = await stage.slack.post(place(stage), card(), "card 1")
    channel, _, ts = ref.partition(":")
    del stage.standin.workspace.world.messages[channel][ts]["metadata"]
    with pytest.raises(Unknown):
        await stage.slack.find(place(stage), "card 1", began)


async def test_a_message_of_somebody_elses_is_not_taken_for_ours(stage: Stage) -> None:
    """Only our own messages count, and only those since the attempt began."""
    began = stage.clock.now()
    await stage.standin.say(stage.ada, stage.london, "card 1")
    assert await stage.slack.find(place(stage), "card 1", began) is None
    ref = await stage.slack.post(place(stage), card(), "card 1")
    assert await stage.slack.find(place(stage), "card 1", began) == ref
    assert await stage.slack.find(place(stage), "card 1", stage.clock.now() + timedelta(minutes=5)) is None


async def test_a_message_is_found_far_back(stage: Stage) -> None:
    """A busy channel has more than one page of history."""
    began = stage.clock.now()
    ref = await stage.slack.post(place(stage), card(), "card 1")
    for number in range(201):
        await stage.standin.say(stage.ada, stage.london, f"Message {number}")
    assert await stage.slack.find(place(stage), "card 1", began) == ref
    assert len(stage.wire("conversations.history")) == 2


async def test_too_much_at_once_is_busy_for_as_long_as_slack_says(stage: Stage) -> None:
    """A refusal for speed did nothing, and says when it may work."""
    await stage.standin.fault("ratelimited", left=1, method="chat.postMessage")
    with pytest.raises(Busy) as busy:
        await stage.slack.post(place(stage), card(), "card 1")
    assert busy.value.after >= 1
    assert stage.rows("slack/message/") == []


@pytest.mark.parametrize("fault", ["error_before", "error_after", "cut_off"])
async def test_a_post_that_broke_is_never_sent_again_by_itself(stage: Stage, fault: str) -> None:
    """Whatever broke, it is unknown whether the message arrived, and nobody posts it twice behind our back."""
    await stage.standin.fault(fault, left=1, method="chat.postMessage")
    with pytest.raises(Unknown):
        await stage.slack.post(place(stage), card(), "card 1")
    assert len(stage.wire("chat.postMessage")) == 1


@pytest.mark.parametrize("fault", ["error_before", "error_after"])
async def test_an_edit_that_broke_can_be_made_again(stage: Stage, fault: str) -> None:
    """An edit does no harm when it is made twice."""
    ref = await stage.slack.post(place(stage), card(), "card 1")
    await stage.standin.fault(fault, left=1, method="chat.update")
    with pytest.raises(Busy):
        await stage.slack.edit(place(stage), ref, card("Changed"))
    await stage.slack.edit(place(stage), ref, card("Changed"))
    assert words(stage.message(ref)["blocks"]).startswith("Changed")


@pytest.mark.parametrize("fault", ["channel_deleted", "channel_archived", "bot_removed"])
async def test_a_place_that_cannot_be_used_any_more_is_gone(stage: Stage, fault: str) -> None:
    """Trying again would not mend it."""
    await stage.standin.fault(fault, channel=stage.london)
    with pytest.raises(Gone):
        await stage.slack.post(place(stage), card(), "card 1")


async def test_a_message_in_a_deleted_channel_is_gone(stage: Stage) -> None:
    """Editing finds nothing, and so does looking."""
    ref = await stage.slack.post(place(stage), card(), "card 1")
    await stage.standin.fault("channel_deleted", channel=stage.london)
    with pytest.raises(Gone):
        await stage.slack.edit(place(stage), ref, card("Changed"))
    with pytest.raises(Gone):
        await stage.slack.find(place(stage), "card 1", stage.clock.now())


async def test_somebody_who_takes_no_direct_messages_is_gone(stage: Stage) -> None:
    """Then they must be told elsewhere."""
    await stage.standin.fault("closed_direct_messages")
    with pytest.raises(Gone):
        await stage.slack.post(Person(SLACK, stage.grace), card(), "notice 1")


async def test_somebody_who_does_not_exist_is_gone(stage: Stage) -> None:
    """A key that means nobody reaches nobody."""
    with pytest.raises(Gone):
        await stage.slack.post(Person(SLACK, "U0NOBODY"), card(), "notice 1")
    with pytest.raises(Gone):
        await stage.slack.find(Person(SLACK, "U0NOBODY"), "notice 1", stage.clock.now())


async def test_a_revoked_token_is_busy_and_names_the_setting(stage: Stage) -> None:
    """Nothing is lost while somebody mends the configuration: it is tried again, slowly."""
    await stage.standin.fault("token_revoked")
    with pytest.raises(Busy, match=r"Slack does not accept the token in \[slack\] bot_token \(token_revoked\)") as busy:
        await stage.slack.post(place(stage), card(), "card 1")
    assert busy.value.after == 60.0


async def test_what_slack_refuses_is_a_fault_of_ours(stage: Stage) -> None:
    """A key that metadata cannot carry is refused, with Slack's own word for it."""
    with pytest.raises(Refused, match="metadata_too_large"):
        await stage.slack.post(place(stage), card(), "x" * 20_000)
    with pytest.raises(ValueError, match="Slack takes at most 50"):
        await stage.slack.post(place(stage), Message((Divider(),) * 51, say("Too much")), "card 1")


HOMES = ("#birmingham", "birmingham", "Birmingham", "  #birmingham ")


@pytest.mark.parametrize("name", HOMES)
async def test_a_home_is_found_by_name_and_joined(stage: Stage, name: str) -> None:
    """A public channel is joined when it becomes a home, so that the bot can post there."""
    birmingham = stage.standin.add_channel("birmingham", bot=False)
    home = await stage.slack.home(name)
    assert home == Home(Place(SLACK, birmingham), "birmingham")
    await stage.slack.post(Place(SLACK, birmingham), card(), "card 1")


async def test_a_home_is_found_by_key(stage: Stage) -> None:
    """A key serves as well as a name, and where the bot is at home already nothing is joined."""
    assert await stage.slack.home(stage.london) == Home(place(stage), "london")
    assert stage.wire("conversations.join") == []


async def test_a_private_channel_is_a_home_where_the_bot_was_invited(stage: Stage) -> None:
    """Of private channels only those are seen to which the bot was invited."""
    inside = stage.standin.add_channel("organisers", private=True)
    stage.standin.add_channel("secrets", private=True, bot=False)
    assert await stage.slack.home("organisers") == Home(Place(SLACK, inside), "organisers")
    assert await stage.slack.home("secrets") is None


async def test_a_home_that_does_not_exist_is_none(stage: Stage) -> None:
    """Nor is one that was archived."""
    assert await stage.slack.home("nowhere") is None
    await stage.standin.fault("channel_archived", channel=stage.london)
    assert await stage.slack.home("london") is None


async def test_many_homes_are_found_with_one_list(stage: Stage) -> None:
    """Slack lists channels twenty times a minute at most, and a community may have more chapters than that."""
    names = [f"chapter-{number}" for number in range(25)]
    for name in names:
        stage.standin.add_channel(name)
    homes = [await stage.slack.home(name) for name in names]
    assert [home.name for home in homes if home] == names
    assert len(stage.wire("conversations.list")) == 1


async def test_somebody_who_is_not_there_cannot_act(stage: Stage) -> None:
    """The stand-in is strict: what these tests do, people could do."""
    with pytest.raises(Impossible):
        await stage.standin.slash("U0NOBODY", stage.london, "/help")
