"""The timekeeper: rings what is due. Time is a table; APScheduler is only the spring that wakes the sweep."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Protocol

from apscheduler.schedulers.asyncio import AsyncIOScheduler  # pyright: ignore[reportMissingTypeStubs]

from bot.clock import Clock, Shift
from bot.domain.reminders import Reminder
from bot.ports import Busy, Storage, Transaction

log = logging.getLogger(__name__)

SWEEP = 30
"""Seconds between two sweeps when nothing is known to be due: another process may have planned something."""

BATCH = 200

TIDIED = timedelta(hours=1)
"""How often what has been on record long enough is forgotten."""

Tidy = Callable[[Transaction, datetime], Awaitable[None]]
Ring = Callable[[Transaction, Sequence[Reminder], datetime], Awaitable[None]]


class Bell(Protocol):
    """Rings for what remembers by itself when it is due, such as a poll that is still open."""

    async def ring(self, tx: Transaction, now: datetime, most: int) -> int:
        """Do what is due by `now`, once, `most` at a time; how many there were."""
        ...

    async def next(self, tx: Transaction) -> datetime | None:
        """When the next one is due."""
        ...


class Timekeeper:
    """Rings what is due, once, however late; what that means is for `ring` to say."""

    def __init__(
        self,
        storage: Storage,
        ring: Ring,
        after: Callable[[], None],
        clock: Clock,
        bells: Sequence[Bell] = (),
        tidy: Tidy | None = None,
    ) -> None:
        """`after` is called after every sweep that rang something; `tidy` every hour."""
        self._storage = storage
        self._ring = ring
        self._after = after
        self._clock = clock
        self._bells = bells
        self._tidy = tidy
        self._tidied: datetime | None = None
        self.shift = Shift(clock)

    async def tick(self, now: datetime) -> int:
        """Ring what is due by `now`, in one transaction with all that follows from it; how much there was."""
        try:
            async with self._storage.writing() as tx:
                due = await tx.reminders.due(now, BATCH)
                if due:
                    await self._ring(tx, due, now)
                    await tx.reminders.rang(due, now)
            rung = len(due)
        except Busy:
            raise
        except Exception:  # one that cannot be rung must not silence all the others
            log.exception("Reminders that are due together could not be rung; ringing them one by one")
            rung = await self._apart(now)
        rung += sum([await self._rung(bell, now) for bell in self._bells])
        if rung:
            self._after()
        return rung

    async def _rung(self, bell: Bell, now: datetime) -> int:
        """Ring a bell; what it cannot ring is logged, and stays due."""
        try:
            async with self._storage.writing() as tx:
                return await bell.ring(tx, now, BATCH)
        except Busy:
            raise
        except Exception:  # one that cannot be rung must not silence all the others
            log.exception("%s cannot be rung; what is due stays due", type(bell).__name__)
            return 0

    async def _apart(self, now: datetime) -> int:
        """Ring what is due one by one; what cannot be rung is logged, and stays due."""
        rung, failed = 0, set[Reminder]()
        while True:
            ringing: list[Reminder] = []
            try:
                async with self._storage.writing() as tx:
                    ringing = [each for each in await tx.reminders.due(now, BATCH) if each not in failed][:1]
                    if not ringing:
                        return rung
                    await self._ring(tx, ringing, now)
                    await tx.reminders.rang(ringing, now)
                rung += 1
            except Busy:
                raise
            except Exception:
                if not ringing:
                    raise
                log.exception("A reminder cannot be rung and stays due: %s", ringing[0])
                failed.update(ringing)

    async def next(self) -> datetime | None:
        """When the next reminder rings."""
        async with self._storage.reading() as tx:
            dues = [await tx.reminders.next(), *[await bell.next(tx) for bell in self._bells]]
        return min((due for due in dues if due is not None), default=None)

    async def tidy(self, now: datetime) -> None:
        """Forget what has been on record long enough, unless that was done within the hour."""
        if self._tidy is None or (self._tidied is not None and now - self._tidied < TIDIED):
            return
        async with self._storage.writing() as tx:
            await self._tidy(tx, now)
        self._tidied = now

    async def run(self) -> None:
        """Sweep whenever the spring, a plan or a jump of the clock says so, until the shift is over."""
        spring = AsyncIOScheduler(timezone=UTC)
        spring.add_job(self.shift.call, "interval", seconds=SWEEP, misfire_grace_time=None)  # pyright: ignore[reportUnknownMemberType]
        spring.start()
        try:
            while not self.shift.over:
                self.shift.begin()
                due = await self._sweep()
                self._wind(spring, due)
                await self.shift.rest(due, called=True)
        finally:
            spring.shutdown(wait=False)

    async def _sweep(self) -> datetime | None:
        try:
            while await self.tick(self._clock.now()):
                pass
            await self.tidy(self._clock.now())
            due = await self.next()
            # What is due and yet was not rung cannot be rung: it is tried again with the next sweep, not at once.
            stuck = due is not None and due <= self._clock.now()
            return self._clock.now() + timedelta(seconds=SWEEP) if stuck else due
        except Busy as busy:
            log.warning("The database is out of reach, so reminders wait: %s", busy)
            return self._clock.now() + timedelta(seconds=busy.after)
        except Exception:
            # A fault in one feature must not close the desk for everybody.
            log.exception("Reminders could not be rung; they stay due")
            return self._clock.now() + timedelta(seconds=SWEEP)

    def _wind(self, spring: AsyncIOScheduler, due: datetime | None) -> None:
        """Have the spring go off when the next reminder is due by the bot's own clock."""
        if due is not None:
            real = datetime.now(UTC) + max(timedelta(0), due - self._clock.now())
            spring.add_job(  # pyright: ignore[reportUnknownMemberType]
                self.shift.call, "date", run_date=real, id="next", replace_existing=True, misfire_grace_time=None
            )
