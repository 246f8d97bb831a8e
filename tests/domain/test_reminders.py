"""Leads and reminders: when the bot must ring, also across both changes of the clocks."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.events import Event, EventId, EventState
from bot.domain.leads import Lead
from bot.domain.people import MemberId
from bot.domain.places import ChapterId
from bot.domain.reminders import Reminder, ReminderKind, reminders_of

LONDON = ZoneInfo("Europe/London")
ZONES = [ZoneInfo(name) for name in ("Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC")]
STARTS = datetime(2026, 9, 17, 17, 30, tzinfo=UTC)
EVENT = Event(
    EventId(42),
    ChapterId(1),
    "Evening",
    STARTS,
    "The Crown",
    "",
    None,
    EventState.PUBLISHED,
    2,
    MemberId(1),
)
LEADS = (Lead(days=1), Lead(minutes=120))


def local(text: str) -> datetime:
    """A moment by London's clocks, such as "2026-10-24 18:30", or one that names its offset."""
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=moment.tzinfo or LONDON).astimezone(UTC)


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("1 day", Lead(days=1)),
        ("2 hours", Lead(minutes=120)),
        ("90 minutes", Lead(minutes=90)),
        ("1 week", Lead(days=7)),
        (" 3 DAYS ", Lead(days=3)),
        ("1minute", Lead(minutes=1)),
    ],
)
def test_a_lead_is_read_as_people_write_it(text: str, lead: Lead) -> None:
    """A number and a unit."""
    assert Lead.read(text) == lead


@pytest.mark.parametrize("text", ["", "soon", "0 days", "-1 day", "1.5 days", "1 day 2 hours", "2 months", "9 years"])
def test_what_is_no_lead_is_refused_with_an_example(text: str) -> None:
    """The sentence shows how to write it."""
    with pytest.raises(ValueError, match="write for example “1 day”, “2 hours” or “30 minutes”"):
        Lead.read(text)


@given(st.integers(1, 9999), st.sampled_from(["minute", "hour", "day", "week"]))
def test_a_lead_written_down_reads_the_same(number: int, unit: str) -> None:
    """What is kept and shown of a lead is the lead."""
    lead = Lead.read(f"{number} {unit}")
    if lead.days < 9999 * 7 and lead.minutes < 9999 * 60:
        assert Lead.read(str(lead)) == lead


@pytest.mark.parametrize(
    ("lead", "starts", "rings"),
    [
        ("1 day", "2026-09-17 18:30", "2026-09-16 18:30"),
        ("2 hours", "2026-09-17 18:30", "2026-09-17 16:30"),
        ("1 week", "2026-10-28 18:30", "2026-10-21 18:30"),
        # The clocks go back on 25 October: the day has 25 hours, and two hours have two.
        ("1 day", "2026-10-25 18:30", "2026-10-24 18:30"),
        ("1 day", "2026-10-25 00:30", "2026-10-24 00:30"),
        ("2 hours", "2026-10-25 02:30", "2026-10-25 01:30+01:00"),
        ("24 hours", "2026-10-25 18:30", "2026-10-24 19:30"),
        # They go forward on 29 March: the day has 23 hours, and the hour from one to two does not exist.
        ("1 day", "2026-03-29 18:30", "2026-03-28 18:30"),
        ("2 hours", "2026-03-29 02:30", "2026-03-28 23:30"),
        ("24 hours", "2026-03-29 18:30", "2026-03-28 17:30"),
        ("1 day", "2026-03-30 01:30", "2026-03-29 02:30"),
    ],
)
def test_days_go_by_the_clock_on_the_wall_and_hours_by_the_watch(lead: str, starts: str, rings: str) -> None:
    """“1 day” before half past six is half past six, though the clocks change in between."""
    assert Lead.read(lead).before(local(starts), LONDON) == local(rings)


@given(st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1)), st.sampled_from(ZONES), st.integers(1, 5000))
def test_minutes_are_minutes_in_every_zone_and_hour(moment: datetime, zone: ZoneInfo, minutes: int) -> None:
    """Also from within the hour that comes twice."""
    starts = moment.replace(tzinfo=UTC)
    assert Lead(minutes=minutes).before(starts, zone) == starts - timedelta(minutes=minutes)


@given(st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1)), st.sampled_from(ZONES), st.integers(1, 60))
def test_days_keep_the_hour_on_the_wall_wherever_there_is_such_an_hour(
    moment: datetime, zone: ZoneInfo, days: int
) -> None:
    """Only an hour that the clocks skip is moved, by as much as they jump."""
    starts = moment.replace(tzinfo=UTC)
    wanted = (starts.astimezone(zone) - timedelta(days=days)).replace(tzinfo=None)
    found = Lead(days=days).before(starts, zone).astimezone(zone).replace(tzinfo=None, fold=0)
    exists = wanted.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None, fold=0) == wanted
    assert found == wanted if exists else timedelta(0) < found - wanted <= timedelta(hours=1)


def test_a_published_event_owes_its_leads_and_its_end() -> None:
    """One reminder for each lead, and one when it is over."""
    now = local("2026-09-05 10:00")
    assert reminders_of(EVENT, LONDON, LEADS, now) == (
        Reminder(ReminderKind.EVENT_SOON, EVENT.id, 2, "1 day", local("2026-09-16 18:30")),
        Reminder(ReminderKind.EVENT_SOON, EVENT.id, 2, "2 hours", local("2026-09-17 16:30")),
        Reminder(ReminderKind.EVENT_OVER, EVENT.id, 2, "", local("2026-09-17 21:30")),
    )


@pytest.mark.parametrize(
    ("now", "leads"),
    [
        ("2026-09-16 18:29", ["1 day", "2 hours", ""]),
        ("2026-09-16 18:30", ["2 hours", ""]),
        ("2026-09-17 16:30", [""]),
        ("2026-09-17 20:00", [""]),
    ],
)
def test_what_is_already_past_is_not_made(now: str, leads: list[str]) -> None:
    """Whoever publishes an hour before reminds nobody of tomorrow."""
    assert [reminder.lead for reminder in reminders_of(EVENT, LONDON, LEADS, local(now))] == leads


@pytest.mark.parametrize("state", [EventState.DRAFT, EventState.CANCELLED, EventState.OVER, EventState.DISCARDED])
def test_what_is_not_published_owes_nothing(state: EventState) -> None:
    """Nobody is reminded of a draft, or of what will not happen."""
    assert reminders_of(replace(EVENT, state=state), LONDON, LEADS, local("2026-09-05 10:00")) == ()


def test_a_moved_event_owes_its_reminders_anew() -> None:
    """They carry the new revision, so that the old ones cannot be taken for them."""
    moved = replace(EVENT, starts=STARTS + timedelta(days=7), revision=3)
    made = reminders_of(moved, LONDON, LEADS, local("2026-09-05 10:00"))
    assert [(each.revision, each.due) for each in made] == [
        (3, local("2026-09-23 18:30")),
        (3, local("2026-09-24 16:30")),
        (3, local("2026-09-24 21:30")),
    ]


@pytest.mark.parametrize(
    ("state", "hours", "open_"),
    [
        (EventState.PUBLISHED, -1, True),
        (EventState.PUBLISHED, 2, True),
        (EventState.PUBLISHED, 3, False),
        (EventState.DRAFT, -1, False),
        (EventState.CANCELLED, -1, False),
        (EventState.OVER, -1, False),
    ],
)
def test_people_may_answer_until_the_evening_is_over(state: EventState, hours: int, open_: bool) -> None:
    """Published, and not three hours old."""
    assert replace(EVENT, state=state).open(STARTS + timedelta(hours=hours)) is open_
