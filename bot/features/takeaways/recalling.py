"""Recalling: what was said before is found when its subject returns, by whoever asks and at its own word."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Annotated

from bot import codes
from bot.calls import Call, Refusal, Reply
from bot.commands import Ask, command
from bot.domain.events import Event, EventId
from bot.domain.memories import Memory, MemoryId, MemoryKind, telling
from bot.domain.people import MemberId
from bot.domain.places import Chapter, ChapterId
from bot.domain.polls import PollId
from bot.domain.takeaways import TakeawayId
from bot.drawings import drawing
from bot.errands import Card, InThread, Notice
from bot.features.cards import event_card
from bot.features.polls.cards import poll_card
from bot.features.remembering import resembling
from bot.features.takeaways.words import reading
from bot.messages import Button, Buttons, Heading, Menu, Message, Note, Option, Paragraph, Part, Slash, Text, line, say
from bot.ports import Transaction

PAGE = 8
MOST = 100
LABEL, EXCERPT = 70, 300
SHOW = "recall show"

Opened = Callable[[Transaction, int, MemberId | None], Awaitable[Message | None]]
"""What a memory is of, in full, for one reader; None where it is not to be seen any more."""


@command("recall", "Find what was said before", reads=True, submit="Search")
async def recall(
    call: Call,
    tx: Transaction,
    words: Annotated[str, Ask("What about?", "A word or two, such as: resource management", most=150)],
    skip: Annotated[int, Ask("How many to skip?", hidden=True)] = 0,
) -> Reply:
    """Takeaways, prompts, polls, events and write-ups about something; what has all the words comes first."""
    told = telling(words)
    if not told:
        raise Refusal("Those words are in everything. Give one that tells the subject.")
    exact = await tx.memories.search(told, call.place, MOST)
    near = await tx.memories.search(told, call.place, MOST, every=False) if len(exact) < MOST else ()
    found = [*exact, *(memory for memory in near if memory not in exact)][:MOST]
    shown = found[max(0, skip) :][:PAGE]
    if not shown:
        return line("Nothing was said about **{words}** yet that I know of.", words=words)
    chapters = {chapter.id: chapter for chapter in await tx.chapters.all()}
    parts: list[Part] = [Heading(say("About {words}", words=words))]
    for memory in shown:
        parts += [Paragraph(say("{title}", title=_shortened(memory.title, EXCERPT))), Note(_origin(memory, chapters))]
    options = [
        Option(_shortened(memory.title, LABEL), codes.pack(SHOW, {"memory": str(memory.id)})) for memory in shown
    ]
    parts.append(Menu("Read one in full", tuple(options)))
    rest = len(found) - skip - len(shown)
    more = {"words": words, "skip": str(skip + PAGE)}
    if rest > 0 and (code := _code(more)):
        parts.append(Buttons((Button(f"{rest} more", code),)))
    elif rest > 0:
        parts.append(Note(say("And {rest} more; fewer words, or others, show them.", rest=rest)))
    return Message(tuple(parts), say("{number} found about {words}", number=len(found), words=words))


@command(SHOW, "Read what was found", hidden=True, reads=True)
async def show(call: Call, tx: Transaction, memory: Annotated[MemoryId, Ask("Which one?", hidden=True)]) -> Reply:
    """What was found, as it stands now, for whoever may see it."""
    try:
        found = await tx.memories.get(memory)
    except KeyError:
        raise Refusal("That is not kept any more.") from None
    if found.place is not None and found.place != call.place:
        raise Refusal("That belongs to another channel; ask for it there.")
    account = await tx.members.find(call.caller.person)
    opened = await OPENED[found.kind](tx, found.subject, None if account is None else account.member)
    if opened is None:
        raise Refusal("That is not shown any more.")
    return opened


async def announce_resemblance(
    tx: Transaction, subject: tuple[MemoryKind, int], text: str, cards: Sequence[Card], now: datetime
) -> None:
    """Where something resembles what came up before, say so in the thread of each of its cards, once ever."""
    before = await resembling(tx, text, subject)
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
    text = say("This came up before: {title}", title=_shortened(before.title, EXCERPT))
    button = Button("Read it", show.bind(memory))
    note = say("{origin}. {recall} finds more.", origin=_origin(before, chapters), recall=Slash("recall"))
    return Message((Paragraph(text), Note(note), Buttons((button,))), text)


async def _event(tx: Transaction, number: int, reader: MemberId | None) -> Message | None:
    return await event_card.draw(tx, EventId(number))


async def _poll(tx: Transaction, number: int, reader: MemberId | None) -> Message | None:
    return await poll_card.draw(tx, PollId(number))


async def _takeaway(tx: Transaction, number: int, reader: MemberId | None) -> Message | None:
    takeaway = await tx.takeaways.get(TakeawayId(number))
    if not takeaway.kept:
        return None
    read = await reading(tx, [takeaway], reader)
    return Message(tuple(read.entry(takeaway)), say("{text}", text=_shortened(takeaway.text, EXCERPT)))


OPENED: Mapping[MemoryKind, Opened] = {
    MemoryKind.EVENT: _event,
    MemoryKind.POLL: _poll,
    MemoryKind.TAKEAWAY: _takeaway,
}


def _origin(memory: Memory, chapters: Mapping[ChapterId, Chapter]) -> Text:
    chapter = chapters[memory.chapter]
    on = memory.at.astimezone(chapter.zone)
    return say("{kind}, {chapter}, {on}", kind=memory.kind.words, chapter=chapter.name, on=f"{on.day} {on:%b %Y}")


def _shortened(text: str, most: int) -> str:
    """The beginning of a text, in one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def _code(given: Mapping[str, str]) -> str | None:
    """The code of the next page; None for words so long that no button holds them."""
    try:
        return codes.pack("recall", given)
    except ValueError:
        return None
