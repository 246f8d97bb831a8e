"""Showing: all of a round, page by page, to support what others wrote and to take back one's own."""

from typing import Annotated

from bot import codes
from bot.calls import Call, Refusal, Reply
from bot.commands import Ask, command
from bot.domain.people import MemberId, Role
from bot.domain.rounds import Entry, EntryId, Round, RoundId
from bot.features.organisers import plans_for
from bot.features.remembering import remember_round
from bot.features.rounds.adding import Line, Which
from bot.features.rounds.cards import counted
from bot.features.rounds.starting import every
from bot.features.rounds.words import (
    LEAVE_OUT,
    SHOW,
    SUPPORT,
    WITHDRAW,
    backing,
    by,
    entry_of,
    held,
    names_of,
    redraw,
    seen,
)
from bot.messages import Button, Buttons, Heading, Message, Note, Paragraph, Part, Text, Tone, already, join, line, say
from bot.ports import Transaction

PAGE = 6
"""Entries shown at once: a message on Discord holds forty parts, and each takes up to five of them."""

Skip = Annotated[int, Ask("How many to skip?", hidden=True)]


@command(SHOW, "Read a round", reads=True, submit="Show")
async def show(
    call: Call,
    tx: Transaction,
    round: Annotated[RoundId, Ask("Which round?", pick=every, nothing="There was no round yet.")],
    skip: Skip = 0,
) -> Reply:
    """Every entry, column by column in the order in which they came, so that none moves while somebody reads."""
    collected = await seen(tx, round)
    return await _page(call, tx, collected, skip, await plans_for(call, tx, collected.chapter))


@command(SUPPORT, "Say that you would say the same", hidden=True)
async def support(
    call: Call,
    tx: Transaction,
    round: Which,
    entry: Line,
    on: Annotated[int, Ask("Support it?", hidden=True)],
    skip: Skip = 0,
) -> Reply:
    """Add the caller's support to somebody else's entry, or take it back; pressed twice it counts once."""
    collected = await held(tx, round)
    found = await entry_of(tx, collected, entry)
    account = (await tx.members.recognise([call.caller]))[call.caller.person]
    if found.author == account.member:
        raise Refusal("That is your own; it counts for you already.")
    if await tx.rounds.support(entry, account.member, bool(on)):
        await redraw(tx, collected, call.at)
    # No platform is asked here whether they organise: a room presses this at once, and others wait meanwhile.
    return await _page(call, tx, collected, skip, organises=False)


@command(LEAVE_OUT, "Leave an entry out of a round", needs=Role.ORGANISER, hidden=True)
async def leave_out(call: Call, tx: Transaction, round: Which, entry: Line) -> Reply:
    """Take anybody's entry out, from a closed round too: its text goes from the database."""
    collected = await seen(tx, round)
    await tx.rounds.lock(round)
    if all(each.id != entry for each in await tx.rounds.entries(round)):
        return already("That is not there any more.")
    await tx.rounds.drop(entry)
    await remember_round(tx, collected, reduced=True)
    await redraw(tx, collected, call.at)
    return line("It is left out: nobody sees it any more.")


async def _page(call: Call, tx: Transaction, collected: Round, skip: int, organises: bool) -> Message:
    entries = sorted(await tx.rounds.entries(collected.id), key=lambda each: (each.column, each.id))
    shown = entries[max(0, skip) :][:PAGE]
    if not shown:
        return line("Nothing is written in **{title}** yet.", title=collected.title)
    account = await tx.members.find(call.caller.person)
    reader = None if account is None else account.member
    supported = set[EntryId]() if reader is None else await tx.rounds.supported(reader, collected.id)
    names = await names_of(tx, shown)
    parts: list[Part] = [Heading(say("{title}", title=collected.title))]
    for each in shown:
        parts.append(Paragraph(say("{text}", text=each.text)))
        parts.append(Note(_origin(collected, each, by(each, names), reader)))
        if buttons := _ways(collected, each, reader, each.id in supported, organises, skip):
            parts.append(Buttons(tuple(buttons)))
    if rest := len(entries) - max(0, skip) - len(shown):
        more = codes.pack(SHOW, {"round": str(collected.id), "skip": str(skip + PAGE)})
        parts.append(Buttons((Button(f"{rest} more", more),)))
    return Message(tuple(parts), say("{title}: {number}", title=collected.title, number=counted(len(entries))))


def _origin(collected: Round, entry: Entry, author: str, reader: MemberId | None) -> Text:
    """In which column it stands, whose it is where that may be known, and how many support it."""
    whose = f"{author} (you)".strip() if entry.author == reader else author
    whose = "yours" if whose == "(you)" else whose
    told = (collected.columns[entry.column], whose, backing(entry.support))
    return join(", ", [say("{each}", each=each) for each in told if each])


def _ways(
    collected: Round, entry: Entry, reader: MemberId | None, supported: bool, organises: bool, skip: int
) -> list[Button]:
    """What its reader can do about an entry: their own is taken back, another's supported, or left out."""
    given = {"round": str(collected.id), "entry": str(entry.id)}
    if entry.author == reader:
        return [Button("Take it back", codes.pack(WITHDRAW, given))]
    ways: list[Button] = []
    if collected.open:
        label = "Take that back" if supported else "Support"
        code = codes.pack(SUPPORT, {**given, "on": str(int(not supported)), "skip": str(skip)})
        ways.append(Button(label, code, Tone.PLAIN if supported else Tone.GOOD))
    if organises:
        ways.append(Button("Leave out", codes.pack(LEAVE_OUT, given), Tone.BAD))
    return ways
