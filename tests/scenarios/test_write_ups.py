"""Write-ups: a whole evening on both platforms, from its announcement to what everybody can keep of it."""

import re
from base64 import b64decode
from html import unescape

from tests.scenarios.hands import Hands
from tests.scenarios.rig import Rig
from tests.scenarios.seen import Seen
from tests.scenarios.test_the_seam import publish

STOP = "A project manager should have the authority to stop their own project."
SAID = "A steering board of *three* can stop more than one of <thirty> @everyone"
LEARNT = "Decide at the start how it may end"
REGRETTED = "I should not have said that"
FILE = "write-up-stopping-things-2026-09-17"
CHART = "Bars for “Where next?”. The Crown: 2 (67%); Le Truc: 1 (33%). 3 people have voted."


def both(rig: Rig) -> tuple[Hands, Hands]:
    return rig.here, rig.there


async def ask(rig: Rig) -> None:
    """A prompt for and against, a round and a poll, all in the channel while the evening goes on."""
    here, there = both(rig)
    await here.slash("Ada Lovelace", "prompt add", question=STOP, stance="yes")
    posted = await here.slash("Ada Lovelace", "prompt post", prompt="1")
    assert "Stopping things" in posted.words
    await rig.settle()
    await here.press("Grace Hopper", "Disagree", on="london")
    await there.press("Mary Seacole", "Disagree", on="london")
    await there.press("Alan Turing", "Agree", on="london")
    await here.slash("Ada Lovelace", "prompt again", posting=STOP[:40])
    await rig.settle()
    for hands, who, stance in ((here, "Grace Hopper", "Agree"), (there, "Mary Seacole", "Disagree")):
        await hands.press(who, stance, on="london")
    await there.press("Alan Turing", "Agree", on="london")
    await here.slash("Ada Lovelace", "prompt close", posting=STOP[:40])
    await rig.settle()
    await here.say("Alan Turing", SAID)

    await here.slash("Ada Lovelace", "round start", title="What we stopped", columns="stopped | started")
    await rig.settle()
    await there.press("Mary Seacole", "Add to stopped", on="london")
    await there.fill("Mary Seacole", text="Weekly status reports")
    await there.press("Mary Seacole", "With my name")
    await rig.settle()
    await here.press("Grace Hopper", "Support", on="london")
    await here.press("Grace Hopper", "Support")

    asked = await here.slash("Ada Lovelace", "poll ask", question="Where next?", choices="Le Truc | The Crown")
    assert "Asked during Stopping things: it counts into its write-up." in asked.words
    await rig.settle()
    for hands, who, choice in (
        (here, "Grace Hopper", "The Crown"),
        (there, "Mary Seacole", "Le Truc"),
        (there, "Alan Turing", "The Crown"),
    ):
        await hands.press(who, choice, on="london")
    await here.slash("Ada Lovelace", "poll close", poll="Where next?")
    await rig.settle()


async def learn(rig: Rig) -> None:
    """What was said is kept with its author's leave, what was learnt in the thank-you, and one thing is taken back."""
    here, there = both(rig)
    await here.choose("Grace Hopper", "Keep as takeaway", "A steering board")
    await rig.settle()
    await here.press("Alan Turing", "Keep it, with my name", on="direct")
    await here.slash("Grace Hopper", "takeaway add", text=REGRETTED)
    await here.press("Grace Hopper", "Withdraw")
    await rig.wait_until("2026-09-17T22:00")
    await there.press("Mary Seacole", "Takeaway", on="thread")
    await there.fill("Mary Seacole", text=LEARNT, credit="Without a name")


async def draft(rig: Rig) -> Seen:
    """Ada looks at the draft, adds words, leaves out how many came, and looks again; nobody else sees anything yet."""
    here = rig.here
    first = await here.slash("Ada Lovelace", "writeup draft", event="Stopping things")
    assert "A draft: nothing is posted yet." in first.words
    form = await here.press("Ada Lovelace", "Edit words")
    assert form.typed["title"] == "Stopping things"
    await here.fill("Ada Lovelace", title="How we stop", opening="It was *warm*.", closing="Thank you all.")
    await here.press("Ada Lovelace", "Leave out…")
    left = await here.press("Ada Lovelace", "How many came")
    assert left.words.startswith("“How many came” is left out.")
    return await here.press("Ada Lovelace", "See the write-up")


def tells(text: str) -> None:
    """Everything that is on record stands there, in its order, and nothing that was left out or taken back."""
    facts = [
        "How we stop",
        "Thursday 17 September 2026, 18:30 BST",
        "The Crown",
        "It was *warm*.",
        STOP,
        "London agreed, 2 to 1.",
        "Of 3 people who answered both times, 1 moved: 1 from “Disagree” to “Agree”.",
        "Where next?",
        "The Crown wins with 2 votes.",
        "What we stopped",
        "“Weekly status reports” (Mary Seacole, 1 supports it)",
        SAID,
        "Alan Turing",
        LEARNT,
        "Thank you all.",
        "Starting things, Thursday 15 October 2026, 18:30 BST",
    ]
    places = [text.find(fact) for fact in facts]
    assert -1 not in places, facts[places.index(-1)]
    assert places == sorted(places)
    assert "Who came" not in text
    assert REGRETTED not in text


def plain(files: dict[str, bytes]) -> tuple[str, str]:
    """What the web page and the Markdown file say, without their marks."""
    page, written = (files[f"{FILE}.{kind}"].decode() for kind in ("html", "md"))
    shown = re.sub(r"<[^>]*>", " ", page.partition("<body>")[2])
    return " ".join(unescape(shown).split()), re.sub(r"\\([^\w\s])", r"\1", written.replace("\u2060", ""))


async def test_an_evening_from_its_announcement_to_what_everybody_can_keep(rig: Rig) -> None:
    """Told once on both platforms and in two files, from the record alone, with the way to the next evening."""
    here, there = both(rig)
    await publish(rig, seats="")
    for hands, who in ((here, "Grace Hopper"), (there, "Mary Seacole"), (there, "Alan Turing")):
        await hands.press(who, "Going", on="london")
    await rig.wait_until("2026-09-17T18:40")
    await ask(rig)
    await learn(rig)
    await publish(rig, title="Starting things", starts="Thu 15 Oct 18:30")
    await rig.wait_until("2026-09-18T09:00")
    await here.slash("Ada Lovelace", "organiser add", member="Katherine Johnson")
    other = await here.slash("Katherine Johnson", "writeup draft", event="Stopping things")
    assert "A draft: nothing is posted yet." in other.words
    tells((await draft(rig)).words)
    assert all("How we stop" not in card.words for hands in both(rig) for card in hands.channel("london"))
    published = await here.press("Ada Lovelace", "Publish")
    assert "How we stop is published in #london on Discord and #london on Slack." in published.words
    late = await here.press("Katherine Johnson", "Publish")
    assert late.words == "How we stop is published already."

    given = await here.files("Ada Lovelace", 2)
    for text in plain(given):
        tells(text)
    page = given[f"{FILE}.html"].decode()
    ((alt, picture),) = re.findall(r'<img alt="([^"]*)" src="data:image/png;base64,([^"]*)">', page)
    assert unescape(alt) == CHART
    assert b64decode(picture).startswith(b"\x89PNG")
    assert not re.search(r"<script|<link|\bsrc=\"(?!data:)|\bhref=", page)
    await rig.settle()
    for hands in both(rig):
        card = hands.channel("london")[-1]
        tells(card.words)
        assert list(card.buttons) == ["Book now", "Read it all", "Takeaway"]
        assert card.mentioned == []
        assert card.pictures == [CHART]

    booked = await there.press("Mary Seacole", "Book now", on="london")
    assert booked.words.startswith("You are going to Starting things")
    await rig.settle()
    (coming,) = [card for card in here.channel("london") if card.words.startswith("Starting things")]
    assert coming.fact("Going (1)") == "Mary Seacole"

    # Whoever thinks better of it is heeded wherever the bot still can.
    await here.slash("Alan Turing", "takeaway mine")
    await here.press("Alan Turing", "Withdraw")
    await rig.settle()
    for hands in both(rig):
        card = hands.channel("london")[-1]
        assert card.pictures == [CHART]
        assert LEARNT in card.words
        assert "steering board" not in card.words
        assert "Alan Turing" not in card.words
    await there.press("Mary Seacole", "Read it all", on="london")
    for text in plain(await there.files("Mary Seacole", 2)):
        assert LEARNT in text
        assert "steering board" not in text

    await here.slash("Katherine Johnson", "writeup draft", event="Stopping things")
    taken = await here.press("Katherine Johnson", "Take it back")
    assert taken.words == "How we stop is taken back; it is a draft again."
    await rig.settle()
    for hands in both(rig):
        card = hands.channel("london")[-1]
        assert card.words == "The write-up of How we stop has been taken back."
        assert card.buttons == {}
        assert card.pictures == []
    refused = await there.slash("Mary Seacole", "recall", words="how we stop")
    assert "Write-up" not in refused.words
