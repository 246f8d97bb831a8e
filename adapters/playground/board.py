"""The board: what the stand-ins show to people, as rows of JSON that the page draws and the tests read.

A stand-in writes a row whenever its state changes; the page holds the same rows and draws them. There is no second
copy of the truth in the page: it draws only the JSON that the stand-ins received or made.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeAlias

Row: TypeAlias = Mapping[str, Any]
Change: TypeAlias = tuple[str, Row | None]
"""A row's name (`slack/message/C1/1726594200.000100`) and its JSON; `None` when the row was taken down."""


class Board:
    """Rows of JSON by name, and whoever watches them. Names are paths; rows of a kind share a prefix."""

    def __init__(self) -> None:
        self._rows: dict[str, Row] = {}
        self._watchers: list[asyncio.Queue[Change]] = []

    def put(self, name: str, row: Row) -> None:
        """Show a row, or show it anew; watchers learn of it only if it differs."""
        if self._rows.get(name) == row:
            return
        self._rows[name] = row
        self._tell((name, row))

    def drop(self, name: str) -> None:
        """Take a row down; taking down what is not there is no error."""
        if self._rows.pop(name, None) is not None:
            self._tell((name, None))

    def get(self, name: str) -> Row | None:
        return self._rows.get(name)

    def rows(self, prefix: str = "") -> dict[str, Row]:
        """All rows whose name starts with `prefix`, in the order in which they were first shown."""
        return {name: row for name, row in self._rows.items() if name.startswith(prefix)}

    @contextmanager
    def watch(self) -> Iterator[AsyncIterator[Change]]:
        """Every row as it is now, then every change as it happens, until the `with` block ends."""
        queue: asyncio.Queue[Change] = asyncio.Queue()
        for change in self._rows.items():
            queue.put_nowait(change)
        self._watchers.append(queue)
        try:
            yield _drain(queue)
        finally:
            self._watchers.remove(queue)

    def _tell(self, change: Change) -> None:
        for queue in self._watchers:
            queue.put_nowait(change)


async def _drain(queue: asyncio.Queue[Change]) -> AsyncIterator[Change]:
    while True:
        yield await queue.get()
