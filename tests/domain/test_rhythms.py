"""Rhythms: what people write is read right or refused with a sentence, and rings by the wall clock for years."""

import calendar
import re
import tomllib
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.beats import Beat
from bot.domain.moments import show_moment
from bot.domain.rhythms import Irregular, Rhythm, city, read_rhythm

LONDON = ZoneInfo("Europe/London")
SATURDAY = datetime(2026, 9, 5, 9, 0, tzinfo=UTC)
ZONES = ["Europe/London", "America/New_York", "Australia/Sydney", "Australia/Lord_Howe", "Asia/Kolkata", "Etc/UTC"]


@dataclass(frozen=True)
class Row:
    """One phrase, when and where it is written, and what it means: words and three times, or nothing."""

    phrase: str
    now: datetime
    zone: ZoneInfo
    meant: tuple[str, ...]

    def read(self) -> tuple[str, ...]:
        """What the bot makes of it."""
        try:
            rhythm = read_rhythm(self.phrase, self.zone, self.now)
        except Irregular:
            return ()
        place = "" if rhythm.zone == self.zone else f" in {city(rhythm.zone)}"
        times = [f"{each.astimezone(rhythm.zone):%Y-%m-%d %H:%M}" for each in rhythm.coming(self.now, 3)]
        return (f"{rhythm.words}{place}", *times)


def rows() -> list[Row]:
    """Every phrase of the table."""
    found: list[Row] = []
    for group in tomllib.loads((Path(__file__).parent / "rhythms.toml").read_text(encoding="utf-8"))["group"]:
        zone = ZoneInfo(group["zone"])
        now = datetime.fromisoformat(group["now"]).replace(tzinfo=zone).astimezone(UTC)
        for phrase, meant in group["phrases"].items():
            found.append(Row(phrase, now, zone, () if meant == "refused" else tuple(meant)))
    return found


ROWS = rows()
READ = [row for row in ROWS if row.meant]


def test_every_phrase_of_the_table_is_read_right_or_refused() -> None:
    """Words, zone and the next three times; nothing is silently read as something else."""
    assert {row.phrase: row.read() for row in ROWS if row.read() != row.meant} == {}
    assert len(READ) >= 60


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("every second Tuesday at 10am", "may mean “every 2 weeks on Tuesday” or “the second Tuesday of every month”."),
        ("every Thursday at 7", "may be meant for the morning or for the evening: write “07:00” or “19:00”."),
        ("every Tuesday", "“every Tuesday” says no time of day."),
        ("Tuesday at 9:00", "“Tuesday at 9:00” does not say how often."),
        ("every Tuesday at 9:00 BST", "names a clock that some countries change"),
        ("every Tuesday at 9:00 in Londn", "I know no clocks “in londn”"),
        ("every Tueday at 9:00", "Did you mean “tuesday”?"),
        ("every hour", "once a day is the most."),
        ("every Tuesday at 9:00 until May", "a rhythm goes on until it is cancelled."),
        ("every month at 9:00", "says no day of the month."),
        ("every year on 31 April at 9:00", "says a day that this month does not have."),
        ("every two weeks on Thursday from next Sunday at 18:30", "may mean two days. Write “6 September 2026” or"),
    ],
)
def test_what_is_not_understood_is_refused_with_a_sentence(written: str, sentence: str) -> None:
    """The sentence says what is wrong, or which two things may be meant."""
    with pytest.raises(Irregular) as refused:
        read_rhythm(written, LONDON, SATURDAY)
    assert sentence in str(refused.value)


def test_a_chapter_lends_its_name_to_its_clocks() -> None:
    """“In Manchester” is no zone's city, but may be a chapter's."""
    rhythm = read_rhythm(
        "every Tuesday at 9:00 in Manchester", ZoneInfo("Asia/Tokyo"), SATURDAY, {"Manchester": LONDON}
    )
    assert (rhythm.zone, rhythm.rule) == (LONDON, "FREQ=WEEKLY;BYDAY=TU;BYHOUR=9;BYMINUTE=0;BYSECOND=0")


def test_the_rule_is_one_that_calendars_know() -> None:
    """An RRULE of RFC 5545, with the wall clock in it."""
    rhythm = read_rhythm("every 3 months on the first Monday at 9", LONDON, SATURDAY)
    assert rhythm.rule == "FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO;BYHOUR=9;BYMINUTE=0;BYSECOND=0"
    assert rhythm.start == date(2026, 9, 7)


hours = {"hour": st.integers(0, 23), "minute": st.integers(0, 59)}
some = st.integers(1, 9)
weekday_lists = st.lists(st.integers(0, 6), min_size=1, max_size=6, unique=True).map(lambda days: tuple(sorted(days)))
nths = st.sampled_from([(1,), (2,), (3,), (4,), (5,), (-1,), (1, 3), (2, 4), (1, -1)])
lasts = st.just((-1,))
beats = st.one_of(
    st.builds(Beat, st.just("day"), every=some, **hours),
    st.builds(Beat, st.just("week"), every=some, weekdays=weekday_lists, **hours),
    st.builds(Beat, st.just("month"), every=some, weekdays=st.tuples(st.integers(0, 6)), nths=nths, **hours),
    st.builds(Beat, st.just("month"), every=some, nths=st.tuples(st.integers(1, 31)), **hours),
    st.builds(Beat, st.just("month"), every=some, nths=st.sampled_from([(-1,), (1, 15), (3, 17, 28)]), **hours),
    st.builds(Beat, st.just("month"), every=some, nths=nths, working=st.just(True), **hours),
    st.builds(Beat, st.just("year"), every=some, month=st.just(2), nths=st.tuples(st.integers(1, 29)), **hours),
    st.builds(
        Beat, st.just("year"), month=st.just(11), weekdays=st.tuples(st.integers(0, 6)), nths=st.just((-1,)), **hours
    ),
)
zones = st.sampled_from(ZONES).map(ZoneInfo)
days = st.dates(date(2026, 1, 1), date(2028, 12, 31))


@given(beats, zones)
def test_the_words_of_any_rhythm_are_read_back_as_that_rhythm(beat: Beat, zone: ZoneInfo) -> None:
    """What the bot says is what people may write."""
    assert Beat.of(beat.rule) == beat
    assert read_rhythm(beat.words, zone, SATURDAY).rule == beat.rule


def falls(beat: Beat, day: date) -> bool:
    """Whether a day is one of a beat's, by a plain look at the calendar."""
    last = calendar.monthrange(day.year, day.month)[1]
    if beat.month not in (None, day.month):
        return False
    if beat.working:
        counted = [d for d in range(1, last + 1) if day.replace(day=d).weekday() < 5]
    elif beat.weekdays and beat.nths:
        counted = [d for d in range(1, last + 1) if day.replace(day=d).weekday() in beat.weekdays]
    elif beat.nths:
        return day.day in {last if nth == -1 else min(nth, last) for nth in beat.nths}
    else:
        return not beat.weekdays or day.weekday() in beat.weekdays
    named = {counted[nth] if nth < 0 else counted[nth - 1] for nth in beat.nths if nth <= len(counted)}
    return day.day in named


def period(beat: Beat, day: date) -> int:
    """The number of a day's day, week, month or year."""
    match beat.unit:
        case "day":
            return day.toordinal()
        case "week":
            return (day.toordinal() - 1) // 7
        case "month":
            return day.year * 12 + day.month
        case "year":
            return day.year


@given(beats, zones, days)
def test_a_rhythm_rings_on_exactly_its_days_by_the_wall_clock_of_its_zone(
    beat: Beat, zone: ZoneInfo, start: date
) -> None:
    """Day for day over a year, as a plain look at the calendar has it, whatever the clocks do in between."""
    first = next(day for n in range(800) if falls(beat, day := start + timedelta(days=n)))
    rhythm = Rhythm(beat.rule, zone, first)
    midnight = datetime.combine(first, time(), zone).astimezone(UTC) - timedelta(minutes=1)
    every = [first + timedelta(days=n) for n in range(400)]
    wanted = [day for day in every if falls(beat, day) and (period(beat, day) - period(beat, first)) % beat.every == 0]
    times = rhythm.coming(midnight, len(wanted))
    assert [rung.astimezone(zone).date() for rung in times] == wanted
    for day, rung in zip(wanted, times, strict=True):
        wall, local = datetime.combine(day, time(beat.hour, beat.minute)), rung.astimezone(zone)
        skipped = wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) != wall
        # A time that is skipped is as much later as the clocks jump; one that comes twice is the first.
        assert (local.replace(tzinfo=None) == wall) is not skipped
        assert local.replace(tzinfo=None) >= wall
        assert local.fold == 0
    assert all(earlier < later for earlier, later in pairwise(times))
    assert [rhythm.after(moment) for moment in times[:-1]] == times[1:]


@pytest.mark.parametrize(
    ("zone", "wall", "before", "utc"),
    [
        ("Europe/London", "every Sunday at 9:00", "2026-10-24", ["2026-10-25 09:00", "2026-11-01 09:00"]),
        ("Europe/London", "every Sunday at 9:00", "2027-03-20", ["2027-03-21 09:00", "2027-03-28 08:00"]),
        ("Europe/London", "every Sunday at 01:30", "2027-03-20", ["2027-03-21 01:30", "2027-03-28 01:30"]),
        ("Europe/London", "every Sunday at 01:30", "2026-10-24", ["2026-10-25 00:30", "2026-11-01 01:30"]),
        ("America/New_York", "every Sunday at 9:00", "2026-10-31", ["2026-11-01 14:00", "2026-11-08 14:00"]),
        ("America/New_York", "every Sunday at 02:30", "2027-03-13", ["2027-03-14 07:30", "2027-03-21 06:30"]),
        ("America/New_York", "every Sunday at 01:30", "2026-10-31", ["2026-11-01 05:30", "2026-11-08 06:30"]),
        ("Australia/Sydney", "every Sunday at 9:00", "2026-10-03", ["2026-10-03 22:00", "2026-10-10 22:00"]),
        ("Australia/Sydney", "every Sunday at 02:30", "2026-10-03", ["2026-10-03 16:30", "2026-10-10 15:30"]),
        ("Australia/Sydney", "every Sunday at 02:30", "2027-04-03", ["2027-04-03 15:30", "2027-04-10 16:30"]),
    ],
)
def test_it_rings_right_across_the_clock_changes_of_three_continents(
    zone: str, wall: str, before: str, utc: list[str]
) -> None:
    """A time that the clocks skip is an hour later, one that comes twice is the first, and all others stay put."""
    now = datetime.fromisoformat(before).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    times = read_rhythm(wall, ZoneInfo(zone), now).coming(now, 2)
    assert [f"{each:%Y-%m-%d %H:%M}" for each in times] == utc


def test_the_thirty_first_is_the_last_day_of_shorter_months() -> None:
    """Nobody who writes “on the 31st” means seven months of twelve."""
    rhythm = read_rhythm("every month on the 31st at 9:00", LONDON, datetime(2027, 1, 1, tzinfo=UTC))
    months = [(each.month, each.day) for each in rhythm.coming(datetime(2027, 1, 1, tzinfo=UTC), 12)]
    assert months == [(month, calendar.monthrange(2027, month)[1]) for month in range(1, 13)]


def test_the_examples_in_the_documentation_are_what_the_bot_understands() -> None:
    """Every line of its table is a phrase of ours, read as the line says."""
    page = (Path(__file__).parents[2] / "docs" / "times.md").read_text(encoding="utf-8").partition("\n# Rhythms")[2]
    lines = re.findall(r"^\| `([^`]+)` \| ([^|]+) \|(?: ([^|]+))? \|$", page, re.MULTILINE)
    told: list[tuple[str, str, str]] = []
    for phrase, _words, _first in lines:
        row = next(each for each in ROWS if (each.phrase, each.now, each.zone) == (phrase, SATURDAY, LONDON))
        if row.read():
            rhythm = read_rhythm(phrase, LONDON, SATURDAY)
            told.append((phrase, row.read()[0], show_moment(rhythm.after(SATURDAY), rhythm.zone)))
        else:
            told.append((phrase, "refused", ""))
    assert (told, len(told) >= 20) == (lines, True)


MORE = ["not", "before", "except", "or", "until", "twice", "2", "£5", "noon", "fortnightly", "last", "quarterly"]


@given(st.sampled_from(READ), st.sampled_from(MORE), st.data())
def test_no_word_more_is_ever_ignored(row: Row, word: str, data: st.DataObject) -> None:
    """A phrase that says more than a rhythm is refused, or means another; it is never read as if nothing were said."""
    words = row.phrase.split()
    place = data.draw(st.integers(0, len(words)))
    assert replace(row, phrase=" ".join([*words[:place], word, *words[place:]])).read() != row.meant


DAYS = "0 day days week weekdays month year quarter Tuesday Tuesdays Fri Mon-Fri 15th 31st March monthly daily"
HOURS = "9:00 9 7 25:00 noon midnight morning pm London Paris UTC at"
OTHERS = "every each other first second last two 3 on the of in from and , ½ ٣"
WORDS = [*DAYS.split(), *HOURS.split(), *OTHERS.split()]


@given(st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join) | st.text(max_size=30), zones)
def test_no_text_whatever_breaks_the_reading(written: str, zone: ZoneInfo) -> None:
    """What is not refused has three times to come, in order, and words that mean the same."""
    try:
        rhythm = read_rhythm(written, zone, SATURDAY)
    except Irregular:
        return
    times = rhythm.coming(SATURDAY, 3)
    assert SATURDAY < times[0] < times[1] < times[2]
    assert read_rhythm(rhythm.words, rhythm.zone, SATURDAY).rule == rhythm.rule
