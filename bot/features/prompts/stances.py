"""Stances: presses on agree, depends and disagree, taken in crowds, one count for every platform."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from bot.commands import Ask, Outcome, Press, crowd
from bot.domain.moments import show_moment
from bot.domain.people import Account, MemberId, Person
from bot.domain.places import Chapter, ChapterId
from bot.domain.prompts import Posting, PostingId
from bot.domain.stances import Asking, Stance
from bot.features.prompts import buttons
from bot.features.prompts.posting import drawn
from bot.features.retelling import redraw, written_up
from bot.messages import Buttons, Message, Paragraph, Text, When, line, say
from bot.ports import Transaction


@dataclass(frozen=True, slots=True)
class Standpoint:
    """What a press says: where somebody stands, at the first or the second asking, or that they take it back."""

    posting: Annotated[PostingId, Ask("Which prompt?", hidden=True)]
    asking: Annotated[Asking, Ask("Which time?", hidden=True)]
    stance: Annotated[Stance, Ask("Where do you stand?", hidden=True)]
    on: Annotated[int, Ask("Say so?", hidden=True)]


Key = tuple[PostingId, Asking, MemberId]


@dataclass(frozen=True, slots=True)
class Floor:
    """What a group of presses needs to know."""

    postings: Mapping[PostingId, Posting]
    chapters: Mapping[ChapterId, Chapter]
    accounts: Mapping[Person, Account]
    taken: Mapping[tuple[PostingId, MemberId], Mapping[Asking, Stance]]
    at: datetime


async def load(tx: Transaction, presses: Sequence[Press[Standpoint]]) -> Floor:
    """Everything about these postings and callers, in a handful of queries however many there are."""
    postings = await tx.postings.lock({press.asked.posting for press in presses})
    callers = {press.call.caller.person: press.call.caller for press in presses if press.asked.posting in postings}
    accounts = await tx.members.recognise(list(callers.values()))
    by = {
        (press.asked.posting, accounts[press.call.caller.person].member)
        for press in presses
        if press.asked.posting in postings
    }
    chapters = {chapter.id: chapter for chapter in await tx.chapters.all()}
    taken = await tx.postings.taken(by)
    return Floor(postings, chapters, accounts, taken, max(press.call.at for press in presses))


def decide(floor: Floor, presses: Sequence[Press[Standpoint]]) -> list[Outcome[tuple[Key, Stance | None]]]:
    """Go through the presses in order of arrival; the last word of each member counts."""
    known = {
        (posting, asking, member): stance
        for (posting, member), said in floor.taken.items()
        for asking, stance in said.items()
    }
    return [_decide(floor, known, press) for press in presses]


async def keep(tx: Transaction, floor: Floor, outcomes: Sequence[Outcome[tuple[Key, Stance | None]]]) -> None:
    """Write the last word of everybody, and wish the cards redrawn."""
    changed = dict(outcome.kept for outcome in outcomes if outcome.kept is not None)
    if not changed:
        return
    await tx.postings.take(changed)
    postings = [floor.postings[each] for each in {posting for posting, _asking, _member in changed}]
    told = await written_up(tx, {each.event for each in postings if each.event is not None})
    await redraw(tx, [*(drawn(each.id) for each in postings), *told], floor.at)


def _decide(floor: Floor, known: dict[Key, Stance], press: Press[Standpoint]) -> Outcome[tuple[Key, Stance | None]]:
    asked = press.asked
    posting = floor.postings.get(asked.posting)
    if posting is None or not posting.stance:
        return Outcome(None, line("That prompt is not on record, or does not ask where you stand."))
    if posting.closed or (
        posting.turns is not None and posting.turns <= press.call.at and posting.asking is Asking.AGAIN
    ):
        return Outcome(None, line("“**{text}**” is closed; nothing was changed.", text=posting.text))
    if asked.asking is not posting.asking:
        return Outcome(None, _other_time(posting))
    key = (posting.id, posting.asking, floor.accounts[press.call.caller.person].member)
    chapter = floor.chapters[posting.chapter]
    if not asked.on:
        gone = known.pop(key, None)
        return Outcome(None if gone is None else (key, None), _taken_back(posting, chapter))
    same = known.get(key) is asked.stance
    known[key] = asked.stance
    return Outcome(None if same else (key, asked.stance), _receipt(posting, chapter, asked.stance))


def _receipt(posting: Posting, chapter: Chapter, stance: Stance) -> Message:
    words = {Stance.AGREE: "You agree", Stance.DEPENDS: "You say that it depends", Stance.DISAGREE: "You disagree"}
    time = " now" if posting.asking is Asking.AGAIN else ""
    text = say(
        "**{stance}**{time}; you can change it until {until}.",
        stance=words[stance],
        time=time,
        until=_until(posting, chapter),
    )
    return Message((Paragraph(text), Buttons((buttons.no_stance(posting.id, posting.asking, stance),))), text)


def _taken_back(posting: Posting, chapter: Chapter) -> Message:
    text = say("You take no stance; you can until {until}.", until=_until(posting, chapter))
    return Message((Paragraph(text), Buttons(buttons.stances(posting.id, posting.asking))), text)


def _other_time(posting: Posting) -> Message:
    """Told to those who press a button of the first asking while the second one goes on."""
    text = say("It is asked once more now, after talking about it: where do you stand **now**?")
    return Message((Paragraph(text), Buttons(buttons.stances(posting.id, posting.asking))), text)


def _until(posting: Posting, chapter: Chapter) -> Text:
    if posting.turns is not None:
        return say("{at}", at=When(posting.turns, show_moment(posting.turns, chapter.zone)))
    return say("it is asked once more") if posting.asking is Asking.FIRST else say("it is closed")


stance = crowd(buttons.STANCE, "Say where you stand", asks=Standpoint, load=load, decide=decide, keep=keep, hidden=True)
