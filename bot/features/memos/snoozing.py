"""Snoozing: whoever hears a memo puts it off, once a message, and hears it once more."""

from dataclasses import replace
from typing import Annotated

from bot.calls import Call, Refusal, Reply
from bot.commands import Ask, command
from bot.domain.memos import Audience, Memo, MemoId, MemoState, Nap, Snooze
from bot.domain.moments import show_moment
from bot.domain.people import AccountId, Role
from bot.features.memos import words
from bot.features.memos.audiences import cards_of, receivers
from bot.messages import Message, When, line
from bot.ports import Transaction

_hidden = Ask("Which reminder?", hidden=True)
Which = Annotated[MemoId, _hidden]
Ring = Annotated[int, _hidden]
Step = Annotated[int, _hidden]
Again = Annotated[Nap, Ask("When again?")]


@command("snooze", "Be reminded again", hidden=True, submit="Snooze")
async def snooze(call: Call, tx: Transaction, memo: Which, ring: Ring, step: Step, nap: Again) -> Reply:
    """Promise to say again what a message says, to whoever of those it is for presses."""
    found = await _held(tx, memo)
    receiver = await _own(tx, call, found)
    if receiver is None:
        raise Refusal("That reminder is not for you, so it is not yours to put off.")
    return await _put_off(tx, call, found, Snooze(memo, ring, receiver, step + 1, call.at), nap)


@command("snooze here", "Snooze a reminder", needs=Role.ORGANISER, hidden=True, submit="Snooze")
async def snooze_here(call: Call, tx: Transaction, memo: Which, ring: Ring, step: Step, nap: Again) -> Reply:
    """Promise to say again in its channels what stands there."""
    found = await _held(tx, memo)
    if found.audience not in (Audience.HERE, Audience.HOME) or found.digest:
        raise Refusal("That reminder stands in no channel. Whoever was told puts it off.")
    said = await _put_off(tx, call, found, Snooze(memo, ring, None, step + 1, call.at), nap)
    await tx.errands.refresh(cards_of(found, ring, step, await tx.chapters.get(found.chapter)), call.at)
    return said


async def _held(tx: Transaction, memo: MemoId) -> Memo:
    try:
        return await tx.memos.lock(memo)
    except KeyError:
        raise words.gone() from None


async def _put_off(tx: Transaction, call: Call, memo: Memo, wish: Snooze, nap: Nap) -> Message:
    """Put one message off, unless it was put off before; raises Refusal for one that never was."""
    if memo.state is MemoState.CANCELLED:
        raise Refusal("**{memo}** was cancelled, so it is not told again.", memo=words.label(memo))
    if not await _told(tx, memo, wish):
        raise Refusal("That reminder was never told. Its button is damaged, or not from me.")
    zone = (await tx.chapters.get(memo.chapter)).zone
    due = nap.after(call.at, zone)
    if memo.event is not None and (event := await tx.events.get(memo.event)).ended(due):
        raise Refusal("By then **{title}** is over.", title=event.title)
    there = await tx.memos.snoozed(memo.id, wish.ring, wish.account, wish.step)
    if there is None and await tx.memos.snooze(replace(wish, due=due)):
        return line("I’ll say it again on {due}.", due=When(due, show_moment(due, zone)))
    due = due if there is None else there.due
    return line("That is put off already, until {due}.", due=When(due, show_moment(due, zone)))


async def _own(tx: Transaction, call: Call, memo: Memo) -> AccountId | None:
    """The account through which the caller hears a memo, where they are told by name."""
    account = await tx.members.find(call.caller.person)
    told = () if account is None else await receivers(tx, memo, call.at)
    return next((each.id for each in told if account is not None and each.member == account.member), None)


async def _told(tx: Transaction, memo: Memo, wish: Snooze) -> bool:
    """Whether there ever was the message that is to be put off."""
    if not 1 <= wish.ring <= memo.rung or wish.step < 1:
        return False
    before = wish.step - 1
    return before == 0 or await tx.memos.snoozed(memo.id, wish.ring, wish.account, before) is not None
