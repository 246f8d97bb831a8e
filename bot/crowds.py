"""Crowds: presses that come all at once are answered together, in one transaction, in the order in which they came."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.calls import Call
from bot.commands import Crowd, Press
from bot.messages import Message
from bot.ports import Busy, Storage

log = logging.getLogger(__name__)

GROUP = 256
"""The most presses in one transaction; beyond it a group costs its first press more than it saves the last."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    press: Press[Any]
    reply: asyncio.Future[Message]


class Line:
    """The line before one crowd command: while a group is being answered, the next one gathers."""

    def __init__(self, storage: Storage, crowd: Crowd[..., Any], after: Callable[[], None]) -> None:
        self._storage = storage
        self._crowd = crowd
        self._after = after
        self._waiting: list[_Waiting] = []
        self._arrived = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()

    async def answer(self, call: Call, asked: Any) -> Message:
        """Wait in line, and return the answer once it is committed; raises what the press on its own would raise."""
        reply: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(Press(call, asked), reply))
        self._idle.clear()
        self._arrived.set()
        return await reply

    async def run(self) -> None:
        """Answer groups until cancelled."""
        while True:
            await self._arrived.wait()
            while self._waiting:
                group, self._waiting = self._waiting[:GROUP], self._waiting[GROUP:]
                await self._answer(group)
            self._arrived.clear()
            self._idle.set()

    async def drained(self) -> None:
        """Wait until nobody is in line."""
        await self._idle.wait()

    async def _answer(self, group: Sequence[_Waiting]) -> None:
        try:
            replies = await self._together([waiting.press for waiting in group])
        except Busy as busy:
            for waiting in group:
                _fail(waiting, busy)
        except Exception as error:  # noqa: BLE001 - Whatever one press did, the others must still be answered.
            if len(group) == 1:
                _fail(group[0], error)
                return
            log.warning("A group of %d calls of “%s” failed; redoing them one by one.", len(group), self._crowd.name)
            for waiting in group:
                await self._answer([waiting])
        else:
            self._after()
            for waiting, reply in zip(group, replies, strict=True):
                if not waiting.reply.done():
                    waiting.reply.set_result(reply)

    async def _together(self, presses: Sequence[Press[Any]]) -> list[Message]:
        async with self._storage.writing() as tx:
            state = await self._crowd.load(tx, presses)
            outcomes = self._crowd.decide(state, presses)
            await self._crowd.keep(tx, state, outcomes)
        return [outcome.reply for outcome in outcomes]


def _fail(waiting: _Waiting, error: Exception) -> None:
    if not waiting.reply.done():
        waiting.reply.set_exception(error)
