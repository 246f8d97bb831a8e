"""Transactions: whole or not at all, one writer after another, and nothing left open."""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import replace
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import func, select, text

from bot.domain.events import EventId
from bot.domain.people import Account, Person
from bot.domain.rsvps import Answer, GuestList, Wish
from bot.errands import Ending, Errand
from bot.ports import Busy, Uncertain
from storage import schema
from storage.database import Database, database
from storage.transaction import Transaction
from tests.storage.made import LEASE, NOW, SLACK, caller, card, chapter, direct, event, join, told

_CUT = (
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


class ChangedMind(Exception):
    """Raised in the middle of something."""


async def test_what_is_raised_undoes_everything(storage: Database) -> None:
    """Either all of a transaction is on record, or nothing of it."""
    with pytest.raises(ChangedMind):
        await _change_my_mind(storage)
    async with storage.reading() as transaction:
        assert (await transaction.members.find(caller(0).person), await transaction.chapters.all()) == (None, [])


async def _change_my_mind(storage: Database) -> None:
    async with storage.writing() as transaction:
        await event(transaction)
        raise ChangedMind


async def test_a_reader_sees_one_state_of_everything(storage: Database) -> None:
    """What others write meanwhile is seen by the next reader, and waits for nobody who reads."""
    async with storage.reading() as reader:
        before = await reader.chapters.all()
        async with storage.writing() as writer:
            await chapter(writer)
        after = await reader.chapters.all()
    async with storage.reading() as reader:
        assert (before, after, len(await reader.chapters.all())) == ([], [], 1)


async def test_a_reader_changes_nothing(storage: Database) -> None:
    """Whoever asks for a reader gets no pen."""
    async with storage.reading() as transaction:
        with pytest.raises(Exception, match=r"read-?only"):
            await chapter(transaction)


@pytest.mark.parametrize("round_", range(5))
async def test_two_processes_never_give_the_last_seat_twice(database_url: str, round_: int) -> None:
    """Of two who press at once, in two processes, one goes and one waits."""
    async with database(database_url) as one, database(database_url) as two:
        async with one.writing() as transaction:
            number = await event(transaction, seats=1)
            pressing = await join(transaction, 1, 2)
        answers = await asyncio.gather(
            *(_answer(storage, number, who) for storage, who in zip((one, two), pressing, strict=True))
        )
    assert sorted(answers) == [Answer.GOING, Answer.WAITING]


async def _answer(storage: Database, number: EventId, who: Account) -> Answer:
    async with storage.writing() as transaction:
        found = (await transaction.events.lock([number]))[number]
        count = (await transaction.rsvps.headcounts([number]))[number]
        waiting = await transaction.rsvps.waiting([number])
        known = await transaction.rsvps.of([number], [who.member])
        guests = GuestList(found, count.counts[Answer.GOING], count.last, waiting, known)
        own = guests.answer(who.member, who.id, Wish.GOING).own
        await transaction.rsvps.put([own])
    return own.answer


async def test_two_processes_never_hold_one_errand(database_url: str) -> None:
    """Everything is claimed, and nothing twice, however many claim at once."""
    async with database(database_url) as one, database(database_url) as two:
        async with one.writing() as transaction:
            await transaction.errands.note([told(f"notice {n}", direct(n)) for n in range(120)], NOW)
        claimed = await asyncio.gather(*(_claim_all(storage) for storage in (one, two, one, two)))
    keys = [errand.key for errands in claimed for errand in errands]
    assert sorted(keys) == sorted(f"notice {n}" for n in range(120))


async def _claim_all(storage: Database) -> Sequence[Errand]:
    errands: list[Errand] = []
    idle = 0
    # Whoever finds all the rest in others' hands asks once more: their claim may not have been kept yet.
    while idle < 2:
        async with storage.writing() as transaction:
            claimed = await transaction.errands.claim(SLACK, NOW, LEASE, 7, 7, [])
        errands += claimed
        idle = 0 if claimed else idle + 1
    return errands


async def test_two_processes_never_send_to_one_place_at_once(database_url: str) -> None:
    """Not even when they claim in the same moment."""
    async with database(database_url) as one, database(database_url) as two:
        async with one.writing() as transaction:
            await transaction.errands.refresh([card(n) for n in range(20)], NOW)
        for _ in range(20):
            (errand,) = [errand for claimed in await asyncio.gather(_claim(one), _claim(two)) for errand in claimed]
            async with two.writing() as transaction:
                await transaction.errands.done(errand, Ending.SENT, NOW)


async def _claim(storage: Database) -> Sequence[Errand]:
    async with storage.writing() as transaction:
        return await transaction.errands.claim(SLACK, NOW, LEASE, 9, 9, [])


async def test_a_newcomer_met_by_two_processes_is_one_member(database_url: str) -> None:
    """Whoever presses on two buttons at once joins once, and nobody else is left behind."""
    async with database(database_url) as one, database(database_url) as two:
        met = await asyncio.gather(*(_meet(storage, crowd) for storage in (one, two) for crowd in (40, 60)))
        async with one.reading() as transaction:
            known = await transaction.members.accounts([account.member for account in met[-1].values()])
            members = await transaction.connection.scalar(select(func.count()).select_from(schema.members))
    everybody = {account.person: account for account in known}
    assert (len(known), members) == (60, 60)
    assert [each == {person: everybody[person] for person in each} for each in met] == [True] * 4


async def _meet(storage: Database, crowd: int) -> dict[Person, Account]:
    async with storage.writing() as transaction:
        return dict(await transaction.members.recognise([caller(number) for number in reversed(range(crowd))]))


async def test_a_write_lock_that_cannot_be_had_is_busy(storage: Database, other: Database) -> None:
    """On SQLite at the beginning, on PostgreSQL where the same event is wanted; the holder is not disturbed."""
    async with storage.writing() as transaction:
        number = await event(transaction)
    async with storage.writing() as transaction:
        held = (await transaction.events.lock([number]))[number]
        with pytest.raises(Busy) as busy:
            await _rename(other, number, "Theirs")
        await transaction.events.put(replace(held, title="Mine"))
    await _rename(other, number, f"Now theirs, after {busy.value.after > 0}")
    async with storage.reading() as transaction:
        assert (await transaction.events.get(number)).title == "Now theirs, after True"


async def _rename(storage: Database, number: EventId, title: str) -> None:
    async with storage.writing() as transaction:
        found = (await transaction.events.lock([number]))[number]
        await transaction.events.put(replace(found, title=title))


async def test_a_crosswise_wait_is_busy(postgres_database: str) -> None:
    """Of two who wait for each other, one is sent away and may come again."""
    async with database(postgres_database) as storage:
        async with storage.writing() as transaction:
            numbers = [await event(transaction, origin) for origin in ("one", "two")]
        both = asyncio.Barrier(2)
        endings = await asyncio.gather(
            *(_lock_crosswise(storage, each, both) for each in (numbers, numbers[::-1])), return_exceptions=True
        )
    assert [type(ending) for ending in endings if ending is not None] == [Busy]


async def _lock_crosswise(storage: Database, numbers: Sequence[EventId], both: asyncio.Barrier) -> None:
    async with storage.writing() as transaction:
        await transaction.events.lock(numbers[:1])
        await both.wait()
        await transaction.events.lock(numbers[1:])


async def test_a_lost_connection_is_busy_and_the_next_one_works(postgres_database: str) -> None:
    """As when the server is restarted: what was begun is undone, and what comes next is done."""
    async with database(postgres_database) as storage:
        async with storage.reading() as transaction:
            assert await transaction.chapters.all() == []
        with pytest.raises(Busy) as broken:
            await _write_while_the_line_is_cut(storage, postgres_database)
        assert not isinstance(broken.value, Uncertain), "what was begun is surely undone"
        async with storage.writing() as transaction:
            assert await transaction.chapters.all() == []
            await chapter(transaction)
        async with storage.reading() as transaction:
            assert len(await transaction.chapters.all()) == 1


async def _write_while_the_line_is_cut(storage: Database, url: str) -> None:
    async with storage.writing() as transaction:
        await chapter(transaction)
        await _administer(url, _CUT)
        await chapter(transaction, "Leeds")


async def test_when_the_line_is_cut_during_a_commit_nobody_knows_what_became_of_it(postgres_database: str) -> None:
    """Which is more than busy: somebody may have to look."""
    async with database(postgres_database) as storage:
        with pytest.raises(Uncertain):
            await _commit_when_the_line_is_cut(storage, postgres_database)
        async with storage.writing() as transaction:
            await chapter(transaction)


async def _commit_when_the_line_is_cut(storage: Database, url: str) -> None:
    async with storage.writing() as transaction:
        await chapter(transaction)
        await _administer(url, _CUT)


async def test_too_many_readers_are_sent_away(database_url: str) -> None:
    """A reader that finds no free connection in time may come again."""
    async with database(database_url, patience=0.1) as storage, AsyncExitStack() as reading:
        with pytest.raises(Busy, match="every connection to the database is in use"):
            await _read_fifty_at_once(storage, reading)
        await reading.aclose()
        async with storage.reading() as transaction:
            assert await transaction.chapters.all() == []


async def _read_fifty_at_once(storage: Database, reading: AsyncExitStack) -> None:
    for _ in range(50):
        transaction = await reading.enter_async_context(storage.reading())
        await transaction.chapters.all()


async def test_a_full_disk_is_busy(tmp_path: Path) -> None:
    """Nothing is kept by halves, and once there is room again everything works."""
    async with database(str(tmp_path / "club.sqlite3")) as storage:
        with pytest.raises(Busy, match="full"):
            await _fill_the_disk(storage)
        async with storage.writing() as transaction:
            assert await transaction.members.find(caller(0).person) is None
            await transaction.connection.execute(text("PRAGMA max_page_count = 1000000"))
            await join(transaction, 0)


async def _fill_the_disk(storage: Database) -> None:
    async with storage.writing() as transaction:
        pages = await transaction.connection.scalar(text("PRAGMA page_count"))
        await transaction.connection.execute(text(f"PRAGMA max_page_count = {pages}"))
        await join(transaction, *range(10_000))


async def test_nothing_stays_open(storage: Database, database_url: str) -> None:
    """Whatever happens inside: a return, an error of ours or of the database's, a cancellation at any point."""
    async with storage.writing() as transaction:
        await event(transaction)
    for steps in range(30):
        await _cancel_after(storage, steps)
        with pytest.raises(ChangedMind):
            await _change_my_mind(storage)
    assert storage.connections == 0
    async with asyncio.timeout(5), storage.writing() as transaction:
        await chapter(transaction, "Leeds")
    assert await _sessions_in_a_transaction(database_url) == 0


async def _cancel_after(storage: Database, steps: int) -> None:
    """Cancel a piece of work after the loop went round so often."""

    async def work() -> None:
        async with storage.writing() as transaction:
            await join(transaction, *range(50))
            async with storage.reading() as reader:
                await reader.chapters.all()

    task = asyncio.create_task(work())
    for _ in range(steps):
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task])
    # Whoever is cancelled is not told that the database is busy.
    assert task.cancelled() or task.exception() is None


async def _sessions_in_a_transaction(url: str) -> int:
    """How many sessions hold something; of SQLite's, whether any does."""
    if not url.startswith("sqlite"):
        return int(
            await _administer(
                url,
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'",
            )
        )
    connection = sqlite3.connect(url.removeprefix("sqlite:///"), timeout=0, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    connection.close()
    return 0


async def _administer(url: str, statement: str) -> int:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(statement) or 0
    finally:
        await connection.close()


# ── what each database is told ───────────────────────────────────────────────────────────────────────────────────────


async def test_sqlite_is_kept_safe_and_shared(tmp_path: Path) -> None:
    """What was committed survives a power cut, readers and writers pass each other, and references are checked."""
    async with database(str(tmp_path / "club.sqlite3")) as storage:
        told = [
            [await _pragma(begin, name) for name in ("journal_mode", "synchronous", "foreign_keys", "query_only")]
            for begin in (storage.writing, storage.reading)
        ]
    assert told == [["wal", 2, 1, 0], ["wal", 2, 1, 1]]


async def _pragma(begin: Callable[[], AbstractAsyncContextManager[Transaction]], name: str) -> object:
    async with begin() as transaction:
        return await transaction.connection.scalar(text(f"PRAGMA {name}"))


async def test_postgresql_reads_one_snapshot_and_writes_what_is_committed(postgres_database: str) -> None:
    """Readers are told that they only read."""
    async with database(postgres_database) as storage:
        told = [
            [await _setting(begin, name) for name in ("transaction_isolation", "transaction_read_only")]
            for begin in (storage.writing, storage.reading)
        ]
    assert told == [["read committed", "off"], ["repeatable read", "on"]]


async def _setting(begin: Callable[[], AbstractAsyncContextManager[Transaction]], name: str) -> object:
    async with begin() as transaction:
        return await transaction.connection.scalar(text(f"SHOW {name}"))
