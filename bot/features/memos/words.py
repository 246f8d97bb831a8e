"""Words of memos: how one is called, when it rings, and whom it is for."""

from bot.calls import Refusal
from bot.domain.excerpts import shortened
from bot.domain.memos import Memo
from bot.domain.moments import show_moment
from bot.domain.occasions import said
from bot.domain.places import Chapter
from bot.messages import Text, Value, When, say
from bot.ports import Transaction

LABEL = 60
"""Letters of a memo by which it can be told from others."""


def label(memo: Memo) -> str:
    """What a memo is called."""
    first = "What’s on" if memo.digest else memo.text.partition("\n")[0]
    return shortened(first, LABEL)


def when(memo: Memo, chapter: Chapter) -> str:
    """When a memo rings, in words."""
    if memo.rhythm is not None:
        return said(memo.rhythm, chapter.zone)
    return "at no time any more" if memo.due is None else show_moment(memo.due, chapter.zone)


def rings(memo: Memo, chapter: Chapter) -> Text:
    """When a memo rings: its one moment, or its rhythm and the next time of it."""
    if memo.rhythm is None:
        return say("{at}", at=next_ring(memo, chapter))
    return say("{rhythm}, next {at}", rhythm=when(memo, chapter), at=next_ring(memo, chapter))


def next_ring(memo: Memo, chapter: Chapter) -> Value:
    """When a memo rings next, for each reader in their own zone."""
    return say("not before it is resumed") if memo.due is None else When(memo.due, show_moment(memo.due, chapter.zone))


async def whom(tx: Transaction, memo: Memo, chapter: Chapter) -> str:
    """Whom a memo is for, in words."""
    homes = {home.place: f"#{home.name} on {home.place.platform.title()}" for home in chapter.homes}
    if memo.event is not None:
        return f"those going to {(await tx.events.get(memo.event)).title}"
    if memo.private:
        return "you alone"
    if memo.place is not None:
        return homes.get(memo.place, f"the channel where it was set on {memo.place.platform.title()}")
    return " and ".join(homes.values()) or "no channel yet"


def gone() -> Refusal:
    """Somebody asks for a memo that is not there for them."""
    return Refusal("That reminder is not on record any more, or is somebody else’s own.")
