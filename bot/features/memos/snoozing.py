"""Snoozing: whoever hears a memo puts it off, once a message, and hears it once more."""

from typing import Annotated

from bot import codes
from bot.calls import Call, Refusal, Reply
from bot.commands import Ask, command
from bot.domain.memos import Memo, MemoId, MemoState, Nap, Snooze
from bot.domain.moments import show_moment
from bot.domain.people import AccountId, Role
from bot.features.memos import words
from bot.features.memos.audiences import cards_of, receivers
from bot.messages import When, line
from bot.ports import Transaction

_hidden = Ask("Which reminder?", hidden=True)


async def hears(tx: Transaction, call: Call) -> bool:
    """Whether the memo that is meant is told to the caller by name."""
    try:
        memo = await tx.memos.get(MemoId(codes.row(call.given.get("memo", "")) or 0))
    except KeyError:
        return False
    return await _own(tx, call, memo) is not None


@command(
    "snooze",
    "Be reminded again",
    needs=Role.ORGANISER,
    unless=hears,
    hidden=True,
    submit="Snooze",
)
async def snooze(
    call: Call,
    tx: Transaction,
    memo: Annotated[MemoId, _hidden],
    ring: Annotated[int, _hidden],
    step: Annotated[int, _hidden],
    nap: Annotated[Nap, Ask("When again?")],
) -> Reply:
    """Promise to say again what a message says: to whoever presses, or in the channel where it stands."""
    try:
        found = await tx.memos.lock(memo)
    except KeyError:
        raise words.gone() from None
    receiver = await _own(tx, call, found)
    if receiver is None and (found.private or found.event is not None):
        raise words.gone() if found.private else Refusal("That was for those going to an event, and you are not.")
    if found.state is MemoState.CANCELLED:
        raise Refusal("**{memo}** was cancelled, so it is not told again.", memo=words.label(found))
    if not await _told(tx, found, ring, step, receiver):
        raise Refusal("That reminder was never told. Its button is damaged, or not from me.")
    chapter = await tx.chapters.get(found.chapter)
    due = nap.after(call.at, chapter.zone)
    if found.event is not None and (event := await tx.events.get(found.event)).ended(due):
        raise Refusal("By then **{title}** is over.", title=event.title)
    wish = Snooze(memo, ring, receiver, step + 1, due)
    if not await tx.memos.snooze(wish):
        there = await tx.memos.snoozed(memo, ring, receiver, step + 1)
        due = due if there is None else there.due
        return line("That is put off already, until {due}.", due=When(due, show_moment(due, chapter.zone)))
    await tx.errands.refresh(cards_of(found, ring, step, chapter), call.at)
    return line("I say it again {due}.", due=When(due, show_moment(due, chapter.zone)))


async def _own(tx: Transaction, call: Call, memo: Memo) -> AccountId | None:
    """The account through which the caller hears a memo, where they are told by name."""
    account = await tx.members.find(call.caller.person)
    told = () if account is None else await receivers(tx, memo, call.at)
    return next((each.id for each in told if account is not None and each.member == account.member), None)


async def _told(tx: Transaction, memo: Memo, ring: int, step: int, receiver: AccountId | None) -> bool:
    """Whether there ever was such a message."""
    if not 1 <= ring <= memo.rung or step < 0:
        return False
    return step == 0 or await tx.memos.snoozed(memo.id, ring, receiver, step) is not None
