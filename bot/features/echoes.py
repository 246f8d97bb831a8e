"""Echoes: what was understood of the moments that somebody wrote, in full, for them to look at."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.events import Event
from bot.domain.moments import away, note_of, show_moment
from bot.domain.starts import show_start
from bot.features.whereabouts import start
from bot.messages import Text, say


def starts(event: Event, now: datetime, zone: ZoneInfo) -> Text:
    """When an event starts; a sentence that may go on."""
    if event.starts is None:
        return say("Its **date** is still **to be announced**")
    shown, days = show_start(start(event), zone), away(event.starts, now, zone)
    twice = _twice(event.starts, zone) if event.timed else ""
    verb = "was to start" if event.ended(now) else "starts"
    return say("It {verb} on **{starts}**, {away}{twice}", verb=verb, starts=shown, away=days, twice=twice)


def besides(event: Event, now: datetime, zone: ZoneInfo) -> list[Text]:
    """When an event ends and until when people may answer, as far as somebody has said so."""
    ends = [] if event.finish is None else [_ends(event.finish, now, zone)]
    return ends if event.closes is None else [*ends, _closes(event.closes, now, zone)]


def changed(before: Event, after: Event, now: datetime, zone: ZoneInfo) -> list[Text]:
    """Each moment of an event that is another one now, also what went along with its start, or was dropped with it."""
    said: list[Text] = []
    if (before.starts, before.timed) != (after.starts, after.timed):
        said.append(say("{starts}.", starts=starts(after, now, zone)))
    if before.finish != after.finish:
        said.append(
            say("No end of it is announced any more.") if after.finish is None else _ends(after.finish, now, zone)
        )
    if before.closes != after.closes:
        said.append(
            say("Answers have no deadline any more.") if after.closes is None else _closes(after.closes, now, zone)
        )
    return said


def _ends(moment: datetime, now: datetime, zone: ZoneInfo) -> Text:
    return say("It ends on {moment}.", moment=_moment(moment, now, zone))


def _closes(moment: datetime, now: datetime, zone: ZoneInfo) -> Text:
    verb = "closed" if moment <= now else "close"
    return say("Answers {verb} on {moment}.", verb=verb, moment=_moment(moment, now, zone))


def _moment(moment: datetime, now: datetime, zone: ZoneInfo) -> Text:
    shown, days = show_moment(moment, zone), away(moment, now, zone)
    return say("**{shown}**, {away}{twice}", shown=shown, away=days, twice=_twice(moment, zone))


def _twice(moment: datetime, zone: ZoneInfo) -> str:
    note = note_of(moment, zone)
    return f" ({note[0].lower()}{note[1:].removesuffix('.')})" if note else ""
