"""Polls: one ballot box, two platforms, and a result that everybody can check."""

import csv
from io import StringIO

import pytest

from tests.scenarios.rig import Rig
from tests.scenarios.seen import Seen

PUBS = "Le Truc | The Crown | Somewhere new"


async def ask(rig: Rig, question: str = "Where next?", choices: str = PUBS, **settings: str) -> Seen:
    """Ada asks in one line."""
    said = await rig.here.slash("Ada Lovelace", "poll ask", question=question, choices=choices, **settings)
    assert f"{question} is posted in #london on " in said.words, said.words
    await rig.settle()
    return said


async def cards(rig: Rig) -> list[Seen]:
    """The card as it stands on both platforms, which is the same."""
    await rig.settle()
    return [hands.channel("london")[-1] for hands in (rig.here, rig.there)]


async def test_a_poll_asked_in_one_line_is_posted_on_both_platforms(rig: Rig) -> None:
    """With a button for each choice, and a sentence that says who can see what."""
    await ask(rig)
    for card in await cards(rig):
        assert card.words.splitlines()[0] == "Where next?"
        assert list(card.buttons) == ["Le Truc", "The Crown", "Somewhere new", "My ballot"]
        assert "Only counts are shown here; organisers can look up who chose what." in card.words
        assert "Nobody has voted." in card.words


async def test_two_platforms_share_one_ballot_box(rig: Rig) -> None:
    """Whoever presses where, both cards count the same, and everybody has a receipt."""
    await ask(rig, until="Fri 11 Sep 18:00")
    receipt = await rig.here.press("Grace Hopper", "The Crown", on="london")
    assert receipt.words == "You chose The Crown; you can change it until Friday 11 September 2026, 18:00 BST."
    await rig.there.press("Alan Turing", "The Crown", on="london")
    await rig.there.press("Mary Seacole", "Le Truc", on="london")
    for card in await cards(rig):
        assert card.fact("The Crown") == "2 (67%) ██████████"
        assert card.fact("Le Truc") == "1 (33%) █████"
        assert (card.fact("Somewhere new") or "").strip() == "0 (0%)"
        assert "3 people have voted." in card.words
    changed = await rig.here.press("Grace Hopper", "Le Truc", on="london")
    assert changed.words.startswith("You chose Le Truc;")
    withdrawn = await rig.here.press("Grace Hopper", "Withdraw my vote")
    assert withdrawn.words.startswith("You have not voted; you can until")
    for card in await cards(rig):
        assert card.fact("The Crown") == "1 (50%) ██████████"
        assert "2 people have voted." in card.words


async def test_a_poll_closes_at_its_deadline_and_tells_its_result_once(rig: Rig) -> None:
    """In the card's thread on both platforms, with the winner in words; late votes are told so."""
    await ask(rig, until="Fri 11 Sep 18:00")
    await rig.here.press("Grace Hopper", "The Crown", on="london")
    await rig.wait_until("2026-09-11 17:59")
    assert rig.here.thread("london") == []
    await rig.wait_until("2026-09-11 18:01")
    await rig.restart()
    await rig.settle()
    for hands in (rig.here, rig.there):
        result, picture = hands.thread("london")
        assert result.words.splitlines()[0] == "Where next? is closed. The Crown wins with 1 vote."
        counts = "The Crown: 1 (100%); Le Truc: 0 (0%); Somewhere new: 0 (0%)"
        assert picture.pictures == [f"Bars for “Where next?”. {counts}. 1 person has voted."]
    for card in await cards(rig):
        assert card.buttons == {}
        assert card.words.splitlines()[1] == "The Crown wins with 1 vote."
        assert card.words.endswith("This poll is closed.")
    late = await rig.there.forge("Mary Seacole", "vote?poll=1&choice=1&on=1")
    assert late.words.startswith("Where next? is closed and takes no votes any more; nothing was changed.")


async def test_a_tie_is_told_as_a_tie(rig: Rig) -> None:
    """Closed by hand; reopened, it takes votes again, and its next result is told as well."""
    await ask(rig)
    await rig.here.press("Grace Hopper", "The Crown", on="london")
    await rig.there.press("Alan Turing", "Le Truc", on="london")
    closed = await rig.here.slash("Ada Lovelace", "poll close", poll="Where next?")
    assert closed.words == "Where next? is closed, and its result is posted."
    await rig.settle()
    result, _picture = rig.there.thread("london")
    assert "It is a tie between Le Truc and The Crown, with 1 vote each." in result.words
    again = await rig.here.slash("Ada Lovelace", "poll close", poll="1")
    assert again.words == "Where next? is closed already."
    await rig.here.slash("Ada Lovelace", "poll reopen", poll="Where next?")
    await rig.settle()
    await rig.here.press("Mary Seacole", "The Crown", on="london")
    await rig.here.slash("Ada Lovelace", "poll close", poll="Where next?")
    await rig.settle()
    assert "The Crown wins with 2 votes." in rig.there.thread("london")[-2].words


async def test_a_form_shows_a_preview_before_anything_is_posted(rig: Rig) -> None:
    """A command that lacks the question asks for everything; settings come after."""
    form = await rig.here.slash("Ada Lovelace", "poll ask")
    assert list(form.questions) == ["question", "choices", "kind", "ballots", "results"]
    preview = await rig.here.fill("Ada Lovelace", question="Food?", choices="Pizza\nCurry", kind="Several choices")
    assert "nothing is posted yet" in preview.words
    assert rig.here.channel("london") == []
    settings = await rig.here.press("Ada Lovelace", "Settings")
    assert settings.questions, settings.words
    await rig.here.fill("Ada Lovelace", until="Fri 11 Sep 18:00", most="1", quorum="2")
    posted = await rig.here.press("Ada Lovelace", "Post")
    assert posted.words.startswith("Food? is posted in #london on ")
    for card in await cards(rig):
        assert "Choose up to 1. It counts if at least 2 vote." in card.words
        assert "Nobody has voted; at least 2 are needed." in card.words


async def test_several_choices_are_set_and_taken_off_one_by_one(rig: Rig) -> None:
    """A press sets and never toggles; the private ballot shows what is on it, and takes it off."""
    await ask(rig, kind="several", most="2")
    await rig.here.press("Grace Hopper", "Le Truc", on="london")
    twice = await rig.here.press("Grace Hopper", "Le Truc", on="london")
    assert twice.words.startswith("You chose Le Truc;")
    both = await rig.here.press("Grace Hopper", "The Crown", on="london")
    assert both.words.startswith("You chose Le Truc, The Crown;")
    assert list(both.buttons) == ["✓ Le Truc", "✓ The Crown", "Somewhere new"]
    refused = await rig.here.press("Grace Hopper", "Somewhere new", on="london")
    assert refused.words.startswith("You may choose up to 2: withdraw one first. You chose Le Truc, The Crown;")
    await rig.here.press("Grace Hopper", "✓ Le Truc")
    mine = await rig.here.slash("Grace Hopper", "poll mine")
    assert mine.words.splitlines() == ["Your votes", "Where next? (open): The Crown"]
    for card in await cards(rig):
        assert card.fact("The Crown") == "1 (100%) ██████████"
        assert "1 person has voted." in card.words


async def test_a_table_with_room_for_one_takes_one(rig: Rig) -> None:
    """Whoever comes second is told, and gets the seat when it is free."""
    await ask(rig, room="1")
    await rig.here.press("Grace Hopper", "The Crown", on="london")
    full = await rig.there.press("Alan Turing", "The Crown", on="london")
    assert full.words.startswith("The Crown is full, so nothing was changed. You have not voted;")
    await rig.here.press("Grace Hopper", "Le Truc", on="london")
    assert (await rig.there.press("Alan Turing", "The Crown", on="london")).words.startswith("You chose The Crown;")


async def test_results_can_wait_for_ones_own_vote(rig: Rig) -> None:
    """The card tells nothing but the turnout; whoever votes, or abstains to see them, is shown them in private."""
    await ask(rig, results="voted")
    first = await rig.here.press("Grace Hopper", "The Crown", on="london")
    assert first.fact("The Crown") == "1 (100%) ██████████"
    shown = await rig.there.press("Alan Turing", "Abstain and show me", on="london")
    assert shown.words.startswith("You abstained;")
    assert shown.fact("The Crown") == "1 (50%) ██████████"
    for card in await cards(rig):
        assert "%" not in card.words
        assert "2 people have voted, of whom 1 abstained." in card.words
        assert list(card.buttons)[-2:] == ["Abstain and show me", "My ballot"]


async def test_names_are_shown_only_where_the_ballot_says_so(rig: Rig) -> None:
    """Beside what they chose, in the order of the alphabet."""
    await ask(rig, ballots="names")
    await rig.there.press("Mary Seacole", "The Crown", on="london")
    await rig.here.press("Grace Hopper", "The Crown", on="london")
    for card in await cards(rig):
        assert "Grace Hopper, Mary Seacole" in card.words
        assert "Everybody can see who chose what." in card.words
    await ask(rig, "Again?")
    await rig.here.press("Grace Hopper", "The Crown", on="london")
    for card in await cards(rig):
        assert "Grace" not in card.words


async def test_a_secret_ballot_can_be_changed_and_is_known_after_a_restart(rig: Rig) -> None:
    """The key is kept, so nobody votes twice; `/poll mine` still tells one's own."""
    await ask(rig, ballots="secret")
    await rig.here.press("Grace Hopper", "The Crown", on="london")
    await rig.restart()
    await rig.here.press("Grace Hopper", "Le Truc", on="london")
    for card in await cards(rig):
        assert card.fact("Le Truc") == "1 (100%) ██████████"
        assert "1 person has voted." in card.words
        assert "Secret: nobody can look up who chose what, organisers included." in card.words
    mine = await rig.here.slash("Grace Hopper", "poll mine")
    assert "Where next? (open): Le Truc" in mine.words


async def test_yes_or_no_and_a_scale_need_no_choices(rig: Rig) -> None:
    """They bring their own; the middle answer of a scale is told at its close."""
    await ask(rig, "Shall we?", "", kind="yes or no")
    for card in await cards(rig):
        assert list(card.buttons) == ["Yes", "No", "Abstain", "My ballot"]
    await ask(rig, "How was it?", "", kind="scale")
    await rig.here.press("Grace Hopper", "2", on="london")
    await rig.there.press("Alan Turing", "5", on="london")
    await rig.there.press("Mary Seacole", "4", on="london")
    await rig.here.slash("Ada Lovelace", "poll close", poll="How was it?")
    for card in await cards(rig):
        assert card.words.splitlines()[1] == "The middle answer is 4."


async def test_a_hundred_choices_are_menus_and_nothing_is_cut_off(rig: Rig) -> None:
    """Every choice can be picked on both platforms; the card shows the foremost and counts the rest."""
    await ask(rig, choices=" | ".join(f"Talk number {number}" for number in range(1, 101)))
    for card in await cards(rig):
        assert len(card.options) == 100
        assert "And 75 more choices, with 0 votes together." in card.words
    picked = await rig.here.press("Grace Hopper", "Talk number 97", on="london")
    assert picked.words.startswith("You chose Talk number 97;")
    for card in await cards(rig):
        assert card.fact("Talk number 97") == "1 (100%) ██████████"


async def test_long_choices_are_numbered_on_their_buttons_and_whole_on_the_card(rig: Rig) -> None:
    """So that two which begin alike can be told apart."""
    same = "A very long name of a pub that begins like another one and only ends in its own way"
    alike = [f"{same}: A", f"{same}: B"]
    await ask(rig, choices=" | ".join(alike))
    for card in await cards(rig):
        assert [label[:3] for label in list(card.buttons)[:2]] == ["1. ", "2. "]
        assert all(label in card.words for label in alike)


async def test_members_ask_where_their_chapter_allows_it(rig: Rig) -> None:
    """And close their own, but nobody else's."""
    no = "Only organisers can do that. /organiser list shows who they are."
    asked = {"question": "Lunch?", "choices": "Yes | No"}
    assert (await rig.here.slash("Grace Hopper", "poll ask", **asked)).words == no
    await rig.here.slash("Ada Lovelace", "poll allow", members="1")
    assert "is posted" in (await rig.here.slash("Grace Hopper", "poll ask", **asked)).words
    await ask(rig)
    assert (await rig.here.slash("Grace Hopper", "poll close", poll="2")).words == no
    closed = await rig.here.slash("Grace Hopper", "poll close", poll="1")
    assert closed.words == "Lunch? is closed, and its result is posted."


@pytest.mark.parametrize("platform", ["slack"])
@pytest.mark.parametrize(
    "line", ['"Where next?" "Le Truc" "The Crown"', "“Where next?” “Le Truc” “The Crown”"], ids=["straight", "curly"]
)
async def test_on_slack_quotes_are_enough(rig: Rig, line: str) -> None:
    """Whatever quotes a telephone makes of them."""
    said = await rig.here.slash("Ada Lovelace", f"poll {line}")
    assert said.words.startswith("Where next? is posted in #london on ")
    for card in await cards(rig):
        assert list(card.buttons) == ["Le Truc", "The Crown", "My ballot"]


async def test_members_add_choices_where_they_may(rig: Rig) -> None:
    """At once, or once whoever asked has approved; the same one is not added twice."""
    await ask(rig, additions="approved")
    await rig.there.press("Grace Hopper", "Add a choice", on="london")
    proposed = await rig.there.fill("Grace Hopper", choice="The Anchor")
    assert proposed.words == "The Anchor is proposed; it can be chosen once it is approved."
    for card in await cards(rig):
        assert "The Anchor" not in card.words
    (told,) = rig.here.direct("Ada Lovelace")
    assert told.words == "Somebody proposes The Anchor as a choice for Where next?."
    await rig.here.press("Ada Lovelace", "Approve", on="direct")
    await rig.there.press("Grace Hopper", "Add a choice", on="london")
    assert "“the anchor” is there twice." in (await rig.there.fill("Grace Hopper", choice="the anchor")).words
    for card in await cards(rig):
        assert "The Anchor" in card.buttons
    assert (await rig.here.press("Mary Seacole", "The Anchor", on="london")).words.startswith("You chose The Anchor;")


async def test_open_answers_come_from_members_and_stand_in_the_order_of_their_support(rig: Rig) -> None:
    """A poll that begins with no choice at all; whoever adds one has not voted for it yet."""
    await ask(rig, "What shall we read?", "", kind="answers")
    for hands, title in ((rig.here, "Dune"), (rig.there, "Emma"), (rig.here, "Ulysses")):
        await hands.press("Grace Hopper", "Add a choice", on="london")
        added = await hands.fill("Grace Hopper", choice=title)
        assert added.words == f"{title} can be chosen now."
        await rig.settle()
    await rig.here.press("Alan Turing", "Ulysses", on="london")
    await rig.there.press("Mary Seacole", "Ulysses", on="london")
    await rig.there.press("Mary Seacole", "Emma", on="london")
    for card in await cards(rig):
        titles = [line.split(maxsplit=1)[0].strip(":") for line in card.words.splitlines()[1:4]]
        assert titles == ["Ulysses", "Emma", "Dune"]
        assert "Add your own answer, and support those of others." in card.words


@pytest.mark.parametrize("ballots", ["counts", "secret"])
async def test_an_organiser_gets_the_result_as_files_that_keep_what_the_ballot_promises(rig: Rig, ballots: str) -> None:
    """Names only where it says that organisers can look them up, and nothing while results are hidden."""
    await ask(rig, ballots=ballots, results="close")
    await rig.here.press("Grace Hopper", "The Crown", on="london")
    hidden = await rig.here.slash("Ada Lovelace", "poll export", poll="Where next?")
    assert hidden.words == "The results of Where next? are hidden until it is closed."
    await rig.here.slash("Ada Lovelace", "poll close", poll="Where next?")
    await rig.here.slash("Ada Lovelace", "poll export", poll="Where next?")
    files = await rig.here.files("Ada Lovelace", 2)
    rows = list(csv.reader(StringIO(files["poll-1.csv"].decode("utf-8-sig"), newline="")))
    named = [["voters"], [""], ["Grace Hopper"], [""]] if ballots == "counts" else [[]] * 4
    counts = [["choice", "votes", "percent of voters"], ["Le Truc", "0", "0"], ["The Crown", "1", "100"]]
    assert rows == [row + names for row, names in zip([*counts, ["Somewhere new", "0", "0"]], named, strict=True)]


async def test_members_of_a_chapter_whose_vote_is_missing_are_nudged_as_far_as_they_are_known(rig: Rig) -> None:
    """Each once, where they are told things; where everyone there may vote, nobody is known."""
    for hands, name in ((rig.here, "Grace Hopper"), (rig.there, "Mary Seacole")):
        await hands.slash(name, "chapter join")
    await ask(rig)
    await rig.there.press("Mary Seacole", "Le Truc", on="london")
    nudged = await rig.here.slash("Ada Lovelace", "poll nudge", poll="Where next?")
    assert nudged.words == (
        "Reminded of Where next?: 1. These are members of London; others in its channels may vote as well, and I do "
        "not know them."
    )
    await rig.settle()
    told = [(who, seen.words) for who, seen in rig.told() if "Your vote is missing" in seen.words]
    assert [who for who, _words in told] == ["Grace Hopper"]
    await rig.here.slash("Ada Lovelace", "poll ask", question="Here?", choices="A | B", voters="here")
    refused = await rig.here.slash("Ada Lovelace", "poll nudge", poll="Here?")
    assert refused.words.startswith("In Here? everyone there may vote, and I do not know who that is")


async def test_everyone_in_a_channel_is_asked_there_and_the_chapter_at_home(rig: Rig) -> None:
    """Whoever may vote is who is where the card stands."""
    said = await rig.here.slash("Ada Lovelace", "poll ask", "general", question="Here?", choices="A | B")
    assert "is posted in the channel where it was asked on" in said.words
    asked = {"question": "Home?", "choices": "A | B", "voters": "chapter"}
    said = await rig.here.slash("Ada Lovelace", "poll ask", "general", **asked)
    assert "is posted in #london on" in said.words
    await rig.settle()
    assert [card.words.splitlines()[0] for card in rig.here.channel("general")] == ["Here?"]
    assert [card.words.splitlines()[0] for card in rig.there.channel("london")] == ["Home?"]
    assert (await rig.here.press("Grace Hopper", "A", on="general")).words.startswith("You chose A;")
