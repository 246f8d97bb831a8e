"""Buttons of prompts: the doors between these commands, by name, since they lead to each other in a circle."""

from enum import StrEnum
from hashlib import sha256

from bot import codes
from bot.domain.places import ChapterId
from bot.domain.prompts import PostingId, PromptId
from bot.domain.stances import Asking, Stance
from bot.messages import Button, Tone

SUGGEST, LIST, APPROVE, DECLINE = "prompt suggest", "prompt list", "prompt approve", "prompt decline"
POST, SKIP, SOONER, CHANGE, REMOVE = "prompt post", "prompt skip", "prompt sooner", "prompt change", "prompt remove"
RESTORE, WITHDRAW = "prompt restore", "prompt withdraw"
STARTER, RENEW, ADD, SCHEDULE = "prompt starter", "prompt renew", "prompt add", "prompt schedule"
AGAIN, CLOSE, STANCE = "prompt again", "prompt close", "stance"
PROMPT_CARD = "prompt card"
TAKEAWAY, LEARNT = "takeaway add", "takeaway list"


class Shelf(StrEnum):
    """Which prompts of a chapter are looked at."""

    WAITING = "waiting"
    NEXT = "next"
    ASKED = "asked"
    DECLINED = "declined"

    @property
    def words(self) -> str:
        return {
            Shelf.WAITING: "Suggestions to decide on",
            Shelf.NEXT: "What comes next",
            Shelf.ASKED: "What was asked",
            Shelf.DECLINED: "What was declined or taken out",
        }[self]


def suggest(chapter: ChapterId, label: str = "Suggest another") -> Button:
    return Button(label, codes.pack(SUGGEST, {"chapter": str(chapter)}))


def takeaways(posting: PostingId) -> tuple[Button, Button]:
    """To write down what one learnt from a prompt, and to read what others did."""
    given = {"posting": str(posting)}
    own, others = codes.pack(TAKEAWAY, given), codes.pack(LEARNT, given)
    return Button("Takeaway", own, Tone.GOOD), Button("What others learnt", others)


def shelf(chapter: ChapterId, show: Shelf, label: str, page: int = 1, tag: str = "") -> Button:
    """Opens a page of a chapter's queue."""
    return Button(label, queue_code(chapter, show, page, tag))


def queue_code(chapter: ChapterId, show: Shelf, page: int = 1, tag: str = "") -> str:
    """The call that shows a page of a chapter's queue; of one tag where one is named."""
    return codes.pack(LIST, {"chapter": str(chapter), "show": show.value, "page": str(page), **_tagged(tag)})


def of_prompt(
    label: str, command: str, prompt: PromptId, page: int = 0, tone: Tone = Tone.PLAIN, tag: str = ""
) -> Button:
    """Does something to a prompt; from a page of the queue, that page is shown again afterwards."""
    given = {"prompt": str(prompt)} | ({"page": str(page)} if page else {})
    return Button(label, codes.pack(command, {**given, **_tagged(tag)}), tone)


def mark(tag: str) -> str:
    """A tag as a code carries it: its letters may be too many for a button in any script but ours."""
    return sha256(tag.encode()).hexdigest()[:10]


def _tagged(tag: str) -> dict[str, str]:
    return {"tagged": mark(tag)} if tag else {}


def of_chapter(label: str, command: str, chapter: ChapterId, tone: Tone = Tone.PLAIN) -> Button:
    return Button(label, codes.pack(command, {"chapter": str(chapter)}), tone)


def of_posting(label: str, command: str, posting: PostingId) -> Button:
    return Button(label, codes.pack(command, {"posting": str(posting)}))


def stances(posting: PostingId, asking: Asking) -> tuple[Button, ...]:
    """The three buttons with which people say where they stand."""
    return tuple(
        Button(
            stance.words,
            codes.pack(STANCE, {"posting": str(posting), "asking": asking.value, "stance": stance.value, "on": "1"}),
        )
        for stance in Stance
    )


def no_stance(posting: PostingId, asking: Asking, stance: Stance) -> Button:
    """The way back."""
    given = {"posting": str(posting), "asking": asking.value, "stance": stance.value, "on": "0"}
    return Button("Take it back", codes.pack(STANCE, given))
