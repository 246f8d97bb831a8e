"""Deadlines by the stopwatch: waits that end when enough seconds have really passed, or a test says that they have."""

import asyncio
import heapq
from typing import Any

from adapters.playground.time import Stopwatch

GLANCE = 0.02
"""How often the stopwatch is read while somebody waits: one task for all, so that a crowd costs no more than one."""


class Deadlines:
    """Everybody who waits for something with a time limit."""

    def __init__(self, stopwatch: Stopwatch) -> None:
        self.stopwatch = stopwatch
        self._waiting: list[tuple[float, int, asyncio.Future[None]]] = []
        self._count = 0
        self._reader: asyncio.Task[None] | None = None

    async def met(self, wanted: asyncio.Future[Any], seconds: float) -> bool:
        """Wait until `wanted` is done or its time is up; true if it was in time."""
        limit = self._limit(seconds)
        try:
            await asyncio.wait({wanted, limit}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            limit.cancel()
        return wanted.done()

    async def passed(self, seconds: float) -> None:
        """Wait until this many seconds have passed."""
        await self._limit(seconds)

    async def close(self) -> None:
        """Stop reading the stopwatch; nobody who still waits is woken."""
        if self._reader is not None:
            self._reader.cancel()
            await asyncio.gather(self._reader, return_exceptions=True)

    def _limit(self, seconds: float) -> asyncio.Future[None]:
        limit: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._count += 1
        heapq.heappush(self._waiting, (self.stopwatch() + seconds, self._count, limit))
        if self._reader is None or self._reader.done():
            self._reader = asyncio.create_task(self._read())
        return limit

    async def _read(self) -> None:
        while self._waiting:
            while self._waiting and (self._waiting[0][2].done() or self._waiting[0][0] <= self.stopwatch()):
                limit = heapq.heappop(self._waiting)[2]
                if not limit.done():
                    limit.set_result(None)
            await asyncio.sleep(GLANCE)
