"""The round's card: what was written in each column, as much as there is room for, and the buttons to add to it."""

from collections.abc import Mapping, Sequence

from bot import codes
from bot.budget import Budget, fitting
from bot.domain.people import MemberId
from bot.domain.rounds import Entry, Round, RoundId, columned
from bot.drawings import drawing
from bot.features.rounds.words import ADD, CARD, SHOW, backing, by, names_of
from bot.messages import Button, Buttons, Facts, Heading, Message, Note, Paragraph, Part, Text, Tone, join, say
from bot.ports import Transaction

BUDGET = Budget(2000, 6000)
"""Room for all entries in a card, which is read on a phone."""

NAME = 40
"""Letters of a name that are shown."""


@drawing(CARD)
async def round_card(tx: Transaction, round: RoundId) -> Message | None:
    """The card as it is posted; of a closed round, what came of it."""
    return await picture(tx, await tx.rounds.get(round))


async def picture(tx: Transaction, collected: Round) -> Message:
    """A round as it stands, with its buttons while it is open."""
    entries = await tx.rounds.entries(collected.id)
    names = await names_of(tx, entries)
    parts: list[Part] = [Heading(say("{title}", title=collected.title))]
    if collected.event is not None:
        parts.append(Note(say("At “{event}”", event=(await tx.events.get(collected.event)).title)))
    budget = BUDGET.over(len(collected.columns))
    for title, several in zip(collected.columns, columned(entries, len(collected.columns)), strict=True):
        parts += _column(title, several, names, budget)
    text = say("{title}: {number}", title=collected.title, number=counted(len(entries)))
    if not collected.open:
        parts.append(Note(say("This round is closed, with {number}.", number=counted(len(entries)))))
        return Message(tuple(parts), text)
    parts.append(Note(say("What you write bears no name unless you wish it to.")))
    given = {"round": str(collected.id)}
    adding = [
        Button(f"Add to {title}", codes.pack(ADD, {**given, "column": str(column)}), Tone.GOOD)
        for column, title in enumerate(collected.columns)
    ]
    parts += [Buttons(tuple(adding)), Buttons((Button("Support", codes.pack(SHOW, given)),))]
    return Message(tuple(parts), text)


def counted(number: int) -> str:
    """How many entries, in words."""
    return "1 entry" if number == 1 else f"{number or 'no'} entries"


def _column(title: str, entries: Sequence[Entry], names: Mapping[MemberId, str], budget: Budget) -> list[Part]:
    """A column's entries, most supported first, and how many more there are."""
    parts: list[Part] = [Paragraph(say("**{title}**", title=title))]
    told = [_row(entry, names) for entry in entries]
    rows = [(str(number), text) for number, text in enumerate(fitting(told, lambda text: text, budget) or told[:1], 1)]
    if rows:
        parts.append(Facts(tuple(rows)))
    if rest := len(entries) - len(rows):
        parts.append(Note(say("and {rest} more", rest=rest)))
    return parts if entries else [*parts, Note(say("Nothing yet"))]


def _row(entry: Entry, names: Mapping[MemberId, str]) -> Text:
    after = [say("{by}", by=by(entry, names)[:NAME]), say("{backing}", backing=backing(entry.support))]
    told = join(", ", [each for each in after if str(each)])
    return say("{text} — {told}", text=entry.text, told=told) if str(told) else say("{text}", text=entry.text)
