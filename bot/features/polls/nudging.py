"""Nudging: those who may vote and have not yet, reminded once each time an organiser asks for it, and nobody else."""

from collections.abc import Sequence
from functools import partial
from typing import Annotated

from bot.calls import Call, Refusal, Reply
from bot.commands import Ask, command
from bot.domain.ballots import known_voter
from bot.domain.people import Account, AccountId, MemberId, Platform, Role
from bot.domain.polls import Anonymity, Poll, PollId, PollState, Voters
from bot.domain.rsvps import Answer
from bot.drawings import drawing
from bot.features import announcing
from bot.features.polls import picks, words
from bot.features.polls.places import threads_of
from bot.features.polls.posting import held
from bot.features.polls.voting import sealed_names
from bot.messages import Message, Paragraph, line, say
from bot.ports import Transaction


@command("poll nudge", "Remind those yet to vote", needs=Role.ORGANISER, unless=picks.own, submit="Remind")
async def nudge(
    call: Call,
    tx: Transaction,
    poll: Annotated[PollId, Ask("Which poll?", pick=picks.opened, nothing="There is no open poll.")],
) -> Reply:
    """Tell them that their vote is missing, as far as it is known who may vote."""
    asked = await held(tx, poll)
    if not asked.open(call.at):
        raise Refusal("**{question}** takes no votes, so nobody is reminded.", question=asked.question)
    if asked.rules.voters is Voters.HERE:
        raise Refusal(
            "In **{question}** everyone there may vote, and I do not know who that is: so nobody can be reminded. I "
            "know the guests of an event and the members of a chapter.",
            question=asked.question,
        )
    missing = await _missing(tx, asked)
    chapter = await tx.chapters.get(asked.chapter)
    cards = await threads_of(tx, asked, chapter)
    key = f"nudge {poll} {call.caller.person.platform} {call.key}"
    await tx.errands.note(announcing.notices(key, missing, cards, partial(poll_nudge.bind, poll)), call.at)
    if asked.rules.voters is Voters.CHAPTER:
        return line(
            "Reminded of **{question}**: {number}. These are members of **{chapter}**; others in its channels may vote "
            "as well, and I do not know them.",
            question=asked.question,
            number=len(missing),
            chapter=chapter.name,
        )
    return line("Reminded of **{question}**: {number}.", question=asked.question, number=len(missing))


@drawing("poll nudge")
async def poll_nudge(
    tx: Transaction, poll: PollId, platform: Platform, first: AccountId, last: AccountId
) -> Message | None:
    """Told to those whose vote is still missing at the moment it is sent."""
    asked = await tx.polls.get(poll)
    if asked.state is not PollState.OPEN:
        return None
    told = announcing.addressed(await _missing(tx, asked), platform, first, last)
    if not told:
        return None
    chapter = await tx.chapters.get(asked.chapter)
    text = say(
        "Your vote is missing in **{question}**; it takes votes until {until}.",
        question=asked.question,
        until=words.until(asked, chapter.zone),
    )
    return Message((Paragraph(text),), text, tuple(account.person for account in told))


async def _missing(tx: Transaction, poll: Poll) -> Sequence[Account]:
    """The accounts of those who may vote, as far as they are known, and have not."""
    may = await _electorate(tx, poll)
    if poll.rules.anonymity is not Anonymity.SECRET:
        cast = await tx.ballots.of({(poll.id, known_voter(account.member)) for account in may})
        voters = {ballot.voter for ballot in cast}
        return [account for account in may if known_voter(account.member) not in voters]
    if poll.seal != tx.ballots.mark:
        return ()
    names = await sealed_names(tx, {(poll.id, account.person) for account in may})
    cast = await tx.ballots.of({(poll.id, each) for name in names.values() for each in (name.voter, *name.others)})
    voters = {ballot.voter for ballot in cast}
    return [
        account
        for account in may
        if voters.isdisjoint((names[poll.id, account.person].voter, *names[poll.id, account.person].others))
    ]


async def _electorate(tx: Transaction, poll: Poll) -> Sequence[Account]:
    """Those who may vote and are known: the guests of an event, or the members of a chapter, each by one account."""
    if poll.rules.voters is Voters.GOING and poll.rules.event is not None:
        return [account for _rsvp, account in await tx.rsvps.answered(poll.rules.event, Answer.GOING)]
    if poll.rules.voters is not Voters.CHAPTER:
        return ()
    members = await tx.chapters.members(poll.chapter)
    manners = await tx.members.manners(members)
    through: dict[MemberId, Account] = {}
    for account in await tx.members.accounts(members):
        if account.member not in through or manners[account.member].account == account.id:
            through[account.member] = account
    return list(through.values())
