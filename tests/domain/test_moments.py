"""Moments: what people write is read right or refused with a sentence, and never read as something else."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.moments import FARTHEST, Unreadable, away, read_moment, show_moment

LONDON = ZoneInfo("Europe/London")
EXAMPLE = "Write it for example as “Thu 17 Sep 18:30”, “tomorrow 7pm” or “2026-09-17 18:30”."
SATURDAY = datetime(2026, 9, 5, 9, 0, tzinfo=UTC)
"""Ten in the morning in London."""


def local(text: str) -> datetime:
    """A moment by London's clocks, such as "2026-10-24 18:30"."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Thu 17 Sep 18:30", "2026-09-17 18:30"),
        ("Thurs 17 Sep 18:30", "2026-09-17 18:30"),
        ("Thursday, 17 September 2026, 18:30", "2026-09-17 18:30"),
        ("  17 SEP 18:30  ", "2026-09-17 18:30"),
        ("17th of September at 6.30pm", "2026-09-17 18:30"),
        ("September 17 6:30 pm", "2026-09-17 18:30"),
        ("18:30 17 Sep", "2026-09-17 18:30"),
        ("17 Sep 18.30", "2026-09-17 18:30"),
        ("17.9. 18:30", "2026-09-17 18:30"),
        ("17.09. 18.30", "2026-09-17 18:30"),
        ("17.09.2026 18.30", "2026-09-17 18:30"),
        ("17/9 7pm", "2026-09-17 19:00"),
        ("17-09-26 18:30", "2026-09-17 18:30"),
        ("2026-09-17 18:30", "2026-09-17 18:30"),
        ("2026-09-17T18:30:45", "2026-09-17 18:30"),
        ("2026/10/09 18:30", "2026-10-09 18:30"),
        ("5/6 7pm", "2027-06-05 19:00"),
        ("1 Sep 18:30", "2027-09-01 18:30"),
        ("29 Feb 18:30", "2028-02-29 18:30"),
        ("today 18:30", "2026-09-05 18:30"),
        ("18:30", "2026-09-05 18:30"),
        ("18:30 hours", "2026-09-05 18:30"),
        ("9:00", "2026-09-06 09:00"),
        ("tomorrow 7pm", "2026-09-06 19:00"),
        ("tomorrow at noon", "2026-09-06 12:00"),
        ("17 Sep 12am", "2026-09-17 00:00"),
        ("17 Sep 12pm", "2026-09-17 12:00"),
        ("tue 18:30", "2026-09-08 18:30"),
        ("Tues 18:30", "2026-09-08 18:30"),
        ("next Thursday 18:30", "2026-09-10 18:30"),
        ("in 2 hours", "2026-09-05 12:00"),
        ("in 3 days at 6pm", "2026-09-08 18:00"),
        ("in a month 5pm", "2026-10-05 17:00"),
        ("17 Sep 18:30 BST", "2026-09-17 18:30"),
        ("30 Oct 18:30 GMT", "2026-10-30 18:30"),
    ],
)
def test_what_people_write_is_read_as_they_mean_it(written: str, meant: str) -> None:
    """Day before month, by the clocks of the chapter, and always to come."""
    assert read_moment(written, SATURDAY, LONDON) == local(meant)


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("", "“” says no time of day."),
        ("hello", "“hello” says no time of day."),
        ("tomorrow", "“tomorrow” says no time of day."),
        ("17 Sep", "“17 Sep” says no time of day."),
        ("17 Sep at 7", "“17 Sep at 7” says no time of day."),
        ("17 Sep 6-9pm", "“17 Sep 6-9pm” says no time of day."),
        ("17 Sep 18:30 to 21:00", "“17 Sep 18:30 to 21:00” says more than one time of day."),
        ("17 Sep, doors 18:00, start 18:30", "“17 Sep, doors 18:00, start 18:30” says more than one time of day."),
        ("17 Sep 18:30-21:00", "“17 Sep 18:30-21:00” could not be read as a date and a time."),
        ("Thursday week 18:30", "“Thursday week 18:30” could not be read as a date and a time."),
        ("31 Sep 18:30", "“31 Sep 18:30” could not be read as a date and a time."),
        ("29 Feb 2027 18:30", "“29 Feb 2027 18:30” could not be read as a date and a time."),
        ("17 Sep 24:00", "“17 Sep 24:00” could not be read as a date and a time."),
        ("tomorrow 24:00", "“tomorrow 24:00” could not be read as a date and a time."),
        ("17 Sep 18:75", "“17 Sep 18:75” could not be read as a date and a time."),
        ("17 Sep 13pm", "“17 Sep 13pm” could not be read as a date and a time."),
        ("99999-09-17 18:30", "“99999-09-17 18:30” could not be read as a date and a time."),
        ("31 Dec 9999 18:30", "“31 Dec 9999 18:30” is in the year 9999."),
        ("1 Jan 0001 00:30", "“1 Jan 0001 00:30” is in the year 1."),
        ("Wed 17 Sep 18:30", "17 September 2026 is a Thursday, but “Wed 17 Sep 18:30” says Wed."),
        ("28 Mar 2027 01:30", "The clocks in Europe/London skip that hour on that day."),
        ("17 Sep 18:30 UTC", "“17 Sep 18:30 UTC” names another time zone: write it by the clocks in Europe/London."),
        ("17 Sep 18:30 EST", "“17 Sep 18:30 EST” names another time zone: write it by the clocks in Europe/London."),
        (
            "2026-09-17T18:30+02:00",
            "“2026-09-17T18:30+02:00” names another time zone: write it by the clocks in Europe/London.",
        ),
        ("17 Sep 2025 18:30", "Wednesday 17 September 2025, 18:30 BST is in the past."),
        ("yesterday 18:30", "Friday 4 September 2026, 18:30 BST is in the past."),
        ("today 10:00", "Saturday 5 September 2026, 10:00 BST is in the past."),
        ("17 Sep 2029 18:30", "Monday 17 September 2029, 18:30 BST is more than two years away."),
    ],
)
def test_what_cannot_be_meant_is_refused_with_a_sentence(written: str, sentence: str) -> None:
    """The sentence says what is wrong, and shows how to write it."""
    with pytest.raises(Unreadable) as refused:
        read_moment(written, SATURDAY, LONDON)
    assert str(refused.value) == f"{sentence} {EXAMPLE}"


def test_an_hour_that_comes_twice_is_the_first_of_the_two() -> None:
    """The preview names the zone, so whoever meant the second one sees it."""
    moment = read_moment("25 Oct 2026 01:30", SATURDAY, LONDON)
    assert (moment, show_moment(moment, LONDON)) == (
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        "Sunday 25 October 2026, 01:30 BST",
    )


def test_each_chapter_goes_by_its_own_clocks() -> None:
    """The same words mean another moment in another city."""
    kolkata = ZoneInfo("Asia/Kolkata")
    assert read_moment("17 Sep 18:30", SATURDAY, kolkata) == datetime(2026, 9, 17, 13, 0, tzinfo=UTC)
    assert read_moment("today 15:00", SATURDAY, kolkata) == datetime(2026, 9, 5, 9, 30, tzinfo=UTC)


@given(
    st.datetimes(datetime(2026, 9, 6), datetime(2028, 8, 30)),
    st.sampled_from(
        ["{0:%a} {0.day} {0:%b %Y %H:%M}", "{0:%d/%m/%Y %H.%M}", "{0:%Y-%m-%d %H:%M}", "{0:%A %d %B %Y}, {0:%I:%M%p}"]
    ),
)
def test_any_moment_written_in_full_is_that_moment_or_refused(wall: datetime, form: str) -> None:
    """Whatever the day and the hour; only an hour that the clocks skip is refused."""
    wall = wall.replace(second=0, microsecond=0)
    expected = wall.replace(tzinfo=LONDON).astimezone(UTC)
    if expected.astimezone(LONDON).replace(tzinfo=None) == wall:
        assert read_moment(form.format(wall), SATURDAY, LONDON) == expected
    else:
        with pytest.raises(Unreadable, match="skip that hour"):
            read_moment(form.format(wall), SATURDAY, LONDON)


DAYS = "17 9 31 29 2026 9999 0001 Sep September Feb Thu Thursday today tomorrow month week days year last next"
HOURS = "18:30 18.30 7pm 00:00 24:00 am pm noon midnight hours minutes UTC EST +02:00 Z T"
ODDS = "2 0 ٣ ½ at on in ago of the - / . , :"
WORDS = [*DAYS.split(), *HOURS.split(), *ODDS.split()]


@given(st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join) | st.text(max_size=30))
def test_no_text_whatever_is_read_as_a_moment_that_no_event_can_have(written: str) -> None:
    """What is not refused is to come, within two years, on a full minute, and at the hour that was written."""
    try:
        moment = read_moment(written, SATURDAY, LONDON)
    except Unreadable:
        return
    assert timedelta(0) < moment - SATURDAY <= FARTHEST
    assert (moment.second, moment.microsecond) == (0, 0)
    if hour := re.search(r"(?<![\d+:])(\d\d):(\d\d)", written):
        assert f"{moment.astimezone(LONDON):%H:%M}" == hour[0]


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-09-05 23:59", "today"),
        ("2026-09-06 00:01", "tomorrow"),
        ("2026-09-07 09:00", "in 2 days"),
        ("2026-10-25 23:30", "in 50 days"),
    ],
)
def test_how_far_off_something_is_goes_by_the_calendar(moment: str, words: str) -> None:
    """Late tonight is today; just after midnight is tomorrow."""
    assert away(local(moment), SATURDAY, LONDON) == words
