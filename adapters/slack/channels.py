"""Channels: finding one by key or name, and being in it."""

import logging
from collections.abc import Callable, Sequence
from time import monotonic
from typing import Final

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.texts import Json
from adapters.slack.web import done, pages
from bot.ports import Gone, Refused

log = logging.getLogger(__name__)

PAGE: Final = 1000
FRESH: Final = 60.0
"""Seconds for which a channel that was listed is believed in. Slack lists channels twenty times a minute at most."""

HELD: Final = 3.0
"""Seconds for which it is believed that there is no such channel: it may be made while somebody tries."""


class Channels:
    """The channels that we can see, listed when one is looked for."""

    def __init__(self, client: AsyncWebClient, stopwatch: Callable[[], float] = monotonic) -> None:
        self._client = client
        self._stopwatch = stopwatch
        self._listed: Sequence[Json] = ()
        self._at = -FRESH

    async def found(self, name: str) -> Json | None:
        """The channel with this key, or this name with or without `#`, once we are in it; None if there is none."""
        wanted = name.strip().removeprefix("#")
        channel = self._among(wanted)
        if channel is None and self._age() > HELD:
            await self._list()
            channel = self._among(wanted)
        return channel if channel is not None and await self._entered(channel["id"]) else None

    def _among(self, wanted: str) -> Json | None:
        listed = self._listed if self._age() <= FRESH else ()
        return next((one for one in listed if one["id"] == wanted or one["name"] == wanted.lower()), None)

    def _age(self) -> float:
        return self._stopwatch() - self._at

    async def _list(self) -> None:
        kinds = "public_channel,private_channel"
        listed = pages(
            lambda cursor: self._client.conversations_list(
                types=kinds, exclude_archived=True, limit=PAGE, cursor=cursor or None
            ),
            "channels",
        )
        self._listed = [channel async for channel in listed]
        self._at = self._stopwatch()

    async def _entered(self, key: str) -> bool:
        """Whether we are in a channel, or could join it; it may have changed since it was listed."""
        try:
            channel = (await done(self._client.conversations_info(channel=key)))["channel"]
            if not channel["is_archived"] and not channel.get("is_member"):
                await done(self._client.conversations_join(channel=key))
        except (Gone, Refused) as error:
            log.warning("Channel %s cannot be joined: %s", key, error)
            return False
        return not channel["is_archived"]
