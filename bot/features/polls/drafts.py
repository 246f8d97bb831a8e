"""Drafts: polls that are not posted yet, and how those that wait for their time go out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Annotated

from bot import codes
from bot.calls import Call, Refusal, Reply
from bot.commands import Ask, command
from bot.domain.moments import show_moment
from bot.domain.people import Role
from bot.domain.polls import Poll, PollId, PollState
from bot.drawings import drawing
from bot.errands import Directly, Notice
from bot.features.polls import picks
from bot.features.polls.places import cards_of
from bot.features.polls.posting import UNPOSTED, held, hindrance, in_state, opened, preview
from bot.messages import Button, Buttons, Heading, Message, Note, Paragraph, Part, Slash, Text, counted, line, say
from bot.ports import Transaction

MOST = 10
"""Drafts listed at once; the rest are counted."""


@command(
    "poll drafts",
    "See polls that are not posted yet",
    needs=Role.ORGANISER,
    unless=picks.own,
    reads=True,
    anywhere=True,
)
async def drafts(call: Call, tx: Transaction) -> Reply:
    """Every draft and every poll that waits for its time; to a member, their own."""
    everybodys = call.reach is not None or await call.standing() or await tx.organisers.includes(call.caller.person)
    account = await tx.members.find(call.caller.person)
    asker = None if everybodys or account is None else account.member
    found = [poll for poll in await tx.polls.all(UNPOSTED, asker) if call.reaches(poll.chapter)]
    if not found:
        return line("Every poll is posted. {ask} begins one.", ask=Slash("poll ask"))
    parts: list[Part] = [Heading(say("Polls that are not posted yet"))]
    for poll in found[:MOST]:
        look = Button("Look at it", draft.bind(poll.id))
        parts += [Paragraph(await _entry(tx, poll)), Buttons((look,))]
    if len(found) > MOST:
        parts.append(Note(say("And {more} more.", more=len(found) - MOST)))
    return Message(tuple(parts), say("{polls} not posted yet", polls=counted(len(found), "poll", "polls")))


@command(
    "poll draft",
    "Look at a poll that is not posted yet",
    needs=Role.ORGANISER,
    unless=picks.own,
    hidden=True,
    reads=True,
)
async def draft(call: Call, tx: Transaction, poll: Annotated[PollId, Ask("Which poll?", hidden=True)]) -> Reply:
    """A draft as its card will look, with all that can be done with it."""
    return await preview(tx, in_state(await picks.found(tx, str(poll)), *UNPOSTED))


@command("poll call-off", "Do not post a poll at its time", needs=Role.ORGANISER, unless=picks.own, hidden=True)
async def call_off(call: Call, tx: Transaction, poll: Annotated[PollId, Ask("Which poll?", hidden=True)]) -> Reply:
    """Make a draft again of a poll that waits for its time."""
    waiting = await held(tx, poll)
    if waiting.state is not PollState.PLANNED:
        raise Refusal("**{question}** does not wait for its time any more.", question=waiting.question)
    await _kept(tx, waiting)
    return line(
        "**{question}** will not be posted; {drafts} has it.", question=waiting.question, drafts=Slash("poll drafts")
    )


class Openings:
    """Rings for polls whose time to be posted has come."""

    async def ring(self, tx: Transaction, now: datetime, most: int) -> int:
        """Post what is due; what cannot be posted any more is a draft again, and its asker is told why."""
        due = await tx.polls.due(PollState.PLANNED, now, most)
        for poll in due:
            chapter = await tx.chapters.get(poll.chapter)
            if poll.rhythm is not None and poll.closes is not None and poll.opens is not None and poll.closes <= now:
                later = poll.rhythm.after(now)
                await tx.polls.put(replace(poll, opens=later, closes=later + (poll.closes - poll.opens)))
            elif await hindrance(tx, poll, chapter, now):
                await _kept(tx, poll)
                await tx.errands.note(await _told(tx, poll), now)
            else:
                await opened(tx, poll, cards_of(poll, chapter), now)
        return len(due)

    async def next(self, tx: Transaction) -> datetime | None:
        return await tx.polls.next(PollState.PLANNED)


@drawing("poll unposted")
async def poll_unposted(tx: Transaction, poll: PollId, now: datetime) -> Message | None:
    """Tells whoever asked that a poll could not be posted at its time, and why."""
    waiting = await tx.polls.get(poll)
    why = await hindrance(tx, waiting, await tx.chapters.get(waiting.chapter), now)
    if waiting.state is not PollState.DRAFT or not why:
        return None
    text = say(
        "**{question}** was to be posted, and could not be. {why} It is kept: {drafts} has it.",
        question=waiting.question,
        why=why,
        drafts=Slash("poll drafts"),
    )
    return Message((Paragraph(text),), text)


async def _kept(tx: Transaction, poll: Poll) -> None:
    await tx.polls.put(replace(poll, opens=None))
    await tx.polls.move(poll.id, PollState.PLANNED, PollState.DRAFT, poll.revision + 1)


async def _told(tx: Transaction, poll: Poll) -> Sequence[Notice]:
    accounts = list(await tx.members.accounts([poll.asker]))
    drawn = codes.pack("poll unposted", {"poll": str(poll.id)})
    return [Notice(f"unposted {poll.id} r{poll.revision}", drawn, Directly(each.person)) for each in accounts[:1]]


async def _entry(tx: Transaction, poll: Poll) -> Text:
    """A poll in a line, with when it is posted."""
    if poll.state is PollState.DRAFT or poll.opens is None:
        return say("**{question}**, a draft", question=poll.question)
    chapter = await tx.chapters.get(poll.chapter)
    opens = show_moment(poll.opens, chapter.zone)
    if poll.rhythm is None:
        return say("**{question}**, posted on {opens}", question=poll.question, opens=opens)
    rhythm = poll.rhythm.words
    return say("**{question}**, posted on {opens} and {rhythm}", question=poll.question, opens=opens, rhythm=rhythm)
