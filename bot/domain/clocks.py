"""Clocks: the time of day that a phrase says, and every hour that it may mean."""

import re
from dataclasses import dataclass


class Slate:
    """A phrase from which whatever has been understood is wiped."""

    def __init__(self, rest: str) -> None:
        self.rest = rest

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first place where a pattern fits, wiped."""
        if found := pattern.search(self.rest):
            self.rest = f"{self.rest[: found.start()]} ; {self.rest[found.end() :]}"
        return found


@dataclass(frozen=True, slots=True)
class ClockTime:
    """One time of day as it was said: the hours it may mean, and its minute."""

    hours: tuple[int, ...]
    minute: int = 0
    midnight: bool = False


PARTS = {
    "morning": range(4, 12),
    "afternoon": range(12, 19),
    "evening": range(16, 24),
    "night": range(18, 24),
    "tonight": range(16, 24),
}

_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBER = re.compile(rf"\b(?:{'|'.join(_NUMBERS)})\b")
_PAST = re.compile(
    rf"\b(?P<minutes>half|(?:a )?quarter|five|ten|twenty(?:[ -]five)?|\d\d?(?= past))(?: minutes)?"
    rf" (?P<way>past |to |(?=(?:{'|'.join(_NUMBERS)}|\d\d?)\b))(?P<hour>{'|'.join(_NUMBERS)}|\d\d?(?![\d:.]))"
)
_MINUTES = {"half": 30, "quarter": 15, "a quarter": 15, "five": 5, "ten": 10, "twenty": 20}

_APART = r"(?<![\d:.+-])"
_HALF = r" ?(?P<half>[ap]m)\b"
_OR_HALF = f"(?:{_HALF})?"
_HOURS = r"(?: ?(?:hours|hrs|h)\b)?"
_NO_YEAR = r"(?!(?:202[6-9]|203[1-4])(?! ?(?:hours|hrs|h)\b))"
"""“2027” is a year before it is a time of day, unless “at” or “hrs” says otherwise."""

_CLOCKS = [
    re.compile(pattern, re.ASCII)
    for pattern in (
        rf"(?P<said>(?P<hour>\d\d?)~(?P<minute>\d\d))(?: ?o'clock)?{_OR_HALF}",
        rf"{_APART}(?P<hour>\d\d?)[:.](?P<minute>\d\d)(?::\d\d)?{_HALF}",
        rf"{_APART}(?P<hour>\d\d?):(?P<minute>\d\d)(?::\d\d(?:\.\d+)?)?(?![\d:]|\.\d){_HOURS}",
        # “6 30 pm”, where the second number can be no hour.
        rf"{_APART}(?P<hour>\d\d?) (?P<minute>00|1[3-9]|[2-5]\d){_HALF}",
        rf"{_APART}(?P<hour>\d\d?){_HALF}",
        rf"{_APART}(?P<hour>\d\d?)h(?P<minute>\d\d)\b",
        rf"{_APART}(?P<hour>1[3-9]|2[0-3])h\b",
        rf"{_APART}(?P<said>(?P<hour>\d\d?)) ?o'? ?clock\b{_OR_HALF}",
        rf"(?:\bat |{_NO_YEAR}){_APART}(?<!/)(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?! ?[\d:./-]){_HOURS}",
        r"\bat (?P<said>(?P<hour>\d\d?))(?![\d:.,/~-]|th|st|nd|rd)\b",
        r"(?:\b12 )?(?P<noon>\bnoon|\bmidday)\b",
        r"(?:\b12 )?(?P<midnight>\bmidnight)\b",
    )
]
_DOTTED = re.compile(rf"{_APART}(\d\d?)\.(\d\d?)(?!\d|\.\d){_HOURS}", re.ASCII)
_LONE = re.compile(rf"{_APART}(?<!/)(?<!\bin )(?P<said>(?P<hour>\d|1[0-2]))(?![\d:.,/~-]|th|st|nd|rd)", re.ASCII)


def spoken(text: str) -> str:
    """Numbers in words as digits; “half past six” and “quarter to seven” as an hour and a minute."""

    def clock(found: re.Match[str]) -> str:
        minutes = found["minutes"]
        past = _MINUTES.get(minutes) or (25 if minutes.startswith("twenty") else int(minutes))
        hour = int(_digits(found["hour"]))
        if found["way"] == "to ":
            hour, past = (hour - 1 or 12), 60 - past
        elif found["way"] == "" and past != 30:
            return found[0]
        return f"{hour}~{past:02}"

    return _NUMBER.sub(lambda number: _digits(number[0]), _PAST.sub(clock, text))


def take_clocks(slate: Slate) -> list[ClockTime | None]:
    """Every time of day that is said, wiped from the slate; None for one that no clock shows, such as 25:00."""
    clocks: list[ClockTime | None] = []
    for pattern in _CLOCKS:
        while found := slate.take(pattern):
            clocks.append(_clock(found.groupdict()))
    pairs = [] if clocks else [pair for pair in _DOTTED.finditer(slate.rest) if len(pair[2]) == 2]
    if pairs:
        # Of “17.9 18.30” the last is the time.
        start, end = pairs[-1].span()
        slate.rest = f"{slate.rest[:start]} ; {slate.rest[end:]}"
        clocks.append(_clock({"hour": pairs[-1][1], "minute": pairs[-1][2]}))
    return clocks


def take_lone_hour(slate: Slate) -> list[ClockTime | None]:
    """The last hope for a time of day: a number that nothing else explains, as in “Fri 7”."""
    found = slate.take(_LONE)
    return [_clock(found.groupdict())] if found else []


def _clock(said: dict[str, str | None]) -> ClockTime | None:
    if said.get("noon"):
        return ClockTime((12,))
    if said.get("midnight"):
        return ClockTime((0,), midnight=True)
    hour, minute, half = int(said["hour"] or 0), int(said.get("minute") or 0), said.get("half")
    if minute > 59 or hour > (12 if half else 23) or (half and hour == 0):
        return None
    if half:
        return ClockTime((hour % 12 + (12 if half == "pm" else 0),), minute)
    # “07:30” is by the twenty-four hours; “7:30” may be either, and so may any hour that is said without minutes.
    either = range(13) if said.get("said") else range(1, 9)
    if hour in either and not (said["hour"] or "").startswith("0"):
        return ClockTime((hour % 12, hour % 12 + 12), minute)
    return ClockTime((hour,), minute)


def _digits(word: str) -> str:
    return str(_NUMBERS.index(word) + 1) if word in _NUMBERS else word
