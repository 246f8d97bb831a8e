"""Pace: how many calls a minute Slack carries out before it answers 429 (docs: Rate limits)."""

import math

from adapters.playground.slack.methods import Method
from adapters.playground.time import Clock, Stopwatch

POSTS_A_SECOND = 1.0
POST_BURST = 5
"""Docs, "Rate limits": one message per second per channel, "short bursts" allowed; how short is not said."""


class Bucket:
    """So many calls at once, refilled steadily."""

    def __init__(self, size: float, a_second: float, now: float) -> None:
        self.size, self.a_second = size, a_second
        self.left, self.at = size, now

    def wait(self, now: float) -> float:
        """Take one call; 0 if there was one to take, otherwise the seconds until there is."""
        self.left = min(self.size, self.left + (now - self.at) * self.a_second)
        self.at = now
        if self.left >= 1:
            self.left -= 1
            return 0
        return (1 - self.left) / self.a_second


class Pace:
    """The buckets of one workspace and app: one per method, and one per channel for new messages."""

    def __init__(self, stopwatch: Stopwatch, clock: Clock, on: bool) -> None:
        self._stopwatch = stopwatch
        self._clock = clock
        self.on = on
        self._passed = 0.0
        self._seen = (stopwatch(), clock.now().timestamp())
        self._buckets: dict[tuple[str, ...], Bucket] = {}

    def retry_after(self, method: Method) -> int | None:
        """Whole seconds to wait before this method may be called again; `None` if it may be called now."""
        return self._take((method.name,), method.per_minute, method.per_minute / 60)

    def retry_post_after(self, channel: str) -> int | None:
        """The same for a new message in this channel."""
        return self._take(("post", channel), POST_BURST, POSTS_A_SECOND)

    def _take(self, key: tuple[str, ...], size: float, a_second: float) -> int | None:
        if not self.on:
            return None
        now = self._now()
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = self._buckets[key] = Bucket(size, a_second, now)
        wait = bucket.wait(now)
        return None if wait == 0 else max(1, math.ceil(wait))

    def _now(self) -> float:
        """Seconds that have passed by the stopwatch or by the clock, whichever went further: a jump refills buckets."""
        watch, clock = self._stopwatch(), self._clock.now().timestamp()
        self._passed += max(watch - self._seen[0], clock - self._seen[1], 0.0)
        self._seen = (watch, clock)
        return self._passed
