"""Hands: what a person does on one platform, through the stand-in's own door, and what they see come of it."""

import asyncio
from collections.abc import Callable
from typing import Protocol, TypeVar

from adapters.playground.board import Board
from tests.scenarios.seen import Json, Seen

T = TypeVar("T")
PATIENCE = 10.0


async def until(board: Board, see: Callable[[], T | None], wanted: str) -> T:
    """Watch the board until something is to be seen on it."""
    try:
        async with asyncio.timeout(PATIENCE):
            with board.watch() as changes:
                while (seen := see()) is None:
                    await anext(changes)
                return seen
    except TimeoutError:
        raise AssertionError(f"{wanted} was not seen within {PATIENCE:.0f} seconds.") from None


class Hands(Protocol):
    """One platform, as people use it. People and channels go by their names."""

    platform: str

    async def slash(self, who: str, command: str, channel: str = "london", **given: str) -> Seen:
        """Type a command, and see what comes of it: a message that only they see, or a form."""
        ...

    async def fill(self, who: str, **answers: str) -> Seen:
        """Answer the questions of the open form, page by page, and send it in."""
        ...

    async def again(self, who: str) -> Seen:
        """The form that was sent back, open again as it was typed."""
        ...

    async def press(self, who: str, label: str, *, on: str = "") -> Seen:
        """Press a button or pick an option: where `on` names, else in what they see alone.

        That is a channel, "thread" for any thread, or "direct".
        """
        ...

    async def push(self, who: str, label: str, *, on: str = "") -> Json:
        """Press a button and learn from the platform whether the bot took it, whatever else comes of it."""
        ...

    async def pick(self, who: str, *labels: str) -> Seen:
        """Pick several options of a menu in a private message at once; returns what they see then."""
        ...

    async def dismiss(self, who: str) -> None:
        """Put away what was seen last."""
        ...

    async def forge(self, who: str, code: str) -> Seen:
        """Press a button that holds this code: one of an old message of the bot's, or one that was tampered with."""
        ...

    async def say(self, who: str, text: str, channel: str = "london") -> None:
        """Write something into the thread of the last card in a channel that has one."""
        ...

    async def choose(self, who: str, label: str, text: str) -> Seen:
        """Choose a shortcut at the message that begins like this, and see what comes of it."""
        ...

    def channel(self, name: str) -> list[Seen]:
        """The messages of a channel, oldest first, threads aside."""
        ...

    def thread(self, name: str) -> list[Seen]:
        """What stands in the threads of a channel's messages."""
        ...

    def direct(self, who: str) -> list[Seen]:
        """The bot's direct messages to somebody."""
        ...

    def mentioned(self, seen: Seen) -> list[str]:
        """The names of those whom a message pinged."""
        ...

    async def files(self, who: str, number: int) -> dict[str, bytes]:
        """The files that the bot gave to somebody alone, by name, once there are so many."""
        ...


def offers(seen: Seen, label: str) -> bool:
    """Whether a message has a button or an option of this label."""
    return label in seen.buttons or label in seen.options
