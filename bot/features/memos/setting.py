"""Setting: a memo from the first word to the moment it is set."""

from dataclasses import replace
from typing import Annotated

from bot import codes
from bot.calls import Call, Mistakes, Refusal, Reply, Unclear
from bot.commands import Ask, command
from bot.domain.events import Event, EventId
from bot.domain.memos import Audience, Memo, MemoId, MemoState, Occasion, Wanted
from bot.domain.moments import show_moment
from bot.domain.occasions import read_occasion, split, write_occasion
from bot.domain.people import Role
from bot.domain.places import Chapter, ChapterId
from bot.domain.rhythms import Rhythm
from bot.features import picks
from bot.features.memos import words
from bot.features.memos.picks import held, seen
from bot.features.memos.previews import CANCEL, CHANGE, SET, preview
from bot.messages import Button, Buttons, Message, Paragraph, already, say
from bot.ports import Transaction

What = Annotated[
    str,
    Ask(
        "What is the reminder?",
        "For example “Book the back room”, or with its time “in 2 hours: book it”",
        most=1000,
        lines=True,
    ),
]
When = Annotated[
    str, Ask("When?", "For example “in 2 hours”, “tomorrow 18:00” or “every first Tuesday at 9:00 in London”", most=120)
]
Whom = Annotated[Audience | None, Ask("Who is it for?", "Only you, if you do not say")]
OfEvent = Annotated[EventId | None, Ask("Which event?", "Where those going are reminded", pick=picks.upcoming)]


@command("reminder add", "Set a reminder", needs=Role.ORGANISER, submit="Preview")
async def add(
    call: Call,
    tx: Transaction,
    what: What,
    when: When = "",
    to: Whom = None,
    event: OfEvent = None,
    *,
    chapter: Annotated[
        ChapterId,
        Ask(
            "Which chapter?",
            pick=picks.chapters,
            known=picks.chapter_here,
            nothing=picks.NO_CHAPTER,
        ),
    ],
) -> Reply:
    """Put a draft on record and show what it will say, to whom and when; nothing is set yet."""
    account = (await tx.members.recognise([call.caller]))[call.caller.person]
    home = await tx.chapters.get(chapter)
    audience, home, occasion, text = await _understood(tx, call, what, when, to, event, home)
    origin = f"{call.caller.person.platform} {call.key}"
    if audience is Audience.HERE:
        await picks.not_elsewhere(tx, call)
    place = call.place if audience is Audience.HERE else None
    wanted = Wanted(home.id, account.member, account.id, text, audience, occasion, origin, place, event)
    return await preview(tx, await tx.memos.get(await tx.memos.add(wanted)), call.at)


async def _as_drafted(tx: Transaction, call: Call) -> dict[str, str]:
    memo = _drafted(await seen(tx, call, MemoId(codes.row(call.given.get("memo", "")) or 0)))
    occasion = memo.rhythm or memo.due
    zone = (await tx.chapters.get(memo.chapter)).zone
    return {
        "what": memo.text,
        "when": "" if occasion is None else write_occasion(occasion, zone),
        "to": memo.audience,
        "event": "" if memo.event is None else str(memo.event),
    }


@command(
    CHANGE,
    "Change a reminder",
    needs=Role.ORGANISER,
    hidden=True,
    submit="Preview",
    filled=_as_drafted,
)
async def change(
    call: Call,
    tx: Transaction,
    memo: Annotated[MemoId, Ask("Which reminder?", hidden=True)],
    what: What,
    when: When = "",
    to: Whom = None,
    event: OfEvent = None,
) -> Reply:
    """Replace what a draft says, and show it again."""
    draft = _drafted(await held(tx, call, memo))
    here = replace(call, place=draft.place or call.place)
    home = await tx.chapters.get(draft.chapter)
    audience, _home, occasion, text = await _understood(tx, here, what, when, to, event, home)
    if audience is Audience.HERE:
        await picks.not_elsewhere(tx, here)
    place = here.place if audience is Audience.HERE else None
    rhythm, due = (occasion, None) if isinstance(occasion, Rhythm) else (None, occasion)
    changed = replace(draft, text=text, audience=audience, place=place, event=event, rhythm=rhythm, due=due)
    await tx.memos.put(changed)
    return await preview(tx, changed, call.at)


@command(SET, "Set a reminder", needs=Role.ORGANISER, hidden=True)
async def set_(call: Call, tx: Transaction, memo: Annotated[MemoId, Ask("Which reminder?", hidden=True)]) -> Reply:
    """Let a draft ring from now on; a chapter's new digest takes the place of the one it had."""
    draft = await held(tx, call, memo)
    chapter = await tx.chapters.get(draft.chapter)
    if draft.pending:
        return already("**{memo}** is set already.", memo=words.label(draft))
    made = _drafted(draft).made(call.at)
    if made.due is None or made.due <= call.at:
        raise Refusal("**{memo}** would ring in the past. Change its time first.", memo=words.label(draft))
    if draft.event is not None:
        event = await tx.events.get(draft.event)
        if not event.open(call.at):
            raise Refusal("**{title}** is over or called off, so there is nobody to remind.", title=event.title)
    await tx.memos.put(made)
    if made.digest:
        await _instead(tx, made)
    text = say(
        "**{memo}** is set for {whom}: {when}.",
        memo=words.label(made),
        whom=await words.whom(tx, made, chapter),
        when=words.rings(made, chapter),
    )
    cancel = Button("Cancel it", codes.pack(CANCEL, {"reminder": str(memo)}))
    return Message((Paragraph(text), Buttons((cancel,))), text)


async def _instead(tx: Transaction, digest: Memo) -> None:
    """A chapter has one digest: the new one."""
    for other in await tx.memos.all([MemoState.SET, MemoState.PAUSED]):
        if other.digest and other.chapter == digest.chapter and other.id != digest.id:
            await tx.memos.put(replace(await tx.memos.lock(other.id), state=MemoState.CANCELLED, due=None))


def _drafted(memo: Memo) -> Memo:
    if memo.state is not MemoState.DRAFT:
        raise Refusal("**{memo}** is {state} already.", memo=words.label(memo), state=memo.state)
    return memo


async def _understood(
    tx: Transaction, call: Call, what: str, when: str, to: Audience | None, event: EventId | None, chapter: Chapter
) -> tuple[Audience, Chapter, Occasion, str]:
    """Whom a memo is for, in which chapter, when it rings and what it says; raises Unclear for all that is wrong."""
    about, home = None, chapter
    mistakes = Mistakes()
    with mistakes.noted():
        audience, about, home = await _for(tx, call, to, event, chapter)
    with mistakes.noted():
        occasion, text = await _read(tx, call, what, when, home, about)
    mistakes.tell()
    return audience, home, occasion, text


async def _for(
    tx: Transaction, call: Call, to: Audience | None, event: EventId | None, chapter: Chapter
) -> tuple[Audience, Event | None, Chapter]:
    """Whom a memo is for, of which event, and in which chapter; raises Unclear."""
    audience = to or (Audience.ME if event is None else Audience.GOING)
    if audience is Audience.HERE and call.place is None:
        raise Unclear("to", "This is not a channel. Ask in the channel itself, or choose somebody else.")
    if audience is Audience.HOME and not chapter.homes:
        raise Unclear("to", f"{chapter.name} has no channel yet. Choose somebody else.")
    if audience is not Audience.GOING:
        if event is not None:
            raise Unclear("to", "You named an event: pick “Those going to an event”, or leave the event empty.")
        return audience, None, chapter
    if event is None:
        raise Unclear("event", "Say to which event.")
    try:
        planned = await tx.events.get(event)
    except KeyError:
        raise Unclear("event", "That event is not on record any more; choose another.") from None
    if not planned.open(call.at):
        raise Unclear("event", f"{planned.title} is not published, or over; choose another.")
    return audience, planned, await tx.chapters.get(planned.chapter)


async def _read(
    tx: Transaction, call: Call, what: str, when: str, chapter: Chapter, event: Event | None
) -> tuple[Occasion, str]:
    """When a memo rings and what it says; raises Unclear."""
    places = {each.name: each.zone for each in await tx.chapters.all()}
    try:
        if when:
            occasion, text = read_occasion(when, chapter.zone, call.at, places), what
        else:
            occasion, text = split(what, chapter.zone, call.at, places)
    except ValueError as unreadable:
        raise Unclear("when", str(unreadable)) from None
    if not text:
        raise Unclear("what", "Say what I shall remind of, after the time.")
    first = occasion.after(call.at) if isinstance(occasion, Rhythm) else occasion
    if event is not None and event.ended(first):
        raise Unclear("when", f"{event.title} is over by {show_moment(first, chapter.zone)}. Choose an earlier time.")
    return occasion, text
