"""Likeness: the same question in other words, and the starter deck, in which no two are alike."""

from itertools import combinations, pairwise

import pytest

from bot.domain.likeness import ALIKE, SAME, VERY_SAME, likeness
from bot.domain.prompts import LONGEST, TAGS, read_tags
from bot.features.prompts.starter import Audience, starters

AGAIN = [
    ("Who has the authority to stop a project?", "Who in our organisation is allowed to kill projects?"),
    ("Who has the authority to stop a project?", "Who may stop projects, and on what authority?"),
    ("Which meeting would you cancel?", "What meetings could we drop?"),
    ("What is the best advice you got from a mentor?", "Which coach gave you the most useful tip?"),
    ("What did you learn from your biggest mistake?", "Which failure taught you the most?"),
    ("How did you get into project management?", "How did you break into project management?"),
    ("Which book do you recommend to new project managers?", "What books would you recommend to a new project lead?"),
    ("How do you plan resources across many projects?", "How do you do resource planning over several projects?"),
]
OTHERS = [
    ("Who has the authority to stop a project?", "Who has the authority to start a project?"),
    ("What is a project?", "What is the one thing that your project needs from its sponsor?"),
    ("Which meeting would you cancel?", "Which report would you stop writing?"),
    ("Where do we meet next?", "What do you do when nobody comes?"),
    ("What are you reading?", "What are you cooking?"),
]
VERBATIM = [
    ("Who has the authority to stop a project?", "who has the authority, to stop a project"),
    ("It’s late: what now?", "It's late -- what now?"),
]
SPELT = [
    ("What did you learnt this week?", "What did you learn this week?"),
    ("Who may stop projcets?", "Who may stop projects?"),
    ("Which resource do you miss?", "Which resources do you miss?"),
]
TURNED = [
    ("A PMO should coach projects.", "A PMO should not coach projects."),
    ("A PMO can coach projects.", "A PMO can't coach projects."),
    ("Why do people leave your team in the first year?", "When do people leave your team in the first year?"),
    ("What can we learn from you?", "What can you learn from us?"),
    ("Do projects need managers?", "Do managers need projects?"),
    ("Should tools be centralised in one office?", "Should tools be decentralised in one office?"),
    ("Who is able to stop a project?", "Who is unable to stop a project?"),
    ("What does an employer owe us?", "What does an employee owe us?"),
    ("Whom would you hire first?", "Whom would you fire first?"),
    ("Are 5 people enough?", "Are 6 people enough?"),
    ("Is C++ worth it?", "Is C# worth it?"),
    ("What are we for?", "What are we not for?"),
    ("项目经理应该管理项目", "项目经理不应该管理项目"),
]


@pytest.mark.parametrize(("one", "other"), AGAIN)
def test_the_same_in_other_words_is_noticed(one: str, other: str) -> None:
    """Synonyms, inflections and another order; yet it is not taken to be the very same."""
    assert ALIKE <= likeness(one, other) < SAME
    assert likeness(other, one) >= ALIKE


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_another_question_is_another(one: str, other: str) -> None:
    """Some words in common are no likeness."""
    assert likeness(one, other) < ALIKE


@pytest.mark.parametrize(("one", "other"), VERBATIM)
def test_case_and_punctuation_make_no_new_question(one: str, other: str) -> None:
    """It is there word for word."""
    assert likeness(one, other) == VERY_SAME


@pytest.mark.parametrize(("one", "other"), SPELT)
def test_a_slip_of_the_pen_makes_no_new_question(one: str, other: str) -> None:
    """A letter more or less, or two that changed places: the same, though not word for word."""
    assert SAME <= likeness(one, other) < VERY_SAME
    assert SAME <= likeness(other, one) < VERY_SAME


@pytest.mark.parametrize(("one", "other"), TURNED)
def test_a_question_that_is_turned_round_is_another(one: str, other: str) -> None:
    """By a “not”, the word it asks with, who does what to whom, a number, or the letters a word begins or ends with."""
    assert likeness(one, other) < SAME
    assert likeness(other, one) < SAME


def test_the_starter_deck_holds_sixty_good_questions_and_more() -> None:
    """Short enough, with a tag, for both audiences, some of them statements; no two ask the same."""
    deck = starters()
    assert len(deck) >= 60
    assert all(len(each.text) <= LONGEST and each.text.endswith("." if each.stance else ("?", ".")) for each in deck)
    assert all(each.text.endswith(".") == each.stance or "?" in each.text for each in deck)
    assert {each.audience for each in deck} == {Audience.PROJECTS, Audience.EVERYBODY}
    assert len([each for each in deck if each.stance]) >= 8
    alike = [(one.text, other.text) for one, other in combinations(deck, 2) if likeness(one.text, other.text) >= ALIKE]
    assert alike == []


def test_themes_take_turns() -> None:
    """Two evenings in a row are never about the same."""
    tags = [each.tag for each in starters()]
    assert all(one != other for one, other in pairwise(tags))


def test_tags_are_read_as_people_write_them() -> None:
    """With commas or hashes, in any case, each once; too many or an endless one are refused."""
    assert read_tags("#Stopping, money;  MONEY ,,") == ("stopping", "money")
    with pytest.raises(ValueError, match=f"room for {TAGS}"):
        read_tags("a,b,c,d,e,f")
    with pytest.raises(ValueError, match="room for 30"):
        read_tags("x" * 31)
