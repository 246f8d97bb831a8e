"""The wire: the newest requests and events between the bot and the stand-ins, as rows on the board, without tokens."""

from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias

from adapters.playground.board import Board
from adapters.playground.time import Clock

Direction: TypeAlias = Literal["in", "out"]
"""`in`: the bot asked the stand-in; `out`: the stand-in told the bot."""

KEPT = 500
HIDDEN = "(hidden)"


class Wire:
    """Records what passes; both stand-ins of a playground share one, so that the rows tell one story in order."""

    def __init__(self, board: Board, clock: Clock, kept: int = KEPT) -> None:
        self._board = board
        self._clock = clock
        self._kept = kept
        self._last = 0
        self._shown: deque[int] = deque()
        self._secrets: set[str] = set()

    def hide(self, *secrets: str) -> None:
        """Never show these strings, wherever they occur."""
        self._secrets.update(secret for secret in secrets if secret)

    def record(
        self,
        platform: str,
        direction: Direction,
        what: str,
        json: Any = None,
        *,
        answer: Any = None,
        status: int | None = None,
        ms: float | None = None,
        refused: str | int | None = None,
    ) -> int:
        """Show one request or event and return its number, with which `answered` can complete it later."""
        self._last += 1
        self._shown.append(self._last)
        row = {
            "n": self._last,
            "at": self._clock.now().isoformat(),
            "platform": platform,
            "direction": direction,
            "what": self._without_secrets(what),
            "json": self._without_secrets(json),
            "answer": self._without_secrets(answer),
            "status": status,
            "ms": None if ms is None else round(ms, 1),
            "refused": refused,
        }
        self._board.put(f"wire/{self._last}", row)
        while len(self._shown) > self._kept:
            self._board.drop(f"wire/{self._shown.popleft()}")
        return self._last

    def answered(
        self,
        n: int,
        *,
        answer: Any = None,
        status: int | None = None,
        ms: float | None = None,
        refused: str | int | None = None,
    ) -> None:
        """Add how an exchange ended to its row; a row that is no longer kept stays away."""
        row = self._board.get(f"wire/{n}")
        if row is None:
            return
        ended = {"answer": self._without_secrets(answer), "status": status, "refused": refused}
        self._board.put(f"wire/{n}", {**row, **ended, "ms": None if ms is None else round(ms, 1)})

    def _without_secrets(self, value: Any) -> Any:
        """A copy of `value` in which tokens are hidden: values named `token`, and the secrets told to `hide`."""
        if isinstance(value, str):
            for secret in self._secrets:
                value = value.replace(secret, HIDDEN)
            return value
        if isinstance(value, Mapping):
            return {name: self._named(name, one) for name, one in value.items()}
        if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
            return [self._without_secrets(one) for one in value]
        return value

    def _named(self, name: str, value: Any) -> Any:
        return HIDDEN if name == "token" and isinstance(value, str) else self._without_secrets(value)
