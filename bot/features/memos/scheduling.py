"""Scheduling: a chapter's digest, looked at, set to a rhythm and stopped."""

from dataclasses import replace
from typing import Annotated

from bot.calls import Call, Refusal, Reply, Unclear
from bot.commands import Ask, command
from bot.domain.memos import Audience, MemoState, Wanted
from bot.domain.people import Role
from bot.domain.places import ChapterId
from bot.domain.rhythms import read_rhythm
from bot.features import picks
from bot.features.memos.digests import digest
from bot.features.memos.previews import SCHEDULE, preview
from bot.messages import Slash, already, line
from bot.ports import Transaction

OfChapter = Annotated[
    ChapterId,
    Ask(
        "Which chapter?",
        pick=picks.chapters,
        known=picks.chapter_here,
        nothing=picks.NO_CHAPTER,
    ),
]


@command(SCHEDULE, "Post what’s on regularly", needs=Role.ORGANISER, submit="Preview")
async def schedule(
    call: Call,
    tx: Transaction,
    when: Annotated[str, Ask("How often?", "For example “every Monday at 9:00”", most=120)],
    *,
    chapter: OfChapter,
) -> Reply:
    """Put a digest on record and show what it would say now, and its next three times."""
    home = await tx.chapters.get(chapter)
    if not home.homes:
        raise Refusal("**{chapter}** has no channel yet to post what’s on in.", chapter=home.name)
    places = {each.name: each.zone for each in await tx.chapters.all()}
    try:
        rhythm = read_rhythm(when, home.zone, call.at, places)
    except ValueError as irregular:
        raise Unclear("when", str(irregular)) from None
    account = (await tx.members.recognise([call.caller]))[call.caller.person]
    origin = f"{call.caller.person.platform} {call.key}"
    wanted = Wanted(chapter, account.member, account.id, "", Audience.HOME, rhythm, origin, digest=True)
    return await preview(tx, await tx.memos.get(await tx.memos.add(wanted)), call.at)


@command("digest show", "See what’s on, as posted", needs=Role.ORGANISER, reads=True, submit="Show")
async def show(call: Call, tx: Transaction, *, chapter: OfChapter) -> Reply:
    """The digest as it would be posted at this moment, for the caller alone."""
    home = await tx.chapters.get(chapter)
    shown = await digest(tx, home, call.at)
    if shown is None:
        return line("Nothing is planned in {chapter}, so the digest would be skipped.", chapter=home.name)
    return shown


@command("digest stop", "Stop posting what’s on", needs=Role.ORGANISER, submit="Stop")
async def stop(call: Call, tx: Transaction, *, chapter: OfChapter) -> Reply:
    """End a chapter's digest."""
    home = await tx.chapters.get(chapter)
    for memo in await tx.memos.all([MemoState.SET, MemoState.PAUSED]):
        if memo.digest and memo.chapter == chapter:
            await tx.memos.put(replace(await tx.memos.lock(memo.id), state=MemoState.CANCELLED, due=None))
            return line("What’s on in {chapter} is not posted any more.", chapter=home.name)
    schedule_it = Slash(SCHEDULE)
    return already("{chapter} has no digest. {schedule} begins one.", chapter=home.name, schedule=schedule_it)
