"""Moments: dates and times as people write and read them, in a chapter's zone."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

FARTHEST = timedelta(days=2 * 366)
"""Nobody plans a meetup further ahead; a date beyond is a slip of the pen."""

_DOTTED = re.compile(r"\b(\d{1,2})\.(\d{2})\b(?![./]\d)")
_HOUR = re.compile(r"\d{1,2}:\d{2}|\b\d{1,2}\s*[ap]\.?m\b|\bnoon\b|\bmidnight\b|\bhours?\b|\bminutes?\b", re.IGNORECASE)
_WEEKDAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\b", re.IGNORECASE)
_EXAMPLE = "Write it for example as “Thu 17 Sep 18:30”, “tomorrow 7pm” or “2026-09-17 18:30”."


class Unreadable(ValueError):
    """What somebody wrote is no moment that an event could start at; the text says why and shows how to write it."""


def read_moment(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """The moment, in UTC, that somebody in `zone` means at `now`; day before month, always to come.

    Raises Unreadable with a sentence.
    """
    # dateparser takes a tenth of a second to import, so it is loaded with the first date and not with the bot.
    import dateparser

    written = _DOTTED.sub(r"\1:\2", text.strip())
    if not _HOUR.search(written):
        raise Unreadable(f"“{text}” says no time of day. {_EXAMPLE}")
    local = now.astimezone(zone).replace(tzinfo=None)
    iso = re.match(r"\d{4}-", written) is not None
    moment = dateparser.parse(
        written,
        languages=["en"],
        settings={
            "DATE_ORDER": "YMD" if iso else "DMY",
            "PREFER_DATES_FROM": "future",
            "RELATIVE_BASE": local,
            "RETURN_AS_TIMEZONE_AWARE": False,
        },
    )
    if moment is None:
        raise Unreadable(f"“{text}” could not be read as a date and a time. {_EXAMPLE}")
    wall = moment.replace(tzinfo=zone, second=0, microsecond=0)
    starts = wall.astimezone(UTC)
    if starts.astimezone(zone).replace(tzinfo=None) != wall.replace(tzinfo=None):
        raise Unreadable(f"The clocks in {zone.key} skip that hour on that day. {_EXAMPLE}")
    weekday = _WEEKDAY.search(written)
    if weekday is not None and weekday[1].lower() != f"{wall:%a}".lower():
        raise Unreadable(f"{wall.day} {wall:%B %Y} is a {wall:%A}, but “{text}” says {weekday[0]}. {_EXAMPLE}")
    if starts <= now:
        raise Unreadable(f"{show_moment(starts, zone)} is in the past. {_EXAMPLE}")
    if starts - now > FARTHEST:
        raise Unreadable(f"{show_moment(starts, zone)} is more than two years away. {_EXAMPLE}")
    return starts


def show_moment(moment: datetime, zone: ZoneInfo) -> str:
    """A moment in full: “Thursday 17 September 2026, 18:30 BST”."""
    local = moment.astimezone(zone)
    return f"{local:%A} {local.day} {local:%B %Y, %H:%M} {local.tzname()}"


def away(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """How far off by the calendar: "today", "tomorrow", "in 12 days"."""
    days = (moment.astimezone(zone).date() - now.astimezone(zone).date()).days
    match days:
        case 0:
            return "today"
        case 1:
            return "tomorrow"
        case _:
            return f"in {days} days"
