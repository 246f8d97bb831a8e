"""Receipts: what whoever pressed is told, and nobody else."""

from collections.abc import Sequence

from bot.domain.ballots import Ballot, Cast, Tally, result
from bot.domain.places import Chapter, Place
from bot.domain.polls import Choice, ChoiceId, Poll, PollKind, PollState, Showing
from bot.features.polls import papers, words
from bot.features.polls.places import named
from bot.features.polls.results import lines
from bot.messages import Message, Note, Paragraph, Part, Slash, Text, line, say


def receipt(
    poll: Poll,
    chapter: Chapter,
    choices: Sequence[Choice],
    ballot: Ballot,
    cast: Cast,
    tally: Tally,
    pressed: ChoiceId,
    page: int | None = None,
) -> Message:
    """What became of a press, what the ballot says now, and the way to change it; of dates this page of it."""
    said = _standing(poll, chapter, choices, ballot)
    label = next((choice.label for choice in choices if choice.id == pressed), "")
    match cast:
        case Cast.NOT_OFFERED:
            said = say("That choice is not there any more, so nothing was changed. {said}", said=said)
        case Cast.FULL:
            said = say("**{label}** is full, so nothing was changed. {said}", label=label, said=said)
        case Cast.TOO_MANY:
            said = say("You may choose up to {most}: withdraw one first. {said}", most=poll.rules.most or 0, said=said)
        case Cast.KEPT | Cast.SAME | Cast.WITHDRAWN:
            pass
    parts: list[Part] = [Paragraph(said)]
    if ballot.cast and poll.rules.showing is Showing.VOTED:
        counted = result(poll, choices, tally)
        parts += [*lines(poll, counted, tally, {}), Note(words.turnout(poll, counted))]
    if poll.rules.kind is PollKind.DATES:
        parts += papers.dates(poll, choices, ballot, pressed, page)
    elif poll.rules.sole and ballot.cast:
        parts.append(papers.withdrawal(poll))
    else:
        parts += papers.paper(poll, choices, ballot)
    return Message(tuple(parts), said)


def shut(poll: Poll | None) -> Message:
    """Told to those who come too late, or too soon."""
    if poll is None:
        return line("That poll is not on record any more.")
    if poll.state in (PollState.DRAFT, PollState.PLANNED):
        return line("**{question}** is not posted yet.", question=poll.question)
    return line(
        "**{question}** is closed and takes no votes any more; nothing was changed. {mine} shows what you chose.",
        question=poll.question,
        mine=Slash("poll mine"),
    )


def elsewhere(places: Sequence[Place], chapter: Chapter) -> Message:
    """Told to those who are not where the poll is held."""
    return line("This poll is for the people in {places}; nothing was changed.", places=named(places, chapter))


def keyless() -> Message:
    """Told to everybody in a secret poll while the key to its ballots is missing."""
    return line("This poll is secret, and the key to its ballots is missing: nothing was changed. Tell an organiser.")


def not_going() -> Message:
    """Told to those who are not going to the event that the poll is about."""
    return line("Only those who are going to the event can vote in this poll; nothing was changed.")


def _standing(poll: Poll, chapter: Chapter, choices: Sequence[Choice], ballot: Ballot) -> Text:
    """What a ballot says, and until when it can be changed."""
    until = words.until(poll, chapter.zone)
    if not ballot.cast:
        return say("You have not voted; you can until {until}.", until=until)
    if any(choice.id in ballot.choices and not choice.counts for choice in choices):
        return say("You abstained; you can change it until {until}.", until=until)
    said = words.said_of(poll, choices, ballot)
    if poll.rules.kind is PollKind.DATES:
        return say("You said {said}; you can change it until {until}.", said=said, until=until)
    return say("You chose {said}; you can change it until {until}.", said=said, until=until)
