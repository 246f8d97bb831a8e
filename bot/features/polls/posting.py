"""Posting: a draft as it will look, and how it goes out to everybody it is for, at once or at its time."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot import codes
from bot.calls import Refusal
from bot.domain.dates import Entry
from bot.domain.moments import show_moment
from bot.domain.places import Chapter
from bot.domain.polls import Anonymity, Choice, ChoiceState, Poll, PollId, PollKind, PollState, Question, Showing
from bot.errands import Card
from bot.features.polls import evenings, words
from bot.features.polls.cards import picture
from bot.features.polls.papers import abstaining
from bot.features.polls.places import cards_of, named, places_of
from bot.messages import Button, Buttons, Divider, Message, Note, Paragraph, Text, Tone, already, say
from bot.ports import Transaction

UNPOSTED = (PollState.DRAFT, PollState.PLANNED)


async def preview(tx: Transaction, draft: Poll) -> Message:
    """A draft as its card will look, and what can be done with it."""
    chapter = await tx.chapters.get(draft.chapter)
    where = await _where(tx, draft, chapter)
    when = "nothing is posted yet"
    if draft.state is PollState.PLANNED and draft.opens is not None:
        when = f"it is posted on {show_moment(draft.opens, chapter.zone)}"
    echo = say("This is a preview: {when}. It goes to {where}.", when=when, where=where)
    if draft.state is PollState.DRAFT and draft.opens is not None:
        echo = say("{echo} It waits until **{opens}**.", echo=echo, opens=show_moment(draft.opens, chapter.zone))
    if draft.closes is not None:
        echo = say("{echo} It closes on **{closes}**.", echo=echo, closes=show_moment(draft.closes, chapter.zone))
    if draft.rhythm is not None:
        echo = say("{echo} It is asked again **{rhythm}**.", echo=echo, rhythm=draft.rhythm.words)
    foot = (Divider(), Note(echo), *await evenings.told(tx, draft), _actions(draft))
    card = await picture(tx, draft, foot)
    return replace(card, gist=echo)


async def posted(tx: Transaction, poll: Poll, now: datetime) -> Message:
    """Open a poll and promise its cards, or let it wait for its time; raises Refusal."""
    if poll.state not in UNPOSTED:
        return already("**{question}** is posted already.", question=poll.question)
    chapter = await tx.chapters.get(poll.chapter)
    if why := await hindrance(tx, poll, chapter, now):
        raise Refusal("{why} The poll is kept.", why=why)
    where = await _where(tx, poll, chapter)
    told = await evenings.told(tx, poll)
    if poll.opens is not None and poll.opens > now:
        await tx.polls.move(poll.id, poll.state, PollState.PLANNED, poll.revision + 1)
        text = say(
            "**{question}** will be posted in {where} on **{opens}**.",
            question=poll.question,
            where=where,
            opens=show_moment(poll.opens, chapter.zone),
        )
        if poll.rhythm is not None:
            text = say("{text} It is asked again **{rhythm}**.", text=text, rhythm=poll.rhythm.words)
        change = Button("Change it", codes.pack("poll draft", {"poll": str(poll.id)}))
        return Message((Paragraph(text), *told, Buttons((change, *evenings.ways(poll)))), text)
    await opened(tx, poll, cards_of(poll, chapter), now)
    text = say("**{question}** is posted in {where}.", question=poll.question, where=where)
    if poll.rules.kind is PollKind.DATES:
        text = say("{text} {understood}", text=text, understood=await _understood(tx, poll))
    close = Button("Close it", codes.pack("poll close", {"poll": str(poll.id)}))
    return Message((Paragraph(text), *told, Buttons((close, *evenings.ways(poll)))), text)


async def opened(tx: Transaction, poll: Poll, cards: Sequence[Card], now: datetime) -> None:
    """Let people vote from now on."""
    seal = tx.ballots.mark if poll.rules.anonymity is Anonymity.SECRET else ""
    again = None if poll.rhythm is None else poll.rhythm.after(max(now, poll.opens or now))
    if again is not None:
        await _plan(tx, poll, again, now)
    # What is asked again and has no deadline is over when it is.
    await tx.polls.put(replace(poll, seal=seal, opens=None, closes=poll.closes or again))
    await tx.polls.move(poll.id, poll.state, PollState.OPEN, poll.revision + 1)
    await tx.errands.refresh(cards, now)


async def _plan(tx: Transaction, poll: Poll, again: datetime, now: datetime) -> None:
    """Let the same wait for its next time, and be open as long."""
    closes = None if poll.closes is None else again + (poll.closes - (poll.opens or now))
    origin = f"again {poll.id}"
    question = Question(
        poll.chapter, poll.place, poll.question, poll.rules, closes, poll.asker, origin, again, poll.rhythm
    )
    following = await tx.polls.add(question)
    for choice in (await tx.polls.choices([poll.id]))[poll.id]:
        if choice.offered:
            await tx.polls.offer(following, choice.position, choice.label, choice.state)
    await tx.polls.move(following, PollState.DRAFT, PollState.PLANNED, 2)


async def hindrance(tx: Transaction, poll: Poll, chapter: Chapter, now: datetime) -> str:
    """Why a poll cannot be posted; nothing where it can."""
    if not cards_of(poll, chapter):
        return (
            f"{chapter.name} has no channel to ask in, and neither is this one. Ask in a channel, or name one for it "
            "by /chapter edit."
        )
    if poll.closes is not None and poll.closes <= max(now, poll.opens or now):
        return f"“{poll.question}” would close in the past. Change its settings first."
    offered = [choice for choice in (await tx.polls.choices([poll.id]))[poll.id] if choice.counts]
    if len(offered) < 2 and poll.rules.kind is not PollKind.ANSWERS:
        return f"“{poll.question}” has no two choices left. Change it first."
    return ""


async def held(tx: Transaction, poll: PollId, *states: PollState) -> Poll:
    """A poll, held against other writers until the transaction ends, in one of these states; raises Refusal."""
    return in_state((await tx.polls.lock([poll])).get(poll), *states)


def in_state(poll: Poll | None, *states: PollState) -> Poll:
    """The poll, where there is one and it is in one of these states; raises Refusal."""
    if poll is None:
        raise Refusal("That poll is not on record any more.")
    if states and poll.state not in states:
        raise Refusal("**{question}** is {state} already.", question=poll.question, state=words.state(poll))
    return poll


async def put_choices(tx: Transaction, poll: Poll, entries: Sequence[Entry]) -> None:
    """Make these a draft's choices, and abstaining one more where it makes sense."""
    await tx.polls.clear(poll.id)
    for position, entry in enumerate(entries):
        await tx.polls.offer(poll.id, position, entry.label, ChoiceState.OFFERED, entry.start)
    if poll.rules.kind is PollKind.YES_NO or poll.rules.showing is Showing.VOTED:
        await tx.polls.offer(poll.id, len(entries), abstaining(poll.rules.showing), ChoiceState.ABSTENTION)


async def to_come(tx: Transaction, poll: PollId, now: datetime) -> Sequence[Choice]:
    """The choices that can be offered once more: of dates those that have not passed."""
    return [
        choice
        for choice in (await tx.polls.choices([poll]))[poll]
        if choice.offered and (choice.start is None or choice.start.at is None or choice.start.at > now)
    ]


async def _where(tx: Transaction, poll: Poll, chapter: Chapter) -> Text:
    """Where a poll goes, as people call it."""
    places = named(places_of(poll, chapter), chapter)
    if poll.rules.event is None:
        return say("{places}", places=places)
    event = await tx.events.get(poll.rules.event)
    return say("the thread of **{title}** in {places}", title=event.title, places=places)


def _actions(draft: Poll) -> Buttons:
    """What can be done with a draft, or with a poll that waits for its time."""
    code = {"poll": str(draft.id)}
    now = Button("Post now", codes.pack("poll post", {**code, "now": "1"}), Tone.GOOD)
    first = [Button("Post", codes.pack("poll post", code), Tone.GOOD)]
    last: list[Button] = []
    if draft.state is PollState.PLANNED:
        first, last = [now], [Button("Call it off", codes.pack("poll call-off", code), Tone.BAD)]
    elif draft.opens is not None:
        first = [Button("Schedule", codes.pack("poll post", code), Tone.GOOD), replace(now, tone=Tone.PLAIN)]
    change = [Button("Change", codes.pack("poll redraft", code)), Button("Settings", codes.pack("poll settings", code))]
    return Buttons((*first, *change, *last, *evenings.ways(draft)))


async def _understood(tx: Transaction, poll: Poll) -> str:
    """An echo of the dates as they were read."""
    dates = [choice.label for choice in (await tx.polls.choices([poll.id]))[poll.id] if choice.counts]
    return f"I understood: {', '.join(dates)}."
