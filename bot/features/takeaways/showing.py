"""Showing: takeaways to read, to support, and to withdraw."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Annotated

from bot import codes
from bot.budget import Budget, fitting
from bot.calls import Call, Candidate, Refusal, Reply
from bot.commands import Ask, command
from bot.domain.events import EventId
from bot.domain.excerpts import in_a_line
from bot.domain.memories import MemoryKind
from bot.domain.people import MemberId, Role
from bot.domain.prompts import PostingId
from bot.domain.takeaways import Takeaway, TakeawayId, TakeawayState
from bot.features.retelling import retell
from bot.features.takeaways import sources
from bot.features.takeaways.words import ADD, LIST, MINE, SUPPORT, WITHDRAW, reading, supporters
from bot.features.writing import not_private
from bot.messages import (
    Button,
    Buttons,
    Heading,
    Message,
    Note,
    Paragraph,
    Part,
    Slash,
    Text,
    already,
    counted,
    line,
    say,
)
from bot.ports import Transaction

PAGE, BUDGET = 5, Budget(3000, 8000)
"""Takeaways shown at once, and the room for what they say: a message on Discord holds forty parts, and each takes four
of them."""

MOST = 100
LABEL = 60


async def own(tx: Transaction, call: Call) -> Sequence[Candidate]:
    """The caller's own takeaways, newest first."""
    account = await tx.members.find(call.caller.person)
    found = () if account is None else await tx.takeaways.of_author(account.member, MOST)
    return [Candidate(in_a_line(takeaway.text, LABEL), str(takeaway.id)) for takeaway in found]


async def is_own(tx: Transaction, call: Call) -> bool:
    """Whether the takeaway that is meant is the caller's; where none is named yet, whether they have any."""
    meant = call.given.get("takeaway", "").strip()
    if number := codes.row(meant):
        reader = await _reader(tx, call)
        with suppress(KeyError):
            return reader is not None and (await tx.takeaways.get(TakeawayId(number))).author == reader
        return False
    return any(meant.casefold() in ("", candidate.label.casefold()) for candidate in await own(tx, call))


@command(LIST, "Read what was learnt", reads=True)
async def list_takeaways(
    call: Call,
    tx: Transaction,
    event: Annotated[EventId | None, Ask("From which event?", "Empty for the latest", pick=sources.events)] = None,
    skip: Annotated[int, Ask("How many to skip?", hidden=True)] = 0,
    posting: Annotated[PostingId | None, Ask("From which prompt?", hidden=True, known=sources.posting_here)] = None,
) -> Reply:
    """Takeaways of a prompt or an event, most supported first, or the latest of all."""
    await not_private(tx, event)
    if event is not None:
        posting = None  # that in whose thread somebody asks, who has named an event
    elif posting is None:
        event = await _event_here(tx, call)
    return await _listed(tx, event, posting, skip, await _reader(tx, call))


@command(MINE, "See what you kept, and withdraw it", reads=True)
async def mine(call: Call, tx: Transaction, skip: Annotated[int, Ask("How many to skip?", hidden=True)] = 0) -> Reply:
    """The caller's own takeaways, newest first."""
    reader = await _reader(tx, call)
    found = () if reader is None else await tx.takeaways.of_author(reader, MOST)
    return await _page(tx, found, skip, (MINE, {}), reader)


@command(SUPPORT, "Say that you would say the same", hidden=True)
async def support(
    call: Call,
    tx: Transaction,
    takeaway: Annotated[TakeawayId, Ask("Which takeaway?", hidden=True)],
    on: Annotated[int, Ask("Support it?", hidden=True)],
    event: Annotated[EventId | None, Ask("In the list of which event?", hidden=True)] = None,
    posting: Annotated[PostingId | None, Ask("In the list of which prompt?", hidden=True)] = None,
    skip: Annotated[int | None, Ask("From how far down a list?", hidden=True)] = None,
) -> Reply:
    """Add the caller's support to somebody else's takeaway, or take it back; pressed twice it counts once.

    Whoever presses in a list goes on reading it.
    """
    found = await _held(tx, takeaway)
    if not found.kept:
        raise Refusal("That has been withdrawn.")
    account = (await tx.members.recognise([call.caller]))[call.caller.person]
    if found.author == account.member:
        raise Refusal("That is your own; it counts for you already.")
    await tx.takeaways.support(takeaway, account.member, bool(on))
    if found.event is not None:
        await retell(tx, found.event, call.at)
    there = await tx.takeaways.get(takeaway)
    if skip is not None:
        done = "You would say the same" if on else "You took your support back"
        head = say("{done}: “{text}”", done=done, text=in_a_line(there.text, LABEL))
        return await _listed(tx, event, posting, skip, account.member, head)
    said = say("You would say the same.") if on else say("You took your support back.")
    number = there.support - 1 if on else there.support
    others = f" {supporters(number)}" if number else ""
    back = Button("Take that back" if on else "I’d say the same", support.bind(takeaway, int(not on)))
    text = say("{said}{others}", said=said, others=others)
    return Message((Note(say("“{text}”", text=there.text)), Note(text), Buttons((back,))), text)


@command(WITHDRAW, "Withdraw a takeaway", needs=Role.ORGANISER, unless=is_own, discreet=True, submit="Withdraw")
async def withdraw(
    call: Call,
    tx: Transaction,
    takeaway: Annotated[TakeawayId, Ask("Which takeaway?", pick=own, nothing="You have kept nothing.")],
) -> Reply:
    """Its text goes from the database, from searches, and from write-ups; an organiser can do so for anybody's."""
    found = await _held(tx, takeaway)
    if not await tx.takeaways.move(takeaway, found.state, TakeawayState.WITHDRAWN, found.credit) or not found.text:
        return already("That has been withdrawn already.")
    await tx.memories.forget(MemoryKind.TAKEAWAY, takeaway)
    if found.event is not None:
        await retell(tx, found.event, call.at)
    if found.state is TakeawayState.ASKED:
        return line("It is not kept, and nobody is told so.")
    return line("It is withdrawn: its text is gone from here, and it is found no more.")


async def _held(tx: Transaction, takeaway: TakeawayId) -> Takeaway:
    try:
        return await tx.takeaways.lock(takeaway)
    except KeyError:
        raise Refusal("There is no such takeaway. {list} shows what there is.", list=Slash(LIST)) from None


async def _listed(
    tx: Transaction,
    event: EventId | None,
    posting: PostingId | None,
    skip: int,
    reader: MemberId | None,
    head: Text | None = None,
) -> Message:
    """A page of a prompt's takeaways, an event's, or the latest of all."""
    if posting is not None:
        found, of = await tx.takeaways.of_posting(posting), {"posting": str(posting)}
    elif event is not None:
        found, of = await tx.takeaways.of_event(event), {"event": str(event)}
    else:
        found, of = await tx.takeaways.latest(MOST), dict[str, str]()
    return await _page(tx, found, skip, (LIST, of), reader, head)


async def _page(
    tx: Transaction,
    found: Sequence[Takeaway],
    skip: int,
    again: tuple[str, Mapping[str, str]],
    reader: MemberId | None,
    head: Text | None = None,
) -> Message:
    """As many as there is room for, and what asks `again` for the rest."""
    shown = fitting(found[max(0, skip) :][:PAGE], lambda takeaway: takeaway.text, BUDGET)
    if not shown:
        return line("Nothing is kept yet. {add} writes down what you learnt.", add=Slash(ADD))
    read = await reading(tx, shown, reader)
    command, given = again
    parts: list[Part] = [Paragraph(head)] if head is not None else []
    parts.append(Heading(say("Takeaways")))
    for takeaway in shown:
        parts += read.entry(takeaway, {**given, "skip": str(max(0, skip))} if command == LIST else {})
    next_one = max(0, skip) + len(shown)
    if rest := len(found) - next_one:
        parts.append(Buttons((Button(f"{rest} more", codes.pack(command, {**given, "skip": str(next_one)})),)))
    return Message(tuple(parts), counted(len(found), "takeaway", "takeaways"))


async def _reader(tx: Transaction, call: Call) -> MemberId | None:
    account = await tx.members.find(call.caller.person)
    return None if account is None else account.member


async def _event_here(tx: Transaction, call: Call) -> EventId | None:
    here = await sources.event_here(tx, call)
    return None if here is None else EventId(int(here))
