"""Forgetting: who a member is goes from every table; what they did stays counted where it must."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Text, cast, delete, or_, select, union, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.events import EventId
from bot.domain.memos import Audience, MemoState
from bot.domain.people import GONE, NOBODY, AccountId, MemberId, Person, Platform
from bot.domain.polls import Anonymity, PollId, PollState
from bot.domain.prompts import PostingId
from bot.domain.rsvps import Answer
from bot.ports import Touched
from storage import door_tables, member_tables, memo_tables, poll_tables, prompt_tables, schema, takeaway_tables
from storage.ballots import Ballots
from storage.keyed import BY_ACCOUNT, BY_MEMBER, BY_PERSON, Forgotten
from storage.polls import Polls
from storage.rsvps import Rsvps
from storage.schema import Way
from storage.uniting import Uniting

_members, _accounts, _rsvps, _errands = schema.members.c, schema.accounts.c, schema.rsvps.c, schema.errands.c
_links, _ballots, _memos = member_tables.links.c, poll_tables.ballots.c, memo_tables.memos.c
_arrivals, _forms = door_tables.arrivals.c, schema.kept_forms.c
_prompts, _postings, _snoozes = prompt_tables.prompts.c, prompt_tables.postings.c, memo_tables.snoozes.c


async def whole(connection: AsyncConnection, member: MemberId) -> list[MemberId]:
    """A member, and every one that they were before they were linked."""
    before = select(_links.member_id).join_from(member_tables.links, schema.accounts, _links.account_id == _accounts.id)
    found = await connection.scalars(
        union(select(_members.id).where(_members.id == member), before.where(_accounts.member_id == member))
    )
    return [MemberId(each) for each in found]


class Forgetting:
    """Everything that is kept of a member, when they wish to be forgotten."""

    def __init__(self, connection: AsyncConnection, ballots: Ballots) -> None:
        self._connection = connection
        self._polls, self._answers = Polls(connection), Rsvps(connection)
        self._uniting = Uniting(connection, ballots)

    async def forget(self, member: MemberId, upcoming: Collection[EventId]) -> Touched:
        members = await whole(self._connection, member)
        polls = await self._forget_ballots(member, members)
        events = await self._forget_answers(members, upcoming)
        postings = await self._forget_credit(members)
        found = await self._connection.execute(select(schema.accounts).where(_accounts.member_id.in_(members)))
        accounts = found.all()
        ids = [AccountId(row.id) for row in accounts]
        for row in accounts:
            await self._forget_person(Person(Platform(row.platform), row.key))
        await self._forget_memos(members, ids)
        for keyed in BY_MEMBER:
            if keyed.forgotten is Forgotten.GOES:
                await self._connection.execute(delete(keyed.column.table).where(keyed.column.in_(members)))
        for column, forgotten in BY_ACCOUNT:
            if forgotten is Forgotten.GOES:
                await self._connection.execute(delete(column.table).where(column.in_(ids)))
        # The rows stay, since past answers hang from them, and since their ids must never be somebody else's.
        nameless = {"platform": NOBODY, "key": cast(_accounts.id, Text), "name": GONE, "direct": False}
        await self._connection.execute(update(schema.accounts).where(_accounts.id.in_(ids)).values(nameless))
        unnamed = update(schema.members).where(_members.id.in_(members)).values(name=GONE)
        await self._connection.execute(unnamed)
        return Touched(events, polls, postings)

    async def _forget_ballots(self, member: MemberId, members: Sequence[MemberId]) -> frozenset[PollId]:
        """Take votes in open polls back. Secret ones stay, under a seal by which whoever comes back votes once."""
        voters = [str(each) for each in members]
        theirs = select(_ballots.poll_id).where(_ballots.voter.in_(voters)).distinct()
        touched = frozenset(map(PollId, await self._connection.scalars(theirs)))
        polls = await self._polls.lock([poll.id for poll in await self._polls.all([PollState.OPEN])])
        names = await self._uniting.names(*members)
        for poll in polls.values():
            if poll.rules.anonymity is Anonymity.SECRET:
                await self._uniting.unname(poll, names)
        openly = [poll.id for poll in polls.values() if poll.rules.anonymity is not Anonymity.SECRET]
        back = delete(poll_tables.ballots).where(_ballots.poll_id.in_(openly), _ballots.voter.in_(voters))
        await self._connection.execute(back)
        return touched

    async def _forget_answers(self, members: Sequence[MemberId], upcoming: Collection[EventId]) -> frozenset[EventId]:
        """Give up what is to come; past answers stay counted, without what was told to the organisers.

        Whoever has a seat where they have come to already is counted there, as those of the past are.
        """
        answers = await self._answers.all(members)
        arrived = select(_arrivals.event_id).where(_arrivals.member_id.in_(members))
        came = {EventId(event) for event in await self._connection.scalars(arrived)}
        kept = {rsvp.event for rsvp in answers if rsvp.answer is Answer.GOING and rsvp.event in came}
        given_up = [rsvp for rsvp in answers if rsvp.event in upcoming and rsvp.event not in kept]
        for rsvp in given_up:
            await self._answers.vacate(rsvp.event, rsvp.arrived)
        theirs = _rsvps.member_id.in_(members)
        gone = _rsvps.event_id.in_([rsvp.event for rsvp in given_up])
        await self._connection.execute(delete(schema.rsvps).where(theirs, gone))
        await self._connection.execute(update(schema.rsvps).where(theirs).values(note=""))
        return frozenset(rsvp.event for rsvp in answers)

    async def _forget_credit(self, members: Sequence[MemberId]) -> frozenset[PostingId]:
        """What they suggested bears their name no more."""
        suggested = select(_prompts.id).where(_prompts.suggester_id.in_(members), _prompts.credited)
        named = select(_postings.id).where(_postings.prompt_id.in_(suggested))
        postings = frozenset(map(PostingId, await self._connection.scalars(named)))
        unnamed = update(prompt_tables.prompts).where(_prompts.suggester_id.in_(members)).values(credited=False)
        await self._connection.execute(unnamed)
        return postings

    async def _forget_memos(self, members: Sequence[MemberId], accounts: Sequence[AccountId]) -> None:
        """What they wanted to be told themselves is said no more."""
        own = (_memos.setter_id.in_(members)) & (_memos.audience == Audience.ME)
        cancelled = {"state": MemoState.CANCELLED, "text": "", "due": None}
        await self._connection.execute(update(memo_tables.memos).where(own).values(cancelled))
        await self._connection.execute(delete(memo_tables.snoozes).where(_snoozes.receiver.in_(accounts)))

    async def _forget_person(self, person: Person) -> None:
        """Nothing is sent to them any more, and nothing tells that anything ever was."""
        for column in BY_PERSON:
            if column.table is not schema.errands:
                theirs = (column.table.c.platform == person.platform) & (column == person.key)
                await self._connection.execute(delete(column.table).where(theirs))
        await self._forget_forms_about(person)
        here = _errands.platform == person.platform
        directly = here & (_errands.person_key == person.key)
        await self._connection.execute(delete(schema.errands).where(directly, _errands.due.is_not(None)))
        nobody = {"person_key": "", "destination": f"person {NOBODY}"}
        await self._connection.execute(update(schema.errands).where(directly).values(nobody))
        among = await self._connection.execute(
            select(_errands.id, _errands.people, _errands.due).where(here, _errands.people.contains(person.key))
        )
        for row in among.all():
            left = [key for key in row.people.splitlines() if key != person.key]
            this = _errands.id == row.id
            if left or row.due is None:
                await self._connection.execute(update(schema.errands).where(this).values(people="\n".join(left)))
            else:
                await self._connection.execute(delete(schema.errands).where(this, _errands.kind == Way.THREAD))
        for table in (schema.errands, schema.deliveries):
            told = or_(table.c.detail.contains(person.key))
            await self._connection.execute(update(table).where(told).values(detail=""))

    async def _forget_forms_about(self, person: Person) -> None:
        """What others typed of them and did not send off yet is forgotten whole."""
        named = (_forms.platform == person.platform) & cast(_forms.given, Text).contains(person.key, autoescape=True)
        found = await self._connection.execute(select(_forms.id, _forms.given).where(named))
        about = [row.id for row in found if person.key in _words(row.given)]
        await self._connection.execute(delete(schema.kept_forms).where(_forms.id.in_(about)))


def _words(given: Mapping[str, str]) -> set[str]:
    """What stands in a form, word by word: a key stands there alone, or after what it is."""
    return {word for text in (*given, *given.values()) for word in text.split()}


async def records(connection: AsyncConnection, member: MemberId) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Every row that is kept of a member, by table and column."""
    members = await whole(connection, member)
    found = await connection.execute(select(schema.accounts).where(_accounts.member_id.in_(members)))
    accounts = found.all()
    kept: dict[str, Sequence[Mapping[str, Any]]] = {}
    ids = [row.id for row in accounts]
    columns = [(keyed.column, members) for keyed in BY_MEMBER] + [(column, ids) for column, _ in BY_ACCOUNT]
    for column, values in columns:
        rows = await connection.execute(select(column.table).where(column.in_(values)))
        kept[str(column)] = [_plain(_own(column, members, row)) for row in rows.mappings()]
    for column in BY_PERSON:
        theirs = or_(
            *((column.table.c.platform == row.platform) & (column == row.key) for row in accounts),
        )
        rows = await connection.execute(select(column.table).where(theirs))
        kept[str(column)] = [_plain(row) for row in rows.mappings()]
    return {column: rows for column, rows in kept.items() if rows}


def _own(column: Column[Any], members: Collection[MemberId], row: Mapping[Any, Any]) -> Mapping[Any, Any]:
    """A row without who else it is of: who suggested what an organiser decided on, or who wrote what somebody kept."""
    others = {
        keyed.column.name
        for keyed in BY_MEMBER
        if keyed.column.table is column.table and row[keyed.column.name] not in {None, *members}
    }
    if column is takeaway_tables.takeaways.c.keeper_id and "author_id" in others:
        others.add("text")
    return {name: value for name, value in row.items() if name not in others}


def _plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    """A row as JSON has it; what tells a code, whoever looks, is left out."""
    plain = {str(name): value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}
    return {name: value for name, value in plain.items() if name != "digest"}
