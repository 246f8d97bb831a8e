"""Response URLs: five uses in thirty minutes, private or in the channel, in the place of a message or beside it."""

from typing import Any

import pytest

CARD = [
    {
        "type": "actions",
        "block_id": "b",
        "elements": [
            {"type": "button", "action_id": "go", "value": "42", "text": {"type": "plain_text", "text": "Go"}}
        ],
    }
]


async def command_url(town: Any) -> str:
    ears = await town.ears()
    _, told = await ears.answer(town.slack.slash(town["ada"], town["london"], "/x"), "slash_commands")
    return told["payload"]["response_url"]


async def press_url(town: Any, ts: str) -> str:
    ears = await town.ears()
    _, told = await ears.answer(town.slack.press(town["ada"], town["london"], ts, "go"), "block_actions")
    return told["payload"]["response_url"]


async def answered(town: Any, url: str, told: Any) -> tuple[int, str]:
    async with town.http.post(url, json=told) as response:
        return response.status, await response.text()


async def refused(town: Any, url: str, told: Any) -> tuple[int, str]:
    async with town.http.post(url, json=told) as response:
        return response.status, (await response.json())["error"]


async def test_an_answer_is_private_unless_it_says_otherwise(town: Any) -> None:
    """Slack says only `ok`: no timestamp comes back."""
    url = await command_url(town)
    assert await answered(town, url, {"text": "For you"}) == (200, "ok")
    assert await answered(town, url, {"text": "For all", "response_type": "in_channel"}) == (200, "ok")
    assert [one["text"] for one in town.ephemerals()] == ["For you"]
    assert [one["text"] for one in town.board.rows("slack/message/").values()] == ["For all"]


async def test_a_response_url_works_five_times(town: Any) -> None:
    """The sixth use is refused; refused content does not count as a use."""
    url = await command_url(town)
    assert await refused(town, url, {"text": "x", "colour": "red"}) == (400, "invalid_payload")
    for n in range(5):
        assert await answered(town, url, {"text": str(n)}) == (200, "ok")
    assert await refused(town, url, {"text": "6"}) == (404, "used_url")
    assert len(town.ephemerals()) == 5


async def test_a_response_url_works_for_thirty_minutes(town: Any) -> None:
    """After that it is gone, and one that nobody gave out never was."""
    url = await command_url(town)
    town.stopwatch.seconds += 30 * 60
    assert await answered(town, url, {"text": "Just in time"}) == (200, "ok")
    town.stopwatch.seconds += 0.01
    assert await refused(town, url, {"text": "Too late"}) == (404, "expired_url")
    assert await refused(town, url + "x", {"text": "Whose?"}) == (404, "no_service")


@pytest.mark.parametrize(
    ("told", "error"),
    [
        ([], "invalid_payload"),
        ({"text": 1}, "invalid_payload"),
        ({"text": "x", "thread_ts": []}, "invalid_payload"),
        ({}, "no_text"),
        ({"text": "x", "response_type": "loud"}, "invalid_payload"),
        ({"text": "x", "blocks": [{"type": "hologram"}]}, "invalid_blocks"),
        ({"delete_original": True}, "message_not_found"),
    ],
)
async def test_bad_answers_are_refused(town: Any, told: Any, error: str) -> None:
    """Content is checked as everywhere; what was not there cannot be deleted."""
    assert await refused(town, await command_url(town), told) == (400, error)
    assert town.ephemerals() == []


async def test_an_answer_can_take_the_place_of_the_message(town: Any) -> None:
    """replace_original edits the message whose button was pressed; delete_original deletes it; then neither can be."""
    ts = await town.post("Card", blocks=CARD)
    url = await press_url(town, ts)
    assert await answered(town, url, {"text": "Beside", "replace_original": False}) == (200, "ok")
    assert (town.message(ts)["text"], len(town.ephemerals())) == ("Card", 1)
    assert await answered(town, url, {"text": "Instead", "replace_original": True}) == (200, "ok")
    assert (town.message(ts)["text"], "blocks" in town.message(ts), "edited" in town.message(ts)) == (
        "Instead",
        False,
        True,
    )
    assert await answered(town, url, {"delete_original": True}) == (200, "ok")
    assert town.message(ts) is None
    assert await refused(town, url, {"text": "Again", "replace_original": True}) == (400, "message_not_found")


async def test_an_ephemeral_message_can_be_replaced_and_deleted_through_its_own_url(town: Any) -> None:
    """The only way to change one: a press on it says that it is ephemeral and carries no copy."""
    wanted = {"channel": town["london"], "user": town["ada"], "text": "Draft", "blocks": CARD}
    ts = (await town.call("chat.postEphemeral", wanted))["message_ts"]
    ears = await town.ears()
    _, told = await ears.answer(town.slack.press(town["ada"], town["london"], ts, "go"), "block_actions")
    payload = told["payload"]
    assert (payload["container"]["is_ephemeral"], "message" in payload) == (True, False)
    assert await answered(town, payload["response_url"], {"text": "Done", "replace_original": True}) == (200, "ok")
    assert [(one["ts"], one["text"]) for one in town.ephemerals()] == [(ts, "Done")]
    assert await answered(town, payload["response_url"], {"delete_original": True}) == (200, "ok")
    assert town.ephemerals() == []


async def test_an_answer_can_go_to_a_thread(town: Any) -> None:
    """thread_ts puts it under the first message."""
    ts = await town.post("Card", blocks=CARD)
    told = {"text": "Below", "response_type": "in_channel", "thread_ts": ts}
    assert await answered(town, await press_url(town, ts), told) == (200, "ok")
    assert town.message(ts)["reply_count"] == 1


async def test_an_answer_stands_in_the_channel_unless_it_names_a_thread(town: Any) -> None:
    """To a press on a card that has a thread, where whoever pressed would never see it otherwise."""
    ts = await town.post("Card", blocks=CARD)
    await town.post("Talk here", thread_ts=ts)
    assert await answered(town, await press_url(town, ts), {"text": "Thank you"}) == (200, "ok")
    assert [(one["text"], "thread_ts" in one) for one in town.ephemerals()] == [("Thank you", False)]


async def test_an_answer_to_a_deleted_channel_is_refused(town: Any) -> None:
    """The channel is gone, the URL is not."""
    url = await command_url(town)
    town.slack.faults.switch("channel_deleted", channel=town["london"])
    assert await refused(town, url, {"text": "Anybody?"}) == (400, "channel_not_found")
