"""Organisers: who may plan, for the whole community or for one chapter, besides those who manage the space itself."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

from bot.budget import Budget, fitting
from bot.calls import Call, Reply
from bot.commands import Ask, command
from bot.domain.excerpts import shortened
from bot.domain.people import Account, Caller, Person, Role
from bot.domain.places import ChapterId
from bot.features import picks
from bot.messages import Facts, Message, Note, Paragraph, Part, Slash, Text, already, line, roll, say
from bot.ports import Transaction

APPOINT, DISMISS = "Appoint an organiser", "Dismiss an organiser"

Who = Annotated[Person, Ask("Who?")]

_for = Ask("For which chapter?", "Empty: for the whole community", pick=picks.chapters)
For = Annotated[ChapterId | None, _for]

LONGEST, NAMES, ROOM = 40, Budget(800, 1600), Budget(2200, 6000)
"""Letters of a name, room for the names of one list, of which the others are counted, and for the lists of chapters."""


@command("organiser add", APPOINT, needs=Role.ORGANISER, submit="Appoint")
async def add(call: Call, tx: Transaction, member: Who, chapter: For = None) -> Reply:
    """Let a member plan, for everything or for one chapter."""
    account = await account_of(call, tx, member)
    if await tx.organisers.add(account.member, chapter):
        return line("{name} is an organiser{of} now.", name=account.name, of=await _of(tx, chapter))
    return already("{name} is an organiser{of} already.", name=account.name, of=await _of(tx, chapter))


@command("organiser remove", DISMISS, needs=Role.ORGANISER, submit="Dismiss")
async def remove(call: Call, tx: Transaction, member: Who, chapter: For = None) -> Reply:
    """Take back an appointment; whoever manages the space stays an organiser by that."""
    account = await account_of(call, tx, member)
    if await tx.organisers.remove(account.member, chapter):
        return line("{name} is no longer an organiser{of}.", name=account.name, of=await _of(tx, chapter))
    if chapter is not None:
        return already("{name} was never appointed{of}.", name=account.name, of=await _of(tx, chapter))
    return already(
        "{name} was never appointed. Whoever manages this space is an organiser by that.",
        name=account.name,
    )


@command("organiser list", "See who may plan", reads=True)
async def list_organisers(
    call: Call, tx: Transaction, chapter: Annotated[ChapterId | None, replace(_for, hint="Empty: all of them")] = None
) -> Reply:
    """Everybody who was appointed, by name, for everything and for each chapter."""
    everywhere = [account.name for account in await tx.organisers.all()]
    text = say("Appointed organisers: {names}.", names=_named(everywhere) if everywhere else say("nobody yet"))
    note = Note(say("Slack admins and owners, and Discord members with Manage Server, are organisers too."))
    rows: list[tuple[str, Text]] = []
    for each in await tx.chapters.all():
        own = [account.name for account in await tx.organisers.all(each.id)]
        if own and chapter in (None, each.id):
            rows.append((each.name, _named(own)))
    shown = fitting(rows, lambda row: f"{row[0]}{row[1]}", ROOM)
    parts: list[Part] = [Paragraph(text)]
    if shown:
        parts += [Paragraph(say("For one chapter:")), Facts(tuple(shown))]
    if more := len(rows) - len(shown):
        parts.append(
            Note(say("And those of {more} more; {show} shows them.", more=_chapters(more), show=Slash("chapter show")))
        )
    return Message((*parts, note), text)


def _named(names: Sequence[str]) -> Text:
    return roll(fitting((shortened(name, LONGEST) for name in names), str, NAMES), len(names))


def _chapters(number: int) -> str:
    return "one chapter" if number == 1 else f"{number} chapters"


async def plans_for(call: Call, tx: Transaction, chapter: ChapterId) -> bool:
    """Whether the caller is an organiser to this chapter, by whichever way."""
    person = call.caller.person
    if await tx.organisers.includes(person) or chapter in await tx.organisers.chapters(person):
        return True
    return await call.standing()


async def account_of(call: Call, tx: Transaction, person: Person) -> Account:
    """The account of somebody who was named, whether or not they ever spoke to the bot."""
    known = await tx.members.find(person)
    if known is not None:
        return known
    named = Caller(person, call.names.get(person.key, person.key), call.caller.direct)
    return (await tx.members.recognise([named]))[person]


async def _of(tx: Transaction, chapter: ChapterId | None) -> str:
    return "" if chapter is None else f" of {(await tx.chapters.get(chapter)).name}"
