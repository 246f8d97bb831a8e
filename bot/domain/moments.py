"""Moments: dates and times as people write and read them, in a chapter's zone."""

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import product
from zoneinfo import ZoneInfo

from bot.domain.clocks import PARTS
from bot.domain.days import days_of, span_from
from bot.domain.wording import EXAMPLE, Timeless, Unreadable, Wording, plain, wording

__all__ = [
    "FARTHEST",
    "Ambiguous",
    "Timeless",
    "Unreadable",
    "away",
    "note_of",
    "read_moment",
    "show_moment",
    "write_moment",
]

FARTHEST = timedelta(days=2 * 366)
"""Nobody plans a meetup further ahead; a date beyond is a slip of the pen."""

_STAMP = re.compile(r"<t:(\d{9,11})(?::[a-zA-Z])?>", re.ASCII)
_MONTH_FIRST = (
    "US/", "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Phoenix",
    "America/Detroit", "America/Indiana/", "America/Anchorage", "America/Boise", "Pacific/Honolulu",
)  # fmt: skip
"""Where people write 9/10 for the tenth of September, so that they are asked."""
_PLACES = {
    "Europe/London": "gmt bst", "Europe/Paris": "cet cest", "Europe/Helsinki": "eet eest", "Europe/Lisbon": "wet west",
    "America/New_York": "est edt et", "America/Los_Angeles": "pst pdt pt", "America/Denver": "mst mdt",
    "America/Chicago": "cdt", "Australia/Sydney": "aest aedt", "Pacific/Auckland": "nzst nzdt", "Asia/Tokyo": "jst",
}  # fmt: skip
"""Names of clocks that mean one thing to everybody; CST and IST do not: they are known only where in use."""
_ABROAD = {name: ZoneInfo(key) for key, names in _PLACES.items() for name in names.split()}


class Ambiguous(Unreadable):
    """What somebody wrote may mean any of a few moments, and they are to choose."""

    def __init__(self, text: str, candidates: tuple[datetime, ...], zone: ZoneInfo) -> None:
        self.candidates = candidates
        shown = [show_moment(moment, zone) for moment in candidates]
        short = [f"“{(local := moment.astimezone(zone)).day} {local:%b %Y %H:%M}”" for moment in candidates]
        super().__init__(f"“{text}” may mean {_or(shown)}. Write {_or(short)}.")


def read_moment(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """The moment, in UTC, that somebody in `zone` means at `now`; day before month, always to come.

    Raises Unreadable with a sentence: Ambiguous with what may be meant, Timeless if only the time of day is missing.
    """
    text = " ".join(text.split())
    local = now.astimezone(zone)
    if stamp := _STAMP.fullmatch(text):
        # Discord's own way of writing a moment.
        return _to_come([datetime.fromtimestamp(int(stamp[1]), UTC)], text, now, zone)
    if moment := span_from(now, plain(text)):
        return _to_come([moment.replace(second=0, microsecond=0)], text, now, zone)
    own = {name: zone for year in range(3) for name in _offsets(zone, local.year + year)}
    clocks = _ABROAD | own
    places = {zone.key.lower(), zone.key.rpartition("/")[2].replace("_", " ").lower(), "local"}
    said = wording(text, frozenset({*clocks, *places, "utc"}))
    rows = days_of(text, said, local.date(), month_first=zone.key.startswith(_MONTH_FIRST))
    moments: list[datetime] = []
    for row, (hour, later) in product(rows, _hours(text, said, rows)):
        for day in row:
            walls = datetime.combine(day + timedelta(days=later), hour)
            found = _moments(text, walls, None if said.zone in places else said.zone, clocks, zone)
            moments += found
            if any(moment > now for moment in found):
                break
    return _to_come(moments, text, now, zone)


def show_moment(moment: datetime, zone: ZoneInfo) -> str:
    """A moment in full: “Thursday 17 September 2026, 18:30 BST”."""
    local = moment.astimezone(zone)
    return f"{local:%A} {local.day} {local:%B %Y, %H:%M} {local.tzname()}"


def away(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """How far off by the calendar: "today", "tomorrow", "in 12 days", "yesterday", "12 days ago"."""
    days = (moment.astimezone(zone).date() - now.astimezone(zone).date()).days
    match days:
        case 0:
            return "today"
        case 1:
            return "tomorrow"
        case -1:
            return "yesterday"
        case _:
            return f"in {days} days" if days > 0 else f"{-days} days ago"


def write_moment(moment: datetime, zone: ZoneInfo) -> str:
    """A moment as briefly as it is read back in the same zone: “Thu 17 Sep 2026 18:30”."""
    local = moment.astimezone(zone)
    return f"{local:%a} {local.day} {local:%b %Y %H:%M}{f' {local:%Z}' if note_of(moment, zone) else ''}"


def note_of(moment: datetime, zone: ZoneInfo) -> str | None:
    """What to know of a moment whose time of day comes twice, as the clocks go back; None for all others."""
    local = moment.astimezone(zone)
    offsets = [local.replace(fold=fold).utcoffset() or timedelta() for fold in (0, 1)]
    if offsets[0] <= offsets[1]:
        return None
    return (
        f"The clocks go back that night: {local:%H:%M} comes twice; this is the {'second' if local.fold else 'first'}."
    )


def _to_come(moments: list[datetime], text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """The one of some moments that an event can have; raises Unreadable, or Ambiguous if there are several."""
    coming = sorted({moment for moment in moments if moment > now})
    near = tuple(moment for moment in coming if moment - now <= FARTHEST)
    if len(near) == 1:
        return near[0]
    if near:
        raise Ambiguous(text, near, zone)
    why = "is more than two years away" if coming else "is in the past"
    raise Unreadable(f"{show_moment(min(coming or moments), zone)} {why}. {EXAMPLE}")


def _hours(text: str, said: Wording, rows: list[list[date]]) -> list[tuple[time, int]]:
    """Every time of day that may be meant, with the days after the one that is named; raises Unreadable."""
    if not said.clocks:
        raise Timeless(text, tuple(row[0] for row in rows) if _names_day(said) else ())
    clock, *more = said.clocks
    if more:
        raise Unreadable(f"“{text}” says more than one time of day. {EXAMPLE}")
    if clock is None:
        raise Unreadable(f"“{text}” says a time that no clock shows. {EXAMPLE}")
    if clock.midnight:
        return _midnights(said)
    part = said.part and PARTS[said.part]
    hours = [hour for hour in clock.hours if not part or hour in part]
    if not hours:
        raise Unreadable(f"“{text}” says {said.part}, which {clock.hours[-1]:02}:{clock.minute:02} is not. {EXAMPLE}")
    return [(time(hour, clock.minute), 0) for hour in hours]


def _midnights(said: Wording) -> list[tuple[time, int]]:
    """Midnight begins a day and ends it, and people mean either; tonight's is the one that is to come."""
    if said.part in ("night", "tonight", "evening"):
        return [(time(), 1)]
    return [(time(), 0), (time(), 1)] if _names_day(said) else [(time(), 0)]


def _names_day(said: Wording) -> bool:
    return any(part is not None for part in (said.day, said.weekday, said.nth, said.today, said.hence))


def _moments(
    text: str, wall: datetime, name: str | None, clocks: dict[str, ZoneInfo], zone: ZoneInfo
) -> list[datetime]:
    """What clocks that show this time may mean: the chapter's own, or those that were named; raises Unreadable."""
    if name is None:
        if moment := _on_clocks(wall, zone):
            return [moment]
        skipped = f"on {wall:%A} {wall.day} {wall:%B %Y} the clocks go forward, and {wall:%H:%M} is skipped"
        raise Unreadable(f"In {zone.key}, {skipped}. {EXAMPLE}")
    if name not in clocks:
        return [(wall - _offset(text, name)).replace(tzinfo=UTC)]
    theirs = clocks[name]
    offsets = _offsets(theirs, wall.year)
    loose = _on_clocks(wall, theirs)
    if name not in offsets:
        return [loose] if loose else []
    strict = (wall - offsets[name]).replace(tzinfo=UTC)
    # In summer people write GMT and mean what their clocks show, BST.
    return [strict] if f"{strict.astimezone(theirs):%Z}".lower() == name or loose is None else [strict, loose]


@cache
def _offsets(zone: ZoneInfo, year: int) -> dict[str, timedelta]:
    """How far ahead of UTC a zone is under each name that it bears in a year; Morocco's changes for Ramadan."""
    firsts = [datetime(year, month, 1, tzinfo=zone) for month in range(1, 13)]
    return {f"{first:%Z}".lower(): first.utcoffset() or timedelta() for first in firsts}


def _on_clocks(wall: datetime, zone: ZoneInfo) -> datetime | None:
    """The first moment at which clocks show this; None if they skip it."""
    moment = wall.replace(tzinfo=zone).astimezone(UTC)
    return moment if moment.astimezone(zone).replace(tzinfo=None) == wall else None


def _offset(text: str, name: str) -> timedelta:
    """How far ahead of UTC: “z”, “utc”, “+01:00”, “gmt-5”."""
    found = re.search(r"([+-]) ?(\d\d?):?(\d\d)?$", name)
    if found is None:
        return timedelta()
    ahead = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    if ahead > timedelta(hours=14):
        raise Unreadable(f"“{text}” names a time zone that there is not: {name}. {EXAMPLE}")
    return ahead if found[1] == "+" else -ahead


def _or(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
