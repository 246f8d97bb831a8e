"""Keeping: somebody writes down what they learnt, or asks to keep what somebody else wrote."""

from datetime import datetime
from typing import Annotated

from bot import codes
from bot.calls import Call, Refusal, Reply
from bot.commands import Ask, command
from bot.domain.events import EventId
from bot.domain.people import Account, Person
from bot.domain.places import ChapterId
from bot.domain.prompts import Posting, PostingId
from bot.domain.takeaways import LONGEST, Credit, Learnt, Takeaway, TakeawayState
from bot.features import picks, writing
from bot.features.organisers import account_of
from bot.features.remembering import remember
from bot.features.retelling import retell
from bot.features.takeaways import sources
from bot.features.takeaways.asking import ask_leave
from bot.features.takeaways.words import ADD, AGREE, LIST, MINE, WITHDRAW
from bot.messages import Button, Buttons, Message, Note, Paragraph, Slash, Tone, line, say
from bot.ports import Transaction

LONGEST_MESSAGE = 50_000
"""Letters in a message of anybody's: Slack takes 40,000, and hands them on with every sign escaped."""

Chapter = Annotated[ChapterId, Ask("Which chapter?", pick=picks.chapters, known=sources.chapter_here)]


@command(ADD, "Keep what you learnt", submit="Keep", bare=True)
async def add(
    call: Call,
    tx: Transaction,
    text: Annotated[str, Ask("What did you take away?", "A sentence or two", most=LONGEST, lines=True)],
    chapter: Chapter,
    event: Annotated[
        EventId | None, Ask("From which event?", "Empty for none", pick=sources.events, known=sources.event_here)
    ] = None,
    credit: Annotated[
        Credit, Ask("With your name?", "The write-up and searches show it, unless you choose otherwise")
    ] = Credit.NAMED,
    posting: Annotated[PostingId | None, Ask("From which prompt?", hidden=True, known=sources.posting_here)] = None,
) -> Reply:
    """Keep somebody's own takeaway."""
    posted = None if posting is None else await _posted(tx, posting)
    if event is not None:
        await writing.not_private(tx, event)
        chapter = (await tx.events.get(event)).chapter
    elif posted is not None:
        chapter, event = posted.chapter, posted.event
    if posted is not None and (posted.chapter != chapter or posted.event not in (None, event)):
        posting = None  # that in whose thread somebody writes, who has named another event
    account = (await tx.members.recognise([call.caller]))[call.caller.person]
    if any(own.text == text and own.event == event for own in await tx.takeaways.of_author(account.member, 100)):
        raise Refusal("You have kept that already. {mine} shows what you kept.", mine=Slash(MINE))
    origin = f"{call.caller.person.platform} {call.key}"
    kept = await tx.takeaways.add(
        Learnt(
            chapter, event, posting, text, account.member, credit, account.member, TakeawayState.KEPT, call.at, origin
        )
    )
    takeaway = await tx.takeaways.get(kept)
    return await _kept(tx, takeaway, call.at)


async def _chapter_of(tx: Transaction, call: Call) -> str | None:
    """Where a message was written; nobody is asked for the chapter of one that cannot be kept."""
    _keepable(call.given.get("text", "").strip())
    return await sources.chapter_here(tx, call)


@command("takeaway keep", "Keep what somebody wrote", hidden=True, shortcut="Keep as takeaway")
async def keep(
    call: Call,
    tx: Transaction,
    message: Annotated[str, Ask("Which message?", hidden=True)],
    chapter: Annotated[ChapterId, Ask("Which chapter?", pick=picks.chapters, known=_chapter_of)],
    text: Annotated[str, Ask("What does it say?", most=LONGEST_MESSAGE, hidden=True, lines=True)] = "",
    author: Annotated[Person | None, Ask("Who wrote it?", hidden=True)] = None,
) -> Reply:
    """Keep a message: one's own at once, another's when they say yes."""
    if author is None:
        raise Refusal("Only what somebody wrote can be kept, and that is an app’s message.")
    _keepable(text)
    origin = f"message {call.caller.person.platform} {call.place.key if call.place else ''} {message}"
    known = await tx.takeaways.find(origin)
    if known is not None:
        return _known(known)
    keeper = (await tx.members.recognise([call.caller]))[call.caller.person]
    wrote: Account = await account_of(call, tx, author)
    own = wrote.member == keeper.member
    state = TakeawayState.KEPT if own else TakeawayState.ASKED
    source = await sources.of_thread(tx, call)
    event, posting = (await _event_now(tx, call), None) if source is None else (source.event, source.posting)
    learnt = Learnt(chapter, event, posting, text, wrote.member, Credit.NAMED, keeper.member, state, call.at, origin)
    takeaway = await tx.takeaways.get(await tx.takeaways.add(learnt))
    if own:
        return await _kept(tx, takeaway, call.at)
    await ask_leave(tx, takeaway, wrote, None if source is None else source.card, call.at)
    return line("{name} is asked whether that may be kept; it is once they say yes.", name=wrote.name)


def _keepable(text: str) -> None:
    """Raises Refusal for a message of which there is nothing, or too much, to keep."""
    if not text:
        raise Refusal("There are no words in that message to keep.")
    if len(text) > LONGEST:
        raise Refusal(
            "That message has {number} letters, and a takeaway is at most {most}. {add} keeps the gist of it.",
            number=len(text),
            most=LONGEST,
            add=Slash(ADD),
        )


async def _event_now(tx: Transaction, call: Call) -> EventId | None:
    here = await sources.event_here(tx, call)
    return None if here is None else EventId(int(here))


async def _posted(tx: Transaction, posting: PostingId) -> Posting:
    try:
        return await tx.postings.get(posting)
    except KeyError:
        raise Refusal("That prompt is not on record. {add} keeps it without one.", add=Slash(ADD)) from None


async def _kept(tx: Transaction, takeaway: Takeaway, now: datetime) -> Message:
    """Have it found, and told where its event is told; its author is told what they can do about it."""
    await remember(tx, takeaway)
    if takeaway.event is not None:
        await retell(tx, takeaway.event, now)
    given = {"takeaway": str(takeaway.id)}
    other = Credit.UNNAMED if takeaway.credit is Credit.NAMED else Credit.NAMED
    text = say("Kept: “{text}”", text=takeaway.text)
    held = None if takeaway.event is None else await tx.events.get(takeaway.event)
    of = say("") if held is None else say("It belongs to **{title}**. ", title=held.title)
    how = say("with your name") if takeaway.credit is Credit.NAMED else say("without a name")
    note = say(
        "{of}It is shown {how}, until you withdraw it. {list} shows what others learnt.",
        of=of,
        how=how,
        list=Slash(LIST),
    )
    buttons = Buttons(
        (
            Button(other.words, codes.pack(AGREE, {**given, "credit": other})),
            Button("Withdraw", codes.pack(WITHDRAW, given), Tone.BAD),
        )
    )
    return Message((Paragraph(text), Note(note), buttons), text)


def _known(takeaway: Takeaway) -> Message:
    """What is said of a message that somebody has wished to keep before."""
    match takeaway.state:
        case TakeawayState.KEPT:
            return line("That is kept already.")
        case TakeawayState.ASKED:
            return line("Its author has been asked already; it is kept once they say yes.")
        case TakeawayState.WITHDRAWN:
            return line("Its author would rather not have that kept.")
