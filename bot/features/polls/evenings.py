"""Evenings: what is asked in a chapter's home while one of its events goes on counts into the write-up of that."""

from dataclasses import replace
from datetime import datetime

from bot import codes
from bot.domain.polls import Poll
from bot.features import picks
from bot.messages import Button, Note, say
from bot.ports import Transaction

COUNT = "poll count"


async def attached(tx: Transaction, poll: Poll, now: datetime) -> Poll:
    """A poll with the event that goes on when it is posted; what is about an event, or comes again, has none."""
    chapter = await tx.chapters.get(poll.chapter)
    at_home = poll.place in [home.place for home in chapter.homes]
    if poll.rules.event is not None or poll.rhythm is not None or not at_home:
        return replace(poll, during=None, apart=False)
    event = await picks.under_way(tx, chapter.id, poll.opens or now)
    if event is None:
        return replace(poll, during=None, apart=False)
    return replace(poll, during=event.id, apart=poll.apart and poll.during == event.id)


async def told(tx: Transaction, poll: Poll) -> list[Note]:
    """Whether a poll counts into the write-up of the evening on which it is asked; nothing where there is none."""
    if poll.during is None:
        return []
    title = (await tx.events.get(poll.during)).title
    if poll.apart:
        return [Note(say("Asked during **{title}**, but not counted into its write-up.", title=title))]
    return [Note(say("Asked during **{title}**: it counts into its write-up.", title=title))]


def ways(poll: Poll) -> list[Button]:
    """How that is changed."""
    if poll.during is None:
        return []
    code = codes.pack(COUNT, {"poll": str(poll.id), "on": str(int(poll.apart))})
    return [Button("Count it in" if poll.apart else "Not about it", code)]
