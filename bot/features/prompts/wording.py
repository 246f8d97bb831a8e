"""Wording: how a prompt is asked for in forms, read, and held against those that are there already."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from bot.calls import Unclear
from bot.commands import Ask
from bot.domain.excerpts import in_a_line
from bot.domain.likeness import SAME, VERY_SAME, closest
from bot.domain.places import ChapterId
from bot.domain.prompts import LONGEST, Priority, Prompt, PromptId, PromptState, read_tags
from bot.features import picks
from bot.ports import Transaction

BRIEF = 80
"""Letters of a prompt that are quoted in a sentence or a list."""

NO_CHAPTER = picks.NO_CHAPTER

HINT = "One thing to talk about, as a question or a statement"


class YesNo(StrEnum):
    YES = "yes"
    NO = "no"

    @property
    def words(self) -> str:
        return {YesNo.YES: "Yes", YesNo.NO: "No"}[self]


Question = Annotated[str, Ask("What shall we talk about?", HINT, most=4000, lines=True)]
Chapter = Annotated[
    ChapterId,
    Ask(
        "Which chapter?",
        pick=picks.chapters,
        known=picks.chapter_here,
        nothing=NO_CHAPTER,
    ),
]
Anyway = Annotated[str, Ask("Although it resembles another?", most=4000, lines=True, hidden=True)]
Tags = Annotated[str, Ask("Tags", "Such as: stopping, money", most=200)]
Urgency = Annotated[Priority | None, Ask("How soon is it asked?", "In its turn, if you do not say")]
WithStance = Annotated[
    YesNo | None, Ask("Ask where people stand?", "Agree, it depends, disagree; no, if you do not say")
]


@dataclass(frozen=True, slots=True)
class Alike:
    """A prompt of the same chapter that asks the same, or nearly."""

    prompt: Prompt
    likeness: float

    @property
    def very_same(self) -> bool:
        return self.likeness >= VERY_SAME

    @property
    def same(self) -> bool:
        return self.likeness >= SAME

    def question(self, verb: str, which: str = "This") -> str:
        """What is asked of somebody who may write it all the same."""
        there = f"“{brief(self.prompt.text)}”, which {self.whereabouts}"
        return f"{which} resembles {there}. Send it as it is to {verb} it all the same."

    @property
    def whereabouts(self) -> str:
        """Where it is, to stand behind “which”."""
        match self.prompt.state:
            case PromptState.WAITING:
                return "waits for a decision"
            case PromptState.READY if self.prompt.asked is not None:
                return "was asked already"
            case PromptState.READY:
                return "is in the deck"
            case PromptState.DECLINED:
                return "was declined"
            case PromptState.REMOVED:
                return "was taken out"
            case PromptState.WITHDRAWN:
                return "was withdrawn"


def read_question(text: str, parameter: str = "question") -> str:
    """A prompt as it is kept; raises Unclear with a sentence."""
    words = " ".join(text.split())
    if not any(character.isalnum() for character in words):
        raise Unclear(parameter, "There are no words in that: write something to talk about.")
    if len(words) > LONGEST:
        raise Unclear(
            parameter,
            f"That has {len(words)} letters; a prompt has room for {LONGEST}. What is the question in one sentence?",
        )
    return words


def brief(text: str) -> str:
    """A prompt to be quoted in a sentence that must stay short: whole words, with an ellipsis where it goes on."""
    return in_a_line(text, BRIEF)


def read_labels(text: str) -> tuple[str, ...]:
    """Tags; raises Unclear."""
    try:
        return read_tags(text)
    except ValueError as no:
        raise Unclear("tags", str(no)) from None


async def resembling(
    tx: Transaction, chapter: ChapterId, text: str, states: Sequence[PromptState], but: PromptId | None = None
) -> Alike | None:
    """The prompt of a chapter that this one resembles most, where there is one."""
    others = [(each.text, each) for each in await tx.prompts.all(states, chapter) if each.id != but]
    found = closest(text, others)
    return Alike(*found[0]) if found else None
