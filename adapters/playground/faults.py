"""Faults: what can go wrong with a platform, switched on from a test or the page, so many times or until switched off.

Each platform names its own, and says what each can be told; how they are switched, counted and shown is the same.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from adapters.playground.board import Board

SECONDS = 5.0


@dataclass(slots=True)
class Fault:
    """One fault: how often it still happens (`None`: until switched off), and to what."""

    on: bool = False
    left: int | None = None
    call: str | None = None
    """A method or a route; every one when None."""
    channel: str | None = None
    user: str | None = None
    seconds: float = SECONDS
    status: int = 500


Effect: TypeAlias = Callable[[Fault], None]


class FaultBoard:
    """All faults of a platform by name; each is a row on the board."""

    def __init__(
        self,
        board: Board,
        platform: str,
        titles: Mapping[str, str],
        *,
        takes: Mapping[str, Collection[str]],
        at_once: Collection[str],
        call: str,
    ) -> None:
        """`takes` says what each can be told, `at_once` which only happen at the moment of switching.

        `call` is what the platform calls its calls: methods or routes.
        """
        self._board = board
        self._platform = platform
        self._titles = titles
        self._takes = takes
        self._at_once = at_once
        self._call = call
        self._faults = {name: Fault() for name in titles}
        self._effects: dict[str, Effect] = {}
        for name in titles:
            self._show(name)

    def cause(self, name: str, effect: Effect) -> None:
        """Have switching this fault change the world at once."""
        self._effects[name] = effect

    def set(self, name: str, fault: Fault) -> None:
        """Switch a fault on, for the next `left` times if a number is given, or off."""
        if name not in self._titles:
            raise KeyError(f"There is no fault {name}; there are {', '.join(self._titles)}.")
        before = self._faults[name]
        if not fault.on or "times" not in self._takes[name]:
            fault = replace(fault, left=None)
        if name in self._effects:
            if before.on:
                # What it befell before is put right, wherever this is to happen.
                self._faults[name] = Fault()
                self._show(name)
                self._effects[name](replace(before, on=False))
            if fault.on:
                self._effects[name](fault)
        self._faults[name] = replace(fault, on=fault.on and name not in self._at_once)
        self._show(name)

    def strikes(self, name: str, call: str | None = None) -> Fault | None:
        """The fault, if it happens now; this uses up one of its times."""
        fault = self._faults[name]
        if not fault.on or fault.call not in (None, call):
            return None
        if fault.left is not None:
            fault.left -= 1
            fault.on = fault.left > 0
            self._show(name)
        return fault

    def _show(self, name: str) -> None:
        fault, takes = self._faults[name], list(self._takes[name])
        row: dict[str, object] = {"on": fault.on, "title": self._titles[name], "left": None, "takes": takes}
        if fault.on:
            told = {
                self._call: fault.call,
                "channel": fault.channel,
                "user": fault.user,
                "seconds": fault.seconds if "seconds" in takes else None,
                "status": fault.status if "status" in takes else None,
            }
            row |= {"left": fault.left, **{key: value for key, value in told.items() if value is not None}}
        self._board.put(f"fault/{self._platform}/{name}", row)
