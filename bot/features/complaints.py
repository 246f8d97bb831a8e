"""Complaints: who hears of it when something could not be delivered, and what may be done about it."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import codes
from bot.domain.breakouts import BreakoutId
from bot.domain.events import EventId
from bot.domain.memos import MemoId
from bot.domain.people import Account, MemberId
from bot.domain.places import ChapterId
from bot.domain.polls import PollId
from bot.domain.prompts import PostingId, PromptId
from bot.domain.rounds import RoundId
from bot.domain.takeaways import TakeawayId
from bot.domain.writeups import WriteupId
from bot.drawings import drawing
from bot.errands import FAILED, Directly, Ending, Errand, ErrandId, InThread, Notice, Promise
from bot.features import promised, subjects
from bot.features.memos import ringing as memos
from bot.features.promised import Lot, Telling
from bot.features.subjects import Subject
from bot.messages import Button, Buttons, Message, Note, Paragraph, Part, Slash, Text, say
from bot.ports import Transaction

log = logging.getLogger(__name__)

AGAIN, LEAVE = "deliveries again", "deliveries leave"
COMPLAINT = "undelivered"

TOGETHER = timedelta(minutes=1)
"""How long a complaint about people who cannot be reached waits for others: a whole crowd is one complaint."""

MENDED = ("event", "poll", "posting", "memo", "writeup", "round", "breakout")
"""What errands are about that can be sent again; the others are word to one person, who can ask."""

_AT_HOME = frozenset({"posting", "writeup", "round", "breakout"})
"""What stands in the homes of its chapter, and in those that it had: nobody is asked to mend these."""

_NUMBERED: Mapping[str, object] = {
    "event": EventId,
    "poll": PollId,
    "posting": PostingId,
    "prompt": PromptId,
    "takeaway": TakeawayId,
    "memo": MemoId,
    "chapter": ChapterId,
    "writeup": WriteupId,
    "round": RoundId,
    "breakout": BreakoutId,
}


@dataclass(frozen=True, slots=True)
class Concern:
    """What an errand is about, and who is to hear of it, best first; `revision` tells one plan from the next."""

    subject: Subject
    accounts: Sequence[Account]
    revision: int = 0


async def undeliverable(tx: Transaction, errand: Errand, now: datetime) -> None:
    """Tell whoever planned or asked, once, that something could not be delivered, and why."""
    promise = await tx.errands.promise(errand.id)
    assert promise is not None, "it has just been attempted"
    if memos.is_memo(errand) and promise.ending is not Ending.UNKNOWN:
        await memos.undeliverable(tx, errand, now)
        return
    name, given = codes.unpack(promise.drawing)
    if name == COMPLAINT:
        about = await tx.errands.promise(ErrandId(codes.row(given.get("errand", "")) or 0))
        concern = None if about is None else await concern_of(tx, about)
        await _tell(tx, concern, promise.key.rpartition(" to ")[0], promise.drawing, now, promise)
        return
    concern, telling = await concern_of(tx, promise), promised.telling_of(promise)
    if telling.nameless or _left_behind(promise, telling, concern):
        log.warning("Nobody is told that “%s” was not delivered", promise.key)
        return
    drawn = undelivered.bind(promise.id, promise.ending or Ending.PARKED)
    await _tell(tx, concern, key_of(promise, concern), drawn, now + TOGETHER if telling.place is None else now, promise)


async def concern_of(tx: Transaction, promise: Promise) -> Concern | None:
    """What an errand is about; None where that is not on record."""
    name, _, number = _about(promise).partition("=")
    try:
        subject = await subjects.LOOKUPS[_NUMBERED[name]](tx, codes.row(number) or 0, False)
    except KeyError:
        return None
    member: MemberId | None = None
    revision = 0
    if name == "event":
        event = await tx.events.get(EventId(subject.id))
        member, revision = event.planner, event.revision
    elif name == "poll":
        poll = await tx.polls.get(PollId(subject.id))
        member, revision = poll.asker, poll.revision
    elif name == "posting":
        # What the rhythm posted is the concern of whoever set it.
        posting = await tx.postings.get(PostingId(subject.id))
        member = posting.asker or (await tx.prompts.deck(posting.chapter)).keeper
    elif name == "writeup":
        member = (await tx.writeups.get(WriteupId(subject.id))).writer
    elif name == "round":
        member = (await tx.rounds.get(RoundId(subject.id))).starter
    elif name == "breakout":
        member = (await tx.breakouts.get(BreakoutId(subject.id))).starter
    own = [] if member is None else list(await tx.members.accounts([member]))
    appointed = [*await tx.organisers.all(subject.chapter.id), *await tx.organisers.all()]
    others = {each.id: each for each in appointed if each.member != member}
    return Concern(subject, [*own, *others.values()], revision)


def key_of(promise: Promise, concern: Concern | None) -> str:
    """The key of the complaint about an errand. A place that is gone is one complaint, whatever belongs there."""
    telling, revision = promised.telling_of(promise), 0 if concern is None else concern.revision
    if promise.ending is Ending.GONE and telling.place is not None:
        where = f"{telling.place.platform} {telling.place.key}"
        return f"undelivered {codes.subject(promise.drawing)} in {where} r{revision}"
    return f"undelivered {telling.key} {promise.ending} r{revision}"


@drawing(COMPLAINT)
async def undelivered(tx: Transaction, errand: ErrandId, ending: str) -> Message | None:
    """Tells an organiser what was not delivered and why, with what can be done; nothing where that is settled."""
    promise = await tx.errands.promise(errand)
    concern = None if promise is None else await concern_of(tx, promise)
    if promise is None or concern is None or (promise.due is None and promise.ending not in FAILED):
        return None
    lot = lot_of(await tx.errands.promises(codes.subject(promise.drawing)), promise, Ending(ending))
    text = await _said(tx, lot, concern)
    parts: list[Part] = [Paragraph(text)]
    if detail := promise.detail.strip():
        parts.append(Note(say("What I was told: {detail}", detail=detail[:300])))
    if buttons := tuple(_buttons(promise, lot.ending)):
        parts.append(Buttons(buttons))
    return Message(tuple(parts), text)


def lot_of(promises: Sequence[Promise], promise: Promise, ending: Ending) -> Lot:
    """An errand, and all others of its kind that failed alike."""
    telling = promised.telling_of(promise)
    alike = [each for each in promises if promised.telling_of(each) == telling and each.ending is ending]
    return Lot(telling, ending, tuple(each for each in alike if each.failed or each.id == promise.id) or (promise,))


def bound(command: str, promise: Promise) -> str:
    """The code that does something about an errand, and about others of its kind that stand alike."""
    name, _, number = codes.subject(promise.drawing).partition("=")
    return codes.pack(command, {name: number, "errand": str(promise.id)})


def _about(promise: Promise) -> str:
    """The subject of an errand; of what tells of something else in a card's thread, that card's."""
    about = codes.subject(promise.drawing)
    if about.partition("=")[0] not in _NUMBERED and isinstance(promise.to, InThread):
        return codes.subject(promise.to.card.drawing)
    return about


def _left_behind(promise: Promise, telling: Telling, concern: Concern | None) -> bool:
    """Whether a place that is gone was a home of the chapter once, and is none any more."""
    if concern is None or promise.ending is not Ending.GONE or telling.place is None:
        return False
    homes = {home.place for home in concern.subject.chapter.homes}
    return _about(promise).partition("=")[0] in _AT_HOME and telling.place not in homes


def _buttons(promise: Promise, ending: Ending | None) -> Sequence[Button]:
    if codes.subject(promise.drawing).partition("=")[0] not in MENDED:
        return ()
    again = Button("Send again", bound(AGAIN, promise))
    return (again, Button("Leave it", bound(LEAVE, promise))) if ending is Ending.UNKNOWN else (again,)


async def _said(tx: Transaction, lot: Lot, concern: Concern) -> Text:
    title, telling = concern.subject.title, lot.telling
    way = telling.way(await tx.chapters.all())
    match lot.ending:
        case Ending.UNKNOWN:
            return say(
                "The connection broke while I was sending {told} of **{title}** {way}{to}, and I cannot find out "
                "whether it arrived. Please look there; then let me send it again, or leave it.",
                told=telling.words,
                title=title,
                way=way,
                to=say("") if telling.place is not None else say(" to {names}", names=await promised.names(tx, lot)),
            )
        case Ending.PARKED:
            return say(
                "{platform} did not take {told} of **{title}** {way}: that is a fault of mine, and nothing that you "
                "did. It is kept, and can be sent again once I am mended; everything else goes on.",
                platform=telling.platform.title(),
                told=telling.words,
                title=title,
                way=way,
            )
        case _ if telling.place is None:
            return say(
                "I could not tell {names} {way}: their direct messages are closed to me, or their account is gone. "
                "It was {told} of **{title}**; please tell them some other way.",
                names=await promised.names(tx, lot),
                way=way,
                told=telling.words,
                title=title,
            )
        case _:
            return await _shut_out(tx, lot, concern, telling)


async def _shut_out(tx: Transaction, lot: Lot, concern: Concern, telling: Telling) -> Text:
    """A place that cannot be posted in."""
    chapter, title = concern.subject.chapter, concern.subject.title
    to = lot.last.to
    if isinstance(to, InThread) and await tx.errands.announcement(to.card) is None:
        return say(
            "I cannot send {told} of **{title}** {way}: the card to which it belongs is not posted there. Once it is, "
            "send it again; everything else goes on.",
            told=telling.words,
            title=title,
            way=telling.way([chapter]),
        )
    home = next((home.name for home in chapter.homes if home.place == telling.place), None)
    if home is None:
        return say(
            "I cannot post **{title}** where it belongs: the channel is gone, or I am not in it. Let me into it, or "
            "ask somewhere else; everything else goes on.",
            title=title,
        )
    if telling.thread:
        return say(
            "I cannot post {told} of **{title}** {way}: the thread was deleted, or I am not in the channel any more. "
            "The card and everything else go on; let me into the channel if I am not, or name another one for "
            "{chapter} by {edit}.",
            told=telling.words,
            title=title,
            way=telling.way([chapter]),
            chapter=chapter.name,
            edit=Slash("chapter edit"),
        )
    return say(
        "I cannot post **{title}** in #{home} on {platform}: the channel is gone, or I am not in it. "
        "Let me into it, or name another one for {chapter} by {edit}; "
        "everything else goes on.",
        title=title,
        home=home,
        platform=telling.platform.title(),
        chapter=chapter.name,
        edit=Slash("chapter edit"),
    )


async def _tell(tx: Transaction, concern: Concern | None, key: str, drawn: str, due: datetime, failed: Promise) -> None:
    """By direct message: word to an organiser does not belong into a public thread."""
    accounts = [] if concern is None else list(concern.accounts)
    people = [account.person for account in accounts]
    if isinstance(failed.to, Directly) and failed.to.person in people:
        # Whoever could not be told something cannot be told that either; a complaint goes on to the next.
        here = people.index(failed.to.person)
        accounts = accounts[here + 1 :] if failed.drawing == drawn else [*accounts[:here], *accounts[here + 1 :]]
    if not accounts:
        log.error("Nobody is left to be told that something was not delivered: “%s”", key)
        return
    first = accounts[0]
    await tx.errands.note([Notice(f"{key} to {first.id}", drawn, Directly(first.person))], due)
