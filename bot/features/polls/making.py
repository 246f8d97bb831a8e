"""Making: an event of the date on which most people can."""

from typing import Annotated

from bot.calls import Call, Refusal, Reply
from bot.commands import Ask, command
from bot.domain.people import Role
from bot.domain.places import ChapterId
from bot.domain.polls import Choice, ChoiceId, Poll, PollId
from bot.domain.starts import write_start
from bot.features import plans, writing
from bot.features.polls import picks
from bot.features.polls.results import MAKE
from bot.ports import Transaction

LONGEST = 80
"""Letters that an event's title may have; a longer question is for the organiser to shorten."""


async def _as_found(tx: Transaction, call: Call) -> dict[str, str]:
    """The form of a new event, with the date that was found and the question for a title."""
    asked, date = await _found(tx, call.given.get("poll", ""), call.given.get("choice", ""))
    chapter = await tx.chapters.get(asked.chapter)
    assert date.start is not None
    return {"title": asked.question.rstrip("?!. ")[:LONGEST], "starts": write_start(date.start, chapter.zone)}


@command(MAKE, "Plan a new event", needs=Role.ORGANISER, hidden=True, submit="Preview", filled=_as_found)
async def make(
    call: Call,
    tx: Transaction,
    poll: Annotated[PollId, Ask("Which poll?", hidden=True)],
    choice: Annotated[ChoiceId, Ask("Which date?", hidden=True)],
    title: writing.Title,
    starts: writing.Starts,
    where: writing.Where = "",
    about: writing.About = "",
    seats: writing.Seats = None,
) -> Reply:
    """Put an event on record as if it were created anew, in the chapter that was asked."""
    asked, _date = await _found(tx, str(poll), str(choice))
    return await plans.create.run(call, tx, title, starts, where, about, seats, chapter=ChapterId(asked.chapter))


async def _found(tx: Transaction, poll: str, choice: str) -> tuple[Poll, Choice]:
    """A poll and one of its dates; raises Refusal."""
    asked = await picks.found(tx, poll)
    if asked is not None:
        for date in (await tx.polls.choices([asked.id]))[asked.id]:
            if str(date.id) == choice and date.start is not None:
                return asked, date
    raise Refusal("That date is not on record any more.")
