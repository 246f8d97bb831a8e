"""Uniting: the ballots of one person, cast under several names, become one."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ballots import Ballot, Voter, account_name, known_voter, member_name
from bot.domain.people import MemberId, Person
from bot.domain.polls import Anonymity, Poll, PollId
from storage.ballots import Ballots
from storage.members import Members

Name = MemberId | Person
"""Under what somebody may have voted: as a member, or in secret as an account that belonged to no member yet."""


class Uniting:
    """The ballots of people who turn out to be one."""

    def __init__(self, connection: AsyncConnection, ballots: Ballots) -> None:
        self._ballots = ballots
        self._members = Members(connection)

    async def names(self, *members: MemberId) -> list[Name]:
        """All names of these members, in this order."""
        names: list[Name] = []
        for member in members:
            names += [member, *(account.person for account in await self._members.accounts([member]))]
        return names

    async def unite(self, polls: Iterable[Poll], member: MemberId, names: Sequence[Name]) -> frozenset[PollId]:
        """Of the ballots under these names the first there is becomes the member's, and the others go.

        Returns the polls in which that changed something. Ballots that are sealed with another key stay as they are.
        """
        return frozenset([poll.id for poll in polls if await self._united(poll, member, names)])

    async def unname(self, poll: Poll, names: Sequence[Name]) -> None:
        """Seal a ballot as that of an account and of no member any more, so that whoever comes back votes once."""
        accounts = [name for name in names if isinstance(name, Person)]
        voters = self._voters(poll, names)
        if not accounts or not voters:
            return
        seal = self._voters(poll, accounts)[0]
        cast = await self._ballots.of([(poll.id, voter) for voter in voters])
        if cast:
            emptied = [Ballot(poll.id, each.voter, frozenset()) for each in cast if each.voter != seal]
            await self._put(poll, [*emptied, replace(cast[0], voter=seal)])

    async def _united(self, poll: Poll, member: MemberId, names: Sequence[Name]) -> bool:
        voters = self._voters(poll, names)
        cast = {each.voter: each for each in await self._ballots.of([(poll.id, each) for each in voters])}
        (mine,) = self._voters(poll, [member]) or (None,)
        if mine is None or not cast or list(cast) == [mine]:
            return False
        stands = next(cast[voter] for voter in voters if voter in cast)
        emptied = [Ballot(poll.id, voter, frozenset()) for voter in cast if voter != mine]
        await self._put(poll, [*emptied, replace(stands, voter=mine)])
        return True

    def _voters(self, poll: Poll, names: Sequence[Name]) -> list[Voter]:
        if poll.rules.anonymity is not Anonymity.SECRET:
            return [known_voter(name) for name in names if not isinstance(name, Person)]
        if poll.seal != self._ballots.mark:
            return []
        return [
            self._ballots.seal(poll.id, account_name(name) if isinstance(name, Person) else member_name(name))
            for name in names
        ]

    async def _put(self, poll: Poll, ballots: Sequence[Ballot]) -> None:
        await self._ballots.put(ballots, [poll.id] if poll.rules.sole else [])
