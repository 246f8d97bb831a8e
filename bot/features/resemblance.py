"""Resemblance: where something came up before, that is said once, in the thread of whatever resembles it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot import codes
from bot.domain.events import Event
from bot.domain.excerpts import in_a_line
from bot.domain.memories import Memory, MemoryId, MemoryKind
from bot.domain.places import Chapter, ChapterId
from bot.drawings import drawing
from bot.errands import Card, InThread, Notice
from bot.features.remembering import resembling
from bot.messages import Button, Buttons, Message, Note, Paragraph, Slash, Text, say
from bot.ports import Transaction

SHOW = "recall show"
EXCERPT = 300


async def announce_resemblance(
    tx: Transaction, subject: tuple[MemoryKind, int], text: str, cards: Sequence[Card], now: datetime
) -> None:
    """Where something resembles what came up before, say so in the thread of each of its cards, once ever."""
    before = await resembling(tx, text, subject, now)
    if before is None:
        return
    kind, number = subject
    await tx.errands.note(
        [
            Notice(
                f"resembles {kind} {number} in {card.place.platform} {card.place.key}",
                reminded.bind(before.id),
                InThread(card),
            )
            for card in cards
        ],
        now,
    )


async def announce_event(tx: Transaction, event: Event, cards: Sequence[Card], now: datetime) -> None:
    """The same for an evening: by its topic, since many bear one name."""
    if event.about:
        await announce_resemblance(tx, (MemoryKind.EVENT, event.id), event.about, cards, now)


@drawing("reminded")
async def reminded(tx: Transaction, memory: MemoryId) -> Message | None:
    """Tells that something came up before, with a button that shows it; nothing where it was taken back meanwhile."""
    try:
        before = await tx.memories.get(memory)
    except KeyError:
        return None
    chapters = {chapter.id: chapter for chapter in await tx.chapters.all()}
    text = say("This came up before: {title}", title=in_a_line(before.title, EXCERPT))
    if before.kind is MemoryKind.TAKEAWAY:
        # Its author may take it back, and what is said in a thread once is never taken back.
        text = say("This came up before, in what somebody took away.")
    button = Button("Read it", codes.pack(SHOW, {"memory": str(memory)}))
    note = say("{origin}. {recall} finds more.", origin=origin_of(before, chapters), recall=Slash("recall"))
    return Message((Paragraph(text), Note(note), Buttons((button,))), text)


def origin_of(memory: Memory, chapters: Mapping[ChapterId, Chapter]) -> Text:
    """What a memory is of, and from where and when."""
    chapter = chapters[memory.chapter]
    on = memory.at.astimezone(chapter.zone)
    return say("{kind}, {chapter}, {on}", kind=memory.kind.words, chapter=chapter.name, on=f"{on.day} {on:%b %Y}")
