"""Uploads: how a file gets to a channel, a thread or somebody, in Slack's three steps (docs: Working with files)."""

from collections.abc import Awaitable, Mapping, Sequence
from hashlib import sha256

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.texts import Json
from adapters.slack.web import done, sent
from bot.messages import Attachment
from bot.ports import Busy, Gone


async def keep(client: AsyncWebClient, file: Attachment) -> str:
    """Give Slack a file that nobody sees until a message shows it; its id."""
    key = await _uploaded(client, file, file.name)
    await done(client.files_completeUploadExternal(files=[{"id": key, "title": file.name}]))
    return key


async def share(client: AsyncWebClient, files: Sequence[Attachment], blocks: Sequence[Json], channel: str) -> None:
    """Upload files and share them in a channel, in one message with words of ours beside them."""
    told = [{"id": await _uploaded(client, file, file.name), "title": file.name} for file in files]
    await done(_complete(client, {"files": told, "channel_id": channel, "blocks": blocks}))


async def post(
    client: AsyncWebClient, address: Mapping[str, str], files: Sequence[Attachment], blocks: Sequence[Json], key: str
) -> str:
    """Post files with words of ours beside them. Slack tells no message's ref, so the first file's id stands for it.

    What Slack shows as the message of an upload holds no metadata: the errand's key is in the files' names.
    """
    told = [{"id": await _uploaded(client, file, f"{mark(key)}-{file.name}"), "title": file.name} for file in files]
    thread = {"thread_ts": address["thread_ts"]} if "thread_ts" in address else {}
    asked = {"files": told, "channel_id": address["channel"], "blocks": blocks, **thread}
    await sent(_complete(client, asked))
    return f"{address['channel']}:{told[0]['id']}"


def carries(message: Json, key: str) -> bool:
    """Whether a message holds a file that was posted with this key."""
    return any(str(each.get("name", "")).startswith(mark(key)) for each in message.get("files", []))


def mark(key: str) -> str:
    """A word made from an errand's key, for the names of its files."""
    return sha256(key.encode()).hexdigest()[:12]


def _complete(client: AsyncWebClient, asked: Json) -> Awaitable[AsyncSlackResponse]:
    """The third step. The library's own method takes no blocks, and words beside a file would be read as markup."""
    return client.api_call("files.completeUploadExternal", json=asked)


async def _uploaded(client: AsyncWebClient, file: Attachment, name: str) -> str:
    """Where to, and the content; nobody sees anything of it yet. The file's id."""
    place = await done(client.files_getUploadURLExternal(filename=name, length=len(file.content), alt_txt=file.alt))
    await _upload(client, place["upload_url"], file.content)
    return place["file_id"]


async def _upload(client: AsyncWebClient, url: str, content: bytes) -> None:
    """The second step, which shows nothing to anybody: it can fail and be tried again."""
    assert client.session is not None
    try:
        async with client.session.post(url, data=content) as answer:
            if answer.status >= 500:
                raise Busy(1.0, f"Slack does not take a file just now (HTTP {answer.status}).")
            if answer.status != 200:
                raise Gone(f"Slack did not take a file (HTTP {answer.status}).")
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise Busy(1.0, f"Slack could not be reached with a file ({type(error).__name__}).") from error
