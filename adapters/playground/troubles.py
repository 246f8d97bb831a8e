"""Troubles: faults of the bot's own house, held for as long as they are switched on and shown like the platforms'."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any, TypeAlias

from adapters.playground.board import Board
from adapters.playground.impossible import Impossible

Held: TypeAlias = Callable[[], AbstractAsyncContextManager[object]]
"""Entered, there is trouble; left, there is none: a transaction that holds the database's only lock, for example."""

SECONDS = 4.0
"""How long a trouble lasts unless it is told otherwise."""


class Troubles:
    """What can be held up in the bot: by name, a sentence for people and the thing to hold."""

    def __init__(self, board: Board, troubles: Mapping[str, tuple[str, Held]]) -> None:
        self._board = board
        self._troubles = troubles
        self._holding: dict[str, asyncio.Task[None]] = {}
        for name in troubles:
            self._show(name, on=False)

    async def act(self, name: str, given: Mapping[str, Any]) -> dict[str, Any]:
        """`fault` switches a trouble on, for so many `seconds`, or off; it returns once that is so."""
        match name, given:
            case "fault", {"name": str(trouble), **more} if trouble in self._troubles:
                await self._switch(trouble, more.get("on", True) is not False, _seconds(more.get("seconds", SECONDS)))
            case "fault", _:
                raise Impossible(f"The bot's troubles are {', '.join(self._troubles)}.")
            case _:
                raise Impossible(f"Nobody can {name} the bot.")
        return {}

    async def close(self) -> None:
        """End every trouble."""
        for name in list(self._holding):
            await self._switch(name, False, SECONDS)

    async def _switch(self, name: str, on: bool, seconds: float) -> None:
        if (before := self._holding.pop(name, None)) is not None:
            before.cancel()
            await asyncio.wait([before])
        if on:
            held = asyncio.Event()
            holding = self._holding[name] = asyncio.create_task(self._hold(name, seconds, held))
            waiting = asyncio.create_task(held.wait())
            await asyncio.wait([holding, waiting], return_when=asyncio.FIRST_COMPLETED)
            waiting.cancel()
            if not held.is_set():
                raise Impossible(f"That cannot be held just now: {holding.exception()}")

    async def _hold(self, name: str, seconds: float, held: asyncio.Event) -> None:
        _, hold = self._troubles[name]
        async with hold():
            self._show(name, on=True, seconds=seconds)
            held.set()
            try:
                await asyncio.sleep(seconds)
            finally:
                self._show(name, on=False)

    def _show(self, name: str, *, on: bool, seconds: float = SECONDS) -> None:
        title, _ = self._troubles[name]
        row = {"on": on, "title": title, "left": None, "takes": ["seconds"], "seconds": seconds}
        self._board.put(f"fault/bot/{name}", row)


def _seconds(given: Any) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float) or not 0 < given <= 3600:
        raise Impossible("Say for how many seconds, up to an hour.")
    return float(given)
