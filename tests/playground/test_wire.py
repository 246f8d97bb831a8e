"""The wire: what it shows, and what it never shows."""

from datetime import UTC, datetime

from adapters.playground.board import Board
from adapters.playground.wire import HIDDEN, Wire


class Noon:
    """A clock that stands still."""

    def now(self) -> datetime:
        return datetime(2026, 9, 17, 12, tzinfo=UTC)


def test_an_exchange_is_one_row_that_its_answer_completes() -> None:
    """A request and its answer are read side by side."""
    board = Board()
    wire = Wire(board, Noon())
    n = wire.record("slack", "out", "socket: slash_commands", {"text": "create"})
    wire.answered(n, answer={"ok": True}, ms=12.345)
    assert board.rows("wire/") == {
        "wire/1": {
            "n": 1,
            "at": "2026-09-17T12:00:00+00:00",
            "platform": "slack",
            "direction": "out",
            "what": "socket: slash_commands",
            "json": {"text": "create"},
            "answer": {"ok": True},
            "status": None,
            "ms": 12.3,
            "refused": None,
        }
    }


def test_only_the_newest_rows_are_kept() -> None:
    """A long evening does not fill the memory, and a late answer does not bring an old row back."""
    board = Board()
    wire = Wire(board, Noon(), kept=2)
    for n in range(4):
        wire.record("slack", "in", f"call {n}")
    wire.answered(1, answer={})
    assert list(board.rows("wire/")) == ["wire/3", "wire/4"]


def test_tokens_never_reach_the_board() -> None:
    """Neither a value named `token` nor a secret inside other text is shown."""
    board = Board()
    wire = Wire(board, Noon())
    wire.hide("xoxb-1")
    wire.record("slack", "in", "x", {"token": "abc", "a": [{"text": "my xoxb-1!"}], "n": 1}, answer={"t": "xoxb-1"})
    row = board.rows("wire/")["wire/1"]
    assert (row["json"], row["answer"]) == (
        {"token": HIDDEN, "a": [{"text": f"my {HIDDEN}!"}], "n": 1},
        {"t": HIDDEN},
    )
