"""Asking: an organiser wants groups, of those who are going or of those who say that they are here."""

from typing import Annotated

from bot import codes
from bot.calls import Call, Refusal, Reply, Unclear
from bot.commands import Ask, command
from bot.domain.breakouts import GREATEST, LONGEST, QUESTIONS, SMALLEST, Split, Who
from bot.domain.choices import split
from bot.domain.events import EventId, EventState
from bot.domain.people import Role
from bot.features.breakouts.cards import GROUPS, cards_of
from bot.features.breakouts.splitting import made
from bot.features.rounds.starting import event_now
from bot.features.takeaways import sources
from bot.messages import Button, Buttons, Message, Paragraph, Tone, already, say
from bot.ports import Transaction


@command("breakout", "Split into small groups", needs=Role.ORGANISER, submit="Make groups")
async def breakout(
    call: Call,
    tx: Transaction,
    size: Annotated[int, Ask("How many in a group?", "2 to 12", most=4)],
    event: Annotated[
        EventId,
        Ask("At which event?", pick=sources.events, known=event_now, nothing="There is no event to split."),
    ],
    who: Annotated[Who | None, Ask("Who?", "Those who are going, if you do not say")] = None,
    questions: Annotated[
        str,
        Ask("What do they talk about?", "One question a line, for one group after the other", most=2000, lines=True),
    ] = "",
) -> Reply:
    """Show the groups before anybody else sees them, or first let people say that they are here."""
    if not SMALLEST <= size <= GREATEST:
        raise Unclear("size", f"A group has {SMALLEST} to {GREATEST} people.")
    try:
        held = await tx.events.get(event)
    except KeyError:
        raise Unclear("event", "There is no such event; pick one from the list.") from None
    if not held.public or held.state is EventState.CANCELLED:
        raise Refusal("**{title}** is not being held, so there is nobody to split.", title=held.title)
    chapter = await tx.chapters.get(held.chapter)
    if not chapter.homes:
        raise Refusal("**{chapter}** has no channel to post groups in.", chapter=chapter.name)
    account = (await tx.members.recognise([call.caller]))[call.caller.person]
    origin = f"{call.caller.person.platform} {call.key}"
    meant = who or Who.GOING
    asked = Split(held.chapter, event, meant, size, _asked(questions), account.member, call.at, origin)
    number = await tx.breakouts.begin(asked)
    begun = await tx.breakouts.lock(number)
    if not begun.open:
        return already("These groups are posted already.")
    if meant is Who.GOING:
        return await made(tx, begun, begun.mix)
    await tx.errands.refresh(cards_of(number, chapter), call.at)
    text = say(
        "Everybody is asked in {homes} to say that they are here. Make the groups once they have.",
        homes=" and ".join(f"#{home.name} on {home.place.platform.title()}" for home in chapter.homes),
    )
    make = Button("Make groups", codes.pack(GROUPS, {"breakout": str(number)}), Tone.GOOD)
    return Message((Paragraph(text), Buttons((make,))), text)


def _asked(text: str) -> tuple[str, ...]:
    """The questions, one a line; raises Unclear."""
    questions = split(text)
    if len(questions) > QUESTIONS:
        raise Unclear("questions", f"These are {len(questions)} questions; there is room for {QUESTIONS}.")
    for question in questions:
        if len(question) > LONGEST:
            sentence = f"“{question[:40]}…” has {len(question)} letters; a question has room for {LONGEST}."
            raise Unclear("questions", sentence)
    return tuple(questions)
