"""Organisers: who may plan, besides those who manage the space itself."""

from typing import Annotated

from bot.calls import Call, Reply
from bot.commands import Ask, command
from bot.domain.people import Account, Caller, Person, Role
from bot.messages import Message, Note, Paragraph, line, roll, say
from bot.ports import Transaction

Who = Annotated[Person, Ask("Who?")]


@command("organiser add", "Appoint an organiser", needs=Role.ORGANISER, submit="Appoint")
async def add(call: Call, tx: Transaction, member: Who) -> Reply:
    """Let a member plan events."""
    account = await account_of(call, tx, member)
    if await tx.organisers.add(account.member):
        return line("{name} is an organiser now.", name=account.name)
    return line("{name} is an organiser already.", name=account.name)


@command("organiser remove", "Dismiss an organiser", needs=Role.ORGANISER, submit="Dismiss")
async def remove(call: Call, tx: Transaction, member: Who) -> Reply:
    """Take back an appointment; whoever manages the space stays an organiser by that."""
    account = await account_of(call, tx, member)
    if await tx.organisers.remove(account.member):
        return line("{name} is no organiser any more.", name=account.name)
    return line(
        "{name} was never appointed. Whoever manages this space is an organiser by that.",
        name=account.name,
    )


@command("organiser list", "See who may plan", reads=True)
async def list_organisers(call: Call, tx: Transaction) -> Reply:
    """Everybody who was appointed, by name."""
    names = [account.name for account in await tx.organisers.all()]
    listed = roll(names, len(names)) if names else say("nobody yet")
    text = say("Appointed organisers: {names}.", names=listed)
    note = say("Slack admins and owners, and Discord members with Manage Server, are organisers too.")
    return Message((Paragraph(text), Note(note)), text)


async def account_of(call: Call, tx: Transaction, person: Person) -> Account:
    """The account of somebody who was named, whether or not they ever spoke to the bot."""
    known = await tx.members.find(person)
    if known is not None:
        return known
    named = Caller(person, call.names.get(person.key, person.key), call.caller.direct)
    return (await tx.members.recognise([named]))[person]
