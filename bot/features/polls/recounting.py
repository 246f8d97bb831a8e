"""Recounting: a poll counted anew from its ballots, one by one, with the rule by which it is counted."""

from typing import TypeAlias

from bot.calls import Refusal
from bot.domain.ballots import Tally, result, tally_of
from bot.domain.polls import Anonymity, Choice, Poll, PollId, PollKind, PollState, Showing
from bot.features.polls import words
from bot.features.polls.results import names_by_choice, names_of
from bot.messages import Text, say
from bot.ports import Transaction

Table: TypeAlias = list[list[str | int]]


async def recount(tx: Transaction, poll: PollId) -> list[Text]:
    """The rule, every choice with its votes, the turnout, and what it comes to; raises Refusal."""
    asked, choices, tally = await _counted(tx, poll)
    counted = result(asked, choices, tally)
    said = [
        say("{question} ({state})", question=asked.question, state=words.state(asked)),
        say("{rule}", rule=rule(asked)),
    ]
    said += [
        say("{count} {label}", count=_column(asked, choice, tally), label=choice.label)
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
    asked, choices, tally = await _counted(tx, poll)
    if asked.state is not PollState.CLOSED and asked.rules.showing is not Showing.ALWAYS:
        raise Refusal("The results of **{question}** are hidden until it is closed.", question=asked.question)
    named = asked.rules.anonymity is not Anonymity.SECRET
    dates = asked.rules.kind is PollKind.DATES
    ballots = await tx.ballots.all(poll) if named else ()
    chosen = names_by_choice(ballots, await names_of(tx, ballots))
    counts = ["can", "can if need be", "cannot"] if dates else ["votes", "percent of voters"]
    rows: Table = [["choice", *counts, *(["voters"] if named else [])]]
    for choice in choices:
        if choice.offered:
            voters = [", ".join(chosen.get(choice.id, ()))] if named else []
            rows.append([choice.label, *_cells(asked, choice, tally), *voters])
    return rows


def rule(poll: Poll) -> str:
    """By which rule a poll is counted, in words."""
    holds = {
        PollKind.SINGLE: "Each voter has one ballot with one choice",
        PollKind.YES_NO: "Each voter has one ballot: yes, no, or an abstention",
        PollKind.SCALE: "Each voter has one ballot with one step of the scale; the middle one is the result",
        PollKind.DATES: "Each voter has one ballot that says yes, if need be, or no to any date; the best one is that "
        "on which most can, if need be included, and of several such ones that on which most can without need",
        PollKind.ANSWERS: f"Each voter has one ballot and supports up to {poll.rules.most or 'any number of'} answers",
        PollKind.SEVERAL: f"Each voter has one ballot with up to {poll.rules.most or 'any number of'} choices",
    }[poll.rules.kind]
    quorum = f" It counts if at least {poll.rules.quorum} vote." if poll.rules.quorum else ""
    wins = (
        ""
        if poll.rules.kind is PollKind.DATES
        else " A choice has as many votes as ballots hold it; most win, as many tie."
    )
    return f"{holds}; the last word counts.{wins} Abstentions count for the turnout alone.{quorum}"


def _cells(poll: Poll, choice: Choice, tally: Tally) -> list[str | int]:
    """What a row says besides the choice and the names; an abstention has no share."""
    if poll.rules.kind is PollKind.DATES:
        return [tally.of(choice), tally.needs.get(choice.id, 0), tally.refused.get(choice.id, 0)]
    return [tally.of(choice), words.share(tally.of(choice), tally.voted) if choice.counts else ""]


def _column(poll: Poll, choice: Choice, tally: Tally) -> str:
    """What stands before a choice: its votes, or of a date those who can, can if need be, and cannot."""
    counts = [tally.of(choice)]
    if poll.rules.kind is PollKind.DATES:
        counts += [tally.needs.get(choice.id, 0), tally.refused.get(choice.id, 0)]
    return " ".join(f"{count:>6}" for count in counts)


async def _counted(tx: Transaction, poll: PollId) -> tuple[Poll, list[Choice], Tally]:
    """The poll, its choices, and its ballots counted one by one."""
    try:
        asked = await tx.polls.get(poll)
    except KeyError:
        raise Refusal("There is no poll with the number {poll}.", poll=poll) from None
    return asked, list((await tx.polls.choices([poll]))[poll]), tally_of(await tx.ballots.all(poll))
