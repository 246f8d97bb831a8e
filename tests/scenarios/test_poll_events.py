"""Polls about an event: in its thread, of its guests, part of its history."""

import pytest

from tests.scenarios.rig import Rig
from tests.scenarios.seen import Seen
from tests.scenarios.test_polls import PUBS
from tests.scenarios.test_the_seam import publish


async def ask_guests(rig: Rig, **settings: str) -> None:
    """Ada asks those who are going."""
    settings = {"question": "Which pub?", "choices": PUBS, "event": "1", **settings}
    said = await rig.here.slash("Ada Lovelace", "poll ask", **settings)
    assert "Which pub? is posted in the thread of Stopping things in #london on " in said.words, said.words
    await rig.settle()


def told(rig: Rig, words: str) -> list[Seen]:
    """What stands in the threads of both platforms and holds these words."""
    return [seen for hands in (rig.here, rig.there) for seen in hands.thread("london") if words in seen.words]


@pytest.mark.parametrize("ballots", ["counts", "secret"])
async def test_guests_vote_in_the_event_s_thread_and_only_they_are_nudged(rig: Rig, ballots: str) -> None:
    """The card stands there on both platforms, its result too, and the event’s history has it."""
    await publish(rig, seats="")
    for hands, name in ((rig.here, "Grace Hopper"), (rig.there, "Alan Turing"), (rig.there, "Mary Seacole")):
        await hands.press(name, "Going", on="london")
    await ask_guests(rig, ballots=ballots)
    for hands in (rig.here, rig.there):
        assert len(hands.channel("london")) == 1
        assert [card.words.splitlines()[0] for card in hands.thread("london")] == ["Which pub?"]
    assert (await rig.there.press("Alan Turing", "Le Truc", on="thread")).words.startswith("You chose Le Truc;")
    refused = await rig.here.press("Ada Lovelace", "Le Truc", on="thread")
    assert refused.words == "Only those who are going to the event can vote in this poll; nothing was changed."
    nudged = await rig.here.slash("Ada Lovelace", "poll nudge", poll="Which pub?")
    assert nudged.words == "Reminded of Which pub?: 2."
    await rig.settle()
    missing = [(who, seen.words) for who, seen in rig.told() if "Your vote is missing" in seen.words]
    assert sorted(who for who, _words in missing) == ["Grace Hopper", "Mary Seacole"]
    await rig.here.slash("Ada Lovelace", "poll close", poll="Which pub?")
    await rig.settle()
    assert len(told(rig, "Which pub? is closed. Le Truc wins with 1 vote.")) == 2
    shown = await rig.there.slash("Alan Turing", "event show", event="Stopping things")
    assert shown.fact("Poll") == "Which pub? (closed) Le Truc wins with 1 vote."


async def test_everyone_there_may_be_asked_about_an_event(rig: Rig) -> None:
    """In its thread all the same."""
    await publish(rig)
    await ask_guests(rig, voters="here")
    assert (await rig.there.press("Mary Seacole", "Le Truc", on="thread")).words.startswith("You chose Le Truc;")
    await rig.settle()
    assert len(told(rig, "1 person has voted.")) == 2
