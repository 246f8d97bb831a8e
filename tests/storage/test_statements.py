"""The statements themselves: how many there are, and how SQLite looks things up."""

import sqlite3
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias

import pytest
from sqlalchemy import Engine, event

from bot.domain.events import EventId, EventState
from bot.domain.rsvps import Answer
from bot.errands import Announcement, ErrandId
from storage.database import Database, database
from storage.transaction import Transaction
from tests.storage import made
from tests.storage.made import LEASE, LEEDS, LONDON, NOW, SLACK, caller, card, join, rsvp, told

Statement: TypeAlias = tuple[str, Any]


@contextmanager
def listening() -> Iterator[list[Statement]]:
    """What is asked of any database meanwhile."""
    asked: list[Statement] = []

    def hear(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", hear)


@pytest.mark.parametrize("crowd", [1, 700])
async def test_a_crowd_costs_no_more_statements_than_one(storage: Database, crowd: int) -> None:
    """So that a stampede is a handful of statements, however many press."""
    async with storage.writing() as transaction:
        number = await made.event(transaction)
        callers = [caller(n) for n in range(1, crowd + 1)]
        with listening() as first:
            accounts = await transaction.members.recognise(callers)
        with listening() as again:
            await transaction.members.recognise(callers)
        members = [account.member for account in accounts.values()]
        answers = [rsvp(number, who, Answer.GOING, n) for n, who in enumerate(accounts.values(), 1)]
        with listening() as rest:
            await transaction.events.lock([number])
            await transaction.rsvps.headcounts([number])
            await transaction.rsvps.of([number], members)
            await transaction.rsvps.waiting([number])
            await transaction.rsvps.put(answers)
            await transaction.errands.refresh([card(n) for n in range(crowd)], NOW)
            await transaction.errands.note([told(f"{n}", made.direct(n)) for n in range(crowd)], NOW)
    assert (len(first), len(again), len(rest)) == (3, 1, 7)


@pytest.mark.parametrize("crowd", [2, 300])
async def test_a_statement_reads_the_same_for_every_crowd(storage: Database, crowd: int) -> None:
    """So that it is compiled and prepared once."""
    async with storage.writing() as transaction:
        with listening() as asked:
            await join(transaction, *range(crowd))
            await join(transaction, *range(2 * crowd))
    texts = [text for text, _ in asked]
    assert texts[:3] == texts[3:]


Deed: TypeAlias = Callable[[Transaction], Awaitable[object]]

SORTED = "USE TEMP B-TREE FOR ORDER BY"
SORTED_IF_EQUAL = "USE TEMP B-TREE FOR RIGHT PART OF ORDER BY"

LOOKED_UP: dict[str, tuple[Deed, Sequence[str]]] = {
    "recognise": (lambda tx: tx.members.recognise([caller(1)]), ["accounts its key"]),
    "accounts": (lambda tx: tx.members.accounts([]), ["accounts ix_accounts_member_id", SORTED]),
    "lock": (lambda tx: tx.events.lock([]), ["events its key"]),
    "upcoming": (lambda tx: tx.events.upcoming(NOW, EventState.PUBLISHED), ["events ix_events_state_starts"]),
    "drafts": (lambda tx: tx.events.drafts(), ["events ix_events_state_starts"]),
    "headcounts": (lambda tx: tx.rsvps.headcounts([]), ["rsvps ix_rsvps_event_id_answer_arrived", "vacated its key"]),
    "of": (lambda tx: tx.rsvps.of([], []), ["rsvps its key"]),
    "waiting": (lambda tx: tx.rsvps.waiting([]), ["rsvps ix_rsvps_event_id_answer_arrived"]),
    "names": (
        lambda tx: tx.rsvps.names(EventId(1), Answer.GOING, 12),
        ["rsvps ix_rsvps_event_id_answer_arrived", "accounts its key"],
    ),
    "due": (
        lambda tx: tx.reminders.due(NOW, 500),
        ["events its key", "reminders ix_reminders_due", SORTED_IF_EQUAL, "reminders its key", SORTED],
    ),
    "next reminder": (lambda tx: tx.reminders.next(), ["reminders ix_reminders_due"]),
    "claim": (
        lambda tx: tx.errands.claim(SLACK, NOW, LEASE, 9, 9, [LONDON]),
        [
            "errands ix_errands_due",
            "other ix_errands_destination",
            "errands ix_errands_due",
            "other ix_errands_destination",
            "errands its key",
        ],
    ),
    "next errand": (
        lambda tx: tx.errands.next(SLACK),
        ["errands ix_errands_due", "other ix_errands_held", "errands ix_errands_held"],
    ),
    "promises": (
        lambda tx: tx.errands.promises("event=1"),
        ["errands ix_errands_subject"],
    ),
    "what to try again": (
        lambda tx: tx.errands.again([ErrandId(1)], NOW),
        ["errands its key"],
    ),
    "old attempts": (
        lambda tx: tx.errands.tidy(NOW),
        ["deliveries ix_deliveries_at"],
    ),
}


@pytest.mark.parametrize("name", LOOKED_UP)
async def test_everything_is_looked_up_by_an_index(tmp_path: Any, name: str) -> None:
    """Nothing is read from one end to the other; of what may be many, only what is asked for is read."""
    path = tmp_path / "club.sqlite3"
    async with database(str(path)) as storage, storage.writing() as transaction:
        await _fill(transaction)
        deed, expected = LOOKED_UP[name]
        with listening() as asked:
            await deed(transaction)
    connection = sqlite3.connect(path)
    plans = [_plan(connection, *statement) for statement in asked]
    connection.close()
    assert [each for plan in plans for each in plan] == expected


async def _fill(transaction: Transaction) -> None:
    """A little of everything, so that there is something to claim."""
    number = await made.event(transaction)
    (ann,) = await join(transaction, 1)
    await transaction.rsvps.put([rsvp(number, ann, Answer.GOING, 1)])
    await transaction.errands.refresh([card(place=LEEDS), card(place=LONDON)], NOW)
    await transaction.errands.posted(Announcement(card(), "1.1"))


def _plan(connection: sqlite3.Connection, statement: str, parameters: Any) -> list[str]:
    """Which tables are looked up by which index; what is not, is written out as SQLite says it."""
    steps = connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()
    return [read for *_, step in steps if (read := _read(step)) is not None]


def _read(step: str) -> str | None:
    match step.split():
        case ["SEARCH", table, "USING", "COVERING" | "INDEX", *rest]:
            index = rest[rest.index("INDEX") + 1] if "INDEX" in rest else rest[0]
            return f"{table} {'its key' if index.startswith('sqlite_autoindex') else index}"
        case ["SEARCH", table, "USING", ("INTEGER" | "PRIMARY"), *_]:
            return f"{table} its key"
        case ["SCAN", "json_each" | "CONSTANT", *_]:
            return None
        case ["SCAN" | "SEARCH" | "USE", *_]:
            return step
        case _:
            return None
