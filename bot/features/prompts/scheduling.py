"""Scheduling: a chapter's rhythm, by which its deck is asked one prompt after the other."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated

from bot.calls import Call, Refusal, Reply, Unclear
from bot.commands import Ask, command
from bot.domain.moments import show_moment
from bot.domain.people import Role
from bot.domain.places import Chapter
from bot.domain.prompts import Deck
from bot.domain.rhythms import Irregular, Rhythm, city, read_rhythm
from bot.features.prompts import buttons, drying, wording
from bot.features.prompts.buttons import Shelf
from bot.features.prompts.wording import YesNo
from bot.messages import Buttons, Message, Note, Paragraph, Part, Slash, Text, Tone, line, say
from bot.ports import Transaction

OFF = ("off", "stop", "never", "none", "no")
COMING = 3
"""Times that are shown when a rhythm is set, so that a slip of the pen is seen."""

MOST_DAYS = 30
MOST_WAITING = 100


class UsedUp(StrEnum):
    """What happens when every prompt of a deck was asked."""

    WAIT = "wait"
    RENEW = "renew"

    @property
    def words(self) -> str:
        return {UsedUp.WAIT: "Wait until there is more", UsedUp.RENEW: "Begin again with the oldest"}[self]


@command(buttons.SCHEDULE, "Post prompts by a rhythm", needs=Role.ORGANISER, submit="Save")
async def schedule(
    call: Call,
    tx: Transaction,
    rhythm: Annotated[str, Ask("How often?", "For example “Tuesdays at 9:00”, or “off”", most=150)],
    skip_events: Annotated[YesNo | None, Ask("Skip days of own events?", "Empty: as it is; at first, yes")] = None,
    used_up: Annotated[UsedUp | None, Ask("And when the deck is used up?", "Empty: as it is; at first, wait")] = None,
    ask_again: Annotated[
        int | None,
        Ask("Ask for stances again after how many days?", "0 for never; empty: as it is; at first, 2", most=2),
    ] = None,
    cap: Annotated[int | None, Ask("How many suggestions of one member may wait?", most=3, quiet=True)] = None,
    *,
    chapter: wording.Chapter,
) -> Reply:
    """Set a chapter's rhythm, and show when it comes next, so that everybody sees how it was understood."""
    named = await tx.chapters.get(chapter)
    if ask_again is not None and not 0 <= ask_again <= MOST_DAYS:
        raise Unclear("ask_again", f"Write a number of days up to {MOST_DAYS}, or 0 for never.")
    if cap is not None and not 1 <= cap <= MOST_WAITING:
        raise Unclear("cap", f"Write a number from 1 to {MOST_WAITING}.")
    deck = await tx.prompts.hold(chapter)
    deck = replace(
        deck,
        avoids_events=deck.avoids_events if skip_events is None else skip_events is YesNo.YES,
        renews=deck.renews if used_up is None else used_up is UsedUp.RENEW,
        later=deck.later if ask_again is None else ask_again,
        cap=deck.cap if cap is None else cap,
        keeper=(await tx.members.recognise([call.caller]))[call.caller.person].member,
    )
    if rhythm.strip().casefold() in OFF:
        await tx.prompts.keep(replace(deck, rhythm=None, due=None, warned=False))
        return line("Prompts are posted in **{chapter}** only by hand from now on.", chapter=named.name)
    if not named.homes:
        raise Refusal(
            "**{chapter}** has no channel to post in. Name one by {edit}.",
            chapter=named.name,
            edit=Slash("chapter edit"),
        )
    understood = _read(rhythm, call.at, named, await tx.chapters.all())
    coming = understood.coming(call.at, COMING)
    await tx.prompts.keep(replace(deck, rhythm=understood, due=coming[0] if coming else None))
    left = await drying.look(tx, chapter, call.at)
    return _set(named, replace(deck, rhythm=understood), coming, left)


def _read(written: str, now: datetime, chapter: Chapter, chapters: Sequence[Chapter]) -> Rhythm:
    try:
        return read_rhythm(written, chapter.zone, now, {each.name: each.zone for each in chapters})
    except Irregular as no:
        raise Unclear("rhythm", str(no)) from None


def _set(chapter: Chapter, deck: Deck, coming: Sequence[datetime], left: int) -> Message:
    assert deck.rhythm is not None
    zone = deck.rhythm.zone
    text = say(
        "Prompts are posted in **{chapter}** **{rhythm}**, by the clocks of {city}.",
        chapter=chapter.name,
        rhythm=deck.rhythm.words,
        city=city(zone),
    )
    times = "; ".join(show_moment(each, zone) for each in coming)
    parts: list[Part] = [Paragraph(text), Paragraph(say("Next: {times}.", times=times)), Note(_settings(deck))]
    much = {0: "The deck is empty", 1: "1 prompt is left in the deck"}.get(left, f"{left} prompts are left in the deck")
    parts.append(Note(say("{much}. Organisers are told before it runs dry; the channel is not.", much=much)))
    ways = [buttons.shelf(chapter.id, Shelf.NEXT, "Queue")]
    if left <= drying.LOW:
        ways.append(buttons.of_chapter("Starter deck", buttons.STARTER, chapter.id, Tone.GOOD))
    return Message((*parts, Buttons(tuple(ways))), text)


def _settings(deck: Deck) -> Text:
    days = "1 day" if deck.later == 1 else f"{deck.later} days"
    return say(
        "{events} {used} {again}",
        events="Days of own events are skipped." if deck.avoids_events else "Days of own events are not skipped.",
        used="Used up, the deck begins again." if deck.renews else "Used up, the deck waits until there is more.",
        again=f"Where people stand is asked once more after {days}." if deck.later else "Nothing is asked once more.",
    )


def later(deck: Deck, now: datetime) -> datetime | None:
    """When a stance that is posted now is asked once more by itself."""
    return now + timedelta(days=deck.later) if deck.later else None
