"""The write-up's card: as much of it as a message holds, with the rest in files, and the next event at its foot."""

from collections.abc import Sequence
from datetime import datetime

from bot import codes
from bot.domain.documents import Document, Item
from bot.domain.events import EventId
from bot.domain.places import Chapter
from bot.domain.rsvps import Wish
from bot.domain.writeups import Writeup, WriteupId, WriteupState
from bot.drawings import drawing
from bot.errands import Card
from bot.features.answers import rsvp
from bot.features.retelling import WRITEUP_CARD
from bot.features.writeups.gathering import gathered, next_event
from bot.messages import Button, Buttons, Facts, Heading, Message, Note, Paragraph, Part, Tone, say
from bot.ports import Transaction

FILES = "writeup files"
TAKEAWAY = "takeaway add"

ROOM = 2200
"""Letters of what stands between the facts and the foot; Discord's whole card takes 4,000, with every escape."""

MOST_PARTS = 18
"""Items in a card: Discord takes forty parts in one, and each item is at most two."""

LONGEST = 400
"""Letters of one item in the card; it stands whole in the files."""


def cards_of(writeup: WriteupId, chapter: Chapter) -> list[Card]:
    """A write-up's card in each of its chapter's homes."""
    drawn = codes.pack(WRITEUP_CARD, {"writeup": str(writeup)})
    return [Card(drawn, home.place) for home in chapter.homes]


@drawing(WRITEUP_CARD)
async def writeup_card(tx: Transaction, writeup: WriteupId, now: datetime) -> Message | None:
    """What is published, as it stands now; where it was taken back, only that."""
    written = await tx.writeups.get(writeup)
    if written.state is WriteupState.DRAFT:
        text = say("The write-up of **{title}** has been taken back.", title=written.title)
        return Message((Paragraph(text),), text)
    return await picture(tx, written, now, await _foot(tx, written, now))


async def picture(tx: Transaction, writeup: Writeup, now: datetime, foot: tuple[Part, ...]) -> Message:
    """A write-up as a message, and something of the caller's at its foot."""
    document = await gathered(tx, writeup, now)
    parts: list[Part] = [Heading(say("{title}", title=document.title))]
    parts.append(Facts(tuple((label, say("{value}", value=_short(value))) for label, value in document.facts)))
    room = ROOM
    if document.opening:
        parts.append(Paragraph(say("{text}", text=_short(document.opening, LONGEST * 2))))
        room -= _letters(parts[-1:])
    shown, left = _items(document, room)
    parts += shown
    if document.closing:
        parts.append(Paragraph(say("{text}", text=_short(document.closing))))
    if left:
        parts.append(Note(say("And {left} more in the files.", left=left)))
    if document.next:
        parts.append(Paragraph(say("**Next:** {next}", next=document.next)))
    return Message((*parts, *foot), say("Write-up: {title}", title=document.title))


def _items(document: Document, room: int) -> tuple[list[Part], int]:
    """As many items as there is room for, each section's heading with its first one; how many are left."""
    parts: list[Part] = []
    count = 0
    for section in document.sections:
        for number, item in enumerate(section.items):
            drawn = [*([] if number else [Paragraph(say("**{title}**", title=section.title))]), *_item(item)]
            room -= _letters(drawn)
            if room < 0 or count >= MOST_PARTS // 2:
                return parts, len(document.items) - count
            parts += drawn
            count += 1
    return parts, 0


def _item(item: Item) -> list[Part]:
    text = _short(item.text)
    by = say(" — {by}", by=item.by) if item.by else say("")
    head = say("“{text}”{by}", text=text, by=by) if item.quoted else say("{text}{by}", text=text, by=by)
    lines = " ".join(item.lines)
    return [Paragraph(head), *([Note(say("{lines}", lines=_short(lines)))] if lines else [])]


async def _foot(tx: Transaction, writeup: Writeup, now: datetime) -> tuple[Part, ...]:
    event = await tx.events.get(writeup.event)
    following = await next_event(tx, event, now)
    buttons = [
        Button("Read it all", codes.pack(FILES, {"writeup": str(writeup.id)})),
        Button("Takeaway", codes.pack(TAKEAWAY, {"event": str(writeup.event)})),
    ]
    if following is not None:
        buttons.insert(0, Button("Book now", rsvp.bind(EventId(following.id), Wish.GOING), Tone.GOOD))
    return (Buttons(tuple(buttons)),)


def _short(text: str, most: int = LONGEST) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _letters(parts: Sequence[Part]) -> int:
    """Roughly how much room these take: letters beyond the alphabet take more than one."""
    texts = [str(part.text) for part in parts if isinstance(part, (Paragraph, Note))]
    return sum(max(len(text), len(text.encode()) // 2) + 10 for text in texts)
