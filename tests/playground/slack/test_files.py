"""Files: the three steps of an upload, each refused when it does not fit the one before."""

from typing import Any

import pytest

from adapters.playground.impossible import Impossible


async def announced(town: Any, length: int = 5, **more: Any) -> dict[str, Any]:
    return await town.call("files.getUploadURLExternal", {"filename": "a.png", "length": length, **more})


async def sent(town: Any, url: str, content: bytes) -> tuple[int, str]:
    async with town.http.post(url, data=content) as response:
        return response.status, await response.text()


async def test_a_file_is_announced_sent_and_completed(town: Any) -> None:
    """It is then shared in the channel with its alt text, and no message's timestamp comes back."""
    told = await announced(town, alt_txt="A chart")
    assert await sent(town, told["upload_url"], b"12345") == (200, "OK - 5")
    wanted = {
        "files": [{"id": told["file_id"], "title": "Chart"}],
        "channel_id": town["london"],
        "initial_comment": "Look",
    }
    answer = await town.call("files.completeUploadExternal", wanted)
    assert (answer["ok"], answer["files"][0]["id"], "ts" in answer) == (True, told["file_id"], False)
    [message] = town.board.rows("slack/message/").values()
    assert (message["text"], message["files"][0]["alt_txt"], message["files"][0]["title"]) == (
        "Look",
        "A chart",
        "Chart",
    )
    info = await town.call("files.info", {"file": told["file_id"]})
    assert list(info["file"]["shares"]["public"]) == [town["london"]]


async def test_an_upload_url_works_once_and_for_the_announced_length(town: Any) -> None:
    """Other lengths and second uses are refused."""
    told = await announced(town)
    assert await sent(town, told["upload_url"], b"1234") == (400, "incorrect_length")
    assert await sent(town, told["upload_url"], b"12345") == (400, "invalid_upload_url")


async def test_only_what_was_sent_can_be_completed_and_once(town: Any) -> None:
    """An id without content and a second completion are not found; nor is a file before it is complete."""
    told = await announced(town)
    wanted = {"files": [{"id": told["file_id"]}]}
    assert await town.error("files.completeUploadExternal", wanted) == "file_not_found"
    await sent(town, (fresh := await announced(town))["upload_url"], b"12345")
    wanted = {"files": [{"id": fresh["file_id"]}]}
    assert await town.error("files.info", {"file": fresh["file_id"]}) == "file_not_found"
    assert await town.error("files.completeUploadExternal", wanted) is None
    assert await town.error("files.completeUploadExternal", wanted) == "file_not_found"


async def test_sharing_needs_the_app_in_the_channel(town: Any) -> None:
    """And sensible arguments."""
    told = await announced(town)
    await sent(town, told["upload_url"], b"12345")
    files = [{"id": told["file_id"]}]
    errors = [
        await town.error("files.completeUploadExternal", {"files": files, "channel_id": town["quiet"]}),
        await town.error("files.completeUploadExternal", {"files": files, "channel_id": "C404"}),
        await town.error("files.completeUploadExternal", {"files": [{}], "channel_id": town["london"]}),
        await town.error("files.completeUploadExternal", {"files": files, "channel_id": "C1", "channels": "C2"}),
        (await announced(town, 0)).get("error"),
        (await announced(town, 2_000_000_000)).get("error"),
        (await announced(town, alt_txt="x" * 1001)).get("error"),
    ]
    assert errors == [
        "not_in_channel",
        "channel_not_found",
        "invalid_arguments",
        "invalid_arguments",
        "missing_argument",
        "file_upload_size_restricted",
        "alt_txt_too_large",
    ]


async def test_a_block_shows_a_file_only_when_slack_is_ready(town: Any) -> None:
    """Right after the upload files.info tells no media type and blocks are refused; half a second later all is well."""
    told = await announced(town)
    await sent(town, told["upload_url"], b"12345")
    await town.call("files.completeUploadExternal", {"files": [{"id": told["file_id"]}]})
    block = {"type": "image", "slack_file": {"id": told["file_id"]}, "alt_text": "A chart"}
    wanted = {"channel": town["london"], "text": "x", "blocks": [block]}
    fresh = await town.call("files.info", {"file": told["file_id"]})
    assert (fresh["file"]["mimetype"], await town.error("chat.postMessage", wanted)) == ("", "invalid_blocks")
    town.stopwatch.seconds += 0.5
    ready = await town.call("files.info", {"file": told["file_id"]})
    assert (ready["file"]["mimetype"], await town.error("chat.postMessage", wanted)) == ("image/png", None)
    unknown = {**wanted, "blocks": [{**block, "slack_file": {"id": "F404"}}]}
    assert await town.error("chat.postMessage", unknown) == "invalid_blocks"


async def test_a_person_can_put_a_file_into_a_form(town: Any) -> None:
    """The app gets a file object and can fetch the content; what cannot be read is impossible."""
    field = {"type": "file_input", "action_id": "a"}
    label = {"type": "plain_text", "text": "Picture"}
    view = await town.opened(
        {
            "type": "modal",
            "title": label,
            "submit": label,
            "blocks": [{"type": "input", "block_id": "b", "label": label, "element": field}],
        }
    )
    with pytest.raises(Impossible, match="cannot be read"):
        await town.slack.submit(town["ada"], view["id"], {"b": {"a": {"files": [{"name": "x", "content": "?"}]}}})
    picked = {"files": [{"name": "a.txt", "content": "SGVsbG8="}]}
    acting = town.slack.submit(town["ada"], view["id"], {"b": {"a": picked}})
    _, told = await (await town.ears()).answer(acting, "view_submission")
    [file] = told["payload"]["view"]["state"]["values"]["b"]["a"]["files"]
    async with town.http.get(file["url_private"]) as response:
        assert (await response.read(), file["name"], file["user"]) == (b"Hello", "a.txt", town["ada"])
    assert town.board.get(f"slack/file/{file['id']}")["mimetype"] == "text/plain"
