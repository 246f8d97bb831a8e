"""Gathering: a write-up's document, drawn from what is on record at this moment. Nothing in it is invented."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from bot.domain.ballots import result
from bot.domain.documents import Bar, Column, Document, Item, Picture, Section
from bot.domain.events import Event, EventState
from bot.domain.people import MemberId
from bot.domain.places import Chapter
from bot.domain.polls import Poll, PollState
from bot.domain.rounds import Entry, columned
from bot.domain.rsvps import Answer
from bot.domain.stances import Stance, Stances
from bot.domain.starts import show_start
from bot.domain.takeaways import Credit, Takeaway
from bot.domain.writeups import Writeup
from bot.features.polls import charts, words
from bot.features.polls.charting import chart_of, described
from bot.features.prompts import comparing, telling
from bot.features.retelling import invites
from bot.features.roster import roster
from bot.features.rounds.words import backing, by, names_of
from bot.features.takeaways.words import Reading, reading, supporters
from bot.features.whereabouts import start
from bot.ports import Transaction

ATTENDANCE = "attendance"
"""The key of how many came."""

BARS = 8
"""Choices of a poll that are told line by line; the others are counted."""


async def gathered(tx: Transaction, writeup: Writeup, now: datetime, *, pictures: bool = False) -> Document:
    """The document as organisers have arranged it; with `pictures` for those ways of reading it that can show them."""
    whole = await everything(tx, writeup, now, pictures=pictures)
    kept = [(section.title, [item for item in section.items if item.key not in writeup.left_out]) for section in whole]
    sections = [Section(title, items) for title, items in kept if items]
    event = await tx.events.get(writeup.event)
    chapter = await tx.chapters.get(writeup.chapter)
    facts = await _facts(tx, event, chapter, writeup.left_out)
    following = await next_event(tx, writeup, now)
    foot = "" if following is None else f"{following.title}, {show_start(start(following), chapter.zone)}"
    book = "" if following is None else f"Book now: press Going on its card in {_homes(chapter)}."
    return Document(writeup.title, facts, writeup.opening, sections, writeup.closing, foot, book)


async def everything(tx: Transaction, writeup: Writeup, now: datetime, *, pictures: bool = False) -> Sequence[Section]:
    """All that was recorded of the evening, whether or not it is to stand in the write-up."""
    return [
        Section("What we talked about", await _talked(tx, writeup)),
        Section("What we asked", await _asked(tx, writeup, pictures)),
        Section("What we collected", await _collected(tx, writeup)),
        Section("What we take away", await _learnt(tx, writeup)),
    ]


async def next_event(tx: Transaction, writeup: Writeup, now: datetime) -> Event | None:
    """The chapter's next event, to which its latest write-ups invite; none for an older one."""
    if not await invites(tx, writeup):
        return None
    coming = await tx.events.upcoming(now, EventState.PUBLISHED, writeup.chapter)
    return next((each for each in coming if each.id != writeup.event and each.open(now)), None)


async def _facts(
    tx: Transaction, event: Event, chapter: Chapter, left_out: Collection[str]
) -> Sequence[tuple[str, str]]:
    facts = [("When", show_start(start(event), chapter.zone)), ("Chapter", chapter.name)]
    if event.venue:
        facts.insert(1, ("Where", event.venue))
    if event.about:
        facts.append(("About", " ".join(event.about.split())))
    if ATTENDANCE not in left_out and (came := await _came(tx, event)):
        facts.append(("Who came", came))
    return facts


async def _came(tx: Transaction, event: Event) -> str:
    """How many were ticked off at the door; where nobody was, how many had said that they would come."""
    seen = (await roster(tx, event)).attendance
    if seen.taken:
        guests = f", {seen.guests} of them {'a guest' if seen.guests == 1 else 'guests'}" if seen.guests else ""
        return f"{_people(seen.here)}{guests}"
    headcount = (await tx.rsvps.headcounts([event.id]))[event.id]
    said = headcount.counts[Answer.GOING] + headcount.guests
    return f"{_people(said)} had said that they would come" if said else ""


async def _talked(tx: Transaction, writeup: Writeup) -> list[Item]:
    """The prompts of the evening, with how the room divided and how many moved."""
    items: list[Item] = []
    for posting in reversed(await tx.postings.of(event=writeup.event)):
        told: Sequence[str] = ()
        stances = (await tx.postings.stances([posting.id]))[posting.id]
        if posting.stance and stances.last.total:
            told = [str(each) for each in await comparing.account(tx, posting)]
        name = await telling.credit_of(tx, posting)
        credit = f"Suggested by {name}" if name else ""
        bars = _bars(stances) if told else ()
        items.append(Item(f"prompt {posting.id}", posting.text, tuple(told), credit, bars=bars))
    return items


def _bars(stances: Stances) -> tuple[Bar, ...]:
    """Where the room stood in the end, and before it had talked where it was asked twice."""
    twice = stances.again.total > 0
    return tuple(
        Bar(stance.words, stances.last.of(stance), stances.first.of(stance) if twice else None) for stance in Stance
    )


async def _asked(tx: Transaction, writeup: Writeup, pictures: bool) -> list[Item]:
    """Polls about the evening that are closed, as everybody was shown them."""
    closed = [poll for poll in await tx.polls.about(writeup.event) if poll.state is PollState.CLOSED]
    return [await _poll(tx, poll, pictures) for poll in closed]


async def _poll(tx: Transaction, poll: Poll, pictures: bool) -> Item:
    choices = (await tx.polls.choices([poll.id]))[poll.id]
    tally = (await tx.ballots.tallies([poll.id]))[poll.id]
    counted = result(poll, choices, tally)
    shown = [f"{choice.label}: {count}" for choice, count in counted.ranked[:BARS] if count]
    if (rest := len(counted.ranked) - BARS) > 0:
        shown.append(f"And {rest} more choice{'s' if rest > 1 else ''}.")
    shown.append(str(words.turnout(poll, counted)))
    picture = None
    if pictures and counted.first:
        chart = chart_of(poll, counted, tally)
        picture = Picture(await asyncio.to_thread(charts.png, chart), described(poll, chart), tuple(shown))
    lines = (str(words.outcome(poll, choices, tally, counted)), *shown)
    return Item(f"poll {poll.id}", poll.question, lines, picture=picture)


async def _collected(tx: Transaction, writeup: Writeup) -> list[Item]:
    """The rounds of the evening, column by column, most supported first; of an open one, what stands in it so far."""
    items: list[Item] = []
    for collected in await tx.rounds.about(writeup.event):
        entries = await tx.rounds.entries(collected.id)
        names = await names_of(tx, entries)
        columns = [
            Column(title, tuple(_entry(entry, names) for entry in several))
            for title, several in zip(collected.columns, columned(entries, len(collected.columns)), strict=True)
            if several
        ]
        if columns:
            told = tuple(f"{column.title}: {', '.join(column.entries)}" for column in columns)
            items.append(Item(f"round {collected.id}", collected.title, told, columns=tuple(columns)))
    return items


def _entry(entry: Entry, names: Mapping[MemberId, str]) -> str:
    """An entry in its author's own words, with their name where they wish that, and how many support it."""
    after = ", ".join(each for each in (by(entry, names), backing(entry.support)) if each)
    return f"“{entry.text}”" + (f" ({after})" if after else "")


async def _learnt(tx: Transaction, writeup: Writeup) -> list[Item]:
    """What was kept of the evening, most supported first; whoever has withdrawn theirs is not in it."""
    takeaways = await tx.takeaways.of_event(writeup.event)
    read = await reading(tx, takeaways, None)
    return [_takeaway(takeaway, read) for takeaway in takeaways]


def _takeaway(takeaway: Takeaway, read: Reading) -> Item:
    support = supporters(takeaway.support)
    return Item(
        f"takeaway {takeaway.id}",
        takeaway.text,
        (support,) if support else (),
        by=read.author(takeaway) if takeaway.credit is Credit.NAMED else "",
        quoted=True,
    )


def _homes(chapter: Chapter) -> str:
    return " or ".join(f"#{home.name} on {home.place.platform.title()}" for home in chapter.homes) or chapter.name


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"
