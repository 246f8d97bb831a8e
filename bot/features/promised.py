"""Promised: errands of one kind taken together, and what people call them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot import codes
from bot.domain.excerpts import shortened
from bot.domain.people import Platform
from bot.domain.places import Chapter, Place
from bot.errands import Directly, Ending, InThread, Promise
from bot.messages import Text, roll, say
from bot.ports import Transaction

_PEOPLE = ("platform", "first", "last")
"""What the code of a drawing says of whom it is for; the rest says what it tells."""

_WORDS: Mapping[str, str] = {
    "event card": "the card",
    "poll card": "the card",
    "prompt card": "the card",
    "round card": "the card",
    "breakout card": "the groups",
    "memo card": "the reminder",
    "reminder": "a reminder",
    "cancellation": "word that it is cancelled",
    "event changed": "word of what has changed",
    "promotion": "word of a free seat",
    "offer": "the offer of a seat",
    "too large": "word that a party is too large",
    "put down": "word of an answer that was given for somebody",
    "reminder missed": "word of a reminder that was missed",
    "linked": "word that two accounts are linked",
    "chapter moved": "word of the new channel",
    "memo": "the reminder",
    "memo undelivered": "word of a reminder that was not heard",
    "thanks": "the thank-you",
    "reminded": "word of what came up before",
    "undelivered": "a complaint of mine",
    "poll result": "the result",
    "poll chart": "the picture of the result",
    "write-up card": "the write-up",
    "poll nudge": "a nudge to vote",
    "poll unposted": "word that it was not posted",
    "poll proposal": "word of a choice that was proposed",
    "prompt thread": "the thread’s first words",
    "prompt once more": "the second question where people stand",
    "prompt outcome": "word of what came of it",
    "prompt suggested": "word of a suggestion",
    "prompt decided": "word of what was decided",
    "prompts dry": "word that the deck runs dry",
    "prompt missed": "word that no prompt was posted",
    "prompt homeless": "word that no prompt was posted",
    "takeaway leave": "the question whether it may be kept",
}
_NAMELESS = frozenset({"prompt decided", "takeaway leave"})
"""What is for people whose names nobody may learn: who suggested a prompt, and who is asked for leave to be quoted."""

_NAMES, _LETTERS = 5, 24
"""People named before the others are counted, and letters of each."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What one drawing tells, and which way: errands of one kind differ only in whom they are for."""

    told: str
    place: Place | None
    platform: Platform
    thread: bool

    @property
    def key(self) -> str:
        where = f"to people on {self.platform}" if self.place is None else f"in {self.place.platform} {self.place.key}"
        return f"{self.told} {where}{' thread' * self.thread}"

    @property
    def words(self) -> str:
        name, _given = codes.unpack(self.told)
        return _WORDS.get(name, f"“{name}”")

    @property
    def nameless(self) -> bool:
        """Whether nobody may learn whom it is for."""
        name, _given = codes.unpack(self.told)
        return name in _NAMELESS

    def way(self, chapters: Sequence[Chapter]) -> Text:
        """Where that goes, as people call it."""
        if self.place is None:
            return say("directly on {platform}", platform=self.platform.title())
        named = (home.name for chapter in chapters for home in chapter.homes if home.place == self.place)
        name = next(named, None)
        where = say("a channel") if name is None else say("#{name}", name=name)
        on = say("{where} on {platform}", where=where, platform=self.platform.title())
        return say("in the thread in {on}", on=on) if self.thread else say("in {on}", on=on)


def telling_of(promise: Promise) -> Telling:
    """What an errand tells."""
    name, given = codes.unpack(promise.drawing)
    told = codes.pack(name, {each: value for each, value in given.items() if each not in _PEOPLE})
    match promise.to:
        case Directly(person):
            return Telling(told, None, person.platform, thread=False)
        case InThread(card):
            return Telling(told, card.place, card.place.platform, thread=True)
        case card:
            return Telling(told, card.place, card.place.platform, thread=False)


@dataclass(frozen=True, slots=True)
class Lot:
    """Errands of one kind that stand alike: with the same `ending`, or, where that is None, still owed."""

    telling: Telling
    ending: Ending | None
    promises: tuple[Promise, ...]

    @property
    def last(self) -> Promise:
        """The one that was attempted last."""
        return max(self.promises, key=lambda each: (each.at is not None, each.at, each.id))


def lots(promises: Sequence[Promise]) -> list[Lot]:
    """Errands by kind and by how they stand, in the order in which they were promised first."""
    found: dict[tuple[Telling, Ending | None], Lot] = {}
    for promise in promises:
        ending = promise.ending if promise.due is None else None
        telling = telling_of(promise)
        lot = found.get((telling, ending), Lot(telling, ending, ()))
        found[telling, ending] = replace(lot, promises=(*lot.promises, promise))
    return list(found.values())


async def names(tx: Transaction, lot: Lot) -> Text:
    """The people whom a lot was for, where each is told directly."""
    people = [each.to.person for each in lot.promises if isinstance(each.to, Directly)]
    known = await tx.members.known(people)
    called = sorted({shortened(known[person].name, _LETTERS) if person in known else "somebody" for person in people})
    return roll(called[:_NAMES], max(len(people), len(called[:_NAMES])))
