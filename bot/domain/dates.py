"""Dates that people can choose from: read as starts of events are, and written so that they read back the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.moments import Timeless, Unreadable, note_of, read_moment
from bot.domain.starts import OPEN, Start, is_open, read_start


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list of choices that is not on record yet; a date has a `start`."""

    label: str
    start: Start | None = None


def read_dates(written: Sequence[str], now: datetime, zone: ZoneInfo, known: Mapping[str, Start]) -> list[Entry]:
    """Dates as somebody in `zone` means them, the earliest first; raises Unreadable with a sentence.

    What is `known` under the very words that are written is that, even if it has passed meanwhile.
    """
    starts = [known.get(text) or _read(text, now, zone) for text in written]
    entries = [Entry(name_date(start, zone), start) for start in starts]
    return sorted(entries, key=lambda entry: (entry.start.at if entry.start and entry.start.at else now, entry.label))


def name_date(start: Start, zone: ZoneInfo) -> str:
    """A date as briefly as it is understood: “Thu 17 Sep 2026 18:30”, and without an hour where it has none."""
    if start.at is None:
        raise ValueError("a start that is still open is no date")
    local = start.at.astimezone(zone)
    day = f"{local:%a} {local.day} {local:%b %Y}"
    if not start.timed:
        return day
    return f"{day} {local:%H:%M}{f' {local:%Z}' if note_of(start.at, zone) else ''}"


def _read(text: str, now: datetime, zone: ZoneInfo) -> Start:
    """A moment, or a day of which the hour is left open."""
    if is_open(text):
        raise Unreadable(f"“{text}” is no date that people could say yes or no to.")
    try:
        return Start(read_moment(text, now, zone))
    except Timeless:
        return read_start(f"{text}, time {OPEN}", now, zone)
    except Unreadable:
        return read_start(text, now, zone)
