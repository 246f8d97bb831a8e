"""Editing: an open poll corrected, and a poll asked once more."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Annotated

from bot.calls import Call, Refusal, Reply, Unclear
from bot.commands import Ask, command
from bot.domain.choices import Unusable, checked, split
from bot.domain.corrections import Misleading, correct_choices, correct_question
from bot.domain.dates import Entry
from bot.domain.people import Role
from bot.domain.places import Chapter
from bot.domain.polls import Choice, ChoiceState, Poll, PollId, PollKind, PollState, Question
from bot.features.polls import evenings, picks
from bot.features.polls.places import drawn
from bot.features.polls.posting import held, preview, to_come
from bot.features.polls.writing import UNTIL, Choices, QuestionText, entries_read, moment_read, moment_written
from bot.features.retelling import redraw
from bot.messages import Button, Buttons, Message, Paragraph, line, say
from bot.ports import Transaction

EDITS = 600
"""Letters that are told of edits, the newest first: a card has only so much room."""


@command("poll edit", "Correct an open poll", needs=Role.ORGANISER, unless=picks.own, reads=True, submit="Go on")
async def edit(
    call: Call,
    tx: Transaction,
    poll: Annotated[PollId, Ask("Which poll?", pick=picks.opened, nothing="There is no open poll.")],
) -> Reply:
    """Say what can still be changed, and open the form."""
    found = await picks.found(tx, str(poll))
    if found is None or found.state is not PollState.OPEN:
        raise Refusal("That poll is not open, so it cannot be edited.")
    voted = (await tx.ballots.tallies([poll]))[poll].voted
    text = say("Nobody has voted in **{question}** yet: all of it can be changed.", question=found.question)
    if voted:
        text = say(
            "People have voted in **{question}**. Words can be corrected and choices added; a ballot stays with its "
            "choice, and the card shows what was edited.",
            question=found.question,
        )
    return Message((Paragraph(text), Buttons((Button("Edit", revise.form(poll=poll)),))), text)


async def _as_written(tx: Transaction, call: Call) -> dict[str, str]:
    found = await picks.found(tx, call.given.get("poll", ""))
    if found is None:
        raise Refusal("That poll is not on record any more.")
    chapter = await tx.chapters.get(found.chapter)
    labels = [choice.label for choice in (await tx.polls.choices([found.id]))[found.id] if choice.counts]
    until = moment_written(found.closes, chapter)
    return {"question": found.question, "choices": "\n".join(labels), "until": until}


@command(
    "poll revise",
    "Correct a poll",
    needs=Role.ORGANISER,
    unless=picks.own,
    hidden=True,
    submit="Save",
    filled=_as_written,
)
async def revise(
    call: Call,
    tx: Transaction,
    poll: Annotated[PollId, Ask("Which poll?", hidden=True)],
    question: QuestionText,
    choices: Choices,
    until: Annotated[str, UNTIL] = "",
) -> Reply:
    """Correct a poll in such a way that every ballot still means what it meant."""
    asked = await held(tx, poll, PollState.OPEN)
    chapter = await tx.chapters.get(asked.chapter)
    there = (await tx.polls.choices([poll]))[poll]
    tally = (await tx.ballots.tallies([poll]))[poll]
    entries = _rewritten(choices, asked, there, call.at, chapter)
    try:
        correction = correct_choices(there, tally, [entry.label for entry in entries], asked.rules.kind)
    except Misleading as no:
        raise Unclear("choices", str(no)) from None
    try:
        told = correct_question(asked.question, question, tally.voted)
    except Misleading as no:
        raise Unclear("question", str(no)) from None
    closes = moment_read("until", until, call.at, chapter)
    for choice in correction.changed:
        await tx.polls.change(choice)
    starts = {entry.label: entry.start for entry in entries}
    position = max((choice.position for choice in there), default=-1)
    for place, label in enumerate(correction.added, position + 1):
        await tx.polls.offer(poll, place, label, ChoiceState.OFFERED, starts[label])
    edits = _edits(asked.edits, [each for each in (told, *correction.told) if each])
    await tx.polls.put(replace(asked, question=question, closes=closes, revision=asked.revision + 1, edits=edits))
    await redraw(tx, [drawn(poll)], call.at)
    return line("**{question}** is saved.", question=question)


@command("poll clone", "Ask a poll once more", needs=Role.ORGANISER, unless=picks.own, submit="Preview")
async def clone(
    call: Call,
    tx: Transaction,
    poll: Annotated[PollId, Ask("Which poll?", pick=picks.posted, nothing="There is no poll yet.")],
) -> Reply:
    """A new draft with the question, the choices and the rules of an old poll, and without its deadline and ballots."""
    asked = await held(tx, poll)
    await picks.not_elsewhere(tx, call, asked.chapter)
    account = (await tx.members.recognise([call.caller]))[call.caller.person]
    origin = f"{call.caller.person.platform} {call.key}"
    place = call.place or asked.place
    again = Question(asked.chapter, place, asked.question, asked.rules, None, account.member, origin)
    draft = await tx.polls.get(await tx.polls.add(again))
    if draft.state is PollState.DRAFT:
        await tx.polls.clear(draft.id)
        for position, choice in enumerate(await to_come(tx, poll, call.at)):
            await tx.polls.offer(draft.id, position, choice.label, choice.state, choice.start)
        draft = await evenings.attached(tx, draft, call.at)
        await tx.polls.put(draft)
    return await preview(tx, draft)


def _rewritten(choices: str, asked: Poll, there: Sequence[Choice], now: datetime, chapter: Chapter) -> Sequence[Entry]:
    """What the choices are to be; raises Unclear."""
    kind = asked.rules.kind
    if kind is PollKind.DATES:
        known = {choice.label: choice.start for choice in there if choice.start is not None}
        return entries_read(choices, kind, now, chapter, known)
    try:
        labels = checked(split(choices))
        if len(labels) < 2 and kind is not PollKind.ANSWERS:
            raise Unusable("A poll has at least two choices.")
    except Unusable as no:
        raise Unclear("choices", str(no)) from None
    return [Entry(label) for label in labels]


def _edits(before: str, told: list[str]) -> str:
    """What is shown of all edits, the newest first; of very many, that there were more."""
    if not told:
        return before
    said = "Edited: " + "; ".join(told) + "."
    whole = f"{said} {before}".strip()
    return whole if len(whole) <= EDITS else f"{whole[: EDITS - 24].rpartition(' ')[0]} … and more before."
