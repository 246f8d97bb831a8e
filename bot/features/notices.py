"""Notices: what people are told once, drawn when it is sent: reminders, cancellations, and word to an organiser."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.events import Event, EventId, EventState
from bot.domain.leads import Lead
from bot.domain.people import AccountId, Platform
from bot.domain.rsvps import Answer, Wish
from bot.drawings import drawing
from bot.features import announcing, calendars, reminding
from bot.features.answers import rsvp
from bot.features.whereabouts import when, where
from bot.messages import Button, Buttons, Message, Note, Paragraph, Part, Text, say
from bot.ports import Transaction

LATE = timedelta(minutes=15)
"""A reminder that comes later than this says so."""


@drawing("reminder")
async def reminder(
    tx: Transaction,
    event: EventId,
    revision: int,
    lead: str,
    platform: Platform,
    first: AccountId,
    last: AccountId,
    now: datetime | None = None,
) -> Message | None:
    """Reminds those who are going at the moment it is sent, with a way out in the reminder itself.

    What was held up until the event moved, began, or a later reminder was due as well has nothing left to say.
    """
    planned = await tx.events.get(event)
    if planned.revision != revision or planned.starts is None or (now is not None and now >= planned.starts):
        return None
    chapter = await tx.chapters.get(planned.chapter)
    due = Lead.read(lead).before(planned.starts, chapter.zone)
    moment = due if now is None else now
    going = await reminding.reminded(tx, planned, chapter, Lead.read(lead), moment)
    reminded = announcing.addressed(going, platform, first, last)
    if planned.state is not EventState.PUBLISHED or not planned.timed or not reminded:
        return None
    text = say(
        "**{title}** starts on {starts}. Where: {venue}.",
        title=planned.title,
        starts=when(planned, chapter.zone),
        venue=where(planned),
    )
    parts: list[Part] = [Paragraph(text)]
    if moment - due > LATE:
        parts.append(Note(say("This was due {lead} before, but I was away. Sorry that it is late.", lead=lead)))
    parts.append(Buttons((Button(Wish.NOT_GOING.words, rsvp.bind(event, Wish.NOT_GOING)),)))
    return Message(tuple(parts), text, tuple(account.person for account in reminded))


@drawing("cancellation")
async def cancellation(
    tx: Transaction, event: EventId, platform: Platform, first: AccountId, last: AccountId
) -> Message | None:
    """Tells those who were going or waiting that an event will not happen, by the name and date that they know."""
    planned = await tx.events.get(event)
    answered = [*await tx.rsvps.answered(event, Answer.GOING), *await tx.rsvps.answered(event, Answer.WAITING)]
    told = announcing.addressed([account for _rsvp, account in answered], platform, first, last)
    if not told:
        return None
    seen = min(rsvp.seen for rsvp, account in answered if account in told)
    known = await tx.editions.get(planned, max(seen, planned.settled))
    text = say(
        "**{title}**{called}{planned_for} is **cancelled**.",
        title=known.title,
        called=say("") if known.title == planned.title else say(" (now called **{title}**)", title=planned.title),
        planned_for=_planned_for(known, planned, (await tx.chapters.get(planned.chapter)).zone),
    )
    buttons = await calendars.buttons(tx, planned, "Calendar file")
    parts: tuple[Part, ...] = (Paragraph(text), Buttons(buttons)) if buttons else (Paragraph(text),)
    return Message(parts, text, tuple(account.person for account in told))


def _planned_for(known: Event, planned: Event, zone: ZoneInfo) -> Text:
    """When an event was to be, for those who knew it as it was before."""
    match [when(each, zone) for each in (known, planned) if each.starts is not None]:
        case [before, after] if before != after:
            return say(", planned for {before} (now {after}),", before=before, after=after)
        case [on, *_same]:
            return say(", planned for {on},", on=on)
        case _:
            return say("")


@drawing("reminder missed")
async def missed(tx: Transaction, event: EventId, lead: str) -> Message | None:
    """Tells an organiser of a reminder that came too late to be of use."""
    planned = await tx.events.get(event)
    text = say(
        "The reminder {lead} before **{title}** was not sent: I was away until the event had begun.",
        lead=lead,
        title=planned.title,
    )
    return Message((Paragraph(text),), text)
