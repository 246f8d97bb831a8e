"""Charts of polls: any script, and words that say the same."""

from io import BytesIO

import pytest
from PIL import Image

from bot.domain.ballots import Tally, result
from bot.domain.people import MemberId
from bot.domain.places import ChapterId
from bot.domain.polls import Choice, ChoiceId, ChoiceState, Poll, PollId, PollKind, PollState, Rules
from bot.features.polls import charts
from bot.features.polls.charting import LONGEST, chart_of, described
from bot.features.polls.charts import Chart

NOBODY_S = "\U000e0fff"
NEW = "\U0001faff"
"""A letter, and an emoji, that no font has."""


def chart(*labels: str, kind: PollKind = PollKind.SINGLE) -> tuple[Poll, Chart]:
    """A closed poll in which each choice has one vote less than the one before."""
    poll = Poll(PollId(1), ChapterId(1), None, "Where $next$?", Rules(kind), PollState.CLOSED, MemberId(1), None, 3)
    choices = [
        Choice(ChoiceId(number), PollId(1), number, label, ChoiceState.OFFERED) for number, label in enumerate(labels)
    ]
    counts = {choice.id: len(labels) - choice.position for choice in choices}
    tally = Tally(counts, sum(counts.values()), {choice.id: 1 for choice in choices[:1]})
    return poll, chart_of(poll, result(poll, choices, tally), tally)


@pytest.mark.parametrize(
    "label",
    [
        "The Crown",
        "مقهى الحديقة",
        "בית קפה",
        "東京駅前の店",
        "서울 식당",
        "🍕🏴󠁧󠁢󠁥󠁮󠁧󠁿👩‍💻",
        "$5 & _^{2} \\frac{",
        "a" * 100,
        "W" * 100,
        NOBODY_S,
    ],
)
def test_any_label_can_be_drawn(label: str) -> None:
    """In a picture of one width, on paper that is the same in light and in dark windows."""
    poll, drawn = chart(label, "Le Truc")
    picture = Image.open(BytesIO(charts.png(drawn))).convert("RGB")
    assert picture.width == 960
    assert picture.getpixel((20, 20)) == (255, 255, 255)
    assert f"{label}" in described(poll, drawn)
    assert not charts.unknown("".join(charts.names(drawn)))


def test_what_no_font_has_is_numbered_and_told_in_words() -> None:
    """Symbols are left out where words remain, and labels that would look the same are told apart."""
    poll, drawn = chart(f"{NOBODY_S} Pub", f"Caf{NOBODY_S}", "The Crown")
    assert list(charts.names(drawn)) == ["Choice 1", "Choice 2", "The Crown"]
    assert f"Caf{NOBODY_S} (in the picture: Choice 2): 2 (33%)" in described(poll, drawn)
    _poll, drawn = chart(f"{NEW} Pizza", NEW, f"{NEW} Tea", "🤷 Tea")
    assert list(charts.names(drawn))[:2] == ["Pizza", "Choice 2"]
    assert len(set(charts.names(drawn))) == 4


def test_a_description_is_never_longer_than_it_may_be() -> None:
    """The foremost are told, and how many more there are; the message has them."""
    poll, drawn = chart(*(f"{number:03} {'x' * 96}" for number in range(100)))
    text = described(poll, drawn)
    assert len(text) <= LONGEST
    assert "more in the message" in text
    assert "And 88 more choices." in text


def test_dates_show_who_can_if_need_be() -> None:
    """As the part of a bar that is hatched, and in words."""
    _poll, drawn = chart("Thu 17 Sep 2026", "Fri 18 Sep 2026", kind=PollKind.DATES)
    assert [(bar.count, bar.whole, bar.words, bar.best) for bar in drawn.bars] == [
        (2, 3, "2 can, 1 if need be", True),
        (1, 1, "1 can", False),
    ]
    assert charts.png(drawn) != charts.png(Chart(drawn.title, drawn.bars[1:], drawn.foot))
