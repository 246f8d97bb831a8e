"""Adding: choices that members add to an open poll, at once or once they are approved."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Annotated

from bot import codes
from bot.calls import Call, Refusal, Reply, Unclear
from bot.commands import Ask, command
from bot.domain.choices import LONGEST, MOST, Unusable, checked
from bot.domain.dates import Entry, read_dates
from bot.domain.moments import Unreadable
from bot.domain.people import Role
from bot.domain.places import Chapter
from bot.domain.polls import Additions, Choice, ChoiceId, ChoiceState, Poll, PollId, PollKind, Voters
from bot.domain.rsvps import Answer
from bot.drawings import drawing
from bot.errands import Directly, Notice
from bot.features.polls import picks, receipts
from bot.features.polls.papers import ADD
from bot.features.polls.places import drawn, places_of
from bot.features.polls.posting import held
from bot.features.retelling import redraw
from bot.messages import Button, Buttons, Message, Paragraph, Tone, already, line, say
from bot.ports import Transaction

DECIDE = "poll decide"


@command(ADD, "Add a choice to a poll", submit="Add")
async def add(
    call: Call,
    tx: Transaction,
    poll: Annotated[PollId, Ask("Which poll?", pick=picks.opened, nothing="There is no open poll.")],
    choice: Annotated[str, Ask("What else could be chosen?", most=LONGEST)],
) -> Reply:
    """Offer one more choice, or propose it to whoever asked."""
    asked = await held(tx, poll)
    if not asked.open(call.at):
        return receipts.shut(asked)
    if asked.rules.additions is Additions.NONE:
        raise Refusal("Choices cannot be added to **{question}**.", question=asked.question)
    if barred := await _barred(tx, asked, call):
        return barred
    choices = (await tx.polls.choices([poll]))[poll]
    there = [each for each in choices if each.state is not ChoiceState.REMOVED]
    entry = _entry(choice, asked, there, call.at, await tx.chapters.get(asked.chapter))
    if len([each for each in there if each.state is ChoiceState.PROPOSED]) >= MOST:
        raise Refusal("So many choices wait for approval that no more can be proposed for now.")
    free = asked.rules.additions is Additions.FREE
    state = ChoiceState.OFFERED if free else ChoiceState.PROPOSED
    position = max((each.position for each in choices), default=-1) + 1
    added = await tx.polls.offer(poll, position, entry.label, state, entry.start)
    if free:
        await redraw(tx, [drawn(poll)], call.at)
        return line("**{choice}** can be chosen now.", choice=entry.label)
    await _tell_asker(tx, asked, added, call.at)
    return line("**{choice}** is proposed; it can be chosen once it is approved.", choice=entry.label)


@command(DECIDE, "Decide on a proposed choice", needs=Role.ORGANISER, unless=picks.own, hidden=True)
async def decide(
    call: Call,
    tx: Transaction,
    poll: Annotated[PollId, Ask("Which poll?", hidden=True)],
    choice: Annotated[ChoiceId, Ask("Which choice?", hidden=True)],
    on: Annotated[int, Ask("Approve it?", hidden=True)],
) -> Reply:
    """Offer what a member proposed, or leave it out."""
    asked = await held(tx, poll)
    proposed = next((each for each in (await tx.polls.choices([poll]))[poll] if each.id == choice), None)
    if proposed is None:
        raise Refusal("That choice is not on record any more.")
    if proposed.state is not ChoiceState.PROPOSED:
        offered = "approved" if proposed.offered else "declined"
        return already("**{choice}** is {offered} already.", choice=proposed.label, offered=offered)
    if not asked.open(call.at):
        return receipts.shut(asked)
    await tx.polls.change(replace(proposed, state=ChoiceState.OFFERED if on else ChoiceState.REMOVED))
    if not on:
        return line("**{choice}** is declined.", choice=proposed.label)
    await redraw(tx, [drawn(poll)], call.at)
    return line("**{choice}** can be chosen now.", choice=proposed.label)


@drawing("poll proposal")
async def proposal(tx: Transaction, poll: PollId, choice: ChoiceId) -> Message | None:
    """Told to whoever asked: what was proposed, and the buttons to decide."""
    asked = await tx.polls.get(poll)
    proposed = next((each for each in (await tx.polls.choices([poll]))[poll] if each.id == choice), None)
    if proposed is None or proposed.state is not ChoiceState.PROPOSED:
        return None
    text = say(
        "Somebody proposes **{choice}** as a choice for **{question}**.",
        choice=proposed.label,
        question=asked.question,
    )
    given = {"poll": str(poll), "choice": str(choice)}
    buttons = Buttons(
        (
            Button("Approve", codes.pack(DECIDE, {**given, "on": "1"}), Tone.GOOD),
            Button("Decline", codes.pack(DECIDE, {**given, "on": "0"})),
        )
    )
    return Message((Paragraph(text), buttons), text)


def _entry(choice: str, asked: Poll, there: Sequence[Choice], now: datetime, chapter: Chapter) -> Entry:
    """What is to be added, where it is not there already; raises Unclear."""
    try:
        entry = Entry(choice)
        if asked.rules.kind is PollKind.DATES:
            (entry,) = read_dates([choice], now, chapter.zone, {})
        checked([*[each.label for each in there], entry.label])
    except (Unusable, Unreadable) as no:
        raise Unclear("choice", str(no)) from None
    return entry


async def _barred(tx: Transaction, poll: Poll, call: Call) -> Message | None:
    """What somebody is told who may not vote in this poll, or not from there, and so may not add to it either."""
    if poll.rules.voters is Voters.GOING and poll.rules.event is not None:
        account = await tx.members.find(call.caller.person)
        rsvps = await tx.rsvps.of([poll.rules.event], [account.member]) if account else ()
        return None if any(rsvp.answer is Answer.GOING for rsvp in rsvps) else receipts.not_going()
    chapter = await tx.chapters.get(poll.chapter)
    places = places_of(poll, chapter)
    return None if call.place in places else receipts.elsewhere(places, chapter)


async def _tell_asker(tx: Transaction, poll: Poll, choice: ChoiceId, now: datetime) -> None:
    accounts = list(await tx.members.accounts([poll.asker]))
    drawn = proposal.bind(poll.id, choice)
    told = [Notice(f"proposal {poll.id} {choice}", drawn, Directly(account.person)) for account in accounts[:1]]
    await tx.errands.note(told, now)
