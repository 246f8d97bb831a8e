"""Examples: what the bot itself shows as an example can be written as it stands, on any day of any year."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain import sayings, wording
from bot.domain.leads import Lead
from bot.domain.moments import read_moment
from bot.domain.occasions import read_occasion, split
from bot.domain.rhythms import read_rhythm
from bot.domain.starts import read_start
from bot.features import COMMANDS

LONDON = ZoneInfo("Europe/London")
FIRST = datetime(2026, 1, 1, tzinfo=UTC).date()
TIMES = [
    datetime.combine(FIRST + timedelta(days=day), time(23, 59) if day % 2 else time(), LONDON) for day in range(2 * 365)
]
"""The first minute of a day and the last of the next, for two years: each date and weekday has both in its turn."""

Reader = Callable[[str, datetime], object]


def moment(text: str, now: datetime) -> object:
    """Read as a moment."""
    return read_moment(text, now, LONDON)


def rhythm(text: str, now: datetime) -> object:
    """Read as a rhythm."""
    return read_rhythm(text, LONDON, now)


def start(text: str, now: datetime) -> object:
    """Read as the start of an event."""
    return read_start(text, now, LONDON)


def occasion(text: str, now: datetime) -> object:
    """Read as when a reminder is."""
    return read_occasion(text, LONDON, now, {})


def reminder(text: str, now: datetime) -> object:
    """Read as a reminder that says when it is."""
    return split(text, LONDON, now, {})


def leads(text: str, now: datetime) -> object:
    """Read as how long before an event reminders ring, which is the same on any day."""
    return Lead.several(text)


READERS: dict[str, Reader] = {
    "starts": start,
    "ends": moment,
    "answer_by": moment,
    "until": moment,
    "opens": moment,
    "every": rhythm,
    "rhythm": rhythm,
    "when": occasion,
    "what": reminder,
    "reminders": leads,
    "before": leads,
}
"""How an answer is read, by the parameter's name."""
WORDS = {"usual", "off", "Book the back room", "Anything about food or access?", "when can you?"}
"""What is quoted and says nothing of time."""


def examples() -> list[tuple[str, Reader]]:
    """Every example that a question's hint or a refusal shows, with how it is read."""
    texts = [(wording.EXAMPLE, start), (sayings.EXAMPLE, rhythm)]
    quoted = [(example, reader) for text, reader in texts for example in re.findall("“(.+?)”", text)]
    for command in COMMANDS:
        for parameter in command.parameters:
            found = set(re.findall("“(.+?)”", parameter.ask.hint)) - WORDS
            quoted += [(example, READERS[parameter.name]) for example in found]
    return sorted(set(quoted), key=lambda each: (each[0], each[1].__name__))


@pytest.mark.parametrize(("example", "read"), examples())
def test_an_example_can_be_written_as_it_stands_whenever_it_is_shown(example: str, read: Reader) -> None:
    """It is no question and no refusal, and not over yet."""
    refused: list[tuple[datetime, str]] = []
    for now in TIMES:
        try:
            read(example, now.astimezone(UTC))
        except ValueError as error:
            refused.append((now, str(error)))
    assert refused == []
