"""The clock: one idea of the present for the whole staff, which a rehearsal may set ahead."""

import asyncio
from datetime import UTC, datetime, timedelta


class Clock:
    """The machine's clock, running at its usual pace from wherever it was last set."""

    def __init__(self, start: datetime | None = None) -> None:
        self._ahead = timedelta(0) if start is None else start - datetime.now(UTC)
        self._moved = asyncio.Event()

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return datetime.now(UTC) + self._ahead

    def move(self, to: datetime) -> None:
        """Jump ahead to a moment and run on from there; raises ValueError for a jump back."""
        if to < self.now():
            raise ValueError("The clock can only be moved forward.")
        self._ahead = to - datetime.now(UTC)
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()

    async def until(self, moment: datetime | None, wake: asyncio.Event) -> None:
        """Wait until `moment` has come (None: for ever), the clock was moved, or `wake` is set."""
        timeout = None if moment is None else max(0.0, (moment - self.now()).total_seconds())
        waits = [asyncio.ensure_future(self._moved.wait()), asyncio.ensure_future(wake.wait())]
        try:
            await asyncio.wait(waits, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
