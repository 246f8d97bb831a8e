"""The gateway's sessions: which events happened, who listens, and what a reconnecting client has missed.

D events/gateway.mdx and topics/opcodes-and-status-codes.mdx. Sockets are in `sockets`; a session outlives its socket.
"""

import json
import secrets
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntFlag
from typing import Any

from adapters.playground.discord.refused import Json
from adapters.playground.time import Stopwatch

KEPT = 1000
"""Events that a session keeps for replay; who missed more must identify anew (the number is the stand-in's own)."""

RESUMABLE = 180.0
"""Seconds in which a session can be resumed: "a few minutes" (ibid., "Initiating a Disconnect"; the number is U)."""


class Intent(IntFlag):
    """Which events a client asks for (D events/gateway.mdx, "List of Intents")."""

    GUILDS = 1 << 0
    GUILD_MEMBERS = 1 << 1
    GUILD_PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    GUILD_MESSAGE_REACTIONS = 1 << 10
    GUILD_MESSAGE_TYPING = 1 << 11
    DIRECT_MESSAGES = 1 << 12
    DIRECT_MESSAGE_REACTIONS = 1 << 13
    MESSAGE_CONTENT = 1 << 15
    GUILD_SCHEDULED_EVENTS = 1 << 16


KNOWN = sum(1 << bit for bit in (*range(17), 20, 21, 24, 25))
PRIVILEGED = Intent.GUILD_MEMBERS | Intent.GUILD_PRESENCES | Intent.MESSAGE_CONTENT


@dataclass(slots=True)
class Session:
    """One identified client: what it asked for, and the newest events with their numbers."""

    key: str
    intents: int
    shard: tuple[int, int] = (0, 1)
    sent: int = 0
    kept: deque[tuple[int, str]] = field(default_factory=lambda: deque[tuple[int, str]](maxlen=KEPT))
    send: Callable[[str], None] | None = None
    """Hands a frame to the socket that this session now has; None while it has none."""
    left: float | None = None
    """When its socket went, by the stopwatch."""

    def dispatch(self, event: str, data: Any) -> None:
        """Number an event, keep it, and send it if somebody is there."""
        self.sent += 1
        frame = json.dumps({"op": 0, "t": event, "s": self.sent, "d": data})
        self.kept.append((self.sent, frame))
        if self.send is not None:
            self.send(frame)

    def missed(self, seen: int) -> list[str] | None:
        """What came after a number, in order; None when some of it is no longer kept."""
        missing = [frame for number, frame in self.kept if number > seen]
        return missing if len(missing) == self.sent - seen else None


class Gateway:
    """All sessions. Events go to each session that asked for them, connected or not."""

    def __init__(
        self, guild: str, visible: Callable[[str], bool], recorded: Callable[[str, Any], None], stopwatch: Stopwatch
    ) -> None:
        self._sessions: dict[str, Session] = {}
        self._guild = int(guild)
        self._visible = visible
        self.shards_needed = 1
        """How many shards Discord asks for; one server would never need a second, but a test may (4011)."""
        self._recorded = recorded
        self._stopwatch = stopwatch

    def begin(self, intents: int, shard: tuple[int, int]) -> Session:
        session = Session(secrets.token_hex(16), intents, shard)
        self._sessions[session.key] = session
        return session

    @property
    def sessions(self) -> dict[str, Session]:
        """Those that are connected, or that can still be resumed."""
        now = self._stopwatch()
        for key, session in list(self._sessions.items()):
            if session.left is not None and now - session.left > RESUMABLE:
                del self._sessions[key]
        return self._sessions

    def end(self, session: Session) -> None:
        self._sessions.pop(session.key, None)

    def leave(self, session: Session) -> None:
        """Its socket is gone; it collects events until it is resumed or too old."""
        session.send = None
        session.left = self._stopwatch()

    def home(self, shards: int, *, direct: bool) -> int:
        """The shard that gets an event: the server's own, or the first for direct messages (ibid., "Sharding")."""
        return 0 if direct else (self._guild >> 22) % shards

    @property
    def listened(self) -> bool:
        """Whether anybody is identified, connected or able to resume."""
        return bool(self.sessions)

    def tell(
        self,
        event: str,
        data: Json,
        intent: Intent | None,
        *,
        channel: str | None = None,
        without_content: Json | None = None,
        direct: bool = False,
    ) -> None:
        """Send an event to whoever asked for it; `without_content` is for those without the message content intent.

        Events of a channel that the bot cannot see do not reach it.
        """
        if channel is not None and not self._visible(channel):
            return
        asked = [one for one in self.sessions.values() if intent is None or one.intents & intent]
        listeners = [one for one in asked if one.shard[0] == self.home(one.shard[1], direct=direct)]
        for session in listeners:
            bare = without_content is not None and not session.intents & Intent.MESSAGE_CONTENT
            session.dispatch(event, without_content if bare else data)
        if listeners:
            self._recorded(event, data)
