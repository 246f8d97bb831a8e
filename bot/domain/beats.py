"""Beats: how a rhythm goes, part by part; as a rule that calendars know, and in words that people know."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Unit = Literal["day", "week", "month", "year"]

WORKDAYS = (0, 1, 2, 3, 4)
ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}
SHORTER = "(in shorter months on the last day)"
IF_ANY = " that has one"

_FREQUENCIES: dict[Unit, str] = {"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY"}
_UNITS: dict[str, Unit] = {word: unit for unit, word in _FREQUENCIES.items()}
_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_ALWAYS = 28
"""Every month has this many days; a day beyond is the last one where a month is shorter."""


@dataclass(frozen=True, slots=True)
class Beat:
    """Every so many days, weeks, months or years, at a time of day.

    `nths` counts in a month, from its end where negative: its `weekdays`, of which there is one then, or its days where
    none is named; `working` counts its Mondays to Fridays together. A year's beat names its `month`.
    """

    unit: Unit
    hour: int
    minute: int
    every: int = 1
    weekdays: tuple[int, ...] = ()
    nths: tuple[int, ...] = ()
    month: int | None = None
    working: bool = False

    @property
    def rule(self) -> str:
        """The same as the value of an RRULE of RFC 5545."""
        parts = [f"FREQ={_FREQUENCIES[self.unit]}"]
        if self.every > 1:
            parts.append(f"INTERVAL={self.every}")
        if self.month is not None:
            parts.append(f"BYMONTH={self.month}")
        parts += self._days()
        return ";".join([*parts, f"BYHOUR={self.hour}", f"BYMINUTE={self.minute}", "BYSECOND=0"])

    def _days(self) -> list[str]:
        if self.working:
            return [f"BYDAY={_join(_CODES[day] for day in WORKDAYS)}", f"BYSETPOS={_join(self.nths)}"]
        if self.weekdays:
            nths = self.nths or ("",)
            return [f"BYDAY={_join(f'{nth}{_CODES[day]}' for nth in nths for day in self.weekdays)}"]
        if len(self.nths) == 1 and self.nths[0] > _ALWAYS:
            return [f"BYMONTHDAY={_join(range(_ALWAYS, self.nths[0] + 1))}", "BYSETPOS=-1"]
        return [f"BYMONTHDAY={_join(self.nths)}"] if self.nths else []

    @classmethod
    def of(cls, rule: str) -> "Beat":
        """The beat that has this rule."""
        said = dict(part.split("=") for part in rule.split(";"))
        days = said.get("BYDAY", "").split(",") if "BYDAY" in said else []
        weekdays = tuple(dict.fromkeys(_CODES.index(day[-2:]) for day in days))
        nths = tuple(dict.fromkeys(int(day[:-2]) for day in days if day[:-2]))
        working = bool(days) and "BYSETPOS" in said
        if working:
            weekdays, nths = (), _numbers(said["BYSETPOS"])
        if "BYMONTHDAY" in said:
            nths = _numbers(said["BYMONTHDAY"])
            nths = nths[-1:] if "BYSETPOS" in said else nths
        return cls(
            _UNITS[said["FREQ"]],
            int(said["BYHOUR"]),
            int(said["BYMINUTE"]),
            int(said.get("INTERVAL", "1")),
            weekdays,
            nths,
            int(said["BYMONTH"]) if "BYMONTH" in said else None,
            working,
        )

    @property
    def words(self) -> str:
        """The same as people say it, such as “every first Tuesday at 9:00”; it is read back as this very beat."""
        # An hour before eight without a zero might be one of the evening.
        hour = f"{self.hour:02}" if self.hour < 8 else str(self.hour)
        note = f" {SHORTER}" if self._moves() else ""
        return f"{self._recurs()} at {hour}:{self.minute:02}{note}"

    def _recurs(self) -> str:
        often = f"every {self.unit}" if self.every == 1 else f"every {self.every} {self.unit}s"
        names = _and([calendar.day_name[day] for day in self.weekdays])
        match self.unit:
            case "day":
                return often
            case "week" if self.every == 1:
                return f"every {'weekday' if self.weekdays == WORKDAYS else names}"
            case "week":
                return f"{often} on {names}"
            case "month" if self.every == 1 and (self.weekdays or self.working):
                # “Every second Tuesday” is every other one to many.
                clear = not self.working and (len(self.nths) > 1 or {1, -1}.intersection(self.nths))
                if clear:
                    return f"every {self._counted()}"
                return f"the {self._counted()} of every month{IF_ANY if self.nths == (5,) else ''}"
            case "month":
                return f"{often} on the {self._counted()}"
            case _:
                month = calendar.month_name[self.month or 1]
                if self.weekdays or self.working or self.nths == (-1,):
                    return f"{often} on the {self._counted()} of {month}"
                return f"{often} on {self.nths[0]} {month}"

    def _counted(self) -> str:
        """Which days of a month: “first and third Tuesday”, “15th”, “last day”."""
        if not self.weekdays and not self.working:
            return "last day" if self.nths == (-1,) else _and([_ordinal(nth) for nth in self.nths])
        what = "weekday" if self.working else calendar.day_name[self.weekdays[0]]
        return f"{_and([ORDINALS[nth] for nth in self.nths])} {what}"

    def _moves(self) -> bool:
        """Whether there are months that have no such day, so that it is their last."""
        by_day = not self.weekdays and not self.working and max(self.nths, default=0) > _ALWAYS
        return by_day and (self.unit == "month" or self.month == 2)


def _ordinal(number: int) -> str:
    suffix = "th" if number in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def _join(values: Iterable[object]) -> str:
    return ",".join(str(value) for value in values)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in text.split(","))


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""
