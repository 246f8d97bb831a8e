"""Ballots on record: what members chose, without a word on when."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, insert, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ballots import Ballot, Tally, Voice, Voter
from bot.domain.polls import ChoiceId, PollId
from storage import poll_tables as tables
from storage.given import among, given, rows, values
from storage.seal import Seal

_ballots = tables.ballots.c

_COUNTS = (
    select(_ballots.poll_id, _ballots.choice_id, _ballots.voice, func.count().label("members"))
    .where(among(_ballots.poll_id, "polls"))
    .group_by(_ballots.poll_id, _ballots.choice_id, _ballots.voice)
)
_VOTED = (
    select(_ballots.poll_id, func.count(_ballots.voter.distinct()).label("members"))
    .where(among(_ballots.poll_id, "polls"))
    .group_by(_ballots.poll_id)
)

_asked = given("voters", _ballots.poll_id, _ballots.voter)
_OF = (
    select(tables.ballots)
    .join(_asked, (_ballots.poll_id == _asked.c.poll_id) & (_ballots.voter == _asked.c.voter))
    .order_by(_ballots.poll_id, _ballots.voter)
)
_ALL = select(tables.ballots).where(_ballots.poll_id == bindparam("poll")).order_by(_ballots.voter)

_emptied = given("voters", _ballots.poll_id, _ballots.voter)
_EMPTY = delete(tables.ballots).where(
    tuple_(_ballots.poll_id, _ballots.voter).in_(select(_emptied.c.poll_id, _emptied.c.voter))
)
_filled = given("ballots", *_ballots)
_FILL = insert(tables.ballots).from_select([each.name for each in _ballots], select(_filled))


class Ballots:
    """What members chose."""

    def __init__(self, connection: AsyncConnection, seal: Seal | None) -> None:
        self._connection = connection
        self._seal = seal

    @property
    def mark(self) -> str:
        return "" if self._seal is None else self._seal.mark

    def seal(self, poll: PollId, name: str) -> Voter:
        if self._seal is None:
            raise KeyError("there is no key for secret polls")
        return Voter(self._seal.press(f"{poll} {name}"))

    async def tallies(self, polls: Collection[PollId]) -> Mapping[PollId, Tally]:
        counts: dict[tuple[PollId, Voice], dict[ChoiceId, int]] = {
            (poll, voice): {} for poll in polls for voice in Voice
        }
        voted = dict.fromkeys(polls, 0)
        for row in await self._connection.execute(_COUNTS, {"polls": values(polls)}):
            counts[row.poll_id, row.voice][row.choice_id] = row.members
        for row in await self._connection.execute(_VOTED, {"polls": values(polls)}):
            voted[row.poll_id] = row.members
        return {
            poll: Tally(counts[poll, Voice.YES], voted[poll], counts[poll, Voice.NEED], counts[poll, Voice.NO])
            for poll in voted
        }

    async def of(self, voters: Collection[tuple[PollId, Voter]]) -> Sequence[Ballot]:
        asked = rows({"poll_id": poll, "voter": voter} for poll, voter in voters)
        return _read(await self._connection.execute(_OF, {"voters": asked}))

    async def all(self, poll: PollId) -> Sequence[Ballot]:
        return _read(await self._connection.execute(_ALL, {"poll": poll}))

    async def put(self, ballots: Collection[Ballot], sole: Collection[PollId]) -> None:
        last = {(ballot.poll, ballot.voter): ballot for ballot in ballots}
        emptied = rows({"poll_id": poll, "voter": voter} for poll, voter in last)
        await self._connection.execute(_EMPTY, {"voters": emptied})
        # In the order of their names, and not in that of their arrival.
        filled = rows(
            {"poll_id": poll, "voter": voter, "choice_id": choice, "sole": poll in sole, "voice": voice}
            for (poll, voter), ballot in sorted(last.items(), key=lambda each: each[0])
            for choice, voice in ballot.marks()
        )
        await self._connection.execute(_FILL, {"ballots": filled})


def _read(found: Iterable[Row[Any]]) -> list[Ballot]:
    read: list[Ballot] = []
    for (poll, voter), lines in groupby(found, key=lambda row: (row.poll_id, row.voter)):
        held: dict[Voice, set[ChoiceId]] = {voice: set() for voice in Voice}
        for row in lines:
            held[row.voice].add(ChoiceId(row.choice_id))
        yes, need, no = (frozenset(held[voice]) for voice in (Voice.YES, Voice.NEED, Voice.NO))
        read.append(Ballot(PollId(poll), Voter(voter), yes, need, no))
    return read
