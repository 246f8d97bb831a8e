"""Starts: when an event begins, as far as that is known: a moment, a day without an hour, or nothing yet."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from bot.domain.moments import Unreadable, read_moment, show_moment, write_moment

OPEN = "TBA"
"""What people write for what is still to be announced."""

_OPEN = re.compile(
    r"[\s,;:–—-]*(?:\btime\s+)?\b(?:tba|tbc|tbd|to be (?:announced|confirmed|decided))\b[\s.]*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Start:
    """When an event begins. `at` is None while the date is open, and the day's first moment while the hour is."""

    at: datetime | None
    timed: bool = True


def read_start(text: str, now: datetime, zone: ZoneInfo) -> Start:
    """What somebody in `zone` means: a moment, “Thu 17 Sep, time TBA”, or “TBA”. Raises Unreadable with a sentence."""
    if open_part := _OPEN.search(text):
        rest = f"{text[: open_part.start()]} {text[open_part.end() :]}".strip()
        if not rest:
            return Start(None, timed=False)
        # A day is still to come as long as its last minute is.
        day = read_moment(f"{rest} 23:59", now, zone).astimezone(zone).date()
        return Start(datetime.combine(day, time.min, zone).astimezone(UTC), timed=False)
    try:
        return Start(read_moment(text, now, zone))
    except Unreadable as unreadable:
        if not _is_day(text, now, zone):
            raise
        raise Unreadable(f"{unreadable} Add “{OPEN}” if the hour is still to be announced.") from None


def is_open(text: str) -> bool:
    """Whether an answer says that it is still to be announced."""
    return not text or _OPEN.fullmatch(text) is not None


def _is_day(text: str, now: datetime, zone: ZoneInfo) -> bool:
    """Whether nothing but the hour is missing."""
    try:
        read_moment(f"{text} 23:59", now, zone)
    except Unreadable:
        return False
    return True


def show_start(start: Start, zone: ZoneInfo) -> str:
    """A start in full, with what of it is still to be announced."""
    if start.at is None:
        return "date to be announced"
    if start.timed:
        return show_moment(start.at, zone)
    local = start.at.astimezone(zone)
    return f"{local:%A} {local.day} {local:%B %Y}, time to be announced"


def write_start(start: Start, zone: ZoneInfo) -> str:
    """A start as it is typed, for a form to begin with."""
    if start.at is None:
        return OPEN
    local = start.at.astimezone(zone)
    return write_moment(start.at, zone) if start.timed else f"{local:%a} {local.day} {local:%b %Y}, time {OPEN}"
