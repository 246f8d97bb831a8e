"""Moments: what people write is read right or refused with a sentence, and never read as something else."""

import re
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.moments import (
    FARTHEST,
    Ambiguous,
    Timeless,
    Unreadable,
    away,
    note_of,
    read_moment,
    show_moment,
    write_moment,
)

LONDON = ZoneInfo("Europe/London")
EXAMPLE = "Write the day, month and hour, or for example “tomorrow 7pm” or “first Tuesday of next month 18:30”."
SATURDAY = datetime(2026, 9, 5, 9, 0, tzinfo=UTC)
"""Ten in the morning in London."""
ZONES = [
    *("Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Sydney", "America/Sao_Paulo", "Asia/Kathmandu"),
    *("Pacific/Chatham", "America/St_Johns", "Africa/Casablanca", "Australia/Lord_Howe", "Etc/UTC"),
]
RHYTHMS = "\n# Rhythms"
"""Where the page goes on with what comes again and again."""
DOCS = Path(__file__).parents[2] / "docs" / "times.md"


@dataclass(frozen=True)
class Row:
    """One phrase, when and where it is written, and what it means: one moment, one of several, or none."""

    phrase: str
    now: datetime
    zone: ZoneInfo
    meant: tuple[datetime, ...]

    def read(self) -> tuple[datetime, ...]:
        """What the bot makes of it."""
        try:
            return (read_moment(self.phrase, self.now, self.zone),)
        except Ambiguous as ambiguous:
            return ambiguous.candidates
        except Unreadable:
            return ()


def local(text: str, zone: ZoneInfo = LONDON) -> datetime:
    """A moment by a zone's clocks, such as "2026-10-24 18:30"."""
    wall = datetime.fromisoformat(text)
    return (wall if wall.tzinfo else wall.replace(tzinfo=zone)).astimezone(UTC)


def rows() -> list[Row]:
    """Every phrase of the table."""
    found: list[Row] = []
    for group in tomllib.loads((Path(__file__).parent / "moments.toml").read_text(encoding="utf-8"))["group"]:
        zone = ZoneInfo(group["zone"])
        for phrase, meant in group["phrases"].items():
            texts = [] if meant == "refused" else meant if isinstance(meant, list) else [meant]
            moments = tuple(local(text, zone) for text in texts)
            found.append(Row(phrase, local(group["now"], zone), zone, moments))
    return found


ROWS = rows()
PLAIN = [row for row in ROWS if len(row.meant) == 1]


def test_no_phrase_is_silently_read_as_something_else() -> None:
    """One moment is understood only where that one is meant."""
    wrong = {row.phrase: read for row in ROWS if len(read := row.read()) == 1 and read != row.meant}
    assert (wrong, len(ROWS) >= 150) == ({}, True)


def test_phrases_with_one_meaning_are_nearly_all_read() -> None:
    """At least 95 in 100; these are known to be refused."""
    refused = [row.phrase for row in PLAIN if row.read() != row.meant]
    assert (refused, len(refused) / len(PLAIN) < 0.05) == (["Wed Sep 23 19:00:00 2026"], True)


def test_whoever_may_mean_several_moments_is_asked_with_just_those() -> None:
    """Neither one too few nor one too many is offered, and nothing is offered for what means nothing."""
    unclear = [row for row in ROWS if len(row.meant) != 1]
    assert {row.phrase: row.read() for row in unclear} == {row.phrase: row.meant for row in unclear}


def test_each_of_several_moments_can_be_written_as_the_question_shows_it() -> None:
    """Whoever copies what the question offers is understood."""
    for row in (row for row in ROWS if len(row.meant) > 1):
        with pytest.raises(Ambiguous) as asked:
            read_moment(row.phrase, row.now, row.zone)
        offered = re.findall("“([^”]*)”", str(asked.value).rpartition(" Write ")[2])
        assert tuple(read_moment(text, row.now, row.zone) for text in offered) == row.meant


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("", "“” says no time of day."),
        (
            "first of October 18:30",
            "“first of October 18:30” has words that I do not understand: “first”.",
        ),
        ("hello", "“hello” has words that I do not understand: “hello”."),
        (
            "tomorow at 7pm or so",
            "“tomorow at 7pm or so” has words that I do not understand: “tomorow or so”. Did you mean “tomorrow”?",
        ),
        ("tomorrow", "“tomorrow” says no time of day, only Sunday 6 September 2026."),
        ("September 6pm", "“September 6pm” says a month, but no day of it."),
        ("next week 6pm", "“next week 6pm” says a week, but no day of it."),
        ("last Thursday 6pm", "“last Thursday 6pm” does not say of which month."),
        ("17 Sep 6-9pm", "“17 Sep 6-9pm” says a start and an end: write only when it starts."),
        ("17 Sep 18:30 – 21:00", "“17 Sep 18:30 – 21:00” says a start and an end: write only when it starts."),
        ("17 Sep 18:30, 19:00", "“17 Sep 18:30, 19:00” says more than one time of day."),
        ("every Thursday 18:30", "“every Thursday 18:30” repeats (“every”), but an event starts once."),
        ("31 Sep 18:30", "“31 Sep 18:30” says no day that there is."),
        ("fifth Friday of September 7pm", "There is no such day as “fifth Friday of September 7pm” says."),
        ("17 Sep 24:00", "“17 Sep 24:00” says a time that no clock shows."),
        ("tonight 9am", "“tonight 9am” says tonight, which 09:00 is not."),
        ("9999-12-31 midnight", "“9999-12-31 midnight” is in the year 9999."),
        ("0001-01-01 00:30", "“0001-01-01 00:30” is in the year 1."),
        ("Wed 17 Sep 18:30", "17 September 2026 is a Thursday, but “Wed 17 Sep 18:30” says Wednesday."),
        ("6 Sep 18:30, in 2 days", "6 September 2026 is tomorrow, but “6 Sep 18:30, in 2 days” says otherwise."),
        (
            "28 Mar 2027 01:30",
            "In Europe/London, on Sunday 28 March 2027 the clocks go forward, and 01:30 is skipped.",
        ),
        ("17 Sep 18:30 UTC+15", "“17 Sep 18:30 UTC+15” names a time zone that there is not: utc+15."),
        ("17 Sep 2025 18:30", "Wednesday 17 September 2025, 18:30 BST is in the past."),
        ("17 Sep 2029 18:30", "Monday 17 September 2029, 18:30 BST is more than two years away."),
    ],
)
def test_what_cannot_be_meant_is_refused_with_a_sentence(written: str, sentence: str) -> None:
    """The sentence says what is wrong, and shows how to write it."""
    with pytest.raises(Unreadable) as refused:
        read_moment(written, SATURDAY, LONDON)
    assert str(refused.value) == f"{sentence} {EXAMPLE}"


def test_a_question_names_in_full_what_may_be_meant() -> None:
    """Day, year, hour and zone, and how to write each."""
    with pytest.raises(Ambiguous) as asked:
        read_moment("next Sunday 3pm", SATURDAY, LONDON)
    assert str(asked.value) == (
        "“next Sunday 3pm” may mean Sunday 6 September 2026, 15:00 BST or Sunday 13 September 2026, 15:00 BST. "
        "Write “6 Sep 2026 15:00” or “13 Sep 2026 15:00”."
    )


@pytest.mark.parametrize(
    ("written", "days"),
    [("Thursday", ["2026-09-10"]), ("next Sunday", ["2026-09-06", "2026-09-13"]), ("", []), ("the evening", [])],
)
def test_a_day_without_a_time_is_known_as_one(written: str, days: list[str]) -> None:
    """Whoever can do with a day alone finds it."""
    with pytest.raises(Timeless) as refused:
        read_moment(written, SATURDAY, LONDON)
    assert [day.isoformat() for day in refused.value.days] == days


def test_an_hour_that_comes_twice_is_the_first_of_the_two_and_says_so() -> None:
    """The second is had by naming its zone, and is written with it."""
    first, second = (read_moment(f"25 Oct 2026 01:30{zone}", SATURDAY, LONDON) for zone in ("", " GMT"))
    assert [(show_moment(moment, LONDON), note_of(moment, LONDON)) for moment in (first, second)] == [
        (
            "Sunday 25 October 2026, 01:30 BST",
            "The clocks go back that night: 01:30 comes twice; this is the first.",
        ),
        (
            "Sunday 25 October 2026, 01:30 GMT",
            "The clocks go back that night: 01:30 comes twice; this is the second.",
        ),
    ]
    assert write_moment(second, LONDON) == "Sun 25 Oct 2026 01:30 GMT"


@pytest.mark.parametrize("written", ["2026-10-25 00:59", "2026-10-25 02:00", "2027-03-28 00:59", "2027-03-28 02:00"])
def test_an_hour_that_comes_once_needs_no_note(written: str) -> None:
    """Neither those beside one that comes twice, nor those beside one that is skipped."""
    assert note_of(local(written), LONDON) is None


moments = st.integers(1, FARTHEST // timedelta(minutes=1)).map(lambda minutes: SATURDAY + timedelta(minutes=minutes))
zones = st.sampled_from(ZONES).map(ZoneInfo)


@given(moments, zones)
def test_any_moment_as_the_bot_shows_it_is_read_back_exactly(moment: datetime, zone: ZoneInfo) -> None:
    """In any zone, and in either of the hours when clocks go back."""
    shown = show_moment(moment, zone)
    texts = [shown, f"{shown}, {away(moment, SATURDAY, zone)}", write_moment(moment, zone), moment.isoformat()]
    texts += [f"{moment.astimezone(zone):%Y-%m-%dT%H:%M%z}", f"<t:{moment.timestamp():.0f}:f>"]
    assert [read_moment(text, SATURDAY, zone) for text in texts] == [moment] * len(texts)


FORMS = [
    *("{0:%a} {0.day} {0:%b %Y %H:%M}", "{0:%A %d %B %Y}, {0:%I:%M%p}", "{0:%B} {0.day}, {0:%Y} at {0:%I:%M %p}"),
    *("{0:%H:%M} {0:%d %b %Y}", "{0:%Y-%m-%d %H:%M:%S}", "{0:%Y/%m/%d} {0:%H%M} hrs"),
]
DAY_FIRST = ["{0:%d/%m/%Y %H.%M}", "{0:%d.%m.%Y %H.%M}", "{0.day}/{0.month}/{0:%y %I.%M%p}"]


@given(moments, zones, st.sampled_from([*FORMS, *DAY_FIRST]))
def test_any_moment_written_in_full_is_that_moment(moment: datetime, zone: ZoneInfo, form: str) -> None:
    """Whatever the day and the hour; only New York is asked about a month and a day in numbers."""
    wall = moment.astimezone(zone)
    assume(not wall.fold and (form not in DAY_FIRST or zone.key != "America/New_York"))
    assert read_moment(form.format(wall), SATURDAY, zone) == moment


MORE = ["not", "before", "after", "or", "every", "until", "except", "2", "£5", "room", "twice"]


@given(st.sampled_from(PLAIN), st.sampled_from(MORE), st.data())
def test_no_word_more_is_ever_ignored(row: Row, word: str, data: st.DataObject) -> None:
    """A phrase that says more than a moment is refused, or asked about; it is never read as if it had not been said."""
    words = row.phrase.split()
    place = data.draw(st.integers(0, len(words)))
    written = " ".join([*words[:place], word, *words[place:]])
    assert Row(written, row.now, row.zone, ()).read() != row.meant


DAYS = "17 9 31 29 2026 9999 0001 Sep September Feb Thu Thursday today tomorrow month week days year last next a"
HOURS = "18:30 18.30 7pm 00:00 24:00 am pm noon midnight hours minutes UTC EST +02:00 Z T evening half past quarter to"
ODDS = "2 0 ٣ ½ at on in ago of the - / . , : <t:1789666200> <t:99999999999>"
WORDS = [*DAYS.split(), *HOURS.split(), *ODDS.split()]


@given(st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join) | st.text(max_size=30), zones)
def test_no_text_whatever_is_read_as_a_moment_that_no_event_can_have(written: str, zone: ZoneInfo) -> None:
    """What is not refused is to come, within two years, and on a full minute."""
    for moment in Row(written, SATURDAY, zone, ()).read():
        assert timedelta(0) < moment - SATURDAY <= FARTHEST
        assert (moment.second, moment.microsecond) == (0, 0)


def test_the_examples_in_the_documentation_are_what_the_bot_understands() -> None:
    """Every line of its table is a phrase of ours, read as the line says."""
    page = DOCS.read_text(encoding="utf-8").partition(RHYTHMS)[0]
    now, lines = SATURDAY, re.findall(r"^\| `([^`]+)` \| (.+) \|$", page, re.MULTILINE)
    told: dict[str, str] = {}
    for phrase, _ in lines:
        read = next(row for row in ROWS if (row.phrase, row.now, row.zone) == (phrase, now, LONDON)).read()
        told[phrase] = " or ".join(show_moment(moment, LONDON) for moment in read) or "refused"
        told[phrase] = f"asks: {told[phrase]}" if len(read) > 1 else told[phrase]
    assert (told, len(told) > 20) == (dict(lines), True)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-09-05 23:59", "today"),
        ("2026-09-06 00:01", "tomorrow"),
        ("2026-09-07 09:00", "in 2 days"),
        ("2026-10-25 23:30", "in 50 days"),
        ("2026-09-04 23:59", "yesterday"),
        ("2026-08-31 09:00", "5 days ago"),
    ],
)
def test_how_far_off_something_is_goes_by_the_calendar(moment: str, words: str) -> None:
    """Late tonight is today; just after midnight is tomorrow."""
    assert away(local(moment), SATURDAY, LONDON) == words
