"""Dates to choose from: read as people write them, and written so that they read back the same."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.dates import read_dates
from bot.domain.moments import Unreadable

LONDON = ZoneInfo("Europe/London")
NOW = datetime.fromisoformat("2026-09-05T10:00:00+01:00")


def test_dates_are_echoed_in_their_order_and_read_back_the_same() -> None:
    """With an hour or without one; an hour that comes twice that night says which it is."""
    entries = read_dates(["25 Oct 01:30 GMT", "next Friday 7pm", "17 Sep", "Thu 17 Sep, time TBA"], NOW, LONDON, {})
    labels = [entry.label for entry in entries]
    assert labels == ["Fri 11 Sep 2026 19:00", "Thu 17 Sep 2026", "Thu 17 Sep 2026", "Sun 25 Oct 2026 01:30 GMT"]
    assert read_dates(labels, NOW, LONDON, {}) == entries


def test_a_date_that_is_known_may_have_passed() -> None:
    """A poll that is changed keeps the dates it has."""
    entries = read_dates(["Fri 11 Sep 2026 19:00"], NOW, LONDON, {})
    known = {entry.label: entry.start for entry in entries if entry.start is not None}
    later = datetime.fromisoformat("2027-01-01T10:00:00+00:00")
    assert read_dates(list(known), later, LONDON, known) == entries


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("TBA", "no date that people could say yes or no to"),
        ("4 Sep 2026 18:00", "is in the past"),
        ("The Crown", "words that I do not understand"),
        ("31 Feb 18:00", "31"),
    ],
)
def test_what_is_no_date_is_told_so(text: str, sentence: str) -> None:
    """In a sentence that shows how to write one."""
    with pytest.raises(Unreadable, match=sentence):
        read_dates([text], NOW, LONDON, {})
