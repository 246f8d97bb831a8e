"""Wishes: how somebody would like to be told things: where, and how long before an event."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Annotated

from bot import codes
from bot.calls import Call, Refusal, Reply, Unclear
from bot.commands import Ask, command
from bot.domain.leads import Lead
from bot.domain.manners import Manner
from bot.domain.people import Account, AccountId
from bot.features import reminding
from bot.features.redirecting import redirect
from bot.messages import Button, Buttons, Facts, Heading, Menu, Message, Note, Option, Paragraph, Part, Tone, say
from bot.ports import Transaction

MOST = 4
"""How many reminders of one event somebody may wish for."""

EARLIEST = timedelta(weeks=4)
"""How long before an event they may begin."""

USUAL, NEVER = "usual", "none"


@command("tell me directly", "Choose how to be told", hidden=True)
async def tell_directly(
    call: Call, tx: Transaction, on: Annotated[int, Ask("By direct message?", "1 for yes, 0 for no", most=1)]
) -> Reply:
    """Set whether this account is told things by direct message or in the event's thread."""
    account = (await tx.members.recognise([call.caller]))[call.caller.person]
    manner = (await tx.members.manners([account.member]))[account.member]
    await tx.members.wish(account.id, direct=bool(on))
    if manner.account not in (None, account.id):
        await _through(call, tx, account, account.id)
    if on:
        text, label, other = say("From now on I tell you things by direct message."), "Rather in the thread", 0
    else:
        text, label, other = say("From now on I tell you things in the event’s thread."), "Rather directly", 1
    back = Button(label, codes.pack(call.command, {"on": str(other)}))
    return Message((Paragraph(text), Buttons((back,))), text)


@command("my reminders", "Choose your reminders", submit="Save")
async def my_reminders(
    call: Call,
    tx: Transaction,
    before: Annotated[
        str,
        Ask(
            "How long before an event?",
            "For example “1 day, 2 hours”, “none”, or “usual” for what the chapter does",
            most=80,
        ),
    ] = "",
) -> Reply:
    """Show where and when the caller is told things, with what is needed to change it."""
    account = (await tx.members.recognise([call.caller]))[call.caller.person]
    if before:
        await _lead(call, tx, account, leads_read(before))
    return await _shown(tx, account, changed=bool(before))


@command("my leads", "Your own reminders", hidden=True, submit="Save")
async def my_leads(
    call: Call,
    tx: Transaction,
    before: Annotated[
        str,
        Ask(
            "How long before an event?",
            "For example “1 day, 2 hours”, “none”, or “usual” for what the chapter does",
            most=80,
        ),
    ],
) -> Reply:
    """Set how long before an event the caller is reminded; from a button, or a form that asks for nothing else."""
    account = (await tx.members.recognise([call.caller]))[call.caller.person]
    await _lead(call, tx, account, leads_read(before))
    return await _shown(tx, account, changed=True)


@command("my place", "Choose where you are told things", hidden=True)
async def my_place(
    call: Call,
    tx: Transaction,
    account: Annotated[AccountId, Ask("Through which account?", hidden=True)],
    direct: Annotated[int, Ask("By direct message?", hidden=True)],
) -> Reply:
    """Set where the caller is told things: through one of their accounts, or the one with which they answered (0)."""
    mine = (await tx.members.recognise([call.caller]))[call.caller.person]
    if account:
        if account not in [each.id for each in await tx.members.accounts([mine.member])]:
            raise Refusal("That account is not linked with yours any more.")
        await tx.members.wish(account, direct=bool(direct))
    await _through(call, tx, mine, account or None)
    return await _shown(tx, mine, changed=True)


def leads_read(written: str) -> tuple[Lead, ...] | None:
    """How long before an event somebody wishes to be reminded; None for as usual. Raises Unclear."""
    plain = written.strip(" .").casefold()
    if plain in (USUAL, "as usual", "default"):
        return None
    if plain in (NEVER, "never", "no", "off", "0"):
        return ()
    parts = [part for part in re.split(r"\s*(?:,|;|\band\b)\s*", written.strip(" .")) if part]
    try:
        leads = list(dict.fromkeys(Lead.read(part) for part in parts))
    except ValueError as unreadable:
        raise Unclear("before", f"{unreadable} Or “none”, or “usual”.") from None
    if len(leads) > MOST:
        raise Unclear("before", f"These are {len(leads)} reminders of one event; choose up to {MOST}.")
    if any(_length(lead) > EARLIEST for lead in leads):
        raise Unclear("before", "Four weeks before an event is the earliest.")
    return tuple(sorted(leads, key=_length, reverse=True))


def _length(lead: Lead) -> timedelta:
    return timedelta(days=lead.days, minutes=lead.minutes)


async def _lead(call: Call, tx: Transaction, account: Account, leads: tuple[Lead, ...] | None) -> None:
    manner = (await tx.members.manners([account.member]))[account.member]
    await tx.members.prefer(account.member, replace(manner, leads=leads))
    await reminding.prepare(tx, leads or (), call.at)


async def _through(call: Call, tx: Transaction, mine: Account, account: AccountId | None) -> None:
    """Tell the caller things through this account, also what is on its way to them."""
    manner = (await tx.members.manners([mine.member]))[mine.member]
    await tx.members.prefer(mine.member, replace(manner, account=account))
    await redirect(tx, mine.member, await tx.members.accounts([mine.member]), call.at)


async def _shown(tx: Transaction, mine: Account, changed: bool) -> Message:
    manner = (await tx.members.manners([mine.member]))[mine.member]
    accounts = await tx.members.accounts([mine.member])
    head = say("Your wishes are noted") if changed else say("Where and when I tell you things")
    rows = (("Where", say("{where}", where=_where(manner, accounts))), ("When", say("{when}", when=when(manner))))
    parts: list[Part] = [
        Heading(head),
        Facts(rows),
        Menu("Where shall I tell you things?", tuple(_places(accounts))),
        Buttons(
            (
                _moment("As the chapter does", USUAL, manner.leads is None),
                _moment("A day before", "1 day", manner.leads == (Lead(days=1),)),
                _moment("2 hours before", "2 hours", manner.leads == (Lead(minutes=120),)),
                _moment("No reminders", NEVER, manner.leads == ()),
                Button("Other times", my_leads.form()),
            )
        ),
        Note(say("Word of changes, cancellations and seats reaches you in any case.")),
    ]
    return Message(tuple(parts), head)


def when(manner: Manner) -> str:
    """How long before an event somebody is reminded."""
    match manner.leads:
        case None:
            return "as the event’s chapter does"
        case ():
            return "no reminders"
        case leads:
            return f"{', '.join(map(str, leads))} before"


def _where(manner: Manner, accounts: Sequence[Account]) -> str:
    chosen = next((account for account in accounts if account.id == manner.account), None)
    if chosen is not None:
        return _way(chosen, chosen.direct)
    if len(accounts) == 1:
        return _way(accounts[0], accounts[0].direct)
    return f"with the account that answered ({'; '.join(_way(each, each.direct) for each in accounts)})"


def _way(account: Account, direct: bool) -> str:
    return f"{account.person.platform.title()}, {'by direct message' if direct else 'in the event’s thread'}"


def _places(accounts: Sequence[Account]) -> list[Option]:
    options = [
        Option(_way(each, direct), my_place.bind(each.id, int(direct))) for each in accounts for direct in (True, False)
    ]
    if len(accounts) > 1:
        options.append(Option("With the account that answered", my_place.bind(AccountId(0), 0)))
    return options


def _moment(label: str, before: str, chosen: bool) -> Button:
    return Button(label, my_leads.bind(before), Tone.GOOD if chosen else Tone.PLAIN)
