"""Faults: what can go wrong with Discord, switched on from a test or the page, so many times or until switched off."""

import re

from adapters.playground.board import Board
from adapters.playground.faults import SECONDS, Fault, FaultBoard

FAULTS: dict[str, str] = {
    "ratelimited": "Calls are answered 429 with Retry-After",
    "error_before": "Calls are answered 5xx and not carried out",
    "error_after": "Calls are carried out and then answered 5xx",
    "slow_answers": "Calls are answered late",
    "cut_off": "Calls are carried out, then the connection is cut before the answer",
    "sockets_dropped": "The gateway's sockets are cut now",
    "refused_connect": "The gateway refuses to connect",
    "resume_dead": "The gateway's resume URL is dead",
    "doubled": "Interactions come twice",
    "closed_direct_messages": "A person takes no direct messages",
    "channel_deleted": "A channel is deleted",
    "bot_removed": "The bot no longer sees a channel",
    "kicked": "The bot is kicked from the server",
}
AT_ONCE = ("sockets_dropped", "channel_deleted")
"""Faults that happen once, at the moment of switching."""
CALLS = frozenset({"ratelimited", "error_before", "error_after", "slow_answers", "cut_off"})
"""Faults that can be kept to the calls of one route."""
MORE: dict[str, list[str]] = {
    # What else a fault can be told, for whoever switches it.
    "ratelimited": ["seconds"],
    "slow_answers": ["seconds"],
    "error_before": ["status"],
    "error_after": ["status"],
    "closed_direct_messages": ["user"],
    "channel_deleted": ["channel"],
    "bot_removed": ["channel"],
}
COUNTED = CALLS | {"refused_connect", "resume_dead", "doubled"}
"""Faults that end by themselves after so many times; the others last, or happen once."""
TAKES = {
    name: [*(["times"] if name in COUNTED else []), *(["call"] if name in CALLS else []), *MORE.get(name, [])]
    for name in FAULTS
}


class Faults(FaultBoard):
    """All faults of Discord by name; a route is `POST /channels/{channel}/messages`, or with `{}` as on the wire."""

    def __init__(self, board: Board) -> None:
        super().__init__(board, "discord", FAULTS, takes=TAKES, at_once=AT_ONCE, call="route")

    def switch(
        self,
        name: str,
        on: bool = True,
        *,
        left: int | None = None,
        route: str | None = None,
        channel: str | None = None,
        user: str | None = None,
        seconds: float = SECONDS,
        status: int = 500,
    ) -> None:
        """Switch a fault on, for the next `left` times if a number is given, or off."""
        if status not in (500, 502, 503, 504):
            raise ValueError("A fault answers 500, 502, 503 or 504.")
        self.set(name, Fault(on, left, None if route is None else plain(route), channel, user, seconds, status))

    def strikes(self, name: str, call: str | None = None) -> Fault | None:
        """The fault, if it happens now; this uses up one of its times."""
        return super().strikes(name, None if call is None else plain(call))


def plain(route: str) -> str:
    """A route without the names of its parameters, as the wire shows it: `POST /channels/{}/messages`."""
    return re.sub(r"{[^}]*}", "{}", route)
