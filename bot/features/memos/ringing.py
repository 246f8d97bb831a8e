"""Ringing: what a memo says when it is due, to everybody it is for, each once."""

from dataclasses import replace
from datetime import datetime
from functools import partial

from bot import codes
from bot.domain.memos import LATE, Audience, Memo, MemoId, MemoState, Nap, Snooze
from bot.domain.moments import show_moment
from bot.domain.people import AccountId, Platform
from bot.domain.places import Chapter
from bot.drawings import drawing
from bot.errands import Card, Directly, Errand, InThread, Notice
from bot.features import announcing
from bot.features.memos import words
from bot.features.memos.audiences import MEMO_CARD, cards_of, receivers
from bot.features.memos.digests import digest
from bot.features.memos.picks import ended
from bot.features.memos.snoozing import snooze, snooze_here
from bot.messages import Button, Buttons, Message, Note, Paragraph, Part, When, say
from bot.ports import Transaction

MEMO = "memo"
UNHEARD = "It could not be told: I cannot reach its channel, or you. Resume it when I can."


class Bell:
    """Rings memos that are due, and what was put off."""

    async def ring(self, tx: Transaction, now: datetime, most: int) -> int:
        """Tell what is due, once; the number of memos and snoozes."""
        due = await tx.memos.due(now, most)
        for memo in due:
            if await ended(tx, memo, now):
                await tx.memos.put(memo.over())
                continue
            rung = memo.ring(now)
            await tx.memos.put(rung)
            await _promise(tx, rung, rung.rung, now)
        slept = await tx.memos.slept(now, most)
        for put_off in slept:
            await tx.memos.woke(put_off, now)
            await _promise(tx, await tx.memos.get(put_off.memo), put_off.ring, now, put_off)
        return len(due) + len(slept)

    async def next(self, tx: Transaction) -> datetime | None:
        return await tx.memos.next()


@drawing(MEMO_CARD)
async def memo_card(tx: Transaction, memo: MemoId, ring: int, step: int, now: datetime | None = None) -> Message | None:
    """One ring of a memo in a channel: it mentions nobody, and organisers may put it off."""
    said = await tx.memos.get(memo)
    chapter = await tx.chapters.get(said.chapter)
    # What stands somewhere is drawn anew, be it cancelled or said again since.
    stands = not said.digest and await _stands(tx, said, ring, step, chapter)
    if now is None or (not stands and await _still(tx, memo, ring, step) is None):
        return None
    if said.digest:
        return await digest(tx, chapter, now)
    put_off = await tx.memos.snoozed(memo, ring, None, step + 1)
    if put_off is None:
        late = await _late(tx, said, ring, step, None, now, chapter)
        foot: list[Part] = [*late, Buttons((Button("Snooze", snooze_here.form(memo=memo, ring=ring, step=step)),))]
    else:
        again = When(put_off.due, show_moment(put_off.due, chapter.zone))
        foot = [Note(say("Put off until {again}.", again=again))]
    return Message((*await _words(tx, said), *foot), say("Reminder: {memo}", memo=words.label(said)))


@drawing(MEMO)
async def memo_told(
    tx: Transaction,
    memo: MemoId,
    ring: int,
    step: int,
    platform: Platform,
    first: AccountId,
    last: AccountId,
    now: datetime | None = None,
) -> Message | None:
    """One ring of a memo, told to those it is for at the moment it is sent, who may each put it off."""
    said = await _still(tx, memo, ring, step)
    if said is None or now is None:
        return None
    told = announcing.addressed(await receivers(tx, said, now), platform, first, last)
    if not told:
        return None
    chapter = await tx.chapters.get(said.chapter)
    late = await _late(tx, said, ring, step, first, now, chapter)
    naps = Buttons(tuple(Button(nap.words, snooze.bind(memo, ring, step, nap)) for nap in Nap))
    people = tuple(account.person for account in told)
    return Message((*await _words(tx, said), *late, naps), say("Reminder: {memo}", memo=words.label(said)), people)


@drawing("memo undelivered")
async def memo_undelivered(tx: Transaction, memo: MemoId) -> Message | None:
    """Tells its setter that a memo could not be told, and what mends it."""
    unheard = await tx.memos.get(memo)
    text = say(
        "I could not say **{memo}** where it belongs: the channel is gone, or I am not in it. {after}",
        memo=words.label(unheard),
        after=_after(unheard),
    )
    return Message((Paragraph(text),), text)


async def undeliverable(tx: Transaction, errand: Errand, now: datetime) -> None:
    """Tell its setter that a memo reached nobody somewhere, once a ring; where that was all, it is paused."""
    _name, given = codes.unpack(errand.drawing)
    memo = await tx.memos.lock(MemoId(int(given["memo"])))
    alone = memo.audience in (Audience.HERE, Audience.ME)
    state = MemoState.PAUSED if alone and memo.state is MemoState.SET else memo.state
    await tx.memos.put(replace(memo, state=state, trouble=UNHEARD if alone else memo.trouble))
    unreached = errand.to.person if isinstance(errand.to, Directly) else None
    accounts = [each for each in await tx.members.accounts([memo.setter]) if each.person != unreached]
    own = [account for account in accounts if account.id == memo.account] or accounts
    key = f"undelivered {errand.key}"
    await tx.errands.note([Notice(key, memo_undelivered.bind(memo.id), Directly(each.person)) for each in own[:1]], now)


def is_memo(errand: Errand) -> bool:
    """Whether an errand is a memo's own: told in a channel or directly, and not in an event's thread."""
    name, _given = codes.unpack(errand.drawing)
    return name in (MEMO, MEMO_CARD) and not isinstance(errand.to, InThread)


async def _promise(tx: Transaction, memo: Memo, ring: int, now: datetime, put_off: Snooze | None = None) -> None:
    step = 0 if put_off is None else put_off.step
    await tx.errands.refresh(cards_of(memo, ring, step, await tx.chapters.get(memo.chapter)), now)
    accounts = await receivers(tx, memo, now)
    if put_off is not None:
        by = await tx.members.those([] if put_off.account is None else [put_off.account])
        members = {account.member for account in by.values()}
        accounts = [account for account in accounts if account.member in members]
    cards: list[Card] = []
    if memo.event is not None:
        event = await tx.events.get(memo.event)
        cards = announcing.cards_of(event.id, await tx.chapters.get(event.chapter))
    key = f"memo {memo.id} n{ring} s{step}"
    await tx.errands.note(announcing.notices(key, accounts, cards, partial(memo_told.bind, memo.id, ring, step)), now)


async def _stands(tx: Transaction, memo: Memo, ring: int, step: int, chapter: Chapter) -> bool:
    cards = cards_of(memo, ring, step, chapter)
    return any([await tx.errands.announcement(card) is not None for card in cards])


async def _still(tx: Transaction, memo: MemoId, ring: int, step: int) -> Memo | None:
    """A memo, unless it is cancelled, or a later ring says all that this one would."""
    said = await tx.memos.get(memo)
    held_up = step == 0 and ring != said.rung
    return None if said.state is MemoState.CANCELLED or held_up else said


async def _words(tx: Transaction, memo: Memo) -> list[Part]:
    text = Paragraph(say("**Reminder:** {text}", text=memo.text))
    if memo.private:
        return [text]
    setters = await tx.members.accounts([memo.setter])
    names = [account.name for account in setters if account.id == memo.account] or [each.name for each in setters]
    event = None if memo.event is None else await tx.events.get(memo.event)
    about = say("") if event is None else say(" for those going to **{title}**", title=event.title)
    return [text, Note(say("Set by {name}{about}.", name=", ".join(names[:1]) or "an organiser", about=about))]


async def _late(
    tx: Transaction, memo: Memo, ring: int, step: int, account: AccountId | None, now: datetime, chapter: Chapter
) -> list[Part]:
    """A word of apology, where it comes late."""
    put_off = await tx.memos.snoozed(memo.id, ring, account, step) if step else None
    due = memo.last if put_off is None else put_off.due
    if due is None or now - due <= LATE:
        return []
    shown = When(due, show_moment(due, chapter.zone))
    return [Note(say("This was due on {due}, but I was away. Sorry that it is late.", due=shown))]


def _after(memo: Memo) -> str:
    if memo.state is MemoState.PAUSED:
        return "It is paused until you resume it."
    return "Everything else goes on."
