"""Bad input to polls: each gets a clear answer to the person concerned, keeps what was typed, and changes no count."""

import asyncio

import pytest

from bot.domain.polls import PollState
from tests.scenarios.rig import Rig
from tests.scenarios.test_polls import ask, cards
from tests.scenarios.test_the_seam import publish


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        ("", "Write at least two choices, one a line, or with | between them."),
        ("Only this", "“Only this” is the only choice: write at least two"),
        ("A | B | a", "“a” is there twice."),
        (" | ".join(str(number) for number in range(200)), "These are 200 choices; a poll has room for 100."),
        (f"A | {'b' * 101}", "has 101 letters; a choice has room for 100."),
    ],
    ids=["none", "one", "duplicates", "200", "too long"],
)
async def test_choices_that_cannot_be_used_come_back_as_they_were_typed(rig: Rig, choices: str, sentence: str) -> None:
    """The sentence stands beside the question; mending it is enough."""
    await rig.here.slash("Ada Lovelace", "poll ask")
    refused = await rig.here.fill("Ada Lovelace", question="Where next?", choices=choices)
    assert sentence in refused.words
    form = await rig.here.again("Ada Lovelace")
    assert (form.typed["question"], form.typed["choices"]) == ("Where next?", choices)
    preview = await rig.here.fill("Ada Lovelace", choices="Le Truc | The Crown")
    assert "nothing is posted yet" in preview.words
    assert rig.here.channel("london") == []


@pytest.mark.parametrize(
    ("setting", "sentence", "mended"),
    [
        ({"until": "yesterday 18:00"}, "is in the past.", {"until": "Fri 11 Sep 18:00"}),
        ({"most": "0"}, "Write 1 or more; leave this empty for no limit.", {"most": "2"}),
        ({"quorum": "-1"}, "Write 1 or more; leave this empty for no limit.", {"quorum": "2"}),
        ({"voters": "going"}, "Say which event, or let others vote too.", {"event": "1"}),
    ],
    ids=str,
)
async def test_settings_that_cannot_stand_are_asked_again(
    rig: Rig, setting: dict[str, str], sentence: str, mended: dict[str, str]
) -> None:
    """With everything else that was said in one line; nothing is posted, and mending the one is enough."""
    await publish(rig)
    said = await rig.here.slash("Ada Lovelace", "poll ask", question="Q?", choices="A | B", kind="several", **setting)
    if rig.here.platform == "discord":
        assert sentence in said.words
        await rig.here.again("Ada Lovelace")
    again = await rig.here.fill("Ada Lovelace")
    assert sentence in again.words
    await rig.here.again("Ada Lovelace")
    preview = await rig.here.fill("Ada Lovelace", **mended)
    assert preview.words.splitlines()[0] == "Q?"
    assert "nothing is posted yet" in preview.words


async def test_a_forged_vote_is_answered_and_changes_nothing(rig: Rig) -> None:
    """Another poll, another poll's choice, a choice that was never there, and what is no number at all."""
    await ask(rig)
    await ask(rig, "Other?", "X | Y")
    for code in (
        "vote?poll=99&choice=1&on=1",
        "vote?poll=1&choice=4&on=1",
        "vote?poll=x&choice=-1&on=1",
        "vote?poll=1",
    ):
        seen = await rig.here.forge("Grace Hopper", code)
        assert seen.words or seen.questions
    for card in await cards(rig):
        assert "Nobody has voted." in card.words
    async with rig.storage.reading() as tx:
        assert [await tx.ballots.all(poll.id) for poll in await tx.polls.all([PollState.OPEN, PollState.CLOSED])] == [
            [],
            [],
        ]


async def test_two_presses_at_once_are_one_ballot(rig: Rig) -> None:
    """Whichever comes last is the vote; delivered twice, it is still one."""
    await ask(rig)
    rig.doubled()
    await asyncio.gather(
        rig.here.push("Grace Hopper", "Le Truc", on="london"), rig.here.push("Grace Hopper", "The Crown", on="london")
    )
    await rig.here.press("Grace Hopper", "The Crown", on="london")
    for card in await cards(rig):
        assert card.fact("The Crown") == "1 (100%) ██████████"
        assert "1 person has voted." in card.words


async def test_a_vote_from_elsewhere_is_refused(rig: Rig) -> None:
    """A poll is for the people where it is posted, whoever knows its buttons."""
    await ask(rig)
    seen = await rig.here.forge("Grace Hopper", "vote?poll=1&choice=1&on=1")
    assert seen.words.startswith("This poll is for the people in #london on ")
    for card in await cards(rig):
        assert "Nobody has voted." in card.words


async def test_a_deleted_channel_is_told_to_whoever_asked_and_the_other_counts_on(rig: Rig) -> None:
    """Word comes directly and names what mends it."""
    rig.fault(rig.there, "channel_deleted", channel=rig.key_of_channel(rig.there, "london"))
    await ask(rig)
    await rig.here.press("Grace Hopper", "Le Truc", on="london")
    await rig.settle()
    assert rig.here.channel("london")[-1].fact("Le Truc") == "1 (100%) ██████████"
    (told,) = rig.here.direct("Ada Lovelace")
    where = f"#london on {rig.there.platform.title()}"
    assert told.words.startswith(f"I cannot post Where next? in {where}: the channel is gone, or I am not in it.")


async def test_an_edit_never_turns_a_vote_into_another(rig: Rig) -> None:
    """Before the first ballot all is free; afterwards a slip can be mended, and the card says so."""
    await ask(rig, choices="Le Truk | The Crown")
    await rig.here.slash("Ada Lovelace", "poll edit", poll="Where next?")
    await rig.here.press("Ada Lovelace", "Edit")
    await rig.here.fill("Ada Lovelace", choices="Le Truk\nThe Anchor")
    await rig.settle()
    await rig.here.press("Grace Hopper", "Le Truk", on="london")
    gone = await rig.there.press("Alan Turing", "The Anchor", on="london")
    assert gone.words.startswith("You chose The Anchor;")
    await rig.here.slash("Ada Lovelace", "poll edit", poll="Where next?")
    await rig.here.press("Ada Lovelace", "Edit")
    refused = await rig.here.fill("Ada Lovelace", choices="Somewhere else\nThe Anchor")
    assert "“Le Truk” has votes already" in refused.words
    await rig.here.again("Ada Lovelace")
    await rig.here.fill("Ada Lovelace", choices="Le Truc\nThe Anchor\nOutside")
    for card in await cards(rig):
        assert card.fact("Le Truc") == "1 (50%) ██████████"
        assert "Edited: “Le Truk” was corrected to “Le Truc”; “Outside” was added." in card.words


async def test_a_vote_on_a_removed_choice_changes_nothing(rig: Rig) -> None:
    """The old button says so, and the ballot stays as it was."""
    await ask(rig)
    await rig.here.press("Grace Hopper", "Le Truc", on="london")
    await rig.here.slash("Ada Lovelace", "poll edit", poll="Where next?")
    await rig.here.press("Ada Lovelace", "Edit")
    await rig.here.fill("Ada Lovelace", choices="Le Truc\nThe Crown")
    late = await rig.here.press("Grace Hopper", "Somewhere new", on="london")
    assert late.words.startswith("That choice is not there any more, so nothing was changed. You chose Le Truc;")


async def test_a_clone_asks_the_same_with_no_ballot_in_it(rig: Rig) -> None:
    """As a preview first."""
    await ask(rig, kind="several", most="2")
    await rig.here.press("Grace Hopper", "Le Truc", on="london")
    preview = await rig.here.slash("Ada Lovelace", "poll clone", poll="Where next?")
    assert "Choose up to 2." in preview.words
    assert "Nobody has voted." in preview.words
    await rig.here.press("Ada Lovelace", "Post")
    await rig.settle()
    assert len(rig.there.channel("london")) == 2
