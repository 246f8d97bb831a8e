"""Sayings: what a phrase says of a rhythm, part by part, held against one another until it is one beat."""

import calendar
from dataclasses import dataclass

from bot.domain.beats import ORDINALS, Beat, Unit
from bot.domain.clocks import PARTS, ClockTime

EXAMPLE = (
    "Write it for example as “every first Tuesday at 9:00”, “weekdays at 8:30” "
    "or “every two weeks on Thursday at 18:30”."
)


class Irregular(ValueError):
    """What somebody wrote is no rhythm that can be kept; the text says why and shows how to write one."""


@dataclass(slots=True)
class Saying:
    """The parts of a phrase about its days, before they are held against one another."""

    text: str
    unit: Unit | None = None
    every: int = 1
    nths: tuple[int, ...] = ()
    weekdays: tuple[int, ...] = ()
    days: tuple[int, ...] = ()
    month: int | None = None
    working: bool = False
    monthly: bool = False
    """Whether the days are said to be a month's."""
    repeats: bool = False
    """Whether it is said at all that something comes again."""
    group: bool = False
    """Whether the weekdays are “weekdays” or a weekend."""
    part: str | None = None


def beat_of(said: Saying, time: tuple[int, int]) -> Beat:
    """The parts as one beat; raises Irregular where they do not go together."""
    hour, minute = time
    if said.month is not None:
        return _yearly(said, hour, minute)
    if said.nths or said.working:
        return _counted(said, hour, minute)
    if said.days:
        return _dated(said, hour, minute)
    if said.monthly and said.unit != "month" and said.weekdays:
        raise Irregular(f"“{said.text}” does not say which of a month's: the first, the last? {EXAMPLE}")
    if said.weekdays:
        return _weekly(said, hour, minute)
    match said.unit:
        case "day":
            return Beat("day", hour, minute, said.every)
        case None if said.part and said.repeats:
            return Beat("day", hour, minute)
        case None:
            raise Irregular(f"“{said.text}” does not say how often. {EXAMPLE}")
        case "week":
            raise Irregular(f"“{said.text}” says no day of the week. {EXAMPLE}")
        case _:
            raise Irregular(f"“{said.text}” says no day of the {said.unit}. {EXAMPLE}")


def _weekly(said: Saying, hour: int, minute: int) -> Beat:
    weekdays = tuple(sorted(set(said.weekdays)))
    if said.unit in ("month", "year"):
        raise Irregular(f"“{said.text}” does not say which of a {said.unit}'s: the first, the last? {EXAMPLE}")
    if said.unit == "day" and not (said.group and said.every == 1):
        raise Irregular(f"“{said.text}” says days and weekdays, which do not go together. {EXAMPLE}")
    if said.unit is None and not (said.repeats or said.group):
        raise Irregular(f"“{said.text}” does not say how often. {EXAMPLE}")
    every = said.every if said.unit == "week" else 1
    return (
        Beat("day", hour, minute) if len(weekdays) == 7 and every == 1 else Beat("week", hour, minute, every, weekdays)
    )


def _counted(said: Saying, hour: int, minute: int) -> Beat:
    """On weekdays that are counted in a month."""
    nths = tuple(sorted(set(said.nths), key=lambda nth: (nth < 0, nth)))
    if said.unit not in (None, "month"):
        raise Irregular(f"“{said.text}” counts in a month and in {said.unit}s, which do not go together. {EXAMPLE}")
    if said.unit is None and not said.monthly:
        if not said.repeats:
            raise Irregular(f"“{said.text}” does not say how often. {EXAMPLE}")
        if len(nths) == 1 and nths[0] > 1:
            nth, day = ORDINALS[nths[0]], "weekday" if said.working else calendar.day_name[said.weekdays[0]]
            other = f"“every {nths[0]} weeks on {day}”" if said.weekdays else f"“every {nths[0]} days”"
            raise Irregular(
                f"“{said.text}” may mean {other} or “the {nth} {day} of every month”. Write the one you mean."
            )
    return Beat("month", hour, minute, said.every, said.weekdays, nths, working=said.working)


def _dated(said: Saying, hour: int, minute: int) -> Beat:
    """On days of a month."""
    days = tuple(sorted(set(said.days), key=lambda day: (day < 0, day)))
    if said.unit not in (None, "month"):
        raise Irregular(f"“{said.text}” says {said.unit}s and days of a month, which do not go together. {EXAMPLE}")
    if said.unit is None and not (said.monthly or said.repeats):
        raise Irregular(f"“{said.text}” does not say how often. {EXAMPLE}")
    if not all(-1 <= day <= 31 and day for day in days):
        raise Irregular(f"“{said.text}” says a day that no month has. {EXAMPLE}")
    if len(days) > 1 and days[-1] > 28:
        raise Irregular(f"“{said.text}” names days that some months do not have: make two rhythms of it. {EXAMPLE}")
    return Beat("month", hour, minute, said.every, nths=days)


def _yearly(said: Saying, hour: int, minute: int) -> Beat:
    """On a day of one month of the year."""
    if said.unit not in (None, "year") or said.monthly:
        raise Irregular(f"“{said.text}” names a month and another rhythm, which do not go together. {EXAMPLE}")
    if said.unit is None and not said.repeats:
        raise Irregular(f"“{said.text}” does not say how often. {EXAMPLE}")
    nth, *more = said.nths or said.days
    if more:
        raise Irregular(f"“{said.text}” names several days of a year: make a rhythm of each. {EXAMPLE}")
    # 2024 had a 29th of February.
    if not said.nths and (nth == 0 or nth > calendar.monthrange(2024, said.month or 1)[1]):
        raise Irregular(f"“{said.text}” says a day that this month does not have. {EXAMPLE}")
    return Beat("year", hour, minute, said.every, said.weekdays, (nth,), said.month, said.working)


def hour_of(said: Saying, clocks: list[ClockTime | None]) -> tuple[int, int]:
    """The time of day. From eight to noon an hour is the morning's; an earlier one may be either, and is a question."""
    text = said.text
    if not clocks:
        raise Irregular(f"“{text}” says no time of day. {EXAMPLE}")
    clock = clocks[0]
    if clock is None:
        raise Irregular(f"“{text}” says a time that no clock shows. {EXAMPLE}")
    if clock.midnight:
        if said.unit == "day" and not said.group:
            return 0, 0
        raise Irregular(f"“{text}” may mean the midnight before or after: write “00:00” or “23:59” instead.")
    part = said.part and PARTS[said.part]
    hours = [hour for hour in clock.hours if not part or hour in part]
    if not hours:
        shown = f"{clock.hours[-1]:02}:{clock.minute:02}"
        raise Irregular(f"“{text}” says {said.part}, which {shown} is not. {EXAMPLE}")
    if len(hours) > 1 and hours[0] < 8 and hours[1] != 12:
        shown = " or ".join(f"“{hour:02}:{clock.minute:02}”" for hour in hours)
        raise Irregular(f"“{text}” may be meant for the morning or for the evening: write {shown}.")
    return hours[1] if hours[0] == 0 and len(hours) > 1 else hours[0], clock.minute
