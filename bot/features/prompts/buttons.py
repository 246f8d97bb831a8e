"""Buttons of prompts: the doors between these commands, by name, since they lead to each other in a circle."""

from enum import StrEnum

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
    given = {"chapter": str(chapter), "show": show.value, "page": str(page)}
    return Button(label, codes.pack(LIST, given | ({"tag": tag} if tag else {})))


def of_prompt(label: str, command: str, prompt: PromptId, page: int = 0, tone: Tone = Tone.PLAIN) -> Button:
    """Does something to a prompt; from a page of the queue, that page is shown again afterwards."""
    given = {"prompt": str(prompt)} | ({"page": str(page)} if page else {})
    return Button(label, codes.pack(command, given), tone)


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
