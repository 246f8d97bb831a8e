"""Faults: what can go wrong with Discord, switched on from a test or the page, so many times or until switched off."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from adapters.playground.board import Board

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


@dataclass(slots=True)
class Fault:
    """One fault: how often it still happens (`None`: until switched off), and to what."""

    on: bool = False
    left: int | None = None
    route: str | None = None
    """`POST /channels/{channel}/messages`; every route when None."""
    channel: str | None = None
    user: str | None = None
    seconds: float = 5.0
    status: int = 500


class Faults:
    """All faults by name; each is a row on the board."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._faults = {name: Fault() for name in FAULTS}
        self._effects: dict[str, Callable[[Fault], None]] = {}
        for name in FAULTS:
            self._show(name)

    def cause(self, name: str, effect: Callable[[Fault], None]) -> None:
        """Have switching this fault change the world at once."""
        self._effects[name] = effect

    def switch(
        self,
        name: str,
        on: bool = True,
        *,
        left: int | None = None,
        route: str | None = None,
        channel: str | None = None,
        user: str | None = None,
        seconds: float = 5.0,
        status: int = 500,
    ) -> None:
        """Switch a fault on, for the next `left` times if a number is given, or off."""
        if name not in FAULTS:
            raise KeyError(f"There is no fault {name}; there are {', '.join(FAULTS)}.")
        if status not in (500, 502, 503, 504):
            raise ValueError("A fault answers 500, 502, 503 or 504.")
        before = self._faults[name]
        counted = left if on and name in COUNTED else None
        fault = Fault(on, counted, None if route is None else plain(route), channel, user, seconds, status)
        if name in self._effects:
            if before.on:
                # What it befell before is put right, wherever this is to happen.
                self._faults[name] = Fault()
                self._show(name)
                self._effects[name](replace(before, on=False))
            if on:
                self._effects[name](fault)
        if name in AT_ONCE:
            fault.on = False
        self._faults[name] = fault
        self._show(name)

    def strikes(self, name: str, route: str | None = None) -> Fault | None:
        """The fault, if it happens now; this uses up one of its times."""
        fault = self._faults[name]
        if not fault.on or (fault.route is not None and fault.route != plain(route or "")):
            return None
        if fault.left is not None:
            fault.left -= 1
            fault.on = fault.left > 0
            self._show(name)
        return fault

    def _show(self, name: str) -> None:
        fault = self._faults[name]
        row = {"on": fault.on, "title": FAULTS[name], "left": fault.left, "takes": TAKES[name]}
        if fault.on:
            told = {
                "route": fault.route,
                "channel": fault.channel,
                "user": fault.user,
                "seconds": fault.seconds if "seconds" in TAKES[name] else None,
                "status": fault.status if "status" in TAKES[name] else None,
            }
            row |= {key: value for key, value in told.items() if value is not None}
        self._board.put(f"fault/discord/{name}", row)


def plain(route: str) -> str:
    """A route without the names of its parameters, as the wire shows it: `POST /channels/{}/messages`."""
    return re.sub(r"{[^}]*}", "{}", route)
