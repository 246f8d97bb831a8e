"""Rate limits: buckets for each route, one for everything, and the ban for those who do not listen.

D topics/rate-limits.mdx. The documentation gives no numbers for routes ("should not be hard coded"): those below are
what bots see in their headers (U), and a test may hand in others.
"""

import hashlib
import math
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from adapters.playground.discord.refused import TooMany
from adapters.playground.time import Clock, Stopwatch

Rate: TypeAlias = tuple[int, float]
"""So many requests in so many seconds."""

RATES: Mapping[str, Rate] = {
    "POST /channels/{channel}/messages": (5, 5.0),
    "PATCH /channels/{channel}/messages/{message}": (5, 5.0),
    "DELETE /channels/{channel}/messages/{message}": (5, 1.0),
    "GET /channels/{channel}/messages": (5, 5.0),
    "POST /channels/{channel}/messages/{message}/threads": (50, 300.0),
    "POST /channels/{channel}/threads": (50, 300.0),
    "PUT /channels/{channel}/messages/{message}/reactions/{emoji}/@me": (1, 0.25),
    "DELETE /channels/{channel}/messages/{message}/reactions/{emoji}/@me": (1, 0.25),
    "DELETE /channels/{channel}/messages/{message}/reactions/{emoji}/{user}": (1, 0.25),
    "POST /users/@me/channels": (10, 10.0),
    "POST /webhooks/{application}/{token}": (5, 2.0),
    "PATCH /webhooks/{application}/{token}/messages/{message}": (5, 2.0),
    "PUT /applications/{application}/commands": (2, 20.0),
    "PUT /applications/{application}/guilds/{guild}/commands": (2, 20.0),
}
OTHERWISE: Rate = (50, 10.0)
GLOBAL: Rate = (50, 1.0)
OLD_EDITS: Rate = (3, 6.0)
"""Edits of messages over an hour old, in a channel (U: only error 30046 is documented, not its number)."""
INVALID: Rate = (10_000, 600.0)
"""Requests answered with 401, 403 or 429 before the address is banned (ibid., "Invalid Request Limit")."""


@dataclass(slots=True)
class Bucket:
    """A window that opens with its first request and closes after so many seconds."""

    rate: Rate
    name: str
    opened: float = -math.inf
    used: int = 0

    def take(self, now: float) -> float | None:
        """Count a request; the seconds to wait if there is no room."""
        limit, seconds = self.rate
        if now - self.opened >= seconds:
            self.opened, self.used = now, 0
        if self.used >= limit:
            return self.opened + seconds - now
        self.used += 1
        return None

    def headers(self, now: float, wall: float) -> dict[str, str]:
        """Which limit this was, and when it resets (ibid., "Header Format")."""
        after = max(0.0, self.opened + self.rate[1] - now)
        return {
            "X-RateLimit-Limit": str(self.rate[0]),
            "X-RateLimit-Remaining": str(self.rate[0] - self.used),
            "X-RateLimit-Reset": f"{wall + after:.3f}",
            "X-RateLimit-Reset-After": f"{after:.3f}",
            "X-RateLimit-Bucket": self.name,
        }


@dataclass
class RateLimits:
    """All buckets of the one bot."""

    clock: Clock
    stopwatch: Stopwatch
    rates: Mapping[str, Rate] = field(default_factory=lambda: dict(RATES))
    overall: Rate = GLOBAL
    old_edits: Rate = OLD_EDITS
    invalid: Rate = INVALID
    enforced: bool = True
    _buckets: dict[tuple[str, str], Bucket] = field(default_factory=dict[tuple[str, str], Bucket])
    _overall: Bucket | None = None
    _old: dict[str, deque[float]] = field(default_factory=dict[str, deque[float]])
    _invalid: deque[float] = field(default_factory=deque[float])

    def take(self, route: str, major: str, *, bound_globally: bool) -> dict[str, str]:
        """Count one request and return the headers for its answer; raises `TooMany` when it is one too many.

        `major` is the channel, server or webhook in the path: each has windows of its own (ibid.).
        """
        now = self.stopwatch()
        bucket = self._buckets.get((route, major))
        if bucket is None:
            name = hashlib.blake2b(route.encode(), digest_size=8).hexdigest()
            bucket = self._buckets[route, major] = Bucket(self.rates.get(route, OTHERWISE), name)
        if bound_globally and self.enforced:
            self._overall = self._overall or Bucket(self.overall, "global")
            wait = self._overall.take(now)
            if wait is not None:
                raise TooMany(wait, scope="global")
        wait = bucket.take(now)
        headers = bucket.headers(now, self.clock.now().timestamp())
        if wait is not None and self.enforced:
            raise Exhausted(wait, headers)
        return headers

    def old_edit(self, channel: str) -> None:
        """Count the edit of a message that is over an hour old: 429 with 30046 when there were too many."""
        limit, seconds = self.old_edits
        now = self.stopwatch()
        recent = self._old.setdefault(channel, deque())
        while recent and now - recent[0] >= seconds:
            recent.popleft()
        if len(recent) >= limit and self.enforced:
            words = "Maximum number of edits to messages older than 1 hour reached. Try again later."
            raise TooMany(recent[0] + seconds - now, scope="shared", code=30046, words=words)
        recent.append(now)

    def count_invalid(self, status: int, scope: str | None) -> None:
        """Remember a refusal that counts against the address; a shared 429 does not (ibid.)."""
        if status in (401, 403) or (status == 429 and scope != "shared"):
            self._invalid.append(self.stopwatch())

    @property
    def invalid_requests(self) -> int:
        """How many such refusals there were in the last ten minutes."""
        now = self.stopwatch()
        while self._invalid and now - self._invalid[0] >= self.invalid[1]:
            self._invalid.popleft()
        return len(self._invalid)

    @property
    def banned(self) -> bool:
        """Whether Cloudflare would answer in Discord's place."""
        return self.invalid_requests >= self.invalid[0]


class Exhausted(TooMany):
    """A route's own bucket is empty; its headers go with the 429."""

    def __init__(self, after: float, headers: dict[str, str]) -> None:
        super().__init__(after)
        self.headers = headers
