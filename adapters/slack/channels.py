"""Channels: finding one by key or name, and being in it."""

import logging
from collections.abc import AsyncIterator
from typing import Final

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.texts import Json
from adapters.slack.web import done
from bot.ports import Gone, Refused

log = logging.getLogger(__name__)

PAGE: Final = 1000


async def found(client: AsyncWebClient, name: str) -> Json | None:
    """The channel with this key, or this name with or without `#`, once we are in it; None if there is none for us."""
    wanted = name.strip().removeprefix("#")
    async for channel in _all(client):
        if channel["id"] == wanted or channel["name"] == wanted.lower():
            return channel if channel.get("is_member") or await _joined(client, channel) else None
    return None


async def _all(client: AsyncWebClient) -> AsyncIterator[Json]:
    cursor = ""
    while True:
        listed = await done(
            client.conversations_list(
                types="public_channel,private_channel", exclude_archived=True, limit=PAGE, cursor=cursor or None
            )
        )
        for channel in listed["channels"]:
            yield channel
        cursor = (listed.get("response_metadata") or {}).get("next_cursor", "")
        if not cursor:
            return


async def _joined(client: AsyncWebClient, channel: Json) -> bool:
    try:
        await done(client.conversations_join(channel=channel["id"]))
    except (Gone, Refused) as error:
        log.warning("#%s cannot be joined: %s", channel["name"], error)
        return False
    return True
