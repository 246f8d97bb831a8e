"""Papers: the ballot as buttons, on the card for everybody and in private as one voter has filled it in."""

from collections.abc import Sequence

from bot import codes
from bot.domain.ballots import Ballot
from bot.domain.polls import Additions, Choice, ChoiceState, Poll, PollId, Showing
from bot.messages import Button, Buttons, Menu, Option, Part

VOTE, BALLOT, ADD = "vote", "poll ballot", "poll add"
"""The commands that these buttons call, by name: they answer with papers themselves."""

ROW = 5
MOST_BUTTONS = 20
"""Choices that are buttons; more are menus."""

CLEAR = 50
"""Letters of a choice that every button shows: longer ones are numbered, so that they can be told apart."""


def vote_code(poll: PollId, choice: Choice | None, on: bool) -> str:
    """The code that sets a choice on a ballot or takes it off; without a choice it withdraws the whole ballot."""
    return codes.pack(
        VOTE, {"poll": str(poll), "choice": "0" if choice is None else str(choice.id), "on": str(int(on))}
    )


def ballot_buttons(poll: Poll, choices: Sequence[Choice]) -> list[Part]:
    """How everybody votes from the card."""
    offered = [choice for choice in choices if choice.counts]
    parts: list[Part] = []
    if len(offered) <= MOST_BUTTONS:
        parts += _rows([Button(label, vote_code(poll.id, each, on=True)) for each, label in labels(offered)])
    else:
        options = tuple(Option(label, vote_code(poll.id, each, on=True)) for each, label in labels(offered))
        parts.append(Menu("Choose", options))
    last = [Button(each.label, vote_code(poll.id, each, on=True)) for each in choices if _abstention(each)]
    last.append(Button("My ballot", codes.pack(BALLOT, {"poll": str(poll.id)})))
    if poll.rules.additions is not Additions.NONE:
        last.append(Button("Add a choice", codes.pack(ADD, {"poll": str(poll.id)})))
    return [*parts, Buttons(tuple(last))]


def paper(poll: Poll, choices: Sequence[Choice], ballot: Ballot) -> list[Part]:
    """How one voter fills in a private ballot: what is on it can be taken off, and everything else be set."""
    offered = [choice for choice in choices if choice.offered or choice.id in ballot.choices]
    named = labels(offered)
    if len(offered) <= MOST_BUTTONS:
        buttons = [
            Button(f"✓ {label}", vote_code(poll.id, each, on=False))
            if each.id in ballot.choices
            else Button(label, vote_code(poll.id, each, on=True))
            for each, label in named
        ]
        return _rows(buttons)
    free = tuple(
        Option(label, vote_code(poll.id, each, on=True)) for each, label in named if each.id not in ballot.choices
    )
    kept = tuple(
        Option(f"✓ {label}", vote_code(poll.id, each, on=False)) for each, label in named if each.id in ballot.choices
    )
    menus = [Menu("Choose", free), Menu("Withdraw", kept)]
    return [menu for menu in menus if menu.options]


def withdrawal(poll: Poll) -> Buttons:
    """The way back."""
    return Buttons((Button("Withdraw my vote", vote_code(poll.id, None, on=False)),))


def labels(choices: Sequence[Choice]) -> list[tuple[Choice, str]]:
    """What stands on the buttons; numbers tell apart what a button would cut."""
    if all(len(choice.label) <= CLEAR for choice in choices):
        return [(choice, choice.label) for choice in choices]
    return [(choice, f"{number}. {choice.label}") for number, choice in enumerate(choices, 1)]


def abstaining(showing: Showing) -> str:
    """What the button says that chooses nothing."""
    return "Abstain and show me" if showing is Showing.VOTED else "Abstain"


def _abstention(choice: Choice) -> bool:
    return choice.state is ChoiceState.ABSTENTION


def _rows(buttons: Sequence[Button]) -> list[Part]:
    return [Buttons(tuple(buttons[start : start + ROW])) for start in range(0, len(buttons), ROW)]
