"""Rhythms: when something recurs, by the wall clock of one zone, whatever summer time does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import islice
from zoneinfo import ZoneInfo, available_timezones

from dateutil.rrule import rrulestr

from bot.domain.beats import Beat
from bot.domain.moments import FARTHEST, Timeless, Unreadable, read_moment
from bot.domain.phrases import EXAMPLE, Irregular, read_phrase

__all__ = ["Irregular", "Rhythm", "city", "read_rhythm"]

_REGIONS = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
_NO_CITIES = {"north", "south", "west", "act", "center"}
"""Old names of zones that are words."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When something recurs.

    `rule` is the value of an RRULE of RFC 5545, counted from `start` and reckoned by the wall clock of `zone`. As that
    standard has it, a time that the clocks skip is as much later as they jump, and of one that comes twice it is the
    first.
    """

    rule: str
    zone: ZoneInfo
    start: date

    def after(self, moment: datetime) -> datetime:
        """The first time after this moment, in UTC."""
        return self.coming(moment, 1)[0]

    def coming(self, moment: datetime, count: int) -> Sequence[datetime]:
        """The next times after this moment, in UTC."""
        # Clocks have been changed by a whole day, so the search begins well before.
        since = moment.astimezone(self.zone).replace(tzinfo=None) - timedelta(days=2)
        rule = rrulestr(self.rule, dtstart=datetime.combine(self.start, time()))
        walls = (wall for wall in rule.xafter(since, inc=True))
        times = dict.fromkeys(wall.replace(tzinfo=self.zone).astimezone(UTC) for wall in islice(walls, count + 4))
        return [each for each in times if each > moment][:count]

    @property
    def words(self) -> str:
        """In words, such as “every first Tuesday at 9:00”."""
        return Beat.of(self.rule).words


def read_rhythm(text: str, zone: ZoneInfo, now: datetime, places: Mapping[str, ZoneInfo] | None = None) -> Rhythm:
    """The rhythm that somebody in `zone` means at `now`; `places` are more names of zones, such as chapters'.

    What counts several days, weeks, months or years counts from the first time after now, or from the day that the
    phrase says it starts. Raises Irregular, a ValueError, with a sentence.
    """
    text = " ".join(text.split())
    zones = {**_cities(), **{name.casefold(): each for name, each in (places or {}).items() if name}}
    phrase = read_phrase(text, zones)
    if phrase.place is not None:
        zone = zones[phrase.place]
    since = now
    if phrase.start is not None:
        day = _start(text, phrase.start, now, zone)
        since = max(now, datetime.combine(day, time(), zone) - timedelta(seconds=1))
    # Whatever counts several weeks counts from the first day that would do.
    each = Rhythm(replace(phrase.beat, every=1).rule, zone, since.astimezone(zone).date())
    return Rhythm(phrase.beat.rule, zone, each.after(since).astimezone(zone).date())


def city(zone: ZoneInfo) -> str:
    """What people call a zone: its city."""
    return zone.key.rpartition("/")[2].replace("_", " ")


def _start(text: str, said: str, now: datetime, zone: ZoneInfo) -> date:
    """The day from which a rhythm goes."""
    try:
        read_moment(said, now, zone)
    except Timeless as named:
        days = named.days
    except Unreadable as unreadable:
        raise Irregular(f"From when on? {unreadable}") from None
    else:
        days = ()
    today = now.astimezone(zone).date()
    if len(days) > 1:
        which = " or ".join(f"“{day.day} {day:%B %Y}”" for day in days)
        raise Irregular(f"“{said}” may mean two days. Write {which}.")
    if not days or not today <= days[0] <= today + FARTHEST:
        raise Irregular(f"“{text}” starts on no day to come. {EXAMPLE}")
    return days[0]


@cache
def _cities() -> Mapping[str, ZoneInfo]:
    """The zones by their names and by their cities' names, in small letters."""
    cities = {"utc": ZoneInfo("UTC")}
    for key in sorted(available_timezones()):
        if key.partition("/")[0] in _REGIONS:
            name = key.rpartition("/")[2].replace("_", " ").lower()
            cities |= {key.lower(): ZoneInfo(key)} | ({} if name in _NO_CITIES else {name: ZoneInfo(key)})
    return cities
