"""Papers: the ballot as buttons, on the card for everybody and in private as one voter has filled it in."""

from collections.abc import Sequence

from bot import codes
from bot.domain.ballots import Ballot, Voice
from bot.domain.polls import Additions, Choice, ChoiceId, ChoiceState, Poll, PollId, Showing
from bot.messages import Button, Buttons, Menu, Option, Paragraph, Part, Tone, say

VOTE, BALLOT, ADD = "vote", "poll ballot", "poll add"
ON = {Voice.YES: 1, Voice.NEED: 2, Voice.NO: 3}
"""What a code says of a choice; 0 takes it off the ballot."""
"""The commands that these buttons call, by name: they answer with papers themselves."""

ROW = 5
MOST_BUTTONS = 20
"""Choices that are buttons; more are menus."""

PAGE = 5
"""Dates of a ballot seen at once: each takes a line and a row of three, and Discord's message holds 40 parts."""

CLEAR = 50
"""Letters of a choice that every button shows: longer ones are numbered, so that they can be told apart."""


def vote_code(poll: PollId, choice: Choice | None, voice: Voice | None) -> str:
    """The code that says something of a choice on a ballot, or takes it off.

    Without a choice it says so of every date that is still open, or withdraws the whole ballot.
    """
    number, on = "0" if choice is None else str(choice.id), 0 if voice is None else ON[voice]
    return codes.pack(VOTE, {"poll": str(poll), "choice": number, "on": str(on)})


def ballot_buttons(poll: Poll, choices: Sequence[Choice]) -> list[Part]:
    """How everybody votes from the card."""
    offered = [choice for choice in choices if choice.counts]
    parts: list[Part] = []
    if len(offered) <= MOST_BUTTONS:
        parts += _rows([Button(label, vote_code(poll.id, each, Voice.YES)) for each, label in labels(offered)])
    else:
        options = tuple(Option(label, vote_code(poll.id, each, Voice.YES)) for each, label in labels(offered))
        parts.append(Menu("Choose", options))
    last = [Button(each.label, vote_code(poll.id, each, Voice.YES)) for each in choices if _abstention(each)]
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
            Button(f"✓ {label}", vote_code(poll.id, each, None))
            if each.id in ballot.choices
            else Button(label, vote_code(poll.id, each, Voice.YES))
            for each, label in named
        ]
        return _rows(buttons)
    free = tuple(
        Option(label, vote_code(poll.id, each, Voice.YES)) for each, label in named if each.id not in ballot.choices
    )
    kept = tuple(
        Option(f"✓ {label}", vote_code(poll.id, each, None)) for each, label in named if each.id in ballot.choices
    )
    menus = [Menu("Choose", free), Menu("Withdraw", kept)]
    return [menu for menu in menus if menu.options]


def dates(poll: Poll, choices: Sequence[Choice], ballot: Ballot, seen: ChoiceId, page: int | None = None) -> list[Part]:
    """A ballot of dates, a page of them at a time: the one with the date that was `seen` last, unless one is named."""
    offered = [choice for choice in choices if choice.counts]
    pages = [offered[start : start + PAGE] for start in range(0, len(offered), PAGE)]
    there = next((number for number, each in enumerate(pages) if seen in [choice.id for choice in each]), 0)
    number = there if page is None else min(max(page, 0), len(pages) - 1)
    parts: list[Part] = []
    for choice in pages[number]:
        said = ballot.on(choice.id)
        row = [
            Button(f"✓ {label}", vote_code(poll.id, choice, None), Tone.GOOD)
            if voice is said
            else Button(label, vote_code(poll.id, choice, voice))
            for voice, label in _VOICES.items()
        ]
        parts += [Paragraph(say("**{date}**", date=choice.label)), Buttons(tuple(row))]
    turns = [("Earlier dates", number - 1), ("Later dates", number + 1)]
    last = [
        Button(label, codes.pack(BALLOT, {"poll": str(poll.id), "page": str(to)}))
        for label, to in turns
        if 0 <= to < len(pages)
    ]
    if any(ballot.on(choice.id) is None for choice in offered):
        rest = "the rest" if ballot.cast else "all"
        last += [
            Button(f"{label} to {rest}", vote_code(poll.id, None, voice))
            for voice, label in ((Voice.YES, "Yes"), (Voice.NO, "No"))
        ]
    if ballot.cast:
        last.append(Button("Withdraw my vote", vote_code(poll.id, None, None)))
    return [*parts, Buttons(tuple(last))]


def withdrawal(poll: Poll) -> Buttons:
    """The way back."""
    return Buttons((Button("Withdraw my vote", vote_code(poll.id, None, None)),))


_VOICES = {Voice.YES: "Yes", Voice.NEED: "If need be", Voice.NO: "No"}


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
