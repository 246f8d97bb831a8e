"""Merging: two members on record become one, or an account becomes again the member that it was."""

import operator
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, and_, delete, exists, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.events import EventId
from bot.domain.linking import united
from bot.domain.people import AccountId, MemberId
from bot.domain.polls import PollId, PollState
from bot.domain.rsvps import Rsvp
from bot.ports import Touched
from storage import member_tables as tables
from storage import schema
from storage.ballots import Ballots
from storage.keyed import BY_MEMBER, Keyed, Merged
from storage.polls import Polls
from storage.rsvps import Rsvps
from storage.uniting import Uniting

_accounts, _rsvps, _links = schema.accounts.c, schema.rsvps.c, tables.links.c


class Merging:
    """Everything that is kept by member, when two of them turn out to be one."""

    def __init__(self, connection: AsyncConnection, ballots: Ballots) -> None:
        self._connection = connection
        self._polls, self._answers = Polls(connection), Rsvps(connection)
        self._uniting = Uniting(connection, ballots)

    async def merge(self, stays: MemberId, goes: MemberId, first: MemberId) -> Touched:
        polls = await self._polls.lock([poll.id for poll in await self._polls.all([PollState.OPEN])])
        names = await self._uniting.names(first, goes if first == stays else stays)
        changed = await self._uniting.unite(polls.values(), stays, names)
        events = await self._merge_answers(stays, goes)
        for keyed in BY_MEMBER:
            if keyed.merged is Merged.MOVES:
                await self._move(keyed, goes, stays)
        await self._join(stays, goes)
        return Touched(events, changed)

    async def part(self, account: AccountId) -> Touched:
        before = await self._connection.scalar(select(_links.member_id).where(_links.account_id == account))
        if before is None:
            raise KeyError(account)
        now = select(_accounts.member_id).where(_accounts.id == account).scalar_subquery()
        theirs = (_rsvps.account_id == account) & (_rsvps.member_id == now)
        taken = update(schema.rsvps).where(theirs).values(member_id=before).returning(_rsvps.event_id)
        events = frozenset(map(EventId, await self._connection.scalars(taken)))
        wished = update(tables.manners).where(tables.manners.c.account_id == account)
        await self._connection.execute(wished.values(account_id=None))
        back = update(schema.accounts).where(_accounts.id == account).values(member_id=before)
        await self._connection.execute(back)
        await self._connection.execute(delete(tables.links).where(_links.account_id == account))
        return Touched(events)

    async def reunite(self, poll: PollId) -> None:
        query = select(_accounts.member_id, _links.member_id.label("before"))
        found = await self._connection.execute(
            query.join_from(tables.links, schema.accounts, _links.account_id == _accounts.id)
        )
        before: defaultdict[MemberId, list[MemberId]] = defaultdict(list)
        for row in found:
            before[MemberId(row.member_id)].append(MemberId(row.before))
        asked = await self._polls.get(poll)
        for member, others in before.items():
            await self._uniting.unite([asked], member, await self._uniting.names(member, *others))

    async def _merge_answers(self, stays: MemberId, goes: MemberId) -> frozenset[EventId]:
        """One answer of each two; the place of the one that is given up is nobody's."""
        answers: defaultdict[EventId, list[Rsvp]] = defaultdict(list)
        for rsvp in await self._answers.all([stays, goes]):
            answers[rsvp.event].append(rsvp)
        moved = {event: several for event, several in answers.items() if any(one.member == goes for one in several)}
        for event, several in moved.items():
            await self._answers.vacate(event, max(one.arrived for one in several))
        await self._connection.execute(delete(schema.rsvps).where(_rsvps.member_id == goes))
        if moved:
            await self._answers.put([united(several, stays) for several in moved.values()])
        return frozenset(moved)

    async def _move(self, keyed: Keyed, goes: MemberId, stays: MemberId) -> None:
        """Give rows to the member who stays; of what may be there only once, theirs is kept."""
        table, column = keyed.column.table, keyed.column
        other = table.alias("other")
        for rest in keyed.rest:
            await self._take(keyed, rest, goes, stays)
            same = and_(*(other.c[each.name] == each for each in rest), other.c[column.name] == stays)
            doubled = select(literal(1)).select_from(other).where(same).correlate(table)
            await self._connection.execute(delete(table).where(column == goes, exists(doubled)))
        await self._connection.execute(update(table).where(column == goes).values({column.name: stays}))

    async def _take(self, keyed: Keyed, rest: Sequence[Column[Any]], goes: MemberId, stays: MemberId) -> None:
        """Let the member who stays have what is greater, or lesser, in the other one's row of the same."""
        table, column = keyed.column.table, keyed.column
        other = table.alias("other")
        same = and_(*(other.c[each.name] == each for each in rest), other.c[column.name] == goes)
        for value, beats in ((keyed.greater, operator.gt), (keyed.lesser, operator.lt)):
            if value is not None:
                theirs = other.c[value.name]
                taken = select(theirs).where(same, beats(theirs, value)).correlate(table)
                mine = update(table).where(column == stays, exists(taken)).values({value.name: taken.scalar_subquery()})
                await self._connection.execute(mine)

    async def _join(self, stays: MemberId, goes: MemberId) -> None:
        """Let accounts be the other member's, and remember whose they were before."""
        linked = exists().where(_links.account_id == _accounts.id)
        fresh = select(_accounts.id, literal(goes, _links.member_id.type)).where(_accounts.member_id == goes, ~linked)
        await self._connection.execute(insert(tables.links).from_select(["account_id", "member_id"], fresh))
        joined = update(schema.accounts).where(_accounts.member_id == goes).values(member_id=stays)
        await self._connection.execute(joined)
