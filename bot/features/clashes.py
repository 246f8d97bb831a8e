"""Clashes: what has changed between the moment in which an event's form was opened and that in which it is saved."""

from collections.abc import Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.calls import Unclear
from bot.domain.events import Event
from bot.domain.excerpts import in_a_line
from bot.domain.places import Chapter
from bot.domain.zones import words
from bot.features import writing
from bot.ports import Transaction

ROOM = 200
"""Letters of an answer that are quoted in a sentence."""

MOMENTS = ("starts", "ends", "answer_by")


async def settled(
    tx: Transaction, event: Event, version: int, zone: str, typed: Mapping[str, str], chapter: Chapter
) -> Mapping[str, str]:
    """What was typed into a form of that version, in that zone, as it is typed today.

    Raises Unclear for whoever would save over what somebody else has changed, and shows them what that was. What they
    left alone takes over the newer answer; what both changed stays as they typed it. Times that they left alone stay
    the same moments, written otherwise where the chapter has another zone now; what they typed is asked about.
    """
    try:
        edition = await tx.editions.get(event, version)
    except KeyError:
        raise Unclear("title", "This form is of no version of the event; here is what it says now.") from None
    was, now = writing.answers(edition, chapter), writing.answers(event, chapter)
    said, given, sentences = dict(typed), {"version": str(event.version), "zone": chapter.zone.key}, dict[str, str]()
    shown_by = _zone(zone, chapter)
    if shown_by != chapter.zone:
        shown = writing.answers(edition, replace(chapter, zone=shown_by))
        for name in MOMENTS:
            # A day whose hour is open has stayed that day.
            if typed[name] == (shown if edition.timed or name != "starts" else was)[name]:
                said[name] = given[name] = was[name]
            elif typed[name]:
                clocks = f"The clocks of {chapter.name} are those of {words(chapter.zone.key)} now"
                sentences[name] = f"{clocks}, and what stands here is read by them."
    for name, answer in now.items():
        if answer in (was[name], said[name]):
            continue
        if said[name] == was[name]:
            given[name] = answer
            sentences[name] = (
                f"Meanwhile changed from {_quoted(was[name])} to {_quoted(answer)}, which stands here now."
            )
        else:
            sentences[name] = (
                f"Meanwhile changed to {_quoted(answer)}. What stands here is yours, and would replace it."
            )
    if sentences:
        raise Unclear(*next(iter(sentences.items())), also=sentences, given=given)
    return said


def _zone(name: str, chapter: Chapter) -> ZoneInfo:
    try:
        return ZoneInfo(name) if name else chapter.zone
    except (ZoneInfoNotFoundError, ValueError, OSError):  # forged: no form of ours names it
        return chapter.zone


def _quoted(answer: str) -> str:
    return f"“{in_a_line(answer, ROOM)}”" if answer.strip() else "nothing"
