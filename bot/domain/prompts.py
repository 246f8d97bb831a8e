"""Prompts: questions to talk about, and the deck in which each of them waits for its turn."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType
from zoneinfo import ZoneInfo

from bot.domain.events import EventId
from bot.domain.people import MemberId
from bot.domain.places import ChapterId
from bot.domain.rhythms import Rhythm
from bot.domain.stances import Asking

PromptId = NewType("PromptId", int)
PostingId = NewType("PostingId", int)

LONGEST = 300
"""Letters of a prompt: what is longer is no question to talk about, and is cut on phones."""

TAGS = 5
"""Tags that a prompt bears at most."""

CAP = 5
"""Suggestions of one member that may wait for a decision, unless a chapter says otherwise."""


class PromptState(StrEnum):
    """What was suggested waits; what is in the deck is ready to be asked. What was withdrawn is its author's alone."""

    WAITING = "waiting"
    READY = "ready"
    DECLINED = "declined"
    REMOVED = "removed"
    WITHDRAWN = "withdrawn"


class Priority(StrEnum):
    """How soon a prompt is asked, compared with the others in its deck."""

    HIGH = "high"
    USUAL = "usual"
    LOW = "low"

    @property
    def words(self) -> str:
        return {Priority.HIGH: "Soon", Priority.USUAL: "In its turn", Priority.LOW: "When little else is left"}[self]


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question in a chapter's deck. Its suggester is shown only where they agreed to be `credited`.

    `stance` says whether people are asked where they stand. `place` is where organisers have put it in the queue: below
    0 in front, above 0 behind. `cycle` is the deck's cycle in which it was asked last, and `asked` when that was.
    """

    id: PromptId
    chapter: ChapterId
    text: str
    state: PromptState
    priority: Priority = Priority.USUAL
    tags: tuple[str, ...] = ()
    stance: bool = False
    suggester: MemberId | None = None
    credited: bool = False
    decider: MemberId | None = None
    place: int = 0
    cycle: int = 0
    asked: datetime | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What somebody has written of a prompt that is not on record yet.

    `origin` is the key of the call that wrote it, so that a call delivered twice suggests once.
    """

    chapter: ChapterId
    text: str
    state: PromptState
    origin: str
    priority: Priority = Priority.USUAL
    tags: tuple[str, ...] = ()
    stance: bool = False
    suggester: MemberId | None = None
    credited: bool = False
    decider: MemberId | None = None


@dataclass(frozen=True, slots=True)
class Deck:
    """A chapter's deck: its cycle, in which nothing is asked twice, and its rhythm.

    `due` is when the rhythm comes next; it passes over days of the chapter's own events where it `avoids_events`. Used
    up, a deck that `renews` begins a new cycle by itself. `cap` is how many suggestions of one member may wait;
    `keeper` set the rhythm. `warned` says whether organisers know that it is running dry, and `dryings` how often it
    did. `later` is how many days after the rhythm posted a stance it is asked once more; 0 for never by itself.
    """

    chapter: ChapterId
    cycle: int = 1
    rhythm: Rhythm | None = None
    due: datetime | None = None
    avoids_events: bool = True
    renews: bool = False
    cap: int = CAP
    keeper: MemberId | None = None
    warned: bool = False
    dryings: int = 0
    later: int = 2


@dataclass(frozen=True, slots=True)
class Posting:
    """A prompt as it was put to a chapter at one time, with the words that it had then.

    `asker` is the organiser who posted it, None for
    the rhythm. `asking` says which time people are asked where they stand, if `stance`; `turns` is when the next step
    of that comes by itself.
    """

    id: PostingId
    prompt: PromptId
    chapter: ChapterId
    text: str
    posted: datetime
    stance: bool
    asking: Asking
    closed: bool
    event: EventId | None = None
    asker: MemberId | None = None
    turns: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether people may say where they stand."""
        return self.stance and not self.closed


@dataclass(frozen=True, slots=True)
class Post:
    """A posting that is not on record yet; of one `origin` there is only one."""

    prompt: Prompt
    posted: datetime
    origin: str
    event: EventId | None = None
    asker: MemberId | None = None
    turns: datetime | None = None


def queue(deck: Deck, prompts: Iterable[Prompt], tag: str = "") -> list[Prompt]:
    """What is still to be asked in this cycle of a deck, in its order; of one tag where one is named.

    Organisers' word comes first, then priority, then whatever was asked longest ago, or never.
    """
    left = [each for each in prompts if each.state is PromptState.READY and each.cycle < deck.cycle]
    priorities = list(Priority)
    ranked = sorted(
        left,
        key=lambda each: (
            each.place,
            priorities.index(each.priority),
            each.asked is not None,
            each.asked.timestamp() if each.asked else 0,
            each.id,
        ),
    )
    return [each for each in ranked if not tag or tag in each.tags]


def renewed(deck: Deck) -> Deck:
    """A deck whose every prompt may be asked once more."""
    return replace(deck, cycle=deck.cycle + 1)


def rezoned(deck: Deck, before: ZoneInfo, after: ZoneInfo, now: datetime) -> Deck:
    """A deck in its chapter's new zone: a rhythm by the chapter's clock keeps its hour on the wall, another its moment.

    It comes on the same day as before where that hour is still to come, so that nothing is asked twice on one day.
    """
    if deck.rhythm is None or deck.rhythm.zone != before or before == after:
        return deck
    rhythm = replace(deck.rhythm, zone=after)
    on_the_wall = None if deck.due is None else deck.due.astimezone(before).replace(tzinfo=after)
    since = now if on_the_wall is None else max(now, on_the_wall - timedelta(minutes=1))
    return replace(deck, rhythm=rhythm, due=next(iter(rhythm.coming(since, 1)), None))


def take(deck: Deck, prompts: Sequence[Prompt], tag: str = "") -> tuple[Deck, Prompt | None]:
    """The prompt whose turn it is, and the deck from which it is taken; None where the deck is used up.

    A deck that renews itself begins its next cycle then, yet never with what was asked just before.
    """
    left = queue(deck, prompts, tag)
    if left:
        return deck, left[0]
    if not deck.renews or queue(deck, prompts):
        # What is left bears other tags: the deck is not used up.
        return deck, None
    again = renewed(deck)
    left = queue(again, prompts, tag)
    last = max((each.asked for each in prompts if each.asked), default=None)
    others = [each for each in left if each.asked != last]
    return (again, (others or left)[0]) if left else (deck, None)


def asked(prompt: Prompt, deck: Deck, at: datetime) -> Prompt:
    """A prompt once it was asked: it waits for the deck's next cycle, and holds no place of its own any more."""
    return replace(prompt, cycle=deck.cycle, asked=at, place=0)


def behind(prompt: Prompt, left: Collection[Prompt]) -> Prompt:
    """A prompt put behind everything else that is left."""
    return replace(prompt, place=max((each.place for each in left), default=0) + 1)


def in_front(prompt: Prompt, left: Collection[Prompt]) -> Prompt:
    """A prompt put before everything else that is left."""
    return replace(prompt, place=min((each.place for each in left), default=0) - 1)


def read_tags(text: str) -> tuple[str, ...]:
    """Tags as people write them: words with commas or # between them. Raises ValueError with a sentence."""
    parts = text.replace("#", ",").replace(";", ",").split(",")
    tags = tuple(dict.fromkeys(" ".join(part.split()).casefold() for part in parts if part.strip()))
    if len(tags) > TAGS:
        raise ValueError(f"These are {len(tags)} tags; a prompt has room for {TAGS}.")
    for tag in tags:
        if len(tag) > 30:
            raise ValueError(f"“{tag[:20]}…” has {len(tag)} letters; a tag has room for 30. Write commas between tags.")
    return tags
