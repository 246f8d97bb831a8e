"""Organisers on record."""

from storage.database import Database
from tests.storage.made import caller, join


async def test_a_member_is_appointed_once(storage: Database) -> None:
    """Whether anything changed is told."""
    async with storage.writing() as transaction:
        ann, ben = await join(transaction, 1, 2)
        assert [await transaction.organisers.add(ann.member) for _ in range(2)] == [True, False]
    async with storage.reading() as transaction:
        included = [await transaction.organisers.includes(each.person) for each in (ann, ben, caller(9))]
        assert included == [True, False, False]


async def test_an_organiser_is_removed_once(storage: Database) -> None:
    """Removing somebody who is none is told too."""
    async with storage.writing() as transaction:
        (ann,) = await join(transaction, 1)
        await transaction.organisers.add(ann.member)
        assert [await transaction.organisers.remove(ann.member) for _ in range(2)] == [True, False]
        assert await transaction.organisers.includes(ann.person) is False


async def test_organisers_are_listed_by_name(storage: Database) -> None:
    """One account each, in the same order on every database."""
    async with storage.writing() as transaction:
        accounts = await transaction.members.recognise(
            [caller(1, "zoe"), caller(2, "Émile"), caller(3, "Bea"), caller(4, "adam"), caller(5, "Nobody")]
        )
        for number in range(1, 5):
            await transaction.organisers.add(accounts[caller(number).person].member)
        names = [account.name for account in await transaction.organisers.all()]
    assert names == ["adam", "Bea", "zoe", "Émile"]
