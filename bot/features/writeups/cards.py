"""The write-up's card: as much of it as a message holds, with the rest in files, and the next event at its foot."""

from collections.abc import Sequence
from datetime import datetime

from bot import codes
from bot.budget import MESSAGE, Budget
from bot.domain.documents import Document, Item
from bot.domain.events import EventId
from bot.domain.excerpts import shortened
from bot.domain.rsvps import Wish
from bot.domain.writeups import Writeup, WriteupId, WriteupState
from bot.drawings import drawing
from bot.features.answers import rsvp
from bot.features.retelling import WRITEUP_CARD
from bot.features.writeups.gathering import gathered, next_event
from bot.messages import (
    Attachment,
    Button,
    Buttons,
    Facts,
    Heading,
    Message,
    Note,
    Paragraph,
    Part,
    Picture,
    Tone,
    say,
)
from bot.ports import Transaction

FILES = "writeup files"
TAKEAWAY = "takeaway add"

MOST = 9
"""Items in a card: Discord takes forty parts in one, and each item is up to three of them."""

PICTURES = 5
"""Charts in a card; those of further polls stand in the web page."""

LONGEST, LONGEST_WORDS = 400, 800
"""Letters of one item in the card, and of what organisers wrote at its beginning; both stand whole in the files."""

FOOT = 200
"""Letters that are kept free for what stands below the items."""


@drawing(WRITEUP_CARD)
async def writeup_card(tx: Transaction, writeup: WriteupId, now: datetime) -> Message | None:
    """What is published, as it stands now; where it was taken back, only that."""
    written = await tx.writeups.get(writeup)
    if written.state is WriteupState.DRAFT:
        text = say("The write-up of **{title}** has been taken back.", title=written.title)
        return Message((Paragraph(text),), text)
    return await picture(tx, written, now, await _foot(tx, written, now), charts=True)


async def picture(
    tx: Transaction, writeup: Writeup, now: datetime, foot: tuple[Part, ...], *, charts: bool = False
) -> Message:
    """A write-up as a message, with `charts` where it is posted, and something of the caller's at its foot."""
    document = await gathered(tx, writeup, now, pictures=charts)
    parts: list[Part] = [Heading(say("{title}", title=document.title))]
    facts = ((label, say("{value}", value=shortened(value, LONGEST))) for label, value in document.facts)
    parts.append(Facts(tuple(facts)))
    if document.opening:
        parts.append(Paragraph(say("{text}", text=shortened(document.opening, LONGEST_WORDS))))
    below: list[Part] = []
    if document.closing:
        below.append(Paragraph(say("{text}", text=shortened(document.closing, LONGEST))))
    if document.next:
        below.append(Paragraph(say("**Next:** {next}", next=document.next)))
    shown, left = _items(document, MESSAGE.beside([*parts, *below, *foot]))
    if left:
        below.insert(0, Note(say("And {left} more in the files.", left=left)))
    return Message((*parts, *shown, *below, *foot), say("Write-up: {title}", title=document.title))


def _items(document: Document, budget: Budget) -> tuple[list[Part], int]:
    """As many items as there is room for, each section's heading with its first one; how many are left."""
    parts: list[Part] = []
    count = 0
    budget = Budget(budget.letters - FOOT, budget.bytes - FOOT)
    for section in document.sections:
        for number, item in enumerate(section.items):
            drawn = [*([] if number else [Paragraph(say("**{title}**", title=section.title))]), *_item(item)]
            budget = budget.beside(drawn)
            if budget.overdrawn or count >= MOST:
                return parts, len(document.items) - count
            parts += drawn
            count += 1
            if item.picture is not None and sum(isinstance(part, Picture) for part in parts) < PICTURES:
                parts.append(
                    Picture(Attachment(f"{item.key.replace(' ', '-')}.png", item.picture.png, item.picture.alt))
                )
    return parts, 0


def _item(item: Item) -> list[Part]:
    text = shortened(item.text, LONGEST)
    by = say(" — {by}", by=item.by) if item.by else say("")
    head = say("“{text}”{by}", text=text, by=by) if item.quoted else say("{text}{by}", text=text, by=by)
    lines = _told(item.lines)
    return [Paragraph(head), *([Note(say("{lines}", lines=shortened(lines, LONGEST)))] if lines else [])]


def _told(lines: Sequence[str]) -> str:
    """Lines as one: what is counted in several stands in a sentence of its own."""
    told = ""
    for line in lines:
        ended = line.endswith((".", "!", "?", "…"))
        apart = "" if not told else " " if told.endswith((".", "!", "?", "…")) else ". " if ended else "; "
        told += apart + line
    return told


async def _foot(tx: Transaction, writeup: Writeup, now: datetime) -> tuple[Part, ...]:
    following = await next_event(tx, writeup, now)
    buttons = [
        Button("Read it all", codes.pack(FILES, {"writeup": str(writeup.id)})),
        Button("Takeaway", codes.pack(TAKEAWAY, {"event": str(writeup.event)})),
    ]
    if following is not None:
        buttons.insert(0, Button("Book now", rsvp.bind(EventId(following.id), Wish.GOING), Tone.GOOD))
    return (Buttons(tuple(buttons)),)
