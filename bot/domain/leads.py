"""Leads: how long before an event its people are reminded."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

MOST = 5
"""Reminders of one event at most."""

_LEAD = re.compile(r"\s*(\d{1,4})\s*(minute|hour|day|week)s?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Lead:
    """How long before an event a reminder rings. Days go by the wall clock of the chapter's zone, minutes by the watch.

    So "1 day" before half past six is half past six, though the clocks change in between.
    """

    days: int = 0
    minutes: int = 0

    @classmethod
    def read(cls, text: str) -> "Lead":
        """Read "2 hours", "1 day", "90 minutes" or "1 week"; raises ValueError with a sentence."""
        match = _LEAD.fullmatch(text)
        if match is None or int(match[1]) == 0:
            raise ValueError(f"“{text}” is not a length of time: write for example “1 day”, “2 hours” or “30 minutes”.")
        number, unit = int(match[1]), match[2].lower()
        match unit:
            case "minute":
                return cls(minutes=number)
            case "hour":
                return cls(minutes=60 * number)
            case "day":
                return cls(days=number)
            case _:
                return cls(days=7 * number)

    @classmethod
    def several(cls, text: str) -> tuple["Lead", ...]:
        """Read "1 day, 2 hours", the longest first, or "none"; raises ValueError with a sentence."""
        if text.strip().casefold() in ("none", "never", "no"):
            return ()
        read = {cls.read(each) for each in re.split(r",|;|\n|\band\b", text) if each.strip()}
        if len(read) > MOST:
            raise ValueError(f"That is {len(read)} reminders; {MOST} are enough for everybody.")
        return tuple(sorted(read, key=lambda lead: (lead.days, lead.minutes), reverse=True))

    def before(self, starts: datetime, zone: ZoneInfo) -> datetime:
        """The moment, in UTC, that lies this far before `starts`."""
        day = starts.astimezone(UTC)
        if self.days:
            wall = starts.astimezone(zone).replace(tzinfo=None) - timedelta(days=self.days)
            day = wall.replace(tzinfo=zone).astimezone(UTC)
        return day - timedelta(minutes=self.minutes)

    def __str__(self) -> str:
        if self.days:
            return _count(self.days // 7, "week") if self.days % 7 == 0 else _count(self.days, "day")
        if self.minutes % 60 == 0:
            return _count(self.minutes // 60, "hour")
        return _count(self.minutes, "minute")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
