"""Members on record."""

from bot.domain.people import Caller, Person
from storage.database import Database
from tests.storage.made import DISCORD, SLACK, caller, join


async def test_a_newcomer_becomes_a_member_with_an_account(storage: Database) -> None:
    """Whoever calls for the first time is on record from then on, as they called."""
    new = Caller(Person(DISCORD, "80351110224678912"), "Nelly ‮evil 🐘", direct=False)
    async with storage.writing() as transaction:
        account = (await transaction.members.recognise([new]))[new.person]
    async with storage.reading() as transaction:
        assert await transaction.members.find(new.person) == account
    assert (account.person, account.name, account.direct) == (new.person, new.name, False)


async def test_nobody_is_found_who_never_called(storage: Database) -> None:
    """The same key on another platform is somebody else."""
    async with storage.writing() as transaction:
        await transaction.members.recognise([caller(1, platform=SLACK)])
        assert await transaction.members.find(caller(1, platform=DISCORD).person) is None


async def test_each_newcomer_is_a_member_of_their_own(storage: Database) -> None:
    """A crowd in which many have the same name stays a crowd."""
    crowd = [caller(number, name="Sam" if number % 2 else f"Person {number}") for number in range(500)]
    async with storage.writing() as transaction:
        accounts = await transaction.members.recognise(crowd)
    assert {person: account.name for person, account in accounts.items()} == {each.person: each.name for each in crowd}
    assert len({account.member for account in accounts.values()}) == 500


async def test_who_is_known_stays_who_they_are_under_a_new_name(storage: Database) -> None:
    """A name follows its owner, and a wish about direct messages is not overwritten by a call."""
    async with storage.writing() as transaction:
        before = (await transaction.members.recognise([caller(1, "Ann")]))[caller(1).person]
        await transaction.members.wish(before.id, False)
    async with storage.writing() as transaction:
        after = await transaction.members.recognise([caller(1, "Anna"), caller(2, "Ben")])
    anna = after[caller(1).person]
    assert (anna.id, anna.member, anna.name, anna.direct) == (before.id, before.member, "Anna", False)


async def test_somebody_who_calls_twice_in_a_crowd_is_one_member(storage: Database) -> None:
    """Their last name in the crowd is the one kept."""
    async with storage.writing() as transaction:
        accounts = await transaction.members.recognise([caller(1, "Ann"), caller(2), caller(1, "Anna")])
        again = await transaction.members.recognise([caller(1, "Anna"), caller(2)])
    assert again == accounts
    assert accounts[caller(1).person].name == "Anna"


async def test_accounts_of_members_come_in_order(storage: Database) -> None:
    """Only those that were asked for."""
    async with storage.writing() as transaction:
        one, two, _ = await join(transaction, 1, 2, 3)
        assert await transaction.members.accounts([two.member, one.member]) == sorted([one, two], key=lambda a: a.id)
        assert await transaction.members.accounts([]) == []


async def test_nobody_needs_no_recognition(storage: Database) -> None:
    """An empty crowd is no special case."""
    async with storage.writing() as transaction:
        assert await transaction.members.recognise([]) == {}
