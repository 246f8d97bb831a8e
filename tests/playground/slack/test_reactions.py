"""Reactions, and messages that people change: what the app may do, and what it hears."""

from typing import Any

import pytest

from adapters.playground.impossible import Impossible


async def test_the_app_reacts_once_with_each_emoji_and_may_take_it_back(town: Any) -> None:
    """The message tells who reacted; a second time, and what is not there, are refused."""
    ts = await town.post()
    item = {"channel": town["london"], "timestamp": ts}
    errors = [await town.error("reactions.add", {**item, "name": "tada"}) for _ in range(2)]
    bot = town.slack.bot_user
    assert errors == [None, "already_reacted"]
    assert town.message(ts)["reactions"] == [{"name": "tada", "users": [bot], "count": 1}]
    await town.slack.react(town["ada"], town["london"], ts, "tada")
    got = await town.call("reactions.get", item)
    assert got["message"]["reactions"] == [{"name": "tada", "users": [bot, town["ada"]], "count": 2}]
    errors = [await town.error("reactions.remove", {**item, "name": "tada"}) for _ in range(2)]
    assert (errors, town.message(ts)["reactions"][0]["users"]) == ([None, "no_reaction"], [town["ada"]])


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"name": "TADA!"}, "invalid_name"),
        ({"name": "thumbsup::skin-tone-7"}, "invalid_name"),
        ({"timestamp": "1.1"}, "message_not_found"),
        ({"channel": "C0"}, "channel_not_found"),
        ({"name": None}, "invalid_arguments"),
    ],
)
async def test_reactions_that_slack_refuses(town: Any, args: dict[str, Any], error: str) -> None:
    """An unknown message, channel or form of name."""
    told = {"channel": town["london"], "timestamp": await town.post(), "name": "thumbsup::skin-tone-6", **args}
    assert await town.error("reactions.add", told) == error
    assert await town.error("reactions.remove", {"name": "tada"}) == "no_item_specified"
    assert await town.error("reactions.get", {"file": "F1"}) == "file_not_found"


async def test_a_message_carries_so_many_reactions(town: Any) -> None:
    """Twenty-three of one person's, fifty different ones in all; none in an archived channel."""
    ts = await town.post()
    item = (town["london"], ts)
    for n in range(46):
        await town.slack.react(town["ada" if n < 23 else "grace"], *item, f"e{n}")
    with pytest.raises(Impossible, match="too_many_reactions"):
        await town.slack.react(town["ada"], *item, "e46")
    for n in range(46, 50):
        await town.slack.react(town["alan"], *item, f"e{n}")
    with pytest.raises(Impossible, match="too_many_emoji"):
        await town.slack.react(town["alan"], *item, "e50")
    await town.slack.react(town["alan"], *item, "e0")
    town.slack.faults.switch("channel_archived", channel=town["london"])
    told = {"channel": town["london"], "timestamp": ts, "name": "e1"}
    assert await town.error("reactions.add", told) == "is_archived"


async def test_the_app_hears_of_reactions_edits_and_deletions(town: Any) -> None:
    """With who did it, to whose message, and what it said before."""
    ears, ada, london = await town.ears(), town["ada"], town["london"]
    said, _ = await ears.answer(town.slack.say(ada, london, "Tea?"), "message")
    outcome, told = await ears.answer(town.slack.react(town["grace"], london, said["ts"], "tea"), "reaction_added")
    event = told["payload"]["event"]
    assert (outcome["acked"], event["user"], event["reaction"], event["item_user"], event["item"]) == (
        True,
        town["grace"],
        "tea",
        ada,
        {"type": "message", "channel": london, "ts": said["ts"]},
    )
    _, told = await ears.answer(town.slack.edit(ada, london, said["ts"], "Coffee?"), "message")
    event = told["payload"]["event"]
    assert (event["subtype"], event["previous_message"]["text"], event["message"]["text"]) == (
        "message_changed",
        "Tea?",
        "Coffee?",
    )
    assert event["message"]["edited"]["user"] == ada
    _, told = await ears.answer(town.slack.delete(ada, london, said["ts"]), "message")
    event = told["payload"]["event"]
    assert (event["subtype"], event["deleted_ts"], town.message(said["ts"])) == ("message_deleted", said["ts"], None)


async def test_people_change_only_what_is_theirs(town: Any) -> None:
    """The client offers nothing else."""
    ts = await town.post()
    for name, more in (("edit", {"text": "x"}), ("delete", {})):
        with pytest.raises(Impossible, match="somebody else's"):
            await town.slack.act(name, {"user": town["ada"], "channel": town["london"], "ts": ts, **more})
