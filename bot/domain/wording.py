"""Wording: what a phrase says of a moment, part by part, until no word of it is left over."""

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from bot.domain.clocks import PARTS, ClockTime, Slate, spoken, take_clocks, take_lone_hour

EXAMPLE = "Write the day, month and hour, or for example “tomorrow 7pm” or “first Tuesday of next month 18:30”."
"""Only what is still to come whenever it is read: whoever copies an example is not to be refused."""


class Unreadable(ValueError):
    """What somebody wrote is no moment that an event could start at; the text says why and shows how to write it."""


class Timeless(Unreadable):
    """What somebody wrote names a day, or may mean one of two, but no time of it."""

    def __init__(self, text: str, days: tuple[date, ...]) -> None:
        self.days = days
        named = " or ".join(f"{day:%A} {day.day} {day:%B %Y}" for day in days)
        super().__init__(f"“{text}” says no time of day{f', only {named}' if days else ''}. {EXAMPLE}")


@dataclass(slots=True)
class Wording:
    """The parts of one phrase; what it does not say is None."""

    clocks: list[ClockTime | None]
    zone: str | None = None
    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    numeric: bool = False
    """Whether the month is a number, which some countries put before the day."""
    nth: int | None = None
    """Which of a month's weekdays, or of its days if `weekday` is None; -1 is the last."""
    this_month: str | None = None
    """“this”, “next” or “the” month."""
    this_week: str | None = None
    which: str | None = None
    """“this” or “next” before a weekday."""
    today: int | None = None
    """Days from today, as “today” and “tomorrow” say them."""
    hence: tuple[int, str] | None = None
    """So many days, weeks, months or years from now."""
    later: int = 0
    """Days after the day that is named: “a week on Thursday”."""
    part: str | None = None


MONTHS = tuple(name.lower() for name in calendar.month_name[1:])
WEEKDAYS = tuple(name.lower() for name in calendar.day_name)
_NTHS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
_PART = "|".join(part for part in PARTS if part != "tonight")
_TODAYS = {"today": 0, "this": 0, "day after tomorrow": 2, "tonight": 0, "tomorrow": 1, "tmrw": 1, "yesterday": -1}
_FILLERS = {"on", "at", "the", "of", "in", "from", "start", "starts", "starting", "date", "time", "when", "sharp"}
_MARKS = ",.;:!?()'\"“”|·•-"

_MONTH = rf"(?P<month>{'|'.join(MONTHS)}|sept|{'|'.join(month[:3] for month in MONTHS)})\b"
_WEEKDAY = rf"(?P<weekday>{'|'.join(WEEKDAYS)}|tues|weds|thurs?|{'|'.join(weekday[:3] for weekday in WEEKDAYS)})\b"
_DAY = r"(?<![\d:.&/])(?P<day>\d\d?)(?:st|nd|rd|th)?"
_YEAR = r"(?:[ ,/-]+(?P<year>20\d\d\b(?! ?(?:hours|hrs))|'\d\d\b|[23]\d\b(?![:.~]| ?[ap]m| ?o'| \d\d ?[ap]m)))?"
_COUNT = r"(?P<count>\d{1,3}|an?)"


def _all(*patterns: str) -> list[re.Pattern[str]]:
    return [re.compile(pattern, re.ASCII) for pattern in patterns]


_DATES = _all(
    r"(?<![\d-])(?P<iso>(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d\d?)(?P=sep)(?P<day>\d\d?))(?:t(?=\d)|(?![\d/-]|\.\d))",
    r"(?<![\d./-])(?P<day>\d\d?)(?P<sep>[-/.])(?P<month>\d\d?)(?P=sep)(?P<year>\d{4}|\d\d)(?![\d:]|[./-]\d)",
    rf"{_DAY}\.?[ -]?(?:of )?{_MONTH}{_YEAR}",
    rf"\b{_MONTH} (?:the )?(?P<day>\d\d?)(?![\d:~]|\.\d| ?[ap]m\b)(?:st|nd|rd|th)?\b{_YEAR}",
    r"(?<![\d./-])(?P<day>\d\d?)/(?P<month>\d\d?)(?![\d/])",
    r"(?<![\d./-])(?P<day>\d\d?)\.(?P<month>\d\d?)\.(?!\d)",
)
_DOTTED_DATE = _all(r"(?<![\d./-])(?P<day>\d\d?)\.(?P<month>\d\d?)(?![\d.])")
_DAY_OF_WEEKDAY = _all(rf"\b{_WEEKDAY},? (?:the )?(?P<day>\d\d?)(?:st|nd|rd|th)?\b(?![:~]|\.\d)")
_DAY_ALONE = _all(r"(?<![\d:.&/])(?P<day>\d\d?)(?:st|nd|rd|th)\b")
_NTH = _all(
    rf"(?P<nth>\b(?:{'|'.join(_NTHS)})|\b[1-5](?:st|nd|rd|th)) (?:{_WEEKDAY}|day\b)"
    rf"(?: (?:of|in) {_MONTH}(?: (?P<year>20\d\d)\b)?)?"
)
_THIS_MONTH = _all(r"\b(?P<this_month>this|next|the) month\b")
_HENCE = _all(
    rf"\bin {_COUNT} (?P<unit>day|week|fortnight|month|year)s?\b(?:'?s?'? time\b)?",
    rf"(?<!\d){_COUNT} (?P<unit>day|week|fortnight|month|year)s? from now\b",
)
_AFTER_TOMORROW = _all(r"\b(?:the )?(?P<today>day after tomorrow)\b")
_LATER = _all(
    rf"(?:(?<!\d){_COUNT} )?\b(?P<unit>week|fortnight)s? (?:on|from) (?={_WEEKDAY}|tomorrow|today)",
    rf"(?<!\d){_COUNT} (?P<unit>week|fortnight)s? (?=tomorrow|today)",
    r"(?<=day|mon|tue|ues|wed|eds|thu|hur|urs|fri|sat|sun|row) (?P<unit>week|fortnight)\b",
)
_REST = _all(
    rf"\b{_MONTH}",
    r"\b(?P<this_week>this|next) week\b",
    rf"\b(?:(?P<which>this coming|this|next|coming) )?{_WEEKDAY}",
    r"\b(?P<today>today|tomorrow|tmrw|yesterday)\b",
    r"\b(?P<today>(?P<part>tonight))\b",
    rf"\b(?P<today>this) (?P<part>{_PART})\b",
    rf"\b(?:in the )?(?P<part>{_PART})\b",
)
_ZONE = r"(?<![a-z])(?P<zone>{names}|(?:utc|gmt) ?[+-] ?\d\d?(?::?\d\d)?|\+\d\d:?\d\d)(?: time)?(?! ?[+-] ?\d|[\w/])"
# Some zones have no letters and show “18:30 -03”, which elsewhere would be a range.
_SIGNED_ZONE = r"(?<=\d:\d\d )(?P<zone>{names})(?=$|,)"
_STAMP_ZONE = re.compile(
    r"(?<=\d)t(?P<clock>\d\d:?\d\d(?::\d\d(?:\.\d+)?)?)(?P<zone>z|[+-]\d\d(?::?\d\d)?)\b", re.ASCII
)
_REPEATS = re.compile(rf"\b(?:every|each|daily|weekly|monthly|(?:{'|'.join(WEEKDAYS)})s)\b")
_RANGE = re.compile(r"[\dm~](?:h|pm|am)? ?(?:-|\bto\b|\btill\b|\buntil\b) ?\d", re.ASCII)


def wording(text: str, zones: frozenset[str]) -> Wording:
    """What a phrase says; `zones` are the names of time zones, in small letters, that are known. Raises Unreadable."""
    slate = Slate(plain(text))
    if repeats := _REPEATS.search(slate.rest):
        raise Unreadable(f"“{text}” repeats (“{repeats[0]}”), but an event starts once. {EXAMPLE}")
    said: dict[str, str] = {}
    if stamp := _STAMP_ZONE.search(slate.rest):
        said["zone"] = stamp["zone"]
        slate.rest = f"{slate.rest[: stamp.start()]}t{stamp['clock']}{slate.rest[stamp.end() :]}"
    signed = "|".join(re.escape(name) for name in zones if name[0] in "+-")
    names = "|".join(re.escape(name) for name in sorted(zones, key=len, reverse=True) if name[0] not in "+-")
    _read(slate, said, _all(_ZONE.format(names=names), *([_SIGNED_ZONE.format(names=signed)] if signed else [])))
    for patterns in (_NTH, _DATES, _THIS_MONTH, _HENCE, _AFTER_TOMORROW):
        _read(slate, said, patterns)
    later = _later(slate)
    if _RANGE.search(slate.rest):
        raise Unreadable(f"“{text}” says a start and an end: write only when it starts. {EXAMPLE}")
    clocks = take_clocks(slate)
    if clocks and "day" not in said and not _read(slate, said, _DOTTED_DATE):
        _read(slate, said, _DAY_OF_WEEKDAY)
    for pattern in (_DAY_ALONE, *([pattern] for pattern in _REST)):
        _read(slate, said, pattern)
    clocks = clocks or take_lone_hour(slate)
    _nothing_left(text, slate.rest)
    return _parts(said, clocks, later)


def plain(text: str) -> str:
    """The same words in plain small letters, whatever keyboard or page they come from."""
    plain = unicodedata.normalize("NFKC", text).lower().replace("’", "'").replace("‘", "'")
    plain = re.sub("[‐‑‒–—−]", "-", plain).replace("@", " at ")
    plain = re.sub(r"(?<![a-z])([ap])\. ?m\b\.?", r"\1m", " ".join(plain.split()))
    return spoken(" ".join(re.sub(r"(?<=[a-z])\.", " ", plain).split()))


def _read(slate: Slate, said: dict[str, str], patterns: list[re.Pattern[str]]) -> bool:
    """Take the first of some patterns that fits, unless it says again what was said: that stays as left over."""
    for pattern in patterns:
        before = slate.rest
        if found := slate.take(pattern):
            groups = {name: words for name, words in found.groupdict().items() if words is not None}
            if not said.keys().isdisjoint(groups):
                slate.rest = before
                continue
            said |= groups
            return True
    return False


def _later(slate: Slate) -> int:
    said: dict[str, str] = {}
    _read(slate, said, _LATER)
    if not said:
        return 0
    return _count(said.get("count", "1")) * (7 if said["unit"] == "week" else 14)


def _nothing_left(text: str, rest: str) -> None:
    """Raise Unreadable if there are words left that nothing has explained."""
    words = [word.strip(_MARKS) for word in rest.split()]
    odd = [word for word in words if word and word not in _FILLERS]
    if not odd:
        return
    known = [*MONTHS, *WEEKDAYS, *_TODAYS, *PARTS, *_NTHS, "noon", "midnight"]
    # A word that is known, but says nothing where it stands, is no slip of the pen.
    slip = len(odd[0]) > 3 and odd[0] not in known
    near = get_close_matches(odd[0], known, n=1, cutoff=0.75) if slip else []
    meant = f" Did you mean “{near[0]}”?" if near else ""
    raise Unreadable(f"“{text}” has words that I do not understand: “{' '.join(odd)}”.{meant} {EXAMPLE}")


def _parts(said: dict[str, str], clocks: list[ClockTime | None], later: int) -> Wording:
    month, year, weekday, nth = said.get("month"), said.get("year"), said.get("weekday"), said.get("nth")
    return Wording(
        clocks,
        zone=said.get("zone"),
        day=int(said["day"]) if "day" in said else None,
        month=None if month is None else int(month) if month.isdecimal() else _index(MONTHS, month) + 1,
        year=None if year is None else int(year) if len(year) == 4 else 2000 + int(year.strip("'")),
        weekday=None if weekday is None else _index(WEEKDAYS, weekday),
        numeric=month is not None and month.isdecimal() and "iso" not in said,
        nth=None if nth is None else _NTHS.get(nth) or int(nth[0]),
        this_month=said.get("this_month"),
        this_week=said.get("this_week"),
        which="next" if said.get("which") == "next" else None,
        today=_TODAYS[said["today"].removeprefix("the ")] if "today" in said else None,
        hence=(_count(said["count"]), said["unit"]) if "count" in said else None,
        later=later,
        part=said.get("part"),
    )


def _count(word: str) -> int:
    return 1 if word in ("a", "an") else int(word)


def _index(names: tuple[str, ...], word: str) -> int:
    """Where a name stands, by its first three letters."""
    return [name[:3] for name in names].index(word[:3])
