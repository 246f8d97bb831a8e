"""Recounting: a poll counted anew from its ballots, one by one, with the rule by which it is counted."""

from bot.calls import Refusal
from bot.domain.ballots import Result, Tally, result
from bot.domain.polls import Anonymity, Choice, ChoiceId, Poll, PollId, PollKind, PollState, Showing
from bot.features.polls import words
from bot.features.polls.results import names_by_choice, names_of
from bot.messages import Text, say
from bot.ports import Transaction

Table = list[list[str]]


async def recount(tx: Transaction, poll: PollId) -> list[Text]:
    """The rule, every choice with its votes, the turnout, and what it comes to; raises Refusal."""
    asked, choices, counts, voted = await _counted(tx, poll)
    tally = Tally(counts, voted)
    counted = result(asked, choices, tally)
    said = [
        say("{question} ({state})", question=asked.question, state=words.state(asked)),
        say("{rule}", rule=rule(asked)),
    ]
    said += [
        say("{count} {label}", count=f"{tally.of(choice):>6}", label=choice.label)
        for choice in choices
        if choice.offered
    ]
    said.append(words.turnout(asked, counted))
    if asked.state is PollState.CLOSED:
        said.append(words.outcome(asked, choices, tally, counted))
    same = (await tx.ballots.tallies([poll]))[poll] == tally
    said.append(say("The card counts the same.") if same else say("The card counts otherwise: this is a fault."))
    return said


async def export(tx: Transaction, poll: PollId) -> Table:
    """A poll as rows of a file: a line for each choice, with names only where its ballot allowed for that.

    Raises Refusal while its results are hidden.
    """
    asked, choices, counts, voted = await _counted(tx, poll)
    if asked.state is not PollState.CLOSED and asked.rules.showing is not Showing.ALWAYS:
        raise Refusal("The results of **{question}** are hidden until it is closed.", question=asked.question)
    counted: Result = result(asked, choices, Tally(counts, voted))
    shares = {choice.id: str(words.share(count, voted)) for choice, count in counted.ranked}
    named = asked.rules.anonymity is not Anonymity.SECRET
    ballots = await tx.ballots.all(poll) if named else ()
    chosen = names_by_choice(ballots, await names_of(tx, ballots))
    header = ["choice", "votes", "percent of voters", *(["voters"] if named else [])]
    return [
        header,
        *(
            [
                choice.label,
                str(counts.get(choice.id, 0)),
                shares.get(choice.id, ""),
                *([", ".join(chosen.get(choice.id, ()))] if named else []),
            ]
            for choice in choices
            if choice.offered
        ),
    ]


def rule(poll: Poll) -> str:
    """By which rule a poll is counted, in words."""
    holds = {
        PollKind.SINGLE: "Each voter has one ballot with one choice",
        PollKind.YES_NO: "Each voter has one ballot: yes, no, or an abstention",
        PollKind.SCALE: "Each voter has one ballot with one step of the scale; the middle one is the result",
        PollKind.ANSWERS: f"Each voter has one ballot and supports up to {poll.rules.most or 'any number of'} answers",
        PollKind.SEVERAL: f"Each voter has one ballot with up to {poll.rules.most or 'any number of'} choices",
    }[poll.rules.kind]
    quorum = f" It counts if at least {poll.rules.quorum} vote." if poll.rules.quorum else ""
    return (
        f"{holds}; the last word counts. A choice has as many votes as ballots hold it; most win, as many tie. "
        f"Abstentions count for the turnout alone.{quorum}"
    )


async def _counted(tx: Transaction, poll: PollId) -> tuple[Poll, list[Choice], dict[ChoiceId, int], int]:
    """The poll, its choices, and its ballots counted one by one."""
    try:
        asked = await tx.polls.get(poll)
    except KeyError:
        raise Refusal("There is no poll with the number {poll}.", poll=poll) from None
    counts: dict[ChoiceId, int] = {}
    voted = 0
    for ballot in await tx.ballots.all(poll):
        voted += 1
        for choice in ballot.choices:
            counts[choice] = counts.get(choice, 0) + 1
    return asked, list((await tx.polls.choices([poll]))[poll]), counts, voted
