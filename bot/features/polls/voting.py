"""Voting: presses on ballots, taken in crowds, one ballot box for every platform."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from bot.commands import Ask, Outcome, Press, crowd
from bot.domain.ballots import Ballot, BallotBox, Cast, Tally, Voter, account_name, known_voter, member_name
from bot.domain.events import EventId
from bot.domain.people import Account, MemberId, Person
from bot.domain.places import Chapter, ChapterId
from bot.domain.polls import Anonymity, Choice, ChoiceId, Poll, PollId, Voters
from bot.domain.rsvps import Answer
from bot.features.polls import receipts
from bot.features.polls.papers import ON, VOTE
from bot.features.polls.places import drawn, places_of
from bot.features.retelling import redraw
from bot.messages import Message
from bot.ports import Transaction


@dataclass(frozen=True, slots=True)
class Casting:
    """What a press on a ballot says: a choice is set, or taken off; the choice 0 is the whole ballot.

    Of a date it may also say “if need be” or “no”; see `papers.ON`.
    """

    poll: Annotated[PollId, Ask("Which poll?", hidden=True)]
    choice: Annotated[ChoiceId, Ask("Which choice?", hidden=True)]
    on: Annotated[int, Ask("Set it?", hidden=True)]


@dataclass(frozen=True, slots=True)
class Name:
    """Under which name somebody votes in a poll, and under which others they may have voted before."""

    voter: Voter
    others: tuple[Voter, ...] = ()
    member: MemberId | None = None


@dataclass(frozen=True, slots=True)
class Booth:
    """What a group of presses needs to know."""

    polls: Mapping[PollId, Poll]
    chapters: Mapping[ChapterId, Chapter]
    choices: Mapping[PollId, Sequence[Choice]]
    tallies: Mapping[PollId, Tally]
    names: Mapping[tuple[PollId, Person], Name]
    ballots: Sequence[Ballot]
    going: frozenset[tuple[EventId, MemberId]]
    at: datetime

    def chapter(self, poll: PollId) -> Chapter:
        return self.chapters[self.polls[poll].chapter]


async def load(tx: Transaction, presses: Sequence[Press[Casting]]) -> Booth:
    """Everything about the polls that these presses are on, in a handful of queries however many they are."""
    polls = await tx.polls.lock({press.asked.poll for press in presses})
    names = await names_of(tx, polls, presses)
    voters = {(poll, each) for (poll, _person), name in names.items() for each in (name.voter, *name.others)}
    events = {poll.rules.event for poll in polls.values() if poll.rules.event is not None}
    members = {name.member for name in names.values() if name.member is not None}
    rsvps = await tx.rsvps.of(events, members) if events else ()
    return Booth(
        polls,
        {chapter.id: chapter for chapter in await tx.chapters.all()},
        await tx.polls.choices(polls),
        await tx.ballots.tallies(polls),
        names,
        await tx.ballots.of(voters),
        frozenset((rsvp.event, rsvp.member) for rsvp in rsvps if rsvp.answer is Answer.GOING),
        max(press.call.at for press in presses),
    )


async def names_of(
    tx: Transaction, polls: Mapping[PollId, Poll], presses: Sequence[Press[Casting]]
) -> Mapping[tuple[PollId, Person], Name]:
    """Under which name each of them votes.

    Where ballots are secret nobody is put on record by voting: a new row here beside a new row there would tell.
    """
    callers = {press.call.caller.person: press.call.caller for press in presses if press.asked.poll in polls}
    pairs = {(press.asked.poll, press.call.caller.person) for press in presses if press.asked.poll in polls}
    secret = {poll.id for poll in polls.values() if poll.rules.anonymity is Anonymity.SECRET}
    openly = {person for poll, person in pairs if poll not in secret}
    # With another key than theirs, nobody could be told from anybody: then nobody votes.
    sealed = {(poll, person) for poll, person in pairs if poll in secret and polls[poll].seal == tx.ballots.mark}
    names = dict(await sealed_names(tx, sealed))
    if openly:
        accounts = await tx.members.recognise([callers[person] for person in openly])
        names |= {(poll, person): _openly(accounts[person]) for poll, person in pairs if poll not in secret}
    return names


async def sealed_names(tx: Transaction, pairs: set[tuple[PollId, Person]]) -> Mapping[tuple[PollId, Person], Name]:
    """Under which seal each of these people votes: as the member they are, or else as the account that they come with.

    Whoever voted before the bot knew them as a member has done so under an account's.
    """
    if not pairs:
        return {}
    known = await tx.members.known({person for _poll, person in pairs})
    siblings: dict[MemberId, list[Person]] = {}
    for account in await tx.members.accounts({account.member for account in known.values()}):
        siblings.setdefault(account.member, []).append(account.person)
    names: dict[tuple[PollId, Person], Name] = {}
    for poll, person in pairs:
        account = known.get(person)
        if account is None:
            names[poll, person] = Name(tx.ballots.seal(poll, account_name(person)))
        else:
            others = tuple(tx.ballots.seal(poll, account_name(each)) for each in siblings[account.member])
            names[poll, person] = Name(tx.ballots.seal(poll, member_name(account.member)), others, account.member)
    return names


def decide(booth: Booth, presses: Sequence[Press[Casting]]) -> list[Outcome[list[Ballot]]]:
    """Go through the presses in order of arrival; no ballot is lost, and none is counted twice."""
    boxes = {
        poll: BallotBox(
            booth.polls[poll],
            booth.choices[poll],
            booth.tallies[poll],
            [ballot for ballot in booth.ballots if ballot.poll == poll],
        )
        for poll in booth.polls
    }
    return [_decide(booth, boxes, press) for press in presses]


async def keep(tx: Transaction, booth: Booth, outcomes: Sequence[Outcome[list[Ballot]]]) -> None:
    """Write the last word on every ballot, and wish the cards redrawn."""
    changed = [ballot for outcome in outcomes if outcome.kept for ballot in outcome.kept]
    if not changed:
        return
    last = {(ballot.poll, ballot.voter): ballot for ballot in changed}
    await tx.ballots.put(last.values(), [poll.id for poll in booth.polls.values() if poll.rules.sole])
    polls = {ballot.poll for ballot in changed}
    await redraw(tx, [drawn(poll) for poll in polls], booth.at)


def _openly(account: Account) -> Name:
    return Name(known_voter(account.member), member=account.member)


def _decide(booth: Booth, boxes: Mapping[PollId, BallotBox], press: Press[Casting]) -> Outcome[list[Ballot]]:
    asked = press.asked
    poll = booth.polls.get(asked.poll)
    if poll is None or not poll.open(press.call.at):
        return Outcome(None, receipts.shut(poll))
    chapter, name = booth.chapter(poll.id), booth.names.get((poll.id, press.call.caller.person))
    if name is None:
        return Outcome(None, receipts.keyless())
    if barred := _barred(booth, poll, chapter, press, name):
        return Outcome(None, barred)
    box, choices = boxes[poll.id], booth.choices[poll.id]
    changed = box.unite(name.voter, name.others)
    cast = _cast(box, name.voter, asked)
    if cast in (Cast.KEPT, Cast.WITHDRAWN):
        changed.append(box.ballot(name.voter))
    ballot = box.ballot(name.voter)
    receipt = receipts.receipt(poll, chapter, choices, ballot, cast, box.tally, asked.choice)
    return Outcome(changed or None, receipt)


def _cast(box: BallotBox, voter: Voter, asked: Casting) -> Cast:
    """Do what a press says."""
    voice = next((voice for voice, on in ON.items() if on == asked.on), None)
    if voice is None:
        return box.withdraw(voter, asked.choice or None) if asked.on == 0 else Cast.NOT_OFFERED
    return box.choose(voter, asked.choice, voice) if asked.choice else box.complete(voter, voice)


def _barred(booth: Booth, poll: Poll, chapter: Chapter, press: Press[Casting], name: Name) -> Message | None:
    """What somebody is told who may not vote in this poll, or not from there."""
    if poll.rules.voters is Voters.GOING:
        going = (poll.rules.event, name.member) in booth.going
        return None if going else receipts.not_going()
    places = places_of(poll, chapter)
    return None if press.call.place in places else receipts.elsewhere(places, chapter)


vote = crowd(VOTE, "Vote in a poll", asks=Casting, load=load, decide=decide, keep=keep, hidden=True)
