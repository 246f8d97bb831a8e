"""The poll card: a question, its buttons, and as much of the result as may be shown."""

from collections.abc import Sequence

from bot.domain.ballots import result
from bot.domain.polls import Choice, ChoiceState, Poll, PollId, PollState, Showing
from bot.drawings import drawing
from bot.features import announcing
from bot.features.polls import words
from bot.features.polls.papers import ballot_buttons
from bot.features.polls.places import POLL_CARD
from bot.features.polls.results import chosen_by, fitting, lines, made_of
from bot.messages import Facts, Heading, Message, Note, Paragraph, Part, say
from bot.ports import Transaction


async def _under(tx: Transaction, poll: PollId) -> str | None:
    """A poll about an event stands in that event's thread."""
    event = (await tx.polls.get(poll)).rules.event
    return None if event is None else announcing.drawn(event)


@drawing(POLL_CARD, under=_under)
async def poll_card(tx: Transaction, poll: PollId) -> Message | None:
    """The card as it is posted: what is asked, what came of it so far, and how to vote."""
    asked = await tx.polls.get(poll)
    if asked.state in (PollState.DRAFT, PollState.PLANNED):
        return None
    return await picture(tx, asked)


async def picture(tx: Transaction, poll: Poll, foot: tuple[Part, ...] = ()) -> Message:
    """A poll as it stands; a draft looks as it will when it is posted."""
    choices = (await tx.polls.choices([poll.id]))[poll.id]
    tally = (await tx.ballots.tallies([poll.id]))[poll.id]
    chapter = await tx.chapters.get(poll.chapter)
    counted = result(poll, choices, tally)
    shown = poll.state is PollState.CLOSED or poll.rules.showing is Showing.ALWAYS
    parts: list[Part] = [Heading(say("{question}", question=poll.question))]
    if poll.state is PollState.CLOSED:
        parts.append(Paragraph(words.outcome(poll, choices, tally, counted)))
    parts += lines(poll, counted, tally, await chosen_by(tx, poll)) if shown else _listed(choices)
    parts.append(Note(words.turnout(poll, counted)))
    if poll.edits:
        parts.append(Note(say("{edits}", edits=poll.edits)))
    if poll.state is PollState.CLOSED:
        parts.append(Note(say("This poll is closed.")))
        parts += made_of(poll, counted)
        return Message((*parts, *foot), say("{question} (closed)", question=poll.question))
    rules = words.rules_of(poll.rules)
    if rules.runs:
        parts.append(Note(rules))
    open_until = say("Open until {until}.", until=words.until(poll, chapter.zone))
    parts += [Note(open_until), Note(words.promise(poll.rules.anonymity))]
    if poll.state is PollState.OPEN:
        parts += ballot_buttons(poll, choices)
    return Message((*parts, *foot), say("{question}", question=poll.question))


def _listed(choices: Sequence[Choice]) -> list[Part]:
    """The choices alone, where the result may not be seen; of very many, the menus tell them."""
    offered = [choice for choice in choices if choice.state is ChoiceState.OFFERED]
    shown = fitting([(choice, 0) for choice in offered])
    parts: list[Part] = []
    if shown:
        rows = tuple((str(number), say("{label}", label=each.label)) for number, (each, _) in enumerate(shown, 1))
        parts.append(Facts(rows))
    if rest := len(offered) - len(shown):
        parts.append(Note(say("And {rest} more choices, in the menus below.", rest=rest)))
    return parts
