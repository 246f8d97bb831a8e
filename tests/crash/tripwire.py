"""A tripwire: a board that does something at the very moment at which a row is shown, before anything else happens."""

from collections.abc import Callable

from adapters.playground.board import Board, Row

Trips = Callable[[str, Row], bool]


class Tripwire(Board):
    """A board on which a row can set something off: the stand-in that shows it has not answered yet."""

    def __init__(self) -> None:
        super().__init__()
        self._wires: list[tuple[Trips, Callable[[], None]]] = []

    def span(self, trips: Trips, then: Callable[[], None]) -> None:
        """Do `then`, once, when a row is shown that trips the wire."""
        self._wires.append((trips, then))

    def put(self, name: str, row: Row) -> None:
        fresh = self.get(name) != row
        super().put(name, row)
        for wire in [wire for wire in self._wires if fresh and wire[0](name, row)]:
            self._wires.remove(wire)
            wire[1]()
