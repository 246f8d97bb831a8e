"""Remembering: what is kept is found again by its words, and what is taken back is not."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.events import Event, EventId, EventState
from bot.domain.likeness import covered, telling
from bot.domain.memories import Memory, MemoryKind
from bot.domain.places import Place
from bot.domain.polls import Poll, PollId
from bot.domain.prompts import Posting, PostingId
from bot.domain.rounds import Round, RoundId
from bot.domain.takeaways import Takeaway, TakeawayId
from bot.domain.writeups import WriteupId
from bot.ports import Transaction

ALIKE = 0.6
"""How much of a subject must be in an earlier one for somebody to say “this came up before”."""

CANDIDATES = 20

ROOM = 50_000
"""Letters of a round's entries that it is found by: some hundreds of full ones."""


async def remember(tx: Transaction, takeaway: Takeaway) -> None:
    """Have a takeaway found again by its words, and by those of the evening that it is from."""
    about = "" if takeaway.event is None else (await tx.events.get(takeaway.event)).title
    memory = Memory(MemoryKind.TAKEAWAY, takeaway.id, takeaway.chapter, takeaway.text, about, takeaway.at)
    await tx.memories.keep(memory)


async def remember_event(tx: Transaction, event: Event, now: datetime) -> None:
    """Have an evening found again by what it is called and about."""
    at = event.starts or now
    await tx.memories.keep(Memory(MemoryKind.EVENT, event.id, event.chapter, event.title, event.about, at))


async def remember_poll(tx: Transaction, poll: Poll, place: Place | None, now: datetime) -> None:
    """Have a poll that is closed found again by its question and its choices, never by anybody's ballot."""
    choices = (await tx.polls.choices([poll.id]))[poll.id]
    words = ", ".join(choice.label for choice in choices if choice.offered)
    await tx.memories.keep(Memory(MemoryKind.POLL, poll.id, poll.chapter, poll.question, words, now, place))


async def remember_posting(tx: Transaction, posting: Posting) -> None:
    """Have a prompt that was posted found again."""
    memory = Memory(MemoryKind.PROMPT, posting.id, posting.chapter, posting.text, "", posting.posted)
    await tx.memories.keep(memory)


async def remember_round(tx: Transaction, collected: Round, *, reduced: bool = False) -> None:
    """Have a round found again by its title, its columns and what was written in it, never by anybody's name.

    It is `reduced` where something was taken out. With a cancelled event, its rounds are found no more.
    """
    event = None if collected.event is None else await tx.events.get(collected.event)
    if event is not None and event.state is EventState.CANCELLED:
        await tx.memories.forget(MemoryKind.ROUND, collected.id)
        return
    lines = [", ".join(collected.columns), *(entry.text for entry in await tx.rounds.entries(collected.id))]
    words = "\n".join(lines)[:ROOM]
    memory = Memory(MemoryKind.ROUND, collected.id, collected.chapter, collected.title, words, collected.at)
    await (tx.memories.reduce(memory) if reduced else tx.memories.keep(memory))


async def resembling(tx: Transaction, text: str, besides: tuple[MemoryKind, int], now: datetime) -> Memory | None:
    """What came up before that is most like this, if anything is; only what everybody may see.

    What is to come, what goes on, and what belongs to the same evening came up now, and not before.
    """
    found: Sequence[Memory] = await tx.memories.search(telling(text), None, CANDIDATES, every=False)
    alike = [(much, memory) for memory in found if (much := _alike(text, memory)) >= ALIKE]
    evening = await evening_of(tx, *besides) if alike else None
    for _much, memory in sorted(alike, key=lambda pair: -pair[0]):
        if (memory.kind, memory.subject) != besides and await _was_before(tx, memory, evening, now):
            return memory
    return None


async def evening_of(tx: Transaction, kind: MemoryKind, number: int) -> EventId | None:
    """The event to which something belongs that can be found again, if it belongs to one."""
    match kind:
        case MemoryKind.EVENT:
            return EventId(number)
        case MemoryKind.POLL:
            return (await tx.polls.get(PollId(number))).evening
        case MemoryKind.PROMPT:
            return (await tx.postings.get(PostingId(number))).event
        case MemoryKind.ROUND:
            return (await tx.rounds.get(RoundId(number))).event
        case MemoryKind.TAKEAWAY:
            return (await tx.takeaways.get(TakeawayId(number))).event
        case MemoryKind.WRITEUP:
            return (await tx.writeups.get(WriteupId(number))).event


async def _was_before(tx: Transaction, memory: Memory, evening: EventId | None, now: datetime) -> bool:
    """Whether a memory is of another evening than this one; an event is of none before it has ended."""
    event = await evening_of(tx, memory.kind, memory.subject)
    if event is not None and event == evening:
        return False
    return memory.kind is not MemoryKind.EVENT or (await tx.events.get(EventId(memory.subject))).ended(now)


def _alike(text: str, memory: Memory) -> float:
    """How much of a subject is in a memory; a round holds many words, and is taken line by line."""
    if memory.kind is not MemoryKind.ROUND:
        return covered(text, f"{memory.title} {memory.words}")
    return max(covered(text, f"{memory.title} {line}") for line in memory.words.split("\n"))
