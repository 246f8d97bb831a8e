"""Files: the three steps of an upload, each refused when it does not fit the one before."""

from typing import Any


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
