"""Suggesting: anybody proposes what to talk about, and organisers put it straight into the deck."""

from typing import Annotated

from bot.calls import Call, Refusal, Reply, Unclear
from bot.commands import Ask, command
from bot.domain.likeness import SAME, VERY_SAME, closest
from bot.domain.people import Role
from bot.domain.places import ChapterId
from bot.domain.prompts import Priority, PromptState, Suggestion
from bot.features.prompts import buttons, drying, telling, wording
from bot.features.prompts.wording import Alike, YesNo
from bot.messages import Buttons, Message, Note, Paragraph, Slash, Text, say
from bot.ports import Transaction

LIVING = (PromptState.WAITING, PromptState.READY)

AT_ONCE = 50
"""Prompts that are added in one go at most."""


@command(buttons.SUGGEST, "Suggest what to discuss", submit="Suggest")
async def suggest(
    call: Call,
    tx: Transaction,
    question: wording.Question,
    credit: Annotated[YesNo | None, Ask("May we say that it is from you?", "No, if you do not say")] = None,
    anyway: wording.Anyway = "",
    *,
    chapter: wording.Chapter,
) -> Reply:
    """Put a suggestion before the organisers; what is there already is named, and nothing typed is lost."""
    text = wording.read_question(question)
    named = await tx.chapters.get(chapter)
    deck = await tx.prompts.hold(chapter)
    account = (await tx.members.recognise([call.caller]))[call.caller.person]
    alike = await wording.resembling(tx, chapter, text, LIVING)
    if alike is not None and alike.very_same:
        raise Unclear("question", f"“{alike.prompt.text}” {alike.whereabouts}. What else shall we talk about?")
    if alike is not None and alike.same and anyway != question:
        raise Unclear("question", alike.question("suggest"), given={"anyway": question})
    waiting = await tx.prompts.all([PromptState.WAITING], chapter)
    if len([each for each in waiting if each.suggester == account.member]) >= deck.cap:
        raise Refusal(
            "{much} for a decision in **{chapter}** already; there is room once organisers have decided. "
            "{mine} shows what you suggested.",
            much="1 of your suggestions waits" if deck.cap == 1 else f"{deck.cap} of your suggestions wait",
            chapter=named.name,
            mine=Slash("prompt mine"),
        )
    credited = credit is YesNo.YES
    origin = f"{call.caller.person.platform} {call.key}"
    suggestion = Suggestion(chapter, text, PromptState.WAITING, origin, suggester=account.member, credited=credited)
    (made,) = await tx.prompts.add([suggestion])
    if not waiting:
        await telling.of_suggestions(tx, deck, made, call.at)
    thanks = say("Thank you. “**{text}**” now waits for the organisers of {chapter}.", text=text, chapter=named.name)
    name = (
        say("When it is asked, it says that it is from you.")
        if credited
        else say("Your name is shown to nobody, not to organisers either.")
    )
    also = [Note(_resembles(alike))] if alike is not None else []
    return Message((Paragraph(thanks), Note(name), *also), thanks)


@command(buttons.ADD, "Add prompts to the deck", needs=Role.ORGANISER, submit="Add")
async def add(
    call: Call,
    tx: Transaction,
    question: Annotated[str, Ask("What shall we talk about?", "One prompt a line", most=4000, lines=True)],
    tags: wording.Tags = "",
    priority: wording.Urgency = None,
    stance: wording.WithStance = None,
    anyway: wording.Anyway = "",
    *,
    chapter: wording.Chapter,
) -> Reply:
    """Put one prompt into the deck, or one a line; one that resembles another is asked about first."""
    texts = _lines(question)
    labels = wording.read_labels(tags)
    named = await tx.chapters.get(chapter)
    await tx.prompts.hold(chapter)
    account = (await tx.members.recognise([call.caller]))[call.caller.person]
    if anyway != question:
        await _new(tx, chapter, texts, question)
    origin = f"{call.caller.person.platform} {call.key}"
    written = [
        Suggestion(
            chapter,
            text,
            PromptState.READY,
            f"{origin} {number}" if number else origin,
            priority or Priority.USUAL,
            labels,
            stance is YesNo.YES,
            decider=account.member,
        )
        for number, text in enumerate(texts)
    ]
    added = await tx.prompts.add(written)
    left = await drying.look(tx, chapter, call.at)
    if len(texts) == 1:
        text = say("“**{text}**” is in the deck of {chapter}.", text=texts[0], chapter=named.name)
    else:
        text = say("{number} prompts are in the deck of {chapter}.", number=len(texts), chapter=named.name)
    much = "1 prompt waits" if left == 1 else f"{left} prompts wait"
    note = say("{much} there to be asked.", much=much)
    ways = [buttons.shelf(chapter, buttons.Shelf.NEXT, "Queue")]
    if len(added) == 1:
        ways.insert(0, buttons.of_prompt("Post it now", buttons.POST, added[0]))
    return Message((Paragraph(text), Note(note), Buttons(tuple(ways))), text)


def _lines(question: str) -> list[str]:
    """The prompts that are written one a line; raises Unclear."""
    written = [each for each in question.splitlines() if each.strip()]
    if len(written) > AT_ONCE:
        raise Unclear("question", f"These are {len(written)} lines; {AT_ONCE} prompts can be added at once.")
    texts: list[str] = []
    for number, each in enumerate(written, 1):
        try:
            texts.append(wording.read_question(each))
        except Unclear as no:
            where = f"Line {number}: " if len(written) > 1 else ""
            raise Unclear("question", where + no.sentence) from None
    if not texts:
        raise Unclear("question", "There is nothing in that: write something to talk about.")
    return texts


async def _new(tx: Transaction, chapter: ChapterId, texts: list[str], question: str) -> None:
    """Raise Unclear where one of them resembles what is there; sent in once more as it is, it is added all the same."""
    for number, text in enumerate(texts):
        if twin := closest(text, ((each, each) for each in texts[:number]), SAME):
            again, much = twin[0]
            if much >= VERY_SAME:
                raise Unclear("question", f"“{wording.brief(again)}” is there twice.")
            said = f"“{wording.brief(text)}” and “{wording.brief(again)}” resemble each other."
            raise Unclear("question", f"{said} Send them as they are to add both.", given={"anyway": question})
        alike = await wording.resembling(tx, chapter, text, [*LIVING, PromptState.DECLINED])
        if alike is not None:
            which = f"“{wording.brief(text)}”" if len(texts) > 1 else "This"
            raise Unclear("question", alike.question("add", which), given={"anyway": question})


def _resembles(alike: Alike) -> Text:
    return say(
        "It resembles “{text}”, which {where}: the organisers will see that, and decide.",
        text=alike.prompt.text,
        where=alike.whereabouts,
    )
