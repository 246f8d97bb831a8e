"""Time as the stand-ins see it: a wall clock that is handed in, and a stopwatch for the platforms' deadlines."""

from collections.abc import Callable
from datetime import UTC, datetime
from time import monotonic
from typing import Protocol, TypeAlias

Stopwatch: TypeAlias = Callable[[], float]
"""Seconds that have really passed, for deadlines such as "answer within three seconds"; tests hand in their own."""


class Clock(Protocol):
    """The wall clock that dates messages; the composition root hands the same one to the bot."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


class WallClock:
    """The machine's own clock, for stand-ins that run alone."""

    def now(self) -> datetime:
        return datetime.now(UTC)


stopwatch: Stopwatch = monotonic
