"""Editing: an open poll corrected, and a poll asked once more."""

from dataclasses import replace
from typing import Annotated

from bot.calls import Call, Refusal, Reply, Unclear
from bot.commands import Ask, command
from bot.domain.choices import Unusable, checked, split
from bot.domain.corrections import Misleading, correct_choices, correct_question
from bot.domain.moments import Unreadable, read_moment
from bot.domain.people import Role
from bot.domain.polls import ChoiceState, PollId, PollKind, PollState, Question
from bot.features.polls import picks
from bot.features.polls.asking import UNTIL, Choices, QuestionText, held, preview
from bot.features.polls.places import cards_of
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
    until = f"{found.closes.astimezone(chapter.zone):%Y-%m-%d %H:%M}" if found.closes else ""
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
    until: Annotated[str, Ask("Until when?", UNTIL, most=80)] = "",
) -> Reply:
    """Correct a poll in such a way that every ballot still means what it meant."""
    asked = await held(tx, poll, PollState.OPEN)
    chapter = await tx.chapters.get(asked.chapter)
    there = (await tx.polls.choices([poll]))[poll]
    tally = (await tx.ballots.tallies([poll]))[poll]
    try:
        labels = checked(split(choices))
        if len(labels) < 2 and asked.rules.kind is not PollKind.ANSWERS:
            raise Unusable("A poll has at least two choices.")
        correction = correct_choices(there, tally.counts, labels)
    except (Unusable, Misleading) as no:
        raise Unclear("choices", str(no)) from None
    try:
        told = correct_question(asked.question, question, tally.voted)
    except Misleading as no:
        raise Unclear("question", str(no)) from None
    try:
        closes = read_moment(until, call.at, chapter.zone) if until else None
    except Unreadable as no:
        raise Unclear("until", str(no)) from None
    for choice in correction.changed:
        await tx.polls.change(choice)
    position = max(choice.position for choice in there)
    for place, label in enumerate(correction.added, position + 1):
        await tx.polls.offer(poll, place, label, ChoiceState.OFFERED)
    edits = _edits(asked.edits, [each for each in (told, *correction.told) if each])
    await tx.polls.put(replace(asked, question=question, closes=closes, revision=asked.revision + 1, edits=edits))
    await tx.errands.refresh(cards_of(asked, chapter), call.at)
    return line("**{question}** is saved.", question=question)


@command("poll clone", "Ask a poll once more", needs=Role.ORGANISER, unless=picks.own, submit="Preview")
async def clone(
    call: Call,
    tx: Transaction,
    poll: Annotated[PollId, Ask("Which poll?", pick=picks.posted, nothing="There is no poll yet.")],
) -> Reply:
    """A new draft with the question, the choices and the rules of an old poll, and without its deadline and ballots."""
    asked = await held(tx, poll)
    account = (await tx.members.recognise([call.caller]))[call.caller.person]
    origin = f"{call.caller.person.platform} {call.key}"
    place = call.place or asked.place
    again = Question(asked.chapter, place, asked.question, asked.rules, None, account.member, origin)
    draft = await tx.polls.get(await tx.polls.add(again))
    if draft.state is PollState.DRAFT:
        await tx.polls.clear(draft.id)
        kept = [choice for choice in (await tx.polls.choices([poll]))[poll] if choice.offered]
        for position, choice in enumerate(kept):
            await tx.polls.offer(draft.id, position, choice.label, choice.state)
    return await preview(tx, draft)


def _edits(before: str, told: list[str]) -> str:
    """What is shown of all edits, the newest first; of very many, that there were more."""
    if not told:
        return before
    said = "Edited: " + "; ".join(told) + "."
    whole = f"{said} {before}".strip()
    return whole if len(whole) <= EDITS else f"{whole[: EDITS - 24].rpartition(' ')[0]} … and more before."
