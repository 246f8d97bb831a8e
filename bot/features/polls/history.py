"""History: what was asked about an event, and what came of it."""

from bot.domain.ballots import result
from bot.domain.events import EventId
from bot.domain.polls import Poll, PollState
from bot.features.polls import words
from bot.messages import Facts, Part, Text, say
from bot.ports import Transaction

MOST = 5
"""Polls of an event that are told with it, the newest; nobody asks for more at once."""


async def polls_of(tx: Transaction, event: EventId) -> list[Part]:
    """The event's polls, a line for each: what is hidden until the close stays hidden until then."""
    asked = [poll for poll in await tx.polls.about(event) if poll.state in (PollState.OPEN, PollState.CLOSED)]
    rows = [("Poll", await _told(tx, poll)) for poll in asked[-MOST:]]
    return [Facts(tuple(rows))] if rows else []


async def _told(tx: Transaction, poll: Poll) -> Text:
    said = say("{question} ({state})", question=poll.question, state=words.state(poll))
    if poll.state is PollState.OPEN:
        return said
    choices = (await tx.polls.choices([poll.id]))[poll.id]
    tally = (await tx.ballots.tallies([poll.id]))[poll.id]
    came = words.outcome(poll, choices, tally, result(poll, choices, tally))
    return say("{said} {came}", said=said, came=came)
