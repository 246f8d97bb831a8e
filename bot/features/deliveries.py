"""Deliveries: what was sent where, what was not and why, and what an organiser may do about it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Annotated, LiteralString
from zoneinfo import ZoneInfo

from bot import codes
from bot.budget import Budget
from bot.calls import Call, Candidate, Refusal, Reply
from bot.commands import Ask, command
from bot.domain.breakouts import BreakoutId
from bot.domain.events import EventId, EventState
from bot.domain.memos import MemoId
from bot.domain.moments import show_moment
from bot.domain.people import Role
from bot.domain.polls import PollId
from bot.domain.prompts import PostingId
from bot.domain.rounds import RoundId
from bot.domain.writeups import WriteupId
from bot.errands import FAILED, Ending, ErrandId
from bot.features import complaints, picks, promised, writing
from bot.features.polls.picks import own
from bot.features.promised import Lot
from bot.messages import (
    Button,
    Buttons,
    Facts,
    Heading,
    Message,
    Note,
    Part,
    Slash,
    Text,
    When,
    WhenForm,
    line,
    say,
)
from bot.ports import Transaction

BUDGET = Budget(3200, 8500)
"""Room for all lots that are shown; what failed comes first, and the rest are counted."""

LOOKED_BACK = timedelta(days=30)
"""How long after an event it can be picked; whoever seeks an older one has its number."""

OLD: LiteralString = "That was seen to already, or is from long ago. {command} shows how things stand."


async def _events(tx: Transaction, call: Call) -> Sequence[Candidate]:
    """Events of which something may have been sent, those to come first."""
    states = (EventState.PUBLISHED, EventState.OVER, EventState.CANCELLED)
    since = call.at - LOOKED_BACK
    return [candidate for state in states for candidate in await picks.events_since(tx, call, since, state)]


@command("event deliveries", "See what was sent", needs=Role.ORGANISER, reads=True, submit="Show")
async def show(
    call: Call,
    tx: Transaction,
    event: Annotated[EventId, Ask("Which event?", pick=_events, nothing="Nothing was published yet.")],
) -> Reply:
    """All that was promised of an event, by what it is and how it stands, with a way to mend what failed."""
    planned = await writing.seen(tx, event)
    chapter = await tx.chapters.get(planned.chapter)
    lots = promised.lots(await tx.errands.promises(f"event={event}"))
    lots.sort(key=lambda lot: (lot.ending not in FAILED, lot.ending is not None))
    if not lots:
        return line("Nothing was sent of **{title}** yet.", title=planned.title)
    chapters = await tx.chapters.all()
    rows: list[tuple[str, Text]] = []
    budget = BUDGET
    for lot in lots:
        told = lot.telling.words
        label = str(say("{told} {way}", told=told[:1].upper() + told[1:], way=lot.telling.way(chapters)))
        stands = await _standing(tx, lot, chapter.zone)
        budget = budget.less(label, stands)
        if budget.overdrawn and rows:
            break
        rows.append((label, stands))
    parts: list[Part] = [Heading(say("Deliveries of {title}", title=planned.title)), Facts(tuple(rows))]
    if len(lots) > len(rows):
        parts.append(Note(say("And {more} more.", more=len(lots) - len(rows))))
    failed = [lot for lot in lots if lot.ending in FAILED][:4]
    doubtful = [lot for lot in failed if lot.ending is Ending.UNKNOWN]
    parts += _buttons("Send again", complaints.AGAIN, failed) + _buttons("Leave it", complaints.LEAVE, doubtful)
    return Message(tuple(parts), say("Deliveries of {title}", title=planned.title))


def _buttons(label: str, command: str, lots: Sequence[Lot]) -> list[Part]:
    """A row of buttons that do one thing about each of these."""
    buttons = (
        Button(
            f"{label}: {lot.telling.words} ({lot.telling.platform.title()})"[:75], complaints.bound(command, lot.last)
        )
        for lot in lots
    )
    return [Buttons(tuple(buttons))] if lots else []


async def _own(tx: Transaction, call: Call) -> bool:
    """Whoever asked a poll sees to its deliveries, organiser or not."""
    return bool(call.given.get("poll")) and await own(tx, call)


Which = Annotated[ErrandId, Ask("Which errand?", hidden=True)]
OfEvent = Annotated[EventId | None, Ask("Of which event?", hidden=True)]
OfPoll = Annotated[PollId | None, Ask("Of which poll?", hidden=True)]
OfPosting = Annotated[PostingId | None, Ask("Of which prompt?", hidden=True)]
OfMemo = Annotated[MemoId | None, Ask("Of which reminder?", hidden=True)]
OfWriteup = Annotated[WriteupId | None, Ask("Of which write-up?", hidden=True)]
OfRound = Annotated[RoundId | None, Ask("Of which round?", hidden=True)]
OfBreakout = Annotated[BreakoutId | None, Ask("Of which breakout?", hidden=True)]


@command(complaints.AGAIN, "Send what failed once more", needs=Role.ORGANISER, unless=_own, hidden=True)
async def again(
    call: Call,
    tx: Transaction,
    errand: Which,
    event: OfEvent = None,
    poll: OfPoll = None,
    posting: OfPosting = None,
    memo: OfMemo = None,
    writeup: OfWriteup = None,
    round: OfRound = None,
    breakout: OfBreakout = None,
) -> Reply:
    """Try an errand and others of its kind that failed alike once more; if that fails, somebody hears of it anew."""
    talk = {"posting": posting, "writeup": writeup, "round": round, "breakout": breakout}
    lot = await _failed(tx, errand, {"event": event, "poll": poll, "memo": memo, **talk})
    concern = await complaints.concern_of(tx, lot.last)
    keys = {complaints.key_of(promise, concern) for promise in lot.promises}
    if concern is not None:
        await tx.errands.forget([f"{key} to {account.id}" for key in keys for account in concern.accounts])
    await tx.errands.again([promise.id for promise in lot.promises], call.at)
    return line(
        "On its way again: {told}{number}. {command} shows what becomes of it.",
        told=lot.telling.words,
        number=f", {len(lot.promises)} times" if len(lot.promises) > 1 else "",
        command=Slash("event deliveries"),
    )


@command(complaints.LEAVE, "Leave what may have arrived", needs=Role.ORGANISER, unless=_own, hidden=True)
async def leave(
    call: Call,
    tx: Transaction,
    errand: Which,
    event: OfEvent = None,
    poll: OfPoll = None,
    posting: OfPosting = None,
    memo: OfMemo = None,
    writeup: OfWriteup = None,
    round: OfRound = None,
    breakout: OfBreakout = None,
) -> Reply:
    """Put on record that somebody has looked, and that all is well or does not matter."""
    talk = {"posting": posting, "writeup": writeup, "round": round, "breakout": breakout}
    lot = await _failed(tx, errand, {"event": event, "poll": poll, "memo": memo, **talk})
    await tx.errands.leave([promise.id for promise in lot.promises], call.at)
    return line("Left as it is: {told}. I do not send it again.", told=lot.telling.words)


async def _failed(tx: Transaction, errand: ErrandId, given: Mapping[str, int | None]) -> Lot:
    """What failed like this errand, which is about the very thing that is given; raises Refusal."""
    about = [f"{name}={number}" for name, number in given.items() if number is not None]
    promise = await tx.errands.promise(errand)
    if promise is None or [codes.subject(promise.drawing)] != about or not promise.failed or promise.ending is None:
        raise Refusal(OLD, command=Slash("event deliveries"))
    return complaints.lot_of(await tx.errands.promises(about[0]), promise, promise.ending)


async def _standing(tx: Transaction, lot: Lot, zone: ZoneInfo) -> Text:
    """How a lot stands, in a sentence."""
    last, number = lot.last, len(lot.promises)
    people = lot.telling.place is None
    who = (await promised.names(tx, lot)) if people else say("")
    at = say("") if last.at is None else say(", {at}", at=_moment(last.at, zone))
    why = say(" ({detail})", detail=last.detail[:100].rstrip(".")) if last.detail else say("")
    match lot.ending:
        case None if last.ending is Ending.RETRY and last.due is not None:
            return say("tried again {due}{why}", due=_moment(last.due, zone), why=why)
        case None:
            return say("waits its turn") if number == 1 else say("{number} wait their turn", number=number)
        case Ending.SENT if people:
            return say("sent to {number} {people}{at}", number=number, people=_people(number), at=at)
        case Ending.FELL_BACK:
            return say("told in the thread instead, as direct messages are closed: {who}{at}", who=who, at=at)
        case Ending.DROPPED:
            return say("not sent, as nothing was left to say{at}", at=at)
        case Ending.LEFT:
            return say("left as it was by an organiser{at}", at=at)
        case Ending.GONE if people:
            return say(
                "**not delivered** to {who}{at}{why}. Their direct messages are closed, or their account is gone: "
                "please tell them some other way.",
                who=who,
                at=at,
                why=why,
            )
        case Ending.GONE:
            return say(
                "**not delivered**{at}{why}. The channel is gone, or I am not in it: let me in, then send it again.",
                at=at,
                why=why,
            )
        case Ending.PARKED:
            return say(
                "**not delivered**{at}{why}. That is a fault of mine: mend me, then send it again.", at=at, why=why
            )
        case Ending.UNKNOWN:
            return say(
                "**may have arrived**{at}{why}. Please look there; if it is missing, send it again.", at=at, why=why
            )
        case _:
            return say("{ending}{at}", ending=str(lot.ending), at=at)


def _moment(moment: datetime, zone: ZoneInfo) -> When:
    return When(moment, show_moment(moment, zone), WhenForm.SHORT)


def _people(number: int) -> str:
    return "person" if number == 1 else "people"
