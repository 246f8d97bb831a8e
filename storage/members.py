"""Members on record, with their accounts."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.leads import Lead
from bot.domain.manners import Manner
from bot.domain.people import NOBODY, Account, AccountId, Caller, MemberId, Person, Platform
from storage import member_tables, schema
from storage.given import among, given, rows, values
from storage.upsert import upsert

_accounts, _manners = schema.accounts.c, member_tables.manners.c

_met = given("callers", _accounts.platform, _accounts.key)
_MET = select(schema.accounts).join(_met, (_accounts.platform == _met.c.platform) & (_accounts.key == _met.c.key))

_new = given("newcomers", schema.members.c.name)
_ADD = insert(schema.members).from_select(["name"], select(_new)).returning(schema.members)

_named = given("named", _accounts.member_id, _accounts.platform, _accounts.key, _accounts.name, _accounts.direct)
_NAME = upsert(schema.accounts, select(_named), ["platform", "key"], take=["name"]).returning(schema.accounts)

_FIND = select(schema.accounts).where(_accounts.platform == bindparam("platform"), _accounts.key == bindparam("key"))


class Members:
    """Members and their accounts."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def recognise(self, callers: Collection[Caller]) -> Mapping[Person, Account]:
        met = {caller.person: caller for caller in sorted(callers, key=lambda caller: _order(caller.person))}
        known = await self._met(met)
        newcomers = [caller for person, caller in met.items() if person not in known]
        renamed = [caller for person, caller in met.items() if person in known and known[person].name != caller.name]
        if newcomers or renamed:
            members = {person: account.member for person, account in known.items()}
            joined = await self._join(newcomers)
            named = await self._name((*newcomers, *renamed), members | joined)
            await self._forget(set(joined.values()) - {account.member for account in named.values()})
            known |= named
        return known

    async def known(self, people: Collection[Person]) -> Mapping[Person, Account]:
        return await self._met(people)

    async def find(self, person: Person) -> Account | None:
        found = await self._connection.execute(_FIND, {"platform": person.platform, "key": person.key})
        row = found.one_or_none()
        return account(row) if row else None

    async def accounts(self, members: Collection[MemberId]) -> Sequence[Account]:
        theirs = select(schema.accounts).where(among(_accounts.member_id, "members"), _accounts.platform != NOBODY)
        query = theirs.order_by(_accounts.id)
        return [account(row) for row in await self._connection.execute(query, {"members": values(members)})]

    async def wish(self, account: AccountId, direct: bool) -> None:
        await self._connection.execute(update(schema.accounts).where(_accounts.id == account).values(direct=direct))

    async def those(self, accounts: Collection[AccountId]) -> Mapping[AccountId, Account]:
        query = select(schema.accounts).where(among(_accounts.id, "accounts"))
        found = await self._connection.execute(query, {"accounts": values(accounts)})
        return {(known := account(row)).id: known for row in found}

    async def manners(self, members: Collection[MemberId]) -> Mapping[MemberId, Manner]:
        query = select(member_tables.manners).where(among(_manners.member_id, "members"))
        found = await self._connection.execute(query, {"members": values(members)})
        return {member: Manner() for member in members} | {MemberId(row.member_id): _manner(row) for row in found}

    async def prefer(self, member: MemberId, manner: Manner) -> None:
        leads = None if manner.leads is None else [str(lead) for lead in manner.leads]
        wished = select(
            literal(member, _manners.member_id.type).label("member_id"),
            literal(manner.account, _manners.account_id.type).label("account_id"),
            literal(leads, _manners.leads.type).label("leads"),
        )
        await self._connection.execute(
            upsert(member_tables.manners, wished, ["member_id"], take=["account_id", "leads"])
        )

    async def leads(self) -> Collection[Lead]:
        found = await self._connection.scalars(select(_manners.leads))
        return {Lead.read(text) for leads in found for text in leads or ()}

    async def _met(self, people: Iterable[Person]) -> dict[Person, Account]:
        callers = rows({"platform": person.platform, "key": person.key} for person in people)
        return _by_person(await self._connection.execute(_MET, {"callers": callers}))

    async def _join(self, newcomers: Collection[Caller]) -> dict[Person, MemberId]:
        """Make a member for each of them."""
        if not newcomers:
            return {}
        names = rows({"name": caller.name} for caller in newcomers)
        made = await self._connection.execute(_ADD, {"newcomers": names})
        free: defaultdict[str, list[int]] = defaultdict(list)
        for row in sorted(made, key=lambda row: row.id, reverse=True):
            free[row.name].append(row.id)
        return {caller.person: MemberId(free[caller.name].pop()) for caller in newcomers}

    async def _name(self, callers: Iterable[Caller], members: Mapping[Person, MemberId]) -> dict[Person, Account]:
        """Make their accounts, or give those there are their present names."""
        named = rows(
            {
                "member_id": members[caller.person],
                "platform": caller.person.platform,
                "key": caller.person.key,
                "name": caller.name,
                "direct": caller.direct,
            }
            for caller in sorted(callers, key=lambda caller: _order(caller.person))
        )
        return _by_person(await self._connection.execute(_NAME, {"named": named}))

    async def _forget(self, members: Collection[MemberId]) -> None:
        """Undo members whose accounts another process made at the same moment, on PostgreSQL."""
        if members:
            forgotten = delete(schema.members).where(among(schema.members.c.id, "members"))
            await self._connection.execute(forgotten, {"members": values(members)})


def account(row: Row[Any]) -> Account:
    """A row of the accounts as what it means."""
    person = Person(Platform(row.platform), row.key)
    return Account(AccountId(row.id), MemberId(row.member_id), person, row.name, row.direct)


def _manner(row: Row[Any]) -> Manner:
    account = None if row.account_id is None else AccountId(row.account_id)
    return Manner(account, None if row.leads is None else tuple(map(Lead.read, row.leads)))


def _by_person(found: Iterable[Row[Any]]) -> dict[Person, Account]:
    return {(known := account(row)).person: known for row in found}


def _order(person: Person) -> tuple[str, str]:
    """One order for everybody who takes several rows: two who took them crosswise would wait for each other."""
    return person.platform, person.key
