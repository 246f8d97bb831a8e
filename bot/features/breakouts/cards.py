"""The breakout's card: who is here so far, and then which group everybody is in, with what it talks about."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot import codes
from bot.budget import Budget, fitting
from bot.domain.breakouts import Breakout, BreakoutId, Who
from bot.domain.excerpts import shortened
from bot.domain.people import MemberId
from bot.domain.places import Chapter
from bot.drawings import drawing
from bot.errands import Card
from bot.features import retelling
from bot.messages import Button, Buttons, Facts, Heading, Message, Note, Paragraph, Part, Tone, roll, say
from bot.ports import Transaction

CARD = "breakout card"
HERE, GROUPS, POST, MINE, WRITE = (
    "breakout here",
    "breakout groups",
    "breakout post",
    "breakout mine",
    "breakout write",
)

NAMES_BUDGET = Budget(2000, 5500)
"""Room for names in a card; questions stand beside them."""

QUESTIONS = 1000
"""Letters of all questions in a card."""

NAME = 40
SHORTEST = 40
"""Letters of a name, and of a question where there are so many that they are shortened; *My group* tells it whole."""

SCRIBES = 10
"""Groups that have a button each; of more, everybody has the same."""

ROW = 5


def drawn(breakout: BreakoutId) -> str:
    """The code of a breakout's card."""
    return codes.pack(CARD, {"breakout": str(breakout)})


def cards_of(breakout: BreakoutId, chapter: Chapter) -> list[Card]:
    """A breakout's card in each of its chapter's homes, where it is posted first."""
    return [Card(drawn(breakout), home.place) for home in chapter.homes]


async def redraw(tx: Transaction, split: Breakout, now: datetime) -> None:
    """Have its cards drawn anew, where they are posted."""
    await retelling.redraw(tx, [drawn(split.id)], now)


@drawing(CARD)
async def breakout_card(tx: Transaction, breakout: BreakoutId) -> Message | None:
    """The card as it is posted: who is here, until there are groups."""
    split = await tx.breakouts.get(breakout)
    if split.open:
        return await _gathering(tx, split) if split.who is Who.HERE else None
    event = await tx.events.get(split.event)
    text = say("Groups at “{event}”", event=event.title)
    groups = await grouped(tx, split)
    given = {"breakout": str(breakout)}
    writing = [
        Button(f"Group {number}: write down", codes.pack(WRITE, {**given, "group": str(number)}))
        for number, names in enumerate(groups, 1)
        if names
    ]
    if len(groups) > SCRIBES:
        writing = [Button("Write down", codes.pack(WRITE, given))]
    rows = [Buttons(tuple(writing[begin : begin + ROW])) for begin in range(0, len(writing), ROW)]
    own = Buttons((Button("My group", codes.pack(MINE, given), Tone.GOOD),))
    return Message((Heading(text), *listed(split, groups), own, *rows), text)


async def _gathering(tx: Transaction, split: Breakout) -> Message:
    """Who is here so far."""
    event = await tx.events.get(split.event)
    text = say("Groups at “{event}”: who is here?", event=event.title)
    members = list(await tx.breakouts.people(split.id))
    names = await names_of(tx, members)
    shown = fitting((names[member] for member in members), str, NAMES_BUDGET)
    here = say("{number} here: {names}", number=len(members), names=roll(shown, len(members)))
    given = {"breakout": str(split.id)}
    buttons = Buttons(
        (
            Button("I’m here", codes.pack(HERE, {**given, "on": "1"}), Tone.GOOD),
            Button("Make groups", codes.pack(GROUPS, given)),
        )
    )
    how = say("Groups of {size} are made of everybody who presses **I’m here**.", size=split.size)
    none = say("Nobody yet; an organiser makes the groups once everybody is there.")
    return Message((Heading(text), Paragraph(how), Note(here if members else none), buttons), text)


def listed(split: Breakout, groups: Sequence[Sequence[str]]) -> list[Part]:
    """The groups by name, each with its question, as many as there is room for."""
    # A group of which everybody is forgotten is told no more; the others keep their numbers.
    numbered = [(number, names) for number, names in enumerate(groups) if names]
    named = fitting((roll(names, len(names)) for _number, names in numbered), lambda text: text, NAMES_BUDGET)
    rows = [(f"Group {number + 1}", names) for (number, _all), names in zip(numbered, named, strict=False)]
    parts: list[Part] = []
    if len(split.questions) == 1:
        parts.append(Paragraph(say("{question}", question=split.questions[0])))
    elif split.questions and rows:
        most = max(SHORTEST, QUESTIONS // len(rows))
        asked = [shortened(split.question(number), most) for number, _all in numbered[: len(rows)]]
        rows = [
            (label, say("{names} — {asked}", names=names, asked=question))
            for (label, names), question in zip(rows, asked, strict=True)
        ]
    parts.append(Facts(tuple(rows)) if rows else Paragraph(say("Nobody is left in these groups.")))
    if rest := len(numbered) - len(rows):
        parts.append(Note(say("and {rest} more groups; **My group** tells everybody theirs", rest=rest)))
    return parts


async def grouped(tx: Transaction, split: Breakout) -> list[list[str]]:
    """The names in each group; whoever is in none yet is left out."""
    people = await tx.breakouts.people(split.id)
    names = await names_of(tx, list(people))
    count = max((number for number in people.values() if number is not None), default=-1) + 1
    return [[names[member] for member, number in people.items() if number == group] for group in range(count)]


async def names_of(tx: Transaction, members: Sequence[MemberId]) -> Mapping[MemberId, str]:
    """What everybody is called."""
    accounts = {account.member: account.name for account in reversed(await tx.members.accounts(members))}
    return {member: shortened(accounts.get(member, "Somebody"), NAME) for member in members}
