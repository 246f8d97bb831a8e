"""Searching among takeaways, beside a plain LIKE scan of the same rows, taking turns in one run.

Run it with `make bench`, or `python -m benchmarks.search --help` for its options.
"""

import argparse
import asyncio
import random
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import insert, text

from benchmarks.desk import postgresql
from bot.domain.likeness import telling
from bot.domain.memories import MemoryKind
from bot.domain.places import ChapterId
from storage.database import Database, database
from storage.takeaway_tables import memories
from storage.transaction import Transaction

NOW = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
BATCH = 5000
PAGE = 100

_SYLLABLES = "ba co di fu ge ha jo ki lu me no pa qua ri so tu ve wo xi za".split()  # noqa: SIM905 - words
_PHRASES = ["resource management", "authority to stop", "business model", "coaching", "lessons learnt"]

_INDEXED = {
    "sqlite": "INSERT INTO memory_words (rowid, title, words) SELECT id, title, words FROM memories",
    "postgresql": "INSERT INTO memory_words (rowid, words) SELECT id, to_tsvector('english', title) FROM memories",
}
"""All rows at once, as storage.memories indexes each."""

Search = Callable[[Transaction, str], Awaitable[int]]


async def main() -> None:
    """Fill a database of each kind with takeaways, then let both sides search for the same things in turn."""
    options = _options()
    print(f"{options.takeaways:,} takeaways, {options.rounds} turns of {len(_PHRASES)} searches each\n")
    print("| database | LIKE scan, ms | search, ms | times as fast | found by LIKE / by search |")
    print("| --- | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        await _compare("SQLite", f"sqlite:///{Path(folder) / 'bench.sqlite3'}", options)
        if url := postgresql(Path(folder), stack):
            await _compare("PostgreSQL", url, options)


async def _compare(name: str, url: str, options: argparse.Namespace) -> None:
    async with database(url, patience=600) as storage:
        await _fill(storage, options)
        sides: dict[str, Search] = {"like": _like, "search": _search}
        waits: dict[str, list[float]] = {side: [] for side in sides}
        found = dict.fromkeys(sides, 0)
        for number in range(options.rounds + 1):
            for side, search in sides.items():
                async with storage.reading() as tx:
                    began = time.perf_counter()
                    found[side] = sum([await search(tx, phrase) for phrase in _PHRASES])
                    took = (time.perf_counter() - began) / len(_PHRASES) * 1000
                if number:  # the first turn warms up
                    waits[side].append(took)
    like, search = (statistics.median(waits[side]) for side in sides)
    print(f"| {name} | {like:.1f} | {search:.2f} | **{like / search:.0f}** | {found['like']:,} / {found['search']:,} |")


async def _search(tx: Transaction, phrase: str) -> int:
    """As `/recall` does it, in the order of what fits best, a page of it."""
    return len(await tx.memories.search(telling(phrase), None, PAGE))


async def _like(tx: Transaction, phrase: str) -> int:
    """Every row looked at for every word, without order; it finds no other form of a word."""
    words = telling(phrase)
    wanted = " AND ".join(f"lower(title) LIKE :word{number}" for number in range(len(words)))
    query = text(f"SELECT * FROM memories WHERE {wanted} LIMIT {PAGE}")
    given = {f"word{number}": f"%{word}%" for number, word in enumerate(words)}
    return len((await tx.connection.execute(query, given)).all())


async def _fill(storage: Database, options: argparse.Namespace) -> None:
    """Sentences of invented words; in one of a thousand one of the subjects that are searched for."""
    chance = random.Random(options.seed)
    vocabulary = ["".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) for _ in range(20_000)]
    async with storage.writing() as tx:
        chapter = await tx.chapters.add("London", ZoneInfo("Europe/London"), ())
    for begin in range(0, options.takeaways, BATCH):
        async with storage.writing() as tx:
            rows = [
                _row(chance, vocabulary, chapter, number)
                for number in range(begin, min(begin + BATCH, options.takeaways))
            ]
            await tx.connection.execute(insert(memories), rows)
    async with storage.writing() as tx:
        await tx.connection.execute(text(_INDEXED[tx.connection.dialect.name]))
        # As PostgreSQL does by itself within a minute of so many new rows; until then it plans as if there were few.
        await tx.connection.execute(text("ANALYZE"))


def _row(chance: random.Random, vocabulary: Sequence[str], chapter: ChapterId, number: int) -> dict[str, object]:
    words = chance.choices(vocabulary, k=chance.randint(8, 25))
    if number % 1000 == 0:
        words.insert(chance.randrange(len(words)), _PHRASES[number // 1000 % len(_PHRASES)])
    title = " ".join(words)
    return {
        "kind": MemoryKind.TAKEAWAY,
        "subject": number,
        "chapter_id": chapter,
        "title": title,
        "words": "",
        "at": NOW,
    }


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m benchmarks.search")
    parser.add_argument("--takeaways", type=int, default=100_000, help="how many there are (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=9, help="turns of each side (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32), help="for the sentences")
    options = parser.parse_args()
    print(f"--seed {options.seed}")
    return options


if __name__ == "__main__":
    asyncio.run(main())
