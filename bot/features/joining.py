"""Joining: members see the chapters there are, and which are theirs."""

from collections.abc import Sequence
from typing import Annotated

from bot.calls import Call, Candidate, Refusal, Reply
from bot.commands import Ask, command
from bot.domain.events import EventState
from bot.domain.places import Chapter, ChapterId
from bot.domain.zones import words
from bot.features import picks
from bot.features.whereabouts import when
from bot.messages import (
    Button,
    Buttons,
    Facts,
    Heading,
    Message,
    Note,
    Paragraph,
    Part,
    Slash,
    Text,
    counted,
    join,
    line,
    roll,
    say,
)
from bot.ports import Transaction

MOST = 15
NEXT = 3
NAMES = 20
"""Chapters listed at once, events shown of one, and organisers named."""


async def own(tx: Transaction, call: Call) -> frozenset[ChapterId]:
    """The chapters of which the caller is a member."""
    account = await tx.members.find(call.caller.person)
    return frozenset() if account is None else await tx.chapters.joined(account.member)


async def joined(tx: Transaction, call: Call) -> Sequence[Candidate]:
    """The caller's own chapters, by name."""
    theirs = await own(tx, call)
    return [Candidate(chapter.name, str(chapter.id)) for chapter in await tx.chapters.all() if chapter.id in theirs]


Which = Annotated[
    ChapterId, Ask("Which chapter?", pick=picks.chapters, known=picks.chapter_here, nothing=picks.NO_CHAPTER)
]


@command("chapter show", "See a chapter", reads=True, submit="Show")
async def show(call: Call, tx: Transaction, chapter: Which) -> Reply:
    """A chapter in full: its homes and hours, who organises it, how many are in it, and what comes next."""
    seen = await tx.chapters.get(chapter)
    member = chapter in await own(tx, call)
    organisers = [account.name for account in await tx.organisers.all(chapter)]
    rows: list[tuple[str, Text]] = [
        ("Home", _homes(seen)),
        ("Time zone", say("{zone}, {now} there", zone=words(seen.zone.key), now=_clock(call, seen))),
        ("Reminders", say("{leads}", leads=", ".join(map(str, seen.leads)) or "none")),
        ("Organisers", _named(organisers)),
        ("Members", say("{number}", number=(await tx.chapters.sizes()).get(chapter, 0))),
        ("You", say("a member") if member else say("not a member yet")),
    ]
    coming = await tx.events.upcoming(call.at, EventState.PUBLISHED, chapter)
    shown = [say("**{title}**, {at}", title=event.title, at=when(event, seen.zone)) for event in coming[:NEXT]]
    if shown:
        rows.append(("Next", join("; ", shown)))
    button = Button("Leave", leave.bind(chapter)) if member else Button("Join", join_chapter.bind(chapter))
    head = say("{name}", name=seen.name)
    return Message((Heading(head), Facts(tuple(rows)), Buttons((button,))), head)


@command("chapter list", "See the chapters there are", reads=True)
async def list_chapters(call: Call, tx: Transaction) -> Reply:
    """Every chapter with its homes and members; one's own come first."""
    theirs, sizes = await own(tx, call), await tx.chapters.sizes()
    chapters = sorted(await tx.chapters.all(), key=lambda chapter: chapter.id not in theirs)
    if not chapters:
        raise Refusal(picks.NO_CHAPTER)
    parts: list[Part] = [Heading(say("Chapters"))]
    for chapter in chapters[:MOST]:
        text = say(
            "**{name}**{yours}: {homes}. {members}.",
            name=chapter.name,
            yours=", yours" if chapter.id in theirs else "",
            homes=_homes(chapter),
            members=_people(sizes.get(chapter.id, 0)),
        )
        parts.append(Paragraph(text))
    if len(chapters) > MOST:
        parts.append(Note(say("And {more} more.", more=len(chapters) - MOST)))
    note = say("{show} shows one in full, {join} makes you a member.", show=Slash("chapter show"), join=Slash(JOIN))
    return Message((*parts, Note(note)), counted(len(chapters), "chapter", "chapters"))


JOIN = "chapter join"


@command(JOIN, "Join a chapter", submit="Join")
async def join_chapter(call: Call, tx: Transaction, chapter: Which) -> Reply:
    """Make the caller a member."""
    seen = await tx.chapters.get(chapter)
    if chapter in await own(tx, call):
        return line("You are a member of **{chapter}** already.", chapter=seen.name)
    account = (await tx.members.recognise([call.caller]))[call.caller.person]
    await tx.chapters.join([(chapter, account.member)], anew=True)
    return line(
        "You are a member of **{chapter}** now. {list} shows its events first.",
        chapter=seen.name,
        list=Slash("event list"),
    )


@command("chapter leave", "Leave a chapter", submit="Leave")
async def leave(
    call: Call,
    tx: Transaction,
    chapter: Annotated[ChapterId, Ask("Which chapter?", pick=joined, nothing="You are a member of no chapter.")],
) -> Reply:
    """Take the caller out of a chapter; what they have answered stays."""
    seen = await tx.chapters.get(chapter)
    account = await tx.members.find(call.caller.person)
    if account is None or not await tx.chapters.leave(chapter, account.member):
        return line("You are not a member of **{chapter}**.", chapter=seen.name)
    return line(
        "You are no longer a member of **{chapter}**. Your answers to its events stay as they are.", chapter=seen.name
    )


def _homes(chapter: Chapter) -> Text:
    homes = [f"#{home.name} on {home.place.platform.title()}" for home in chapter.homes]
    return say("{homes}", homes=" and ".join(homes) or "no channel yet")


def _named(names: Sequence[str]) -> Text:
    return roll(names[:NAMES], len(names)) if names else say("those of the whole community")


def _clock(call: Call, chapter: Chapter) -> str:
    return f"{call.at.astimezone(chapter.zone):%H:%M}"


def _people(number: int) -> str:
    return "1 member" if number == 1 else f"{number} members"
