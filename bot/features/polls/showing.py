"""Showing: a poll for whoever asks, and what they themselves chose."""

from collections.abc import Sequence
from typing import Annotated

from bot.calls import Call, Refusal, Reply
from bot.commands import Ask, command
from bot.domain.ballots import Ballot, Cast, Voter, known_voter
from bot.domain.people import Account, Role
from bot.domain.places import ChapterId
from bot.domain.polls import Anonymity, ChoiceId, Poll, PollId, PollState
from bot.features import picks
from bot.features.polls import picks as poll_picks
from bot.features.polls import receipts, words
from bot.features.polls.cards import poll_card
from bot.features.polls.papers import BALLOT
from bot.features.polls.voting import sealed_names
from bot.messages import Heading, Message, Note, Paragraph, Part, counted, line, say
from bot.ports import Transaction

MOST = 10
"""Polls listed at once; the rest are counted."""


@command("poll show", "See a poll’s results", reads=True, submit="Show")
async def show(
    call: Call,
    tx: Transaction,
    poll: Annotated[PollId, Ask("Which poll?", pick=poll_picks.posted, nothing="There is no poll yet.")],
) -> Reply:
    """The card of a poll, for the person who asks; hidden results stay hidden."""
    try:
        drawn = await poll_card.draw(tx, poll)
    except KeyError:
        drawn = None
    if drawn is None:
        raise Refusal("That poll is not on record, or not posted yet.")
    return drawn


@command("poll mine", "See what you chose", reads=True)
async def mine(call: Call, tx: Transaction) -> Reply:
    """Every poll in which the caller has voted, newest first, with what they chose."""
    polls = await tx.polls.all([PollState.OPEN, PollState.CLOSED])
    account = await tx.members.find(call.caller.person)
    ballots = await ballots_of(tx, call, polls, account)
    voted = [poll for poll in polls if poll.id in ballots]
    if not voted:
        return line("You have not voted in any poll yet.")
    choices = await tx.polls.choices([poll.id for poll in voted[:MOST]])
    parts: list[Part] = [Heading(say("Your votes"))]
    for poll in voted[:MOST]:
        said = words.said_of(poll, choices[poll.id], ballots[poll.id])
        text = say("{question} ({state}): {said}", question=poll.question, state=words.state(poll), said=said)
        parts.append(Paragraph(text))
    if len(voted) > MOST:
        parts.append(Note(say("And {more} more.", more=len(voted) - MOST)))
    return Message(tuple(parts), say("Your votes in {polls}", polls=counted(len(voted), "poll", "polls")))


@command(BALLOT, "See your ballot", hidden=True, reads=True)
async def ballot(
    call: Call,
    tx: Transaction,
    poll: Annotated[PollId, Ask("Which poll?", hidden=True)],
    page: Annotated[int | None, Ask("Which page?", hidden=True)] = None,
) -> Reply:
    """One's own ballot, to fill in or to change."""
    try:
        asked = await tx.polls.get(poll)
    except KeyError:
        return receipts.shut(None)
    if not asked.open(call.at):
        return receipts.shut(asked)
    account = await tx.members.find(call.caller.person)
    cast = (await ballots_of(tx, call, [asked], account)).get(poll, Ballot(poll, Voter(""), frozenset()))
    choices = (await tx.polls.choices([poll]))[poll]
    tally = (await tx.ballots.tallies([poll]))[poll]
    chapter = await tx.chapters.get(asked.chapter)
    return receipts.receipt(asked, chapter, choices, cast, Cast.SAME, tally, ChoiceId(0), page)


@command("poll allow", "Say who may ask polls", needs=Role.ORGANISER, submit="Save")
async def allow(
    call: Call,
    tx: Transaction,
    members: Annotated[int, Ask("May every member ask?", "1 for yes, 0 for organisers only", most=1)],
    chapter: Annotated[ChapterId, Ask("Which chapter?", pick=picks.chapters, known=picks.chapter_here)],
) -> Reply:
    """Let every member of a chapter ask polls, or organisers only."""
    named = await tx.chapters.get(chapter)
    await tx.polls.allow(chapter, members=bool(members))
    if members:
        return line("From now on every member can ask polls in **{chapter}**.", chapter=named.name)
    return line("From now on only organisers can ask polls in **{chapter}**.", chapter=named.name)


async def ballots_of(
    tx: Transaction, call: Call, polls: Sequence[Poll], account: Account | None
) -> dict[PollId, Ballot]:
    """The caller's own ballots in these polls."""
    person = call.caller.person
    secret = {
        (poll.id, person) for poll in polls if poll.rules.anonymity is Anonymity.SECRET and poll.seal == tx.ballots.mark
    }
    names = await sealed_names(tx, secret)
    voters = {(poll, voter) for (poll, _), name in names.items() for voter in (name.voter, *name.others)}
    if account is not None:
        voters |= {(poll.id, known_voter(account.member)) for poll in polls}
    return {ballot.poll: ballot for ballot in await tx.ballots.of(voters)}
