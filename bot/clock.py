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


class Shift:
    """How one of the staff waits for work: until something is due, until called, or until the clock is moved."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._called = asyncio.Event()
        self._idle = asyncio.Event()
        self._due: datetime | None = None
        self.over = False

    def call(self) -> None:
        """There may be work."""
        self._idle.clear()
        self._called.set()

    def end(self) -> None:
        """Finish what is under way, then go."""
        self.over = True
        self.call()

    def begin(self) -> None:
        """Look for work; whoever calls from now on calls for another look."""
        self._called.clear()

    async def rest(self, due: datetime | None, *, called: bool = False) -> None:
        """Nothing to do until then, as far as can be seen; `called` when somebody else has been told to call then."""
        self._due = due
        if not self._called.is_set():
            self._idle.set()
        await self._clock.until(None if called else due, self._called)
        self._idle.clear()

    async def idle(self) -> datetime | None:
        """Wait until there is nothing to do, and return when there will be."""
        await self._idle.wait()
        return self._due
