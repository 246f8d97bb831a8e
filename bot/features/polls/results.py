"""Results: what a poll came to, as lines on a card, in a receipt, or posted at its close."""

from collections.abc import Mapping, Sequence

from bot import budget, codes
from bot.domain.ballots import Ballot, Result, Tally, Voice
from bot.domain.people import MemberId
from bot.domain.polls import Anonymity, Choice, ChoiceId, Poll, PollKind, PollState
from bot.features.polls import words
from bot.messages import Button, Buttons, Facts, Note, Part, Text, roll, say
from bot.ports import Transaction

MOST_LINES = 25
"""Choices with a line of their own: beyond, the foremost have one, and the others are counted."""

BUDGET = budget.Budget(2400, 6000)
"""Room for all these lines, beside the question and what surrounds it."""

BAR = 24
"""Letters of a choice's bar and its numbers."""

MOST_NAMES = 8

MAKE = "poll event"
"""The command that makes an event of a date, by name: it answers with an event's own preview."""

ROW = 5


def lines(poll: Poll, counted: Result, tally: Tally, chosen: Mapping[ChoiceId, Sequence[str]]) -> list[Part]:
    """The result, a line for each choice: in the listed order while it is open, from the first at its close."""
    ranked = counted.ranked
    supported = poll.state is PollState.CLOSED or poll.rules.kind is PollKind.ANSWERS
    listed = not supported and len(ranked) <= MOST_LINES
    shown = fitting(ranked)
    if listed and len(shown) == len(ranked):
        shown = sorted(shown, key=lambda each: each[0].position)
    dates = poll.rules.kind is PollKind.DATES
    rows = words.table(shown, tally) if dates else words.bars(shown, counted.voted)
    if chosen:
        rows = tuple(
            (label, _with_names(text, chosen.get(choice.id, ())))
            for (label, text), (choice, _count) in zip(rows, shown, strict=True)
        )
    parts: list[Part] = [Facts(rows)] if rows else []
    rest = len(ranked) - len(shown)
    if rest:
        votes = sum(count for _choice, count in ranked[len(shown) :])
        parts.append(Note(say("And {rest} more choices, with {votes} votes together.", rest=rest, votes=votes)))
    return parts


def fitting(ranked: Sequence[tuple[Choice, int]]) -> list[tuple[Choice, int]]:
    """The foremost, as many as there is room for."""
    return budget.fitting(ranked[:MOST_LINES], lambda each: each[0].label + " " * BAR, BUDGET)


def _with_names(text: Text, names: Sequence[str]) -> Text:
    return say("{text}\n{names}", text=text, names=roll(names[:MOST_NAMES], len(names))) if names else text


async def chosen_by(tx: Transaction, poll: Poll) -> Mapping[ChoiceId, Sequence[str]]:
    """Who chose what, by name, where everybody may see that."""
    if poll.rules.anonymity is not Anonymity.NAMES:
        return {}
    ballots = await tx.ballots.all(poll.id)
    return names_by_choice(ballots, await names_of(tx, ballots))


async def names_of(tx: Transaction, ballots: Sequence[Ballot]) -> Mapping[str, str]:
    """The names of voters that are members."""
    members = [MemberId(int(ballot.voter)) for ballot in ballots]
    names: dict[str, str] = {}
    for account in await tx.members.accounts(members):
        names.setdefault(str(account.member), account.name)
    return names


def names_by_choice(ballots: Sequence[Ballot], names: Mapping[str, str]) -> Mapping[ChoiceId, Sequence[str]]:
    """The names of those who chose each choice, by name, so that no order of arrival is told."""
    chosen: dict[ChoiceId, list[str]] = {}
    for ballot in ballots:
        name = names.get(ballot.voter, "somebody")
        for choice, voice in ballot.marks():
            if voice is not Voice.NO:
                chosen.setdefault(choice, []).append(name if voice is Voice.YES else f"({name})")
    return {choice: sorted(each, key=lambda name: name.strip("()").casefold()) for choice, each in chosen.items()}


def made_of(poll: Poll, counted: Result) -> list[Part]:
    """Where people have said when they can: the button by which an organiser makes an event of it."""
    if poll.rules.kind is not PollKind.DATES or poll.rules.event is not None:
        return []
    code = {"poll": str(poll.id)}
    if len(counted.first) == 1:
        return [Buttons((Button("Make an event", codes.pack(MAKE, {**code, "choice": str(counted.first[0].id)})),))]
    best = [(choice, codes.pack(MAKE, {**code, "choice": str(choice.id)})) for choice in counted.first[:ROW]]
    return [Buttons(tuple(Button(f"Make an event: {choice.label}", held) for choice, held in best))] if best else []
