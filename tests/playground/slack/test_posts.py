"""Messages: where the app may post, edit and delete, who is notified, and what is kept."""

from typing import Any

import pytest

PUBLIC: dict[str, Any] = {
    "oauth_config": {"scopes": {"bot": ["chat:write", "chat:write.public"]}},
    "features": {"app_home": {"messages_tab_enabled": False}},
}


async def test_a_message_comes_back_as_it_is_in_the_history(town: Any) -> None:
    """The answer, the history and the board agree, and ids are given to blocks without."""
    answer = await town.call(
        "chat.postMessage", {"channel": town["london"], "text": "Hi", "blocks": [{"type": "divider"}]}
    )
    told = (await town.call("conversations.history", {"channel": town["london"]}))["messages"]
    shown = dict(town.message(answer["ts"]))
    assert shown.pop("_mentioned") == []
    assert told == [answer["message"]] == [shown]
    assert (told[0]["bot_id"], told[0]["user"], bool(told[0]["blocks"][0]["block_id"])) == (
        town.slack.workspace.app.bot_key,
        town.slack.bot_user,
        True,
    )


async def test_the_app_posts_only_where_it_is(town: Any) -> None:
    """A channel without the app, an archived, an unknown and somebody's private channel refuse its messages."""
    secret = town.slack.add_channel("secret", [town["ada"]], private=True, bot=False)
    closed = town.slack.add_channel("closed")
    town.slack.faults.switch("channel_archived", channel=closed)
    errors = [
        await town.error("chat.postMessage", {"channel": channel, "text": "Hi"})
        for channel in (town["quiet"], closed, "C404", secret)
    ]
    assert errors == ["not_in_channel", "is_archived", "channel_not_found", "channel_not_found"]


async def test_the_app_can_join_a_public_channel(town: Any) -> None:
    """After joining it may post; direct messages cannot be joined."""
    assert (await town.call("conversations.join", {"channel": town["quiet"]}))["channel"]["is_member"]
    assert await town.error("chat.postMessage", {"channel": town["quiet"], "text": "Hi"}) is None
    direct = town.slack.direct(town["ada"])
    assert await town.error("conversations.join", {"channel": direct}) == "method_not_supported_for_channel_type"


@pytest.mark.parametrize("manifest", [PUBLIC])
async def test_a_scope_opens_public_channels_but_not_a_closed_messages_tab(town: Any) -> None:
    """chat:write.public needs no membership; without the messages tab direct messages fail."""
    assert await town.error("chat.postMessage", {"channel": town["quiet"], "text": "Hi"}) is None
    assert await town.error("chat.postMessage", {"channel": town["ada"], "text": "Hi"}) == "messages_tab_disabled"


async def test_a_message_to_a_person_opens_direct_messages(town: Any) -> None:
    """The channel that comes back is the D… one, which later edits need."""
    answer = await town.call("chat.postMessage", {"channel": town["ada"], "text": "Psst"})
    opened = await town.call("conversations.open", {"users": town["ada"]})
    assert answer["channel"] == opened["channel"]["id"] == town.slack.direct(town["ada"])
    assert answer["channel"].startswith("D")
    edit = {"ts": answer["ts"], "text": "Psst!"}
    assert await town.error("chat.update", {"channel": town["ada"], **edit}) == "channel_not_found"
    assert await town.error("chat.update", {"channel": answer["channel"], **edit}) is None


async def test_only_the_apps_own_messages_can_be_changed(town: Any) -> None:
    """A person's message, a missing one and an ephemeral one can be neither edited nor deleted."""
    said = await town.slack.say(town["ada"], town["london"], "Mine")
    hidden = await town.call("chat.postEphemeral", {"channel": town["london"], "user": town["ada"], "text": "Hush"})
    errors = [
        await town.error(method, {"channel": town["london"], "ts": ts, **more})
        for method, more in (("chat.update", {"text": "Ours"}), ("chat.delete", {}))
        for ts in (said["ts"], "1.000001", hidden["message_ts"])
    ]
    assert errors == [
        "cant_update_message",
        "message_not_found",
        "message_not_found",
        "cant_delete_message",
        "message_not_found",
        "message_not_found",
    ]


async def test_an_edit_replaces_the_content_and_says_edited(town: Any) -> None:
    """Blocks that are not sent again are gone; metadata stays; the edit is dated."""
    metadata = {"event_type": "card", "event_payload": {"key": "k1"}}
    ts = await town.post(blocks=[{"type": "divider"}], metadata=metadata)
    town.clock.pass_(seconds=5)
    answer = await town.call("chat.update", {"channel": town["london"], "ts": ts, "text": "Changed"})
    shown = town.message(ts)
    assert (answer["text"], shown["text"], "blocks" in shown, shown["metadata"]) == (
        "Changed",
        "Changed",
        False,
        metadata,
    )
    assert float(shown["edited"]["ts"]) > float(ts)


async def test_a_deleted_message_is_gone(town: Any) -> None:
    """It leaves board, history and permalinks."""
    ts = await town.post()
    link = await town.call("chat.getPermalink", {"channel": town["london"], "message_ts": ts})
    assert link["permalink"].endswith(f"/archives/{town['london']}/p{ts.replace('.', '')}")
    assert await town.error("chat.delete", {"channel": town["london"], "ts": ts}) is None
    assert town.message(ts) is None
    assert (await town.call("conversations.history", {"channel": town["london"]}))["messages"] == []
    assert await town.error("chat.getPermalink", {"channel": town["london"], "message_ts": ts}) == "message_not_found"


async def test_an_ephemeral_message_is_seen_by_one_person_only(town: Any) -> None:
    """It is on that person's board and in no history; people who are not in the channel cannot get one."""
    wanted = {"channel": town["london"], "text": "Hush"}
    assert await town.error("chat.postEphemeral", {**wanted, "user": town["ada"]}) is None
    assert [one["text"] for one in town.ephemerals("ada")] == ["Hush"]
    assert (town.ephemerals("grace"), town.board.rows("slack/message/")) == ([], {})
    stranger = town.slack.add_user("Mary Seacole")
    assert await town.error("chat.postEphemeral", {**wanted, "user": stranger}) == "user_not_in_channel"


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ({}, "no_text"),
        ({"text": ""}, "no_text"),
        ({"text": "Hi", "markdown_text": "Hi"}, "markdown_text_conflict"),
        ({"markdown_text": "x" * 12_001}, "msg_too_long"),
        ({"text": "x" * 40_001}, "msg_too_long"),
        ({"text": "Hi", "blocks": {"type": "divider"}}, "invalid_blocks_format"),
        ({"text": "Hi", "blocks": "{"}, "invalid_blocks_format"),
        ({"text": "Hi", "attachments": [1]}, "invalid_attachments"),
        ({"text": "Hi", "attachments": [{}] * 101}, "too_many_attachments"),
        ({"text": "Hi", "attachments": [{"blocks": [{"type": "table2"}]}]}, "invalid_blocks"),
        ({"text": "Hi", "metadata": "{"}, "invalid_metadata_format"),
        ({"text": "Hi", "metadata": {"event_type": "x"}}, "invalid_metadata_format"),
        ({"text": "Hi", "metadata": {"event_type": "x", "event_payload": {"a": {}}}}, "invalid_metadata_schema"),
        ({"text": "Hi", "metadata": {"event_type": "x", "event_payload": {"a": "y" * 17_000}}}, "metadata_too_large"),
        ({"text": "Hi", "thread_ts": "1.000001"}, "cannot_reply_to_message"),
    ],
)
async def test_content_that_slack_refuses(town: Any, content: dict[str, Any], error: str) -> None:
    """Empty, too long, contradictory or malformed content is refused by its own code, and nothing is posted."""
    assert await town.error("chat.postMessage", {"channel": town["london"], **content}) == error
    assert town.board.rows("slack/message/") == {}


async def test_metadata_is_told_to_those_who_ask(town: Any) -> None:
    """include_all_metadata finds a message again by the key in it."""
    metadata = {"event_type": "card", "event_payload": {"key": "k1"}}
    await town.post(metadata=metadata)
    asked, plain = [
        (await town.call("conversations.history", {"channel": town["london"], "include_all_metadata": wanted}))[
            "messages"
        ]
        for wanted in (True, False)
    ]
    assert (asked[0]["metadata"], "metadata" in plain[0]) == (metadata, False)


async def test_replies_make_a_thread(town: Any) -> None:
    """Replies are counted under the first message and told by conversations.replies, not by the history."""
    first = await town.post("Who comes?")
    reply = await town.post("I do", thread_ts=first)
    deeper = await town.post("Me too", thread_ts=reply)
    loud = await town.post("All of us", thread_ts=first, reply_broadcast=True)
    told = await town.call("conversations.replies", {"channel": town["london"], "ts": first})
    history = await town.call("conversations.history", {"channel": town["london"]})
    assert [one["ts"] for one in told["messages"]] == [first, reply, deeper, loud]
    assert [one["ts"] for one in history["messages"]] == [loud, first]
    assert (town.message(first)["reply_count"], town.message(deeper)["thread_ts"]) == (3, first)
    assert (
        await town.error("conversations.replies", {"channel": town["london"], "ts": "1.000001"}) == "thread_not_found"
    )


async def test_the_history_can_be_cut(town: Any) -> None:
    """Oldest and latest leave their own messages out unless inclusive is set; the app must be in the channel."""
    first, second, third = [await town.post(str(n)) for n in range(3)]
    where = {"channel": town["london"], "oldest": first, "latest": third}
    between = (await town.call("conversations.history", where))["messages"]
    around = (await town.call("conversations.history", {**where, "inclusive": True, "limit": 2}))["messages"]
    assert ([one["ts"] for one in between], [one["ts"] for one in around]) == ([second], [third, second])
    assert await town.error("conversations.history", {"channel": town["quiet"]}) == "not_in_channel"
    assert await town.error("conversations.history", {**where, "oldest": "yesterday"}) == "invalid_ts_oldest"


async def test_timestamps_only_grow(town: Any) -> None:
    """Two messages at the same instant of the clock differ, and a jump of the clock shows."""
    first, second = await town.post(), await town.post()
    town.clock.pass_(days=1)
    third = await town.post()
    assert (float(second) > float(first), float(third) - float(first) > 86_399) == (True, True)


def rich(*elements: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}]


def section(kind: str, text: str) -> list[dict[str, Any]]:
    return [{"type": "section", "text": {"type": kind, "text": text}}]


async def test_the_board_tells_whom_a_message_notifies(town: Any) -> None:
    """Mentions count in mrkdwn and rich text, not in plain or escaped text or beside blocks; crowds are everybody."""
    ada, grace, alan = town["ada"], town["grace"], town["alan"]
    everybody = sorted([ada, grace, alan])
    cases: list[tuple[dict[str, Any], list[str]]] = [
        ({"text": f"<@{ada}> and <@{grace}|grace>"}, sorted([ada, grace])),
        ({"text": "<!channel>"}, everybody),
        ({"text": "<!here|here>"}, everybody),
        ({"text": "<!subteam^S1>"}, everybody),
        ({"text": f"&lt;@{ada}&gt; &lt;!channel&gt; @channel"}, []),
        ({"text": "@channel", "link_names": True}, everybody),
        ({"text": f"<@{ada}>", "blocks": section("plain_text", f"<@{ada}> <!channel>")}, []),
        ({"text": "x", "blocks": section("mrkdwn", f"<@{ada}>")}, [ada]),
        ({"text": "x", "blocks": rich({"type": "text", "text": f"<@{ada}> <!channel> @here"})}, []),
        ({"text": "x", "blocks": rich({"type": "user", "user_id": ada})}, [ada]),
        ({"text": "x", "blocks": rich({"type": "broadcast", "range": "here"})}, everybody),
        ({"text": "x", "blocks": [{"type": "markdown", "text": f"<@{alan}>"}]}, [alan]),
    ]
    town.slack.workspace.pace.on = False
    for content, people in cases:
        assert (content, town.message(await town.post(**content))["_mentioned"]) == (content, people)


async def test_an_edit_notifies_nobody(town: Any) -> None:
    """Whoever is mentioned only by an edit is not notified."""
    ts = await town.post("Quiet")
    await town.call("chat.update", {"channel": town["london"], "ts": ts, "text": f"<@{town['ada']}>"})
    assert (town.message(ts)["text"], town.message(ts)["_mentioned"]) == (f"<@{town['ada']}>", [])
