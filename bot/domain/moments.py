"""Moments: dates and times as people write and read them, in a chapter's zone."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

FARTHEST = timedelta(days=2 * 366)
"""Nobody plans a meetup further ahead; a date beyond is a slip of the pen."""

_DOTTED = re.compile(r"\b(\d{1,2})\.(\d{2})\b(?![./]\d)")
_DOTTED_HALF = re.compile(r"\b(\d{1,2})\.(\d{2})(?=\s*[ap]\.?m\b)", re.IGNORECASE)
_CLOCK = re.compile(
    r"(?<![\d+:-])(\d{1,2})(?::(\d{2}))?\s*([ap])\.?m\b|(?<![\d+:-])(\d{1,2}):(\d{2})|\b(noon|midnight)\b",
    re.IGNORECASE,
)
_HENCE = re.compile(r"(?:\d|\ban?)\s*(?:hour|minute)s?\b", re.IGNORECASE)
_WEEKDAY = re.compile(
    r"\b(mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\b",
    re.IGNORECASE,
)
_EXAMPLE = "Write it for example as “Thu 17 Sep 18:30”, “tomorrow 7pm” or “2026-09-17 18:30”."


class Unreadable(ValueError):
    """What somebody wrote is no moment that an event could start at; the text says why and shows how to write it."""


def read_moment(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """The moment, in UTC, that somebody in `zone` means at `now`; day before month, always to come.

    Raises Unreadable with a sentence.
    """
    # dateparser takes a tenth of a second to import, so it is loaded with the first date and not with the bot.
    import dateparser

    written = _with_colon(text.strip())
    hours = _hours(written)
    if not hours and not _HENCE.search(written):
        raise Unreadable(f"“{text}” says no time of day. {_EXAMPLE}")
    if len(hours) > 1:
        raise Unreadable(f"“{text}” says more than one time of day. {_EXAMPLE}")
    local = now.astimezone(zone).replace(tzinfo=None)
    iso = re.match(r"\d{4}-", written) is not None
    moment = dateparser.parse(
        # It knows “Thu” and “Thursday”, but not every length between.
        _WEEKDAY.sub(lambda weekday: weekday[0][:3], written),
        languages=["en"],
        settings={
            "DATE_ORDER": "YMD" if iso else "DMY",
            "PREFER_DATES_FROM": "future",
            "RELATIVE_BASE": local,
        },
    )
    if moment is None or not hours <= {(moment.hour, moment.minute)}:
        raise Unreadable(f"“{text}” could not be read as a date and a time. {_EXAMPLE}")
    if abs(moment.year - local.year) > 100:
        raise Unreadable(f"“{text}” is in the year {moment.year}. {_EXAMPLE}")
    wall = moment.replace(tzinfo=zone, second=0, microsecond=0)
    starts = wall.astimezone(UTC)
    if starts.astimezone(zone).replace(tzinfo=None) != wall.replace(tzinfo=None):
        raise Unreadable(f"The clocks in {zone.key} skip that hour on that day. {_EXAMPLE}")
    if moment.utcoffset() not in (None, wall.utcoffset()):
        raise Unreadable(f"“{text}” names another time zone: write it by the clocks in {zone.key}. {_EXAMPLE}")
    weekday = _WEEKDAY.search(written)
    if weekday is not None and weekday[1][:3].lower() != f"{wall:%a}".lower():
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


def _with_colon(text: str) -> str:
    """“18.30” as “18:30”, but a date's dots as they are: only where nothing else is the hour, the last pair is."""
    text = _DOTTED_HALF.sub(r"\1:\2", text)
    pairs = [] if _hours(text) else list(_DOTTED.finditer(text))
    return text if not pairs else text[: pairs[-1].start()] + pairs[-1].expand(r"\1:\2") + text[pairs[-1].end() :]


def _hours(text: str) -> set[tuple[int, int]]:
    """The times of day that a text says, as hour and minute."""
    said: set[tuple[int, int]] = set()
    for hour12, minute12, half, hour, minute, name in _CLOCK.findall(text):
        if name:
            said.add((12 if name.lower() == "noon" else 0, 0))
        elif half and 1 <= int(hour12) <= 12:
            said.add((int(hour12) % 12 + (12 if half.lower() == "p" else 0), int(minute12 or 0)))
        else:
            said.add((int(hour or hour12), int(minute or minute12 or 0)))
    return said
