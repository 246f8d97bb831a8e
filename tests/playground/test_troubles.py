"""Troubles of the bot's own house: held while they are on, shown truthfully, and gone afterwards."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from adapters.playground.board import Board
from adapters.playground.impossible import Impossible
from adapters.playground.troubles import Troubles

ROW = "fault/bot/stalled_database"
OFF = {"on": False, "title": "It stands still", "left": None, "takes": ["seconds"], "seconds": 4.0}


def troubles(board: Board, lock: asyncio.Lock) -> Troubles:
    @asynccontextmanager
    async def hold() -> AsyncIterator[None]:
        async with asyncio.timeout(0.05):
            await lock.acquire()
        try:
            yield
        finally:
            lock.release()

    return Troubles(board, {"stalled_database": ("It stands still", hold)})


async def test_a_trouble_is_held_until_it_is_switched_off() -> None:
    """Shown with its seconds; on and off may be said twice."""
    board, lock = Board(), asyncio.Lock()
    playing = troubles(board, lock)
    assert board.get(ROW) == OFF
    for _ in range(2):
        await playing.act("fault", {"name": "stalled_database", "on": True, "seconds": 60})
        assert (board.get(ROW), lock.locked()) == ({**OFF, "on": True, "seconds": 60.0}, True)
    for _ in range(2):
        await playing.act("fault", {"name": "stalled_database", "on": False})
        assert (board.get(ROW), lock.locked()) == (OFF, False)


async def test_a_trouble_ends_by_itself() -> None:
    """After its seconds, and when the playground closes."""
    board, lock = Board(), asyncio.Lock()
    playing = troubles(board, lock)
    await playing.act("fault", {"name": "stalled_database", "seconds": 0.01})
    async with asyncio.timeout(5), lock:
        assert board.get(ROW) == OFF
    await playing.act("fault", {"name": "stalled_database", "seconds": 60})
    await playing.close()
    assert (board.get(ROW), lock.locked()) == (OFF, False)


async def test_what_cannot_be_is_said() -> None:
    """Another fault, another act, no number of seconds, or something that is held already."""
    lock = asyncio.Lock()
    playing = troubles(Board(), lock)
    for act, given in (
        ("fault", {"name": "gremlins"}),
        ("fault", {}),
        ("shout", {"name": "stalled_database"}),
        ("fault", {"name": "stalled_database", "seconds": "long"}),
        ("fault", {"name": "stalled_database", "seconds": -1}),
    ):
        with pytest.raises(Impossible):
            await playing.act(act, given)
    async with lock:
        with pytest.raises(Impossible, match="cannot be held just now"):
            await playing.act("fault", {"name": "stalled_database"})
