"""Recalling: what was said before is found when its subject returns, by whoever asks and at its own word."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Annotated

from bot import codes
from bot.calls import Call, Refusal, Reply
from bot.commands import Ask, command
from bot.domain.events import EventId
from bot.domain.excerpts import in_a_line
from bot.domain.likeness import telling
from bot.domain.memories import MemoryId, MemoryKind
from bot.domain.people import MemberId
from bot.domain.polls import PollId
from bot.domain.prompts import PostingId
from bot.domain.rounds import RoundId
from bot.domain.takeaways import TakeawayId
from bot.domain.writeups import WriteupId
from bot.features.cards import event_card
from bot.features.polls.cards import poll_card
from bot.features.prompts.cards import prompt_card
from bot.features.resemblance import SHOW, origin_of
from bot.features.rounds.cards import round_card
from bot.features.takeaways.words import reading
from bot.features.writeups.cards import writeup_card
from bot.messages import Button, Buttons, Heading, Menu, Message, Note, Option, Paragraph, Part, line, say
from bot.ports import Transaction

PAGE = 8
MOST = 100
LONGEST, LABEL = 200, 70
"""Letters of what was found, in the list and in the menu: eight of the longest, in any script, fit in a message."""

Opened = Callable[[Transaction, int, MemberId | None, datetime], Awaitable[Message | None]]
"""What a memory is of, in full, for one reader; None where it is not to be seen any more."""


@command("recall", "Find what was said", reads=True, submit="Search")
async def recall(
    call: Call,
    tx: Transaction,
    words: Annotated[str, Ask("What about?", "A word or two, such as: resource management", most=150)],
    skip: Annotated[int, Ask("How many to skip?", hidden=True)] = 0,
) -> Reply:
    """Takeaways, prompts, rounds, polls, events and write-ups about something; what has all the words comes first."""
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
        parts += [Paragraph(say("{title}", title=in_a_line(memory.title, LONGEST))), Note(origin_of(memory, chapters))]
    options = tuple(
        Option(in_a_line(f"{memory.kind.words}: {memory.title}", LABEL), show.bind(memory.id)) for memory in shown
    )
    parts.append(Menu("Read one in full", options))
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
    opened = await OPENED[found.kind](tx, found.subject, None if account is None else account.member, call.at)
    if opened is None:
        raise Refusal("That is not shown any more.")
    return opened


async def _event(tx: Transaction, number: int, reader: MemberId | None, now: datetime) -> Message | None:
    return await event_card.draw(tx, EventId(number))


async def _poll(tx: Transaction, number: int, reader: MemberId | None, now: datetime) -> Message | None:
    return await poll_card.draw(tx, PollId(number))


async def _prompt(tx: Transaction, number: int, reader: MemberId | None, now: datetime) -> Message | None:
    return await prompt_card.draw(tx, PostingId(number))


async def _round(tx: Transaction, number: int, reader: MemberId | None, now: datetime) -> Message | None:
    return await round_card.draw(tx, RoundId(number))


async def _takeaway(tx: Transaction, number: int, reader: MemberId | None, now: datetime) -> Message | None:
    takeaway = await tx.takeaways.get(TakeawayId(number))
    if not takeaway.kept:
        return None
    read = await reading(tx, [takeaway], reader)
    return Message(tuple(read.entry(takeaway, {})), say("{text}", text=in_a_line(takeaway.text, LONGEST)))


async def _writeup(tx: Transaction, number: int, reader: MemberId | None, now: datetime) -> Message | None:
    return await writeup_card.draw(tx, WriteupId(number), now)


OPENED: Mapping[MemoryKind, Opened] = {
    MemoryKind.EVENT: _event,
    MemoryKind.POLL: _poll,
    MemoryKind.PROMPT: _prompt,
    MemoryKind.ROUND: _round,
    MemoryKind.TAKEAWAY: _takeaway,
    MemoryKind.WRITEUP: _writeup,
}


def _code(given: Mapping[str, str]) -> str | None:
    """The code of the next page; None for words so long that no button holds them."""
    try:
        return codes.pack("recall", given)
    except ValueError:
        return None
