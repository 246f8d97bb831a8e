"""Pictures that stand among the words of a message: Slack is given each once, and shows it when it has looked at it."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import uploads
from bot.messages import Attachment, Message
from bot.ports import Busy, Refused

PATIENCE: Final = 120.0
"""Seconds that Slack may look at a new picture; one that it does not take by then is left out."""

MOST: Final = 100
"""Pictures whose ids are remembered. What is forgotten, as by a restart, is given anew when its message is edited."""

_UNSEEN: Final = "invalid slack file"
"""What Slack says of a message with a picture that it has not looked at yet, or that it will never take."""


@dataclass(frozen=True, slots=True)
class _Given:
    """A picture that Slack has been given, and when by the loop's own clock; `key` is empty for one that it refused."""

    key: str
    at: float


class Pictures:
    """Which pictures Slack has been given."""

    def __init__(self) -> None:
        self._given: dict[bytes, _Given] = {}

    async def held(self, client: AsyncWebClient, message: Message) -> Mapping[str, str]:
        """The ids of a message's pictures, by name; what Slack has not been given yet, it is given now."""
        for file in message.pictures:
            if _mark(file) not in self._given:
                self._given[_mark(file)] = _Given(await uploads.keep(client, file), _now())
        held = {file.name: self._given[_mark(file)].key for file in message.pictures}
        while len(self._given) > MOST:
            self._given.pop(next(iter(self._given)))
        return {name: key for name, key in held.items() if key}

    @contextmanager
    def awaited(self, message: Message) -> Iterator[None]:
        """Raises Busy where Slack refuses a message because of its pictures: it may take it in a moment, or without."""
        try:
            yield
        except Refused as no:
            if not message.pictures or _UNSEEN not in str(no):
                raise
            for file in message.pictures:
                given = self._given.get(_mark(file))
                if given is not None and _now() - given.at > PATIENCE:
                    self._given[_mark(file)] = _Given("", given.at)
            raise Busy(1.0, "Slack still looks at a picture.") from no


def _now() -> float:
    return asyncio.get_running_loop().time()


def _mark(file: Attachment) -> bytes:
    return sha256(file.alt.encode() + b"\0" + file.content).digest()
