"""Drafting: a write-up begins with what is on record; organisers add their own words, leave out, publish, take back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Annotated

from bot import codes, reading
from bot.calls import Call, Candidate, Door, Refusal, Reply, Unclear
from bot.commands import Ask, command
from bot.domain.events import EventId, EventState
from bot.domain.excerpts import in_a_line
from bot.domain.memories import Memory, MemoryKind
from bot.domain.people import Role
from bot.domain.polls import PollState
from bot.domain.writeups import LONGEST, LONGEST_TITLE, Writeup, WriteupId, WriteupState
from bot.features import picks
from bot.features.copying import REMEMBERED
from bot.features.overwriting import mark, not_over_another
from bot.features.retelling import invite, redraw_writeup, writeup_cards
from bot.features.writeups.cards import FILES, picture
from bot.features.writeups.files import files_of
from bot.features.writeups.gathering import ATTENDANCE, everything, gathered
from bot.messages import (
    Button,
    Buttons,
    Divider,
    Menu,
    Message,
    Note,
    Option,
    Paragraph,
    Part,
    Slash,
    Text,
    Tone,
    already,
    say,
)
from bot.ports import Transaction

DRAFT, EDIT, REVISE, ARRANGE, TOGGLE = (
    "writeup draft",
    "writeup edit",
    "writeup revise",
    "writeup arrange",
    "writeup toggle",
)
CAME = "How many came"
MENU = 25
LABEL = 70
CUT = 1500
"""Letters of an organiser's own words that are kept for searching."""

Which = Annotated[WriteupId, Ask("Which write-up?", hidden=True)]


async def begun(tx: Transaction, call: Call) -> Sequence[Candidate]:
    """What is under way, then what was held, the latest first."""
    since = call.at - REMEMBERED
    # What has ended this very moment is not over on record yet.
    under_way = await picks.events_since(tx, call, since, EventState.PUBLISHED, begun=True)
    return [*under_way, *reversed(await picks.events_since(tx, call, since, EventState.OVER))]


@command(DRAFT, "Write up an event", needs=Role.ORGANISER, submit="Draft")
async def draft(
    call: Call,
    tx: Transaction,
    event: Annotated[EventId, Ask("Which event?", pick=begun, nothing="No event was held yet.")],
) -> Reply:
    """Begin an event's write-up from what is on record, or go on with it."""
    try:
        held = await tx.events.get(event)
    except KeyError:
        raise Unclear("event", "There is no such event; pick one from the list.") from None
    if not held.public or held.state is EventState.CANCELLED:
        raise Refusal("**{title}** was not held, so there is nothing to write up.", title=held.title)
    if held.starts is None or held.starts > call.at:
        raise Refusal("**{title}** has not begun yet.", title=held.title)
    account = (await tx.members.recognise([call.caller]))[call.caller.person]
    begun_before = await tx.writeups.of(event) is not None
    number = await tx.writeups.begin(event, held.chapter, held.title, account.member)
    return replace(await shown(tx, await tx.writeups.lock(number), call.at), moot=begun_before)


@command(EDIT, "Edit a write-up", needs=Role.ORGANISER, hidden=True, reads=True)
async def edit(call: Call, tx: Transaction, writeup: Which) -> Reply:
    """The form with what organisers have written so far."""
    written = await seen(tx, writeup)
    given = {"writeup": str(writeup), "seen": mark(_words(written))}
    return await reading.ask(tx, revise, replace(call, command=REVISE, given=given, door=Door.BUTTON), {})


async def _as_it_is(tx: Transaction, call: Call) -> Mapping[str, str]:
    written = await seen(tx, WriteupId(codes.row(call.given.get("writeup", "")) or 0))
    return _words(written)


@command(REVISE, "Edit a write-up", needs=Role.ORGANISER, hidden=True, submit="Save", filled=_as_it_is)
async def revise(
    call: Call,
    tx: Transaction,
    writeup: Which,
    seen: Annotated[str, Ask("What did the form show?", hidden=True)],
    title: Annotated[str, Ask("Title", most=LONGEST_TITLE)],
    opening: Annotated[str, Ask("Your words at the beginning", most=LONGEST, lines=True)] = "",
    closing: Annotated[str, Ask("Your words at the end", most=LONGEST, lines=True)] = "",
) -> Reply:
    """Replace what organisers have written, unless somebody else has done so since the form was opened."""
    written = await held_by(tx, writeup)
    typed = {"title": title, "opening": opening, "closing": closing}
    not_over_another(_words(written), seen, typed)
    return await shown(tx, await _put(tx, replace(written, **typed), call.at), call.at)


@command(ARRANGE, "Choose what stands in a write-up", needs=Role.ORGANISER, hidden=True, reads=True)
async def arrange(call: Call, tx: Transaction, writeup: Which) -> Reply:
    """Everything on record, to be left out or taken in again."""
    return await _arranged(tx, await seen(tx, writeup), call.at)


@command(TOGGLE, "Leave something out, or take it in", needs=Role.ORGANISER, hidden=True)
async def toggle(
    call: Call,
    tx: Transaction,
    writeup: Which,
    item: Annotated[str, Ask("What?", hidden=True)],
    on: Annotated[int, Ask("Take it in?", hidden=True)],
) -> Reply:
    """Leave one thing out of a write-up, or take it in again; pressed twice it is done once."""
    written = await held_by(tx, writeup)
    items = [each for section in await everything(tx, written, call.at) for each in section.items]
    named = {ATTENDANCE: CAME, **{each.key: each.text for each in items}}
    if item not in named:
        raise Refusal("That is not on record any more.")
    left_out = written.left_out - {item} if on else written.left_out | {item}
    if left_out != written.left_out:
        written = await _put(tx, replace(written, left_out=left_out), call.at)
    what = in_a_line(named[item], LABEL)
    text = say("“{what}” stands in the write-up again.", what=what) if on else say("“{what}” is left out.", what=what)
    return await _arranged(tx, written, call.at, text)


@command("writeup publish", "Publish a write-up", needs=Role.ORGANISER, hidden=True)
async def publish(
    call: Call, tx: Transaction, writeup: Which, version: Annotated[int, Ask("Which version?", hidden=True)] = 0
) -> Reply:
    """Post its card in every home of its chapter, and hand out the files; where it was changed, that is shown first."""
    written = await held_by(tx, writeup)
    if written.state is WriteupState.PUBLISHED:
        return already("**{title}** is published already.", title=written.title)
    event = await tx.events.get(written.event)
    if event.state is EventState.CANCELLED:
        raise Refusal("**{title}** was called off, so there is nothing to publish.", title=event.title)
    if version and version != written.version:
        note = say("It was changed meanwhile; this is how it stands, and nothing is posted yet.")
        return await shown(tx, written, call.at, note)
    chapter = await tx.chapters.get(written.chapter)
    if not chapter.homes:
        raise Refusal("**{chapter}** has no channel to post in; the draft is kept.", chapter=chapter.name)
    document = await gathered(tx, written, call.at)
    if not document.items and not written.opening and not written.closing:
        raise Refusal(
            "Nothing is on record of that evening, and you have not written anything yet: **Edit words** is the place "
            "for that, and {add} for what people learnt.",
            add=Slash("takeaway add"),
        )
    published = await _put(tx, replace(written, state=WriteupState.PUBLISHED, published=call.at), call.at)
    await tx.errands.refresh(writeup_cards(written.id, chapter), call.at)
    await invite(tx, written.chapter, call.at)
    homes = " and ".join(f"#{home.name} on {home.place.platform.title()}" for home in chapter.homes)
    text = say("**{title}** is published in {homes}. Here it is as files, too.", title=written.title, homes=homes)
    files = await files_of(tx, published, call.at)
    return Message((Paragraph(text), _ways(published)), text, files=files)


@command("writeup take-back", "Take a write-up back", needs=Role.ORGANISER, hidden=True)
async def take_back(call: Call, tx: Transaction, writeup: Which) -> Reply:
    """Make a draft of it again: its cards say so, and it is found by nobody."""
    written = await held_by(tx, writeup)
    if written.state is WriteupState.DRAFT:
        return already("**{title}** is a draft already.", title=written.title)
    drafted = await _put(tx, replace(written, state=WriteupState.DRAFT, published=None), call.at)
    await redraw_writeup(tx, written.id, call.at)
    await invite(tx, written.chapter, call.at)
    text = say("**{title}** is taken back; it is a draft again.", title=written.title)
    return Message((Paragraph(text), _ways(drafted)), text)


async def shown(tx: Transaction, written: Writeup, now: datetime, note: Text | None = None) -> Message:
    """A write-up as its card will look, with what can be done with it."""
    if note is None:
        note = say("It is published, and changes show at once.")
        if written.state is WriteupState.DRAFT:
            note = say("A draft: nothing is posted yet.")
    document = await gathered(tx, written, now)
    if not document.items:
        note = say(
            "{note} Nothing was recorded at that evening besides the evening itself: no prompt, no poll, no takeaway. "
            "{add} still takes some.",
            note=note,
            add=Slash("takeaway add"),
        )
    undecided = [poll for poll in await tx.polls.about(written.event) if poll.state is PollState.OPEN]
    if undecided:
        polls = "1 poll is" if len(undecided) == 1 else f"{len(undecided)} polls are"
        note = say("{note} {polls} still open; the result stands here once that is closed.", note=note, polls=polls)
    return await picture(tx, written, now, (Divider(), Note(note), _ways(written)))


async def seen(tx: Transaction, writeup: WriteupId) -> Writeup:
    """Raises Refusal where there is none of this number."""
    try:
        return await tx.writeups.get(writeup)
    except KeyError:
        raise Refusal("There is no such write-up. {draft} begins one.", draft=Slash(DRAFT)) from None


async def held_by(tx: Transaction, writeup: WriteupId) -> Writeup:
    """The same, held against other writers."""
    await seen(tx, writeup)
    return await tx.writeups.lock(writeup)


async def _put(tx: Transaction, written: Writeup, now: datetime) -> Writeup:
    """Keep a change; what is published is drawn anew, and found by its words."""
    written = replace(written, version=written.version + 1)
    await tx.writeups.put(written)
    if written.state is WriteupState.PUBLISHED:
        await redraw_writeup(tx, written.id, now)
        words = f"{written.opening} {written.closing}"[:CUT]
        at = written.published or now
        await tx.memories.keep(Memory(MemoryKind.WRITEUP, written.id, written.chapter, written.title, words, at))
    else:
        await tx.memories.forget(MemoryKind.WRITEUP, written.id)
    return written


async def _arranged(tx: Transaction, written: Writeup, now: datetime, head: Text | None = None) -> Message:
    """What stands in a write-up and what does not, as menus: from one it is left out, from the other taken in."""
    items = [each for section in await everything(tx, written, now) for each in section.items]
    known = [(CAME, ATTENDANCE), *((each.text, each.key) for each in items)]
    parts: list[Part] = [Paragraph(head or say("This is what is on record. What does not belong in the write-up?"))]
    for prompt, on in (("Leave out", 0), ("Take in again", 1)):
        listed = [(label, key) for label, key in known if (key in written.left_out) == bool(on)]
        for begin in range(0, len(listed), MENU):
            options = tuple(
                Option(
                    in_a_line(label, LABEL),
                    codes.pack(TOGGLE, {"writeup": str(written.id), "item": key, "on": str(on)}),
                )
                for label, key in listed[begin : begin + MENU]
            )
            parts.append(Menu(prompt, options))
    parts.append(Buttons((Button("See the write-up", codes.pack(DRAFT, {"event": str(written.event)})),)))
    return Message(tuple(parts), head or say("What stands in {title}", title=written.title))


def _words(written: Writeup) -> dict[str, str]:
    return {"title": written.title, "opening": written.opening, "closing": written.closing}


def _ways(written: Writeup) -> Buttons:
    given = {"writeup": str(written.id)}
    # Whoever publishes it means what they have seen.
    meant = {**given, "version": str(written.version)}
    last = (
        Button("Take it back", codes.pack("writeup take-back", given), Tone.BAD)
        if written.state is WriteupState.PUBLISHED
        else Button("Publish", codes.pack("writeup publish", meant), Tone.GOOD)
    )
    return Buttons(
        (
            Button("Edit words", codes.pack(EDIT, given)),
            Button("Leave out…", codes.pack(ARRANGE, given)),
            Button("Files", codes.pack(FILES, given)),
            last,
        )
    )
