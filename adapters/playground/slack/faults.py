"""Faults: what can go wrong with Slack, switched on from a test or the page, so many times or until switched off."""

from adapters.playground.board import Board
from adapters.playground.faults import SECONDS, Fault, FaultBoard

FAULTS: dict[str, str] = {
    "ratelimited": "Calls are answered 429 with Retry-After",
    "error_before": "Calls are answered 500 and not carried out",
    "error_after": "Calls are carried out and then answered 500",
    "slow_answers": "Calls are answered late",
    "cut_off": "Calls are carried out, then the connection is cut before the answer",
    "sockets_dropped": "The app's sockets are cut now",
    "refused_open": "A new socket URL is not given out",
    "refused_socket": "A fresh socket URL is refused",
    "redelivered": "Events come again although they were acknowledged",
    "doubled": "Envelopes come twice",
    "closed_direct_messages": "The app's messages tab is closed: direct messages are refused",
    "token_revoked": "The bot's token is revoked",
    "channel_deleted": "A channel is deleted",
    "channel_archived": "A channel is archived",
    "bot_removed": "The bot is removed from a channel",
}

CALLS = frozenset({"ratelimited", "error_before", "error_after", "slow_answers", "cut_off"})
"""Faults that can be kept to the calls of one method."""
TIMED = frozenset({"ratelimited", "slow_answers"})
AT_ONCE = frozenset({"sockets_dropped"})
"""Faults that happen once, at the moment of switching."""
IN_A_CHANNEL = frozenset({"channel_deleted", "channel_archived", "bot_removed"})
"""Faults that need to be told which channel, and last until they are switched off."""
TAKES: dict[str, list[str]] = {
    # What a fault can be told, for whoever switches it.
    name: ["channel"]
    if name in IN_A_CHANNEL
    else []
    if name in AT_ONCE
    else ["times", *(["call"] if name in CALLS else []), *(["seconds"] if name in TIMED else [])]
    for name in FAULTS
}


class Faults(FaultBoard):
    """All faults of Slack by name."""

    def __init__(self, board: Board) -> None:
        super().__init__(board, "slack", FAULTS, takes=TAKES, at_once=AT_ONCE, call="method")

    def switch(
        self,
        name: str,
        on: bool = True,
        *,
        left: int | None = None,
        method: str | None = None,
        channel: str | None = None,
        seconds: float = SECONDS,
    ) -> None:
        """Switch a fault on, for the next `left` times if a number is given, or off."""
        self.set(name, Fault(on, left, method, channel, seconds=seconds))
