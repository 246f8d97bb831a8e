"""Subjects: what a call is about, told by what its parameters are declared as: an event, a poll, a prompt …"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot import codes
from bot.calls import Call
from bot.commands import Declared
from bot.domain.breakouts import BreakoutId
from bot.domain.events import EventId
from bot.domain.memos import MemoId
from bot.domain.places import Chapter, ChapterId
from bot.domain.polls import PollId
from bot.domain.prompts import PostingId, PromptId
from bot.domain.rounds import RoundId
from bot.domain.takeaways import TakeawayId
from bot.domain.writeups import WriteupId
from bot.features import writing
from bot.features.memos import words as memos
from bot.ports import Transaction


@dataclass(frozen=True, slots=True)
class Subject:
    """What a call is about, and the chapter that it belongs to; `says` is what it says at the moment, by label.

    `means` is the type of the number that names it.
    """

    kind: str
    id: int
    chapter: Chapter
    title: str
    says: Mapping[str, str] = field(default_factory=dict[str, str])
    means: object = None


Lookup = Callable[[Transaction, int, bool], Awaitable[Subject]]
"""Finds a subject by its number; holds it against other writers where that is asked for. Raises KeyError."""


async def _event(tx: Transaction, number: int, hold: bool) -> Subject:
    event = EventId(number)
    found = (await tx.events.lock([event]))[event] if hold else await tx.events.get(event)
    chapter = await tx.chapters.get(found.chapter)
    says = {"state": found.state.value, **writing.answers(found, chapter)}
    return Subject("event", found.id, chapter, found.title, says)


async def _poll(tx: Transaction, number: int, hold: bool) -> Subject:
    poll = PollId(number)
    found = (await tx.polls.lock([poll]))[poll] if hold else await tx.polls.get(poll)
    chapter = await tx.chapters.get(found.chapter)
    closes = "" if found.closes is None else writing.write_moment(found.closes, chapter.zone)
    offered = [choice.label for choice in (await tx.polls.choices([poll]))[poll] if choice.offered]
    says = {
        "state": found.state.value,
        "question": found.question,
        "choices": ", ".join(offered),
        "kind": found.rules.kind.value,
        "ballots": found.rules.anonymity.value,
        "results": found.rules.showing.value,
        "voters": found.rules.voters.value,
        "additions": found.rules.additions.value,
        "until": closes,
        "write-up": "" if found.evening is None else (await tx.events.get(found.evening)).title,
    }
    return Subject("poll", found.id, chapter, found.question, says)


async def _takeaway(tx: Transaction, number: int, hold: bool) -> Subject:
    """What somebody learnt is told by nobody but them: here it is known by its number."""
    takeaway = TakeawayId(number)
    found = await tx.takeaways.lock(takeaway) if hold else await tx.takeaways.get(takeaway)
    chapter = await tx.chapters.get(found.chapter)
    return Subject("takeaway", found.id, chapter, f"takeaway {found.id}", {"state": found.state.value})


async def _writeup(tx: Transaction, number: int, hold: bool) -> Subject:
    writeup = WriteupId(number)
    found = await tx.writeups.lock(writeup) if hold else await tx.writeups.get(writeup)
    says = {
        "state": found.state.value,
        "title": found.title,
        "beginning": found.opening,
        "end": found.closing,
        "left out": ", ".join(sorted(found.left_out)),
    }
    return Subject("write-up", found.id, await tx.chapters.get(found.chapter), found.title, says)


async def _round(tx: Transaction, number: int, hold: bool) -> Subject:
    found = await tx.rounds.lock(RoundId(number)) if hold else await tx.rounds.get(RoundId(number))
    says = {"state": found.state.value, "title": found.title, "columns": ", ".join(found.columns)}
    return Subject("round", found.id, await tx.chapters.get(found.chapter), found.title, says)


async def _breakout(tx: Transaction, number: int, hold: bool) -> Subject:
    breakout = BreakoutId(number)
    found = await tx.breakouts.lock(breakout) if hold else await tx.breakouts.get(breakout)
    says = {"state": found.state.value, "size": str(found.size), "who": found.who.value}
    title = f"groups at {(await tx.events.get(found.event)).title}"
    return Subject("breakout", found.id, await tx.chapters.get(found.chapter), title, says)


async def _chapter(tx: Transaction, number: int, hold: bool) -> Subject:
    chapter = await tx.chapters.get(ChapterId(number))
    homes = {home.place.platform.title(): f"#{home.name}" for home in chapter.homes}
    says = {
        "name": chapter.name,
        "zone": chapter.zone.key,
        "reminders": ", ".join(map(str, chapter.leads)),
        **{f"home on {platform}": name for platform, name in homes.items()},
        "members may ask polls": "yes" if await tx.polls.free(chapter.id) else "no",
    }
    return Subject("chapter", chapter.id, chapter, chapter.name, says)


async def _prompt(tx: Transaction, number: int, hold: bool) -> Subject:
    found = await tx.prompts.get(PromptId(number))
    if hold:
        # The deck first, as everybody does it: two who took them crosswise would wait for each other.
        await tx.prompts.hold(found.chapter)
        found = await tx.prompts.lock(found.id)
    says = {
        "state": found.state.value,
        "text": found.text,
        "tags": ", ".join(found.tags),
        "priority": found.priority.value,
        "asks where people stand": "yes" if found.stance else "no",
    }
    return Subject("prompt", found.id, await tx.chapters.get(found.chapter), found.text, says)


async def _posting(tx: Transaction, number: int, hold: bool) -> Subject:
    posting = PostingId(number)
    found = (await tx.postings.lock([posting]))[posting] if hold else await tx.postings.get(posting)
    says = {"asked": found.asking.value, "state": "closed" if found.closed else "open"} if found.stance else {}
    return Subject("posting", found.id, await tx.chapters.get(found.chapter), found.text, says)


async def _memo(tx: Transaction, number: int, hold: bool) -> Subject:
    memo = MemoId(number)
    found = await tx.memos.lock(memo) if hold else await tx.memos.get(memo)
    chapter = await tx.chapters.get(found.chapter)
    says = {"state": found.state.value}
    if found.private:
        # What somebody reminds only themselves of is nobody else's to read.
        return Subject("reminder", found.id, chapter, "a reminder of their own", says)
    says |= {"when": memos.when(found, chapter), "to": found.audience.words, "what": found.text}
    return Subject("reminder", found.id, chapter, memos.label(found), says)


LOOKUPS: Mapping[object, Lookup] = {
    MemoId: _memo,
    PollId: _poll,
    TakeawayId: _takeaway,
    WriteupId: _writeup,
    RoundId: _round,
    BreakoutId: _breakout,
    PromptId: _prompt,
    PostingId: _posting,
    EventId: _event,
    ChapterId: _chapter,
}
"""How what each type of number names is found, the most particular first."""


async def made(tx: Transaction, origin: str) -> Subject | None:
    """What a call of this origin has put on record, if anything."""
    if (event := await tx.events.made(origin)) is not None:
        return await _event(tx, event, False)
    if (poll := await tx.polls.made(origin)) is not None:
        return await _poll(tx, poll, False)
    if (memo := await tx.memos.made(origin)) is not None:
        return await _memo(tx, memo, False)
    if (chapter := await tx.chapters.made(origin)) is not None:
        return await _chapter(tx, chapter, False)
    if (number := await tx.rounds.made(origin)) is not None:
        return await _round(tx, number, False)
    if (breakout := await tx.breakouts.made(origin)) is not None:
        return await _breakout(tx, breakout, False)
    return None


async def again(tx: Transaction, subject: Subject) -> Subject:
    """The same subject, as it is by now."""
    return await LOOKUPS[subject.means](tx, subject.id, False)


async def named(tx: Transaction, command: Declared, call: Call) -> list[Subject | None]:
    """What a call is about before its answers are read, as far as its numbers tell; None for what is not on record."""
    numbers: dict[str, Any] = {}
    for parameter in command.parameters:
        if parameter.means in LOOKUPS:
            given = call.given.get(parameter.name, "").strip()
            if not given and parameter.ask.known is not None:
                given = await parameter.ask.known(tx, call) or ""
            numbers[parameter.name] = codes.row(given)
    return await of(tx, command, numbers)


async def of(
    tx: Transaction, command: Declared, answers: Mapping[str, Any], *, hold: bool = False
) -> list[Subject | None]:
    """What a call with these answers is about, the most particular first; None for what is not on record."""
    found: list[Subject | None] = []
    for means, lookup in LOOKUPS.items():
        for parameter in command.parameters:
            if parameter.means == means and answers.get(parameter.name) is not None:
                try:
                    subject = await lookup(tx, answers[parameter.name], hold)
                    found.append(replace(subject, means=means))
                except KeyError:
                    found.append(None)
    return found
