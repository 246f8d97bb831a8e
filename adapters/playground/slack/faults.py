"""Faults: what can go wrong with Slack, switched on from a test or the page, so many times or until switched off."""

from collections.abc import Callable
from dataclasses import dataclass

from adapters.playground.board import Board

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


@dataclass(slots=True)
class Fault:
    """One fault: how often it still happens (`None`: until switched off), to which method or channel."""

    on: bool = False
    left: int | None = None
    method: str | None = None
    channel: str | None = None
    seconds: float = 5.0


class Faults:
    """All faults by name; each is a row on the board."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._faults = {name: Fault() for name in FAULTS}
        self._effects: dict[str, Callable[[bool, str | None], None]] = {}
        for name in FAULTS:
            self._show(name)

    def cause(self, name: str, effect: Callable[[bool, str | None], None]) -> None:
        """Have switching this fault change the world at once; the effect gets on or off, and the channel."""
        self._effects[name] = effect

    def switch(
        self,
        name: str,
        on: bool = True,
        *,
        left: int | None = None,
        method: str | None = None,
        channel: str | None = None,
        seconds: float = 5.0,
    ) -> None:
        """Switch a fault on, for the next `left` times if a number is given, or off."""
        if name not in FAULTS:
            raise KeyError(f"There is no fault {name}; there are {', '.join(FAULTS)}.")
        before = self._faults[name]
        if name in self._effects:
            if before.on:
                # What it befell before is put right, wherever this is to happen.
                self._faults[name] = Fault()
                self._show(name)
                self._effects[name](False, before.channel)
            if on:
                self._effects[name](True, channel)
        lasting = on and name not in AT_ONCE
        self._faults[name] = Fault(lasting, left if "times" in TAKES[name] else None, method, channel, seconds)
        self._show(name)

    def strikes(self, name: str, method: str | None = None) -> Fault | None:
        """The fault, if it happens now; this uses up one of its times."""
        fault = self._faults[name]
        if not fault.on or (fault.method is not None and fault.method != method):
            return None
        if fault.left is not None:
            fault.left -= 1
            fault.on = fault.left > 0
            self._show(name)
        return fault

    def _show(self, name: str) -> None:
        fault = self._faults[name]
        row: dict[str, object] = {"on": fault.on, "title": FAULTS[name], "left": fault.left if fault.on else None}
        row["takes"] = TAKES[name]
        if fault.on:
            told = {
                "method": fault.method,
                "channel": fault.channel,
                "seconds": fault.seconds if name in TIMED else None,
            }
            row |= {key: value for key, value in told.items() if value is not None}
        self._board.put(f"fault/slack/{name}", row)
