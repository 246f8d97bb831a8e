"""Phrases of rhythms: what “every first Tuesday at 9:00” says, part by part, until no word of it is left over."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from bot.domain.beats import IF_ANY, ORDINALS, SHORTER, WORKDAYS, Beat, Unit
from bot.domain.clocks import PARTS, Slate, take_clocks, take_lone_hour
from bot.domain.sayings import EXAMPLE, Irregular, Saying, beat_of, hour_of
from bot.domain.wording import MONTHS, WEEKDAYS, plain


@dataclass(slots=True)
class Phrase:
    """What one phrase says: the beat, the place by whose clocks it goes, and from when on, if it says so."""

    beat: Beat
    place: str | None
    start: str | None


_NTHS = {word: nth for nth, word in ORDINALS.items()} | {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5}
_TWICE = {"other": 2, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
_UNITS: dict[str, tuple[Unit, int]] = {
    "day": ("day", 1), "week": ("week", 1), "fortnight": ("week", 2), "month": ("month", 1), "quarter": ("month", 3),
    "year": ("year", 1), "daily": ("day", 1), "weekly": ("week", 1), "fortnightly": ("week", 2),
    "monthly": ("month", 1), "quarterly": ("month", 3), "yearly": ("year", 1), "annually": ("year", 1),
}  # fmt: skip
_MOST: dict[Unit, int] = {"day": 366, "week": 52, "month": 24, "year": 10}

_AND = r"(?:, ?| and |, and | & | ?/ ?)(?:on |every |each |the )*"
_NTH = rf"(?:{'|'.join(_NTHS)})"
_NAME = rf"(?:{'|'.join(WEEKDAYS)}|tues|weds|thurs?|{'|'.join(name[:3] for name in WEEKDAYS)})"
_NAMES = rf"{_NAME}s?\b(?:{_AND}{_NAME}s?\b)*"
_MONTH = rf"(?:{'|'.join(MONTHS)}|sept|{'|'.join(month[:3] for month in MONTHS)})\b"
_WORKING = r"(?:week|working |work |business )days?\b"
_ORDINAL = r"\d\d?(?:st|nd|rd|th)\b"
_UNIT = r"(?P<unit>day|week|fortnight|month|quarter|year)"
_OFTEN = r"(?:every|each)"


def _is(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


_ENDS = _is(r"\b(?:until|till)\b|\bfor (?:\d+|an?) (?:days?|weeks?|months?|years?|times)\b|\b\d+ times\b")
_OFTENER = _is(r"\b(?:hourly|hours?|minutes?|mins?|seconds|twice)\b")
_DOUBTFUL = _is(r"\b(?:bi|semi)-?(?:weekly|monthly|annual(?:ly)?|yearly)\b")
_CLOCKS_NAME = _is(r"\b(?:gmt|bst|cet|cest|eet|eest|wet|e[sd]?t|p[sd]?t|c[sd]t|m[sd]t|aest|aedt|nzst|nzdt|jst|ist)\b")
_EVERYDAY = _is(r"\beveryday\b")
_START = _is(r"\b(?:starting|beginning|from|as of)(?: on| from)? (?P<start>[^ ;][^;]*?)(?: at)?[ ;]*$")
_THE_MONTH = _is(r"\b(?:of|in) (?:the|every|each|a) month\b")
_PART = _is(rf"\b(?:in the )?(?P<part>{'|'.join(part for part in PARTS if part != 'tonight')})s?\b")
_EVERY_UNIT = _is(
    rf"\b(?:once )?{_OFTEN} (?:(?P<count>\d{{1,4}}|{'|'.join(_TWICE)}|{_ORDINAL}) )?{_UNIT}s?\b"
    rf"(?! of (?:the|every|each) month| of {_MONTH})"
)
_OTHER_WEEKDAY = _is(rf"\b{_OFTEN} other (?={_NAME}|week(?:day|end))")
_ADVERB = _is(r"\b(?P<unit>daily|weekly|fortnightly|monthly|quarterly|yearly|annually)\b")
_ONCE = _is(rf"\bonce (?:a|per|every|each) {_UNIT}\b")
_COUNTED = _is(
    rf"\b(?P<nths>{_NTH}(?:{_AND}{_NTH})*) (?:(?P<name>{_NAME})s?|(?P<working>{_WORKING})|(?P<day>day))\b"
    rf"(?: (?:of|in) (?P<month>{_MONTH}))?"
)
_DATE = _is(rf"\b(?:the )?(?P<day>\d\d?)(?:st|nd|rd|th)? (?:of )?(?P<month>{_MONTH})")
_DATE_TURNED = _is(rf"\b(?P<month>{_MONTH}) (?:the )?(?P<day>\d\d?)(?:st|nd|rd|th)?\b")
_DAYS = _is(rf"(?<!\d)(?P<days>{_ORDINAL}(?:{_AND}{_ORDINAL})*|(?<=day )\d\d?\b)(?: days?\b)?")
_RANGE = _is(rf"\b(?P<first>{_NAME})s? ?(?:-|to|through) ?(?P<last>{_NAME})s?\b")
_WORKDAYS = _is(rf"\b{_WORKING}")
_WEEKEND = _is(r"\bweek-?ends?\b")
_WEEKDAYS = _is(rf"\b(?P<names>{_NAMES})")
_AGAIN = _is(rf"\b{_OFTEN}\b|\b(?:{'|'.join(WEEKDAYS)}|weekend|weekday|working day|business day)s\b")
_FILLERS = {
    "on",
    "at",
    "the",
    "of",
    "in",
    "from",
    "every",
    "each",
    "day",
    "time",
    "sharp",
    "repeat",
    "repeats",
    "starting",
}
_MARKS = ",.;:!?()'\"“”|·•-"


def read_phrase(text: str, places: Mapping[str, object]) -> Phrase:
    """What a phrase says; `places` are the names of places with clocks, in small letters. Raises Irregular."""
    slate = Slate(_EVERYDAY.sub("every day", plain(text)).replace(SHORTER, " ").replace(plain(IF_ANY), " "))
    place = _place(slate, places)
    for pattern, why in (
        (_ENDS, "says when it ends: a rhythm goes on until it is cancelled"),
        (_OFTENER, "says a rhythm that is not of days: once a day is the most"),
        (_DOUBTFUL, "means two things to people: say for example “every two weeks” or “on Tuesdays and Fridays”"),
        (_CLOCKS_NAME, "names a clock that some countries change: name a city instead, such as “in London”, or UTC"),
    ):
        if pattern.search(slate.rest):
            raise Irregular(f"“{text}” {why}. {EXAMPLE}")
    clocks = take_clocks(slate)
    start = slate.take(_START)
    said = Saying(text, repeats=bool(_AGAIN.search(slate.rest)))
    _units(slate, said)
    _days(slate, said)
    if part := slate.take(_PART):
        said.part = part["part"]
    clocks = clocks or take_lone_hour(slate)
    if len(clocks) > 1:
        raise Irregular(f"“{text}” says more than one time of day: make a rhythm of each. {EXAMPLE}")
    _nothing_left(text, slate.rest, places)
    return Phrase(beat_of(said, hour_of(said, clocks)), place, start and start["start"])


def recurs(text: str) -> bool:
    """Whether a phrase says outright that something comes again and again."""
    return any(pattern.search(plain(text)) for pattern in (_AGAIN, _ADVERB, _ONCE, _DOUBTFUL))


def _place(slate: Slate, places: Mapping[str, object]) -> str | None:
    names = "|".join(re.escape(name) for name in sorted(places, key=len, reverse=True))
    found = slate.take(re.compile(rf"(?<![\w/])(?:in )?(?P<place>{names})(?:'s)?(?: time)?(?![\w/+-])"))
    return found and found["place"]


def _units(slate: Slate, said: Saying) -> None:
    """How often, where that is said by a unit of time."""
    found = slate.take(_EVERY_UNIT) or slate.take(_ADVERB) or slate.take(_ONCE)
    if found:
        groups = found.groupdict()
        said.unit, said.every = _UNITS[groups["unit"]]
        said.every *= _count(count := groups.get("count"))
        if count and said.unit == "day" and re.fullmatch(_ORDINAL, count):
            raise Irregular(
                f"“{said.text}” may mean “every {said.every} days” or “every month on the {count}”. Write one of them."
            )
    elif slate.take(_OTHER_WEEKDAY):
        said.unit, said.every = "week", 2
    said.monthly = slate.take(_THE_MONTH) is not None
    if said.unit and not 1 <= said.every <= _MOST[said.unit]:
        most = f"{_MOST[said.unit]} {said.unit}s"
        raise Irregular(f"“{said.text}” says a number that no rhythm has: it may be up to {most}. {EXAMPLE}")


def _days(slate: Slate, said: Saying) -> None:
    """On which days, where that is said."""
    if found := slate.take(_COUNTED):
        said.nths = tuple(_NTHS[word] for word in re.findall(_NTH, found["nths"]))
        said.working = found["working"] is not None
        said.weekdays = _weekdays(found["name"] or "")
        said.month = _month(found["month"])
        if found["day"]:
            said.days, said.nths = said.nths, ()
    elif (said.unit == "year" or said.repeats) and (found := slate.take(_DATE) or slate.take(_DATE_TURNED)):
        said.days, said.month = (int(found["day"]),), _month(found["month"])
    elif found := slate.take(_RANGE):
        first, last = _weekdays(found["first"])[0], _weekdays(found["last"])[0]
        said.weekdays = tuple(sorted((first + n) % 7 for n in range((last - first) % 7 + 1)))
        said.repeats = True
    elif slate.take(_WORKDAYS):
        said.weekdays, said.group = WORKDAYS, True
    elif slate.take(_WEEKEND):
        said.weekdays, said.group = (5, 6), True
    elif found := slate.take(_WEEKDAYS):
        said.weekdays = _weekdays(found["names"])
    elif found := slate.take(_DAYS):
        said.days = tuple(dict.fromkeys(int(number) for number in re.findall(r"\d+", found["days"])))


def _nothing_left(text: str, rest: str, places: Mapping[str, object]) -> None:
    """Raise Irregular if there are words left that nothing has explained."""
    odd = [word for each in rest.split() if (word := each.strip(_MARKS)) and word not in _FILLERS]
    if not odd:
        return
    if (where := re.search(rf"\bin {re.escape(odd[0])}", rest)) and odd[0] not in MONTHS:
        near = get_close_matches(odd[0], places, n=1, cutoff=0.8)
        meant = f" Did you mean “{near[0].title()}”?" if near else ""
        named = f"I know no clocks “{where[0]}”: name a chapter, or a city that gives a time zone its name"
        raise Irregular(f"{named}, such as London or New York.{meant}")
    known = [*MONTHS, *WEEKDAYS, *_NTHS, *_UNITS, *PARTS, "every", "noon", "midnight", "weekdays"]
    near = get_close_matches(odd[0], known, n=1, cutoff=0.75) if len(odd[0]) > 3 and odd[0] not in known else []
    meant = f" Did you mean “{near[0]}”?" if near else ""
    raise Irregular(f"“{text}” has words that I do not understand: “{' '.join(odd)}”.{meant} {EXAMPLE}")


def _count(word: str | None) -> int:
    if word is None:
        return 1
    return _TWICE.get(word) or int(re.sub(r"\D", "", word))


def _weekdays(names: str) -> tuple[int, ...]:
    return tuple([name[:3] for name in WEEKDAYS].index(found[:3]) for found in re.findall(_NAME, names))


def _month(name: str | None) -> int | None:
    return None if name is None else [month[:3] for month in MONTHS].index(name[:3]) + 1
