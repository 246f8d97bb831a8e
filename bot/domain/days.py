"""Days: which dates a phrase may mean, read by a library and held against what the phrase says.

The library is dateparser. Of our phrases with one right answer it alone reads two thirds rightly (timefhuman, recurrent
and parsedatetime about half) and is the least often wrong (one in eight, against a third and more); and it is looked
after, while parsedatetime, and recurrent on top of it, have rested for years. So it reads one plain date at a time and
is held against every word; what it cannot do, such as “a week on Thursday”, is arithmetic on what it can.
"""

import calendar
import re
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.wording import EXAMPLE, MONTHS, WEEKDAYS, Unreadable, Wording

Alternatives = list[list[date]]
"""What may be meant; each is a row of dates, of which the first that is still to come counts."""

_SPAN = re.compile(
    r"""(?P<start>in\ )?
        (?:(?P<half>half\ an\ hour)|(?P<quarter>(?:a\ )?quarter\ of\ an\ hour)
        |(?P<h>\d{1,2})h(?P<past>\d\d)
        |(?=\d|an?\ )
         (?:(?P<hours>\d{1,3}|an?)(?P<tenths>\.\d)?(?:\ and\ a\ (?P<half1>half))?\ ?(?:hours?|hrs?|h)
           (?:\ and\ a\ (?P<half2>half)\b)?)?
         (?:,?\ ?(?:and\ )?(?P<minutes>\d{1,4}|a)\ ?(?P<unit>minutes?|mins?|m))?)
        (?P<end>\ from\ now)?""",
    re.VERBOSE | re.ASCII,
)


def days_of(text: str, said: Wording, today: date, *, month_first: bool) -> Alternatives:
    """The days that a phrase may mean, seen from today; `month_first` where people write 9/17. Raises Unreadable."""
    alternatives = _named(text, said, today, month_first=month_first)
    if not alternatives:
        raise Unreadable(f"“{text}” says no day that there is. {EXAMPLE}")
    for day in (day for row in alternatives for day in row):
        if abs(day.year - today.year) > 100:
            raise Unreadable(f"“{text}” is in the year {day.year}. {EXAMPLE}")
        _agrees(text, said, day, today)
    return alternatives


def span_from(now: datetime, words: str) -> datetime | None:
    """The moment that is so many hours and minutes from now, whatever the clocks do; None if that is not said."""
    said = _SPAN.fullmatch(words)
    # “2h30m” is a span by itself, but “18h30” is a time of day.
    if said is None or not any(said[part] for part in ("start", "end", "unit", "half", "half1", "half2")):
        return None
    hours, minutes = _number(said["hours"] or said["h"]), _number(said["minutes"] or said["past"])
    minutes += 30 if said["half"] or said["half1"] or said["half2"] else 15 if said["quarter"] else 0
    minutes += round(60 * float(f"0{said['tenths'] or '.0'}"))
    meant = (now.astimezone(UTC) + timedelta(hours=hours, minutes=minutes)).replace(tzinfo=None)
    read = _parsed(f"in {hours} hours {minutes} minutes", now.astimezone(UTC).replace(tzinfo=None))
    return meant.replace(tzinfo=UTC) if read == meant else None


def _named(text: str, said: Wording, today: date, *, month_first: bool) -> Alternatives:
    """The days by what names them most closely."""
    if said.nth is not None:
        return [_rolling(text, said, today)]
    if said.day is not None and said.month is not None:
        dates = [_date(said.day, said.month, said.year, today)]
        if said.numeric and said.day != said.month and (month_first or dates == [None]):
            dates.append(_date(said.month, said.day, said.year, today))
        return [[day] for day in dates if day]
    if said.day is not None:
        return [_rolling(text, said, today)]
    if said.month is not None or said.this_month is not None:
        raise Unreadable(f"“{text}” says a month, but no day of it. {EXAMPLE}")
    if said.hence is not None:
        return [[_hence(said.hence, today)]]
    later = timedelta(days=said.later)
    if said.today is not None:
        return [[today + timedelta(days=said.today) + later]]
    if said.weekday is not None:
        return [[day + later] for day in _weekdays(said, said.weekday, today)]
    if said.this_week is not None:
        raise Unreadable(f"“{text}” says a week, but no day of it. {EXAMPLE}")
    return [[today, today + timedelta(days=1)]]


def _agrees(text: str, said: Wording, day: date, today: date) -> None:
    """Raise Unreadable if a day is not what every part of the phrase says."""
    name = f"{day.day} {day:%B %Y}"
    if said.weekday not in (None, day.weekday()):
        raise Unreadable(f"{name} is a {day:%A}, but “{text}” says {WEEKDAYS[said.weekday or 0].title()}. {EXAMPLE}")
    if said.nth and said.day not in (None, day.day):
        raise Unreadable(f"{name} is not the day {said.day} that “{text}” says as well. {EXAMPLE}")
    away, hence = (day - today).days, said.hence and (_hence(said.hence, today) - today).days
    monday = today - timedelta(days=today.weekday())
    week = {None: None, "this": 0, "next": 1}[said.this_week]
    weeks = (day - monday).days // 7
    if said.later == 0 and said.today not in (None, away):
        raise Unreadable(f"{name} is {_far(away)}, but “{text}” says otherwise. {EXAMPLE}")
    if hence not in (None, away):
        raise Unreadable(f"{name} is {_far(away)}, but “{text}” says otherwise. {EXAMPLE}")
    if week is not None and weeks != week and today.weekday() != 6:
        raise Unreadable(f"{name} is not {said.this_week} week, as “{text}” says. {EXAMPLE}")


def _date(day: int, month: int, year: int | None, today: date) -> date | None:
    """A date by the library, if it is the one that was said; without a year the first that is not past."""
    if not 1 <= month <= 12:
        return None
    # Seen from yesterday, because dateparser takes today for past.
    words = f"{day} {MONTHS[month - 1]} {'' if year is None else f'{year:04}'}"
    read = _parsed(words, datetime.combine(today, time()) - timedelta(days=1))
    if read is None or (read.day, read.month) != (day, month) or year not in (None, read.year):
        return None
    return read.date()


def _rolling(text: str, said: Wording, today: date) -> list[date]:
    """A day of this month or of one of the next, or of the month that is said."""
    if said.nth and not (said.month or said.this_month):
        raise Unreadable(f"“{text}” does not say of which month. {EXAMPLE}")
    first = today.year * 12 + today.month - 1
    months = [first + n for n in range(3)]
    if said.month is not None:
        year = said.year or today.year
        months = [n * 12 + said.month - 1 for n in ([year] if said.year else [year, year + 1])]
    elif said.this_month is not None:
        months = {"this": months[:1], "next": months[1:2], "the": months[:2]}[said.this_month]
    named = said.year or said.this_month in ("this", "next")
    days = [day for n in months if (day := _in_month(said, n // 12, n % 12 + 1)) and (named or day >= today)]
    if not days:
        raise Unreadable(f"There is no such day as “{text}” says. {EXAMPLE}")
    checked = said.this_week, said.today, said.hence, None if said.nth else said.weekday
    return days if checked == (None, None, None, None) else days[:1]


def _in_month(said: Wording, year: int, month: int) -> date | None:
    """The 17th, the last Thursday or the last day of a month; None if it has no such day."""
    weeks = calendar.monthcalendar(year, month)
    days = [day for week in weeks for day in week if day]
    if said.nth is None:
        return date(year, month, said.day) if said.day in days else None
    if said.weekday is not None:
        days = [week[said.weekday] for week in weeks if week[said.weekday]]
    index = said.nth - 1 if said.nth > 0 else said.nth
    return date(year, month, days[index]) if index < len(days) else None


def _weekdays(said: Wording, weekday: int, today: date) -> list[date]:
    """The dates that a weekday may mean, said on another or on the same one."""
    week, to_come = timedelta(days=7), today + timedelta(days=(weekday - today.weekday()) % 7)
    if said.this_week is not None:
        monday = today - timedelta(days=today.weekday()) + (week if said.this_week == "next" else timedelta())
        day = monday + timedelta(days=weekday)
        # On a Sunday some have begun the next week and others have not.
        return [day, day + week] if today.weekday() == 6 else [day]
    if said.which == "next":
        to_come = to_come if to_come > today else to_come + week
        unclear = to_come - today < week and (to_come.weekday() > today.weekday() or today.weekday() == 6)
        return [to_come, to_come + week] if unclear else [to_come]
    return [to_come, to_come + week] if to_come == today else [to_come]


def _hence(said: tuple[int, str], today: date) -> date:
    count, unit = said if said[1] != "fortnight" else (2 * said[0], "week")
    read = _parsed(f"in {count} {unit}s", datetime.combine(today, time()))
    days = {"day": count, "week": 7 * count}.get(unit)
    if read is None or (days is not None and read.date() != today + timedelta(days=days)):
        raise Unreadable(f"“{count} {unit}s” from now could not be worked out. {EXAMPLE}")
    return read.date()


def _parsed(words: str, base: datetime) -> datetime | None:
    # dateparser takes a tenth of a second to import, so it is loaded with the first date and not with the bot.
    import dateparser

    return dateparser.parse(
        words,
        languages=["en"],
        settings={"PREFER_DATES_FROM": "future", "RELATIVE_BASE": base},
    )


def _number(word: str | None) -> int:
    return 0 if word is None else 1 if word in ("a", "an") else int(word)


def _far(days: int) -> str:
    return {0: "today", 1: "tomorrow", -1: "yesterday"}.get(
        days, f"in {days} days" if days > 0 else f"{-days} days ago"
    )
