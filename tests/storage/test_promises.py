"""Promises on record: how each errand stands, and what an organiser may do about those that failed."""

from bot.errands import Ending, Notice
from storage.database import Database
from tests.storage.made import HOUR, MINUTE, NOW, SECOND, direct, told
from tests.storage.test_errands import claim, claim_one


async def test_it_is_on_record_how_each_promise_stands(storage: Database) -> None:
    """By what it is about: what is still owed, what came of it, and why it is late."""
    about = [Notice(f"news {n}", f"news?event=4&to={n}", direct(n)) for n in range(4)]
    other = Notice("other", "news?event=44&to=1", direct(9))
    async with storage.writing() as transaction:
        await transaction.errands.note([*about, other], NOW)
        sent, busy, gone, _owed, _other = await claim(transaction)
        await transaction.errands.done(sent, Ending.SENT, NOW)
        await transaction.errands.later(busy, NOW + HOUR, NOW, "rate limited", doubtful=False)
        await transaction.errands.done(gone, Ending.GONE, NOW, "user_not_found")
    async with storage.reading() as transaction:
        stand = await transaction.errands.promises("event=4")
        assert [(each.key, each.to, each.due, each.ending, each.at, each.detail, each.failed) for each in stand] == [
            ("news 0", direct(0), None, Ending.SENT, NOW, "", False),
            ("news 1", direct(1), NOW + HOUR, Ending.RETRY, NOW, "rate limited", False),
            ("news 2", direct(2), None, Ending.GONE, NOW, "user_not_found", True),
            ("news 3", direct(3), NOW, None, None, "", False),
        ]
        assert await transaction.errands.promise(gone.id) == stand[2]


async def test_what_failed_can_be_tried_again_or_left(storage: Database) -> None:
    """Nothing else can: what was left stays so, and what is owed keeps its time."""
    async with storage.writing() as transaction:
        await transaction.errands.note([told(f"news {n}", direct(n)) for n in range(3)], NOW)
        gone, unknown, owed = await claim(transaction)
        await transaction.errands.done(gone, Ending.GONE, NOW)
        await transaction.errands.done(unknown, Ending.UNKNOWN, NOW)
        await transaction.errands.later(owed, NOW + HOUR, NOW, "busy", doubtful=False)
        await transaction.errands.again([unknown.id, owed.id], NOW + SECOND)
        await transaction.errands.leave([gone.id, owed.id], NOW + SECOND)
        (again,) = await claim(transaction, NOW + MINUTE)
        assert (again.key, again.doubtful) == ("news 1", None)
        stand = [await transaction.errands.promise(each.id) for each in (gone, owed)]
        assert [each and each.ending for each in stand] == [Ending.LEFT, Ending.RETRY]


async def test_what_was_told_can_be_told_once_more(storage: Database) -> None:
    """Once it is forgotten; what is still owed is not."""
    async with storage.writing() as transaction:
        await transaction.errands.note([told(key, direct(1)) for key in ("first", "owed")], NOW)
        first = await claim_one(transaction)
        await transaction.errands.done(first, Ending.SENT, NOW)
        await transaction.errands.forget(["first", "owed"])
        await transaction.errands.note([told(key, direct(2)) for key in ("first", "owed")], NOW)
        stand = [await transaction.errands.promises(f"of={key}") for key in ("first", "owed")]
        assert [[each.to for each in some] for some in stand] == [[direct(2)], [direct(1)]]


async def test_attempts_are_forgotten_after_a_while(storage: Database) -> None:
    """How each errand stands is not."""
    async with storage.writing() as transaction:
        await transaction.errands.note([told(f"notice {n}", direct(n)) for n in range(2)], NOW)
        for number, errand in enumerate(await claim(transaction)):
            await transaction.errands.done(errand, Ending.SENT, NOW + number * HOUR)
        assert await transaction.errands.tidy(NOW + HOUR) == 1
        assert [each.errand for each in await transaction.errands.deliveries(9)] == ["notice 1"]
        (stands,) = await transaction.errands.promises("of=notice 0")
        assert (stands.key, stands.ending) == ("notice 0", Ending.SENT)
