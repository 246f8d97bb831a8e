"""Snowflakes: ids that carry their moment and never go back (D reference.mdx, "Snowflakes")."""

from datetime import UTC, datetime, timedelta

from adapters.playground.time import Clock

EPOCH = datetime(2015, 1, 1, tzinfo=UTC)


class Snowflakes:
    """Mints ids from the wall clock; when the clock stands still or goes back they still increase."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def next(self) -> str:
        passed = (self._clock.now() - EPOCH) // timedelta(milliseconds=1)
        self._last = max(self._last + 1, passed << 22)
        return str(self._last)


def moment(key: str) -> datetime:
    """When an id was minted."""
    return EPOCH + timedelta(milliseconds=int(key) >> 22)


def iso(at: datetime) -> str:
    """A timestamp as Discord writes it: ISO 8601 with microseconds and an offset."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
