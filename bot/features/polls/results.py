"""Results: what a poll came to, as lines on a card, in a receipt, or posted at its close."""

from collections.abc import Mapping, Sequence

from bot.domain.ballots import Ballot, Result
from bot.domain.people import MemberId
from bot.domain.polls import Anonymity, Choice, ChoiceId, Poll, PollKind, PollState
from bot.features.polls import words
from bot.messages import Facts, Note, Part, Text, roll, say
from bot.ports import Transaction

MOST_LINES = 25
"""Choices with a line of their own: beyond, the foremost have one, and the others are counted."""

ROOM = 2400
"""Letters that these lines may have in all: Discord's whole card takes 4,000."""

MOST_NAMES = 8


def lines(
    poll: Poll, counted: Result, choices: Sequence[Choice], chosen: Mapping[ChoiceId, Sequence[str]]
) -> list[Part]:
    """The result, a line for each choice: in the listed order while it is open, from the first at its close."""
    order = {choice.id: choice.position for choice in choices}
    ranked = counted.ranked
    supported = poll.state is PollState.CLOSED or poll.rules.kind is PollKind.ANSWERS
    listed = not supported and len(ranked) <= MOST_LINES
    shown = fitting(ranked)
    if listed and len(shown) == len(ranked):
        shown = sorted(shown, key=lambda each: order[each[0].id])
    rows = words.bars(shown, counted.voted)
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
    shown: list[tuple[Choice, int]] = []
    room = ROOM
    for choice, count in ranked[:MOST_LINES]:
        # Letters beyond the alphabet take more room than one.
        room -= max(len(choice.label), len(choice.label.encode()) // 2) + 30
        if room < 0:
            break
        shown.append((choice, count))
    return shown


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
        for choice in ballot.choices:
            chosen.setdefault(choice, []).append(names.get(ballot.voter, "somebody"))
    return {choice: sorted(each, key=str.casefold) for choice, each in chosen.items()}
