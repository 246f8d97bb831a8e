"""Events: what the app hears of the workspace, and how often."""

import asyncio
from typing import Any

import pytest

QUIET: dict[str, Any] = {"settings": {"event_subscriptions": {"bot_events": ["message.im"]}}}


async def test_an_unanswered_event_comes_three_times_more(town: Any) -> None:
    """Nearly at once, after a minute and after five, with the same event_id and a growing retry_attempt."""
    ears = await town.ears()
    acting = asyncio.create_task(town.slack.say(town["ada"], town["london"], "Hello"))
    heard = [await ears.hear("message")]
    for count, seconds in enumerate((0, 60, 300), 1):
        town.stopwatch.seconds += 3.01
        await timed_out(town, count)
        town.stopwatch.seconds += seconds
        heard.append(await ears.hear("message"))
    assert (await acting)["error"] == "operation_timeout"
    assert [(one["retry_attempt"], one["retry_reason"]) for one in heard] == [
        (0, ""),
        (1, "timeout"),
        (2, "timeout"),
        (3, "timeout"),
    ]
    assert len({one["payload"]["event_id"] for one in heard}) == 1
    assert len({one["envelope_id"] for one in heard}) == 4


async def timed_out(town: Any, count: int) -> None:
    """Wait until so many tellings have run into their deadline."""
    async with asyncio.timeout(5):
        with town.board.watch() as changes:
            async for _ in changes:
                rows = town.board.rows("wire/").values()
                if sum(one["refused"] == "operation_timeout" for one in rows) == count:
                    return


async def test_an_acknowledged_event_does_not_come_again(town: Any) -> None:
    """The next thing that is heard is the next thing that was said."""
    ears = await town.ears()
    for text in ("One", "Two"):
        outcome, told = await ears.answer(town.slack.say(town["ada"], town["london"], text), "message")
        assert (outcome["acked"], told["payload"]["event"]["text"], told["retry_attempt"]) == (True, text, 0)


async def test_a_persons_words_are_escaped_and_their_mentions_turned_into_references(town: Any) -> None:
    """The app and the board see what a client sends: entities, references and rich text."""
    ears = await town.ears()
    text = "<b> & @Grace Hopper in #london <!channel> @everyone"
    outcome, told = await ears.answer(town.slack.say(town["ada"], town["london"], text), "message")
    event = told["payload"]["event"]
    assert (
        event["text"]
        == f"&lt;b&gt; &amp; <@{town['grace']}> in <#{town['london']}|london> &lt;!channel&gt; <!everyone>"
    )
    assert [one["type"] for one in event["blocks"][0]["elements"][0]["elements"]] == [
        "text",
        "user",
        "text",
        "channel",
        "text",
        "broadcast",
    ]
    assert town.message(outcome["ts"])["_mentioned"] == sorted([town["grace"], town["alan"], town.slack.bot_user])


async def test_a_mention_of_the_app_is_told_besides_the_message(town: Any) -> None:
    """app_mention comes as an event of its own."""
    ears = await town.ears()
    acting = asyncio.create_task(town.slack.say(town["ada"], town["london"], "@bot hello"))
    kinds: list[str] = []
    for _ in range(2):
        told = await ears.ws.receive_json()
        kinds.append(told["payload"]["event"]["type"])
        await ears.ack(told)
    assert (await acting)["acked"]
    assert sorted(kinds) == ["app_mention", "message"]


async def test_the_app_hears_its_own_messages(town: Any) -> None:
    """Posting, editing and deleting come back as events, with the bot's id, for libraries to ignore."""
    ears = await town.ears()
    ts = await town.post("Mine")
    posted = await ears.hear("message")
    await ears.ack(posted)
    await town.call("chat.update", {"channel": town["london"], "ts": ts, "text": "Changed"})
    changed = await ears.hear("message")
    await ears.ack(changed)
    await town.call("chat.delete", {"channel": town["london"], "ts": ts})
    deleted = await ears.hear("message")
    await ears.ack(deleted)
    events = [one["payload"]["event"] for one in (posted, changed, deleted)]
    assert [one.get("subtype") for one in events] == [None, "message_changed", "message_deleted"]
    assert (events[0]["bot_id"], events[1]["previous_message"]["text"], events[2]["deleted_ts"]) == (
        town.slack.workspace.app.bot_key,
        "Mine",
        ts,
    )


@pytest.mark.parametrize("manifest", [QUIET])
async def test_only_events_of_the_manifest_are_told(town: Any) -> None:
    """The app subscribed to direct messages: it hears those, and nothing of channels."""
    ears = await town.ears()
    assert await town.slack.say(town["ada"], town["london"], "Loud") == {
        "acked": False,
        "error": None,
        "channel": town["london"],
        "ts": "1789646400.000000",
    }
    direct = town.slack.direct(town["ada"])
    outcome, told = await ears.answer(town.slack.say(town["ada"], direct, "Psst"), "message")
    assert (outcome["acked"], told["payload"]["event"]["channel_type"]) == (True, "im")


async def test_where_the_app_is_not_it_hears_nothing(town: Any) -> None:
    """A channel without the app keeps its words."""
    await town.ears()
    assert (await town.slack.say(town["ada"], town["quiet"], "Secret"))["acked"] is False


async def test_coming_going_and_changing_is_told(town: Any) -> None:
    """member_joined_channel, member_left_channel and user_change reach the app and show on the board."""
    ears = await town.ears()
    slack, grace, london = town.slack, town["grace"], town["london"]
    left, told = await ears.answer(slack.leave(grace, london), "member_left_channel")
    assert (left["acked"], told["payload"]["event"]["channel"]) == (True, london)
    assert grace not in town.board.get(f"slack/channel/{london}")["members"]
    joined, _ = await ears.answer(slack.join(grace, london), "member_joined_channel")
    changed, told = await ears.answer(slack.change(grace, is_admin=True, display_name="Amazing Grace"), "user_change")
    assert (joined["acked"], changed["acked"], told["payload"]["event"]["user"]["is_admin"]) == (True, True, True)
    assert town.board.get(f"slack/user/{grace}")["profile"]["display_name"] == "Amazing Grace"
