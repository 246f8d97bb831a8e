"""Linking: a code given on one platform and entered on the other makes two accounts one member, who counts once."""

from collections.abc import Sequence
from typing import Annotated

from bot.calls import Call, Refusal, Reply, Unclear
from bot.commands import Ask, command
from bot.domain import linking
from bot.domain.people import Account, AccountId
from bot.drawings import drawing
from bot.errands import Directly, Notice
from bot.features import unions
from bot.features.wishes import my_reminders
from bot.messages import Button, Buttons, Message, Note, Paragraph, Part, Slash, Text, Tone, line, say
from bot.ports import LinkCode, Transaction

LINK, REMOVE = "link account", "link remove"


@command(LINK, "Link your accounts", bare=True, submit="Go on")
async def link(
    call: Call,
    tx: Transaction,
    code: Annotated[str, Ask("Which code were you given?", "Such as K7QF-2MXD; empty for a new one", most=20)] = "",
) -> Reply:
    """Give a code, or take one that was given on the other platform and show what it would join."""
    me = (await tx.members.recognise([call.caller]))[call.caller.person]
    return await _entered(call, tx, me, code) if code else await _offered(call, tx, me)


@command("link enter", "Enter a code", hidden=True, submit="Go on")
async def enter(
    call: Call,
    tx: Transaction,
    code: Annotated[str, Ask("Which code were you given?", "On the other platform, such as K7QF-2MXD", most=20)],
) -> Reply:
    """The same, from a button that asks for nothing else."""
    me = (await tx.members.recognise([call.caller]))[call.caller.person]
    return await _entered(call, tx, me, code)


@command("link confirm", "Join two accounts", hidden=True)
async def confirm(
    call: Call, tx: Transaction, account: Annotated[AccountId, Ask("With which account?", hidden=True)]
) -> Reply:
    """Make one member of whoever confirms and of whoever was given the code that they entered."""
    await unions.hold(tx, call.at)
    me = (await tx.members.recognise([call.caller]))[call.caller.person]
    code = await tx.links.offered(account)
    other = (await tx.members.those([account])).get(account)
    if other is not None and other.member == me.member:
        return line("{both} are linked already.", both=_both(me, other))
    if code is None or other is None or code.entered != me.id or code.expires <= call.at:
        raise Refusal("That code has run out meanwhile; nothing was joined. {link} gives a new one.", link=Slash(LINK))
    await _joinable(tx, me, other)
    said = await unions.join(tx, me, other, call.at)
    for each in (me, other):
        await tx.links.withdraw(each.id)
    # Whoever was talked into giving their code away learns of it where they are.
    key = f"linked {call.caller.person.platform} {call.key}"
    await tx.errands.note([Notice(key, linked.bind(other.id, me.id), Directly(other.person))], call.at)
    done = say("{both} are one member now, who counts once.", both=_both(me, other))
    undo = Note(say("{remove} parts them again.", remove=Slash(REMOVE)))
    places = Buttons((Button("Where am I told things?", my_reminders.bind()),))
    return Message((Paragraph(done), *said, undo, places), done)


@command("link decline", "Do not join two accounts", hidden=True)
async def decline(
    call: Call, tx: Transaction, account: Annotated[AccountId, Ask("With which account?", hidden=True)]
) -> Reply:
    """Leave everything as it is; the code is used up."""
    me = (await tx.members.recognise([call.caller]))[call.caller.person]
    code = await tx.links.offered(account)
    if code is not None and code.entered == me.id:
        await tx.links.withdraw(account)
    return line("Nothing was joined, and the code is used up. {link} gives a new one.", link=Slash(LINK))


@command(REMOVE, "Part your accounts again", reads=True)
async def remove(call: Call, tx: Transaction) -> Reply:
    """Ask once more, and say what would become of what."""
    me = await tx.members.find(call.caller.person)
    members = [] if me is None else [me.member]
    accounts = await tx.members.accounts(members)
    came = {account for member in members for account in await tx.links.linked(member)}
    leaving = [account for account in accounts if account.id in came]
    if not leaving:
        return line("Your account here is linked with no other. {link} links it.", link=Slash(LINK))
    text = say("Linked: {accounts}. Part them again?", accounts=listed(accounts))
    buttons = [Button(f"Part {_short(each)}", part.bind(each.id), Tone.BAD) for each in leaving[:5]]
    return Message((Paragraph(text), *map(Note, unions.PARTING), Buttons(tuple(buttons))), text)


@command("link part", "Part an account from the others", hidden=True)
async def part(call: Call, tx: Transaction, account: Annotated[AccountId, Ask("Which account?", hidden=True)]) -> Reply:
    """Make an account a member of its own again."""
    await unions.hold(tx, call.at)
    me = (await tx.members.recognise([call.caller]))[call.caller.person]
    if account not in await tx.links.linked(me.member):
        return line("That account is not linked with yours any more.")
    leaving = (await tx.members.those([account]))[account]
    await unions.part(tx, leaving, call.at)
    text = say("{account} is a member of its own again.", account=_named(leaving))
    return Message((Paragraph(text), *map(Note, unions.PARTING)), text)


@drawing("linked")
async def linked(tx: Transaction, account: AccountId, other: AccountId) -> Message | None:
    """Told to the account whose code was entered, so that nobody is linked without knowing."""
    accounts = await tx.members.those([account, other])
    if len({each.member for each in accounts.values()}) != 1 or len(accounts) != 2:
        return None
    came = await tx.links.linked(accounts[account].member)
    text = say("Your account here is one member with {other} now.", other=_named(accounts[other]))
    doubt = Note(say("Your code was entered there. If that was not you, part them at once."))
    leaving = next((each for each in (other, account) if each in came), other)
    return Message((Paragraph(text), doubt, Buttons((Button("Part them", part.bind(leaving), Tone.BAD),))), text)


async def _offered(call: Call, tx: Transaction, me: Account) -> Message:
    accounts = await tx.members.accounts([me.member])
    if len(accounts) > 1:
        text = say("Linked already: {accounts}.", accounts=listed(accounts))
        return Message((Paragraph(text), Note(say("{remove} parts them again.", remove=Slash(REMOVE)))), text)
    code = linking.fresh_code()
    kept = linking.digest(code)
    assert kept is not None
    await tx.links.offer(me.id, kept, call.at + linking.LASTS)
    text = say("Your code: **{code}**", code=code)
    how = say("On the other platform, type {link} and the code: {code}", link=Slash(LINK), code=code)
    parts: tuple[Part, ...] = (
        Paragraph(text),
        Paragraph(how),
        Note(say("It works once, for ten minutes. Show it to nobody: whoever enters it becomes one member with you.")),
        Note(say("Before anything is joined you see there what would become of your answers.")),
        Buttons((Button("I have a code already", enter.form()),)),
    )
    return Message(parts, text)


async def _entered(call: Call, tx: Transaction, me: Account, written: str) -> Message:
    """What a code would join; every wrong one is held against whoever enters it."""
    if await tx.links.missed(me.id, call.at - linking.PAUSE) >= linking.TRIES:
        raise Refusal("These were too many wrong codes; try again in an hour.")
    digest = linking.digest(written)
    if digest is None:
        raise Unclear("code", f"“{written}” is not a code: those have eight letters and digits, such as K7QF-2MXD.")
    code = await tx.links.find(digest)
    if code is None or code.entered not in (None, me.id):
        return await _wrong(call, tx, me)
    other = (await tx.members.those([code.account]))[code.account]
    if code.account == me.id:
        raise Refusal("That is your own code: enter it on the other platform.")
    if code.expires <= call.at:
        raise Refusal(
            "That code has run out: codes work for ten minutes. {link} there gives a new one.", link=Slash(LINK)
        )
    await _joinable(tx, me, other)
    await _claim(tx, code, me, digest)
    text = say("Join {both} into one member, who counts once?", both=_both(me, other))
    buttons = (Button("Join them", confirm.bind(other.id), Tone.GOOD), Button("Leave it", decline.bind(other.id)))
    return Message((Paragraph(text), *await unions.preview(tx, me, other), Buttons(buttons)), text)


async def _wrong(call: Call, tx: Transaction, me: Account) -> Message:
    await tx.links.miss(me.id, call.at)
    left = linking.TRIES - await tx.links.missed(me.id, call.at - linking.PAUSE)
    text = say("That code is not right, or was used already. {link} on the other platform gives one.", link=Slash(LINK))
    if not left:
        return Message((Paragraph(text), Note(say("That was the last try for an hour."))), text)
    tries = say("{left} left within the hour.", left="1 try" if left == 1 else f"{left} tries")
    return Message((Paragraph(text), Note(tries), Buttons((Button("Try again", enter.form()),))), text)


async def _claim(tx: Transaction, code: LinkCode, me: Account, digest: str) -> None:
    """Use a code up: from now on it is worth something to nobody else."""
    if code.entered is None and not await tx.links.enter(code.account, me.id, digest):
        raise Refusal("That code has just been used.")


async def _joinable(tx: Transaction, me: Account, other: Account) -> None:
    """Raises Refusal for two accounts that cannot be one member."""
    if me.member == other.member:
        raise Refusal("{both} are linked already.", both=_both(me, other))
    if me.person.platform == other.person.platform:
        raise Refusal("That code was given on {here} too: enter it on the other platform.", here=_title(me))
    for mine, theirs in ((me, other), (other, me)):
        accounts = await tx.members.accounts([mine.member])
        third = next((each for each in accounts if each.person.platform == theirs.person.platform), None)
        if third is not None:
            raise Refusal(
                "{mine} is linked with {third} already, and a member has one account on each platform. "
                "{remove} there parts them.",
                mine=_named(mine),
                third=_named(third),
                remove=Slash(REMOVE),
            )


def listed(accounts: Sequence[Account]) -> Text:
    """Accounts by name and platform."""
    return say("{names}", names=", ".join(f"{each.name} on {_title(each)}" for each in accounts))


def _both(me: Account, other: Account) -> Text:
    return say("{me} and {other}", me=_named(me), other=_named(other))


def _named(account: Account) -> Text:
    return say("**{name}** on {platform}", name=account.name, platform=_title(account))


def _short(account: Account) -> str:
    return f"{account.name[:40]} on {_title(account)}"


def _title(account: Account) -> str:
    return account.person.platform.title()
