"""Previews of memos: what one will say, to whom, and its next three times, before it is set."""

from datetime import datetime

from bot import codes
from bot.domain.memos import Memo
from bot.domain.moments import away, note_of, show_moment
from bot.domain.places import Chapter
from bot.features.memos import words
from bot.features.memos.digests import digest
from bot.messages import Button, Buttons, Divider, Facts, Message, Note, Paragraph, Part, Text, Tone, say
from bot.ports import Transaction

SET = "reminder set"
CHANGE = "reminder change"
CANCEL = "reminder cancel"
SCHEDULE = "digest schedule"

_TIMES = ("Next", "Then", "And then")


async def preview(tx: Transaction, memo: Memo, now: datetime) -> Message:
    """A draft as it will look, with what was understood of its time, and what can be done with it.

    Nothing is done by that: the audit trail begins when it is set.
    """
    chapter = await tx.chapters.get(memo.chapter)
    echo = say("This is a preview: nothing is set yet.")
    facts = [("For", say("{whom}", whom=await words.whom(tx, memo, chapter))), *_times(memo, chapter, now)]
    change = {"chapter": str(chapter.id)} if memo.digest else {"memo": str(memo.id)}
    actions = Buttons(
        (
            Button("Set it", codes.pack(SET, {"memo": str(memo.id)}), Tone.GOOD),
            Button("Change", codes.pack(SCHEDULE if memo.digest else CHANGE, change)),
            Button("Discard", codes.pack(CANCEL, {"reminder": str(memo.id)}), Tone.BAD),
        )
    )
    parts = (*await _said(tx, memo, chapter, now), Divider(), Facts(tuple(facts)), Note(echo), actions)
    return Message(parts, echo, moot=True)


async def _said(tx: Transaction, memo: Memo, chapter: Chapter, now: datetime) -> tuple[Part, ...]:
    if not memo.digest:
        return (Paragraph(say("{text}", text=memo.text)),)
    shown = await digest(tx, chapter, now)
    if shown is not None:
        return shown.parts
    return (Paragraph(say("Nothing is planned yet. As long as that is so, the digest is skipped.")),)


def _times(memo: Memo, chapter: Chapter, now: datetime) -> list[tuple[str, Text]]:
    """When it rings: the moment in full with how far off it is, or the rhythm and its next three times."""
    if memo.rhythm is not None:
        zone, coming = memo.rhythm.zone, memo.rhythm.coming(now, len(_TIMES))
        every = ("When", say("{words}", words=words.when(memo, chapter)))
        times = zip(_TIMES, coming, strict=False)
        return [every, *((label, say("{at}", at=show_moment(at, zone))) for label, at in times)]
    if memo.due is None:
        return []
    zone = chapter.zone
    shown, twice = show_moment(memo.due, zone), note_of(memo.due, zone)
    note = f". {twice.removesuffix('.')}" if twice else ""
    return [("When", say("{shown}, {away}{note}", shown=shown, away=away(memo.due, now, zone), note=note))]
