"""The audit trail, as organisers read it: who did what and when, newest first, on pages and as files."""

from collections.abc import Mapping, Sequence
from datetime import UTC, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from bot.calls import Call, Candidate, Reply
from bot.commands import Ask, command
from bot.domain.deeds import Deed, DeedId, Difference, Search
from bot.domain.events import EventId, EventState
from bot.domain.excerpts import shortened
from bot.domain.moments import show_moment
from bot.domain.people import MemberId, Person, Role
from bot.domain.places import Chapter, ChapterId
from bot.features import picks
from bot.features.sheets import Cell, csv_of, xlsx_of
from bot.messages import (
    Attachment,
    Button,
    Buttons,
    Heading,
    Message,
    Note,
    Paragraph,
    Part,
    Text,
    When,
    WhenForm,
    already,
    join,
    say,
)
from bot.ports import Transaction

PAGE = 7
DIFFERENCES = 2
LONGEST = 50
TITLE = 80
"""Deeds on a page, differences told of each, and letters of an answer and of a title: the files hold everything."""

ROWS = 20_000
"""Deeds in a file at most."""

REMEMBERED = timedelta(days=366)
"""How long an event that is over is offered by name; the trail itself is kept for good."""

HEAD = ("When (UTC)", "Who", "On", "What", "Command", "About", "Title", "Chapter", "Whom", "Changes")
NOBODY = "somebody who is not on record any more"


async def any_event(tx: Transaction, call: Call) -> Sequence[Candidate]:
    """What is planned, then what was held, called off or discarded, the latest first."""
    gone = [
        *await picks.events_since(tx, call, call.at - REMEMBERED, EventState.OVER),
        *await picks.events_since(tx, call, call.at - REMEMBERED, EventState.CANCELLED),
        *await picks.events_since(tx, call, call.at - REMEMBERED, EventState.DISCARDED),
    ]
    return [*await picks.plans(tx, call), *reversed(gone)]


@command("audit", "See what organisers did", needs=Role.ORGANISER, reads=True, anywhere=True, submit="Show")
async def audit(
    call: Call,
    tx: Transaction,
    event: Annotated[EventId | None, Ask("About which event?", "Empty for everything", pick=any_event)] = None,
    person: Annotated[Person | None, Ask("By whom, or about whom?")] = None,
    chapter: Annotated[ChapterId | None, Ask("Of which chapter?", "Empty: all of them", pick=picks.chapters)] = None,
    before: Annotated[int | None, Ask("Before which entry?", hidden=True)] = None,
    files: Annotated[int | None, Ask("As files?", hidden=True)] = None,
) -> Reply:
    """One page of the trail, or all that is looked for as files."""
    account = None if person is None else await tx.members.find(person)
    if person is not None and account is None:
        return already("They have never acted here, and nobody has acted for them.")
    chapters = call.reach if chapter is None else frozenset([chapter])
    search = Search("event" if event else "", event, account.member if account else None, chapters)
    if files:
        return await _files(tx, search)
    found = await tx.trail.read(search, PAGE + 1, None if before is None else DeedId(before))
    if not found:
        return already("Nothing of that kind is in the audit trail.")
    names, places = await _names(tx, found), {each.id: each for each in await tx.chapters.all()}
    parts: list[Part] = [Heading(say("What organisers did"))]
    parts += [Paragraph(_entry(deed, names, places)) for deed in found[:PAGE]]
    total = _entries(await tx.trail.count(search))
    parts.append(Note(say("{total} in all. Nothing here is ever changed or removed.", total=total)))
    buttons = [Button("Newest", audit.bind(event, person, chapter))] if before is not None else []
    if len(found) > PAGE:
        buttons.append(Button("Older", audit.bind(event, person, chapter, found[PAGE - 1].id)))
    buttons.append(Button("As files", audit.bind(event, person, chapter, None, 1)))
    return Message((*parts, Buttons(tuple(buttons))), say("What organisers did"))


async def _files(tx: Transaction, search: Search) -> Message:
    found = await tx.trail.read(search, ROWS)
    names, places = await _names(tx, found), {each.id: each for each in await tx.chapters.all()}
    rows: list[Sequence[Cell]] = [HEAD, *(_row(deed, names, places) for deed in found)]
    alt = f"The audit trail: {len(found)} rows"
    text = say("The audit trail, newest first: {total}.", total=_entries(len(found)))
    files = (
        Attachment("audit.csv", csv_of(rows), alt),
        Attachment("audit.xlsx", xlsx_of("Audit trail", rows), alt),
    )
    return Message((Paragraph(text),), text, aside=True, files=files)


async def _names(tx: Transaction, deeds: Sequence[Deed]) -> Mapping[MemberId, str]:
    """What those who act in these deeds are called today."""
    members = {member for deed in deeds for member in (deed.member, deed.whom) if member is not None}
    # Of several accounts, the first one's name.
    return {account.member: account.name for account in reversed(await tx.members.accounts(members))}


def _entry(deed: Deed, names: Mapping[MemberId, str], places: Mapping[ChapterId, Chapter]) -> Text:
    chapter = places.get(deed.chapter) if deed.chapter is not None else None
    zone = chapter.zone if chapter else ZoneInfo("UTC")
    told = say(
        "{at}, **{who}** on {platform}: {words}",
        at=When(deed.at, show_moment(deed.at, zone), WhenForm.SHORT),
        who=names.get(deed.member, NOBODY),
        platform=deed.platform.title(),
        words=deed.words,
    )
    if deed.whom is not None:
        told = say("{told}, {whom}", told=told, whom=names.get(deed.whom, NOBODY))
    if deed.title:
        told = say("{told}: **{title}**", told=told, title=shortened(deed.title, TITLE))
    if chapter is not None and deed.title != chapter.name:
        told = say("{told} ({chapter})", told=told, chapter=chapter.name)
    if deed.differences:
        shown = [_difference(each) for each in deed.differences[:DIFFERENCES]]
        told = say("{told}; {shown}", told=told, shown=join("; ", shown))
    if more := len(deed.differences) - DIFFERENCES:
        told = say("{told}; and {more} more", told=told, more=more) if more > 0 else told
    return told


def _difference(difference: Difference) -> Text:
    if not difference.old:
        return say("{label}: {new}", label=difference.label, new=shortened(difference.new, LONGEST))
    return say(
        "{label}: {old} → {new}",
        label=difference.label,
        old=shortened(difference.old, LONGEST),
        new=shortened(difference.new, LONGEST) or "nothing",
    )


def _entries(number: int) -> str:
    return "1 entry" if number == 1 else f"{number} entries"


def _row(deed: Deed, names: Mapping[MemberId, str], places: Mapping[ChapterId, Chapter]) -> Sequence[Cell]:
    return (
        f"{deed.at.astimezone(UTC):%Y-%m-%d %H:%M:%S}",
        names.get(deed.member, NOBODY),
        deed.platform,
        deed.words,
        deed.command,
        deed.kind,
        deed.title,
        "" if deed.chapter is None else places[deed.chapter].name,
        "" if deed.whom is None else names.get(deed.whom, NOBODY),
        "; ".join(f"{each.label}: {each.old} → {each.new}" for each in deed.differences),
    )
