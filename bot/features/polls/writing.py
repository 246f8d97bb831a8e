"""Writing: what whoever asks a poll is asked, and how it is read."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Annotated

from bot.calls import Call, Mistakes, Refusal, Unclear
from bot.commands import Ask
from bot.domain.choices import Unusable, checked, read_choices
from bot.domain.dates import Entry, read_dates
from bot.domain.events import EventId
from bot.domain.moments import Unreadable, read_moment, write_moment
from bot.domain.places import Chapter
from bot.domain.polls import Additions, Anonymity, PollKind, Rules, Showing, Voters
from bot.domain.rhythms import Irregular, Rhythm, read_rhythm
from bot.domain.starts import Start
from bot.features import picks
from bot.features.writing import not_private
from bot.ports import Transaction

QuestionText = Annotated[str, Ask("What do you ask?", most=200)]
Choices = Annotated[
    str,
    Ask(
        "What can be chosen?",
        "One a line, or A | B | C; dates for “when can you?”; empty for yes or no, or 1 to 5",
        most=10_200,
        lines=True,
    ),
]
Kind = Annotated[PollKind | None, Ask("What kind of poll?", "One choice, if you do not say")]
Ballots = Annotated[Anonymity | None, Ask("Who sees who chose what?", "Counts only, if you do not say")]
Results = Annotated[Showing | None, Ask("When are the results shown?", "Always, if you do not say")]

UNTIL = Ask("Until when?", "For example “tomorrow 18:00”; empty for no deadline", most=80)
MOST = Ask("How many may one person choose?", "Empty for no limit", most=4)
ROOM = Ask("How many may choose the same?", "Such as seats at a table; empty for no limit", most=6)
QUORUM = Ask("How many must vote for it to count?", "Empty for no quorum", most=6)
VOTERS = Ask("Who may vote?")
ADDITIONS = Ask("May members add choices?")
EVENT = Ask("Is it about an event?", "It is asked in the event’s thread, of its guests", pick=picks.upcoming)
OPENS = Ask("When is it posted?", "For example “tomorrow 9:00”; empty for at once", most=80)
EVERY = Ask("How often is it asked?", "For example “every first Tuesday at 9:00”; empty for once", most=120)


def quietly(ask: Ask) -> Ask:
    """The same, which a slash command can say and no form asks for."""
    return replace(ask, quiet=True)


def usual(voters: Voters | None, event: EventId | None, call: Call, chapter: Chapter) -> Voters:
    """Who may vote where nobody has said: in a chapter's home the chapter, elsewhere everyone there."""
    if voters is not None:
        return voters
    if event is not None:
        return Voters.GOING
    at_home = call.place is None or call.place in [home.place for home in chapter.homes]
    return Voters.CHAPTER if at_home else Voters.HERE


def added(kind: PollKind | None, additions: Additions | None) -> Additions:
    """Whether members may add choices where nobody has said: open answers come from them."""
    return additions or (Additions.FREE if kind is PollKind.ANSWERS else Additions.NONE)


async def fair(tx: Transaction, rules: Rules, chapter: Chapter) -> None:
    """Raise for rules by which no poll can be held in this chapter."""
    mistakes = Mistakes()
    with mistakes.noted():
        await not_private(tx, rules.event)
        if rules.voters is Voters.GOING and rules.event is None:
            raise Unclear("event", "Say which event, or let others vote too.")
        if rules.event is not None and (await tx.events.get(rules.event)).chapter != chapter.id:
            raise Unclear(
                "event", f"That is no event of {chapter.name}: ask in the channel of the chapter that holds it."
            )
    for name, number in (("most", rules.most), ("room", rules.room), ("quorum", rules.quorum)):
        with mistakes.noted():
            if number is not None and not 1 <= number <= 1_000_000:
                raise Unclear(name, "Write 1 or more; leave this empty for no limit.")
    mistakes.tell()
    if rules.most is not None and rules.sole:
        raise Unclear("most", "In this kind of poll everybody chooses one; leave this empty, or take several choices.")
    if rules.kind is PollKind.DATES and (rules.most or rules.room):
        raise Unclear("most" if rules.most else "room", "Of dates people say which suit them all; leave this empty.")
    if rules.anonymity is Anonymity.SECRET and not tx.ballots.mark:
        raise Refusal("Secret polls need a key, which this bot was started without; see FLASHMOB_BALLOT_KEY.")


def entries_read(
    choices: str, kind: PollKind, now: datetime, chapter: Chapter, known: Mapping[str, Start]
) -> list[Entry]:
    """What can be chosen, in the listed order; dates that are `known` are read as they were. Raises Unclear."""
    try:
        labels = read_choices(choices, kind)
        if kind is not PollKind.DATES:
            return [Entry(label) for label in labels]
        dates = read_dates(labels, now, chapter.zone, known)
        checked([date.label for date in dates])
        return dates
    except (Unusable, Unreadable) as no:
        raise Unclear("choices", str(no)) from None


def moment_read(name: str, written: str, now: datetime, chapter: Chapter) -> datetime | None:
    """A moment to come, or none where nothing is written; raises Unclear."""
    try:
        return read_moment(written, now, chapter.zone) if written else None
    except Unreadable as unreadable:
        raise Unclear(name, str(unreadable)) from None


def moment_written(moment: datetime | None, chapter: Chapter) -> str:
    """A moment as it stands in a form, which reads back as the same."""
    return "" if moment is None else write_moment(moment, chapter.zone)


async def rhythm_read(
    tx: Transaction, written: str, rules: Rules, now: datetime, chapter: Chapter, known: Rhythm | None = None
) -> Rhythm | None:
    """How often a poll is asked; nothing written is once, and what says the same as before is. Raises Unclear."""
    if not written:
        return None
    if rules.kind is PollKind.DATES:
        raise Unclear("every", "Dates pass, so they can be asked for once; leave this empty.")
    if rules.event is not None:
        raise Unclear("every", "An event comes once, so a poll about it is asked once; leave this empty.")
    if known is not None and written == rhythm_written(known):
        return known
    places = {each.name: each.zone for each in await tx.chapters.all()}
    try:
        return read_rhythm(written, chapter.zone, now, places)
    except Irregular as irregular:
        raise Unclear("every", str(irregular)) from None


def rhythm_written(rhythm: Rhythm | None) -> str:
    """A rhythm as it stands in a form."""
    return "" if rhythm is None else rhythm.words


async def times_read(
    tx: Transaction,
    until: str,
    opens: str,
    every: str,
    rules: Rules,
    now: datetime,
    chapter: Chapter,
    known: Rhythm | None = None,
) -> tuple[datetime | None, datetime | None, Rhythm | None]:
    """When a poll closes, when it is posted, and how often it is asked; raises Unclear for all that is wrong."""
    mistakes = Mistakes()
    with mistakes.noted():
        closes = moment_read("until", until, now, chapter)
    with mistakes.noted():
        opening = moment_read("opens", opens, now, chapter)
    with mistakes.noted():
        rhythm = await rhythm_read(tx, every, rules, now, chapter, known)
    mistakes.tell()
    opening = opening or (rhythm and rhythm.after(now))
    in_order(opening, closes)
    return closes, opening, rhythm


def in_order(opens: datetime | None, closes: datetime | None) -> None:
    """Raises Unclear for a poll that would close before it opens."""
    if opens is not None and closes is not None and closes <= opens:
        raise Unclear("until", "That is before the poll is posted.")
