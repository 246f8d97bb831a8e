"""Prompts: what to talk about, suggested by anybody, asked on both platforms, and what the room made of it."""

from tests.scenarios.hands import Hands
from tests.scenarios.rig import Rig
from tests.scenarios.seen import Seen

STOP = "A project manager should have the authority to stop their own project."
BETTER = "What are you better at than you were a year ago, and how did that come about?"
PMO = "What would you stop doing in your PMO?"


async def cards(rig: Rig, question: str) -> list[Seen]:
    """The newest card of a prompt on both platforms."""
    await rig.settle()
    found = [[card for card in hands.channel("london") if card.words.startswith(question)] for hands in both(rig)]
    return [each[-1] for each in found]


def both(rig: Rig) -> tuple[Hands, Hands]:
    """The platform that the story is told on, and the other."""
    return rig.here, rig.there


async def test_a_prompt_from_its_suggestion_to_what_the_room_made_of_it(rig: Rig) -> None:
    """Suggested on one platform, decided on in a direct message on the other, asked on both, before and after."""
    await rig.here.slash("Ada Lovelace", "organiser add", member="Ada Lovelace")
    form = await rig.there.slash("Grace Hopper", "prompt suggest")
    assert list(form.questions) == ["question", "credit"]
    thanks = await rig.there.fill("Grace Hopper", question=PMO, credit="Yes")
    assert thanks.words.startswith(f"Thank you. “{PMO}” now waits for the organisers of London.")
    await rig.settle()
    told = rig.here.direct("Ada Lovelace")[-1]
    assert told.words.splitlines()[0] == f"Grace Hopper suggests something to talk about for London: {PMO}"
    approved = await rig.here.press("Ada Lovelace", "Approve", on="direct")
    assert approved.words.startswith(f"“{PMO}” is in the deck.")
    again = await rig.there.slash("Ada Lovelace", "prompt approve", prompt="1")
    assert again.words.startswith(f"Ada Lovelace has approved “{PMO}” already; nothing was changed.")

    # The queue, a page at a time, is worked off by its buttons.
    await rig.here.slash("Ada Lovelace", "prompt add", question=STOP, stance="yes", tags="stopping")
    await rig.here.slash("Ada Lovelace", "prompt starter", audience="everybody", chapter="London")
    page = await rig.here.press("Ada Lovelace", "More (1 of 9) ›")
    assert "4. " in page.words
    await rig.here.press("Ada Lovelace", "‹ Back")
    skipped = await rig.here.press("Ada Lovelace", "Skip")
    assert skipped.words.splitlines()[0] == f"“{BETTER}” waits behind the others now."
    following = await rig.here.slash("Ada Lovelace", "prompt post", tag="stopping")
    assert following.words.splitlines()[0] == f"Next in London: {STOP}"
    posted = await rig.here.press("Ada Lovelace", "Post")
    assert f"“{STOP}” is posted in #london on Discord and #london on Slack." in posted.words
    for hands, card in zip(both(rig), await cards(rig, STOP), strict=True):
        stances = ["Agree", "It depends", "Disagree"]
        assert list(card.buttons) == [*stances, "Takeaway", "What others learnt", "Suggest another"]
        assert hands.thread("london")[-1].words.startswith("What do you think? Talk about it here.")

    # Where people stand: one stance each, on whichever platform, before and after.
    receipt = await rig.there.press("Grace Hopper", "Disagree", on="london")
    assert receipt.words == "You disagree; you can change it until it is asked once more."
    await rig.here.press("Alan Turing", "Agree", on="london")
    await rig.here.press("Mary Seacole", "It depends", on="london")
    for card in await cards(rig, STOP):
        assert card.fact("Agree") == "1 ████████"
        assert card.fact("Disagree") == "1 ████████"
    once_more = await rig.here.slash("Ada Lovelace", "prompt again", posting=STOP[:40])
    assert "is asked once more, until Sunday 6 September 2026" in once_more.words
    await rig.settle()
    for hands in both(rig):
        assert "Where do you stand now?" in hands.thread("london")[-1].words
    await rig.there.press("Grace Hopper", "Agree", on="london")
    await rig.here.press("Alan Turing", "Agree", on="london")
    await rig.restart()
    await rig.wait_until("2026-09-06 10:30")
    for hands in both(rig):
        lines = hands.thread("london")[-1].words.splitlines()
        assert lines[:2] == [
            "London agreed, 2 to 0.",
            "Of 2 people who answered both times, 1 moved: 1 from “Disagree” to “Agree”.",
        ]
    for card in await cards(rig, STOP):
        assert list(card.buttons) == ["Takeaway", "What others learnt", "Suggest another"]
        assert card.fact("Agree") == "2 ████████ (before: 1)"


async def test_a_rhythm_goes_on_through_restarts_and_a_lost_channel(rig: Rig) -> None:
    """Each time one prompt, once, on both platforms; organisers hear what cannot be posted, and the rest goes on."""
    await rig.here.slash("Ada Lovelace", "prompt add", question=f"{PMO}\nWho taught you most?\nWhat is next for you?")
    form = await rig.here.slash("Ada Lovelace", "prompt schedule")
    assert "rhythm" in form.questions
    wrong = await rig.here.fill("Ada Lovelace", rhythm="when the moon is full")
    form = await rig.here.again("Ada Lovelace") if not wrong.errors else wrong
    assert form.typed["rhythm"] == "when the moon is full"
    scheduled = await rig.here.fill("Ada Lovelace", rhythm="Tuesdays at 9:00")
    assert scheduled.words.startswith("Prompts are posted in London every Tuesday at 9:00")
    await rig.wait_until("2026-09-08 09:00")
    await rig.restart()
    await rig.wait_until("2026-09-08 10:00")
    for hands in both(rig):
        assert [card.words.splitlines()[0] for card in hands.channel("london")] == [PMO]
    rig.fault(rig.there, "channel_deleted", channel=rig.key_of_channel(rig.there, "london"))
    await rig.wait_until("2026-09-15 09:00")
    newest = rig.here.channel("london")[-1]
    assert newest.words.splitlines()[0] == "Who taught you most?"
    assert any("I cannot post Who taught you most?" in told.words for told in rig.here.direct("Ada Lovelace"))
